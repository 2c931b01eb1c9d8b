"""An activation and its derivative as one value, `sigmoid = (lambda z: …, lambda a: …)`, that a layer is given and keeps: `layer.act_f[0](z)`, `layer.act_f[1](a)`."""

import ast

from ..common import names
from ..common.syntax import walk


def getter(pool, function, argument, phase):
    """What gives a constructor the pair of the hidden layers, or where it makes the last layer that of the output; None of any other argument."""
    if phase != "ctor" or not hasattr(function, "node") or not kept_as_pair(pool.code, function, argument):
        return None
    found = pairs(pool.code)
    if not found:
        return None
    hidden = [value for name, value in found if not names.like_name(name, "^sig|logistic|softmax")]
    output = [value for name, value in found if names.like_name(name, "^sig|logistic|softmax")]
    return lambda pool: (output or hidden)[0] if getattr(pool.sizes, "last", True) else (hidden or output)[0]


def pairs(code):
    """[(name, value)] of the values of the module that are two functions each, and take one argument."""
    return [(name, value) for name, value in list(code.namespace.items()) if isinstance(value, (tuple, list)) and len(value) == 2 and all(callable(each) and getattr(getattr(each, "__code__", None), "co_argcount", 0) == 1 for each in value)]


def kept_as_pair(code, function, argument):
    """Whether a constructor keeps an argument under a name of which the file calls both entries."""
    kept = {each.targets[0].attr for each in walk(function.node) if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Attribute) and getattr(each.value, "id", None) == argument}
    called = {(each.func.value.attr, getattr(each.func.slice, "value", None)) for tree in code.trees.values() for each in walk(tree) if isinstance(each, ast.Call) and isinstance(each.func, ast.Subscript) and isinstance(each.func.value, ast.Attribute)}
    return any({(each, 0), (each, 1)} <= called for each in kept)
