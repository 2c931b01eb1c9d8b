// The page of a comparison: plain HTML and SVG made from the index of runs. Knows no editor.

import { basename } from 'node:path';
import { compareRuns, type ComparedRow } from './compare-runs';
import type { RunEntry } from './run-entry';
import { number, runName } from './run-words';

/** The body of the page; every text that comes from a file is escaped. */
export function compareBody(one: RunEntry, other: RunEntry, now: number): string {
  const { settings, sameSettings, outcome, check, costsCompare } = compareRuns(one, other);
  const runs = [one, other] as const;
  const heads = runs.map((run, k) => head(run, k, now));
  const same = `${sameSettings} ${settings.length === 0 ? 'settings are the same: nothing differs.' : 'other settings are the same.'}`;
  const costNote = costsCompare ? '' : '<p class="quiet">The two costs are not of the same thing (data, loss, split or scaling of the target differ), so neither is called better.</p>';
  return `<main id="compare" data-ids="${escape(JSON.stringify([one.id, other.id]))}">
<h1>Two runs side by side</h1>
<div class="runs">${heads.join('')}</div>
${section('What came of them', table(outcome, runs, now) + costNote)}
${section('Cost by iteration', curves(runs, now))}
${section('Settings that differ', (settings.length > 0 ? table(settings, runs, now) : '') + `<p class="quiet">${same}</p>`)}
${section('Gradient check', table(check, runs, now))}
</main>`;
}

function section(title: string, content: string): string {
  return `<section class="card"><h2>${title}</h2>${content}</section>`;
}

function head(run: RunEntry, k: number, now: number): string {
  return `<article class="run" data-run="${k}">
<h2><span class="swatch run-${k}"></span>${escape(runName(run, now))}</h2>
<p class="verdict ${run.verdict.severity}">${escape(run.verdict.text)}</p>
<button type="button" data-open="${k}">Open Run</button>
</article>`;
}

function table(rows: readonly ComparedRow[], runs: readonly [RunEntry, RunEntry], now: number): string {
  const cell = ({ values, better }: ComparedRow, k: 0 | 1): string =>
    `<td${better === k ? ' class="better"' : ''}>${escape(values[k])}${better === k ? ' <span class="mark">better</span>' : ''}</td>`;
  const body = rows.map((row) => `<tr${row.values[0] === row.values[1] ? ' class="same"' : ''}><th scope="row">${escape(row.name)}</th>${cell(row, 0)}${cell(row, 1)}</tr>`);
  const heading = runs.map((run, k) => `<th scope="col"><span class="swatch run-${k}"></span>${escape(runName(run, now))}</th>`);
  return `<table><thead><tr><td></td>${heading.join('')}</tr></thead><tbody>${body.join('')}</tbody></table>`;
}

const WIDTH = 640;
const HEIGHT = 180;

/** Both curves over the same axes; the cost on a logarithmic one where it can be. */
function curves(runs: readonly [RunEntry, RunEntry], now: number): string {
  const points = runs.map(({ curve }) => curve.x.flatMap((x, k) => (curve.y[k] === null || curve.y[k] === undefined ? [] : [{ x, y: curve.y[k] }])));
  const all = points.flat();
  if (points.every((each) => each.length < 2)) return '<p class="quiet">Neither run was trained for more than one iteration.</p>';
  const right = Math.max(1, ...all.map(({ x }) => x));
  const [low, high] = [Math.min(...all.map(({ y }) => y)), Math.max(...all.map(({ y }) => y))];
  const log = low > 0 && high / low > 10;
  const scale = (y: number): number => (log ? Math.log(y) : y);
  const span = scale(high) - scale(low) || 1;
  const at = ({ x, y }: { x: number; y: number }): string => `${((WIDTH * x) / right).toFixed(1)},${(HEIGHT - (HEIGHT * (scale(y) - scale(low))) / span).toFixed(1)}`;
  const lines = points.map((each, k) => `<polyline class="run-${k}" points="${each.map(at).join(' ')}"/>`);
  const label = runs.map((run) => `${runName(run, now)}: cost ${number(run.cost.first)} to ${number(run.cost.final)}`).join('; ');
  return `<figure><div class="plot"><span class="tick top">${number(high)}</span><span class="tick bottom">${number(low)}</span>
<svg viewBox="0 -4 ${WIDTH} ${HEIGHT + 8}" preserveAspectRatio="none" role="img" aria-label="${escape(label)}">${lines.join('')}</svg></div>
<figcaption class="quiet"><span>0</span><span>iteration${log ? ', cost on a logarithmic scale' : ''}</span><span>${right.toLocaleString('en-US')}</span></figcaption></figure>`;
}

/** Title of the panel. */
export function compareTitle(one: RunEntry, other: RunEntry): string {
  const [first, second] = [basename(one.source), basename(other.source)];
  return first === second ? `Compare: ${first}` : `Compare: ${first} and ${second}`;
}

function escape(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character]!);
}
