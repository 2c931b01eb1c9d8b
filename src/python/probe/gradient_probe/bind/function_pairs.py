"""An activation and its derivative as one value, `sigmoid = (lambda z: …, lambda a: …)`, that a layer is given and keeps: `layer.act_f[0](z)`, `layer.act_f[1](a)`."""

import ast
import functools

import numpy as np

from ..common import names
from ..common.sandbox import TimeUp
from ..common.syntax import walk

POINTS = np.array([0.3, -0.8, 1.4])
STEP = 1e-5


def getter(pool, function, argument, phase):
    """What gives a constructor the pair that the file gives it, else that of the hidden layers, or where it makes the last layer that of the output; None of any other argument."""
    if phase != "ctor" or not hasattr(function, "node") or names.like_name(argument, names.COST) or not kept_as_pair(pool.code, function, argument):
        return None
    found = pairs(pool.code)
    given = [pool.constant(expression) for expression, _, _ in pool.code.argument_at_site(function, argument)]
    said = [value for known, value in given if known and any(value is each for _, each in found)]
    of_output = lambda name: names.like_name(name, "^sig|logistic|softmax")
    hidden, output = ([value for name, value in found if of_output(name) == last] for last in (False, True))
    return (lambda pool: (said or ((output or hidden) if getattr(pool.sizes, "last", True) else (hidden or output)))[0]) if found else None


def pairs(code):
    """[(name, value)] of the values of the module that are an activation and its derivative."""
    return [(name, value) for name, value in list(code.namespace.items()) if isinstance(value, (tuple, list)) and len(value) == 2 and all(callable(each) and getattr(getattr(each, "__code__", None), "co_argcount", 0) == 1 for each in value) and bends(*value)]


def bends(activation, derivative):
    """Whether the first is no straight line, as a scale is, and the second gives one value for each that it is given; that it is right is what is checked."""
    try:
        slope = (activation(POINTS + STEP) - activation(POINTS - STEP)) / (2 * STEP)
        given = np.shape(derivative(POINTS.copy()))
    except (Exception, TimeUp):
        return False
    return np.shape(slope) == given == POINTS.shape and bool(np.ptp(slope) > 1e-6)


def kept_as_pair(code, function, argument):
    """Whether a constructor keeps an argument under a name of which the file calls both entries, each with one value."""
    kept = {each.targets[0].attr for each in walk(function.node) if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Attribute) and getattr(each.value, "id", None) == argument}
    calls = [each for tree in code.trees.values() for each in entries_called(tree)] if kept else []
    return any({(0, 1), (1, 1)} == {(entry, count) for attribute, entry, count in calls if attribute == each} for each in kept)


@functools.lru_cache(maxsize=None)
def entries_called(tree):
    """(attribute, entry, number of arguments) of each call of an entry of an attribute, `layer.act_f[0](z)`."""
    return [(each.func.value.attr, getattr(each.func.slice, "value", None), len(each.args)) for each in walk(tree) if isinstance(each, ast.Call) and isinstance(each.func, ast.Subscript) and isinstance(each.func.value, ast.Attribute)]
