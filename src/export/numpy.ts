// A run as a NumPy script in the functions and names of the course, for whoever goes on in Python.

import { isStablePair } from '../core/losses';
import type { Run } from '../training/run';
import { fdlibm } from './numpy-fdlibm';
import { activationName, activations, losses, stablePairs, updateParameters, withNumpysOwn } from './numpy-parts';
import { embedded, initialValues, miniBatches, prepare, randomNumbers, scalingFunctions, settings, startOf } from './python-data';
import { about, callMain, canRoundAlike, compareCost, hasBatches, imports, isRandom, prose, script, title, type ScriptFiles } from './python-text';

export function numpyScript(run: Run, files: ScriptFiles): string {
  const { experiment } = run;
  const name = prose(files.name);
  const start = startOf(run);
  const used = [...new Set(experiment.layers.map(({ activation }) => activation))];
  const stable = isStablePair(experiment.loss, experiment.layers.at(-1)!.activation) ? stablePairs[experiment.loss] : undefined;
  // the derivative of an output in a stable pair is never asked for
  const parts = used
    .flatMap((name) => activations[name].filter((part) => !(stable && name === experiment.layers.at(-1)!.activation && isOutputOnly(run) && part.includes('_backward('))))
    .map((part) => (canRoundAlike(run) ? part : withNumpysOwn(part)));
  const body = [
    randomNumbers(run, start),
    initialValues(run, files),
    INITIALIZE_PARAMETERS,
    ...scalingFunctions(run),
    prepare(run, files),
    miniBatches(run),
    ...new Set(parts),
    stable ? stable.losses : losses[experiment.loss],
    tables(run, stable !== undefined),
    MATMUL,
    FORWARD,
    computeCost(run),
    backward(run, stable),
    updateParameters(experiment.optimizer),
    COST_OF,
    train(run),
    PREDICT,
    main(run),
    ...(canRoundAlike(run) ? fdlibm(parts.join('\n')) : []),
    embedded(run, start, files),
    callMain(run),
  ];
  return script(`
"""${title(run)}

${about(run, files, `    python3 ${name}        trains, and prints the cost now and then
    python3 ${name} 1      prints the cost of every iteration

It needs NumPy. A column is a sample: X = A[0] is n[0] x m, Y is n[L] x m, W[l] is n[l] x n[l-1], b[l] is n[l] x 1.
dA and dZ belong to the loss of each sample; dW and db to the cost, and the 1/m is there and nowhere else.`)}
"""

${imports(files, body, ['sys'])}

import numpy as np

np.seterr(all="ignore")  # train() says so when a cost is NaN or infinite

${settings(run).join('\n')}
same_rounding = ${canRoundAlike(run) ? 'True' : 'False'}  # see matmul and, where it is there, exp; False is faster
L = len(activations)
`, ...body);
}

/** Whether the output's activation is that of no hidden layer. */
function isOutputOnly({ experiment: { layers } }: Run): boolean {
  return layers.every(({ activation }, k) => k === layers.length - 1 || activation !== layers.at(-1)!.activation);
}

const INITIALIZE_PARAMETERS = `
def initialize_parameters():
    parameters = {}
    for l, (W, b) in enumerate(initial_values(), start=1):
        parameters["W" + str(l)] = W
        parameters["b" + str(l)] = b.reshape(-1, 1)
    return parameters
`;

function tables({ experiment: { layers } }: Run, stable: boolean): string {
  const table = (names: readonly string[], ending: string): string => [...new Set(names)].map((name) => `"${name}": ${activationName(name as never)}${ending}`).join(', ');
  const all = layers.map(({ activation }) => activation);
  const derived = stable ? all.slice(0, -1) : all;
  return `
g = {${table(all, '')}}
g_backward = {${table(derived, '_backward')}}
`;
}

/** Without it a chaotic run such as that of the quadratic example differs in its first digit after some hundred iterations. */
const MATMUL = `
def matmul(P, Q, start=0.0):
    """start + P @ Q. Where same_rounding, the products are added one after the other, as the run did: @ adds in
    another order and so rounds differently, which a chaotic training (its cost jumps up and down) makes visible."""
    if not same_rounding:
        return start + P @ Q
    terms = P.T[:, :, np.newaxis] * Q[:, np.newaxis, :]
    terms[0] += start
    return np.cumsum(terms, axis=0)[-1]
`;

const FORWARD = `
def forward(X, parameters):
    """A[L], and all Z[l] and A[l] for backward."""
    Z, A = {}, {0: X}
    for l in range(1, L + 1):
        Z[l] = matmul(parameters["W" + str(l)], A[l - 1], start=parameters["b" + str(l)])  # W A + b
        A[l] = g[activations[l - 1]](Z[l])
    return A[L], (Z, A)
`;

