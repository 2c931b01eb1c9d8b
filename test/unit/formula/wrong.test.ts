// Wrong formulas that people really wrote: each gets the right reason, the right place and the right formula.

import assert from 'node:assert/strict';
import { checkFormula, type FormulaOptions } from '../../../src/formula/check';
import type { FormulaCheck } from '../../../src/formula/finding';

interface Expected {
  /** Rules of the errors, in order. */
  readonly rules: readonly string[];
  readonly factor?: string;
  /** In messages and explanations. */
  readonly says?: RegExp;
  readonly shouldBe?: string;
  /** The text that the first error marks. */
  readonly at?: string;
  readonly options?: FormulaOptions;
  readonly verdict?: 'cannot read';
}

function assertWrong(text: string, expected: Expected): FormulaCheck {
  const check = checkFormula(text, expected.options);
  const told = `${check.summary}\n${JSON.stringify(check.findings, null, 1)}\nshould be ${check.shouldBe}`;
  const errors = check.findings.filter(({ severity }) => severity === 'error');
  assert.equal(check.verdict, expected.verdict ?? 'wrong', told);
  assert.deepEqual(errors.map(({ rule }) => rule), expected.rules, told);
  if (expected.factor !== undefined) assert.ok(errors.some(({ rule, factor }) => rule === 'constant-factor' && factor === expected.factor), told);
  if (expected.says) assert.match(check.findings.map(({ message, explanation }) => `${message} ${explanation}`).join('\n'), expected.says);
  if (expected.shouldBe !== undefined) assert.equal(check.shouldBe, expected.shouldBe, told);
  if (expected.at !== undefined) assert.equal(text.slice(errors[0]!.at.from, errors[0]!.at.to), expected.at, told);
  // what is proposed must itself be right
  const { verdict } = expected;
  if (verdict === undefined && check.shouldBe !== null && check.of !== null) {
    const { loss, activation, of, samples } = check;
    const again = checkFormula(check.shouldBe, { of, samples, ...(loss && { loss: loss.name }), ...(activation && { activation: activation.name }) });
    assert.equal(again.verdict, 'correct', `proposed: ${check.shouldBe}\n${again.summary}`);
  }
  for (const { explanation } of check.findings) assert.doesNotMatch(explanation, /undefined|NaN|\{\d+\}/);
  return check;
}

const mse = { loss: 'mse' } as const;
const bce = { loss: 'binary-cross-entropy' } as const;
const sigmoid = { activation: 'sigmoid' } as const;
const tanh = { activation: 'tanh' } as const;
const relu = { activation: 'relu' } as const;

