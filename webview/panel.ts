// The panel: takes the state from the host and gives it to the views; sends back intentions only.

import type { Moment, PanelState, Report, ToPanel } from '../src/protocol';
import { chainCard } from './chain';
import { costChart, parityChart, samplesChart } from './charts';
import { gradientCheck } from './check';
import { bringIntoSight, h } from './dom';
import type { Ways } from './finding-body';
import { findingsView } from './findings';
import { settingsForm } from './form';
import type { FormValues } from './form-values';
import { post, recall, remember } from './host';
import { momentScale, reportAt } from './moment';
import { remediesSection } from './remedies';
import { banner, summary, updateProgress } from './summary';
import { sampleTable, type TableState } from './table';
import { onThemeChange, readTheme } from './theme';
import { pastNote, timelineBar } from './timeline';
import { tryRemedies } from './trial-requests';

const app = document.getElementById('app')!;
const top = h('div', { class: 'top' });
const head = h('div');
const findings = h('div');
const outputs = h('div', { class: 'outputs' });
const chain = chainCard((sample) => {
  remember({ sample });
  table.mark(sample);
});
const samples = samplesChart(chain.select);
const parity = parityChart(chain.select);
const cost = costChart((iteration) => timeline.goTo(iteration));
const charts = h('div', { class: 'charts' }, samples.element, parity.element, cost.element);
const remedies = remediesSection();
const timeline = timelineBar({
  draw(moment) {
    moveTo(moment);
    drawCharts(shown!);
  },
  follow: (place) => table.move(view!, place ?? undefined) + chain.move(view!, place ?? undefined),
  changed: (moment) => remember({ moment }),
});
const table = sampleTable((state) => remember({ table: state }), chain.select);
const check = h('div');
const form = settingsForm((values) => remember({ form: values }));
const ways: Ways = {
  tryRemedy(id) {
    tryRemedies([id]);
    bringIntoSight(remedies.element);
  },
  followSample(sample) {
    chain.select(sample);
    bringIntoSight(chain.element);
  },
  showTable: (which) => table.reveal(which),
  showCheck: () => bringIntoSight(check, check.querySelector<HTMLElement>('[role="region"]')!),
};
app.append(
  pastNote('The verdict and the findings are of the end of the run.', 'top'), top, head, timeline.element, outputs, charts, findings, remedies.element, table.element, chain.element,
  pastNote('The gradient check was made at the end of the run.'), check, form.element,
);

let shown: Report | null = null;
/** The report at the moment that is shown. */
let view: Report | null = null;
let output = 0;
let state: PanelState | null = null;

function show(next: PanelState): void {
  state = next;
  const report = next.kind === 'finished' ? next.report : next.previous;
  app.dataset['state'] = next.kind;
  app.classList.toggle('stale', next.kind !== 'finished');
  top.replaceChildren(...[banner(next)].filter((element) => element !== null));
  for (const element of [head, findings, remedies.element, outputs, samples.element, parity.element, table.element, chain.element, check, form.element]) element.hidden = report === null;
  timeline.element.hidden = report === null || report.timeline.iterations.length < 2;
  cost.element.hidden = report === null && next.kind !== 'training';
  if (report && report.id !== shown?.id) showReport(report);
  if (next.kind === 'training') cost.live(next.cost, readTheme());
  else if (report) cost.show(report, output, readTheme());
  timeline.setState(next.kind);
  form.setBusy(next.kind === 'loading' || next.kind === 'training');
  remedies.setBusy(next.kind === 'loading' || next.kind === 'training');
}

function showReport(report: Report): void {
  const first = shown === null;
  const kept = recall();
  const same = kept.id === report.id;
  shown = report;
  moveTo(null);
  app.dataset['run'] = report.id;
  app.dataset['file'] = report.file;
  output = same || first ? Math.min(kept.output ?? 0, report.outputs.length - 1) : 0;
  remember({ id: report.id, output, ...(same ? {} : { form: undefined, sample: undefined, moment: undefined, remedy: undefined }) });
  head.replaceChildren(summary(report));
  findings.replaceChildren(findingsView(report, ways));
  check.replaceChildren(gradientCheck(report));
  form.show(report, same ? (kept.form as FormValues | undefined) : undefined);
  outputs.replaceChildren(...outputChoice(report));
  showOutput(report);
  chain.show(report, same ? kept.sample : undefined);
  timeline.show(report, same ? kept.moment : undefined);
  if (first && same && kept.scroll) window.scrollTo(0, kept.scroll);
}

/** Everything that is of one output. */
function showOutput(report: Report): void {
  drawCharts(report);
  performance.mark('gradient-debugger:first-chart');
  table.show(view!, output, recall().table as TableState | undefined);
  remedies.show(output);
}

/** The rest of the panel follows when the timeline says so. */
function moveTo(moment: Moment | null): void {
  view = reportAt(shown!, moment);
  app.classList.toggle('past', moment !== null);
  app.dataset['iteration'] = String(moment?.iteration ?? shown!.iterations);
  cost.mark(moment);
}

function drawCharts(end: Report): void {
  const theme = readTheme();
  const scale = momentScale(end, output);
  samples.show(view!, output, theme, view === end && !scale.fits ? null : scale);
  parity.show(view!, output, theme, view === end && !scale.fits ? null : scale);
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
      timeline.followed();
      return table.receive(data.request, data.rows);
    case 'chain':
      timeline.followed();
      return chain.receive(data.request, data.chain);
    case 'moment':
      return timeline.receive(data.request, data.moment);
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
  drawCharts(shown);
  remedies.show(output);
  if (state?.kind !== 'training') cost.show(shown, output, readTheme());
});

let scrolled: number | undefined;
window.addEventListener('scroll', () => {
  clearTimeout(scrolled);
  scrolled = setTimeout(() => remember({ scroll: window.scrollY }), 200);
});

post({ type: 'ready' });
