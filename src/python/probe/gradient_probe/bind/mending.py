"""What an exception says about the number of features or outputs that code wants whose widths are written down."""

import ast
import functools
import re

import numpy as np

from ..common import frames
from ..common import names
from ..common.arrays import MISFIT
from ..common.data import Data
from ..common.syntax import walk
from ..source.functions import called_name
from ..source.naming import holder
from .pool import Sizes

#: Wider is no network that a check can take differences of.
MOST = 20000


class OtherEnds(LookupError):
    """What ran has another number of outputs than ours: `ends` are the features and outputs of its weights."""

    def __init__(self, text, ends):
        LookupError.__init__(self, text)
        self.ends = ends


def lacking(text, weights, sizes):
    """The exception for something that a run did not compute: with the number of outputs of its weights, where that is another than ours."""
    width = sizes.n0
    for shape in [leaf.shape for leaf in weights if leaf.kind == "W" and len(leaf.shape) == 2]:
        if width not in shape:
            return LookupError(text)
        width = shape[1] if shape[0] == width else shape[0]
    return LookupError(text) if width == sizes.nL or width > MOST else OtherEnds(text, (sizes.n0, width))


def of_one_number(program):
    """Stops where the only weight is a single number: `W * x + b` has one feature and one output, though more would broadcast."""
    weights = [leaf for leaf in program.leaves if leaf.kind == "W"]
    if [leaf.shape for leaf in weights] == [()] and (program.sizes.n0, program.sizes.nL) != (1, 1):
        raise OtherEnds("one weight is of one feature", (1, 1))


def wanted(error, sizes, data):
    """(features, outputs) to try instead of ours, or None where the exception is of another kind."""
    if isinstance(error, OtherEnds):
        return error.ends
    text = str(error)
    n0, nL, m = sizes.n0, sizes.nL, data.m
    found = re.search(MISFIT, text)
    if found:
        one, other = [int(each) for each in found.groups() if each]
        if (other if data.rows == (found.group(3) is not None) else one, n0) == (n0 + 1, min(one, other)) and n0 > 2:
            # a column of ones was put beside as many features as the weights take with it
            return n0 - 1, nL
        for ours, theirs in ((one, other), (other, one)):
            if ours == n0 and theirs not in (m, 1, n0):
                return (theirs, nL) if theirs <= MOST else None
        if one_feature(text, n0, m):
            return 1, nL
        for ours, theirs in ((one, other), (other, one)):
            if ours == n0 + 1 and ours not in (m, m + 1, nL) and theirs not in (m, m + 1, n0) and 2 < theirs <= MOST:
                # a column of ones is put beside the samples
                return theirs - 1, nL
        for ours, theirs in ((one, other), (other, one)):
            if ours == nL and theirs not in (m, n0, nL) and 1 < theirs <= MOST:
                return n0, theirs
        return None
    found = re.search(r"cannot reshape array of size \d+ into shape \(.*?(\d{2,})(?:,1)?,?(?:newaxis)?\)", text)
    if found and int(found.group(1)) not in (n0, m) and int(found.group(1)) <= MOST:
        size = int(re.search(r"size (\d+)", text).group(1))
        # Y.reshape(10, -1) says how many outputs there are
        return (n0, int(found.group(1))) if size in (m * nL, nL) and size not in (m * n0, n0) else (int(found.group(1)), nL)
    found = re.search(r"could not be broadcast together with shapes \(([\d,]+)\) \(([\d,]+)\)", text)
    if found:
        one, other = [[int(each) for each in group.split(",") if each] for group in found.groups()]
        for ours, theirs in ((one, other), (other, one)):
            rest = [each for each in theirs if each not in ours and each not in (1, m, n0)]
            if nL in ours and nL != 1 and len(rest) == 1 and rest[0] <= MOST:
                return n0, rest[0]
            if n0 in ours and len(rest) == 1 and n0 not in theirs and nL not in ours:
                return rest[0], nL
    found = re.search(r"too many values to unpack \(expected (\d+)\)|not enough values to unpack \(expected (\d+), got (\d+)\)", text)
    if found:
        # `x1, x2 = sample`: the file says how many features there are
        count, got = int(found.group(1) or found.group(2)), int(found.group(3) or n0)
        return (count, nL) if got == n0 != count else (n0, count) if got == nL != count else None
    if re.search(r"^list (assignment )?index out of range", text) and nL > 2:
        # two classes are written down in some list
        return n0, 2
    found = re.search(r"index (\d+) is out of bounds for axis \d with size (\d+)", text)
    if found and int(found.group(1)) < nL and 1 < int(found.group(2)) < nL:
        # a label of ours that their outputs have no place for
        return n0, int(found.group(2))
    return None


def one_feature(text, n0, m):
    """Whether weights of one input stand beside all samples in a product: W1 (h, 1) times X (n0, m), or X (m, n0) times W1 (1, h)."""
    found = re.search(r"shapes \((\d+),(\d+)\) and \((\d+),(\d+)\) not aligned", text)
    a, b, c, d = [int(each) for each in found.groups()] if found else (0, 0, 0, 0)
    return m > 1 and ((c, d) == (n0, m) and b == 1 < a or (a, b) == (m, n0) and c == 1 < d)


