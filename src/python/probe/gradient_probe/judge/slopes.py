"""An activation and its derivative, each pair by itself: also what the network that was checked does not use, and where none could be."""

import ast
import re
import types

import numpy as np

from ..certain.reading import Mistake
from ..common import names
from ..common.sandbox import TimeUp, Timer
from ..common.syntax import walk, walk_own
from ..source.functions import called_name
from . import softmax_alone

POINTS = np.array([[-1.3, -0.4], [0.6, 1.7]])
STEP = 1e-5
#: What is said of a name that is that of a derivative.
BEFORE, AFTER = r"^(derivative(of)?|derivada(de)?|deriv|der|gradient(of)?|grad|diff|d)(?=[a-z]{4})", r"(derivatives?|derivate|derive|deriv|derv|prime|gradient|grad|der|dash|[dp])$"
#: A derivative that says nothing else is that of what it calls.
ALONE = r"^(derivatives?|deriv|derv|prime|dash)$"
FLAG = "deriv|prime|grad"
PASSES = "%s is 1 at 0, and is given A, which is 0 wherever Z is negative: it lets everything through. It must be 0 at 0: > instead of >=."
#: Methods of a class that is one activation.
VALUES = ("__call__", "forward", "f", "fn", "activate", "activation", "function", "compute", "call", "apply", "value")
SLOPES = ("derivative", "deriv", "prime", "df", "grad", "gradient", "f_prime", "d")


class Pair:
    """`activation` and `derivative` take points and give as many numbers; `function` is what computes the derivative, in the branch of a `flag` where it has one, or of a `word` that it compares with."""

    def __init__(self, activation, derivative, function, of, flag=None, word=None):
        self.activation, self.derivative, self.function, self.of, self.flag, self.word = activation, derivative, function, of, flag, word

    @property
    def says(self):
        return "%s is not the derivative of %s, neither at Z nor at A." % ("%s with '%s'" % (self.function.name, self.word) if self.word is not None else self.function.name if self.flag is None else "%s with %s" % (self.function.name, self.flag), self.of)


def wrong(code, recorder, used):
    """(site, rule, message, formula) of a derivative that is none, neither at Z nor at A; None where all are right.

    `used`: names of the functions that ran in the check: how they are called was judged there.
    """
    for pair in untrue(code, used):
        site = site_of(pair.function, recorder, returning(pair).lineno)
        if site is not None:
            return site, "activation-derivative", pair.says, None
    for function in softmax_alone.diagonal(code, used):
        site = site_of(function, recorder)
        if site is not None:
            return site, "activation-derivative", softmax_alone.SAYS % function.name, softmax_alone.FORMULA
    return None


def wrong_in(code, recorder, ran, given=None):
    """The same of a pair of which both ran in the check, whose gradient is wrong: the derivative is the mistake, whatever looks like it behind. `given`: the name of what is given a wrong value."""
    both = [each for each in every_pair(code, True) if each.flag is None and each.word is None and {each.function.name, each.of.split(".")[-1]} <= ran]
    found = [(each, each.says) for each in both if is_slope(each) is False] or [(each, PASSES % each.function.name) for each in both if each.function.name == given and open_at_0(each)]
    for pair, says in found:
        site = site_of(pair.function, recorder, returning(pair).lineno)
        if site is not None:
            return site, "activation-derivative", says, None
    return None


def open_at_0(pair):
    """Whether a derivative is 1 at 0, of an activation that is 0 for every negative Z: right given Z, and given A it lets everything through."""
    try:
        with Timer(0.5):
            return not np.any(pair.activation(-np.abs(POINTS))) and bool(np.all(np.asarray(pair.derivative(np.zeros_like(POINTS)), dtype=float) == 1))
    except (Exception, TimeUp):
        return False


def site_of(function, recorder, line=1):
    """Where it returns something, from a line on; None where that is not recorded."""
    return next((each for each in recorder.sites if each.file == function.file and each.function.split(".")[-1] == function.name and each.kind == "return" and each.value and each.line >= line), None)


def mistakes(code):
    """The same as [Mistake], for a file whose functions could not be run together."""
    explanation = "Each was run by itself: the functions could not be run together."
    return [Mistake("activation-derivative", pair.function.name, returning(pair), pair.says, explanation=explanation) for pair in untrue(code, ()) if pair.function.file == code.source.path] + [
        Mistake("activation-derivative", each.name, max(each.returns, key=lambda one: one.lineno), softmax_alone.SAYS % each.name, softmax_alone.FORMULA, explanation=explanation) for each in softmax_alone.diagonal(code, ()) if each.file == code.source.path]


