"""Where gradient and cost disagree: whether it is the cost that is wrong, because the gradient is that of the cost that is meant."""

import ast
import re

import numpy as np

from ..bind.outputs import scalar
from ..common import clock
from ..common import names
from ..common import numeric as core
from ..common.arrays import sums_to_1
from ..common.sandbox import TimeUp
from ..common.syntax import walk
from ..source.functions import called_name, method_on
from . import verdict as judge
from .l2_terms import apart, entries_of


def find(best, without_l2, without_cost):
    """(site, rule, message, formula) in the cost function, or None. The two functions evaluate the same binding without L2, without their cost."""
    step = next((each for each in best.program.steps if each.role in ("cost", "both")), None)
    text = uneven_l2(best, without_l2) if step is not None else None
    if text is not None:
        site = site_in(best, step.function, L2)
        return None if site is None else (site, "cost-l2", text, None)
    if step is None or step.role == "both":
        return on_the_way(best)
    slip = squared_total(step.function.node)
    if slip is not None:
        site = next((each for each in best.program.recorder.sites if each.file == step.function.file and each.line == slip.lineno), None)
        return of_squares(without_cost(), site)
    pairs = mixes_samples(best.program, step)
    # without their cost it is looked at with dropout off
    dropped = best.program.settings.get("keep", 1.0) < 1.0 or best.program.settings.get("drop", 0.0) > 0.0
    if not pairs and (dropped or not cross(logarithms(step.function), best)):
        return None
    return said(best, without_cost(), pairs, site_in(best, step.function, r"sum|mean|dot|log" if pairs else r"log"), logarithms(step.function))


def logarithms(function):
    return sum(1 for each in function.calls if called_name(each).startswith("log"))


def on_the_way(best):
    """The same for a cost that a training computes on its way: on the way to it stands a matrix of all pairs of samples, or it has logarithms."""
    program = best.program
    m, key = program.data.m, getattr(program, "cost_key", None)
    cost = next((each for each in best.base.events if each.key == key), None)
    if cost is None or getattr(program, "output_key", None) is None:
        return None
    site = program.recorder.sites[cost.site]
    pairs = m > 2 and m not in program.sizes.dims and any(each.order < cost.order and isinstance(each.value, np.ndarray) and each.value.shape == (m, m) for each in best.base.events)
    # `cost = np.squeeze(cost)` stands below it
    taken = [each for each in program.recorder.sites if (each.file, each.function) == (site.file, site.function) and each.kind in ("assign", "return") and re.search(r"\blog", each.value or "")]
    slips = [each for each in program.recorder.sites if each.kind in ("assign", "return") and re.search(r"\*\* ?2|square", each.value or "") and squared_total(ast.parse("(%s)" % each.value.strip())) is not None and any(one.site == each.number and one.value.size == 1 for one in best.base.events if isinstance(one.value, np.ndarray))]
    count = sum(len(re.findall(r"\blog", each.value)) for each in taken)
    if not pairs and not slips and not cross(count, best):
        return None
    program.cost_known = False
    try:
        other = judge.evaluate_once(program)
    except (Exception, TimeUp):
        clock.trace()
        other = None
    finally:
        program.cost_known = True
    if slips:
        return of_squares(other, slips[0])
    return said(best, other, pairs, site if pairs else taken[0], count)


def squared_total(node):
    """The first square of a mean or a sum of differences in a cost, `np.mean(Y - A) ** 2`; None where there is none."""
    for each in walk(node):
        total = each.left if isinstance(each, ast.BinOp) and isinstance(each.op, ast.Pow) and getattr(each.right, "value", None) == 2 else each.args[0] if isinstance(each, ast.Call) and called_name(each) == "square" and each.args else None
        if isinstance(total, ast.Call) and called_name(total) in ("mean", "sum") and total.args and isinstance(total.args[0], ast.BinOp) and isinstance(total.args[0].op, ast.Sub):
            return each
    return None


