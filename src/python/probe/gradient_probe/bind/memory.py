"""What a training keeps in globals from one step to the next, `global velocity`, `velocity = 0.9 * velocity + dW`: every step that is looked at is the first."""

import ast
import copy

import numpy as np

from ..common.syntax import declared, names_in, walk


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
            value = code.namespace.get(name)
            if name in shared and (isinstance(each, ast.AugAssign) or name in names_in(each.value)) and zero(value):
                out[name] = value
    return out


def zero(value):
    return isinstance(value, (int, float, np.ndarray)) and np.asarray(value).dtype.kind in "if" and not np.any(value)
