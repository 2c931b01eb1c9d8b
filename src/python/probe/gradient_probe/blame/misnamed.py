"""An activation that is not what its name says, `relu` that gives |z|: where the derivative is that of the name, the activation is the broken link."""

import ast
import re
import types

import numpy as np

from ..bind.activations import USUAL
from ..common import names, numeric
from ..common.sandbox import TimeUp, Timer
from ..common.syntax import walk
from ..judge.slopes import POINTS, asked, every_pair, is_slope
from ..source.functions import Function

#: A small slope below 0 is a relu too.
NEAR = 0.05
#: What a mistake in an activation looks like behind it.
RULES = ("activation-derivative", "loss-derivative", "wrong-value", "mask")
#: What people call a softmax.
SOFTMAX = r"^(stable|safe|my|activate|calc|compute)?softmax(stable|activation|function|func|fn|forward|act|layer)?$"
#: What the names mean, in words.
WORDS = {"relu": "max(0, Z)", "sigmoid": "1 / (1 + exp(-Z))", "tanh": "tanh(Z)"}


def found(program):
    """(function, message) of the one activation that ran and is another function than its name says, which makes the gradients wrong; None where there is none, or several."""
    wrong = another(program)
    return None if wrong is None or without_avail(program, wrong[0]) else wrong


def another(program):
    """The same, whether the gradients are wrong by it or not."""
    code, steps = program.code, program.steps
    # DerivativeOf.sigmoid is no activation
    every = [each for each in code.every if code.runs(each.name, steps) and not names.like_name(each.title, names.DERIVATIVE)]
    every += [inner for each in every for inner in inside(each, code)]
    # (1 + f) * (1 - f) / 2 beside 2 * sigmoid - 1: that activation is meant
    meant = {each.of for each in every_pair(code) if is_slope(each)}
    every = [each for each in every if each.name not in meant]
    wrong = [(each, said(each)) for each in every if names.plain(each.name) in WORDS and differs(each)]
    wrong += [(each, text % each.name) for each in every if re.match(SOFTMAX, names.plain(each.name)) and program.data.m > 1 for text in [wrong_sum(each, program)] if text is not None]
    return wrong[0] if len(wrong) == 1 else None


def blame(evaluation):
    """Puts the activation of a layer that is wrong by itself in the place of its backward pass, where it is another function than its name says."""
    forward = evaluation.program.chain[0]
    if names.plain(forward.name) in WORDS and differs(forward):
        evaluation.update = place(forward), "activation-derivative", said(forward), None


def said(function):
    return "%s is not %s, for which what comes after it takes it." % (function.name, WORDS[names.plain(function.name)])


def without_avail(program, function):
    """Whether as many gradients are wrong with the activation that is meant in its place: then it is not what makes them so."""
    meant = USUAL.get(names.plain(function.name), (None,))[0]
    if meant is None:
        return False

    def corrected(*given, **options):
        out, points = function.target(*given, **options), given[1 if function.bound else 0] if len(given) > function.bound else next(iter(options.values()))
        return (meant(points),) + out[1:] if isinstance(out, tuple) else meant(points)

    holder, before = function.owner or program.code.namespace, right(program)
    stood = vars(function.owner).get(function.name) if function.owner else holder.get(function.name)
    set_in = setattr if function.owner else dict.__setitem__
    if stood is not function.target:
        # kept in another function, or a static method
        return False
    try:
        set_in(holder, function.name, corrected)
        return right(program) <= before
    except (Exception, TimeUp):
        return False
    finally:
        set_in(holder, function.name, stood)


def right(program):
    """How many gradients have the direction that they should have, by the cost for which most have."""
    checks, _ = numeric.check(program)
    return max([sum(1 for each in of_cost if each.proportional or each.agrees) for of_cost in checks.values()] or [0])


def place(function):
    """Where a function gives what it gives, as a site."""
    node = max(function.returns, key=lambda each: each.lineno)
    return types.SimpleNamespace(file=function.file, function=function.name, line=node.lineno, end_line=node.end_lineno, column=node.col_offset, end_column=node.end_col_offset)


def inside(function, code):
    """The activations that a function keeps to itself, `def tanh(Z)` in a forward pass, as far as they can be made outside it."""
    for each in walk(function.node):
        if isinstance(each, ast.FunctionDef) and each is not function.node and names.plain(each.name) in WORDS:
            made = {}
            try:
                exec(compile(ast.fix_missing_locations(ast.Module(body=[each], type_ignores=[])), function.file, "exec"), dict(code.namespace), made)
            except Exception:
                continue
            yield Function(each.name, made[each.name], each, None, function.file, function.own)


def wrong_sum(function, program):
    """What is wrong with what a softmax of two samples sums to; None where the outputs of each sum to 1."""
    try:
        with Timer(0.5):
            given = first(function, POINTS)
    except (Exception, TimeUp):
        return None
    if given.shape != POINTS.shape:
        return None
    if abs(float(given.sum()) - 1) < 1e-9:
        return "%s divides by the sum over all samples: the outputs of each sample must sum to 1."
    AL, m = program.run().AL, program.data.m
    # W @ X.T has the samples in its columns, where X has them in its rows
    samples = np.shape(AL).index(m) if np.shape(AL).count(m) == 1 else 0 if program.data.rows else 1
    if np.ndim(AL) != 2 or min(np.shape(AL)) < 2 or np.allclose(np.sum(AL, axis=1 - samples), 1) or not np.allclose(np.sum(AL, axis=samples), 1):
        return None
    return "%%s sums over the samples: the outputs of each sample must sum to 1, with axis=%d." % (1 - samples)


def differs(function):
    if len(function.needed) != 1 or not function.returns:
        return False
    meant, _ = USUAL[names.plain(function.name)]
    for points in (POINTS, POINTS.reshape(-1)):
        try:
            with Timer(0.5):
                given = first(function, points)
        except (Exception, TimeUp):
            continue
        if given.shape == points.shape and np.all(np.isfinite(given)):
            return bool(np.any(np.abs(given - meant(points)) > NEAR))
    return False


def first(function, points):
    """What it gives for points, without what it keeps beside: `return A, Z`."""
    if any(isinstance(each, ast.Tuple) for each in function.returns):
        call = function.target.__get__(object.__new__(function.owner)) if function.bound else function.target
        return np.asarray(call(points.copy())[0], dtype=float)
    return asked(function)(points)
