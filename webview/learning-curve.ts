// The learning curve: training and development cost by the number of training samples, and what it says.

import type { LearningCurveState } from '../src/protocol';
import { chartCanvas, isWide } from './chart-canvas';
import { config, line } from './charts';
import { h } from './dom';
import { count, number } from './format';
import { onTheSide, type Side } from './side';
import type { Theme } from './theme';

type Points = Extract<LearningCurveState, { kind: 'done' }>['points'];

export function learningCurveView(): Side<LearningCurveState> {
  const chart = chartCanvas('Learning curve', 'learning-curve-chart');
  return onTheSide<LearningCurveState>('learning-curve', 'Learning curve', (state, theme) => {
    if (state.kind !== 'done') return null;
    chart.draw(...curveChart(state.points, state.reading.text, theme));
    return [chart.element, h('p', { class: 'reading', testid: 'learning-curve-text', 'data-kind': state.reading.kind }, state.reading.text)];
  });
}

function curveChart(points: Points, text: string, theme: Theme): [ReturnType<typeof config>, string] {
  const of = (key: 'training' | 'development') => points.map((point) => ({ x: point.samples, y: point[key] })).filter(({ y }) => Number.isFinite(y));
  const dots = (color: string) => ({ pointStyle: 'circle' as const, pointRadius: 3.5, pointBackgroundColor: color, pointBorderColor: color });
  const made = config(theme, 'training samples', 'cost J', [
    { ...line(theme.prediction), ...dots(theme.prediction), label: 'Training', data: of('training') },
    { ...line(theme.development), ...dots(theme.development), label: 'Development', data: of('development'), borderDash: [5, 3] },
  ], (item) => [`${count(item.parsed.x!)} training samples`, `${item.dataset.label} cost ${number(item.parsed.y!)}`]);
  const values = [...of('training'), ...of('development')].map(({ y }) => y);
  (made.options!.scales!['y'] as { type: string }).type = isWide(Math.min(...values), Math.max(...values)) ? 'logarithmic' : 'linear';
  return [made, `Cost by number of training samples. ${text}`];
}
