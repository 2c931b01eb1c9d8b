// The links themselves: from A[0] to the loss and back to dW[1], each with formula, values and what to know about it.

import { LEAKY_SLOPE, type ActivationName } from '../core/activations';
import { isStablePair, type LossName } from '../core/losses';
import type { Run } from '../training/run';
import { normOf, type ChainLink, type ChainMaterial, type ChainValues } from './chain';
import { activationFormula, derivativeFormula, factor, letter, lossDerivativeFormula, lossFormula, partial, tex, wholeChain, type ChainFactor } from './chain-formulas';

/** Rows and columns of a link that are shown; the others are counted. */
const MAX_ROWS = 8;
const MAX_COLUMNS = 6;
/** Where every |g'(Z)| is below it, a layer is called saturated: nearly nothing comes through. */
const SATURATED = 1e-3;

export function chainLinks(material: ChainMaterial): { formula: string; links: ChainLink[] } {
  const L = material.pass.Z.length;
  const links = [...forwardLinks(material), dALink(material)];
  for (let l = L; l >= 1; l--) links.push(...layerLinks(material, l));
  const stop = links.findIndex(({ note, stops }) => note !== '' && stops);
  return {
    formula: wholeChain(factors(material)),
    // what is already 0 cannot be stopped again
    links: links.map((link, k) => ({ ...link, stops: k === stop, note: stop >= 0 && k > stop ? link.note.replace(': the chain stops here', '').replace(' The chain stops here.', '') : link.note })),
  };
}

function forwardLinks({ run, pass, Y }: ChainMaterial): ChainLink[] {
  const { layers, loss, normalize } = run.experiment;
  const L = layers.length;
  const scaled = (of: string, name: string): string => (name === 'none' ? '' : ` ${of} as the network sees ${of === 'The features' ? 'them' : 'it'}, scaled (${name}).`);
  const links: ChainLink[] = [forwards('A[0]', 0, `${letter('A', 0)} = X`, column(pass.A[0]!.data), scaled('The features', normalize.features).trim())];
  layers.forEach(({ activation, slope }, k) => {
    const l = k + 1;
    const [z, a] = [letter('Z', l), letter('A', l)];
    const numbers = pass.Z[k]!.columns === 1 && activation === 'relu' ? ` = \\max(0, ${tex(pass.Z[k]!.data[0]!)}) = ${tex(pass.A[l]!.data[0]!)}` : '';
    links.push(
      forwards(`Z[${l}]`, l, `${z} = ${letter('W', l)} ${letter('A', k)} + ${letter('b', l)}`, column(pass.Z[k]!.data)),
      forwards(`A[${l}]`, l, `${a} = g^{[${l}]}(${z}) = ${activationFormula(activation, z, slope ?? LEAKY_SLOPE)}${numbers}`, column(pass.A[l]!.data), l === L ? 'The prediction.' : ''),
    );
  });
  const [a, y] = [pass.A[L]!.data, Y.data];
  const numbers = a.length === 1 && loss !== 'huber' ? ` = ${lossFormula(loss, factor(a[0]!), factor(y[0]!), false)} = ${tex(pass.losses[0]!)}` : '';
  links.push(forwards('loss', L, `\\mathcal{L} = ${lossFormula(loss, letter('A', L), 'Y', a.length > 1)}${numbers}`, column(pass.losses), `Of this sample alone, with Y = ${shortList(y)}.${scaled('The target', normalize.target)} The cost J is the mean of the losses over the samples${run.experiment.l2 > 0 ? ', and the L2 part' : ''}.`));
  return links;
}

function forwards(name: string, layer: number, formula: string, values: ChainValues, meaning = ''): ChainLink {
  return { name, direction: 'forward', layer, formula, values, meaning, note: '', stops: false };
}

function backwards(name: string, layer: number, formula: string, values: ChainValues, meaning = '', note = '', stops = false): ChainLink {
  return { name, direction: 'backward', layer, formula, values, meaning, note, stops };
}

