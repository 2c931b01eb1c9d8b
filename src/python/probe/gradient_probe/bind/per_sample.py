"""A backward pass that gives the gradients of each sample, (m, …) in all, of which whoever calls it takes the mean or the sum: `[dw.mean(axis=0) for dw in grad_weights]`."""

import ast

import numpy as np

from ..common.syntax import walk
from ..source.functions import called_name

REDUCE = {"mean": np.mean, "average": np.mean, "sum": np.sum}


def reduced(grads, program, step):
    """The gradients of all samples; those that are given where they are no stack of the samples', or nothing makes one gradient of them."""
    leaves = [leaf for leaf in program.leaves if leaf.name in grads]
    if not any(len(leaf.shape) == 2 for leaf in leaves) or not all(np.shape(grads[leaf.name]) == (program.data.m,) + leaf.shape for leaf in leaves):
        return grads
    over = next((name for name in (over_samples(one) for _, inside, _ in program.code.sites.get(step.function.name, []) for one in walk(inside or program.code.source.tree)) if name is not None), None)
    return grads if over is None else {name: REDUCE[over](value, axis=0) for name, value in grads.items()}


def over_samples(node):
    """'mean' of `dw.mean(axis=0)` and `np.mean(dw, axis=0)`, and so on; None of anything else."""
    first = isinstance(node, ast.Call) and any(each.arg == "axis" and getattr(each.value, "value", None) == 0 for each in node.keywords)
    return called_name(node) if first and called_name(node) in REDUCE else None
