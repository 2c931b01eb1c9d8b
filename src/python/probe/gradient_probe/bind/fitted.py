"""Samples of the widths that a file fixes (784 inputs, 10 outputs)."""

import numpy as np

from ..common import names
from ..common.data import Data
from . import shrinking


def instance(attempt, owner, parameters):
    """The instance as root, and the data as wide as its weights; what its constructor keeps of the samples is of the same.
    `parameters()` makes those that the constructor does not make."""
    attempt.instance(owner)
    parameters()
    before = attempt.program.data
    fit(attempt)
    data = attempt.program.data
    if data is not before and attempt.keeps(before):
        attempt.start(attempt.setting.resized(data.n0, data.outputs, data.m))
        attempt.instance(owner)
        parameters()
        fit(attempt)
    one_batch(attempt)


def one_batch(attempt):
    """All our samples are one batch, whatever number of them a constructor writes down: `self.batch_size = 64`, by which a step divides."""
    for name, value in list(getattr(attempt.program.roots.get("self"), "__dict__", {}).items()):
        if names.is_name(name, names.BATCH_NAMES) and type(value) is int and value > 1:
            setattr(attempt.program.roots["self"], name, attempt.program.data.m)


def fit(attempt):
    """Where the file fixes the widths (784 inputs, 10 outputs), the data take them."""
    program, setting = attempt.program, attempt.setting
    # gamma of a batch normalization leads from no layer to another
    weights = [leaf for leaf in program.leaves if leaf.kind == "W" and len(leaf.shape) == 2 and not names.like_name(leaf.name, "gamma")]
    if not weights:
        return
    weights = from_inputs(weights, program.sizes.n0)
    first, last = weights[0], weights[-1]
    dims = program.sizes.dims
    if len(weights) == len(dims) - 1 and all(sorted(leaf.shape) == sorted((dims[number] + 1, dims[number + 1])) for number, leaf in enumerate(weights)):
        # the bias is a row or column of the weights
        return
    # one more is a bias that is a row of the weights: of samples that the constructor has seen, or of as many features as an exception told
    if not {program.sizes.n0, program.sizes.n0 + (attempt.holds_samples or "n0" in setting.fixed)} & set(first.shape) or program.sizes.nL not in last.shape:
        ends = [(first.shape[0], last.shape[1]), (first.shape[1], last.shape[0])]
        turned = len(weights) > 1 and weights[1].shape[1] == first.shape[0]
        if turned and first.shape[1] == 1 < first.shape[0]:
            # of two ways that fit, none has a hidden layer of one unit
            n0, nL = ends[1]
        elif len(weights) > 1 and (weights[1].shape[0] == first.shape[1] or (weights[1].shape[0] == first.shape[1] + 1 and not turned)):
            # one more where the bias is a row of the weights
            n0, nL = ends[0]
        else:
            n0, nL = ends[1]
        if len(weights) == 1 and setting.rows:
            n0, nL = ends[0]
        shapes = [leaf.shape for leaf in weights]
        joined = shrinking.chain(shapes) or shrinking.between_equals(shapes, [int(np.prod(leaf.shape)) for leaf in program.leaves if leaf.kind == "b"])
        if joined is not None:
            n0, nL = joined[0], joined[-1]
        if attempt.holds_samples and n0 == program.data.m > 1:
            raise LookupError("the samples lie the other way")
        program.sizes.dims = [n0] + program.sizes.dims[1:-1] + [nL]
        program.sizes.n0, program.sizes.nL = n0, nL
        m = program.data.m if program.data.m == 1 or nL < program.data.m else nL + 3
        if n0 == m > 1:
            m += 4
        program.data = Data(n0, nL, m, setting.rows, setting.form)
        program.settings["m"] = m


def from_inputs(weights, n0):
    """The weights from the input to the output where they are returned in another order, `w, w1, w0`: each takes up the width that the one before ends with. As they are where they form no such chain."""
    out, width = [], n0
    while len(out) < len(weights):
        following = [each for each in weights if each not in out and width in each.shape]
        if len(following) != 1:
            return weights
        out += following
        width = following[0].shape[1] if following[0].shape[0] == width else following[0].shape[0]
    return out
