"""Weights that a constructor is given in a dictionary, and takes apart by their names: `self.params["W1"] = weights["W1"]`."""

import ast

import numpy as np

from ..common import names
from ..common import subscripts
from ..common.syntax import walk


def getter(function, argument, phase):
    """What gives an argument such a dictionary at the widths of now; None of any other."""
    if phase != "ctor" or not names.is_name(argument, names.PARAM_NAMES) or not hasattr(function, "node"):
        return None
    keys = list(dict.fromkeys(subscripts.key(each) for each in walk(function.node) if isinstance(each, ast.Subscript) and getattr(each.value, "id", None) == argument))
    if not keys or not all(key is not None and key[-1:].isdigit() and (names.is_weight(key) or names.is_bias(key)) for key in keys):
        return None
    return lambda pool: weights(pool, keys)


def weights(pool, keys):
    """LookupError where they are of more layers or fewer."""
    numbers = sorted({int(key[-1]) for key in keys})
    if len(numbers) != pool.sizes.L:
        raise LookupError("the constructor is given the weights of %d layers" % len(numbers))
    rows = np.shape(pool.data["X"])[-1] == pool.sizes.n0
    return {key: weight(pool.sizes.dims[layer:layer + 2], names.is_bias(key), rows) for key in keys for layer in [numbers.index(int(key[-1]))]}


def weight(widths, bias, rows):
    """With the samples as they lie."""
    before, after = widths
    if bias:
        return np.zeros(after if rows else (after, 1))
    return np.zeros((before, after) if rows else (after, before))
