// The part that both scripts share: samples, initial parameters, random numbers, split and scaling. Rows are samples here.

import type { InitializationName } from '../core/initializations';
import type { Parameters } from '../core/parameters';
import { createRandom } from '../core/random';
import { matrixColumnNames } from '../data/dataset';
import { startParameters } from '../training/setup';
import type { Run } from '../training/run';
import { developmentInterval } from '../training/train';
import type { ScalingName } from '../training/scaling';
import { layerKey } from './numpy-parts';
import { fileName, float, hasBatches, isRandom, iterationsOf, list, prose, stopsEarly, text, type ScriptFiles } from './python-text';

/** Numbers that still stand in the script itself; more are read from a file beside it. */
const MAX_EMBEDDED = 5000;

/** How a run began. */
export interface Start {
  readonly parameters: Parameters;
  /** Where the random numbers of the split begin, and those of the mini-batches: the latter go on after the initialization. */
  readonly split: readonly number[];
  readonly batches: readonly number[];
}

/** Computed again, as the run computed it: a Run keeps its last parameters only. */
export function startOf({ experiment, units }: Run): Start {
  const random = createRandom(experiment.seed);
  const parameters = startParameters(experiment, units[0]!, random);
  return { parameters, split: createRandom(experiment.seed).state(), batches: random.state() };
}

/** The files of an export, from the name of its script: those beside it exist where there is too much for the script. */
export function scriptFiles({ samples: { X, targets }, parameters }: Run, name: string): ScriptFiles {
  const stem = name.replace(/\.py$/i, '');
  return {
    name,
    data: X.data.length + targets.data.length > MAX_EMBEDDED ? `${stem}.data.csv` : null,
    initial: parameters.length > MAX_EMBEDDED ? `${stem}.initial.txt` : null,
  };
}

/** Lines written at once. */
const BLOCK = 1000;

/**
 * X and Y as lines of comma separated numbers, one a sample, in the units of the file and at full precision:
 * with categories encoded, missing cells filled in and skipped lines left out, as the run had them.
 */
export function* preparedRows({ samples: { X, targets } }: Run): Generator<string> {
  for (let from = 0; from < X.rows; from += BLOCK) {
    let block = '';
    for (let s = from; s < Math.min(from + BLOCK, X.rows); s++) {
      const row = [...X.data.subarray(s * X.columns, (s + 1) * X.columns), ...targets.data.subarray(s * targets.columns, (s + 1) * targets.columns)];
      block += `${row.join(',')}\n`;
    }
    yield block;
  }
}

/** W[1] row by row, b[1], W[2] …: a line each. */
export function* initialRows({ parameters }: Start): Generator<string> {
  for (const { W, b } of parameters.layers) {
    for (let i = 0; i < W.rows; i++) yield `${W.data.subarray(i * W.columns, (i + 1) * W.columns).join(' ')}\n`;
    yield `${b.join(' ')}\n`;
  }
}

/** The samples with a line of headings, as a file beside a script. */
export function* preparedFile(run: Run): Generator<string> {
  const names = [...run.data.features, ...run.data.targets].flatMap(matrixColumnNames);
  yield `${names.map((name) => `"${prose(name)}"`).join(',')}\n`;
  yield* preparedRows(run);
}

/** What stands at the top of both scripts, as lines. */
export function settings(run: Run): string[] {
  const { experiment, units } = run;
  const { development } = run.samples;
  return [
    `layers_dims = ${list(units.map(String))}  # n[0], n[1], ..., n[L]`,
    `activations = ${list(experiment.layers.map((layer) => text(layerKey(layer))))}  # of layers 1 ... L${experiment.layers.some(({ activation }) => activation === 'leaky-relu') ? '; leaky-relu with its slope below 0' : ''}`,
    `learning_rate = ${float(experiment.optimizer.learningRate)}`,
    ...(experiment.l2 > 0 ? [`lambd = ${float(experiment.l2)}  # of L2: lambd / (2 m) times the sum of all W squared`] : []),
    ...(experiment.learningRateDecay > 0 ? [`learning_rate_decay = ${float(experiment.learningRateDecay)}  # learning_rate / (1 + learning_rate_decay * epoch)`] : []),
    ...(experiment.clip === null ? [] : [`clip = ${float(experiment.clip)}  # the largest norm of the whole gradient: a longer one is shortened to it`]),
    ...(stopsEarly(run) ? [`patience = ${experiment.earlyStop!.patience}  # iterations without a lower development cost, after which training ends`, `development_every = ${developmentInterval(experiment.iterations, experiment.earlyStop!.patience)}  # iterations from one development cost to the next`] : []),
    ...(hasBatches(run) ? [`batch_size = ${experiment.batchSize}`] : []),
    ...(development ? [`development_samples = ${development.reduce((sum, mark) => sum + mark, 0)}`] : []),
    `iterations = ${iterationsOf(run)}`,
    `cost_of_the_run = ${float(run.finalCost)}  # at the end, over the training samples`,
  ];
}

