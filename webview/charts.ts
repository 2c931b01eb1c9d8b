// The three charts: predictions against targets by sample, their parity plot, and the cost by iteration.

import {
  Chart,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  ScatterController,
  Tooltip,
  type ChartConfiguration,
  type ChartDataset,
  type Point,
  type TooltipItem,
} from 'chart.js';
import type { Curve, Moment, Report } from '../src/protocol';
import { button, h } from './dom';
import { count, number, targetOf } from './format';
import { post } from './host';
import { extent, type Scale } from './moment';
import { momentLine } from './moment-line';
import type { Theme } from './theme';

Chart.register(Legend, LinearScale, LineController, LineElement, LogarithmicScale, PointElement, ScatterController, Tooltip);

/** So many samples at most are joined by a line. */
const MAX_JOINED = 60;

/** A point that knows its place among the sample points of the report. */
interface SamplePoint extends Point {
  readonly at: number;
  /** Whether it is drawn at an end of the scale, because it is beyond. */
  readonly beyond?: boolean;
}

export type ChartConfig = ChartConfiguration<'scatter', Point[]>;

export interface ChartCard {
  readonly element: HTMLElement;
  /** `scale` holds the predictions' axis fast; null: it fits what is shown. */
  show(report: Report, output: number, theme: Theme, scale?: Scale | null): void;
}

/** A card with a title and a canvas; `draw` says what to draw. */
function card(title: string, testid: string, draw: (report: Report, output: number, theme: Theme, scale: Scale | null) => { config: ChartConfig; summary: string }): ChartCard {
  const canvas = h('canvas', { role: 'img' });
  const element = h('section', { class: 'card chart', testid }, h('h2', {}, title), h('div', { class: 'canvas' }, canvas));
  let chart: Chart<'scatter', Point[]> | null = null;
  return {
    element,
    show(report, output, theme, scale = null) {
      const { config, summary } = draw(report, output, theme, scale);
      canvas.setAttribute('aria-label', `${title}. ${summary}`);
      const { y } = config.options!.scales!;
      if (scale) Object.assign(y!, { suggestedMin: scale.low, suggestedMax: scale.high });
      // in place, because a new chart for every moment of a run is slow
      if (chart && chart.data.datasets.length === config.data.datasets.length) {
        chart.data = config.data;
        chart.options = config.options!;
        chart.update('none');
        return;
      }
      chart?.destroy();
      chart = new Chart(canvas, config);
    },
  };
}

/** `select` is told the sample of a point that was clicked. */
export function samplesChart(select: (sample: number) => void): ChartCard {
  return card('Predictions and targets by sample', 'chart-samples', (report, output, theme, scale) => {
    const { points } = report;
    const place = (values: Float64Array) => (at: number): SamplePoint => ({ x: points.sample[at]! + 1, ...within(scale, values[at]!), at });
    return {
      config: config(theme, 'sample', report.outputs[output]!, [
        // a line through a cloud of samples hides it
        { ...line(theme.target), label: 'Target', data: all(report).map(place(points.target[output]!)), ...dots(report, theme.target, 'circle', 'transparent'), showLine: points.sample.length <= MAX_JOINED },
        ...predictions(report, output, theme, place(points.prediction[output]!)),
      ], sampleTooltip(report, output), openLine(report, select)),
      summary: predictionSummary(report),
    };
  });
}

/** `select` is told the sample of a point that was clicked. */
export function parityChart(select: (sample: number) => void): ChartCard {
  return card('Prediction against target', 'chart-parity', (report, output, theme, scale) => {
    const target = report.points.target[output]!;
    const prediction = report.points.prediction[output]!;
    const place = (at: number): SamplePoint => ({ x: target[at]!, ...within(scale, prediction[at]!), at });
    const [low, high] = extent(target);
    return {
      config: config(theme, targetOf(report.outputs[output]!, 'target'), 'prediction', [
        { ...line(theme.target), label: 'Prediction = target', data: [{ x: low, y: low }, { x: high, y: high }], borderDash: [4, 4], pointRadius: 0, pointHitRadius: 0 },
        ...predictions(report, output, theme, place),
      ], sampleTooltip(report, output), openLine(report, select)),
      summary: `Points on the diagonal are predicted exactly. ${predictionSummary(report)}`,
    };
  });
}

