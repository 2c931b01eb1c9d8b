"""The whole check of one file: load, bind, compare, localize, and say it as data."""

import os
import sys

import numpy as np

from .bind import neighbours
from .blame.localize import Localizer
from .certain import own_calls
from .certain import reading
from .certain import undefined
from .certain import unfitting_calls
from .certain import unset
from .common import clock
from .common import names
from .common.data import SINGLE
from .common.sandbox import TimeUp, Timer, Wall
from .judge import cost_fault
from .judge import person
from .judge import printed
from .judge import slopes
from .judge import torch_functions
from .judge import verdict as judge
from .judge.one_by_one import at_once, one_sample, takes_all
from .judge.updates import look_at_update, overwritten, turned
from .judge.updates import read as read_update
from .judge.variations import again, unless_late, with_dropout, without_l2
from .report import stops
from .report.report import Report
from .search import Search
from .source import loading
from .source.functions import Code
from .source.recorder import Recorder
from .source.source import CannotRun, read_source

#: Seconds for finding a binding, and for finding the broken link.
BIND_SECONDS = 5.0
LOCALIZE_SECONDS = 3.0
#: Seconds for comparing all entries of the binding that was found.
FULL_SECONDS = 3.0


def check_file(path, request, progress):
    """The result as JSON-ready data. Never raises for what is in the file."""
    report = Report(path)
    out = run_file(path, request, progress, report)
    if request.get("data") is not None and out["bound"] is None:
        out["notChecked"].append("%s: no functions were bound that could be run on it" % person.named(request["data"]))
    return reading.told(out, report) if out["verdict"] == "not bound" else out


def run_file(path, request, progress, report):
    try:
        source = read_source(path, request.get("text"))
    except CannotRun as problem:
        return report.cannot_run(problem)
    except (OSError, IOError) as error:
        return report.cannot_run(CannotRun(str(error)))
    report.source = source
    # before loading, which puts its own calls into the tree
    report.mistakes = reading.mistakes(source.tree, path)
    progress("load")
    if torch_functions.subclasses(source):
        return report.torch(torch_functions.check(source, path))
    report.recorder = Recorder()
    report.loader = loading.create(path, report.recorder)
    clock.hurry(request.get("seconds", clock.PATIENCE), request.get("started"))
    try:
        with Wall(clock.END + (clock.WITH_DATA if request.get("data") is not None else 0)):
            return run(source, request, progress, report)
    except TimeUp:
        clock.trace()
        # whatever was cut off, what is known is told
        return told(report.best, report) if report.best is not None else report.not_run()


def run(source, request, progress, report):
    """What the functions of a source do, once they are bound."""
    path, loader, recorder = report.path, report.loader, report.recorder
    undefined_name, broken_cost, calls = undefined.name(source, path) or undefined.misspelt(source, path), undefined.name(source, path, names.COST), own_calls.planned(source.tree)
    unfitting = unfitting_calls.find(source.tree, path)
    namespace = loader.load(source)
    report.code = code = neighbours.completed(Code(namespace, loader, source), loader, lambda: Code(namespace, loader, source))
    progress("bind")
    best = find(code, recorder, request, progress, report)
    stopped = unset.attribute(code, best)
    if stopped is None and (best is None or best.verdict in ("correct", "convention") or not best.program.cost_known):
        # a second backward pass of the file that stops is told, though the first is right; or their cost, in whose place one was inferred
        stopped = undefined_name
    if stopped is None and best is not None and not best.program.cost_known:
        # a cost that stops is no cost to compare with
        stopped = broken_cost
    if stopped is None and best is not None and best.verdict == "unclear":
        # what ran says nothing
        stopped = report.certain_exception()
    if stopped is None and best is None:
        stopped = own_calls.stopping(calls, code, report.their_frame) or unfitting
    if stopped is None and best is not None and (best.verdict == "unclear" or best.program.data.m == 1 and takes_all(best, code)):
        # with the samples that the file gives it stops, whatever one sample alone may do
        stopped = stops.find(report.search.failures, code, True)
    if stopped is None and best is not None and best.verdict in ("correct", "convention"):
        stopped = stops.unmoved(best.program)
    if stopped is not None:
        return report.cannot_run(stopped)
    if best is None:
        return report.not_run()
    if best.verdict in ("correct", "convention"):
        unless_late(lambda: look_at_update(best, report.search, recorder), None)
        best.update = best.update or unless_late(lambda: read_update(best, recorder), None) or report.misplaced()
        if best.update is not None:
            best.verdict = "wrong"
        unless_late(lambda: printed.compare(best), None)
        if best.update is None:
            best.update = unless_late(lambda: slopes.wrong(code, recorder, ran(best)), None)
            best.verdict = "wrong" if best.update is not None else best.verdict
    if best.verdict in ("wrong", "unclear") and not best.broken and best.update is None:
        progress("localize")
        localize(best, report)
    if request.get("data") is not None:
        best.on_data = person.check(best, report.search, request["data"])
    return told(best, report)


