"""Runs a bound network once more on samples of the person's own file: what is so there only is told with its numbers, and never as wrong."""

import numpy as np

from ..bind.binding import Attempt
from ..common import clock
from ..common import numeric as core
from ..common.data import SINGLE
from ..common.sandbox import TimeUp, Timer
from ..shapes import layers
from ..source.functions import Function
from .samples import SEEDS, Samples, outputs_for, setting_for

#: Code that takes one sample at a time is run on so many of them.
FEW = 4
#: A step so small that a kink is seldom inside it.
SMALL_STEP = 1e-7
#: What rounding leaves of a difference at that step.
ROUNDING = 5e-3


class OnData:
    """What came of it: `checked`, `not_checked` as sentences, `findings` as (rule, severity, message, explanation, site or None)."""

    def __init__(self, name, count):
        self.what = "%d sample%s of %s" % (count, "" if count == 1 else "s", name)
        self.checked, self.not_checked, self.findings = [], [], []


def check(best, search, given):
    """`given`: {"X": m rows of features, "Y": m rows of targets, "name"}. Never raises for what their code does with them."""
    X, Y = np.asarray(given["X"], dtype=float), np.asarray(given["Y"], dtype=float)
    name = named(given)
    single = best.setting.form in SINGLE or best.setting.m == 1
    if single:
        chosen = np.unique(np.linspace(0, len(X) - 1, min(FEW, len(X))).astype(int))
        X, Y = X[chosen], Y[chosen]
    out = OnData(name, len(X))
    try:
        batches = [(X[each:each + 1], Y[each:each + 1]) for each in range(len(X))] if single else [(X, Y)]
        said = []
        for one, two in batches:
            program, reason = bind(best, search, one, two)
            if program is None:
                out.not_checked.append("%s: %s" % (name, reason))
                return out
            said.append(compare(program, best, out))
        out.checked.append("also on %s: %s" % (out.what, next((each for each in said if each != said[0]), said[0])))
    except (Exception, TimeUp) as error:
        clock.trace()
        out.not_checked.append("%s: %s" % (name, described(error)))
    return out


def named(given):
    return given.get("name") or "the data"


def described(error):
    return "it took too long" if isinstance(error, TimeUp) else "%s: %s" % (type(error).__name__, error)


def bind(best, search, X, Y):
    """(Program, None) on these samples, or (None, why not)."""
    reason = "the network that was checked does not take its %d feature%s" % (X.shape[1], "" if X.shape[1] == 1 else "s")
    try:
        tried = outputs_for(Y, best.program.sizes.nL, "softmax" in search.code.text.lower())
    except ValueError as error:
        return None, str(error)
    for outputs in tried:
        try:
            samples = Samples(X, Y, outputs, best.setting.rows, best.setting.form)
        except ValueError as error:
            reason = str(error)
            continue
        for full, seed in [(full, seed) for full in ((False, True) if best.program.shrunk else (False,)) for seed in SEEDS]:
            failed = len(search.failures)
            try:
                program = made(best, search, setting_for(best.setting, samples, seed), full)
            except LookupError as error:
                return None, str(error)
            if program is not None and (program.data.n0, program.data.outputs, program.data.m) == (samples.n0, samples.outputs, samples.m):
                program.quick, program.data = False, samples
                return program, None
            if program is None and len(search.failures) > failed:
                reason = described(search.failures[-1][3])
    return None, reason


def made(best, search, setting, full):
    """The same binding in another setting; None where it does not run. LookupError where that cannot be tried."""
    owner, init, steps = best.parts
    kept = ("base", "guessed", "l2", "no_l2", "keep", "drop")
    options = dict(search.options, **{key: value for key, value in best.program.settings.items() if key in kept})
    if full:
        options["full"] = True
    role, last = steps[-1]
    if role == "layers":
        functions = [each for _, each in steps]
        with Timer(3.0):
            return next((program for program, others in layers.bind(search.code, search.recorder, setting, options) if program is not None and list(others) == functions), None)
    if role == "train" and len(steps) == 1:
        if not isinstance(last, Function) or last.name == "lifted":
            raise LookupError("the script makes its samples itself")
        try:
            with Timer(3.0):
                return search.small_or_full(setting, owner, last)
        except Exception as error:
            search.failures.append((0, len(search.failures), None, error, error.__traceback__))
            return None
    return search.attempt(Attempt(search.code, search.recorder, setting, options), owner, init, steps)