const derivativesInWords: Record<LossName, string> = {
  mse: 'for mse A − Y',
  mae: 'for mae the sign of A − Y',
  huber: 'for huber A − Y, held between −1 and 1',
  'binary-cross-entropy': 'for binary cross-entropy −Y/A + (1 − Y)/(1 − A)',
  'cross-entropy': 'for cross-entropy −Y/A',
};

function dALink({ run, pass, Y }: ChainMaterial): ChainLink {
  const { loss } = run.experiment;
  const L = pass.Z.length;
  const values = pass.dA[L - 1]!.data;
  const [a, y] = [pass.A[L]!.data, Y.data];
  const numbers = values.length === 1 ? ` = ${lossDerivativeFormula(loss, factor(a[0]!), factor(y[0]!))} = ${tex(values[0]!)}` : '';
  const zero = isZero(values);
  return backwards(
    `dA[${L}]`,
    L,
    `dA^{[${L}]} = ${partial('\\mathcal{L}', letter('A', L))} = ${lossDerivativeFormula(loss, letter('A', L), 'Y')}${numbers}`,
    column(values),
    `Also called dAL: the derivative of the loss by A[${L}], ${derivativesInWords[loss]}. It holds nothing of the activation, no sum over samples and no 1/m: the activation enters with g', the 1/m in dW and db.`,
    zero ? `dA[${L}] = 0: the prediction equals the target, so there is nothing to pass back.` : '',
    zero,
  );
}

function layerLinks(material: ChainMaterial, l: number): ChainLink[] {
  const { run, pass, parameters, added, m, development } = material;
  const k = l - 1;
  const L = pass.Z.length;
  const before = isZero(pass.dA[k]!.data);
  const links: ChainLink[] = [];
  const derivative = derivativeLink(material, l);
  if (derivative) links.push(derivative);
  links.push(dZLink(material, l, before));

  const dZ = pass.dZ[k]!.data;
  const stopped = isZero(dZ);
  const where = run.samples.development ? `the ${m} training samples` : `all ${m} samples`;
  const silent = pass.A[k]!.data.reduce((count, value) => count + (value === 0 ? 1 : 0), 0);
  const inputs = pass.A[k]!.columns;
  const dWNote = stopped ? `0 because dZ[${l}] = 0: this sample adds nothing to dW[${l}].` : silent > 0 ? `0 in ${silent === inputs ? 'every column' : `${silent} of ${inputs} columns`}, where A[${k}] = 0.` : '';
  links.push(
    backwards(
      `dW[${l}]`,
      l,
      `\\tfrac1m\\, dZ^{[${l}]}\\, A^{[${k}]\\mathsf T}, \\quad m = ${m}`,
      table(added.layers[k]!.W.data, inputs),
      (development ? 'What this sample would add to dW of the cost. It is of the development set, so it adds nothing. ' : 'What this sample adds to dW of the cost. ') + `Here is the 1/m, and nowhere else; dW[${l}] itself is the sum over ${where}${run.experiment.l2 > 0 ? ', and λ/m W' : ''}.`,
      dWNote,
    ),
    backwards(`db[${l}]`, l, `\\tfrac1m\\, dZ^{[${l}]}`, column(added.layers[k]!.b), '', stopped ? `0 because dZ[${l}] = 0.` : ''),
  );
  if (l > 1) {
    const dA = pass.dA[k - 1]!.data;
    const cut = !stopped && isZero(dA);
    const weights = isZero(parameters.layers[k]!.W.data) ? `W[${l}] = 0` : `the weights that lead on are 0`;
    links.push(
      backwards(
        `dA[${k}]`,
        k,
        `dA^{[${k}]} = ${partial('\\mathcal{L}', letter('A', k))} = W^{[${l}]\\mathsf T} dZ^{[${l}]}`,
        column(dA),
        l === L ? `The derivative of this sample's loss by A[${k}]: still no sum over samples and no 1/m.` : '',
        stopped ? `0 because dZ[${l}] = 0.` : cut ? `0 because ${weights}: the chain stops here.` : '',
        cut,
      ),
    );
  }
  return links;
}