def returning(pair):
    """The `return` that gives the derivative."""
    every = [each for each in walk_own(pair.function.node) if isinstance(each, ast.Return) and each.value is not None]
    wanted = pair.flag or pair.word
    branch = next((each.orelse or each.body if isinstance(each.test, ast.UnaryOp) and isinstance(each.test.op, ast.Not) else each.body for each in walk_own(pair.function.node) if isinstance(each, ast.If) and any(wanted in (getattr(one, "id", None), getattr(one, "value", None)) for one in walk(each.test))), []) if wanted is not None else []
    within = [one for statement in branch for one in walk(statement) if isinstance(one, ast.Return) and one.value is not None]
    return min(within or every, key=lambda each: each.lineno)


def untrue(code, used):
    trees = list(code.trees.values())
    read = {each.id if isinstance(each, ast.Name) else each.attr for tree in trees for each in walk(tree) if isinstance(each, (ast.Name, ast.Attribute)) and isinstance(each.ctx, ast.Load)}
    found = every_pair(code)
    # a module of activations calls none of them
    module = not used and not any(each.function.name in read for each in found)
    called = {id(each.func) for tree in trees for each in walk(tree) if isinstance(each, ast.Call)}
    # `self.g = Activation.relu` is called by another name
    handed = {getattr(each, "id", getattr(each, "attr", None)) for tree in trees for each in walk(tree) if isinstance(each, (ast.Name, ast.Attribute)) and isinstance(each.ctx, ast.Load) and id(each) not in called}
    for pair in found:
        # what a run has passed was judged there, but for the words that it did not ask for
        if (pair.function.name not in used or pair.word is not None) and (module or pair.function.name in read) and (pair.flag is None or module or pair.function.name in handed or any(flagged(each, pair) for tree in trees for each in walk(tree))) and is_slope(pair) is False:
            yield pair


def every_pair(code, beside=False):
    """`beside`: also those of the modules beside the file."""
    found = list(pairs([each for each in code.functions if each.own or beside]))
    for owner in code.classes:
        found += list(pairs([each for each in owner.methods.values() if each.own or beside])) + of_class(owner)
    for group in [code.functions] + [list(owner.methods.values()) for owner in code.classes]:
        found += of_words([each for each in group if each.own])
    return found + of_tables(code)


def flagged(node, pair):
    """Whether a call asks for the derivative: `nonlin(x, deriv=True)`, `nonlin(x, True)`."""
    return isinstance(node, ast.Call) and called_name(node) == pair.function.name and (len(node.args) > 1 or any(each.arg == pair.flag for each in node.keywords))


def pairs(functions):
    """relu and relu_prime, sigmoid and d_sigmoid, f and the derivative that calls it, nonlin(x) and nonlin(x, deriv=True); each of one argument."""
    alone = [each for each in functions if len(each.needed) == 1]
    for each in [one for one in functions if len(one.needed) == 2 and one.returns]:
        # sigmoid(Z, derivative)
        flag = each.needed[1]
        if re.match(r"^(is|want|get|do)?(deriv|derivative|derivate|prime|grad|gradient|deriva)$", names.plain(flag)) and any(isinstance(one, ast.If) and any(getattr(inner, "id", None) == flag for inner in walk(one.test)) for one in walk(each.node)):
            yield Pair(asked(each, {flag: False}), asked(each, {flag: True}), each, each.name, flag)
    for each in alone:
        flag = next((name for name, value in each.defaults.items() if names.like_name(name, FLAG) and getattr(value, "value", None) in (False, 0)), None)
        if flag is not None and each.returns:
            yield Pair(asked(each, {flag: False}), asked(each, {flag: True}), each, each.name, flag)
            continue
        plain = names.plain(each.name)
        stem = re.sub(BEFORE + "|" + AFTER, "", plain)
        named = [one for one in alone if one is not each and names.plain(one.name) == stem and names.like_name(stem, names.ACTIVATION + "|^(f|g|act|transfer|squash)$")]
        called = [one for one in alone if one is not each and one.name in each.callees] if re.match(ALONE, plain) else []
        found = named[0] if named else called[0] if len(called) == 1 else None
        if found is not None and stem != plain and each.returns:
            yield Pair(asked(found), asked(each), each, found.name)