export interface CostCard extends ChartCard {
  /** The cost of a training under way. */
  live(curve: Curve, theme: Theme): void;
  /** The moment that the other charts show; null: the end. */
  mark(moment: Pick<Moment, 'iteration' | 'cost'> | null): void;
}

/** `go` is told the iteration that was clicked. */
export function costChart(go: (iteration: number) => void): CostCard {
  let logarithmic: boolean | null = null;
  let redraw = (): void => undefined;
  const toggle = button('Log scale', () => {
    logarithmic = toggle.getAttribute('aria-pressed') !== 'true';
    redraw();
  }, { class: 'toggle' });
  const canvas = h('canvas', { role: 'img' });
  const element = h('section', { class: 'card chart', testid: 'chart-cost' }, h('h2', {}, 'Cost by iteration', toggle), h('div', { class: 'canvas' }, canvas));
  let chart: Chart<'scatter', Point[]> | null = null;
  const marked = momentLine();

  function draw(training: Curve, development: Curve | null, last: number, theme: Theme): void {
    const datasets: ChartDataset<'scatter', Point[]>[] = [{ ...line(theme.prediction), label: 'Training', data: curvePoints(training) }];
    if (development) datasets.push({ ...line(theme.development), label: 'Development', data: curvePoints(development), borderDash: [5, 3] });
    const [low, high] = extent(training.y);
    const log = low > 0 && (logarithmic ?? high / low > 100);
    toggle.hidden = low <= 0;
    toggle.setAttribute('aria-pressed', String(log));
    const made = config(theme, 'iteration', 'cost J', datasets, (item) => [`${item.dataset.label}: ${number(item.parsed.y!)}`]);
    made.options!.scales!['x']!.max = last;
    made.options!.scales!['y']!.type = log ? 'logarithmic' : 'linear';
    made.options!.plugins!.tooltip!.callbacks!.title = ([item]) => (item ? `Iteration ${count(item.parsed.x!)}` : '');
    made.options!.onClick = (event, _, { scales }) => event.x !== null && go(scales['x']!.getValueForPixel(event.x)!);
    marked.color = theme.foreground;
    canvas.setAttribute('aria-label', training.y.length > 0 ? `Cost by iteration. From ${number(training.y[0]!)} to ${number(training.y.at(-1)!)}.` : 'Cost by iteration.');
    if (chart && chart.data.datasets.length === datasets.length) {
      chart.data = made.data;
      chart.options = made.options!;
      chart.update('none');
    } else {
      chart?.destroy();
      chart = new Chart(canvas, { ...made, plugins: [marked.plugin] });
    }
  }

  return {
    element,
    show(report, _, theme) {
      redraw = () => draw(report.cost.training, report.cost.development, Math.max(1, report.iterations), theme);
      redraw();
    },
    live(curve, theme) {
      redraw = () => draw(curve, null, curve.x.at(-1) ?? 1, theme);
      marked.moment = null;
      redraw();
    },
    mark(moment) {
      marked.moment = moment;
      chart?.draw();
    },
  };
}

function all(report: Report): number[] {
  return Array.from(report.points.sample.keys());
}

function curvePoints({ x, y }: Curve): Point[] {
  return Array.from(x, (at, k) => ({ x: at, y: y[k]! }));
}

/** Live and dead predictions, told apart by shape and colour. */
function predictions(report: Report, output: number, theme: Theme, place: (at: number) => SamplePoint): ChartDataset<'scatter', Point[]>[] {
  const dead = report.points.dead[output]!;
  const live = { label: 'Prediction', data: all(report).filter((at) => !dead[at]).map(place), ...dots(report, theme.prediction, 'circle', theme.prediction) };
  const lost = { label: 'Dead output', data: all(report).filter((at) => dead[at]).map(place), ...dots(report, theme.dead, 'crossRot', theme.dead), pointBorderWidth: 2 };
  // a legend that came and went would move the chart
  return report.predictions.dead > 0 || report.timeline.deadOutputs.some((some) => some > 0) ? [live, lost] : [live];
}