def told(best, report):
    """The result of what was found, as far as it was looked at."""
    if best.verdict == "wrong" and not best.program.cost_known and (not best.broken or best.remaining) and (best.exact or (judge.proportional(best.checks) < 2 and not judge.top_is_right(best))):
        # no cost of theirs, and none that fits: nothing is known
        best.verdict = "unclear"
    return report.result(best)


def ran(best):
    """Names of the functions that a run of the check passed."""
    return {best.program.recorder.sites[each.site].function.split(".")[-1] for each in best.program.run(record=True).events}


def find(code, recorder, request, progress, report):
    """The evaluation that stands for the file: of the first backward pass that binds, or of a later one that is provably wrong."""
    deadline = clock.now() + request.get("bindSeconds", BIND_SECONDS)
    search = Search(code, recorder, {"keep": 1.0, "drop": 0.0, "l2": 0.7}, deadline, request.get("bind") or {})
    report.search = search
    chosen = None
    report.others = []
    for backward, programs in search.groups():
        if backward is None and report.their_exception() is not None:
            break
        best = best_of(programs, search)
        if best is None:
            continue
        if chosen is not None and chosen.verdict == "wrong":
            break
        if chosen is None or chosen.verdict == "unclear":
            chosen = best
            # what is wrong is told only after further looks at it
            report.best = chosen if chosen.verdict in ("correct", "convention") else None
        elif backward is not None and backward.own:
            report.others.append(best)
    if chosen is not None:
        chosen = unless_late(lambda: in_full(chosen), chosen)
        chosen = report.best = unless_late(lambda: with_dropout(without_l2(chosen, search, code), search), chosen)
    if chosen is not None and chosen.verdict in ("correct", "convention") and chosen.program.from_script and clock.now() < deadline:
        # a script may train a second network further down
        report.others.extend(each for each in [best_of(search.of_script(chosen.parts[2][-1][1].line), search, False)] if each is not None)
    for other in report.others if chosen is not None and chosen.verdict in ("correct", "convention") else ():
        if other.verdict == "wrong" and other.parts[2] and not any(names.is_name(each, names.L2_NAMES) for each in other.parts[2][-1][1].arguments):
            # a backward pass without L2 belongs to a cost without it
            other = unless_late(lambda: again(other, search, l2=0.0, no_l2=True), None) or other
        other = unless_late(lambda: with_dropout(other, search), other)
        if chosen.verdict in ("correct", "convention") and other.verdict == "wrong" and clock.now() < deadline + 2:
            other = unless_late(lambda: in_full(other), other)
            localize(other, report)
            if other.update is not None or (other.broken and not other.remaining):
                chosen = report.best = other
    return chosen


def in_full(chosen):
    """The same evaluation at all entries, where that does not take too long."""
    if chosen.verdict == "unclear":
        return chosen
    chosen.program.quick = False
    try:
        with Timer(FULL_SECONDS):
            done = judge.evaluate(chosen.program)
    except (Exception, TimeUp):
        clock.trace()
        done = None
    if done is None:
        return chosen
    done.parts, done.setting = chosen.parts, chosen.setting
    if chosen.reason == "other cost":
        done.verdict, done.reason = chosen.verdict, chosen.reason
    done.notes.extend(each for each in chosen.notes if each not in done.notes)
    return done


def best_of(programs, search, further=True):
    """Correct before convention before wrong, of all bindings of one backward pass. `further`: what is wrong is looked at in other settings too."""
    best = None
    for program, parts, setting in until_late(programs, search):
        try:
            with Timer(BIND_SECONDS):
                done = judge.evaluate(program)
        except TimeUp:
            search.counted = search.settled = False
            continue
        except Exception as error:
            clock.trace()
            search.failures.append((5, len(search.failures), None, error, error.__traceback__))
            search.counted = search.settled = False
            continue
        search.counted = done is not None and done.verdict != "unclear"
        search.settled = done is not None and done.verdict in ("correct", "convention")
        if done is None:
            continue
        search.any_bound = search.any_bound or search.counted
        done.parts, done.setting = parts, setting
        if os.environ.get("GRADIENT_PROBE_TRACE"):
            sys.stderr.write("%s %s dims %s rows %s form %s cost %s factor %s %s\n" % (done.verdict, parts, program.sizes.dims, setting.rows, setting.form, done.cost, done.factor, [(each.leaf.name, each.factor, each.residual, each.shape) for each in done.checks]))
        if best is None or judge.RANK[done.verdict] < judge.RANK[best.verdict] or done.verdict == best.verdict == "wrong" and fits(done) and not fits(best):
            best = done
        if best.verdict == "correct":
            break
    return in_other_settings(best, search) if further and best is not None else best