function computeCost({ experiment: { l2 } }: Run): string {
  return `
def compute_cost(AL, caches, Y, parameters):
    """J: the mean of the losses over the m samples${l2 > 0 ? ', and the L2 part' : ''}."""
    Z, A = caches
    m = Y.shape[1]
    ${l2 > 0 ? 'cost =' : 'return'} losses(AL, Z[L], Y).sum() / m
${l2 > 0 ? '    return cost + lambd / (2 * m) * sum((parameters["W" + str(l)] ** 2).sum() for l in range(1, L + 1))\n' : ''}`;
}

function backward({ experiment: { l2 } }: Run, stable: { readonly dZ: string; readonly why: string } | undefined): string {
  const dW = `matmul(dZ / m, A[l - 1].T)${l2 > 0 ? ' + lambd / m * parameters["W" + str(l)]' : ''}`;
  return `
def backward(Y, parameters, caches):
    """dW[l] and db[l] of the cost. On the way, dA and dZ are of each sample's loss: no sum, no 1/m."""
    Z, A = caches
    m = Y.shape[1]
    gradients = {}
    ${stable ? `dA = None  # ${stable.why}` : 'dA = losses_backward(A[L], Y)  # dAL'}
    for l in range(L, 0, -1):
        ${stable ? `dZ = ${stable.dZ} if l == L else g_backward[activations[l - 1]](dA, Z[l], A[l])` : 'dZ = g_backward[activations[l - 1]](dA, Z[l], A[l])  # dA * g\'(Z)'}
        gradients["dW" + str(l)] = ${dW}  # here is the 1/m,
        gradients["db" + str(l)] = matmul(dZ / m, np.ones((m, 1)))  # and here: the mean of dZ over the samples
        dA = matmul(parameters["W" + str(l)].T, dZ)  # dA[l-1]
    return gradients
`;
}

function train(run: Run): string {
  const batches = hasBatches(run);
  const stateful = run.experiment.optimizer.name !== 'sgd';
  const [x, y] = batches ? ['x', 'y'] : ['X', 'Y'];
  // what comes between gradients and update, and what changes the learning rate, belongs into this loop
  return `
def train(X, Y, parameters, ${batches ? 'random, ' : ''}print_every):
    """The parameters after the last update, and the cost before each of them."""
${batches ? '    batches = mini_batches(X.shape[1], random)\n' : ''}${stateful ? '    state = initialize_optimizer(parameters)\n' : ''}    before = parameters
    costs = []
    for iteration in range(iterations):
${batches ? '        batch = next(batches)\n        x, y = X[:, batch], Y[:, batch]\n' : ''}        AL, caches = forward(${x}, parameters)
        cost = compute_cost(AL, caches, ${y}, parameters)
        if not np.isfinite(cost):
            print(f"The cost became {cost} at iteration {iteration}.")
            break
        costs.append(cost)
        if print_every and iteration % print_every == 0:
            print(f"iteration {iteration}: cost {cost:.15g}")
        gradients = backward(${y}, parameters, caches)
        before = parameters
        parameters = update_parameters(parameters, gradients, ${stateful ? 'state, ' : ''}learning_rate)
    if not np.isfinite(cost_of(X, Y, parameters)):
        parameters = before  # the last ones with a finite cost
    return parameters, costs
`;
}

const COST_OF = `
def cost_of(X, Y, parameters):
    AL, caches = forward(X, parameters)
    return compute_cost(AL, caches, Y, parameters)
`;

const PREDICT = `
def predict(X, parameters, offset, factor):
    """Predictions in the units of the file, a row a sample. The columns of X are samples as the network sees them."""
    AL, _ = forward(X, parameters)
    return AL.T * factor + offset
`;

function main(run: Run): string {
  const batches = hasBatches(run);
  const training = run.samples.development ? ['X[:, training]', 'Y[:, training]'] : ['X', 'Y'];
  return `
def main(print_every):
${isRandom(run) ? '    random = Random()\n' : ''}    parameters = initialize_parameters()
    X, Y, training, development, offset, factor = prepare(${isRandom(run) ? 'random' : ''})
    X, Y = X.T, Y.T  # from here on a column is a sample
    parameters, costs = train(${training.join(', ')}, parameters, ${batches ? 'random, ' : ''}print_every)
    cost = cost_of(${training.join(', ')}, parameters)
    ${compareCost}
${run.samples.development ? '    print(f"cost of the development samples: {cost_of(X[:, development], Y[:, development], parameters):.15g}")\n' : ''}${run.experiment.layers.at(-1)!.activation === 'relu' ? '    Z, _ = forward(X, parameters)[1]\n    print(f"dead outputs, Z[L] <= 0: {(Z[L] <= 0).sum()} of {Z[L].size}")\n' : ''}    for target, prediction in list(zip(Y.T * factor + offset, predict(X, parameters, offset, factor)))[:5]:
        print(f"target {target}, prediction {prediction}")
    return parameters, costs
`;
}