def of_words(functions):
    """activation(name, x) and derivative(name, x), which compare the name with the same words: a pair for each of them."""
    told = [(each, *by_word(each)) for each in functions if len(each.needed) == 2 and each.returns]
    told = [each for each in told if each[1] is not None and len(each[2]) > 1]
    out = []
    for slope, argument, words in told:
        if names.like_name(slope.name, FLAG + "|^d_|diff"):
            for function, other, known in told:
                if function is not slope and len(words & known) > 1 and not names.like_name(function.name, FLAG + "|^d_|diff|back"):
                    out += [Pair(asked_by(function, other, word), asked_by(slope, argument, word), slope, "%s in %s" % (word, function.name), word=word) for word in sorted(words & known) if not names.like_name(word, "softmax|gelu")]
    return out


def of_tables(code):
    """Those that a table of the file pairs: {"relu": (relu, step), "sigmoid": (sigmoid, slope)}."""
    known = {each.target: each for each in code.functions if each.own and len(each.needed) == 1}
    entries = [each for table in list(code.namespace.values()) if isinstance(table, dict) for each in table.values() if isinstance(each, (tuple, list)) and len(each) == 2 and all(isinstance(one, types.FunctionType) and one in known for one in each)]
    return [Pair(asked(known[g]), asked(known[slope]), known[slope], known[g].name) for g, slope in entries]


def by_word(function):
    """(the argument that is compared with words, those words) of a function of two; (None, empty) of any other."""
    found = {}
    for each in walk(function.node):
        if isinstance(each, ast.Compare) and len(each.ops) == 1 and isinstance(each.ops[0], ast.Eq):
            sides = [each.left, each.comparators[0]]
            word = next((one.value for one in sides if isinstance(one, ast.Constant) and isinstance(one.value, str)), None)
            name = next((one.id for one in sides if isinstance(one, ast.Name) and one.id in function.needed), None)
            if word is not None and name is not None:
                found.setdefault(name, set()).add(word)
    return next(iter(found.items())) if len(found) == 1 else (None, set())


def asked_by(function, argument, word):
    """What such a function gives for points and one of the words."""
    other = next(each for each in function.needed if each != argument)

    def at(points):
        call = by_itself(function)
        return np.asarray(call(**{argument: word, other: points.copy()}), dtype=float)
    return at


def of_class(owner):
    """The pair of a class that is one activation: Sigmoid.forward and Sigmoid.derivative."""
    alone = {name: each for name, each in owner.methods.items() if each.own and each.returns and len(each.needed) == 1}
    g, slope = ([alone[name] for name in every if name in alone] for every in (VALUES, SLOPES))
    if not g or not slope or not names.like_name(owner.name, names.ACTIVATION) or names.is_upstream(slope[0].arguments[0]):
        return []
    return [Pair(asked(g[0]), asked(slope[0]), slope[0], "%s.%s" % (owner.name, g[0].name))]


def by_itself(function):
    """What can be called of a function: a method on an object that keeps nothing."""
    return function.target.__get__(object.__new__(function.owner)) if function.bound else function.target


def asked(function, options=()):
    """What a function gives for points, all at once or one by one; a method is asked on an object that keeps nothing."""
    def at(points):
        call = by_itself(function)
        try:
            return np.asarray(call(points.copy(), **dict(options)), dtype=float)
        except (TypeError, ValueError):
            return np.array([[float(call(float(each), **dict(options))) for each in row] for row in points])
    return at


def one_by_one(function, points):
    """What it gives for each entry by itself."""
    return np.array([[float(function(np.array([[each]])).reshape(-1)[0]) for each in row] for row in points])


def is_slope(pair):
    """Whether the one is the slope of the other at Z or, given A, at the same Z; None where that cannot be asked: no function of each entry alone, no numbers."""
    try:
        with Timer(0.5):
            at = pair.activation
            value, slope = at(POINTS), (at(POINTS + STEP) - at(POINTS - STEP)) / (2 * STEP)
            if value.shape != POINTS.shape or not np.allclose(value, one_by_one(at, POINTS)) or not np.all(np.isfinite(slope)) or np.ptp(slope) < 1e-6:
                return None
            given = [np.broadcast_to(pair.derivative(points), POINTS.shape) for points in (POINTS, value)]
            if any(np.allclose(each, slope, rtol=2e-2, atol=2e-3) for each in given):
                return True
            # np.diag(slope[:, 0]) is the Jacobian of one column, and no slope of a matrix
            return False if all(np.allclose(each, one_by_one(pair.derivative, points)) for each, points in zip(given, (POINTS, value))) else None
    except (Exception, TimeUp):
        return None
