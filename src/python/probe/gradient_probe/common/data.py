"""The samples a check runs on: small, seeded, and shaped so that mistakes show."""

import functools
import re

import numpy as np

from . import seeds

#: Different from every width, so that no mixed-up axis fits by chance.
M = 7
#: The learning rate of every step: a power of two, so that dividing by it loses nothing.
RATE = 0.03125

#: Forms of Y for code that takes one sample at a time: all outputs, or the number of the class.
SINGLE = ("vector", "label")
#: Samples that lie one after the other, each as a matrix of one column or one row: X (m, n, 1), Y (m, outputs, 1).
STACKED = "stacked"
#: One feature and one output, each sample a number: X (m,), Y (m,).
LINE = "line"


class Frame(np.ndarray):
    """An array that can be asked as a table of pandas is: X.values, y.to_numpy(), X.iloc[0], X.columns."""

    @property
    def values(self):
        return np.array(self)

    def to_numpy(self, *_, **__):
        return np.array(self)

    @property
    def iloc(self):
        return self

    #: the labels of the rows are their numbers
    loc = iloc

    def iterrows(self):
        return enumerate(self)

    @property
    def columns(self):
        return list(range(self.shape[-1]))

    @property
    def index(self):
        return np.arange(self.shape[0])


#: What is read of a table and of no array.
OF_TABLES = r"^'(?:numpy\.)?ndarray' object has no attribute '(values|to_numpy|iloc|loc|iterrows|columns|index)'"


@functools.lru_cache(maxsize=None)
def drawn(n0, outputs, m, seed):
    """(features × samples, label of each sample): every class occurs."""
    random = seeds.LEGACY(seed)
    X = random.standard_normal((n0, m))
    labels = np.arange(m) % max(outputs, 2)
    if m == 1:
        labels = np.ones(1, dtype=int)
    random.shuffle(labels)
    return X, labels


def takes_tables(error):
    """Whether an exception says that the code takes tables; from then on the samples can be asked as such."""
    if Data.framed or not isinstance(error, AttributeError) or not re.match(OF_TABLES, str(error)):
        return False
    Data.framed = True
    return True


def makes_matrices(text):
    """Whether code makes matrices of what it reads: `np.asmatrix(rows)`. Their sums keep both axes, and `*` is a matrix product."""
    return re.search(r"\b(asmatrix|(np|numpy)\.(mat|matrix))\(", text) is not None


def of_vectors(error):
    """Whether a vector stands in a product where a matrix of one row is meant: x.T of a sample."""
    return re.search(r"shapes \(\d+,\) and \(|with gufunc signature \(n\?,k\),\(k,m\?\)->\(n\?,m\?\) \(size 1 is", str(error)) is not None


