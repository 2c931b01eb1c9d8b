"""The binding that was chosen once more in another setting: other widths, without L2, with dropout, with the update as last step."""

import re

import numpy as np

from ..bind import penalized
from ..bind.binding import Attempt
from ..bind.gradients import after_values, from_difference
from ..bind.program import Program
from ..certain.unset import reached
from ..common import clock
from ..common import names
from ..common import numeric as core
from ..common.sandbox import TimeUp
from . import cost_fault
from . import l2_terms
from . import lost_terms
from . import outer_l2
from . import shown_l2
from . import on_top
from . import verdict as judge
from .bound_well import used


def unless_late(work, otherwise):
    """What `work` gives, a further look; where their code takes too long in it, or it fails, what is known already."""
    try:
        return work()
    except MemoryError:
        raise
    except (Exception, TimeUp):
        clock.trace()
        return otherwise


def again(best, search, steps=None, **changed):
    """The same binding with other settings or `steps`, evaluated; None where it does not run."""
    owner, init, bound = best.parts
    steps = steps or bound
    # a training is bound anew only where it was put together as the steps of other networks are
    if not steps or steps[-1][0] == "layers" or steps[-1][0] == "train" and not ("words" in changed and type(best.program) is Program):
        return None
    options = dict(search.options, **{key: value for key, value in best.program.settings.items() if key in ("base", "guessed", "l2", "no_l2", "unknown", "uses", "words")})
    # an attempt fits the widths that were asked for to what the file makes
    attempt = Attempt(search.code, search.recorder, best.setting.anew(), dict(options, **changed))
    program = search.attempt(attempt, owner, init, steps)
    if program is None:
        return None
    program.quick = best.program.quick
    try:
        done = judge.evaluate(program)
    except (Exception, TimeUp):
        clock.trace()
        return None
    if done is not None:
        done.parts, done.setting = (owner, init, steps), best.setting
    return done


L2_ELSEWHERE = re.compile(r"(reg|lambd|lamda|lmbda|decay|l2)\w*.*\*.*(w|theta|param)|(w|theta|param).*\*.*(reg|lambd|lamda|lmbda|decay|l2)", re.I)


def without_l2(best, search, code):
    """A difference that is L2 alone: where the file adds it elsewhere it is none, where the cost has none it is a convention."""
    if best.verdict not in ("wrong",) or best.reason is not None:
        return best
    other = again(best, search, l2=0.0, no_l2=True)
    if other is None and best.parts[2] and best.parts[2][-1][0] in ("train", "layers") and best.program.cost_known:
        return with_l2(best)
    if other is None or other.verdict not in ("correct", "convention"):
        # a penalty that is added elsewhere hides what is right, and what is wrong is seen best without it
        return other if other is not None and other.verdict == "wrong" and best.program.cost_known and on_top.proportional(other.checks) > on_top.proportional(best.checks) else best
    in_cost = counted(best, other)
    if not in_cost:
        whole = with_whole_cost(best, search)
        if whole is not None:
            return whole
        lost = lost_terms.penalty(other)
        if lost is not None:
            best.update = lost
            return best
        shown = shown_l2.compared(best, other, code)
        if shown is True:
            other.notes.append("Its L2 term is that of the cost that the training shows.")
            return other
        if shown is not None:
            best.update = shown
            return best
        other.verdict, other.reason = "convention", "l2"
        return other
    bare = {each.leaf.name: each.analytic for each in other.checks}
    if any(np.shape(each.analytic) == np.shape(bare.get(each.leaf.name)) and differs(each.analytic, bare[each.leaf.name]) for each in best.checks if not each.missing):
        # the gradient has its L2 term, so none that is added elsewhere stands for it
        return best
    if rate_is_off(best, code):
        other.notes.append("The L2 term of the cost is off: its rate is 0 unless it is given, and nothing in the file gives one.")
        return other
    bound = {function.title for _, function in best.parts[2]}
    lines = code.source.lines
    for each in [one for one in code.every if one.own and one.title not in bound and not code.runs(one.name, best.program.steps)]:
        body = lines[each.line - 1:getattr(each.node, "end_lineno", each.line)]
        if not re.search(names.COST, names.plain(each.name)) and any(L2_ELSEWHERE.search(line) and re.search(r"=(?!=)", line) and not re.search(names.COST, line.split("=")[0].lower()) for line in body[1:]):
            after = unless_late(lambda: moved_by(best, search, each), [])
            pulls = pulled(best, after)
            # of the same weights: how large n and the rate are is not known here, so no scale is judged
            stepped = unless_late(lambda: with_update(best, search, each), None) if pulls != in_cost else None
            if stepped is not None and stepped.verdict == "wrong" and any(one.leaf.kind == "W" and one.proportional for one in stepped.checks):
                # L2 is added there to some weights and not to others
                return stepped
            uneven = cost_fault.uneven_step(best, in_cost, pulls, each) or unless_late(lambda: outer_l2.of_update(best, other, each, after), None)
            if uneven is not None:
                best.update = uneven
                return best
            steps = [one for one in best.parts[2] if one[0] != "cost"]
            uneven = unless_late(lambda: outer_l2.uneven(best, other, again(best, search, steps, l2=0.0, no_l2=True), each, search), None)
            if uneven is not None:
                best.update = uneven
                return best
            other.notes.append("L2 is added to the gradient in %s, outside the function that was checked." % each.title)
            return other
    return best


