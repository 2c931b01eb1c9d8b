"""The gradients of a backward pass that hands each of them to an optimizer and gives what comes back the same name, `dW2, db2 = self.adam(dW2, db2)`: what the names stood for before."""

import ast

import numpy as np

from ..common import names
from ..common.syntax import names_in, walk
from ..source.functions import called_name
from .pairing import enough, pair

OPTIMIZER = "adam|adagrad|adadelta|rms_?prop|momentum|nesterov|optim"


def gradients(program):
    """What fills the gradients of an outcome; None where no optimizer takes them so, or not every weight has one of its shape."""
    step = next((each for each in program.steps if each.role in ("backward", "both", "train")), None)
    taken = taken_by_optimizer(step.function.node) if step is not None else {}
    if not taken:
        return None
    last, gone = {}, set()
    try:
        events = program.run(record=True).events
    except Exception:
        return None
    for each in events:
        site = program.recorder.sites[each.site]
        if site.function.split(".")[-1] != step.function.name or site.target not in taken or not isinstance(each.value, np.ndarray):
            continue
        if site.line in taken[site.target]:
            gone.add(site.target)
        elif site.target not in gone:
            last[site.target] = each
    match = pair(program.leaves, [((("event", each.key),), name, each.value) for name, each in last.items()])
    keys, values = {name: path[0][1] for name, path in match.items()}, {each.key: each.value for each in last.values()}
    if not enough(program.leaves, match) or not all(np.shape(values[keys[leaf.name]]) == leaf.shape for leaf in program.leaves if leaf.kind == "W"):
        return None
    program.recorded = True

    def fill(program, outcome, roots, pool, theta):
        found = {each.key: each.value for each in outcome.events}
        outcome.grads = {name: np.array(found[key], dtype=float) for name, key in keys.items() if key in found}
        outcome.gradient_from = "attributes"

    return fill


def taken_by_optimizer(node):
    """{name: lines} of the gradients that a function gives an optimizer which is more than gradient descent, and that get its result."""
    out = {}
    for each in walk(node):
        if not isinstance(each, ast.Assign) or not isinstance(each.value, ast.Call) or not names.like_name(called_name(each.value), OPTIMIZER):
            continue
        given = {name for argument in each.value.args + [keyword.value for keyword in each.value.keywords] for name in names_in(argument)}
        for name in {name for target in each.targets for name in names_in(target)}:
            if name in given and names.is_gradient(name):
                out.setdefault(name, set()).add(each.lineno)
    return out


def counts_steps(function, name):
    """Whether an argument is the count of steps that an optimizer is given, or an exponent: `self.adam(dW, db, t)`, `beta ** t`; no target, which is subtracted from."""
    inside = lambda node: name in names_in(node)
    return hasattr(function, "node") and any(isinstance(each, ast.BinOp) and isinstance(each.op, ast.Pow) and inside(each.right) or isinstance(each, ast.Call) and names.like_name(called_name(each), OPTIMIZER) and any(inside(one) for one in each.args) for each in walk(function.node)) and not any(isinstance(each, ast.BinOp) and isinstance(each.op, ast.Sub) and getattr(each.right, "id", None) == name for each in walk(function.node))
