"""The whole check of one file: load, bind, compare, localize, and say it as data."""

import os
import re
import sys

import numpy as np

from . import clock
from . import loading
from . import names
from . import person
from . import torch_functions
from . import unset
from . import verdict as judge
from .functions import Code
from .localize import Localizer
from .recorder import Recorder
from .report import Report
from .sandbox import TimeUp
from .search import Search
from .source import CannotRun, read_source
from .updates import look_at_update

#: Seconds for finding a binding, and for finding the broken link.
BIND_SECONDS = 5.0
LOCALIZE_SECONDS = 3.0


def check_file(path, request, progress):
    """The result as JSON-ready data. Never raises for what is in the file."""
    report = Report(path)
    try:
        source = read_source(path, request.get("text"))
    except CannotRun as problem:
        return report.cannot_run(problem)
    except (OSError, IOError) as error:
        return report.cannot_run(CannotRun(str(error)))
    report.source = source
    progress("load")
    if torch_functions.subclasses(source):
        return report.torch(torch_functions.check(source, path))
    recorder = Recorder()
    loader = loading.create(path, recorder)
    namespace = loader.load(source)
    code = Code(namespace, loader, source)
    report.code, report.loader, report.recorder = code, loader, recorder
    progress("bind")
    best = find(code, recorder, request, progress, report)
    stopped = unset.attribute(code, best)
    if stopped is not None:
        return report.cannot_run(stopped)
    if best is None:
        return report.not_run()
    if best.verdict in ("correct", "convention"):
        unless_late(lambda: look_at_update(best, report.search, recorder), None)
    if best.verdict in ("wrong", "unclear") and not best.broken and best.update is None:
        progress("localize")
        localize(best, report)
    if best.verdict == "wrong" and not best.program.cost_known and (not best.broken or best.remaining) and judge.proportional(best.checks) < 2 and not judge.top_is_right(best):
        # no cost of theirs, and none that fits: nothing is known
        best.verdict = "unclear"
    if request.get("data") is not None:
        best.on_data = person.check(best, report.search, request["data"])
    return report.result(best)


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
        if chosen is None:
            chosen = best
        elif chosen.verdict == "unclear":
            chosen = best
        elif backward is not None and backward.own:
            report.others.append(best)
    if chosen is not None:
        chosen = unless_late(lambda: in_full(chosen), chosen)
        chosen = unless_late(lambda: with_dropout(without_l2(chosen, search, code), search), chosen)
    for other in report.others:
        if chosen.verdict in ("correct", "convention") and other.verdict == "wrong" and clock.now() < deadline + 2:
            other = unless_late(lambda: in_full(other), other)
            localize(other, report)
            if other.broken and not other.remaining:
                chosen = other
    return chosen


def in_full(chosen):
    """The same evaluation at all entries."""
    chosen.program.quick = False
    try:
        done = judge.evaluate(chosen.program)
    except Exception:
        clock.trace()
        done = None
    if done is None:
        return chosen
    done.parts, done.setting = chosen.parts, chosen.setting
    if chosen.reason == "other cost":
        done.verdict, done.reason = chosen.verdict, chosen.reason
    done.notes.extend(each for each in chosen.notes if each not in done.notes)
    return done


def unless_late(work, otherwise):
    """What `work` gives; where their code takes too long in it, what is known already."""
    try:
        return work()
    except TimeUp:
        return otherwise


def best_of(programs, search):
    """Correct before convention before wrong, of all bindings of one backward pass."""
    best = None
    for program, parts, setting in programs:
        try:
            done = judge.evaluate(program)
        except TimeUp:
            continue
        except Exception as error:
            clock.trace()
            search.failures.append((5, len(search.failures), None, error, error.__traceback__))
            continue
        search.counted = done is not None and done.verdict != "unclear"
        if done is None:
            continue
        search.any_bound = search.any_bound or search.counted
        done.parts, done.setting = parts, setting
        if os.environ.get("GRADIENT_PROBE_TRACE"):
            sys.stderr.write("%s %s dims %s rows %s form %s cost %s factor %s %s\n" % (done.verdict, parts, program.sizes.dims, setting.rows, setting.form, done.cost, done.factor, [(each.leaf.name, each.factor, each.residual, each.shape) for each in done.checks]))
        if best is None or judge.RANK[done.verdict] < judge.RANK[best.verdict]:
            best = done
        if best.verdict == "correct":
            break
    if best is not None and best.verdict == "wrong" and best.setting.m != 1 and best.parts[2] and one_sample(best, search.code):
        other = best_of(search.single(best.parts), search)
        if other is not None and judge.RANK[other.verdict] <= judge.RANK[best.verdict]:
            best = other
    if best is not None and best.verdict in ("wrong", "unclear") and best.program.shrunk:
        # what is wrong at small widths only is a width written as a number, no mistake
        other = again(best, search, full=True)
        if other is not None and judge.RANK[other.verdict] < judge.RANK[best.verdict]:
            best = other
    if best is not None and best.program.cost_known and best.parts[2] and (best.verdict == "unclear" or (best.verdict == "wrong" and uses_abs(best))):
        best = without_cost(best, search)
    return best