def rate_is_off(best, code):
    """Whether the cost takes a rate of L2 that is 0 by itself, compute_cost(AL, Y, parameters, lambd=0), and nothing else in the file knows of one."""
    cost = next((function for role, function in best.parts[2] if role == "cost"), None)
    rates = [each for each in cost.arguments if names.is_name(each, names.L2_NAMES)] if cost is not None else []
    others = [each for each in code.every if each is not cost]
    return bool(rates) and all(getattr(cost.defaults.get(each), "value", None) == 0 and not code.calls_giving(cost, each) for each in rates) and not any(names.is_name(each, names.L2_NAMES) for one in others for each in used(one))


def with_l2(best):
    """A training, or layers, that cannot be run without their L2 term: where that is all that its gradient has and its cost has not, in all weights alike."""
    found = l2_terms.found(best.checks, best.program.theta0)
    if found is not None and found[0] > 0 and (best.program.scale_free or core.name_factor(found[0], best.program.data.m, best.program.sizes.nL) is not None):
        l2_terms.add(best.checks, best.program.theta0, found[1] / found[0])
        best.verdict, best.reason, best.factor = "convention", "l2", found[0]
    return best


def counted(best, without):
    """Names of the parameters in which the cost has a penalty, which it has not in the other evaluation."""
    numeric = {each.leaf.name: each.numeric for each in without.checks}
    return {each.leaf.name for each in best.checks if np.shape(each.numeric) == np.shape(numeric.get(each.leaf.name)) and differs(each.numeric, numeric[each.leaf.name])}


def differs(one, other):
    return np.linalg.norm(one - other) > 1e-6 * (1 + np.linalg.norm(one))


def moved_by(best, search, update):
    """The parameters after a step of an update with L2, and after one without; [] where it does not run."""
    owner, init, steps = best.parts
    after = []
    for options in ({}, {"l2": 0.0, "no_l2": True}):
        program = search.attempt(Attempt(search.code, search.recorder, best.setting, dict(search.options, **options)), owner, init, steps + [("update", update)])
        if program is None:
            return []
        outcome, roots, _ = program.performed()
        after.append(after_values(program, outcome, roots))
    return after


def pulled(best, after):
    """Names of the weights that an update moves otherwise with L2 than without, whatever optimizer it is."""
    return {leaf.name for leaf in best.program.leaves if after and leaf.kind == "W" and all(np.shape(each.get(leaf.name)) == leaf.shape for each in after) and differs(*[each[leaf.name] for each in after])}


def with_whole_cost(best, search):
    """Compared with the cost that has the one that was bound and an L2 term, where there is one and the gradient is right for it."""
    cost = next((function for role, function in best.parts[2] if role == "cost"), None)
    if cost is None:
        return None
    owner, rest = best.parts[0], [(role, function) for role, function in best.parts[2] if role != "cost"]
    functions = search.code.functions + (list(owner.methods.values()) if owner is not None else [])
    whole = [each for each in functions if each is not cost and each.own and cost.name in each.callees and names.like_name(each.name, names.COST)][:2] + penalized.sums(cost, owner, search.code)[:2]
    # a cost that runs forward itself takes X, no prediction
    ways = [rest[:at] + [("cost", each)] + rest[at:] for each in whole for at in [0 if any(role == "forward" and function.name in each.callees for role, function in rest) else len(rest) - 1]]
    backward = rest[-1][1]
    if any(names.like_name(each or "", names.COST) for each in backward.returned) and cost.name in backward.callees:
        # backward(Y) → loss, penalty and all
        ways.append(rest[:-1] + [("both", backward)])
    for each in ways:
        done = again(best, search, each)
        if done is not None and done.verdict in ("correct", "convention"):
            return done
    return None


def with_update(best, search, update):
    """The same binding with the update as last step: what it adds to the gradient counts. Only its direction, its rate is not known."""
    owner, init, steps = best.parts
    program = search.attempt(Attempt(search.code, search.recorder, best.setting, search.options), owner, init, steps + [("update", update)])
    if program is None:
        return None
    try:
        outcome, roots, _ = program.performed()
        finder = from_difference(program, outcome, roots, program.theta0, True)
        if finder is None:
            return None
        program.gradient, program.scale_free, program.quick = finder, True, False
        done = judge.evaluate(program)
    except Exception:
        clock.trace()
        return None
    if done is not None:
        done.parts, done.setting = best.parts, best.setting
    return done


def with_dropout(best, search):
    """Dropout on where there is such an argument: a mask that is missing backward shows only then."""
    owner, _, steps = best.parts
    if best.verdict not in ("correct", "convention") or not drops(best, owner):
        return best
    cost, forward = (next((function for role, function in steps if role == wanted), None) for wanted in ("cost", "forward"))
    if cost is not None and forward is not None and forward.node in reached(search.code, [cost]):
        # it runs forward itself, without dropout: no cost of what was run with it
        steps = [each for each in steps if each[0] != "cost"]
    other = again(best, search, steps, keep=0.7, drop=0.3)
    if other is not None and other.verdict == "wrong":
        other.dropout = True
        return other
    return best


def drops(best, owner):
    """Whether a function of the check is given a rate of dropout, or the network is when it is made."""
    makers = [each for each in [owner.methods.get("__init__") if owner is not None else None] if each is not None]
    given = [name for function in [step.function for step in best.program.steps] + makers for name in function.arguments] + [name for step in best.program.steps for name, _ in step.plan]
    return any(names.is_name(each, names.KEEP_NAMES + "|" + names.DROP_NAMES) for each in given)