def of_squares(other, site):
    """What is told of such a cost, where the gradient is that of the squares."""
    return (site, "cost-term", TOTAL, "np.mean((AL - Y) ** 2)") if site is not None and other is not None and other.verdict == "correct" and "(AL - Y)²" in other.cost else None


def cross(logarithms, best):
    """Whether a cost with so many logarithms is meant as a cross-entropy, and not as that of a softmax; where an L2 term is all that the gradient has not, that is missing there, and where one factor is all, the factor is wrong."""
    AL = best.base.AL
    return (logarithms > 1 or logarithms and AL is not None and np.ndim(AL) < 3 and not (np.ndim(AL) == 2 and best.program.sizes.nL > 1 and sums_to_1(AL))) and not apart(best.checks, best.program.theta0) and not multiplied(best.checks)


def multiplied(checks):
    """Whether the gradient of the biases, which no L2 term touches, is one multiple of the derivative of this very cost."""
    biases = [each for each in checks if each.leaf.kind == "b" and not each.missing and not each.vacuous]
    return sum(len(each.entries) for each in biases) > 2 and core.uniform_factor(biases) is not None


def said(best, other, pairs, site, logarithms):
    """What is told of a cost for which the gradient is wrong, where it is right for `other`; None where it is not, or that cost is another: of one logarithm it is the categorical cross-entropy, which has one."""
    if other is None or other.verdict != "correct" or site is None or not pairs and not other.cost.startswith("binary cross-entropy"):
        return None
    if pairs:
        return site, "cost-broadcast", PAIRS % other.cost, None
    if logarithms == 1 or shifted(site.value):
        best.verdict, best.reason, best.cost = ("convention", "other cost", other.cost) if logarithms == 1 else ("convention", "shifted logarithms", best.cost)
        best.checks = [core.LeafCheck(each.leaf, each.entries, each.analytic, each.numeric * other.factor, each.shape) for each in other.checks]
        return None
    return site, "cost-term", SLIP, "-np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))"


def shifted(text):
    """Whether a number is added in every logarithm, log(A + 0.1): against log(0), though so large that it shows."""
    taken = [each.args[0] for each in walk(ast.parse(text.strip())) if isinstance(each, ast.Call) and called_name(each).startswith("log") and each.args]
    return bool(taken) and all(isinstance(each, ast.BinOp) and isinstance(each.op, ast.Add) and any(isinstance(getattr(one, "value", None), float) for one in (each.left, each.right)) for each in taken)


L2 = r"reg|lambd|lamda|lmbda|decay|l2"
SLIP = "This cost has logarithms of the prediction, and is no binary cross-entropy, of which the gradient is right in every layer: look at its terms."
TOTAL = "This squares the sum of the differences, in which those above and below 0 cancel: a bracket closes too early. The gradient is that of the sum of their squares."
PAIRS = "This cost compares predictions with the targets of other samples: its shapes broadcast to a matrix of all pairs. The gradient is that of %s, sample by sample."


def site_in(best, function, pattern, taken=r"sum|square|norm|dot|\*\*|log|mean"):
    """The first expression of a function that looks like it and is made by one of these, else its first that is assigned or returned."""
    own = [each for each in best.program.recorder.sites if each.file == function.file and each.function.split(".")[-1] == function.name and each.kind in ("assign", "return", "update") and each.value]
    return next((each for each in own if re.search(pattern, each.value, re.I) and not each.value.isidentifier() and re.search(taken, each.value)), own[0] if own else None)


