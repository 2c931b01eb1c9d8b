"""The person's own samples, laid out as their code takes them: rows or columns, labels or one-hot, as the seeded ones were."""

import numpy as np

from ..bind.binding import Setting
from ..common.data import Data, SINGLE


class Samples(Data):
    """`X` (m, n[0]) and `Y` (m, k) as numbers; `outputs` is the number of output units. ValueError where those do not fit."""

    def __init__(self, X, Y, outputs, rows, form):
        self.n0, self.outputs, self.m, self.rows, self.form = X.shape[1], outputs, len(X), rows, form
        if Y.shape[1] == outputs:
            self.wide = Y.T.copy()
            self.labels = Y[:, 0] if outputs == 1 else np.argmax(Y, axis=1)
        else:
            self.labels = Y[:, 0].astype(int)
            if Y.shape[1] != 1 or np.any(self.labels != Y[:, 0]) or np.any(self.labels < 0) or np.any(self.labels >= outputs):
                raise ValueError("the targets are no classes 0 to %d" % (outputs - 1))
            self.wide = np.eye(outputs)[:, self.labels]
        if outputs == 1 and np.all(self.labels == self.labels.astype(int)):
            self.labels = self.labels.astype(int)
        if form.startswith("int") and (self.labels.dtype.kind != "i" or (outputs > 1 and not one_hot(self.wide))):
            raise ValueError("the targets are no classes, and the code takes classes")
        if form in SINGLE:
            self.X, self.Y = X[0].copy(), self.wide[:, 0] if form == "vector" else int(self.labels[0])
            return
        self.X = X.copy() if rows else X.T.copy()
        if form == "int":
            self.Y = self.labels.copy()
        elif form == "int2":
            self.Y = self.labels.reshape((self.m, 1) if rows else (1, self.m))
        elif form == "flat":
            self.Y = self.wide.reshape(-1) if outputs == 1 else self.labels.astype(float)
        elif form == "turned":
            self.Y = self.wide.copy() if rows else self.wide.T.copy()
        else:
            self.Y = self.wide.T.copy() if rows else self.wide.copy()

    def target(self):
        return self.wide


def one_hot(wide):
    return bool(np.all((wide == 0) | (wide == 1)) and np.all(wide.sum(axis=0) == 1))


#: Seeds to try: at one width more or less every output may be dead by chance.
SEEDS = (3, 4, 5, 6)


def setting_for(bound, samples, seed):
    """The setting that was bound, at the widths of the samples. Its own data are seeded: a binding must not depend on what the samples hold."""
    out = Setting([samples.n0] + list(bound.sizes.dims[1:-1]) + [samples.outputs], bound.rows, bound.form, samples.m)
    out.fixed = frozenset(("n0", "nL", "m"))
    out.data = lambda: Data(samples.n0, samples.outputs, samples.m, bound.rows, bound.form, seed)
    return out


def outputs_for(Y, bound, softmax):
    """Numbers of output units to try, for a network that was bound with `bound` of them. ValueError where there is none."""
    if Y.shape[1] > 1:
        if softmax and not one_hot(Y.T):
            raise ValueError("the targets are no classes, and the outputs are a softmax")
        return [Y.shape[1]]
    if bound == 1:
        return [1]
    classes = np.all(Y == Y.astype(int)) and Y.min() >= 0 and Y.max() < max(bound, 2)
    if softmax and not classes:
        raise ValueError("the targets are no classes, and the outputs are a softmax")
    return ([max(2, int(Y.max()) + 1), bound] if classes else []) + ([] if softmax else [1])
