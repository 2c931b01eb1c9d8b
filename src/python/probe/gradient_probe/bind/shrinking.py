"""Makes a network that a file fixes at 784-128-10 small: differences and the search for the broken link stay fast."""

import numpy as np

from ..common import names
from . import parameters as where

#: Widths above this are made small.
WIDE = 16
#: Widths that stand for those of the file, in the order in which the layers have them; all different, none the number of samples.
SMALL = (5, 4, 6, 8, 9, 10, 11, 12)
OUTPUTS = 3


def plan(found, outputs=OUTPUTS):
    """{width of the file: small width} for (root, path, name, value) of all parameters; None where nothing is wide. `outputs`: how many there are to be of them."""
    shapes = [np.shape(value) for _, _, _, value in found if np.ndim(value) == 2 and min(np.shape(value)) > 1]
    if not shapes or max(max(shape) for shape in shapes) <= WIDE:
        return None
    chain = order(shapes, [np.size(value) for _, _, name, value in found if names.is_bias(where.base(name))])
    out = {}
    # one more than the layer before has: its units and the 1 that the bias goes with
    more = {after[0] for before, after in zip(shapes, shapes[1:]) if after[0] == before[1] + 1}
    for width in chain:
        if width in out or len(out) >= len(SMALL):
            continue
        if width in more and width - 1 in out:
            out[width] = out[width - 1] + 1
        else:
            out[width] = next((each for each in SMALL if each not in out.values() and (width + 1 not in more or each + 1 not in out.values() and each + 1 in SMALL)), width)
    if chain[-1] > 1 and chain.count(chain[-1]) == 1:
        out[chain[-1]] = outputs
    return out if len(set(out.values())) == len(out) else None


def order(shapes, biases):
    """Widths from the input to the output, whichever side of a weight is which."""
    joined = chain(shapes) or between_equals(shapes, biases)
    if joined is not None:
        return joined
    turned = len(shapes) > 1 and shapes[0][0] == shapes[1][1] and shapes[0][1] != shapes[1][0]
    out = []
    for shape in shapes:
        for width in (shape[::-1] if turned or (len(shapes) == 1 and shape[0] < shape[1]) else shape):
            if not out or out[-1] != width:
                out.append(width)
    return out


def chain(shapes):
    """Widths from the input to the output where each weight has exactly one width in common with the next, however they lie; else None."""
    if len(shapes) < 2 or len(set(shapes[0]) & set(shapes[1])) != 1 or len(set(shapes[0])) != 2:
        return None
    shared = next(iter(set(shapes[0]) & set(shapes[1])))
    out = [shapes[0][1] if shapes[0][0] == shared else shapes[0][0], shared]
    for shape in shapes[1:]:
        if out[-1] not in shape:
            return None
        out.append(shape[1] if shape[0] == out[-1] else shape[0])
    return out


def between_equals(shapes, biases):
    """The widths of a network with as many outputs as inputs, 2-30-2, where (30, 2) and (2, 30) may be read both ways: its first bias has the units of the hidden layer. None of any other."""
    if len(shapes) != 2 or tuple(shapes[0]) != tuple(shapes[1])[::-1] or len(set(shapes[0])) != 2 or not biases or biases[0] not in shapes[0] or biases[0] == biases[-1]:
        return None
    ends = next(each for each in shapes[0] if each != biases[0])
    return [ends, biases[0], ends]


def apply(found, widths, holders):
    """The same parameters at the small widths; the numbers of units that `holders` (instances) keep follow."""
    for holder in holders:
        for key, value in where.attributes(holder):
            if isinstance(value, bool) or names.is_name(key, names.RATE_NAMES + "|" + names.M_NAMES + "|" + names.BATCH_NAMES + "|" + names.ITER_NAMES):
                continue
            if isinstance(value, int) and value in widths:
                object.__setattr__(holder, key, widths[value])
            elif isinstance(value, (list, tuple)) and value and all(isinstance(each, int) and each in widths for each in value):
                object.__setattr__(holder, key, type(value)(widths[each] for each in value))
    # what was the very same array stays one
    small = {id(value): np.zeros(tuple(widths.get(size, size) for size in np.shape(value))) for _, _, _, value in found}
    for holder in holders:
        follow(holder, found, small)
    return [(root, path, name, small[id(value)]) for root, path, name, value in found]


def follow(holder, found, small):
    """What an optimizer keeps beside the parameters, zeros of their very shapes, becomes small with them: it is copied in every run, and moves them."""
    shapes = {np.shape(value): np.shape(small[id(value)]) for _, _, _, value in found}
    for path, _, value in where.leaves(holder):
        if id(value) not in small and np.shape(value) in shapes and not np.any(value):
            where.put(holder, path, np.zeros(shapes[np.shape(value)]))
