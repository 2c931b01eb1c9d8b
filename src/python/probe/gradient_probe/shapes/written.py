"""The samples that a script itself writes down, and the samples to try in their place."""

import ast

import numpy as np

from ..bind.binding import settings_for
from ..bind.pool import Sizes
from ..common import names
from ..common.data import LINE, Data, M, SINGLE, of_classes
from ..common.syntax import walk
from .script_widths import is_matrix


def literal(code, name):
    # what was given for it is none of the file's own
    value = code.namespace.get(name) if name not in code.supplied else None
    if isinstance(value, list) and value and all(isinstance(each, (int, float, list)) for each in value):
        # [[0, 0], [0, 1], …] as Python has it
        try:
            value = np.array(value)
        except ValueError:
            return None
    return value if isinstance(value, np.ndarray) and value.dtype.kind in "fiub" and 0 < value.ndim <= 2 and value.size < 200000 else None


def lie(X, Y):
    """(features, outputs, m, rows, form) of samples and targets as a file has them, each None where it is no array; None where that does not say how they lie."""
    if X is not None and Y is not None and X.ndim == Y.ndim == 1 and X.size == Y.size > 1:
        return 1, 1, X.size, True, LINE
    if X is not None and X.ndim == 1 and (Y is None or Y.ndim == 1):
        return X.size, 1 if Y is None else Y.size, 1, True, "vector"
    if X is None or X.ndim != 2 or Y is None or not X.size or not Y.size:
        return None
    # as many features as outputs: there are more samples than these
    rows = X.shape[0] >= X.shape[1] if X.shape == Y.shape else Y.shape[0] == X.shape[0] or Y.size == X.shape[0]
    m = X.shape[0] if rows else X.shape[1]
    n0, outputs = X.size // m, max(1, Y.size // m)
    form = "flat" if Y.ndim == 1 else "same" if X.shape == Y.shape or (Y.shape[0] == X.shape[0]) == rows else "turned"
    return n0, outputs, m, rows, form


def counts(code, own):
    """Names of whole numbers that are how many samples the file itself has, and no width of it."""
    if own is None or own[2] in own[:2] or any(own[2] in value.shape for name, value in code.namespace.items() if is_matrix(value) and names.is_weight(name)):
        return set()
    return {name for name, value in code.namespace.items() if type(value) is int and value == own[2] > 1}


def trained(name):
    return names.like_name(name, "test|valid|dev")


def divided_by(code, m):
    """Whether the file divides by its own number of samples as a number, `np.dot(dZ, A.T) / 4`; a half is more often the one of a cost."""
    return m > 2 and any(isinstance(each, ast.BinOp) and isinstance(each.op, ast.Div) and isinstance(each.right, ast.Constant) and each.right.value == m for each in walk(code.source.tree))


def datas(code, own):
    """Samples to try: as many features and outputs as the file's own have, else by the usual settings."""
    if own is not None:
        n0, outputs, m, rows, form = own
        for each in [form] if outputs > 1 or form != "flat" else [form, "int"]:
            # what is right for its one sample is right for it: a softmax over all entries, a bias's gradient without a sum
            for count in dict.fromkeys((1,) if m == 1 else (m, M, 1) if divided_by(code, m) else (M, m if m < 200 else M, 1)):
                yield Sizes([n0, 4, outputs]), Data(n0, outputs, count, rows, each)
        if (n0, outputs, rows) == (1, 1, False) and m > 1:
            # one row and one row may be one sample with its targets
            for count in (M, 1):
                yield Sizes([m, 4, m]), Data(m, m, count, True, "same")
        return
    wide = of_classes(code.text) or "eye(" in code.text
    for outputs in ((3, 1) if wide else (1, 3)):
        for setting in settings_for(code, [], outputs, 2):
            if setting.form not in SINGLE:
                yield setting.sizes, setting.data()