def compare(program, best, out):
    """One sentence about the gradients on these samples; adds findings to `out`."""
    base = program.run()
    site = overflow(program)
    cost = "cost" if program.cost_known else best.inferred
    if site is not None or not finite(base):
        where = "" if site is None else ": %s is the first that is not" % program.recorder.sites[site].target
        add(out, "data-overflow", "warning", "On %s the numbers are not finite%s. A gradient cannot be checked there." % (out.what, where), "An exponential of a large number, a logarithm of 0 or a division by 0. Smaller features, or a limit (np.clip) inside the logarithm, keep them finite.", None if site is None else program.recorder.sites[site])
        return "the numbers are not finite"
    by_cost, _ = core.check(program)
    checks = by_cost.get(cost)
    if checks is None:
        raise ValueError("the cost that was inferred (%s) does not fit its targets" % best.cost)
    compared = [each for each in checks if not each.missing and each.shape is None]
    if compared and all(each.vacuous for each in compared):
        AL = base.AL
        said = "" if AL is None or np.size(AL) == 0 else " Every prediction is between %.4g and %.4g." % (np.min(AL), np.max(AL))
        add(out, "data-vacuous", "warning", "On %s every gradient is 0.%s" % (out.what, said), "Both sides of the check are 0, which proves nothing: all outputs are dead, or saturated.", None)
        return "every gradient is 0, which proves nothing"
    dead = [each.leaf.name for each in compared if each.vacuous]
    note = "; the gradient of %s is 0 there, which proves nothing" % ", ".join(dead) if dead else ""
    if best.verdict == "wrong" or best.verdict == "unclear":
        bad = [each.leaf.name for each in checks if not each.missing and not each.proportional]
        return ("the gradient of %s is wrong there too" % ", ".join(bad) if bad else "every gradient is the derivative there, or a multiple of it") + note
    if core.uniform_factor(checks) is not None:
        return "every gradient agrees there too" + note
    return apart(program, best, cost, compared, out) + note


def finite(base):
    return (base.cost is None or np.isfinite(base.cost)) and all(np.all(np.isfinite(np.asarray(each, dtype=float))) for each in base.grads.values() if each is not None)


def overflow(program):
    """The site that first gives a number that is not finite; None where all are."""
    for event in program.run(record=True).events:
        value = event.value
        if isinstance(value, (float, np.floating)) or (isinstance(value, np.ndarray) and value.dtype.kind == "f"):
            if not np.all(np.isfinite(value)):
                return event.site
    return None


def apart(program, best, cost, compared, out):
    """Gradients that agreed on the seeded samples and differ here: a kink inside the step, or a discrepancy."""
    factors = [each.factor for each in compared if each.proportional and each.factor]
    factor = float(np.median(factors)) if factors else best.factor or 1.0
    kinks, bad = [], []
    for each in compared:
        if each.vacuous or (each.proportional and each.factor and abs(each.factor - factor) < 1e-3 * abs(factor)):
            continue

        def evaluate(moved):
            return core.cost_vector(program, dict(program.theta0, **{each.leaf.name: moved}))

        near = core.difference(evaluate, program.theta0[each.leaf.name], each.entries, SMALL_STEP)[cost]
        off = np.linalg.norm(each.analytic - factor * near) / max(np.linalg.norm(each.analytic), 1e-300)
        apart_by = np.linalg.norm(each.analytic - factor * each.numeric) / max(np.linalg.norm(each.analytic), 1e-300)
        (kinks if off < ROUNDING else bad).append((each, apart_by))
    if kinks:
        add(out, "data-kink", "information", "On %s a step of %g crosses a kink: the gradient of %s agrees only with a smaller step." % (out.what, core.STEP, ", ".join(each.leaf.name for each, _ in kinks)), "Some pre-activation is so close to 0 of a ReLU that the central difference spans both sides. That is no mistake.", None)
    if bad:
        each, by = max(bad, key=lambda one: one[1])
        entry = int(np.argmax(np.abs(each.analytic - factor * each.numeric)))
        add(out, "data-discrepancy", "warning", "On %s the gradient of %s differs from the derivative of the cost (%s: %.4g against %.4g), on the seeded samples it does not." % (out.what, ", ".join(one.leaf.name for one, _ in bad), each.leaf.name, each.analytic[entry], factor * each.numeric[entry]), "Look for what only these samples reach: a limit (np.clip), a rounded number, a Z of exactly 0.", None)
        return "%d of %d gradients differ there" % (len(bad), len(compared))
    return "every gradient agrees there too, apart from kinks"


def add(out, rule, severity, message, explanation, site):
    if not any(each[0] == rule for each in out.findings):
        out.findings.append((rule, severity, message, explanation, site))
