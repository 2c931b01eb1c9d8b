"""Judges one bound network: correct, off by a convention, or wrong."""

import re

import numpy as np

from ..bind import unrated
from ..bind.adding import takes_steps
from ..bind.deeds import products, unasked
from ..common import names
from ..common import numeric as core
from ..common.data import SINGLE
from ..common.sandbox import TimeUp
from . import early_steps
from . import l2_terms
from . import other_samples
from . import repeated_steps
from .better_predictions import cost_falls_with_error
from .on_top import proportional
from .optimizers import gathers, not_plain


class Evaluation:
    """`cost`: the name of the cost compared with. `factor`: the one constant between gradient and derivative, None where there is none."""

    def __init__(self, program, verdict, cost, checks, factor, base):
        self.program = program
        self.verdict = verdict
        #: as it is said, and as it is computed
        self.cost = self.inferred = cost
        self.checks = checks
        self.factor = factor
        self.base = base
        self.reason = None
        #: proportional at one sample, and at another one with another factor: only the factor 1 is right
        self.exact = False
        #: multiple of the weights in the gradient, where the cost was inferred with an L2 term
        self.l2 = 0.0
        #: the checks are at the scale of a cost of theirs already
        self.scaled = False
        #: the same code is right of fewer layers: its cost is not at fault
        self.right_of_fewer = False
        self.broken = []
        #: (site, rule, message, formula) of an update that does not descend
        self.update = None
        self.notes = []
        #: what the same network does on the person's own samples, where they gave some
        self.on_data = None

    @property
    def matched(self):
        return sum(1 for each in self.checks if each.agrees or (self.factor is not None and each.proportional))


RANK = {"correct": 0, "convention": 1, "wrong": 2, "unclear": 3}


def evaluate(program):
    best = evaluate_once(program)
    if best is not None and best.verdict == "unclear" and not any(np.any(each.numeric) for each in best.checks):
        # under a ReLU output all samples may be dead for these weights; for positive ones they seldom are
        before = program.make_positive()
        other = evaluate_once(program)
        if other is not None and other.verdict != "unclear":
            return other
        program.theta0 = before
    shown = program.recorder.sites[program.cost_key[0]].value or "" if getattr(program, "cost_key", None) is not None else ""
    if best is not None and (best.verdict == "unclear" or best.verdict == "wrong" and "abs(" in shown and "log(" not in shown) and program.cost_known and getattr(program, "drop_cost", None) is not None and program.drop_cost():
        # what it computes as a cost has no derivative: an accuracy, a count
        other = evaluate_once(program)
        return other if other is not None and other.verdict != "unclear" else best
    return best


def evaluate_once(program):
    if all(re.match(r"^(b|bias)(es)?\d*$", names.plain(leaf.name.split("[")[0].split(" (")[0])) for leaf in program.leaves):
        # biases alone are no network: its weights were not seen; one vector of everything is, and beta of a regression
        return None
    checks_by_cost, base = core.check(program)
    if not checks_by_cost:
        return None
    judged = [judge(program, name, checks, base) for name, checks in checks_by_cost.items()]
    if other_samples.wanted(program, judged):
        judged = other_samples.holding(program, judged, lambda checks, base, name: judge(program, name, checks, base).factor)
    # one number is proportional to whatever it is compared with
    telling = lambda each: sum(1 for check in each.checks if check.proportional and len(check.entries) > 1)
    best = min(judged, key=lambda each: (RANK[each.verdict], -proportional(each.checks), -telling(each)))
    if best.verdict in ("correct", "convention") and base.gradient_from == "update" and early_steps.seen(best.checks):
        best.verdict, best.factor, best.reason = "wrong", None, None
    if best.verdict == "wrong" and scores_for_probabilities(best):
        best.verdict = "unclear"
    if not program.cost_known:
        program.inferred = best.cost
    return best


def scores_for_probabilities(best):
    """Whether layers that were put together here end in no probabilities, and a cost of theirs takes logarithms of what comes out: another layer is meant on top."""
    program = best.program
    if not program.settings.get("composed") or not program.cost_known:
        return False
    costs = [each for each in getattr(program, "chain", None) or [step.function for step in program.steps if step.role == "cost"] if names.like_name(each.title, names.COST)]
    text, AL = program.code.reached(costs), best.base.AL
    return "log" in text and "exp" not in text and AL is not None and np.asarray(AL).dtype.kind == "f" and bool(np.any(AL < 0) or np.any(AL > 1))


