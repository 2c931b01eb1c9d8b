"""Widths that the statements of a script fix: those of its weights, and what they say about the number of features and outputs."""

import re

import numpy as np

from ..bind import parameters as where
from ..common import names
from ..source.lifting import stored


def is_matrix(value):
    return isinstance(value, np.ndarray) and value.dtype.kind == "f" and value.ndim == 2


def flat(value):
    """(1, units, inputs) of a product that goes sample by sample as the matrix that it is; any other value as it is."""
    return value[0] if isinstance(value, np.ndarray) and value.ndim == 3 and value.shape[0] == 1 else value


def matrices(weights):
    """Those that are matrices; after the first, a vector with an entry for each unit before it is the column of one output."""
    out = []
    for each in map(flat, weights):
        if is_matrix(each):
            out.append(each)
        elif out and isinstance(each, np.ndarray) and each.dtype.kind == "f" and each.ndim == 1 and each.size > 1 and each.size in out[-1].shape:
            # units lie as columns, X W, or as rows, W x
            out.append(each[:, None] if each.size == out[-1].shape[1] else each[None, :])
    return out


def objects_of(values):
    """The objects among some values, each once: those of a list in its order, as layers stand there, before those that have a name of their own."""
    listed = [each for value in values if isinstance(value, list) for each in value]
    return list({id(each): each for each in listed + values if where.is_object(each)}.values())


def other_way(shape, sizes, m):
    """Whether the first weights have as many inputs as there are samples where features are meant: the samples lie the other way."""
    return m in shape and sizes.n0 not in shape and m not in sizes.dims


def fixed_ends(weights, turned, n0):
    """(inputs, outputs) of a chain of weights, whichever way they lie. `n0`: features that were given, which a script may have made them from."""
    if len(weights) == 1 and n0 in weights[0].shape:
        return n0, weights[0].size // n0
    if len(weights) == 1:
        return weights[0].shape[::-1] if turned else weights[0].shape
    (a, b), (c, d) = weights[0].shape, weights[1].shape
    # of two ways that fit, none has a hidden layer of one unit; one more where a column of ones is put beside the hidden units, and the two fit in no other way
    if (c == b or c == b + 1 != a) and not ((turned or b == 1 or b == n0 != a) and d == a):
        return a, weights[-1].shape[1]
    if d == a or d == a + 1 != b:
        return b, weights[-1].shape[0]
    return None


def widths_in(code, setup):
    return {size for each in setup.node.body for name in stored(each) if names.is_weight(name) and is_matrix(code.namespace.get(name)) for size in code.namespace[name].shape}


def misfit(error, widths, data):
    """Two widths that the file itself fixes do not fit, whatever the samples are."""
    found = re.search(r"could not be broadcast together with shapes \((\d+),(\d+)\) \((\d+),(\d+)\)|non-broadcastable output operand with shape \((\d+),(\d+)\) doesn't match the broadcast shape \((\d+),(\d+)\)", str(error))
    if not isinstance(error, ValueError) or not found:
        return False
    sizes = {int(each) for each in found.groups() if each}
    return sizes <= widths and not sizes & {1, data.m}
