// A run as one HTML file that needs nothing else: no script, no font, nothing from the network.

import { count, exponent, number, plural } from '../format';
import type { CheckVerdict, Curve, LayerCheck, Report, TableRow } from '../protocol';
import { chartFigure, type Point, type Series } from './report-charts';
import { STYLE } from './report-style';
import { escape, ranges } from './report-text';

/** Outputs that get charts of their own. */
const MAX_OUTPUTS = 4;
/** Stretches of dead lines that are listed. */
const MAX_STRETCHES = 200;

export interface ReportPage {
  readonly report: Report;
  /** Lines of all samples with a dead output, ascending. */
  readonly deadLines: readonly number[];
  /** The first of them as rows, for output 0. */
  readonly deadRows: readonly TableRow[];
  /** The experiment as the text of a file. */
  readonly experimentText: string;
  /** Whether the experiment gave W and b to start from. */
  readonly givenParameters: boolean;
  readonly made: Date;
}

export function reportPage(page: ReportPage): string {
  const { report, made } = page;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(report.file)}: gradient report</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${[head(report), findings(report), charts(report), gradientCheck(report), dead(page), experiment(page), skipped(report)].filter((part) => part !== '').join('\n')}
<footer>Gradient Debugger, ${made.toISOString().slice(0, 16).replace('T', ' ')} UTC. dA and dZ are of the loss of each sample; dW and db of the cost, where the 1/m is.</footer>
</main>
</body>
</html>
`;
}

function head(report: Report): string {
  const { verdict } = report;
  const main = report.findings.find(({ message }) => message === verdict.text);
  const { cost, data, iterations, outcome, experiment } = report;
  const facts = [
    plural(data.samples, 'sample'),
    outcome.kind === 'stopped early' ? `stopped early after ${plural(outcome.iteration, 'iteration')}: the development cost was lowest after ${count(iterations)}, whose parameters are kept` :
    outcome.kind === 'cancelled' ? `stopped after ${count(iterations)} of ${plural(experiment.iterations, 'iteration')}` : plural(iterations, 'iteration'),
    `cost ${number(cost.first)} → ${number(cost.final)}${report.targetScaled ? ' (of the scaled target)' : ''}`,
    ...(data.imputed > 0 ? [`${plural(data.imputed, 'missing cell')} filled in`] : []),
  ];
  return `<header>
<p class="eyebrow">${escape(report.file)} · ${escape(experiment.features.join(', '))} → ${escape(experiment.target.join(', '))}</p>
<div class="verdict ${verdict.severity}">
<h1>${escape(verdict.text)}</h1>
${main ? `<p>${escape(main.explanation)}</p>` : ''}
<p class="facts">${facts.map(escape).join(' · ')}</p>
</div>
</header>`;
}

function findings({ findings: all, verdict }: Report): string {
  const rest = all.filter(({ message }) => message !== verdict.text);
  if (rest.length === 0) return '';
  return `<h2>Also found</h2>
<ul class="findings">${rest.map(({ severity, message, explanation }) => `<li class="${severity}"><b>${severity}</b> ${escape(message)} <span class="quiet">${escape(explanation)}</span></li>`).join('\n')}</ul>`;
}

function charts(report: Report): string {
  const { outputs, points } = report;
  const shown = outputs.slice(0, MAX_OUTPUTS);
  const thinned = points.sample.length < points.of ? ` ${count(points.sample.length)} of ${count(points.of)} samples are drawn.` : '';
  const left = outputs.length > shown.length ? ` ${count(shown.length)} of ${count(outputs.length)} outputs are shown.` : '';
  return `<h2>Predictions and cost</h2>