def uneven_l2(best, without_l2):
    """A sentence where the gradient has one L2 scale for all weights and the cost another for each; None otherwise."""
    if not any(names.is_name(name, names.L2_NAMES) for step in best.program.steps for name in step.function.arguments):
        return None
    plain = without_l2()
    if plain is None or plain.verdict != "correct":
        return None
    bare = {each.leaf.name: each for each in plain.checks}
    scales = []
    for each in best.checks:
        other = bare.get(each.leaf.name)
        if each.leaf.kind != "W" or each.missing or each.shape is not None or other is None or not np.array_equal(other.entries, each.entries):
            continue
        W = entries_of(each, best.program.theta0)
        k = [multiple(side - other.numeric, W) for side in (each.analytic, each.numeric)]
        if None in k:
            return None
        scales.append((each.leaf.name, k[0], k[1]))
    if len(scales) < 2:
        return None
    gradient, cost = [each[1] for each in scales], [each[2] for each in scales]
    if min(gradient) < 1e-6 or np.ptp(gradient) > 1e-3 * max(gradient) or np.ptp(cost) < 1e-2 * max(np.abs(cost)):
        return None
    # what round-off leaves of 0 is 0, without a sign
    times = {name: round(side / own, 6) + 0 for name, own, side in scales if abs(side / own - 1) > 1e-2}
    if not any(times.values()):
        return "The L2 term of this cost leaves out %s, which the gradient counts." % ", ".join(times)
    uneven = ["%s %.4g" % each for each in times.items()]
    return "The L2 term of this cost counts %s times as much as the gradient does%s. Look at the brackets of the sums." % (", ".join(uneven), ", other weights once" if len(uneven) < len(scales) else "")


def uneven_step(best, in_cost, in_step, update):
    """(site, rule, message, formula) where the L2 term of the cost counts other weights than those that the update pulls towards 0; the one that leaves some out is at fault."""
    step = next((each for each in best.program.steps if each.role == "cost"), None)
    if step is None or not in_step or not in_cost or in_step == in_cost:
        return None
    if in_cost < in_step:
        site, left_out = site_in(best, step.function, L2), sorted(in_step - in_cost)
        text = "The L2 term of this cost leaves out %s, which %s pulls towards 0." % (", ".join(left_out), update.name)
    else:
        site, left_out = site_in(best, update, L2), sorted(in_cost - in_step)
        text = "The L2 term of the cost is missing in the step of %s." % ", ".join(left_out)
    return None if site is None else (site, "cost-l2" if in_cost < in_step else "l2", text, None)


def multiple(one, other):
    """k where one = k · other, entry by entry; None otherwise."""
    k = float(np.dot(one, other) / max(np.dot(other, other), 1e-300))
    return k if np.linalg.norm(one - k * other) < 1e-3 * max(np.linalg.norm(one), 1e-6) else None


def mixes_samples(program, step):
    """Whether the target of one sample changes what the cost says of the prediction for another."""
    data, Y = program.data, program.data.Y
    if data.form not in ("same", "flat", "turned") or data.outputs != 1 or data.m < 3:
        return False

    def cost(i, j):
        """With the prediction of sample i moved and the target of sample j flipped, where those are not None."""
        data.Y = Y.copy()
        if j is not None:
            data.Y.reshape(-1)[j] = 1 - data.Y.reshape(-1)[j]
        _, roots, pool = program.performed("cost")
        AL = pool.roles.get("AL")
        if np.size(AL) != data.m:
            raise ValueError("no prediction for each sample")
        moved = np.array(AL, dtype=float)
        if i is not None:
            moved.reshape(-1)[i] *= 0.9
        program.swap_output(pool, AL, moved)
        target = step.function.target if step.on is None else method_on(roots[step.on], step.function)
        return scalar(target(**{name: getter(pool) for name, getter in step.plan}), program)

    try:
        both = cost(0, 2) - cost(0, None) - cost(None, 2) + cost(None, None)
        own = cost(0, 0) - cost(0, None) - cost(None, 0) + cost(None, None)
        return bool(np.isfinite(both) and np.isfinite(own) and abs(both) > 1e-6 and abs(both) > 1e-3 * abs(own))
    except (Exception, TimeUp):
        return False
    finally:
        data.Y = Y
