// The panel: takes the state from the host and gives it to the views; sends back intentions only.

import type { PanelState, Report, ToPanel } from '../src/protocol';
import { chainCard } from './chain';
import { costChart, parityChart, samplesChart } from './charts';
import { gradientCheck } from './check';
import { h } from './dom';
import { settingsForm } from './form';
import type { FormValues } from './form-values';
import { post, recall, remember } from './host';
import { remediesSection } from './remedies';
import { banner, summary, updateProgress } from './summary';
import { sampleTable, type TableState } from './table';
import { onThemeChange, readTheme } from './theme';

const app = document.getElementById('app')!;
const top = h('div', { class: 'top' });
const head = h('div');
const outputs = h('div', { class: 'outputs' });
const chain = chainCard((sample) => {
  remember({ sample });
  table.mark(sample);
});
const samples = samplesChart(chain.select);
const parity = parityChart(chain.select);
const cost = costChart();
const charts = h('div', { class: 'charts' }, samples.element, parity.element, cost.element);
const remedies = remediesSection();
const table = sampleTable((state) => remember({ table: state }), chain.select);
const check = h('div');
const form = settingsForm((values) => remember({ form: values }));
app.append(top, head, remedies.element, outputs, charts, table.element, chain.element, check, form.element);

let shown: Report | null = null;
let output = 0;
let state: PanelState | null = null;

function show(next: PanelState): void {
  state = next;
  const report = next.kind === 'finished' ? next.report : next.previous;
  app.dataset['state'] = next.kind;
  app.classList.toggle('stale', next.kind !== 'finished');
  top.replaceChildren(...[banner(next)].filter((element) => element !== null));
  for (const element of [head, remedies.element, outputs, samples.element, parity.element, table.element, chain.element, check, form.element]) element.hidden = report === null;
  cost.element.hidden = report === null && next.kind !== 'training';
  if (report && report.id !== shown?.id) showReport(report);
  if (next.kind === 'training') cost.live(next.cost, readTheme());
  else if (report) cost.show(report, output, readTheme());
  form.setBusy(next.kind === 'loading' || next.kind === 'training');
  remedies.setBusy(next.kind === 'loading' || next.kind === 'training');
}

function showReport(report: Report): void {
  const first = shown === null;
  const kept = recall();
  const same = kept.id === report.id;
  shown = report;
  app.dataset['run'] = report.id;
  app.dataset['file'] = report.file;
  output = same || first ? Math.min(kept.output ?? 0, report.outputs.length - 1) : 0;
  remember({ id: report.id, output, ...(same ? {} : { form: undefined, sample: undefined, remedy: undefined }) });
  head.replaceChildren(summary(report));
  check.replaceChildren(gradientCheck(report));
  form.show(report, same ? (kept.form as FormValues | undefined) : undefined);
  outputs.replaceChildren(...outputChoice(report));
  showOutput(report);
  chain.show(report, same ? kept.sample : undefined);
  if (first && same && kept.scroll) window.scrollTo(0, kept.scroll);
}

/** Everything that is of one output. */
function showOutput(report: Report): void {
  const theme = readTheme();
  samples.show(report, output, theme);
  performance.mark('gradient-debugger:first-chart');
  parity.show(report, output, theme);
  table.show(report, output, recall().table as TableState | undefined);
  remedies.show(output);
}

function outputChoice(report: Report): HTMLElement[] {
  if (report.outputs.length === 1) return [];
  const select = h('select', { testid: 'output' }, ...report.outputs.map((name, k) => h('option', { value: k, selected: k === output }, name)));
  select.addEventListener('change', () => {
    output = Number(select.value);
    remember({ output });
    showOutput(report);
  });
  return [h('label', { class: 'inline' }, 'Output ', select)];
}

window.addEventListener('message', ({ data }: MessageEvent<ToPanel>) => {
  switch (data.type) {
    case 'state':
      remember({ restore: data.restore });
      return show(data.state);
    case 'progress':
      if (state?.kind !== 'training') return;
      updateProgress(top, data.iteration, data.iterations);
      return cost.live(data.cost, readTheme());
    case 'rows':
      return table.receive(data.request, data.rows);
    case 'chain':
      return chain.receive(data.request, data.chain);
    case 'trials':
      return remedies.trials(data.trials);
    case 'trial-progress':
      return remedies.progress(data.iteration, data.iterations);
    case 'range-test':
      return remedies.rangeTest(data.rangeTest);
    case 'learning-curve':
      return remedies.learningCurve(data.learningCurve);
    default:
      return data satisfies never;
  }
});

onThemeChange(() => {
  if (!shown) return;
  const theme = readTheme();
  samples.show(shown, output, theme);
  parity.show(shown, output, theme);
  remedies.show(output);
  if (state?.kind !== 'training') cost.show(shown, output, theme);
});

let scrolled: number | undefined;
window.addEventListener('scroll', () => {
  clearTimeout(scrolled);
  scrolled = setTimeout(() => remember({ scroll: window.scrollY }), 200);
});

post({ type: 'ready' });