${thinned + left === '' ? '' : `<p class="quiet">${(thinned + left).trim()}</p>`}
<div class="charts${outputs.length > 1 ? ' pairs' : ''}">
${[...shown.flatMap((name, k) => outputCharts(report, k, outputs.length > 1 ? name : '')), costChart(report)].join('\n')}
</div>`;
}

function outputCharts(report: Report, output: number, name: string): string[] {
  const { points, outputs } = report;
  const target = points.target[output]!;
  const prediction = points.prediction[output]!;
  const about = (at: number): string =>
    `Line ${count(points.line[at]!)}: target ${number(target[at]!)}, prediction ${number(prediction[at]!)}, Z ${number(points.Z[output]![at]!)}${points.dead[output]![at] ? ' (dead output)' : ''}`;
  const all = Array.from(points.sample.keys());
  const dead = all.filter((at) => points.dead[output]![at] === 1);
  const predictions = (x: (at: number) => number): Series[] => {
    const place = (at: number): Point => ({ x: x(at), y: prediction[at]!, title: about(at) });
    return [
      { label: 'prediction', look: 'prediction', shape: 'dot', points: all.filter((at) => points.dead[output]![at] !== 1).map(place) },
      ...(dead.length > 0 ? [{ label: 'dead output', look: 'dead', shape: 'cross', points: dead.map(place) } as const] : []),
    ];
  };
  const [low, high] = extent(target);
  return [
    chartFigure({
      title: name === '' ? 'Predictions and targets by sample' : `${name}: predictions and targets by sample`,
      x: 'sample',
      y: outputs[output]!,
      series: [{ label: 'target', look: 'target', shape: 'ring', points: all.map((at) => ({ x: points.sample[at]! + 1, y: target[at]!, title: about(at) })) }, ...predictions((at) => points.sample[at]! + 1)],
    }),
    chartFigure({
      title: name === '' ? 'Prediction against target' : `${name}: prediction against target`,
      x: `target ${outputs[output]!}`,
      y: 'prediction',
      series: [{ label: 'exact', look: 'ideal', shape: 'line', points: [{ x: low, y: low }, { x: high, y: high }] }, ...predictions((at) => target[at]!)],
    }),
  ];
}

function costChart({ cost }: Report): string {
  const curve = ({ x, y }: Curve): Point[] => Array.from(x, (at, k) => ({ x: at, y: y[k]! }));
  const [low, high] = extent([...cost.training.y, ...(cost.development?.y ?? [])]);
  const logarithmic = low > 0 && high / low > 100;
  return chartFigure({
    title: 'Cost by iteration',
    x: 'iteration',
    y: logarithmic ? 'cost J, log scale' : 'cost J',
    logarithmic,
    series: [
      { label: 'training', look: 'training', shape: 'line', points: curve(cost.training) },
      ...(cost.development ? [{ label: 'development', look: 'development', shape: 'line', points: curve(cost.development) } as const] : []),
    ],
  });
}

function extent(values: Iterable<number>): [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? [low, high] : [0, 1];
}

const looks: Record<CheckVerdict, string> = {
  agrees: 'ok',
  'look closer': 'look',
  suspicious: 'warning',
  wrong: 'error',
  vacuous: 'none',
  'ill-conditioned': 'none',
  'only kinks': 'none',
};

function gradientCheck({ gradientCheck: { layers, samples, of } }: Report): string {
  const row = (layer: LayerCheck, name: 'dW' | 'db'): string => {
    const check = layer[name];
    const { worst } = check;
    const share = check.checked < check.of ? `${count(check.checked)} of ${count(check.of)}` : count(check.of);
    return `<tr><th scope="row">${name}[${layer.layer}]</th><td class="${looks[check.verdict]}"><b>${check.verdict}</b></td>
<td class="right">${check.relativeDifference === null ? '0 / 0' : exponent(check.relativeDifference)}</td>
<td class="right">${share}${check.kinks > 0 ? `, ${plural(check.kinks, 'kink')}` : ''}</td>
<td>${worst ? `${name.slice(1)}[${layer.layer}][${worst.i}]${name === 'dW' ? `[${worst.j}]` : ''}` : '–'}</td>
<td class="right">${worst ? exponent(worst.analytic, 6) : '–'}</td><td class="right">${worst ? exponent(worst.numeric, 6) : '–'}</td></tr>`;
  };
  const head = ['', 'verdict', 'relative difference', 'entries', 'worst entry', 'analytic', 'numeric'];
  const right = ['relative difference', 'entries', 'analytic', 'numeric'];
  return `<h2>Gradient check</h2>
