// How the time of a step grows with the work: one thing changes at a time, from a net of the middle.

const BASE = { samples: 4000, width: 64, hidden: 2 };
const unitsOf = ({ width, hidden }) => [8, ...Array.from({ length: hidden }, () => width), 1];
const work = (units, samples) => {
  let sum = 0;
  for (let l = 1; l < units.length; l++) sum += units[l] * units[l - 1];
  return 6 * samples * sum;
};

const series = [
  { what: 'samples', values: [20, 100, 500, 2000, 8000, 32_000, 128_000], change: (samples) => ({ samples }) },
  { what: 'units of each hidden layer', values: [4, 8, 16, 32, 64, 128, 256, 512], change: (width) => ({ width }) },
  { what: 'hidden layers', values: [1, 2, 4, 8, 16], change: (hidden) => ({ hidden }) },
];

/** `run` gives the milliseconds of one step. */
export function scaling(run) {
  const tables = series.map(({ what, values, change }) => {
    const rows = values.map((value) => {
      const net = { ...BASE, ...change(value) };
      const units = unitsOf(net);
      const [one, two] = [1, 2].map((threads) => run({ kind: 'step', units, samples: net.samples, threads }));
      const gflops = work(units, net.samples) / Math.min(one, two) / 1e6;
      console.log(`${what} ${value}: ${one.toPrecision(3)} ms, two threads ${two.toPrecision(3)} ms`);
      return { value, one, two, gflops };
    });
    return { what, rows };
  });
  const text = tables
    .map(({ what, rows }) =>
      [`| ${what} | 1 thread | 2 threads | GFLOP/s |`, '|---|---|---|---|', ...rows.map(({ value, one, two, gflops }) => `| ${value.toLocaleString('en-US')} | ${one.toPrecision(3)} ms | ${two.toPrecision(3)} ms | ${gflops.toPrecision(2)} |`)].join('\n'),
    )
    .join('\n\n');
  return { base: BASE, tables, text };
}
