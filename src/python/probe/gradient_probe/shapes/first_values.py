"""The value with which a training begins a parameter: drawn, then scaled; set to 0 by the constructor, and once more by the training."""

import re

import numpy as np

from ..common import names


def begins(site):
    return site.kind == "assign" and re.search(r"^-?\d+(\.\d*)?$|zeros|rand|normal|uniform", site.value or "") is not None


def set_anew(recorder, arrays, first):
    """The last statement that begins a number: the training sets the bias to 0 as the constructor did."""
    site = recorder.sites[first.site]
    again = [each for each in arrays if begins(recorder.sites[each.site]) and recorder.sites[each.site].target == site.target]
    return again[-1] if again else first


def scaled(recorder, arrays, first, data):
    """The last of `W = randn(…)`, `W *= 0.01`, before anything is computed of the samples: set before it is scaled, a parameter would be another one."""
    site = recorder.sites[first.site]
    for each in arrays:
        other = recorder.sites[each.site]
        if each.order <= first.order:
            continue
        if computed(data, each.value) and not names.holds_samples(other.target) and not names.holds_targets(other.target):
            break
        if (other.file, other.function, other.target) == (site.file, site.function, site.target):
            if other.kind not in ("update", "assign") or each.value.size == 1 and "-" in (other.value or "") or not multiple(first.value, each.value):
                break
            first = each
    return first


def computed(data, value):
    """Whether an array was computed of the samples: it has one of each, and is neither they nor their targets."""
    return data.m in value.shape and not any(value.size == each.size and np.array_equal(value.ravel(), each.ravel()) for each in (data.X, data.Y))


def multiple(value, other):
    """Whether another value is a positive number times this one."""
    if value.shape != other.shape or not np.any(value):
        return False
    k = float(np.sum(other * value) / np.sum(value ** 2))
    return k > 0 and np.allclose(other, k * value, rtol=1e-9, atol=0)