@functools.lru_cache(maxsize=None)
def nodes(tree, kind):
    """The nodes of one kind: a tree is asked for them after each failure."""
    return [each for each in walk(tree) if isinstance(each, kind)]


def own_place(error, trees):
    """(file, line) of theirs where an exception came about; None where it did in none of their lines."""
    passed = frames.places(error.__traceback__, trees)
    return (passed[-1][2], passed[-1][1]) if passed else None


def asserted(error, trees, sizes):
    """(features, outputs) where an assertion that failed has one of them as a number: `assert AL.shape == (10, X.shape[1])`, `assert self.layers[-1] == 10`."""
    place = own_place(error, trees) if isinstance(error, AssertionError) else None
    for each in nodes(trees[place[0]], ast.Assert) if place is not None else ():
        if not each.lineno <= place[1] <= each.end_lineno or not isinstance(each.test, ast.Compare):
            continue
        left, right = each.test.left, each.test.comparators[0]
        if isinstance(left, ast.Attribute) and left.attr == "shape" and isinstance(right, ast.Tuple):
            written = [one.value for one in right.elts if isinstance(one, ast.Constant) and isinstance(one.value, int)]
            return (sizes.n0, written[0]) if len(written) == 1 and 1 < written[0] <= MOST and written[0] != sizes.nL else None
        if isinstance(each.test.ops[0], ast.Eq) and isinstance(right, ast.Constant) and type(right.value) is int and 1 < right.value <= MOST:
            ours = value_there(left, error)
            return (sizes.n0, right.value) if ours == sizes.nL else (right.value, sizes.nL) if ours == sizes.n0 else None
    return None


def value_there(expression, error):
    """What an expression is worth where an exception came about, None where that is no number; nothing but names, attributes and entries is asked."""
    if any(isinstance(each, (ast.Call, ast.Lambda, ast.Await, ast.NamedExpr)) for each in walk(expression)):
        return None
    tb = error.__traceback__
    while tb.tb_next is not None:
        tb = tb.tb_next
    try:
        value = eval(compile(ast.Expression(expression), "<assert>", "eval"), tb.tb_frame.f_globals, tb.tb_frame.f_locals)
    except Exception:
        return None
    return int(value) if isinstance(value, (int, np.integer)) else None


def refused(error, trees, sizes):
    """(features, outputs) where the file raises an exception because an array has not as many of them as it says: `if X.shape[1] != 784: raise ValueError(…)`."""
    place = own_place(error, trees)
    for each in nodes(trees[place[0]], ast.If) if place is not None else ():
        if any(isinstance(one, ast.Raise) and one.lineno <= place[1] <= one.end_lineno for one in each.body):
            for test in [one for one in walk(each.test) if isinstance(one, ast.Compare) and isinstance(one.ops[0], ast.NotEq)]:
                left, right = test.left, test.comparators[0]
                if isinstance(left, ast.Subscript) and isinstance(left.value, ast.Attribute) and left.value.attr == "shape" and type(getattr(right, "value", None)) is int and 1 < right.value <= MOST:
                    return (sizes.n0, right.value) if names.holds_targets(holder(left.value.value)) else (right.value, sizes.nL)
    return None


def samples(error, sizes, data, trees):
    """How many samples code wants that has their number written down, `Y.reshape(209, 1)` or `dZ @ np.ones((4, 1))`; None where the exception is of another kind."""
    if data.m == 1:
        return None
    found = re.search(MISFIT, str(error))
    if found:
        one, other = [int(each) for each in found.groups() if each]
        count, place = one if other == data.m else other, own_place(error, trees)
        if data.m not in (one, other) or count <= sizes.nL or count > MOST or place is None:
            return None
        return count if any(each.lineno <= place[1] <= each.end_lineno and len(each.args) == 1 and called_name(each) in ("ones", "zeros", "full") and count in [getattr(one, "value", None) for one in walk(each.args[0])] for each in nodes(trees[place[0]], ast.Call)) else None
    found = re.search(r"cannot reshape array of size (\d+) into shape \((\d+),?(\d*)\)", str(error))
    if not found:
        return None
    size, total = int(found.group(1)), int(found.group(2)) * int(found.group(3) or 1)
    if size not in (data.m, data.m * sizes.nL) or total % (size // data.m) or total // (size // data.m) <= sizes.nL:
        return None
    return total // (size // data.m) if data.m < total // (size // data.m) <= MOST else None


def resized(sizes, data, ends):
    """(Sizes, Data) with other ends; more samples than outputs."""
    n0, nL = ends
    m = data.m if nL < data.m or data.m == 1 else nL + 3
    return Sizes([n0] + sizes.dims[1:-1] + [nL]), Data(n0, nL, m, data.rows, data.form)