<p class="quiet">Each derivative of backward against a central difference of the cost, over ${samples < of ? `${count(samples)} of ` : ''}${plural(of, 'training sample')}: ‖a − n‖ / (‖a‖ + ‖n‖). It agrees below 1e-7 and is wrong above 1e-3. Where both sides are 0 it is vacuous and proves nothing.</p>
<div class="scroll"><table><thead><tr>${head.map((name) => (name === '' ? '<td></td>' : `<th scope="col"${right.includes(name) ? ' class="right"' : ''}>${name}</th>`)).join('')}</tr></thead>
<tbody>${layers.flatMap((layer) => [row(layer, 'dW'), row(layer, 'db')]).join('\n')}</tbody></table></div>`;
}

function dead({ report, deadLines, deadRows }: ReportPage): string {
  if (deadLines.length === 0) return '';
  const cell = (value: number | string): string => (typeof value === 'number' ? `<td class="right">${number(value)}</td>` : `<td>${escape(value)}</td>`);
  const heading = (name: string, row: number | string | undefined): string => `<th scope="col"${typeof row === 'string' ? '' : ' class="right"'}>${escape(name)}</th>`;
  const [first] = deadRows;
  const L = report.experiment.layers.length;
  const output = report.outputs.length > 1 ? ` of ${report.outputs[0]!}` : '';
  return `<h2>Dead outputs: ${plural(deadLines.length, 'sample')} of ${count(report.data.samples)}</h2>
<p>Z[${L}] ≤ 0 under the ReLU output, so the prediction is exactly 0 and dZ[${L}] = 0. Lines ${ranges(deadLines, MAX_STRETCHES)}.</p>
<div class="scroll"><table><thead><tr>${heading('line', 0)}${report.featureNames.map((name, k) => heading(name, first?.features[k])).join('')}${['target', `Z[${L}]`, 'prediction'].map((name) => heading(name + output, 0)).join('')}</tr></thead>
<tbody>${deadRows.map(({ line, features, target, Z, prediction }) => `<tr>${[line, ...features, target, Z, prediction].map(cell).join('')}</tr>`).join('\n')}</tbody></table></div>
${deadLines.length > deadRows.length ? `<p class="quiet">The first ${count(deadRows.length)} of them.</p>` : ''}`;
}

function experiment({ report, experimentText, givenParameters }: ReportPage): string {
  const { experiment: settings } = report;
  const { name, ...constants } = settings.optimizer;
  const entries: [term: string, text: string][] = [
    ['features', settings.features.join(', ')],
    ['target', settings.target.join(', ')],
    ['layers', settings.layers.map(({ units, activation, slope }) => `${units} ${activation}${slope === undefined ? '' : ` (slope ${slope})`}`).join(' → ')],
    ['loss', settings.loss],
    ['optimizer', `${name}, ${Object.entries(constants).map(([key, value]) => `${key} ${value}`).join(', ')}`],
    ['iterations', count(settings.iterations)],
    ['batch', settings.batchSize === null ? 'every sample' : plural(settings.batchSize, 'sample')],
    ['initialization', givenParameters ? 'W and b given' : `${settings.initialization}, seed ${settings.seed}`],
    ['scaling', `features ${settings.normalize.features}, target ${settings.normalize.target}`],
    ['L2', number(settings.l2)],
    ['learning rate decay', number(settings.learningRateDecay)],
    ['clipping', settings.clip === null ? 'none' : `gradient norm ${number(settings.clip)}`],
    ['early stop', settings.earlyStop === null ? 'none' : `after ${plural(settings.earlyStop.patience, 'iteration')} without a lower development cost`],
    ['development set', settings.split === null ? 'none' : `${number(100 * settings.split)} %`],
    ['missing cells', settings.missing],
  ];
  return `<h2>Experiment</h2>
<dl>${entries.map(([term, text]) => `<div><dt>${term}</dt><dd>${escape(text)}</dd></div>`).join('')}</dl>
<pre>${escape(experimentText)}</pre>`;
}

function skipped({ data }: Report): string {
  if (data.skipped === 0) return '';
  const rows = data.skippedLines.map(({ line, reason }) => `<tr><td class="right">${count(line)}</td><td>${escape(reason)}</td></tr>`);
  return `<h2>${plural(data.skipped, 'line was', 'lines were')} skipped</h2>
<div class="scroll"><table><thead><tr><th scope="col" class="right">line</th><th scope="col">reason</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></div>
${data.skipped > rows.length ? `<p class="quiet">… and ${count(data.skipped - rows.length)} more.</p>` : ''}`;
}
