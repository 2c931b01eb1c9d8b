"""Small stand-ins for the parts of SciPy, pandas and scikit-learn that networks use, where the interpreter has none of them."""

import math
import types

import numpy as np

from . import encoders
from . import metrics
from . import tables


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


class Frozen:
    """A distribution with its parameters given: truncnorm(-2, 2, loc=0, scale=0.1)."""

    def __init__(self, draw, *given, **named):
        self.draw, self.given, self.named = draw, given, named

    def rvs(self, size=None, random_state=None):
        return self.draw(*self.given, size=size, **self.named)


class Distribution:
    """One of scipy.stats, drawn from frozen or at once: truncnorm(a, b).rvs(shape), truncnorm.rvs(a, b, size=shape)."""

    def __init__(self, draw):
        self.draw = draw

    def __call__(self, *given, **named):
        return Frozen(self.draw, *given, **named)

    def rvs(self, *given, size=None, random_state=None, **named):
        return self.draw(*given, size=size, **named)


def truncnorm(a, b, loc=0.0, scale=1.0, size=None):
    """By clipping: only where weights start from."""
    return loc + scale * np.clip(np.random.standard_normal(size), a, b)


def norm(loc=0.0, scale=1.0, size=None):
    return np.random.normal(loc, scale, size)


def uniform(loc=0.0, scale=1.0, size=None):
    return np.random.uniform(loc, loc + scale, size)


class coo_matrix:
    """scipy.sparse.coo_matrix((ones, (rows, columns)), shape): labels as a one-hot matrix, not sparse here."""

    def __init__(self, given, shape=None, dtype=None):
        if isinstance(given, tuple) and len(given) == 2 and isinstance(given[1], tuple):
            values, (rows, columns) = given
            self.dense = np.zeros(shape if shape is not None else (np.max(rows) + 1, np.max(columns) + 1), dtype or np.asarray(values).dtype)
            np.add.at(self.dense, (np.asarray(rows), np.asarray(columns)), values)
        else:
            self.dense = np.zeros(given, dtype or float) if isinstance(given, tuple) else np.array(given, dtype)
        self.shape = self.dense.shape

    def toarray(self):
        return self.dense.copy()

    todense = toarray


SPECIAL = {"expit": expit, "logit": logit, "logsumexp": logsumexp, "softmax": softmax, "log_softmax": log_softmax, "xlogy": xlogy, "erf": erf}
STATS = {each.__name__: Distribution(each) for each in (truncnorm, norm, uniform)}
SPARSE = dict({name: coo_matrix for name in ("coo_matrix", "csr_matrix", "csc_matrix")}, **{name: lambda x: isinstance(x, coo_matrix) for name in ("issparse", "isspmatrix")})


def attribute(package, name):
    """The stand-in for `package.name`, a module, a class, an encoder or a score; None for any other."""
    if package == "sklearn.metrics":
        return metrics.METRICS.get(name)
    if package == "pandas" and name in tables.PANDAS:
        return tables.PANDAS[name]
    return encoders.find(package, name) or module(package + "." + name)


def module(name):
    """The stand-in for 'scipy.special', 'scipy.stats' or 'scipy.sparse'; None for any other module."""
    found = {"scipy.special": SPECIAL, "scipy.stats": STATS, "scipy.sparse": SPARSE}.get(name)
    if found is None:
        return None
    made = types.ModuleType(name)
    made.__dict__.update(found)
    return made