function derivativeLink({ run, pass, derivatives }: ChainMaterial, l: number): ChainLink | null {
  const values = derivatives[l - 1];
  if (!values) return null;
  const activation = run.experiment.layers[l - 1]!.activation as Exclude<ActivationName, 'softmax'>;
  const skipped = l === pass.Z.length && isStable(run);
  const numbers = values.columns === 1 && !['linear', 'relu', 'leaky-relu', 'elu'].includes(activation) ? ` = ${tex(values.data[0]!)}` : '';
  return backwards(
    `g'(Z[${l}])`,
    l,
    `g^{[${l}]\\prime}(${letter('Z', l)}) = ${derivativeFormula(activation, letter('Z', l), letter('A', l), run.experiment.layers[l - 1]!.slope ?? LEAKY_SLOPE)}${numbers}`,
    column(values.data),
    skipped ? `The derivative of ${activation}. dZ[${l}] does not need it here, as the next link says.` : '',
    skipped ? '' : derivativeNote(activation, l, pass.Z[l - 1]!.data, values.data),
    !skipped && isZero(values.data),
  );
}

function derivativeNote(activation: ActivationName, l: number, Z: Float64Array, derivative: Float64Array): string {
  const units = derivative.length;
  const zeros = derivative.reduce((count, value) => count + (value === 0 ? 1 : 0), 0);
  const rounded = activation === 'relu' || activation === 'leaky-relu' ? null : 'so far out that the derivative rounds to 0';
  const where = rounded === null ? '≤ 0' : `is ${rounded}`;
  if (zeros === units) {
    if (units === 1) return `g'(Z[${l}]) = 0 because Z[${l}] = ${plain(Z[0]!)}${rounded ? `, ${rounded}` : ''}: the chain stops here.`;
    return `g'(Z[${l}]) = 0 in all ${units} units, because every Z[${l}] ${where}: the chain stops here.`;
  }
  if (zeros > 0) return `g'(Z[${l}]) = 0 in ${zeros} of ${units} units, where Z[${l}] ${where}: nothing flows back through them.`;
  const largest = derivative.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return largest < SATURATED ? `g'(Z[${l}]) is at most ${plain(largest)}: saturated, so nearly nothing flows back.` : '';
}

function dZLink(material: ChainMaterial, l: number, before: boolean): ChainLink {
  const { run, pass, derivatives } = material;
  const L = pass.Z.length;
  const values = pass.dZ[l - 1]!.data;
  const [dA, dZ, a] = [`dA^{[${l}]}`, `dZ^{[${l}]}`, letter('A', l)];
  const activation = run.experiment.layers[l - 1]!.activation;
  const derivative = derivatives[l - 1]?.data;
  if (l === L && isStable(run)) {
    const product = activation === 'softmax' ? 'the Jacobian of softmax' : "g'(Z)";
    const numbers = values.length === 1 ? ` = ${tex(pass.A[L]!.data[0]!)} - ${factor(material.Y.data[0]!)} = ${tex(values[0]!)}` : '';
    return backwards(`dZ[${l}]`, l, `${dZ} = ${a} - Y${numbers}`, column(values), `dA[${l}] times ${product}, in which the fractions of dA[${l}] cancel. It is computed in this form, because where A rounds to 0 or 1 the product would be ∞ · 0.`, isZero(values) ? `dZ[${l}] = 0: A[${l}] equals Y.` : '', isZero(values));
  }
  if (!derivative) {
    return backwards(`dZ[${l}]`, l, `${dZ} = ${a} * \\left(${dA} - \\textstyle\\sum ${dA} * ${a}\\right)`, column(values), 'Every A of a softmax depends on every Z of its sample, so a Jacobian stands here instead of g\'.', isZero(values) ? `dZ[${l}] = 0: the chain stops here.` : '', isZero(values) && !before);
  }
  const numbers = values.length === 1 ? ` = ${factor(pass.dA[l - 1]!.data[0]!)} * ${factor(derivative[0]!)} = ${tex(values[0]!)}` : '';
  const zeros = isZero(derivative);
  const note = !isZero(values) ? '' : zeros ? `0 because g'(Z[${l}]) = 0${before ? `, and dA[${l}] = 0` : ''}.` : before ? `0 because dA[${l}] = 0.` : `0: where dA[${l}] is not 0, g'(Z[${l}]) is. The chain stops here.`;
  return backwards(`dZ[${l}]`, l, `${dZ} = ${dA} * g^{[${l}]\\prime}(${letter('Z', l)})${numbers}`, column(values), '', note, isZero(values) && !zeros && !before);
}

