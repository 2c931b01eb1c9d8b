"""Weights that a training leaves as they are, beside those that it moves."""

import re

import numpy as np

from ..bind import parameters as where
from ..common import names


def still(program, chosen, before):
    """Weights beside the changed ones that stay as they are, although the prediction depends on them: never updated."""
    changed = {each[:2] for each in chosen}
    out = []
    if program.lifted:
        for path, value in before["globals"].items():
            name = str(path[-1][1])
            if len(path) == 1 and is_weight_array(name, value) and ("globals", path) not in changed and name in program.reads:
                out.append(("globals", path, name, value))
    # beside W1, W2 and W3 that move, in the same table: a loop leaves out a layer
    tables = {table(root, path) for root, path, _, _ in chosen} - {None}
    for root in before:
        beside = [(root, tuple(path), name, value) for path, name, value in where.leaves(program.roots[root]) if (root, tuple(path)) not in changed and table(root, path) in tables]
        out += beside if any(is_weight_array(where.base(each[2]), each[3]) for each in beside) else []
        # self.b2 -= rate * db2 of a db2 that is 0, a sum over all classes say
        out += [(root, tuple(path), name, value) for path, name, value in where.leaves(program.roots[root]) if len(path) == 1 and (root, tuple(path)) not in changed and names.is_bias(name) and np.ndim(value) in (1, 2) and is_moved(program, name)]
    return out


def is_moved(program, name):
    """Whether a statement of the training moves an attribute by something."""
    text = program.code.reached([step.function for step in program.steps])
    return re.search(r"\bself\.%s (?:[-+]= |= self\.%s [-+] )" % ((re.escape(name),) * 2), text) is not None


def table(root, path):
    """Where params["W3"] stands, and the letter of its key; None of a key without a letter and a number."""
    found = re.match(r"(\D+)\d+$", str(path[-1][1])) if len(path) > 1 else None
    return found and (root, tuple(path[:-1]), found.group(1))


def is_weight_array(name, value):
    return names.is_weight(name) and not names.is_gradient(name) and not where.is_buffer(name) and np.ndim(value) == 2 and value.dtype.kind == "f" and np.any(value)
