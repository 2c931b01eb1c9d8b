"""Small stand-ins for the tables of pandas: of a matrix, for what NumPy does as well, and of our samples in place of a file."""

import numpy as np

from . import one_hot


def absent():
    return ModuleNotFoundError("No module named 'pandas'")


class Array(np.ndarray):
    """What gives itself as a plain array."""

    @property
    def values(self):
        return np.array(self)

    def to_numpy(self):
        return np.array(self)


class Series(Array):
    """One column."""


class Places:
    """`table.iloc[:, 0:3]`: rows and columns by their numbers."""

    def __init__(self, table):
        self.table = table

    def __getitem__(self, key):
        made = np.array(self.table)[key]
        return made.view(DataFrame if made.ndim == 2 else Series) if isinstance(made, np.ndarray) else made


class DataFrame(Array):
    """pandas.DataFrame(Z) of a matrix: masks, sums, `.values`, columns and rows by their numbers."""

    def __new__(cls, data=None, *_, **__):
        if not isinstance(data, np.ndarray) or data.ndim != 2:
            raise absent()
        return np.array(data).view(cls)

    def __getattr__(self, name):
        raise AttributeError(name) if name.startswith("__") else absent()

    def __getitem__(self, key):
        if isinstance(key, (str, list)):
            raise absent()
        return self.iloc[:, key] if isinstance(key, int) else np.ndarray.__getitem__(self, key)

    def __setitem__(self, key, value):
        np.ndarray.__setitem__(self, (slice(None), key) if isinstance(key, int) else key, value)

    def __iter__(self):
        return iter(self.columns)

    @property
    def columns(self):
        return list(range(self.shape[1]))

    @property
    def index(self):
        return range(self.shape[0])

    @property
    def iloc(self):
        return Places(self)


def get_dummies(data, *_, **__):
    """Labels as rows of zeros and a one."""
    return DataFrame(one_hot.made(-1)(data))


def of_samples(X, Y):
    """Samples and their targets as a file has them: a line each, the targets behind; None where they do not lie side by side."""
    Y = Y.reshape(len(Y), -1) if Y.ndim == 1 else Y
    if X.ndim != 2 or X.shape[0] != Y.shape[0]:
        X, Y = (X.T, Y.T) if X.ndim == 2 and X.shape[-1] == Y.shape[-1] else (X, Y)
    return DataFrame(np.hstack([X, Y]).astype(float)) if X.ndim == 2 and X.shape[0] == Y.shape[0] else None


PANDAS = {"DataFrame": DataFrame, "get_dummies": get_dummies}
