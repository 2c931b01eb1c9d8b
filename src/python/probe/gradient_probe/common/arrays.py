"""Comparing arrays: equal, equal up to one factor."""

import numpy as np

#: What NumPy says of two sizes in a product that do not fit.
MISFIT = r"not aligned: (\d+) \(dim \d\) != (\d+) \(dim \d\)|\(size (\d+) is different from (\d+)\)"


def same_direction(one, other):
    """Equal up to one positive or negative factor; a single number up to its sign, for any two are equal up to a factor."""
    one, other = np.asarray(one, dtype=float), np.asarray(other, dtype=float)
    if one.shape != other.shape or not np.any(one) or not np.any(other):
        return False
    k = float(np.sum(one * other) / np.sum(one * one))
    if one.size == 1:
        return abs(abs(k) - 1) < 1e-4
    return abs(k) > 1e-12 and np.linalg.norm(other - k * one) < 1e-4 * np.linalg.norm(other)


def is_array(value):
    return isinstance(value, np.ndarray) and value.ndim > 0


def is_number(value):
    """A number, or an array of one; not a list or a tuple, whose parts need not have one shape."""
    return isinstance(value, (int, float, np.number, np.ndarray)) and np.size(value) == 1


def same(one, other):
    one, other = np.asarray(one), np.asarray(other)
    if one.shape != other.shape:
        return False
    # asked thousands of times: the methods are twice as fast as np.max
    scale = max(float(np.abs(one).max()), float(np.abs(other).max())) if one.size else 0
    return scale == 0 or float(np.abs(one - other).max()) < 1e-5 * scale


def nearer(one, other):
    """Whether a factor is 1 where the other is not."""
    return one is not None and abs(one - 1) < 1e-3 and not (other is not None and abs(other - 1) < 1e-3)


def dropped(value, truth, scaled=True):
    """Whether a value is the truth without a dropout mask: some entries should be 0, the others as they are, or with `scaled` larger by one factor."""
    there = np.abs(value) > 1e-12
    quotient = truth[there] / value[there]
    kept = quotient[np.abs(quotient) > 1e-9]
    return 0 < kept.size < quotient.size and np.ptp(kept) < 1e-4 * np.max(np.abs(kept)) and abs(kept[0]) > 1 + (1e-6 if scaled else -1e-6)


def sums_to_1(value):
    """Whether the entries of each sample sum to 1, as those of a softmax do, whichever way the samples lie."""
    return np.ndim(value) > 0 and any(np.shape(value)[axis] > 1 and np.allclose(np.sum(value, axis=axis), 1) for axis in range(np.ndim(value)))