class Data:
    """`rows`: a sample is a row of X. `form` is how Y lies: 'same' as the output, 'int' labels, 'flat' (m,), LINE, or one of SINGLE."""

    def __init__(self, n0, outputs, m, rows, form, seed=3, labels=None):
        X, own = drawn(n0, outputs, m, seed)
        labels = own if labels is None else labels
        self.n0, self.outputs, self.m, self.rows, self.form = n0, outputs, m, rows, form
        self.labels = labels
        if outputs == 1:
            Y = labels.reshape(1, m).astype(float)
        else:
            Y = np.eye(outputs)[:, labels % outputs]
        if form in SINGLE:
            self.X, self.Y = X[:, 0], Y[:, 0] if form == "vector" else int(labels[0] % max(outputs, 2))
            return
        self.X = X.T.copy() if rows else X
        if form == STACKED:
            self.X, self.Y = (np.expand_dims(each.T, 1 if rows else 2) for each in (X, Y))
        elif form == LINE:
            self.X, self.Y = X.reshape(-1), Y.reshape(-1)
        elif form == "int":
            self.Y = labels.astype(int)
        elif form == "int2":
            self.Y = labels.astype(int).reshape((m, 1) if rows else (1, m))
        elif form == "flat":
            self.Y = Y.reshape(-1) if outputs == 1 else labels.astype(float)
        elif form == "turned":
            # X and Y lie differently
            self.Y = Y.copy() if rows else Y.T.copy()
        elif form == "pairs":
            self.Y = Y.T.copy() if rows else Y
        else:
            self.Y = Y.T.copy() if rows else Y

    def target(self):
        """Y as (outputs × m), one-hot where there are classes."""
        return self.labels.reshape(1, self.m).astype(float) if self.outputs == 1 else np.eye(self.outputs)[:, self.labels % self.outputs]

    #: code was seen that takes tables
    framed = False
    #: samples and targets are matrices, as code makes them that calls np.asmatrix
    matrices = False

    def values(self):
        out = {"X": self.X.copy(), "Y": np.int64(self.Y) if self.form == "label" else self.Y.copy()}
        if Data.framed:
            out = {key: value.view(Frame) if isinstance(value, np.ndarray) else value for key, value in out.items()}
        if Data.matrices:
            out = {key: np.asmatrix(value) if np.ndim(value) == 2 else value for key, value in out.items()}
        if self.form == "same" and self.outputs > 1:
            # for a cost that looks up the number of the class, beside one-hot targets
            out["labels"] = self.labels % self.outputs
        if self.form == "label":
            out["onehot"] = self.target()[:, 0]
        elif self.form.startswith("int") and self.outputs > 1 and self.Y.size == self.labels.size:
            # for an argument that says one-hot, where the labels are integers
            out["onehot"] = np.eye(self.outputs)[self.labels % self.outputs]
            out["onehot"] = out["onehot"] if self.rows else out["onehot"].T
        return out


def one_by_one(X, Y, n0, in_rows=False):
    """[(sample, its target), …]: columns where the samples are columns; `in_rows`: matrices of one row where they are rows, and not vectors."""
    if X.ndim == 1:
        return [(X.copy(), Y.copy())]
    rows = X.shape[1] == n0
    if np.shape(Y)[:1 if rows or np.ndim(Y) < 2 else 2][-1] != len(X if rows else X.T):
        raise ValueError("the targets lie otherwise than the samples")
    at = lambda array, index: (array[index:index + 1] if in_rows else array[index]).copy() if rows or np.ndim(array) < 2 else array[:, index:index + 1].copy()
    # a label that is a number is one of Python's, which `type(y) == int` knows
    plain = lambda label: int(label) if np.ndim(label) == 0 and label.dtype.kind == "i" else label
    return [(at(X, index), plain(at(Y, index))) for index in range(X.shape[0 if rows else 1])]


#: One-hot targets that are written out, entry by entry: [i == label for i in range(classes)].
WRITTEN_OUT = r"\[\(?\w+ == (?:y|t|label|target)\)? for "


def stacks(text):
    """Whether code gives samples or targets a third dimension of 1: `x_train.reshape(len(x_train), 784, 1)`."""
    return re.search(r"reshape\((?:[^()]|\([^()]*\))*,(?:[^(),]|\([^()]*\))+,\s*1\s*\)?\s*\)", text) is not None


def of_classes(text):
    """Whether code speaks of several classes: softmax by name or by what it is, exp(z) / exp(z).sum(axis=1); one-hot targets; probs[range(m), y]; the largest of each sample's outputs, argmax(A, axis=1)."""
    if re.search(WRITTEN_OUT + r"|softmax|one[-_ ]?hot|argmax\((?:[^()]|\([^()]*\))*,\s*(?:axis\s*=\s*)?-?[01]\s*\)|to_categorical|exp\w*\s*/\s*np\.sum\(\s*\w*exp|\[\s*(np\.)?a?range\([^)]*\)\s*,\s*\w*y\w*\s*\]", text, re.I):
        return True
    return "exp(" in text and re.search(r"/=?\s*((np|numpy)\.sum\(([^()]|\([^()]*\))*,\s*(axis\s*=\s*)?-?[01]\b|\w+(\.\w+)*\.sum\(\s*(axis\s*=\s*)?-?[01]\b)", text) is not None