function dots(report: Report, border: string, pointStyle: 'circle' | 'crossRot', fill: string): Partial<ChartDataset<'scatter', Point[]>> {
  const many = report.points.sample.length > 200;
  return { pointStyle: ({ raw }) => ((raw as SamplePoint | undefined)?.beyond ? 'triangle' : pointStyle), pointRadius: many ? (pointStyle === 'crossRot' ? 3 : 1.5) : pointStyle === 'crossRot' ? 4.5 : 3, pointHoverRadius: 6, pointBorderColor: border, pointBackgroundColor: fill, borderColor: border, backgroundColor: fill };
}

export function line(color: string): ChartDataset<'scatter', Point[]> {
  return { data: [], showLine: true, borderColor: color, backgroundColor: color, borderWidth: 1.5, pointStyle: 'line', pointRadius: 0 };
}

function within(scale: Scale | null, value: number): Pick<SamplePoint, 'y' | 'beyond'> {
  if (!scale || (value >= scale.low && value <= scale.high)) return { y: value };
  return { y: value < scale.low ? scale.low : scale.high, beyond: true };
}

function predictionSummary({ predictions, points }: Report): string {
  const shown = points.sample.length < points.of ? ` ${count(points.sample.length)} of ${count(points.of)} samples are drawn.` : '';
  return `${count(predictions.dead)} of ${count(predictions.of)} predictions are dead outputs.${shown}`;
}

function sampleTooltip({ points }: Report, output: number): (item: TooltipItem<'scatter'>) => string[] {
  return (item) => {
    const { at } = item.raw as Partial<SamplePoint>;
    if (at === undefined) return [];
    return [
      `Line ${count(points.line[at]!)}`,
      `Target ${number(points.target[output]![at]!)}`,
      `Prediction ${number(points.prediction[output]![at]!)}${(item.raw as SamplePoint).beyond && item.dataset.label !== 'Target' ? ' (beyond the chart)' : ''}`,
      `Z ${number(points.Z[output]![at]!)}${points.dead[output]![at] ? ' (dead output)' : ''}`,
    ];
  };
}

/** A click on a sample opens its line and follows it through the chain rule. */
function openLine({ points }: Report, select: (sample: number) => void): (at: number) => void {
  return (at) => {
    post({ type: 'open-line', line: points.line[at]! });
    select(points.sample[at]!);
  };
}

export function config(theme: Theme, x: string, y: string, datasets: ChartDataset<'scatter', Point[]>[], describe: (item: TooltipItem<'scatter'>) => string[], select: (at: number) => void = () => undefined): ChartConfig {
  const font = { family: theme.font, size: 11 };
  const axis = (text: string) => ({
    type: 'linear' as const,
    title: { display: true, text, color: theme.muted, font },
    ticks: { color: theme.muted, font, maxTicksLimit: 7, maxRotation: 0 },
    grid: { color: theme.grid, lineWidth: 0.5 },
    border: { color: theme.grid },
  });
  return {
    type: 'scatter',
    data: { datasets },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      normalized: true,
      interaction: { mode: 'nearest', intersect: false },
      scales: { x: axis(x), y: axis(y) },
      plugins: {
        legend: { position: 'top', align: 'start', labels: { color: theme.foreground, font, usePointStyle: true, pointStyleWidth: 12, boxHeight: 6, padding: 12 } },
        tooltip: { callbacks: { label: describe, title: () => '' }, displayColors: false, titleFont: font, bodyFont: font },
      },
      onClick: (_, [element]) => {
        const point = element && (datasets[element.datasetIndex]!.data[element.index] as Partial<SamplePoint>);
        if (point?.at !== undefined) select(point.at);
      },
    },
  };
}