def judge(program, name, checks, base):
    compared = [each for each in checks if not each.missing]
    if not compared or all(each.vacuous for each in compared):
        return Evaluation(program, "unclear", name, checks, None, base)
    if any(not np.all(np.isfinite(each.numeric)) or not program.cost_known and not np.all(np.isfinite(each.analytic)) for each in compared):
        # 1 / A of a prediction that is 0: their cost may be another than was inferred, of a prediction that never is
        return Evaluation(program, "unclear", name, checks, None, base)
    if all(np.linalg.norm(each.numeric) < 1e-9 for each in compared):
        # accuracy and the like: no derivative to compare with
        return Evaluation(program, "unclear", name, checks, None, base)
    if all(not np.any(each.analytic) for each in compared) and base.gradient_from != "update" and not any(sum(products(step.function.node)) for step in program.steps if step.role == "backward"):
        # gradients() that gives back what a backward pass has yet to compute
        return Evaluation(program, "unclear", name, checks, None, base)
    factor = core.uniform_factor(checks)
    if factor is None:
        nearly = [each for each in compared if each.relative is not None and each.relative < core.NEARLY and each.shape is None]
        # an epsilon in the cost makes the output layer differ too
        exact = any(each.relative is not None and each.relative < 1e-8 and len(each.entries) >= 3 and not each.vacuous for each in compared)
        if len(nearly) == len(compared) and program.cost_known and not exact and not l2_terms.apart(compared, program.theta0) and (base.gradient_from != "update" or re.search(r"\d+e-\d|eps|clip", program.code.text)):
            done = Evaluation(program, "correct", name, checks, 1.0, base)
            done.notes.append("They differ by less than half a percent everywhere, as an epsilon or a clip in the cost makes them.")
            return done
        if base.gradient_from == "update" and not_plain(program):
            # what moves the parameters is Adam or momentum: its step is no gradient
            return Evaluation(program, "unclear", name, checks, None, base)
        if not program.cost_known and (base.gradient_from != "update" or program.direction() != -1):
            l2 = l2_terms.found(checks, program.theta0)
            undone = l2_terms.before_step(checks, program.theta0, program.settings["rate"]) if l2 is None and base.gradient_from == "update" else None
            if undone is not None:
                checks, l2 = undone, l2_terms.found(undone, program.theta0)
            # of the output layer alone, where what is wrong further down hides it
            whole, l2 = l2 is not None, l2 or l2_terms.found(l2_terms.on_top(checks), program.theta0)
            if l2 is not None and l2[0] > 0:
                return penalized(program, name, checks, base, l2, whole)
            l1 = l2_terms.found(checks, program.theta0, np.sign)
            if l1 is not None and l1[0] > 0:
                l2_terms.add(checks, program.theta0, l1[1] / l1[0], np.sign)
                return Evaluation(program, "correct", "%s + L1" % name, checks, l1[0], base)
        return Evaluation(program, "wrong", name, checks, None, base)
    scale_free = program.scale_free or not program.cost_known
    times = repeated_steps.taken(program, checks) if base.gradient_from == "update" and not scale_free and factor > 1.5 else 1
    if times > 1:
        checks, factor = repeated_steps.one_of(checks, times), factor / times
    done = Evaluation(program, "correct", name, checks, factor, base)
    done.notes.extend(["The same step is taken %d times in a row: the learning rate counts %d times." % (times, times)] if times > 1 else [])
    if abs(factor - 1) < 2 * core.AGREES:
        return sanity(program, done)
    if factor < 0:
        return negative(program, name, checks, factor, base, scale_free)
    if not scale_free:
        done.verdict = "convention"
        return convention(program, done)
    return done


def penalized(program, name, checks, base, l2, whole):
    """Right for the inferred cost and an L2 term, or on top only: compared with both."""
    factor, multiple = l2
    l2_terms.add(checks, program.theta0, multiple / factor)
    done = Evaluation(program, "correct" if whole else "wrong", "%s + L2" % name, checks, factor if whole else None, base)
    done.l2, done.inferred = multiple, name
    return done