const attempts: Record<string, [text: string, expected: Expected][]> = {
  'three attempts at dAL of a network with a ReLU output under MSE': [
    ['dA2 = 1 if A1 > 0', { rules: ['incomplete-conditional', 'truth-value', 'activation-instead-of-loss'], says: /has no else[^]*derivative of ReLU, the activation, where the derivative of the loss is meant[^]*one link later, in dZ2 = dA2 \* g'\(Z2\)/, shouldBe: 'dA2 = A2 - Y', at: '1 if A1 > 0' }],
    ['dA2 = np.sum(A2-Y)/m', { rules: ['summed', 'constant-factor'], factor: '1/m', says: /every sample gets the same[^]*1\/m belongs to the cost/, shouldBe: 'dA2 = A2 - Y', at: 'np.sum(A2-Y)' }],
    ['dAL = AL - Y', { options: bce, rules: ['other-loss'], says: /dAL of MSE[^]*dZ under a sigmoid output/ }],
    ['dA2 = (A2 - Y) * (A2 > 0)', { rules: ['activation-in-dAL'], says: /derivative of ReLU in it/, shouldBe: 'dA2 = A2 - Y' }],
    ['dA2 = 1 if Z2 > 0 else 0', { rules: ['truth-value', 'activation-instead-of-loss'], says: /np\.where/, shouldBe: 'dA2 = A2 - Y' }],
  ],
  dAL: [
    ['dAL = np.sum(AL - Y)/m', { rules: ['summed', 'constant-factor'], factor: '1/m', shouldBe: 'dAL = AL - Y' }],
    ['dAL = np.mean(AL - Y)', { rules: ['summed', 'constant-factor'], factor: '1/(m·C)' }],
    ['dAL = np.sum(AL - Y, axis=1, keepdims=True) / m', { rules: ['summed', 'constant-factor'], factor: '1/m' }],
    ['dAL = np.sum(AL - Y, axis=0, keepdims=True)', { rules: ['summed'], says: /summed over the outputs/ }],
    ['dAL = -np.sum(Y/AL - (1-Y)/(1-AL))', { rules: ['summed'], shouldBe: 'dAL = -(Y/AL - (1-Y)/(1-AL))' }],
    ['dAL = (AL - Y)/m', { options: mse, rules: ['constant-factor'], factor: '1/m', shouldBe: 'dAL = (AL - Y)', at: '/m' }],
    ['dAL = 2*(AL - Y)', { options: mse, rules: ['constant-factor'], factor: '2', says: /if your cost has no ½, the 2 is right/, at: '2*' }],
    ['dAL = 2/m * (AL - Y)', { options: mse, rules: ['constant-factor'], factor: '2/m' }],
    ['dAL = 0.5 * (AL - Y)', { options: mse, rules: ['constant-factor'], factor: '1/2' }],
    ['dAL = m * (AL - Y)', { options: mse, rules: ['constant-factor'], factor: 'm' }],
    ['dAL = (AL - Y) / AL.shape[0]', { options: mse, rules: ['constant-factor'], factor: '1/C', says: /mean over the outputs/ }],
    ['dAL = (AL - Y) * C', { options: mse, rules: ['constant-factor'], factor: 'C' }],
    ['dAL = Y - AL', { options: mse, rules: ['constant-factor'], factor: '-1', says: /gradient descent would climb/, shouldBe: 'dAL = AL - Y' }],
    ['dAL = np.divide(Y, AL) - np.divide(1 - Y, 1 - AL)', { options: bce, rules: ['constant-factor'], factor: '-1' }],
    ['dAL = learning_rate * (AL - Y)', { options: mse, rules: ['constant-factor'], factor: 'α', says: /belongs into the update/ }],
    ['dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))', { options: mse, rules: ['other-loss'], says: /dAL of binary cross-entropy, and the loss is MSE/, shouldBe: 'dAL = AL - Y' }],
    ['dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))', { options: { ...mse, ...relu }, rules: ['other-loss'], shouldBe: 'dAL = AL - Y' }],
    ['dA2 = 1 if A1 > 0', { options: { ...mse, ...relu }, rules: ['incomplete-conditional', 'truth-value', 'activation-instead-of-loss'] }],
    ['dA2 = (A2 - Y) * (A2 > 0)', { options: { ...mse, ...relu }, rules: ['activation-in-dAL'] }],
    ['dZ1 = np.dot(W2, A2 - Y) * (Z1 > 0)', { options: relu, rules: ['transposed'], shouldBe: 'dZ1 = np.dot(W2.T, A2 - Y) * (Z1 > 0)' }],
    ['dAL = -Y / AL', { options: bce, rules: ['other-loss'], says: /The part of the samples with Y = 0 is missing/ }],
    ['dAL = AL - Y', { options: { loss: 'cross-entropy' }, rules: ['other-loss'], says: /dZ under a softmax output/ }],
    ['dAL = AL - Y', { options: { loss: 'mae' }, rules: ['other-loss'], shouldBe: 'dAL = np.sign(AL - Y)' }],
    ['dAL = -(np.divide(Y, AL) - np.divide(1 - Y), (1 - AL))', { options: bce, rules: ['tuple'], says: /comma behind it makes a tuple[^]*With one bracket moved it is right/, shouldBe: 'dAL = -(np.divide(Y, AL) - np.divide(1 - Y, (1 - AL)))', at: ')' }],
    ['dAL = -(np.divide(Y, AL) - np.divide(1 - Y), (1 - AL))', { rules: ['tuple'], shouldBe: 'dAL = -(np.divide(Y, AL) - np.divide(1 - Y, (1 - AL)))' }],
    ['dAL = -(np.divide(Y, AL) - np.divide(1 - Y), (1 - AL))', { options: mse, rules: ['tuple', 'other-loss'], shouldBe: 'dAL = AL - Y' }],
    ['dAL = - (np.divide(Y, AL)), np.divide(1 - Y, 1 - AL)', { rules: ['tuple'] }],
    ['dAL = Y/AL + (1-Y)/(1-AL)', { rules: ['sign'], at: '+' }],
    ['dAL = -(np.divide(Y, AL) + np.divide(1 - Y, 1 - AL))', { options: bce, rules: ['sign', 'constant-factor'], at: '+' }],
    ['dAL = -(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))', { rules: ['loss-itself'], shouldBe: 'dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))' }],
    ['dAL = (AL - Y)**2', { options: mse, rules: ['loss-itself', 'constant-factor'], factor: '2' }],
    ['dAL = np.sum((AL - Y)**2) / (2*m)', { options: mse, rules: ['summed', 'loss-itself', 'constant-factor'], factor: '1/m' }],
    ['dAL = (AL - Y) * AL * (1 - AL)', { options: mse, rules: ['activation-in-dAL'], says: /derivative of sigmoid in it/, shouldBe: 'dAL = AL - Y' }],
    ['dAL = (AL - Y) * (1 - AL**2)', { options: mse, rules: ['activation-in-dAL'], says: /derivative of tanh/ }],
    ['dA2 = (A2 - Y) * (Z2 > 0)', { options: mse, rules: ['activation-in-dAL'], says: /derivative of ReLU/ }],
    ['dAL = AL * (1 - AL)', { options: bce, rules: ['activation-instead-of-loss'] }],
    ['dAL = np.where(ZL > 0, 1, 0)', { options: mse, rules: ['activation-instead-of-loss'] }],
    ['dA2 = A1 - Y', { options: mse, rules: ['wrong-value'], shouldBe: 'dA2 = A2 - Y', at: 'A1' }],
    ['dAL = ZL - Y', { options: mse, rules: ['wrong-value'], shouldBe: 'dAL = AL - Y' }],
  ],
  'dZ and g\'': [
    ['dZ = dA * A * (1-A)', { options: tanh, rules: ['other-activation'], says: /derivative of sigmoid, and the activation is tanh/ }],
    ['dZ = dA * (1 - A**2)', { options: sigmoid, rules: ['other-activation'], says: /derivative of tanh/ }],
    ['dZ = dA * (1 - A**2)', { options: relu, rules: ['other-activation'], shouldBe: 'dZ = dA * (Z > 0)' }],
    ['dZ = dA * (Z > 0)', { options: { activation: 'leaky-relu' }, rules: ['other-activation'], says: /derivative of ReLU/ }],
    ['dZ = dA * (1 - dA**2)', { rules: ['derivative-of-dA'], shouldBe: 'dZ = dA * (1 - A**2)' }],
    ['dZ = dA * (dA > 0)', { options: relu, rules: ['derivative-of-dA'], shouldBe: 'dZ = dA * (Z > 0)' }],
    ['dZ = np.array(dA, copy=True); dZ[dA <= 0] = 0', { options: relu, rules: ['derivative-of-dA'], shouldBe: 'dZ[Z <= 0] = 0' }],
    ['dZ = dA * (1 - np.tanh(A)**2)', { rules: ['derivative-of-A'], shouldBe: 'dZ = dA * (1 - np.tanh(Z)**2)', at: 'A' }],
    ['s = 1/(1+np.exp(-A)); dZ = dA * s * (1-s)', { rules: ['derivative-of-A'], shouldBe: 's = 1/(1+np.exp(-Z)); dZ = dA * s * (1-s)' }],
    ['dZ = dA * Z * (1 - Z)', { options: sigmoid, rules: ['derivative-of-Z'], shouldBe: 'dZ = dA * A * (1 - A)' }],
    ['dZ = dA * (1 - Z**2)', { options: tanh, rules: ['derivative-of-Z'], shouldBe: 'dZ = dA * (1 - A**2)' }],
    ['sigmoid_derivative = lambda x: x * (1 - x)', { rules: ['derivative-of-Z'], says: /Where x already is the activation[^]*it is right/ }],
    ['dZ = Z > 0', { rules: ['upstream-dropped'], shouldBe: 'dZ = dA * (Z > 0)' }],
    ['dZ = np.where(Z > 0, 1, 0)', { options: relu, rules: ['upstream-dropped'] }],
    ['def relu_backward(dA, cache):\n  Z = cache\n  dZ = np.zeros(Z.shape)\n  dZ[Z > 0] = 1\n  return dZ', { rules: ['upstream-dropped'] }],
    ['s = 1/(1+np.exp(-Z)); dZ = s * (1-s)', { rules: ['upstream-dropped'] }],
    ['dZ = dA', { options: relu, rules: ['derivative-missing'] }],
    ['dZ = dA * A * (1-A) * A * (1-A)', { options: sigmoid, rules: ['derivative-twice'] }],
    ['dZ = dA * A', { options: sigmoid, rules: ['activation-itself'] }],
    ['dZ = dA * np.maximum(0, Z)', { options: relu, rules: ['activation-itself'] }],
    ['dZ = dA * (1 - A)', { options: sigmoid, rules: ['half-derivative'] }],
    ['s = 1/(1-np.exp(-Z)); dZ = dA * s * (1-s)', { rules: ['exp-sign'], says: /1 - exp\(-Z\) in the place of 1 \+ exp\(-Z\)/, shouldBe: 's = 1/(1+np.exp(-Z)); dZ = dA * s * (1-s)', at: '-' }],
    ['def sigmoid_backward(dA, cache):\n    Z = cache\n    s = 1/(1 - np.exp(-Z))\n    dZ = dA * s * (1-s)\n    return dZ', { rules: ['exp-sign'] }],
    ['s = 1/1+np.exp(-Z); dZ = dA * s * (1-s)', { rules: ['brackets'], shouldBe: 's = 1/(1+np.exp(-Z)); dZ = dA * s * (1-s)' }],
    ['dZ = dA * (Z < 0)', { options: relu, rules: ['wrong-mask'], shouldBe: 'dZ = dA * (Z > 0)', at: '<' }],
    ['dZ = np.array(dA, copy=True); dZ[Z > 0] = 0', { options: relu, rules: ['wrong-mask'] }],
    ['dZ = np.array(dA, copy=True); dZ[Z <= 0] = 1', { options: relu, rules: ['wrong-mask'], at: '1' }],
    ['dZ1 = dA1 * (Z2 > 0)', { options: relu, rules: ['wrong-mask'], says: /Z2 stands where Z1 is meant/, shouldBe: 'dZ1 = dA1 * (Z1 > 0)' }],
    ['dZ2 = dA2 * (Z1 > 0)', { options: relu, rules: ['wrong-mask'], shouldBe: 'dZ2 = dA2 * (Z2 > 0)' }],
    ['Z[Z <= 0] = 0; Z[Z > 0] = 1; dZ = dA * Z', { options: relu, rules: ['overwritten'], says: /overwrites Z/ }],
    ['dZ = Z; dZ[Z <= 0] = 0', { options: relu, rules: ['activation-itself', 'overwritten'] }],
    ['dZ = dA * A * (1-A)', { options: { activation: 'softmax' }, rules: ['diagonal-only'], says: /every Z of its sample/, shouldBe: 'dZ = A * (dA - np.sum(dA * A, axis=0, keepdims=True))' }],
    ['dZ = A * (dA - np.sum(dA * A, axis=1, keepdims=True))', { options: { activation: 'softmax' }, rules: ['wrong-axis'] }],
    ['dZ2 = A2 - Y', { options: { ...mse, ...relu }, rules: ['derivative-missing'], shouldBe: 'dZ2 = (A2 - Y) * (Z2 > 0)' }],
    ['dZ2 = A2 - Y', { options: { ...bce, ...relu }, rules: ['other-loss'], says: /holds for binary cross-entropy with sigmoid/ }],
    ['dZ2 = (A2 - Y) / m', { options: { ...bce, ...sigmoid }, rules: ['constant-factor'], factor: '1/m' }],
    ['dZ = np.dot(dA, Z > 0)', { options: relu, rules: ['matrix-product'], shouldBe: 'dZ = dA * (Z > 0)' }],
    ['dZ = dA if Z > 0 else 0', { rules: ['truth-value'], shouldBe: 'dZ = dA * (Z > 0)' }],
    ['dZ = dA if Z > 0', { rules: ['incomplete-conditional', 'truth-value'] }],
    ['dZ = dA * (1 - A^2)', { rules: ['type'], says: /not a power in Python/, shouldBe: 'dZ = dA * (1 - A**2)', at: '^' }],
    ['dZ = dA * A(1 - A)', { rules: ['type'], says: /Is a \* missing/ }],
  ],
  'the affine step': [
    ['dW = np.dot(dZ, A_prev.T)', { rules: ['constant-factor'], factor: 'm', says: /1\/m is missing/, shouldBe: 'dW = np.dot(dZ, A_prev.T) / m' }],
    ['dW = np.dot(dZ, A_prev.T) / m / m', { rules: ['constant-factor'], factor: '1/m', says: /in it twice/, at: ' / m' }],
    ['dW = np.dot(dZ, A.T) / m', { rules: ['wrong-input'], shouldBe: 'dW = np.dot(dZ, A_prev.T) / m', at: 'A' }],
    ['dW2 = np.dot(dZ2, A2.T) / m', { rules: ['wrong-input'], shouldBe: 'dW2 = np.dot(dZ2, A1.T) / m' }],
    ['dW2 = np.dot(dZ2, Z1.T) / m', { rules: ['wrong-input'], shouldBe: 'dW2 = np.dot(dZ2, A1.T) / m' }],
    ['dW = np.dot(dA, A_prev.T) / m', { rules: ['dA-for-dZ'], shouldBe: 'dW = np.dot(dZ, A_prev.T) / m', at: 'dA' }],
    ['dW = np.dot(A_prev, dZ.T) / m', { rules: ['transposed'] }],
    ['dW = np.dot(dZ, A_prev) / m', { rules: ['transposed'], says: /inner sizes m and n\[l-1\] differ/, shouldBe: 'dW = np.dot(dZ, A_prev.T) / m' }],
    ['dW = np.dot(A_prev.T, dZ) / m', { rules: ['order'], says: /With one row a sample it would be right/, shouldBe: 'dW = np.dot(dZ, A_prev.T) / m' }],
    ['dW = dZ * A_prev.T / m', { rules: ['matrix-product'], shouldBe: 'dW = np.dot(dZ, A_prev.T) / m' }],
    ['dW = np.sum(np.dot(dZ, A_prev.T)) / m', { rules: ['summed'] }],
    ['dW = np.dot(dZ, A_prev.T) / m + lambd * W', { rules: ['l2-scale'] }],
    ['dW = np.dot(dZ, A_prev.T) / A_prev.shape[0]', { rules: ['wrong-axis'], says: /A_prev\.shape\[0\] is not the number of samples/, shouldBe: 'dW = np.dot(dZ, A_prev.T) / A_prev.shape[1]' }],
    ['db = np.sum(dZ) / m', { rules: ['missing-axis'], says: /only for a layer with one unit/, shouldBe: 'db = np.sum(dZ, axis=1, keepdims=True) / m', at: 'np.sum(dZ)' }],
    ['db = np.sum(dZ, axis=1) / m', { rules: ['missing-keepdims'], says: /broadcasting/, shouldBe: 'db = np.sum(dZ, axis=1, keepdims=True) / m' }],
    ['db = np.sum(dZ, axis=0, keepdims=True) / m', { rules: ['wrong-axis'], shouldBe: 'db = np.sum(dZ, axis=1, keepdims=True) / m' }],
    ['db = np.sum(dZ, axis=0) / m', { rules: ['wrong-axis'] }],
    ['db = dZ / m', { rules: ['not-summed'] }],
    ['db = dZ', { rules: ['not-summed', 'constant-factor'], factor: 'm' }],
    ['db = np.sum(dZ, axis=1, keepdims=True)', { rules: ['constant-factor'], factor: 'm' }],
    ['db = np.sum(dA, axis=1, keepdims=True) / m', { rules: ['dA-for-dZ'] }],
    ['db = np.sum(dZ)', { rules: ['missing-axis', 'constant-factor'], factor: 'm' }],
    ['dA_prev = np.dot(W, dZ)', { rules: ['transposed'], says: /W stands where W\.T is meant/, shouldBe: 'dA_prev = np.dot(W.T, dZ)', at: 'W' }],
    ['dA1 = np.dot(W2, dZ2)', { rules: ['transposed'], shouldBe: 'dA1 = np.dot(W2.T, dZ2)' }],
    ['dA_prev = np.dot(W.T, dA)', { rules: ['dA-for-dZ'] }],
    ['dA_prev = np.dot(W.T, dZ) / m', { rules: ['constant-factor'], factor: '1/m' }],
    ['dA_prev = W.T * dZ', { rules: ['matrix-product'] }],
    ['dA1 = np.dot(W2.T, dZ2) * (1 - A1**2)', { rules: ['activation-in-dA'] }],
    ['dA1 = np.dot(W1.T, dZ2)', { rules: ['unknown-name'], verdict: 'cannot read', says: /another layer/ }],
    ['W1 = dW1', { rules: ['update'], says: /sets W1 to its gradient/, shouldBe: 'W1 = W1 - learning_rate * dW1' }],
    ['W1 = W1 + learning_rate * dW1', { rules: ['update'], says: /it climbs/, shouldBe: 'W1 = W1 - learning_rate * dW1', at: '+' }],
    ['b1 = b1 - db1', { rules: ['update'], says: /learning rate is missing/ }],
    ['A_prev, W, b = cache\nm = A_prev.shape[1]\ndW = np.dot(dZ, A_prev.T) / m\ndb = np.sum(dZ) / m\ndA_prev = np.dot(W.T, dZ)', { rules: ['missing-axis'], shouldBe: 'db = np.sum(dZ, axis=1, keepdims=True) / m' }],
  ],
  'what Python cannot read': [
    ['dAL = (AL - Y', { rules: ['syntax'], verdict: 'cannot read', says: /"\(" is never closed[^]*With that it is right: dAL = \(AL - Y\)/, shouldBe: 'dAL = (AL - Y)', at: '(' }],
    ['dAL = AL - Y)', { rules: ['syntax'], verdict: 'cannot read', says: /closes nothing/, at: ')' }],
    ['dAL = AL -', { rules: ['syntax'], verdict: 'cannot read', says: /stops after "-"/, at: '-' }],
    ['dAL = AL − Y', { rules: ['syntax'], verdict: 'cannot read', says: /Type - in its place[^]*With that it is right/, shouldBe: 'dAL = AL - Y', at: '−' }],
    ['dAL = 2AL - Y', { rules: ['syntax'], verdict: 'cannot read', says: /no sign between "2" and "AL"/ }],
    ['dAL == AL - Y', { rules: ['syntax'], says: /compares/, shouldBe: 'dAL = AL - Y', at: '==' }],
    ['dAL = AL - y_hatt', { rules: ['unknown-name'], verdict: 'cannot read', says: /Did you mean y_hat\?/, at: 'y_hatt' }],
    ['dAL = Ap - Y', { rules: ['unknown-name'], verdict: 'cannot read', says: /Did you mean A/, at: 'Ap' }],
    ['dAL = np.divde(Y, AL)', { rules: ['unknown-function'], verdict: 'cannot read', says: /Did you mean np\.divide\?/, at: 'np.divde' }],
    ['for i in range(m):\n    dZ[i] = 0', { rules: ['unsupported'], verdict: 'cannot read', says: /a loop/ }],
    ['', { rules: ['no-formula'], verdict: 'cannot read' }],
    ['dAL = dAL', { rules: ['unknown-name'], verdict: 'cannot read' }],
    ['dAL = np', { rules: ['type'] }],
    ['dZ = cache', { rules: ['no-formula'], verdict: 'cannot read' }],
    ['dAL', { rules: ['no-formula'], verdict: 'cannot read' }],
    ['hello = 5', { rules: ['no-formula'], verdict: 'cannot read' }],
    ["__import__('os').system('ls')", { rules: ['no-formula'], verdict: 'cannot read' }],
    ["dAL = __import__('os').system('ls')", { rules: ['unknown-name'], verdict: 'cannot read' }],
    [`dAL = ${'('.repeat(3000)}`, { rules: ['syntax'], verdict: 'cannot read' }],
    [`dAL = ${'('.repeat(2000)}A${')'.repeat(2000)} - Y`, { rules: ['unsupported'], verdict: 'cannot read' }],
    ['A'.repeat(6000), { rules: ['unsupported'], verdict: 'cannot read' }],
  ],
};

for (const [name, list] of Object.entries(attempts)) {
  describe(`wrong formulas: ${name}`, () => {
    for (const [text, expected] of list) {
      it(`${text.replaceAll('\n', ' ⏎ ').slice(0, 120)}${expected.options ? ` (${Object.values(expected.options).join(', ')})` : ''}`, () => void assertWrong(text, expected));
    }
  });
}

describe('a check of a formula', () => {
  it('says what it took for granted, and what to ask', () => {
    const { loss, undecided, of, name } = checkFormula('dA2 = np.sum(A2 - Y)/m');
    assert.deepEqual({ loss, undecided, of, name }, { loss: { name: 'mse', how: 'assumed' }, undecided: ['loss'], of: 'dAL', name: 'dA2' });
    assert.deepEqual(checkFormula('dA2 = A2 - Y', mse).undecided, []);
    assert.deepEqual(checkFormula('dZ = dA * (Z > 0)').undecided, []);
    assert.deepEqual(checkFormula('relu_prime = Z').undecided, []);
    assert.deepEqual(checkFormula('foo').undecided, ['of']);
  });

  it('shows its values beside the right ones, each sample the same where it is summed', () => {
    const { values } = checkFormula('dA2 = np.sum(A2 - Y)/m', mse);
    assert.equal(new Set(values.map(({ theirs }) => theirs)).size, 1);
    assert.equal(new Set(values.map(({ right }) => right)).size, values.length);
    for (const { right, numeric } of values) assert.ok(Math.abs(right - numeric) < 1e-9);
  });

  it('checks each gradient of several lines, given what goes into it', () => {
    const { parts, verdict, findings } = checkFormula('dA2 = np.sum(A2 - Y)/m\ndZ2 = dA2 * (Z2 > 0)\ndW2 = np.dot(dZ2, A1.T)/m', mse);
    assert.equal(verdict, 'wrong');
    assert.deepEqual(parts.map((part) => [part.name, part.of, part.verdict]), [
      ['dA2', 'dAL', 'wrong'],
      ['dZ2', 'dZ', 'correct'],
      ['dW2', 'dW', 'correct'],
    ]);
    assert.deepEqual(findings.map(({ rule }) => rule), ['summed', 'constant-factor']);
  });

  it('takes what it is to be from the caller over the name', () => {
    assert.equal(checkFormula('dA = dA * (Z > 0)', { of: 'dZ' }).verdict, 'correct');
    assert.equal(checkFormula('x = A - Y', { of: 'dAL', loss: 'mse' }).verdict, 'correct');
    assert.equal(checkFormula('A > 0', { of: 'derivative', activation: 'relu' }).verdict, 'correct');
  });

  it('answers whatever is typed on the way to a formula', () => {
    for (const text of ['dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))', 'dZ = np.array(dA, copy=True); dZ[Z <= 0] = 0', 'db2 = 1/m * np.sum(dZ2, axis=1, keepdims=True)']) {
      for (let end = 0; end < text.length; end++) {
        const { verdict, summary } = checkFormula(text.slice(0, end));
        assert.ok(summary.length > 0);
        // a copy of dA alone is dZ of a linear layer
        if (verdict === 'correct') assert.match(summary, /for a linear layer/);
      }
    }
  });

  it('gives the same answer twice', () => {
    const text = 'dZ = dA * (1 - dA**2)';
    assert.deepEqual(checkFormula(text), checkFormula(text));
  });
});
