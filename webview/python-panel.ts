// The panel of a Python file: takes the state from the host and draws it; sends back intentions only.

import type { PythonPanelState, PythonReport, ToPythonPanel } from '../src/protocol';
import { h } from './dom';
import { boundFunctions, foundFunctions, scope } from './python-binding';
import { chain } from './python-chain';
import { findings } from './python-findings';
import { post, recall, remember } from './python-host';
import { layers } from './python-layers';
import { banner, summary } from './python-summary';

const app = document.getElementById('app')!;
const top = h('div', { class: 'top' });
const body = h('div');
app.append(top, body);

let shown: PythonReport | null = null;

function show(state: PythonPanelState): void {
  const report = state.kind === 'finished' ? state.report : state.previous;
  app.dataset['state'] = state.kind;
  app.classList.toggle('stale', state.kind !== 'finished' || state.report.changed);
  top.replaceChildren(...[banner(state)].filter((element) => element !== null));
  if (report && (report.id !== shown?.id || report.changed !== shown.changed || report.boundBy !== shown.boundBy)) showReport(report);
}

function showReport(report: PythonReport): void {
  const { result } = report;
  const first = shown === null;
  shown = report;
  app.dataset['run'] = report.id;
  app.dataset['file'] = result.file.split(/[\\/]/).at(-1)!;
  app.dataset['verdict'] = result.verdict;
  const parts = [
    summary(report),
    findings(report),
    result.verdict === 'not bound' && foundFunctions(result),
    result.layers.length > 0 && layers(result),
    result.chain.length > 0 && chain(result),
    h('div', { class: 'columns' }, result.bound && boundFunctions(report), scope(result)),
  ];
  body.replaceChildren(...parts.filter((part) => part !== null && part !== false));
  const { scroll } = recall();
  if (first && scroll) window.scrollTo(0, scroll);
}

window.addEventListener('message', ({ data }: MessageEvent<ToPythonPanel>) => {
  remember({ restore: data.restore });
  show(data.state);
});

let scrolled: number | undefined;
window.addEventListener('scroll', () => {
  clearTimeout(scrolled);
  scrolled = setTimeout(() => remember({ scroll: window.scrollY }), 200);
});

post({ type: 'ready' });