def until_late(programs, search):
    """Those that come before their code takes too long where nothing else looks for that."""
    try:
        yield from programs
    except TimeUp:
        clock.trace()
        search.cut = True


def in_other_settings(best, search):
    """What a second opinion leaves of an evaluation: on one sample, with targets that lie otherwise, at the file's own widths, without its cost."""
    steps = best.parts[2]
    if best.verdict in ("wrong", "unclear") and best.setting.m != 1 and steps and (one_sample(best, search.code) or no_batch(best)):
        best = better(best, best_of(search.single(best.parts), search), True)
    if best.verdict == "wrong" and best.setting.form != "vector" and steps and steps[-1][0] in ("backward", "both") and any(each.shape is not None for each in best.checks):
        # gradients of other shapes than their parameters: perhaps the targets lie otherwise
        best = better(best, best_of(search.laid_otherwise(best.parts, best.setting), search, False))
    if best.setting.m != 1 and steps and best.base.gradient_from == "update" and lost(best) and not at_once(steps[-1][1].name, search.code):
        # b - rate · db has become a matrix of one column a sample: code for one sample
        other = best_of(search.single(best.parts), search)
        if other is not None and other.verdict != "unclear" and lost(other) < lost(best):
            best = other
    if best.verdict in ("wrong", "unclear") and best.program.shrunk:
        # what is wrong at small widths only is a width written as a number, no mistake
        best = better(best, again(best, search, full=True))
    if best.program.cost_known and steps and (best.verdict == "unclear" or (best.verdict == "wrong" and uses_abs(best))):
        best = without_cost(best, search)
    return best


def better(best, other, equal=False):
    """The other evaluation where its verdict is better, or with `equal` as good."""
    if other is None:
        return best
    ranks = judge.RANK[other.verdict], judge.RANK[best.verdict]
    return other if ranks[0] < ranks[1] or equal and ranks[0] == ranks[1] else best


def fits(best):
    """Whether the targets have the shape of the prediction."""
    return best.base.AL is not None and np.shape(best.base.AL) == np.shape(best.program.data.Y)


def lost(best):
    """How many biases have no gradient that fits them."""
    return sum(1 for each in best.checks if (each.missing or each.shape is not None) and each.leaf.kind == "b")


def no_batch(best):
    """Whether with several samples no gradient has the shape of its weights (np.outer, reshapes): code that takes one sample at a time."""
    weights = [each for each in best.checks if each.leaf.kind == "W" and not each.missing]
    return best.setting.form not in SINGLE and bool(weights) and all(each.shape is not None for each in weights)


def uses_abs(best):
    """An absolute error is printed because it reads well; few differentiate it."""
    cost = next((function for role, function in best.parts[2] if role == "cost"), None)
    return cost is not None and any(name in ("abs", "absolute", "fabs") for name in cost.callees)


def without_cost(best, search):
    """Their cost has no derivative (an accuracy), or is another than the one they descend: infer it from the gradient."""
    bound = search.any_bound
    other = inferred(best, search)
    search.any_bound = bound or (other is not None and other.verdict == "correct")
    if other is not None and other.verdict == "correct":
        if best.verdict == "wrong":
            other.verdict, other.reason = "convention", "other cost"
        other.notes.append("The cost of the file has no derivative that this gradient could be compared with; %s was inferred." % other.cost)
        return other
    if other is not None and other.verdict == "wrong" and best.verdict == "unclear" and not any(np.any(each.numeric) for each in best.checks):
        # of classes that were decided on: no parameter changes it, so it is no cost
        return other
    return best


def inferred(best, search):
    """The same binding without their cost: compared with one that is inferred."""
    owner, init, steps = best.parts
    return best_of(search.of_group([(owner, init, [each for each in steps if each[0] != "cost"])], False), search)


def localize(best, report):
    """The broken link: in the cost where that is at fault, else the first of the backward pass."""
    if best.verdict == "wrong" and best.reason is None and best.program.cost_known:
        best.update = unless_late(lambda: cost_fault.find(best, lambda: again(best, report.search, l2=0.0, no_l2=True), lambda: inferred(best, report.search)), None)
    if best.verdict == "wrong" and best.update is None:
        best.update = unless_late(lambda: overwritten(best, report.recorder) or turned(best, report.recorder), None)
    if best.update is not None:
        return
    finder = best.localizer = Localizer(best.program, best.cost, best.checks, clock.now() + LOCALIZE_SECONDS, best.exact)
    best.broken = finder.found
    try:
        finder.run()
    except (Exception, TimeUp):
        clock.trace()
    best.remaining = finder.remaining