def one_sample(best, code):
    """Whether their backward pass takes the samples one by one: it updates in a loop over them, or is called in one."""
    import ast

    backward = best.parts[2][-1][1]
    if best.base.gradient_from == "update" and backward.loops:
        return True
    for call, inside, _ in code.sites.get(backward.name, []):
        given = {each.id for each in call.args if isinstance(each, ast.Name)}
        for loop in ast.walk(inside) if inside is not None else ():
            if isinstance(loop, ast.For) and isinstance(loop.target, ast.Tuple) and len(given & {each.id for each in ast.walk(loop.target) if isinstance(each, ast.Name)}) >= 2 and any(each is call for each in ast.walk(loop)):
                return True
    return False


def uses_abs(best):
    """An absolute error is printed because it reads well; few differentiate it."""
    cost = next((function for role, function in best.parts[2] if role == "cost"), None)
    return cost is not None and any(name in ("abs", "absolute", "fabs") for name in cost.callees)


def without_cost(best, search):
    """Their cost has no derivative (an accuracy), or is another than the one they descend: infer it from the gradient."""
    owner, init, steps = best.parts
    parts = (owner, init, [each for each in steps if each[0] != "cost"])
    bound = search.any_bound
    other = best_of((each for each in search.of_group([parts], False)), search)
    search.any_bound = bound or (other is not None and other.verdict == "correct")
    if other is not None and other.verdict == "correct":
        if best.verdict == "wrong":
            other.verdict, other.reason = "convention", "other cost"
        other.notes.append("The cost of the file has no derivative that this gradient could be compared with; %s was inferred." % other.cost)
        return other
    return best


def again(best, search, **changed):
    """The same binding with other settings, evaluated; None where it does not run."""
    from .binding import Attempt

    owner, init, steps = best.parts
    if not steps or steps[-1][0] in ("train", "layers"):
        return None
    options = dict(search.options, **{key: value for key, value in best.program.settings.items() if key in ("base", "guessed", "l2", "no_l2")})
    attempt = Attempt(search.code, search.recorder, best.setting, dict(options, **changed))
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
        done.parts, done.setting = best.parts, best.setting
    return done


L2_ELSEWHERE = re.compile(r"(reg|lambd|lamda|lmbda|decay|l2)\w*.*\*.*(w|theta|param)|(w|theta|param).*\*.*(reg|lambd|lamda|lmbda|decay|l2)", re.I)


def without_l2(best, search, code):
    """A difference that is L2 alone: where the file adds it elsewhere it is none, where the cost has none it is a convention."""
    if best.verdict not in ("wrong",) or best.reason is not None:
        return best
    other = again(best, search, l2=0.0, no_l2=True)
    if other is None or other.verdict not in ("correct", "convention"):
        return best
    numeric = {each.leaf.name: each.numeric for each in other.checks}
    in_cost = any(np.linalg.norm(each.numeric - numeric[each.leaf.name]) > 1e-6 * (1 + np.linalg.norm(each.numeric)) for each in best.checks if each.leaf.name in numeric)
    if not in_cost:
        other.verdict, other.reason = "convention", "l2"
        return other
    bound = {function.title for _, function in best.parts[2]}
    lines = code.source.lines
    for each in [one for one in code.functions + [method for owner in code.classes for method in owner.methods.values()] if one.own and one.title not in bound]:
        body = lines[each.line - 1:getattr(each.node, "end_lineno", each.line)]
        if not re.search(names.COST, names.plain(each.name)) and any(L2_ELSEWHERE.search(line) and re.search(r"=(?!=)", line) and not re.search(names.COST, line.split("=")[0].lower()) for line in body[1:]):
            stepped = unless_late(lambda: with_update(best, search, each), None)
            if stepped is not None and stepped.verdict == "wrong":
                # L2 is added there to some weights and not to others
                return stepped
            other.notes.append("L2 is added to the gradient in %s, outside the function that was checked." % each.title)
            return other
    return best


def with_update(best, search, update):
    """The same binding with the update as last step: what it adds to the gradient counts. Only its direction, its rate is not known."""
    from .binding import Attempt
    from .gradients import from_difference
    from .program import Outcome

    owner, init, steps = best.parts
    program = search.attempt(Attempt(search.code, search.recorder, best.setting, search.options), owner, init, steps + [("update", update)])
    if program is None:
        return None
    try:
        roots, pool = program.world(program.theta0)
        program.reseed()
        outcome = Outcome()
        for step in program.steps:
            program.perform(step, roots, pool, outcome)
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
    if best.verdict != "correct" or not any(names.is_name(name, names.KEEP_NAMES + "|" + names.DROP_NAMES) for name in [one for step in best.program.steps for one in step.function.arguments]) and not any(names.is_name(name, names.KEEP_NAMES + "|" + names.DROP_NAMES) for step in best.program.steps for name, _ in step.plan):
        return best
    other = again(best, search, keep=0.7, drop=0.3)
    if other is not None and other.verdict == "wrong":
        other.dropout = True
        return other
    return best


def localize(best, report):
    finder = Localizer(best.program, best.cost, best.checks, clock.now() + LOCALIZE_SECONDS)
    try:
        best.localizer = finder
        best.broken = finder.run()
        best.remaining = finder.remaining
    except (Exception, TimeUp):
        clock.trace()
