"""A backward pass that gives the gradients of each sample, (m, …) in all, of which whoever calls it takes the mean or the sum: `[dw.mean(axis=0) for dw in grad_weights]`; or of the biases alone, a column for each sample."""

import ast

import numpy as np

from ..common import names
from ..common.syntax import walk
from ..source.functions import called_name

REDUCE = {"mean": np.mean, "average": np.mean, "sum": np.sum}


def reduced(grads, program, step):
    """The gradients of all samples; those that are given where they are no stack of the samples', or nothing makes one gradient of them."""
    leaves = [leaf for leaf in program.leaves if leaf.name in grads]
    if any(len(leaf.shape) == 2 for leaf in leaves) and all(np.shape(grads[leaf.name]) == (program.data.m,) + leaf.shape for leaf in leaves):
        over = taken_over(0, program, step)
        return grads if over is None else {name: REDUCE[over](value, axis=0) for name, value in grads.items()}
    biases = [leaf for leaf in leaves if leaf.kind == "b"]
    axis = 0 if program.data.rows else 1
    if program.data.m > 1 and biases and all(lies_by_sample(np.shape(grads[leaf.name]), leaf.shape, axis, program.data.m) for leaf in biases):
        over = taken_over(axis, program, step)
        return grads if over is None else {**grads, **{leaf.name: REDUCE[over](grads[leaf.name], axis=axis).reshape(leaf.shape) for leaf in biases}}
    return grads


def lies_by_sample(found, shape, axis, m):
    """Whether a bias of this shape has a gradient with one column, or row, for each sample."""
    units = int(np.prod(shape))
    return len(found) == 2 and found[axis] == m and found[1 - axis] == units and found != shape


def taken_over(axis, program, step):
    """'mean' or 'sum', whichever a caller of the backward pass takes of its gradients over this axis; None where none does."""
    for _, inside, _ in program.code.sites.get(step.function.name, []):
        caller = inside or program.code.source.tree
        gradients = given_back(caller, step.function.name)
        for each in walk(caller):
            over = over_samples(each, axis)
            if over is not None and {one.id for one in walk(each) if isinstance(one, ast.Name) and not names.like_name(one.id, names.COST)} & gradients:
                return over
    return None


def given_back(caller, backward):
    """Names of what a backward pass gives back in a caller of it, and of each of these in a loop."""
    found = {one.id for each in walk(caller) if isinstance(each, ast.Assign) and isinstance(each.value, ast.Call) and called_name(each.value) == backward for target in each.targets for one in walk(target) if isinstance(one, ast.Name)}
    for each in walk(caller):
        if isinstance(each, (ast.For, ast.comprehension)) and found & {one.id for one in walk(each.iter) if isinstance(one, ast.Name)}:
            found = found | {one.id for one in walk(each.target) if isinstance(one, ast.Name)}
    return found


def over_samples(node, axis):
    """'mean' of `dw.mean(axis=0)`, `np.mean(dw, axis=0)` and `np.mean(dw, 0)`, and so on; None of anything else."""
    if not isinstance(node, ast.Call) or called_name(node) not in REDUCE:
        return None
    given = [each.value for each in node.keywords if each.arg == "axis"] + node.args[1:2] + (node.args[:1] if isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") != "np" else [])
    return called_name(node) if any(getattr(each, "value", None) == axis for each in given) else None
