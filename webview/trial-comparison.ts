// A tried remedy beside the run as it is: the numbers, the cost curves over each other, the predictions over each other.

import type { ChartDataset, Point } from 'chart.js';
import type { CostCurve, RankedRow, TrialTable } from '../src/protocol';
import { chartCanvas, isWide } from './chart-canvas';
import { config, line } from './charts';
import { button, h } from './dom';
import { count, number } from './format';
import { showFormula } from './math';
import type { Theme } from './theme';
import { keepRemedy } from './trial-requests';

type Dataset = ChartDataset<'scatter', Point[]>;

/** Above the largest cost of the run, or below the lowest, by so much: beyond is outside of the chart. */
const MARGIN = 100;

export interface TrialComparison {
  readonly element: HTMLElement;
  show(table: TrialTable, row: RankedRow, output: number, theme: Theme): void;
}

export function trialComparison(): TrialComparison {
  const head = h('div');
  const cost = chartCanvas('Cost by iteration', 'trial-cost');
  const predictions = chartCanvas('Prediction against target', 'trial-predictions');
  const charts = h('div', { class: 'charts' }, predictions.element, cost.element);
  const numbers = h('div');
  const element = h('section', { class: 'comparison', testid: 'comparison', 'aria-label': 'Remedy beside the run' }, head, h('div', { class: 'beside' }, numbers, charts));
  return {
    element,
    show(table, row, output, theme) {
      const base = table.rows.find(({ id }) => id === null)!;
      element.dataset['remedy'] = row.id!;
      head.replaceChildren(...words(row));
      numbers.replaceChildren(...(row.outcome === 'failed' ? [] : [facts(table, base, row)]));
      charts.hidden = row.predictions === null;
      if (row.predictions === null) return;
      cost.draw(...costChart(table, base, row, theme));
      predictions.draw(...predictionChart(table, base, row, output, theme));
    },
  };
}

function words(row: RankedRow): HTMLElement[] {
  const keep = row.keep !== null && button('Keep', () => keepRemedy(row.id!), { class: 'primary', testid: 'keep', title: 'Makes this the current experiment. The run before stays in the Runs view.' });
  return [
    h('h3', { class: 'with-action' }, h('span', {}, row.label), keep),
    h('p', { class: 'quiet' }, row.why, row.keep === null && row.formula ? ' It takes the place of a network, so there is no experiment to keep.' : ''),
    ...formulas(row),
    ...(row.reason ? [h('p', { class: 'note', testid: 'trial-reason' }, `${row.outcome === 'diverged' ? 'It diverged: ' : 'It could not be trained: '}${row.reason}`)] : []),
  ];
}

function formulas({ formula }: RankedRow): HTMLElement[] {
  return (formula ?? []).map(({ text, tex }) => {
    const element = h('div', { class: 'formula display', testid: 'trial-formula' }, text);
    void showFormula(element, tex, true);
    return element;
  });
}

function facts({ measure }: TrialTable, base: RankedRow, row: RankedRow): HTMLElement {
  const of = (name: string, value: (each: RankedRow) => string): HTMLElement | null => {
    const values = [base, row].map(value);
    return values.every((text) => text === '') ? null : h('tr', {}, h('th', { scope: 'row' }, name), ...values.map((text) => h('td', { class: 'right' }, text)));
  };
  const rows = [
    // of a run that can have none, nothing is said
    (base.dead?.count ?? 0) + (row.dead?.count ?? 0) > 0 ? of('Dead outputs', ({ dead }) => (dead ? `${count(dead.count)} of ${count(dead.of)}` : '')) : null,
    of('Cost, training', ({ cost }) => costText(cost.training)),
    of('Cost, development', ({ cost }) => (cost.development === null ? '' : costText(cost.development))),
    of('Iterations', ({ iterations }) => (iterations === null ? '' : count(iterations))),
  ];
  return h('table', { class: 'facts-of', 'aria-label': `Numbers of both; the cost is ${measure.loss} in the units of the file` },
    h('thead', {}, h('tr', {}, h('td', {}), h('th', { scope: 'col', class: 'right' }, base.label), h('th', { scope: 'col', class: 'right' }, 'Remedy'))),
    h('tbody', {}, ...rows),
  );
}

/** A message carries no NaN: it comes as null. */
export function costText(value: number | null): string {
  return value !== null && Number.isFinite(value) ? number(value) : '–';
}

