// A run as a NumPy script in the functions and names of the course, for whoever goes on in Python.

import { isStablePair } from '../core/losses';
import type { Layer } from '../experiment/schema';
import type { Run } from '../training/run';
import { mathFunctions, withNumpysOwn } from './numpy-math';
import { activations, layerFunction, layerKey, losses, stablePairs, updateParameters } from './numpy-parts';
import { embedded, initialValues, miniBatches, prepare, randomNumbers, scalingFunctions, settings, startOf, type Start } from './python-data';
import { about, callMain, canRoundAlike, compareCost, hasBatches, imports, prose, script, stopsEarly, title, type ScriptFiles } from './python-text';

export function numpyScript(run: Run, files: ScriptFiles): string {
  const { experiment } = run;
  const name = prose(files.name);
  const start = startOf(run);
  const used = [...new Set(experiment.layers.map(({ activation }) => activation))];
  const stable = isStablePair(experiment.loss, experiment.layers.at(-1)!.activation) ? stablePairs[experiment.loss] : undefined;
  // the derivative of an output in a stable pair is never asked for
  const needed = used.flatMap((name) => activations[name].filter((part) => !(stable && name === experiment.layers.at(-1)!.activation && isOutputOnly(run) && part.includes('_backward('))));
  const parts = [IN_ORDER, ...needed, stable ? stable.losses : losses[experiment.loss]].map((part) => (canRoundAlike(run) ? part : withNumpysOwn(part)));
  const body = [
    randomNumbers(run),
    initialValues(run, files),
    INITIALIZE_PARAMETERS,
    ...scalingFunctions(run),
    prepare(run, start, files),
    miniBatches(run),
    ...new Set(parts),
    tables(run, stable !== undefined),
    MATMUL,
    FORWARD,
    computeCost(run),
    backward(run, stable),
    experiment.clip !== null && CLIP,
    updateParameters(experiment.optimizer),
    COST_OF,
    train(run),
    PREDICT,
    main(run, start),
    ...(canRoundAlike(run) ? mathFunctions(parts.join('\n')) : []),
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
same_rounding = ${canRoundAlike(run) ? 'True' : 'False'}  # see matmul; False is faster
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
  const table = (of: readonly Layer[], ending: '' | '_backward'): string => [...new Set(of.map((layer) => `"${layerKey(layer)}": ${layerFunction(layer, ending)}`))].join(', ');
  return `
g = {${table(layers, '')}}
g_backward = {${table(stable ? layers.slice(0, -1) : layers, '_backward')}}
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


def over_samples(P, Q):
    """P @ Q, a sum over samples. The run splits them into shares of 64 and more, at most 8, and adds up what each
    share comes to."""
    if not same_rounding:
        return P @ Q
    m = len(Q)
    shares = max(1, min(8, m // 64))
    ends = [share * m // shares for share in range(shares + 1)]
    sums = [matmul(P[:, first:end], Q[first:end]) for first, end in zip(ends, ends[1:])]
    return sum(sums[1:], start=sums[0])
`;

const IN_ORDER = `
def in_order(values):
    """Sums over the outputs of each sample."""
    return np.cumsum(values, axis=0)[-1] if same_rounding else values.sum(axis=0)
`;

const CLIP = `
def clip_gradients(gradients):
    """Shortens the gradient, all dW and db as one vector, to the norm \`clip\` where it is longer."""
    flat = np.concatenate([gradients["d" + name + str(l)].ravel() for l in range(1, L + 1) for name in "Wb"])
    norm = np.sqrt(in_order(flat * flat))
    if norm > clip:
        gradients = {name: gradient * (clip / norm) for name, gradient in gradients.items()}
    return gradients
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
    ${l2 > 0 ? 'cost =' : 'return'} over_samples(losses(AL, Z[L], Y)[np.newaxis], np.ones((m, 1)))[0, 0] / m
${l2 > 0 ? '    weights = np.concatenate([parameters["W" + str(l)].ravel() for l in range(1, L + 1)])\n    return cost + lambd / (2 * m) * in_order(weights * weights)\n' : ''}`;
}

function backward({ experiment: { l2 } }: Run, stable: { readonly dZ: string; readonly why: string } | undefined): string {
  const dW = `over_samples(dZ, A[l - 1].T) / m${l2 > 0 ? ' + lambd / m * parameters["W" + str(l)]' : ''}`;
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
        gradients["db" + str(l)] = over_samples(dZ, np.ones((m, 1))) / m  # and here: the mean of dZ over the samples
        dA = matmul(parameters["W" + str(l)].T, dZ)  # dA[l-1]
    return gradients
`;
}

function train(run: Run): string {
  const { learningRateDecay, clip, optimizer } = run.experiment;
  const batches = hasBatches(run);
  const early = stopsEarly(run);
  const state = optimizer.name === 'sgd' ? '' : 'state, ';
  const [x, y] = batches ? ['x', 'y'] : ['X', 'Y'];
  const epoch = batches ? 'iteration // math.ceil(X.shape[1] / batch_size)' : 'iteration';
  const rate = learningRateDecay > 0 ? `learning_rate / (1 + learning_rate_decay * (${epoch}))` : 'learning_rate';
  return `
def train(X, Y, parameters, ${early ? 'X_development, Y_development, ' : ''}${batches ? 'random, ' : ''}print_every):
    """The parameters that training ends with, and the cost before each update."""
${batches ? '    batches = mini_batches(X.shape[1], random)\n' : ''}${state ? '    state = initialize_optimizer(parameters)\n' : ''}    before = parameters
${early ? '    best, best_cost, best_iteration = parameters, np.inf, 0\n' : ''}    costs = []
    for iteration in range(iterations):
${early ? EARLY_STOP : ''}${batches ? '        batch = next(batches)\n        x, y = X[:, batch], Y[:, batch]\n' : ''}        AL, caches = forward(${x}, parameters)
        cost = compute_cost(AL, caches, ${y}, parameters)
        if not np.isfinite(cost):
            print(f"The cost became {cost} at iteration {iteration}.")
            break
        costs.append(cost)
        if print_every and iteration % print_every == 0:
            print(f"iteration {iteration}: cost {cost:.15g}")
        gradients = ${clip === null ? '' : 'clip_gradients('}backward(${y}, parameters, caches)${clip === null ? '' : ')'}
        before = parameters
        parameters = update_parameters(parameters, gradients, ${state}${rate})
    if not np.isfinite(cost_of(X, Y, parameters)):
        parameters = before  # the last ones with a finite cost
    return parameters, costs
`;
}

const EARLY_STOP = `        if iteration % development_every == 0:
            development_cost = cost_of(X_development, Y_development, parameters)
            if development_cost < best_cost:
                best, best_cost, best_iteration = parameters, development_cost, iteration
            if iteration - best_iteration >= patience:
                print(f"Stopped early at iteration {iteration}; the parameters are those of iteration {best_iteration}.")
                parameters = before = best
                break
`;

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

function main(run: Run, start: Start): string {
  const batches = hasBatches(run);
  const training = run.samples.development ? ['X[:, training]', 'Y[:, training]'] : ['X', 'Y'];
  return `
def main(print_every):
${hasBatches(run) ? `    random = Random(${start.batches.join(', ')})\n` : ''}    parameters = initialize_parameters()
    X, Y, training, development, offset, factor = prepare()
    X, Y = X.T, Y.T  # from here on a column is a sample
    parameters, costs = train(${training.join(', ')}, parameters, ${stopsEarly(run) ? 'X[:, development], Y[:, development], ' : ''}${batches ? 'random, ' : ''}print_every)
    cost = cost_of(${training.join(', ')}, parameters)
    ${compareCost}
${run.samples.development ? '    print(f"cost of the development samples: {cost_of(X[:, development], Y[:, development], parameters):.15g}")\n' : ''}${run.experiment.layers.at(-1)!.activation === 'relu' ? '    Z, _ = forward(X, parameters)[1]\n    print(f"dead outputs, Z[L] <= 0: {(Z[L] <= 0).sum()} of {Z[L].size}")\n' : ''}    for target, prediction in list(zip(Y.T * factor + offset, predict(X, parameters, offset, factor)))[:5]:
        print(f"target {target}, prediction {prediction}")
    return parameters, costs
`;
}