def convention(program, done):
    """A constant factor is a convention where sum, mean, ½ or classes explain it; a gradient that shrinks with m is not."""
    m, C = program.data.m, program.sizes.nL
    done.label = core.name_factor(done.factor, m, C)
    if program.own_count == 1 and min(abs(done.factor - m), abs(done.factor - 1.0 / m)) < 2 * core.AGREES * m:
        # of one sample, which is all that the script has, the sum is the mean
        done.verdict = "correct"
        done.notes.append("The script has one sample: of several it would be right but for the factor %s." % done.label)
        return done
    if C > 1 and abs(done.factor - C) < 2 * core.AGREES * C and any(type(value) is int and value == 1 and len(name) > 1 and names.is_name(name, names.NL_NAMES) for name, value in program.code.namespace.items()):
        # of one output, which is all that the file has, a mean over the outputs is none
        done.verdict = "correct"
        done.notes.append("The file has one output: of several the gradient would be %s times the derivative of the cost." % done.label)
        return done
    if done.label is None and program.own_count:
        # (A - Y) / 2 of 4 samples, which is 2/m of those that the script writes down
        scaled = done.factor * program.own_count / m
        done.label = core.name_factor(scaled, program.own_count, C)
        if abs(scaled - 1) < 2 * core.AGREES:
            done.verdict = "correct"
            done.notes.append("A number stands for the samples in the gradient: it is right for the %d that the script has." % program.own_count)
            return done
    for rate in unrated.written_down(program) if done.label is None and done.base.gradient_from == "update" else ():
        scaled = done.factor / rate
        if core.name_factor(scaled, m, C) is not None:
            # what was read as the gradient is the whole step, rate and all
            done.factor, done.label = scaled, core.name_factor(scaled, m, C)
            if abs(scaled - 1) < 2 * core.AGREES:
                done.verdict = "correct"
                return done
    stepped = done.label is None and done.base.gradient_from == "update" and (program.rate_read or not_plain(program) or gathers(program))
    if done.label is None and not stepped:
        # no sum, mean or half explains it
        done.verdict = "wrong"
        return done
    if stepped:
        # (1 - beta) of the first step of momentum: the size of an optimizer's step says nothing; nor does a delta that has a rate in it
        done.verdict, program.scale_free = "correct", True
    growth = gradient_growth(program)
    if growth is not None and growth < 0.7:
        done.verdict = "wrong"
        done.reason = "1/m twice"
    return done


def hidden_in(other, best):
    """Whether what is told of a network is hidden in a smaller one: a mean over the outputs where there is one, a mistake in the loop over the layers where there are two, and any below the output where there is one."""
    (data, deep), (same, shallow) = [((each.program.data.m, each.program.data.form, each.program.data.rows), sum(leaf.kind == "W" for leaf in each.program.leaves)) for each in (best, other)]
    of_classes = best.verdict == "convention" and "C" in (best.label or "") and best.program.sizes.nL > other.program.sizes.nL == 1
    return of_classes or best.verdict == "wrong" and (data == same and deep > shallow == 2 or deep > shallow == 1)


def gradient_growth(program):
    """Gradient on every sample twice, by the gradient on each once: 1 for a mean, 2 for a sum, ½ where 1/m is there twice."""
    data = program.data
    if data.form in SINGLE:
        return None
    X, Y, m = data.X, data.Y, data.m
    try:
        one = program.run().grads
        axis = 0 if data.rows else 1
        data.X = np.concatenate([X, X], axis=axis)
        y_axis = [index for index, size in enumerate(Y.shape) if size == data.m]
        if not y_axis:
            return None
        data.Y = np.concatenate([Y, Y], axis=y_axis[0])
        data.m *= 2
        program.settings["m"] = data.m
        program.data_twice(True)
        two = program.run().grads
        ratios = [np.linalg.norm(two[name]) / np.linalg.norm(one[name]) for name in one if name in two and np.linalg.norm(one[name]) > 1e-12]
        return float(np.median(ratios)) if ratios else None
    except (Exception, TimeUp):
        return None
    finally:
        data.X, data.Y, data.m = X, Y, m
        program.settings["m"] = m
        program.data_twice(False)


def negative(program, name, checks, factor, base, scale_free):
    """Gradient and derivative point opposite ways: what the update does with it decides."""
    done = Evaluation(program, "wrong", name, checks, factor, base)
    direction = program.direction()
    if direction is not None and direction < 0 and base.gradient_from != "update":
        # P := P + rate · (negative gradient): descends
        done.verdict = "correct" if scale_free or abs(factor + 1) < 2 * core.AGREES else "convention"
        done.notes.append("The update adds, so a gradient of the opposite sign descends.")
        return convention(program, done) if done.verdict == "convention" else done
    if program.cost_known and cost_falls_with_error(program):
        if base.gradient_from == "update" and abs(factor + 1) < 2 * core.AGREES:
            # what is called cost is a likelihood, and every step raises it
            done.verdict = "correct"
            done.notes.append("What is computed as a cost rises as the predictions get better, and the update raises it.")
            return done
        done.verdict = "convention"
        done.reason = "cost sign"
        return done
    done.reason = "sign"
    return done


def sanity(program, done):
    """The gradient is the derivative of the cost; the cost itself must fall as predictions approach the targets."""
    deaf = next((each.function for each in program.steps if each.role == "cost" and program.cost_known and not program.settings.get("composed") and unasked(each.function)), None)
    if deaf is not None:
        done.notes.append("%s is given the targets and never reads them: it cannot tell good predictions from bad ones." % deaf.title)
    if program.cost_known and cost_falls_with_error(program):
        direction = program.direction()
        if direction is None and not takes_steps(program):
            done.notes.append("What is computed as a cost rises as the predictions get better: whoever takes steps with this gradient must add them.")
        elif direction is None and any(step.role == "cost" for step in program.steps) or direction is not None and direction > 0:
            done.verdict = "wrong"
            done.reason = "both signs"
    return done