export function randomNumbers(run: Run): string | false {
  return isRandom(run) && `
class Random:
    """The random numbers of the run (sfc32 by Doty-Humphrey), from the state that it was in."""

    def __init__(self, a, b, c, counter):
        self.a, self.b, self.c, self.counter = a, b, c, counter

    def uniform(self):
        """In [0, 1)."""
        t = (self.a + self.b + self.counter) & 0xFFFFFFFF
        self.counter = (self.counter + 1) & 0xFFFFFFFF
        self.a = self.b ^ (self.b >> 9)
        self.b = (self.c + (self.c << 3)) & 0xFFFFFFFF
        self.c = ((self.c << 21 | self.c >> 11) + t) & 0xFFFFFFFF
        return t / 4294967296

    def permutation(self, n):
        """0 ... n - 1 in random order (Fisher-Yates)."""
        order = list(range(n))
        for i in range(n - 1, 0, -1):
            j = int(self.uniform() * (i + 1))
            order[i], order[j] = order[j], order[i]
        return np.array(order)
`;
}

const starts: Record<InitializationName, string> = {
  he: 'normal with variance 2 / n[l-1] (He et al., 2015)',
  xavier: 'normal with variance 1 / n[l-1] (Glorot and Bengio, 2010)',
  small: '0.01 times standard normal',
};

/** `initial_values()` gives (W, b) of each layer. */
export function initialValues({ experiment }: Run, { initial }: ScriptFiles): string {
  const words = experiment.parameters ? 'given by the experiment' : `W ${starts[experiment.initialization]}, from seed ${experiment.seed}; b 0`;
  return `
def initial_values():
    """W[l] and b[l] as the run started, for l = 1 ... L: ${words}."""
    flat = np.array(${initial === null ? 'INITIAL' : `Path(__file__).with_name(${text(initial)}).read_text()`}.split(), dtype=float)
    values = []
    for inputs, units in zip(layers_dims, layers_dims[1:]):
        W, b, flat = np.split(flat, [units * inputs, units * inputs + units])
        values.append((W.reshape(units, inputs), b))
    return values
`;
}

const scalings: Record<Exclude<ScalingName, 'none'>, string> = {
  standard: `
def fit_standard(values):
    """(value - mean) / standard deviation, by column. A constant column is shifted but not stretched."""
    low, high = values.min(axis=0), values.max(axis=0)
    mean = np.where(low == high, low, np.cumsum(values, axis=0)[-1] / len(values))
    deviation = np.sqrt(np.cumsum((values - mean) ** 2, axis=0)[-1] / len(values))
    return mean, np.where(deviation > 0, deviation, 1.0)
`,
  minmax: `
def fit_minmax(values):
    """To 0 ... 1, by column. A constant column is shifted but not stretched."""
    low, high = values.min(axis=0), values.max(axis=0)
    return low, np.where(high > low, high - low, 1.0)
`,
  scale: `
def fit_scale(values):
    """value / largest |value|, by column, which leaves 0 at 0."""
    largest = np.abs(values).max(axis=0)
    return np.zeros(len(largest)), np.where(largest > 0, largest, 1.0)
`,
};

export function scalingFunctions({ experiment: { normalize } }: Run): string[] {
  return [...new Set([normalize.features, normalize.target])].filter((name) => name !== 'none').map((name) => scalings[name]);
}

/** `prepare()`: the samples as the network sees them, and how to take predictions back to the units of the file. */
export function prepare(run: Run, start: Start, { data }: ScriptFiles): string {
  const { normalize } = run.experiment;
  const { development, X } = run.samples;
  const source = data === null ? 'io.StringIO(DATA), delimiter=","' : `Path(__file__).with_name(${text(data)}), delimiter=",", skiprows=1, encoding="utf-8"`;
  const fit = (letter: 'X' | 'Y', name: ScalingName): string =>
    name === 'none' ? '' : `    offset, factor = fit_${name}(${letter}[training])${development ? '  # learned from the training samples alone' : ''}\n    ${letter} = (${letter} - offset) / factor\n`;
  return `
def prepare():
    """X (m x n[0]) and Y (m x n[L]) as the network sees them, the numbers of the training and of the development
    samples, and offset and factor that take a prediction back to the units of the file."""
    data = np.loadtxt(${source}, ndmin=2)
    X, Y = data[:, :${X.columns}], data[:, ${X.columns}:]
${development ? `    development = np.sort(Random(${start.split.join(', ')}).permutation(len(X))[:development_samples])
    training = np.setdiff1d(np.arange(len(X)), development)
` : `    training, development = np.arange(len(X)), np.arange(0)
`}${fit('X', normalize.features)}${fit('Y', normalize.target) || '    offset, factor = 0.0, 1.0\n'}    return X, Y, training, development, offset, factor
`;
}

export function miniBatches(run: Run): string | false {
  return hasBatches(run) && `
def mini_batches(m, random):
    """The numbers of the samples of each update, without end: a new random order every epoch."""
    while True:
        order = random.permutation(m)
        for first in range(0, m, batch_size):
            yield order[first:first + batch_size]
`;
}

/** Samples and initial parameters at the end of a script, where they are not in the way of reading it. */
export function embedded(run: Run, start: Start, files: ScriptFiles): string | false {
  const names = [...run.data.features, ...run.data.targets].flatMap(matrixColumnNames).map(prose).join(', ');
  const prepared = run.data.imputed > 0 || run.data.skipped.length > 0 || run.data.features.some(({ width }) => width > 1);
  const parts = [
    ...(files.data === null ? [`# The samples of ${prose(fileName(run.file))}, one a line${prepared ? ', as the run had them: encoded, missing cells filled in or their lines skipped' : ''}:
# ${names}
DATA = """
${[...preparedRows(run)].join('')}"""`] : []),
    ...(files.initial === null ? [`# W[1] row by row, b[1], W[2] ...
INITIAL = """
${[...initialRows(start)].join('')}"""`] : []),
  ];
  return parts.length > 0 && parts.join('\n\n');
}
