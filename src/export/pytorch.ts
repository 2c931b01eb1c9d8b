// A run as a PyTorch script that also trains on several processes or machines, started by torchrun.

import { isStablePair } from '../core/losses';
import type { Run } from '../training/run';
import { embedded, initialValues, miniBatches, prepare, randomNumbers, scalingFunctions, settings, startOf, type Start } from './python-data';
import { about, callMain, canRoundAlike, compareCost, hasBatches, imports, prose, script, stopsEarly, title, type ScriptFiles } from './python-text';
import { layerKey } from './numpy-parts';
import { layerActivation, losses, meanings, sameRounding, stableLosses, update } from './pytorch-parts';

export function pytorchScript(run: Run, files: ScriptFiles): string {
  const { experiment } = run;
  const name = prose(files.name);
  const start = startOf(run);
  const stable = isStablePair(experiment.loss, experiment.layers.at(-1)!.activation) ? stableLosses[experiment.loss] : undefined;
  const used = new Set(experiment.layers.map((layer) => `    "${layerKey(layer)}": ${layerActivation(layer)},\n`));
  const alike = canRoundAlike(run) ? sameRounding(experiment) : { activations: false, loss: false, parts: [] };
  const body = [
    randomNumbers(run),
    initialValues(run, files),
    ...scalingFunctions(run),
    prepare(run, start, files),
    miniBatches(run),
    IN_ORDER,
    `
g = {
${[...used].join('')}}
`,
    ...alike.parts,
    network(alike.activations),
    `
def losses(A, Z, Y):
    """${meanings[experiment.loss]} of each sample, summed over its outputs."""
${alike.loss ? '    if same_rounding:\n        return SameLosses.apply(A, Z, Y)\n' : ''}    ${stable ?? losses[experiment.loss]}


def regularization(network, m):
    """The part of the cost that the samples do not make."""
    return ${experiment.l2 > 0 ? 'lambd / (2 * m) * total(torch.cat([linear.weight.flatten() for linear in network.linears]) ** 2)' : '0.0'}
`,
    COST_OF,
    experiment.clip !== null && CLIP,
    update(experiment.optimizer),
    train(run),
    main(run, start),
    embedded(run, start, files),
    callMain(run),
  ];
  return script(`
"""${title(run)}

${about(run, files, `    python3 ${name}        trains, and prints the cost now and then
    python3 ${name} 1      prints the cost of every iteration
    torchrun --nproc_per_node=4 ${name}

The last trains in four processes, each with its share of every batch, and with --nnodes and --rdzv_endpoint on
many machines. The costs are then the same up to rounding.

It needs PyTorch and NumPy. A row is a sample: W[l] is n[l] x n[l-1] as in the course, Z[l] = A[l-1] W[l].T + b[l].`)}
"""

${imports(files, body, ['os', 'sys'])}

import numpy as np
import torch
import torch.distributed as dist
import torch.nn.functional as F
from torch.nn.parallel import DistributedDataParallel

torch.set_default_dtype(torch.float64)
np.seterr(all="ignore")  # train() says so when a cost is NaN or infinite

rank = int(os.environ.get("RANK", 0))  # torchrun sets both
processes = int(os.environ.get("WORLD_SIZE", 1))

${settings(run).join('\n')}
same_rounding = ${canRoundAlike(run) ? 'processes == 1' : 'False'}  # see InOrder; False is faster
`, ...body);
}

/** Without it a chaotic run such as that of the quadratic example differs in its first digit after some hundred iterations. */
const IN_ORDER = `
def matmul(P, Q, start=0.0):
    """start + P @ Q, the products added one after the other."""
    terms = P.T[:, :, None] * Q[:, None, :]
    terms[0] += start
    return torch.cumsum(terms, dim=0)[-1]


def over_samples(P, Q):
    """P @ Q, a sum over samples. The run splits them into shares of 64 and more, at most 8, and adds up what each
    share comes to."""
    m = len(Q)
    shares = max(1, min(8, m // 64))
    ends = [share * m // shares for share in range(shares + 1)]
    sums = [matmul(P[:, first:end], Q[first:end]) for first, end in zip(ends, ends[1:])]
    return sum(sums[1:], start=sums[0])


def total(values):
    """Their sum, taken one after the other."""
    return torch.cumsum(values, dim=0)[-1] if same_rounding else values.sum()


def total_loss(values):
    return over_samples(values[None], torch.ones(len(values), 1))[0, 0] if same_rounding else values.sum()


class InOrder(torch.autograd.Function):
    """Z = A W.T + b, added in the order of the run. PyTorch's own kernels add in another order and so round
    differently, which a chaotic training (its cost jumps up and down) makes visible.
    As in the course, dZ comes in of each sample's loss, and the 1/m enters in dW and db."""

    @staticmethod
    def forward(ctx, A, W, b, m):
        ctx.save_for_backward(A, W)
        ctx.m = m
        return matmul(W, A.T, b[:, None]).T

    @staticmethod
    def backward(ctx, dZ):
        A, W = ctx.saved_tensors
        dW = over_samples(dZ.T, A) / ctx.m
        db = over_samples(dZ.T, torch.ones(len(A), 1))[:, 0] / ctx.m
        return matmul(W.T, dZ.T).T, dW, db, None
`;

