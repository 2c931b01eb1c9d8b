"""Small stand-ins for the parts of SciPy that networks use, where the interpreter has no SciPy."""

import math
import types

import numpy as np


def expit(x, out=None):
    made = 1.0 / (1.0 + np.exp(-np.asarray(x, dtype=float)))
    if out is not None:
        out[...] = made
        return out
    return made


def logit(p):
    return np.log(p / (1.0 - np.asarray(p, dtype=float)))


def logsumexp(a, axis=None, keepdims=False):
    a = np.asarray(a, dtype=float)
    top = np.max(a, axis=axis, keepdims=True)
    made = top + np.log(np.sum(np.exp(a - top), axis=axis, keepdims=True))
    return made if keepdims else np.squeeze(made, axis=axis) if axis is not None else made.reshape(())[()]


def softmax(x, axis=None):
    return np.exp(x - logsumexp(x, axis=axis, keepdims=True))


def log_softmax(x, axis=None):
    return x - logsumexp(x, axis=axis, keepdims=True)


def xlogy(x, y):
    x = np.asarray(x, dtype=float)
    return np.where(x == 0, 0.0, x * np.log(y))


def erf(x):
    return np.vectorize(math.erf, otypes=[float])(x)


class truncnorm:
    """scipy.stats.truncnorm(a, b, loc, scale).rvs(shape), by clipping: only where weights start from."""

    def __init__(self, a, b, loc=0.0, scale=1.0):
        self.a, self.b, self.loc, self.scale = a, b, loc, scale

    def rvs(self, size=None, random_state=None):
        return self.loc + self.scale * np.clip(np.random.standard_normal(size), self.a, self.b)


SPECIAL = {"expit": expit, "logit": logit, "logsumexp": logsumexp, "softmax": softmax, "log_softmax": log_softmax, "xlogy": xlogy, "erf": erf}
STATS = {"truncnorm": truncnorm}


def module(name):
    """The stand-in for 'scipy.special' or 'scipy.stats'; None for any other module."""
    found = {"scipy.special": SPECIAL, "scipy.stats": STATS}.get(name)
    if found is None:
        return None
    made = types.ModuleType(name)
    made.__dict__.update(found)
    return made
