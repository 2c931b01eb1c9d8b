"""A backward pass that gives the gradients of each sample, (m, …) in all, of which whoever calls it takes the mean or the sum: `[dw.mean(axis=0) for dw in grad_weights]`; or of the biases alone, a column for each sample."""

import ast

import numpy as np

from ..common import names
from ..common.syntax import names_in, walk
from ..source.functions import called_name

REDUCE = {"mean": np.mean, "average": np.mean, "sum": np.sum}


def reduced(grads, program, step):
    """The gradients of all samples; those that are given where they are no stack of the samples', or nothing makes one gradient of them."""
    leaves = [leaf for leaf in program.leaves if leaf.name in grads]
    if any(len(leaf.shape) == 2 for leaf in leaves) and all(np.shape(grads[leaf.name]) == (program.data.m,) + leaf.shape for leaf in leaves):
        over = taken_over(0, program, step, lambda name: not names.like_name(name, names.COST))
        return grads if over is None else {name: REDUCE[over](value, axis=0) for name, value in grads.items()}
    biases = [leaf for leaf in leaves if leaf.kind == "b"]
    axis = 0 if program.data.rows else 1
    if program.data.m > 1 and biases and all(lies_by_sample(np.shape(grads[leaf.name]), leaf.shape, axis, program.data.m) for leaf in biases):
        over = taken_over(axis, program, step, lambda name: names.is_bias(names.stem(name)[0]))
        return grads if over is None else {**grads, **{leaf.name: REDUCE[over](grads[leaf.name], axis=axis).reshape(leaf.shape) for leaf in biases}}
    return grads


def lies_by_sample(found, shape, axis, m):
    """Whether a bias of this shape has a gradient with one column, or row, for each sample."""
    units = int(np.prod(shape))
    return len(found) == 2 and found[axis] == m and found[1 - axis] == units and found != shape


def taken_over(axis, program, step, meant):
    """'mean' or 'sum', whichever a caller of the backward pass takes over this axis of its gradients that are `meant` by their names; None where none does."""
    for _, inside, _ in program.code.sites.get(step.function.name, []):
        caller = inside or program.code.source.tree
        found = given_back(caller, step.function.name, meant)
        for each in walk(caller):
            over = over_samples(each, axis)
            if over is not None and names_in(each) & found:
                return over
    return None


def given_back(caller, backward, meant):
    """Names of what a backward pass gives back in a caller of it, and of each of these in a loop."""
    found = {name for each in walk(caller) if isinstance(each, ast.Assign) and isinstance(each.value, ast.Call) and called_name(each.value) == backward for target in each.targets for name in names_in(target) if meant(name)}
    for each in walk(caller):
        if isinstance(each, (ast.For, ast.comprehension)) and found & names_in(each.iter):
            found = found | names_in(each.target)
    return found


def over_samples(node, axis):
    """'mean' of `dw.mean(axis=0)`, `np.mean(dw, axis=0)` and `np.mean(dw, 0)`, and so on; of two axes -1 is the last. None of anything else."""
    if not isinstance(node, ast.Call) or called_name(node) not in REDUCE:
        return None
    of_array = isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") != "np"
    given = [each.value for each in node.keywords if each.arg == "axis"] + node.args[1:2] + node.args[:of_array]
    said = [ast.unparse(each) for each in given]
    return called_name(node) if str(axis) in said or axis == 1 and "-1" in said else None
