"""Signs of whether an evaluation was bound as the file means it: targets that fit, a cost with the L2 term that the gradient has, samples that come in batches."""

import ast
import re

import numpy as np

from ..common import names
from ..common.arrays import sums_to_1
from ..common.data import SINGLE
from ..common.syntax import walk
from . import cost_fault
from . import on_top

#: What is computed of predictions to be looked at, and is never the cost of a training.
MEASURES = "rmse|mae|absolute|metric|score|accuracy|eval"


def penalized(best, code):
    """Whether a backward pass with L2 was compared with the cost that has it, where the file has one."""
    return penalty_over(best, code) is None


def penalty_over(best, code):
    """The cost of theirs that adds an L2 term to the one that was compared, for a backward pass that is given the rate of it; None where there is none."""
    cost = next((function for role, function in best.parts[2] if role == "cost"), None)
    if cost is None or not takes_rate(best.parts[2][-1][1]) or takes_rate(cost):
        return None
    return next((each for each in code.functions if each.own and takes_rate(each) and names.like_name(each.name, names.COST) and (cost.name in each.callees or each.name.startswith(cost.name + "_"))), None)


def both_penalized(best):
    """Whether the cost and the backward pass are both given the rate of a penalty."""
    return {role for role, function in best.parts[2] if takes_rate(function)} >= {"cost", "backward"}


def takes_rate(function):
    """Whether a function is given the rate of a penalty."""
    return any(names.is_name(each, names.L2_NAMES) for each in function.arguments)


def used(function):
    """Names of what a function is given, and reads: lambd, self.reg."""
    return set(function.arguments) | {getattr(each, "attr", getattr(each, "id", "")) for each in walk(function.node) if isinstance(each, (ast.Name, ast.Attribute))}


def likely(wrong, code):
    """Of evaluations that are wrong the one that is meant: its targets fit, its cost has the L2 term that the gradient has, one factor all through is no chance, nor is an output layer that fits the cost."""
    return fits(wrong), penalized(wrong, code), wrong.reason is not None, wrong.program.cost_known or on_top.fixes_the_cost(wrong)


def fits(best):
    """Whether the targets have the shape of the prediction."""
    return best.base.AL is not None and np.shape(best.base.AL) == np.shape(best.program.data.Y)


def mixed(best):
    """Whether their cost compares predictions with the targets of other samples, as these lie here."""
    cost = next((each for each in best.program.steps if each.role == "cost"), None)
    return cost is not None and cost_fault.mixes_samples(best.program, cost)


def lies_so(best, code):
    """Whether the file has targets of its own that lie as those of an evaluation do: then they are meant so."""
    given = best.program.data.Y
    own = [value for name, value in code.namespace.items() if name not in code.supplied and isinstance(value, np.ndarray) and value.ndim in (1, 2) and value.size > 1 and names.holds_targets(name)]
    return any(each.ndim == np.ndim(given) and (each.ndim == 1 or (each.shape[0] > each.shape[1]) == (given.shape[0] > given.shape[1])) for each in own)


def lost(best):
    """How many biases have no gradient that fits them."""
    return sum(1 for each in best.checks if (each.missing or each.shape is not None) and each.leaf.kind == "b")


def misshapen(best):
    """Whether the gradient of weights has another shape than they have."""
    return any(each.shape is not None and each.leaf.kind == "W" for each in best.checks)


def no_batch(best):
    """Whether with several samples no gradient has the shape of its weights (np.outer, reshapes): code that takes one sample at a time."""
    weights = [each for each in best.checks if each.leaf.kind == "W" and not each.missing]
    return best.setting.form not in SINGLE and bool(weights) and all(each.shape is not None for each in weights)


def doubtful_cost(best):
    """An absolute error is printed because it reads well; few differentiate it. And one that only a file beside this one names may be shown for another network."""
    cost = next((function for role, function in best.parts[2] if role == "cost"), None)
    return cost is not None and (any(name in ("abs", "absolute", "fabs") for name in cost.callees) or cost.name in best.program.code.shown_beside or squares_of_softmax(best, cost) or left_over(best, cost))


def left_over(best, cost):
    """Whether nothing calls a cost of logarithms, in a file that calls the backward pass, and the prediction is no probability: it belongs to another network."""
    sites, AL = best.program.code.sites, best.base.AL
    called = sites.get(cost.name) or not any(sites.get(function.name) for role, function in best.parts[2] if role == "backward")
    return not called and cost_fault.logarithms(cost) > 0 and AL is not None and bool(np.any(np.asarray(AL) < 0) or np.any(np.asarray(AL) > 1))


def squares_of_softmax(best, cost):
    """Whether a cost is of the squares of what a softmax gives, and has no logarithm: few differentiate it through a softmax, and A - Y beside it is the derivative of the cross-entropy."""
    AL, text = best.base.AL, best.program.code.reached([cost])
    return AL is not None and np.ndim(AL) == 2 and sums_to_1(AL) and "log" not in text and re.search(r"\*\* ?2|square|power", text) is not None


def its_only_cost(best, code):
    """Whether squares of a softmax were compared, and the file has no other cost: that A - Y is the derivative of another is no convention then."""
    cost = next(function for role, function in best.parts[2] if role == "cost")
    every = [each for each in code.every if each.own and each.returns and each.name != cost.name]
    others = [each for each in every if names.like_name(each.name, names.COST) and not names.like_name(each.name, names.DERIVATIVE + "|" + MEASURES)]
    return squares_of_softmax(best, cost) and not names.like_name(cost.name, MEASURES) and not any(each.name not in cost.callees and cost.name not in each.callees for each in others)
