"""The L2 term that a training adds to the cost it shows, `loss += 0.5 * lambd * np.sum(W ** 2)`, beside a cost function without one: whether the gradient has the derivative of that term."""

import ast
import copy

import numpy as np

from ..common import names
from ..common import numeric as core
from ..common.syntax import walk
from ..source.functions import called_name
from ..source.naming import holder
from . import cost_fault
from .l2_terms import entries_of


def compared(best, plain, code):
    """True where the term in the gradient is that of the cost that is shown, (site, rule, message, formula) where it is another multiple of it, None where there is no such term or nothing is known of its scale.

    `best`: with L2; `plain`: the same without it, right but for a constant."""
    shown, given, rate = multiple_shown(best, code), multiple_given(best, plain), rate_given(best.program)
    if shown is None or given is None or not rate or not plain.factor:
        return None
    k = given / rate / plain.factor / shown
    if abs(k - 1) < 1e-3:
        return True
    backward = best.parts[2][-1][1]
    # a multiple of W is no sum of squares
    site = cost_fault.site_in(best, backward, cost_fault.L2, "")
    said = core.name_factor(k, best.program.data.m, best.program.sizes.nL) or "%.4g" % k
    return None if site is None else (site, "l2", "The L2 term of this gradient is %s times the derivative of the one that the training adds to its cost." % said, None)


def rate_given(program):
    """The L2 rate that the passes are given; None where they are given several."""
    _, pool = program.world(program.theta0)
    rates = {getter(pool) for step in program.steps for name, getter in step.plan if names.is_name(name, names.L2_NAMES)}
    return rates.pop() if len(rates) == 1 else None if rates else program.settings["l2"]


def multiple_given(best, plain):
    """What the gradient has of every weight for its L2 term; None where it is not the same for all."""
    bare, out = {each.leaf.name: each for each in plain.checks}, []
    for each in best.checks:
        other = bare.get(each.leaf.name)
        if each.leaf.kind == "W" and not each.missing:
            if other is None or other.missing or not np.array_equal(other.entries, each.entries):
                return None
            out.append(cost_fault.multiple(each.analytic - other.analytic, entries_of(each, best.program.theta0)))
    return out[0] if out and None not in out and np.ptp(out) < 1e-3 * abs(out[0]) else None


def multiple_shown(best, code):
    """What the derivative of the term that is shown has of every weight, for a rate of 1; None where no such term is read, or not one alone."""
    own = {id(inner) for step in best.program.steps for inner in walk(step.function.node)}
    found = {value for tree in code.trees.values() for each in walk(tree) if isinstance(each, (ast.Assign, ast.AugAssign)) and id(each) not in own for value in [scale(each, best.program.data.m, code.namespace)] if value is not None}
    return 2 * found.pop() if len(found) == 1 else None


def scale(statement, m, namespace):
    """c of `loss += c * lambd * (np.sum(W1 ** 2) + np.sum(W2 ** 2))`."""
    target = statement.target if isinstance(statement, ast.AugAssign) else statement.targets[0]
    if not names.like_name(holder(target) or "", names.COST + "|l2|reg|penal"):
        return None
    # what else the cost is made of, `cross_entropy(AL, Y) + 0.5 * lambd * …`, says nothing of the term
    terms = [each for each in addends(statement.value) if any(names.is_name(getattr(one, "attr", getattr(one, "id", "")), names.L2_NAMES) for one in walk(each))]
    known = Constants(m, namespace)
    value = known.visit(copy.deepcopy(terms[0] if len(terms) == 1 else statement.value))
    if not known.rates or not known.squares or any(isinstance(each, (ast.Name, ast.Attribute, ast.Call, ast.Subscript)) for each in walk(value)):
        return None
    try:
        return eval(compile(ast.fix_missing_locations(ast.Expression(value)), "<scale>", "eval")) / known.squares
    except (ArithmeticError, TypeError, ValueError):
        return None


def addends(node):
    """The terms of a sum that is written out."""
    return addends(node.left) + addends(node.right) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) else [node]


class Constants(ast.NodeTransformer):
    """Puts 1 for the L2 rate and for every sum of squares, and the number of samples for m where the module has no number of that name."""

    def __init__(self, m, namespace):
        self.m, self.namespace, self.rates, self.squares = m, namespace, 0, 0

    def visit(self, node):
        name = getattr(node, "attr", getattr(node, "id", None)) if isinstance(node, (ast.Name, ast.Attribute)) else None
        if name is not None and names.is_name(name, names.L2_NAMES):
            self.rates += 1
            return ast.Constant(1.0)
        if name is not None and names.is_name(name, names.M_NAMES) or isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute) and node.value.attr == "shape":
            written = self.namespace.get(name) if isinstance(node, ast.Name) else None
            return ast.Constant(float(written if isinstance(written, (int, float)) else self.m))
        if sums_squares(node):
            self.squares += 1
            return ast.Constant(1.0)
        return self.generic_visit(node)


def sums_squares(node):
    """np.sum(W ** 2), np.sum(np.square(W)), np.sum(W * W), np.linalg.norm(W) ** 2; the sum of these over all weights."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow) and isinstance(node.left, ast.Call):
        return called_name(node.left) == "norm" and getattr(node.right, "value", None) == 2
    if not isinstance(node, ast.Call) or called_name(node) != "sum" or not node.args:
        return False
    inner = node.args[0]
    if isinstance(inner, (ast.GeneratorExp, ast.ListComp)):
        return sums_squares(inner.elt)
    if isinstance(inner, ast.BinOp):
        return isinstance(inner.op, ast.Pow) and getattr(inner.right, "value", None) == 2 or isinstance(inner.op, ast.Mult) and ast.dump(inner.left) == ast.dump(inner.right)
    return isinstance(inner, ast.Call) and (called_name(inner) == "square" or called_name(inner) in ("power", "pow") and getattr(inner.args[-1], "value", None) == 2)