const network = (alike: boolean): string => `
class Network(torch.nn.Module):
    def __init__(self, values):
        super().__init__()
        self.linears = torch.nn.ModuleList(torch.nn.Linear(W.shape[1], W.shape[0]) for W, _ in values)
        with torch.no_grad():
            for linear, (W, b) in zip(self.linears, values):
                linear.weight.copy_(torch.from_numpy(W))
                linear.bias.copy_(torch.from_numpy(b))

    def forward(self, X, m):
        """A[L] and Z[L]. m is the number of samples of the whole cost, of which X may be a part."""
        A = X
        for linear, name in zip(self.linears, activations):
            Z = InOrder.apply(A, linear.weight, linear.bias, m) if same_rounding else linear(A)
            A = ${alike ? 'SameRounding.apply(Z, name) if same_rounding and name in SameRounding.functions else g[name](Z)' : 'g[name](Z)'}
        return A, Z
`;

const COST_OF = `
def sum_of_all(value):
    """The sum of a number over all processes."""
    total = value.detach().clone()
    if processes > 1:
        dist.all_reduce(total)
    return total


def cost_of(network, X, Y):
    """J: the mean of the losses, and the L2 part if there is one."""
    with torch.no_grad():
        return float(total_loss(losses(*network(X, len(X)), Y)) / len(X) + regularization(network, len(X)))
`;

const CLIP = `
def clip_gradients(parameters):
    """Shortens the gradient, all dW and db as one vector, to the norm \`clip\` where it is longer. PyTorch's own adds 1e-6 to the norm."""
    gradients = [parameter.grad for parameter in parameters]
    norm = torch.sqrt(total(torch.cat([gradient.flatten() for gradient in gradients]) ** 2))
    if norm > clip:
        for gradient in gradients:
            gradient *= clip / norm
`;

function train(run: Run): string {
  const { learningRateDecay, clip } = run.experiment;
  const batches = hasBatches(run);
  const early = stopsEarly(run);
  const epoch = batches ? 'iteration // math.ceil(len(X) / batch_size)' : 'iteration';
  return `
def values_of(network):
    return [parameter.detach().clone() for parameter in network.parameters()]


def put_back(network, values):
    with torch.no_grad():
        for parameter, value in zip(network.parameters(), values):
            parameter.copy_(value)


def train(network, X, Y, ${early ? 'X_development, Y_development, ' : ''}${batches ? 'random, ' : ''}print_every):
    """Changes the network; the cost before each update."""
    parallel = DistributedDataParallel(network) if processes > 1 else network
    optimizer = optimizer_of(network.parameters())
${batches ? '    batches = mini_batches(len(X), random)' : '    m = len(X)\n    x, y = X[rank::processes], Y[rank::processes]  # the share of this process'}
    before = values_of(network)
${early ? '    best, best_cost, best_iteration = before, np.inf, 0\n' : ''}    costs = []
    for iteration in range(iterations):
${early ? EARLY_STOP : ''}${batches ? '        batch = next(batches)\n        m = len(batch)\n        share = torch.from_numpy(batch[rank::processes])  # of this process\n        x, y = X[share], Y[share]\n' : ''}        A, Z = parallel(x, m)
        loss_sum = total_loss(losses(A, Z, y))
        cost = float(sum_of_all(loss_sum) / m + regularization(network, m))
        if not np.isfinite(cost):
            if rank == 0:
                print(f"The cost became {cost} at iteration {iteration}.")
            break
        costs.append(cost)
        if rank == 0 and print_every and iteration % print_every == 0:
            print(f"iteration {iteration}: cost {cost:.15g}")
        network.zero_grad()
        # InOrder has the 1/m already. DistributedDataParallel takes the mean over the processes, which their number makes the sum.
        ((loss_sum if same_rounding else loss_sum * processes / m) + regularization(network, m)).backward()
${clip === null ? '' : '        clip_gradients(list(network.parameters()))\n'}        before = values_of(network)
${learningRateDecay > 0 ? `        optimizer.param_groups[0]["lr"] = learning_rate / (1 + learning_rate_decay * (${epoch}))\n` : ''}        optimizer.step()
    if not np.isfinite(cost_of(network, X, Y)):
        put_back(network, before)  # the last ones with a finite cost
    return costs
`;
}

const EARLY_STOP = `        if iteration % development_every == 0:
            development_cost = cost_of(network, X_development, Y_development)
            if development_cost < best_cost:
                best, best_cost, best_iteration = values_of(network), development_cost, iteration
            if iteration - best_iteration >= patience:
                if rank == 0:
                    print(f"Stopped early at iteration {iteration}; the parameters are those of iteration {best_iteration}.")
                put_back(network, best)
                break
`;

function main(run: Run, start: Start): string {
  const split = run.samples.development !== null;
  const training = split ? 'X[training], Y[training]' : 'X, Y';
  return `
def main(print_every):
    if processes > 1:
        dist.init_process_group("gloo")
${hasBatches(run) ? `    random = Random(${start.batches.join(', ')})\n` : ''}    network = Network(initial_values())
    X, Y, training, development, offset, factor = prepare()
    X, Y = torch.from_numpy(X), torch.from_numpy(Y)
    costs = train(network, ${training}, ${stopsEarly(run) ? 'X[development], Y[development], ' : ''}${hasBatches(run) ? 'random, ' : ''}print_every)
    if rank == 0:
        cost = cost_of(network, ${training})
        ${compareCost}
${split ? '        print(f"cost of the development samples: {cost_of(network, X[development], Y[development]):.15g}")\n' : ''}        with torch.no_grad():
            A, Z = network(X, len(X))
${run.experiment.layers.at(-1)!.activation === 'relu' ? '        print(f"dead outputs, Z[L] <= 0: {int((Z <= 0).sum())} of {Z.numel()}")\n' : ''}        for target, prediction in zip(Y[:5].numpy() * factor + offset, A[:5].numpy() * factor + offset):
            print(f"target {target}, prediction {prediction}")
    if processes > 1:
        dist.destroy_process_group()
    return network, costs
`;
}
