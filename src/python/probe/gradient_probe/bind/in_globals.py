"""Passes that are given nothing and give nothing back: what they compute stands in globals, `global Z1, A1, dW1`."""

import ast

import numpy as np

from ..common import names
from ..common.syntax import declared, walk
from . import parameters as where
from .pairing import enough, pair


def left(node, namespace):
    """(names, values) of the arrays and numbers that a forward pass which returns nothing leaves in globals: `global Z1, A1, loss`."""
    shared = declared(node)
    made = [each.id for each in walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store) and each.id in shared]
    found = [(name, namespace[name]) for name in dict.fromkeys(made) if isinstance(namespace.get(name), (np.ndarray, float, np.floating))]
    return [name for name, _ in found], [value for _, value in found]


def gradients(program):
    """dW1 of a backward pass that gives back nothing and says `global dW1`."""
    namespace = program.code.namespace
    given = {one for step in program.steps if step.role == "backward" for each in walk(step.function.node) if isinstance(each, ast.Global) for one in each.names if names.is_gradient(one)}
    match = pair(program.leaves, [((("item", each),), each, np.asarray(namespace[each])) for each in sorted(given) if isinstance(namespace.get(each), (np.ndarray, float))])
    if not enough(program.leaves, match):
        return None

    def fill(program, outcome, roots, pool, theta):
        outcome.grads = {name: np.array(where.get(namespace, path), dtype=float) for name, path in match.items()}
        outcome.gradient_from = "attributes"

    return fill