function costChart(table: TrialTable, base: RankedRow, row: RankedRow, theme: Theme): [ReturnType<typeof config>, string] {
  const datasets = [...curves(base.curve, 'As it is', theme.muted), ...curves(row.curve, 'Remedy', theme.prediction)];
  const baseValues = finite(curves(base.curve, '', ''));
  const values = finite(datasets);
  const last = Math.max(1, base.iterations ?? 0, row.iterations ?? 0);
  if (row.formula && Number.isFinite(row.cost.training) && row.cost.training * MARGIN > Math.min(...baseValues)) {
    const y = row.cost.training;
    datasets.push({ ...line(theme.prediction), label: 'Formula', data: [{ x: 0, y }, { x: last, y }] });
    values.push(y);
  }
  const highest = Math.max(...values);
  const top = Math.min(highest, MARGIN * Math.max(...baseValues));
  const made = config(theme, 'iteration', `cost (${table.measure.loss})`, datasets, (item) => [`${item.dataset.label}: ${number(item.parsed.y!)}`]);
  const { x, y } = made.options!.scales! as Record<'x' | 'y', { type: string; max?: number }>;
  x.max = last;
  y.type = isWide(Math.min(...values), top) ? 'logarithmic' : 'linear';
  if (top < highest) y.max = top;
  made.options!.plugins!.tooltip!.callbacks!.title = ([item]) => (item ? `Iteration ${count(item.parsed.x!)}` : '');
  return [made, `Cost by iteration in the units of the file. As it is: ${costText(base.cost.training)} at the end. ${row.label}: ${costText(row.cost.training)}.`];
}

function curves(curve: CostCurve | null, name: string, color: string): Dataset[] {
  if (!curve) return [];
  const points = (values: Float64Array): Point[] => Array.from(values, (y, k) => ({ x: curve.iterations[k]!, y })).filter(({ y }) => Number.isFinite(y));
  const training = { ...line(color), label: curve.development ? `${name}, training` : name, data: points(curve.training) };
  return curve.development ? [training, { ...line(color), label: `${name}, development`, data: points(curve.development), borderDash: [5, 3] }] : [training];
}

function finite(datasets: readonly Dataset[]): number[] {
  return datasets.flatMap(({ data }) => data.flatMap(({ y }) => (y !== null && Number.isFinite(y) ? [y] : [])));
}

function predictionChart(table: TrialTable, base: RankedRow, row: RankedRow, output: number, theme: Theme): [ReturnType<typeof config>, string] {
  const target = table.targets[output]!;
  const [low, high] = [Math.min(...target), Math.max(...target)];
  const points = ({ predictions, deadAt }: RankedRow, dead: 0 | 1) =>
    Array.from(predictions![output]!, (y, k) => ({ x: target[k]!, y, line: table.lines[k]!, dead: deadAt![output]![k]! })).filter((point) => point.dead === dead && Number.isFinite(point.y));
  const many = target.length > 200;
  const dots = (color: string, fill: string, radius: number): Partial<Dataset> => ({ pointStyle: 'circle', pointRadius: many ? radius / 2 : radius, pointBorderColor: color, pointBackgroundColor: fill, borderColor: color, backgroundColor: fill });
  const made = config(theme, `target ${table.outputs[output]}`, 'prediction', [
    { ...line(theme.target), label: 'Prediction = target', data: [{ x: low, y: low }, { x: high, y: high }], borderDash: [4, 4], pointRadius: 0, pointHitRadius: 0 },
    { label: 'As it is', data: points(base, 0), ...dots(theme.muted, 'transparent', 3.5) },
    ...crosses('Dead as it is', points(base, 1), theme.dead, 4.5),
    { label: 'Remedy', data: points(row, 0), ...dots(theme.prediction, theme.prediction, 2.5) },
    ...crosses('Dead with the remedy', points(row, 1), theme.prediction, 3.5),
  ], (item) => (item.datasetIndex === 0 ? [] : [`Line ${count((item.raw as { line: number }).line)}`, `Target ${number(item.parsed.x!)}`, `${item.dataset.label}: ${number(item.parsed.y!)}`]));
  // predictions of a run that diverged would leave nothing of the others to see
  const spread = high - low || 1;
  const { y } = made.options!.scales! as Record<'y', { min?: number; max?: number }>;
  const all = [base, row].flatMap((each) => [...points(each, 0), ...points(each, 1)]).map((point) => point.y);
  if (Math.max(...all) > high + 2 * spread) y.max = high + 2 * spread;
  if (Math.min(...all) < low - 2 * spread) y.min = low - 2 * spread;
  const dead = row.dead && base.dead ? ` ${count(base.dead.count)} dead outputs as it is, ${count(row.dead.count)} with the remedy.` : '';
  const shown = target.length < table.of ? ` ${count(target.length)} of ${count(table.of)} samples are drawn.` : '';
  return [made, `Prediction against target, of both.${dead}${shown}`];
}

function crosses(label: string, data: Point[], color: string, radius: number): Dataset[] {
  return data.length > 0 ? [{ label, data, pointStyle: 'crossRot', pointRadius: radius, pointBorderWidth: 2, pointBorderColor: color, borderColor: color, backgroundColor: color }] : [];
}
