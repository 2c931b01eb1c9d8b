// What was measured, as Markdown.
import { readFileSync, writeFileSync } from 'node:fs';
import { checks, steps } from './cases.mjs';

const sorted = (values) => [...values].sort((a, b) => a - b);
const median = (values) => sorted(values)[Math.floor((values.length - 1) / 2)];
const digits = (value) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

/** Theirs over ours, round by round: "3.1 (2.9–3.4)"; above 1 we are faster. */
function ratio(theirs, ours) {
  const ratios = theirs.map(({ ms }, round) => ms / (ours[round] ?? ours[0]).ms);
  return ratios.length === 1 ? digits(ratios[0]) : `${digits(median(ratios))} (${digits(Math.min(...ratios))}–${digits(Math.max(...ratios))})`;
}

export function stepTable({ steps: results, machine, node, versions, rounds }) {
  if (!results.S) return '';
  const names = [...new Set(Object.values(results).flatMap((result) => Object.keys(result)))].filter((name) => name !== 'ours');
  const cell = (name, which) => {
    const rows = results[name]?.[which];
    return rows ? `${digits(median(rows.map(({ ms }) => ms)))} ms` : '–';
  };
  const lines = [
    `| one step | ${steps.map(({ name, units, samples }) => `${name}: ${units.join('-')}, ${samples.toLocaleString('en-US')} samples`).join(' | ')} |`,
    `|---|${steps.map(() => '---|').join('')}`,
    `| **this core**, float64 | ${steps.map(({ name }) => `**${cell(name, 'ours')}**`).join(' | ')} |`,
    ...names.map((which) => `| ${which} | ${steps.map(({ name }) => (results[name]?.[which] ? `${cell(name, which)}, ${ratio(results[name][which], results[name].ours)}×` : '–')).join(' | ')} |`),
  ];
  const python = Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(', ');
  return `${lines.join('\n')}\n\nMedian of ${rounds} rounds, and how many times our time it is: median (least–most) over the rounds. Each is the faster of one and two threads. ${machine}; Node ${node}; ${python}.`;
}

export function checkTable({ checks: results }) {
  const rows = checks.filter(({ name }) => results[name]);
  if (rows.length === 0) return '';
  return [
    '| whole gradient check | this core | torch.autograd.gradcheck | |',
    '|---|---|---|---|',
    ...rows.map(({ name, samples }) => {
      const { ours, 'torch.autograd.gradcheck': torch } = results[name];
      const part = (values) => (values ? `${digits(median(values.map(({ ms }) => ms)))} ms, to ${median(values.map(({ difference }) => difference)).toExponential(0)}` : '–');
      return `| ${name}, ${samples} samples | **${part(ours)}** | ${part(torch)} | ${torch ? `${ratio(torch, ours)}×` : ''} |`;
    }),
  ].join('\n');
}

/** Between `<!-- NAME -->` and `<!-- /NAME -->`. */
export function writeInto(file, name, text) {
  const before = readFileSync(file, 'utf8');
  const after = before.replace(new RegExp(`(<!-- ${name} -->\\n)[^]*(<!-- /${name} -->)`), (_, start, end) => `${start}${text}\n${end}`);
  if (!after.includes(`<!-- ${name} -->`)) throw new Error(`${file} has no place for ${name}`);
  writeFileSync(file, after);
}
