"""What a training keeps in globals from one step to the next, `global velocity`, `velocity = 0.9 * velocity + dW`: every step that is looked at is the first."""

import ast
import copy

import numpy as np

from ..common.syntax import walk
from ..source.lifting import declared


def forget(code):
    """Gives what is kept the values with which the file begins it."""
    kept = code.__dict__.get("memory")
    if kept is None:
        kept = code.memory = found(code)
    code.namespace.update((name, copy.copy(value)) for name, value in kept.items())


def found(code):
    """{name: value} of the zeros among the globals that a function goes on from."""
    out = {}
    for function in code.functions:
        shared = declared(function.node)
        for each in walk(function.node) if shared else ():
            target = each.target if isinstance(each, ast.AugAssign) else each.targets[0] if isinstance(each, ast.Assign) else None
            name = getattr(target, "id", None)
            value = code.namespace.get(name) if name in shared else None
            goes_on = isinstance(each, ast.AugAssign) or any(getattr(one, "id", None) == name for one in walk(each.value)) if name in shared else False
            if goes_on and isinstance(value, (int, float, np.ndarray)) and np.asarray(value).dtype.kind in "if" and not np.any(value):
                out[name] = value
    return out