/** From the loss to W[1], one factor a link; a factor's value stands beneath it where it is one number. */
function factors({ pass, derivatives, parameters, run }: ChainMaterial): ChainFactor[] {
  const L = pass.Z.length;
  const factorOf = (symbol: string, values: Float64Array): ChainFactor => {
    const zeros = values.reduce((count, value) => count + (value === 0 ? 1 : 0), 0);
    return { symbol, zero: zeros === values.length, value: values.length === 1 ? tex(values[0]!) : zeros === values.length ? '0' : zeros > 0 ? `${zeros}\\text{ of }${values.length}\\text{ are }0` : `${values.length}\\text{ values}` };
  };
  const result = [factorOf(partial('\\mathcal{L}', letter('A', L)), pass.dA[L - 1]!.data)];
  for (let l = L; l >= 1; l--) {
    const derivative = derivatives[l - 1];
    const symbol = partial(letter('A', l), letter('Z', l));
    // in a stable pair a derivative that rounds to 0 stops nothing
    if (derivative) result.push({ ...factorOf(symbol, derivative.data), ...(l === L && isStable(run) ? { zero: false } : {}) });
    else result.push({ symbol, value: '\\text{Jacobian}', zero: false });
    if (l > 1) result.push({ ...factorOf(partial(letter('Z', l), letter('A', l - 1)), parameters.layers[l - 1]!.W.data), ...(run.units[l - 1] === 1 && run.units[l] === 1 ? {} : { value: letter('W', l) }) });
  }
  return [...result, { ...factorOf(partial(letter('Z', 1), letter('W', 1)), pass.A[0]!.data), ...(run.units[0] === 1 ? {} : { value: letter('A', 0) }) }];
}

/** Whether dZ[L] is computed as A - Y, without the product that it stands for. */
function isStable({ experiment }: Run): boolean {
  return isStablePair(experiment.loss, experiment.layers.at(-1)!.activation);
}

function isZero(values: Float64Array): boolean {
  return values.every((value) => value === 0);
}

function column(values: Float64Array): ChainValues {
  return table(values, 1);
}

function table(values: Float64Array, columns: number): ChainValues {
  const rows = values.length / columns;
  const shown = Array.from({ length: Math.min(rows, MAX_ROWS) }, (_, i) => Array.from(values.subarray(i * columns, i * columns + Math.min(columns, MAX_COLUMNS)), (value) => (value === 0 ? 0 : value)));
  return { rows, columns, shown, norm: normOf(values), zeros: values.reduce((count, value) => count + (value === 0 ? 1 : 0), 0) };
}

function plain(value: number): string {
  return String(Number(value.toPrecision(5)));
}

function shortList(values: Float64Array): string {
  const shown = Array.from(values.subarray(0, MAX_COLUMNS), plain).join(', ');
  return values.length === 1 ? shown : `(${shown}${values.length > MAX_COLUMNS ? ', …' : ''})`;
}
