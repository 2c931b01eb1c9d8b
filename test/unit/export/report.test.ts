// The report as a person gets it: one file that says what the run says, and that nothing in the data can break.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ranges } from '../../../src/export/report-text';
import { deadSamples } from '../../../src/diagnosis/dead-samples';
import { diagnose, verdictOf } from '../../../src/diagnosis/diagnose';
import type { Settings } from '../../../src/experiment/settings';
import { runJob } from '../../../src/training/job';
import type { Run } from '../../../src/training/run';
import { writeExport } from '../../../src/worker/export';

describe('report', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'gradient-report-'))));
  after(() => rmSync(folder, { recursive: true }));

  async function report(file: string, settings: Settings = {}): Promise<{ run: Run; html: string; text: string }> {
    const run = await runJob({ file, settings }, () => false);
    const target = join(folder, 'report.html');
    assert.deepEqual(await writeExport(run, 'report', target), [target]);
    const html = readFileSync(target, 'utf8');
    const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };
    const text = html.replace(/<style>.*?<\/style>/s, '').replace(/<[^>]*>/g, ' ').replace(/&[a-z#0-9]+;/g, (entity) => entities[entity]!).replace(/\s+/g, ' ');
    return { run, html, text };
  }

  it('says what the run says', async () => {
    const { run, html, text } = await report(join(process.cwd(), 'examples/quadratic.csv'));
    const findings = diagnose(run);
    assert.ok(text.includes(verdictOf(run, findings).text));
    for (const { message, explanation } of findings) assert.ok(text.includes(message) && text.includes(explanation), message);
    const dead = Array.from(deadSamples(run).samples, (sample) => run.samples.lines[sample]!);
    assert.ok(dead.length > 0 && text.includes(`Lines ${ranges(dead, 100)}.`));
    // in two charts, and once in each legend
    assert.equal(html.match(/class="cross dead"/g)!.length, 2 * dead.length + 2);
    assert.equal(html.match(/class="dot prediction"/g)!.length, 2 * (20 - dead.length) + 2);
    assert.equal(html.match(/class="ring target"/g)!.length, 20 + 1);
    for (const { layer, dW, db } of run.gradientCheck.layers) {
      for (const [name, check] of [['dW', dW], ['db', db]] as const) assert.match(text, new RegExp(`${name}\\[${layer}\\] ${check.verdict} ${check.relativeDifference!.toExponential(2)} `));
    }
    assert.ok(text.includes('"data": ') && text.includes('"seed": 7'));
  });

  it('needs nothing but itself, and runs nothing', async () => {
    const { html } = await report(join(process.cwd(), 'examples/penguins.csv'), { target: ['species'], iterations: 20, split: 0.2 });
    assert.doesNotMatch(html, /https?:|<script|<link|<img|<iframe|@import|url\(|\son\w+=/i);
    assert.match(html, /default-src 'none'; style-src 'unsafe-inline'/);
    assert.equal(html.match(/<figure>/g)!.length, 2 * 3 + 1);
    assert.match(html, /class="line development"/);
  });

  it('shows names as text, whatever they hold', async () => {
    const file = join(folder, 'odd.csv');
    writeFileSync(file, `<img src=x onerror=alert(1)>,"a ""b"" & 'c'",kind\n${Array.from({ length: 12 }, (_, i) => `${i},${i % 3},</h2><script>${i % 2}</script>`).join('\n')}\n`);
    const { html, text } = await report(file, { target: ['kind'], iterations: 5 });
    assert.doesNotMatch(html, /<img|<script/);
    assert.ok(text.includes('<img src=x onerror=alert(1)>') && text.includes(`a "b" & 'c'`));
  });

  it('draws a run without any finite prediction or any update', async () => {
    const { html } = await report(join(process.cwd(), 'examples/quadratic.csv'), { iterations: 0, loss: 'cross-entropy' });
    assert.doesNotMatch(html, /="[^"]*(NaN|Infinity|undefined)/);
  });

  it('writes lines as stretches', () => {
    assert.equal(ranges([2, 3, 4, 9, 11, 12], 10), '2–4, 9, 11–12');
    assert.equal(ranges([2, 4, 6, 1000], 2), '2, 4, …');
  });
});
