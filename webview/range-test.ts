// The learning-rate range test: the cost by learning rate, with the suggested rate and that of the run marked.

import type { ChartDataset, Point } from 'chart.js';
import type { RangeTestState } from '../src/protocol';
import { chartCanvas, isWide } from './chart-canvas';
import { config, line } from './charts';
import { button, h } from './dom';
import { number } from './format';
import { extent } from './moment';
import { onTheSide, type Side } from './side';
import type { Theme } from './theme';
import { tryRemedies } from './trial-requests';

/** Rates below the suggested one by so much are not shown. */
const BEFORE = 1000;
/** Nor one of the run that is so much beyond the last one tested. */
const FAR = 100;

type Done = Extract<RangeTestState, { kind: 'done' }>;

export function rangeTestView(): Side<RangeTestState> {
  const chart = chartCanvas('Learning rate range test', 'range-test-chart');
  return onTheSide<RangeTestState>('range-test', 'Range test', (state, theme) => {
    if (state.kind !== 'done') return null;
    chart.draw(...rangeChart(state, theme));
    const remedy = state.suggestion?.remedy;
    return [
      chart.element,
      h('p', { class: 'reading', testid: 'range-test-text' }, state.text),
      remedy != null && button('Try this rate', () => tryRemedies([remedy]), { class: 'secondary', testid: 'try-rate' }),
    ];
  });
}

function rangeChart({ rates, costs, current, suggestion, text }: Done, theme: Theme): [ReturnType<typeof config>, string] {
  const [low, high] = extent(costs);
  const datasets: ChartDataset<'scatter', Point[]>[] = [{ ...line(theme.prediction), label: 'Cost', data: Array.from(rates, (x, k) => ({ x, y: costs[k]! })) }];
  const [first, last] = [rates[0]!, rates.at(-1)!];
  // a rate far beyond the test would leave no room for it
  const shown = current >= first && current <= FAR * last;
  if (shown) {
    datasets.push({ ...line(theme.muted), label: `Rate of the run, ${number(current)}`, data: [{ x: current, y: low }, { x: current, y: high }], borderDash: [4, 4], pointHitRadius: 0 });
  }
  if (suggestion) {
    const color = theme.development;
    datasets.unshift({ label: `Suggested, ${number(suggestion.rate)}`, data: [{ x: suggestion.rate, y: suggestion.cost }], pointStyle: 'circle', pointRadius: 5, pointHoverRadius: 7, pointBackgroundColor: color, pointBorderColor: color, borderColor: color, backgroundColor: color });
  }
  const made = config(theme, 'learning rate α', 'cost J', datasets, (item) => [`Learning rate ${number(item.parsed.x!)}`, `Cost ${number(item.parsed.y!)}`]);
  const { x, y } = made.options!.scales! as Record<'x' | 'y', { type: string; min?: number; max?: number; ticks: { callback?: (value: number | string) => string | null } }>;
  x.type = 'logarithmic';
  // the long flat beginning says nothing
  x.min = Math.max(first, (suggestion?.rate ?? last) / BEFORE);
  x.max = shown ? Math.max(last, current * 1.2) : last;
  // powers of ten and nothing between, which would run into each other
  x.ticks.callback = (value) => (Math.abs(Math.log10(Number(value)) - Math.round(Math.log10(Number(value)))) < 1e-9 ? power(Number(value)) : null);
  y.type = isWide(low, high) ? 'logarithmic' : 'linear';
  return [made, `Cost by learning rate, both axes as in a range test. ${text}`];
}

/** 0.001, 1e-5 */
function power(value: number): string {
  return value < 1e-4 ? value.toExponential(0) : String(Number(value.toPrecision(1)));
}
