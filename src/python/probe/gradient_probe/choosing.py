"""The evaluation that stands for a file, of all that bind: the best of each backward pass, looked at once more in other settings, with its broken link."""

import os
import sys

import numpy as np

from .blame import misnamed
from .blame import neurons
from .blame.localize import Localizer
from .common import clock
from .common import names
from .common.data import Data, makes_matrices
from .common.sandbox import TimeUp, Timer
from .judge import cost_fault, lacking_steps, misplaced
from .judge import on_top
from .judge import verdict as judge
from .judge import worded
from .judge.bound_well import both_penalized, doubtful_cost, fits, its_only_cost, likely, lies_so, lost, misshapen, mixed, no_batch, penalized, penalty_over, used
from .judge.evenly_wide import deeper
from .judge.one_by_one import at_once, gathered, one_sample
from .judge.updates import overwritten, turned
from .judge.variations import again, counted, unless_late, with_dropout, without_l2
from .search import Search

#: Seconds for finding a binding, and for finding the broken link.
BIND_SECONDS = 5.0
LOCALIZE_SECONDS = 3.6
#: Seconds for finding further backward passes, once one is wrong beside one that is right.
OTHERS_SECONDS = 0.5
#: Seconds for comparing all entries of the binding that was found.
FULL_SECONDS = 3.0


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
            if best.verdict == "wrong":
                # to look at that takes time, and what is still to come has seldom more to say
                search.deadline = min(search.deadline, clock.now() + OTHERS_SECONDS)
    chosen = as_script(chosen, search)
    if chosen is not None:
        chosen = unless_late(lambda: in_full(with_penalty(deeper(chosen, search), search, code)), chosen)
        chosen = report.best = unless_late(lambda: with_dropout(without_l2(chosen, search, code), search), chosen)
    report.unpaired = chosen is not None and (chosen.verdict == "wrong" or chosen.reason == "l2") and not penalized(chosen, code)
    if chosen is not None and chosen.verdict in ("correct", "convention") and clock.now() < deadline:
        # a script may train a second network further down, and a function another beside the first
        further = search.of_script(chosen.parts[2][-1][1].line) if chosen.program.from_script else next((search.of_entry(None, each) for each in search.beside_it(chosen)), None)
        second = best_of(further, search, False) if further is not None else None
        report.others.extend([second] if second is not None else [])
    for number, other in enumerate(report.others if chosen is not None and chosen.verdict in ("correct", "convention") else ()):
        if other.verdict == "wrong" and fits(chosen) and not fits(other):
            # it runs with targets that lie otherwise alone, and those are not meant
            continue
        if other.verdict == "wrong" and not penalized(other, code):
            # the cost that it belongs to did not run
            report.unpaired = True
            continue
        if other.verdict == "wrong" and other.parts[2] and not any(names.is_name(each, names.L2_NAMES) for each in used(other.parts[2][-1][1])):
            # a backward pass without L2 belongs to a cost without it
            other = unless_late(lambda: again(other, search, l2=0.0, no_l2=True), None) or other
        other = report.others[number] = unless_late(lambda: with_dropout(other, search), other)
        if chosen.verdict in ("correct", "convention") and other.verdict == "wrong" and clock.now() < deadline + 2:
            other = unless_late(lambda: in_full(other), other)
            localize(other, report)
            if other.update is not None or (other.broken and not other.remaining) or other.reason == "1/m twice":
                chosen = report.best = other
    return chosen


def as_script(best, search):
    """The evaluation of the file's own training loop, where that says more than its functions by themselves did: what stands between them only the script tells."""
    if best is None or best.verdict not in ("wrong", "unclear") or best.program.from_script or best.program.cost_known or on_top.fixes_the_cost(best) or search.bind or not search.has_script():
        return best
    other = best_of(search.of_script(), search)
    return other if other is not None and (judge.RANK[other.verdict] < judge.RANK[best.verdict] or other.verdict == "wrong" and (other.program.cost_known or on_top.fixes_the_cost(other))) else best


def in_other_words(best, report):
    """The evaluation with another activation that the network can be told by a word, where that is wrong and one link explains it; else that with the default."""
    for other, argument, word in worded.others(best, report.search):
        localize(other, report)
        other.broken = worded.meant(other, word) if not other.remaining else []
        if other.broken:
            other.notes.append("This is so with %s = %r, which is not what was tried first." % (argument, word))
            return other
    return best


def with_penalty(best, search, code):
    """The evaluation with the cost that has the L2 term, where the backward pass is right for the one without, though it is given the rate: then its own term is missing."""
    whole = penalty_over(best, code) if best.verdict == "correct" else None
    if whole is None:
        return best
    steps = [(role, whole if role == "cost" else function) for role, function in best.parts[2]]
    # it is given the same words
    uses = best.program.settings.get("uses") or ()
    uses += tuple(((whole.title, argument), way) for (title, argument), way in uses for role, function in best.parts[2] if role == "cost" and function.title == title)
    other = again(best, search, steps, penalty=True, uses=uses)
    return other if other is not None and other.verdict == "wrong" else best


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
    done.parts, done.setting, done.right_of_fewer = chosen.parts, chosen.setting, chosen.right_of_fewer
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
            # their code ran through; a square net may do so by chance
            search.came_through = search.came_through or program.data.m > 1 and len(set(program.sizes.dims)) > 1
            continue
        search.counted = done is not None and done.verdict != "unclear"
        search.settled = done is not None and done.verdict in ("correct", "convention")
        if done is None:
            continue
        search.any_bound = search.any_bound or search.counted
        done.parts, done.setting = parts, setting
        if setting.m == 1 and best is not None and best.verdict == "wrong" and gathered(best):
            # of one sample nothing is gathered
            continue
        if os.environ.get("GRADIENT_PROBE_TRACE"):
            sys.stderr.write("%s %s dims %s rows %s form %s cost %s factor %s %s\n" % (done.verdict, parts, program.sizes.dims, setting.rows, setting.form, done.cost, done.factor, [(each.leaf.name, each.factor, each.residual, each.shape) for each in done.checks]))
        if best is None or judge.RANK[done.verdict] < judge.RANK[best.verdict] and not judge.hidden_in(done, best) or done.verdict == best.verdict == "wrong" and likely(done, search.code) > likely(best, search.code):
            best = done
        if best.verdict == "correct":
            break
    if best is not None and "unknown" in best.program.settings:
        # what the values have become here they are in other settings too
        search.options = dict(search.options, unknown=best.program.settings["unknown"])
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
    steps, laid = best.parts[2], None
    if best.verdict == "wrong" and best.setting.m != 1 and steps and no_batch(best) and not fits(best):
        # X @ w of one dimension beside a column of targets is a matrix of all pairs: of one sample it would not show
        laid = best_of(search.laid_otherwise(best.parts, best.setting), search, False)
        best = laid if laid is not None and laid.verdict != "unclear" and fits(laid) and not no_batch(laid) else best
    if best.verdict in ("wrong", "unclear") and best.setting.m != 1 and steps and (one_sample(best, search.code) or no_batch(best)) and first_asked(search, steps):
        best = better(best, best_of(search.single(best.parts), search), True)
    if best.verdict == "wrong" and best.setting.form != "vector" and steps and steps[-1][0] in ("backward", "both", "train") and (any(each.shape is not None for each in best.checks) or (not fits(best) or mixed(best)) and not lies_so(best, search.code)):
        # gradients of other shapes than their parameters, a prediction of another than the targets, a cost of all pairs: perhaps these lie otherwise
        other = laid if laid is not None and best.setting.m != 1 else best_of(search.laid_otherwise(best.parts, best.setting), search, False)
        best = better(best, other, other is not None and mixed(best) and not mixed(other))
    other = best_of(search.entry_otherwise(best), search, False)
    best = better(best, other, other is not None and misshapen(best) and not misshapen(other))
    if best.verdict == "wrong" and steps and misshapen(best):
        # the gradient of a part, W[1:] without the biases in its first row: whoever moves the parameters knows of what
        moved = best_of(search.of_group(search.trained_with(best.parts), True), search, False)
        best = better(best, moved, moved is not None and not misshapen(moved))
    if best.program.data.m != 1 and steps and best.base.gradient_from == "update" and lost(best) and not at_once(steps[-1][1].name, search.code):
        # b - rate · db has become a matrix of one column a sample: code for one sample
        other = best_of(search.single(best.parts), search)
        if other is not None and other.verdict != "unclear" and lost(other) < lost(best):
            best = other
    if best.verdict == "wrong" and makes_matrices(search.code.text):
        best = of_matrices(best, search)
    if best.verdict in ("wrong", "unclear") and best.program.shrunk:
        # what is wrong at small widths only is a width written as a number, no mistake
        best = better(best, again(best, search, full=True))
    if best.program.cost_known and steps and (best.verdict == "unclear" or (best.verdict == "wrong" and doubtful_cost(best))):
        best = without_cost(best, search)
    return best


def of_matrices(best, search):
    """The same binding with samples that are matrices, where it is right so; from there on they are."""
    Data.matrices = True
    other = better(best, unless_late(lambda: again(best, search), None))
    Data.matrices = other is not best
    return other


def first_asked(search, steps):
    """Whether a second opinion of these steps on one sample is asked for the first time: what it gives may ask for one itself."""
    asked = search.__dict__.setdefault("singled", [])
    asked.append(steps)
    return steps not in asked[:-1]


def better(best, other, equal=False):
    """The other evaluation where its verdict is better, or with `equal` as good."""
    if other is None:
        return best
    ranks = judge.RANK[other.verdict], judge.RANK[best.verdict]
    return other if ranks[0] < ranks[1] or equal and ranks[0] == ranks[1] else best


def without_cost(best, search):
    """Their cost has no derivative (an accuracy), or is another than the one they descend: infer it from the gradient."""
    bound = search.any_bound
    other = inferred(best, search)
    search.any_bound = bound or (other is not None and other.verdict == "correct")
    if other is not None and other.verdict == "correct":
        if best.verdict == "wrong":
            without = again(best, search, l2=0.0, no_l2=True) if both_penalized(best) else None
            if without is not None and without.verdict == "correct" and counted(best, without):
                # that cost is the one it descends: its penalty is what the gradient has otherwise
                return best
            other.verdict, other.reason = "wrong" if its_only_cost(best, search.code) else "convention", "other cost"
            return other
        other.notes.append("The cost of the file has no derivative that this gradient could be compared with; %s was inferred." % other.cost)
        return other
    if other is not None and other.verdict == "wrong" and best.verdict == "unclear" and not any(np.any(each.numeric) for each in best.checks):
        # of classes that were decided on: no parameter changes it, so it is no cost
        return other
    return best


def inferred(best, search):
    """The same binding without their cost: compared with one that is inferred; None where it has no step of its own."""
    owner, init, steps = best.parts
    others = [each for each in steps if each[0] != "cost"]
    if len(others) == len(steps):
        return None
    return again(best, search, others) if "words" in best.program.settings else best_of(search.of_group([(owner, init, others)], False), search)


def localize(best, report):
    """The broken link: in the cost where that is at fault, else the first of the backward pass."""
    if best.verdict == "wrong" and best.reason is None and best.program.cost_known and not best.right_of_fewer:
        best.update = unless_late(lambda: cost_fault.find(best, lambda: again(best, report.search, l2=0.0, no_l2=True), lambda: inferred(best, report.search)), None)
    if best.verdict == "convention":
        return
    if best.update is not None:
        # an activation that is not what its name says makes a cost look wrong that is right
        function, text = unless_late(lambda: misnamed.found(best.program), None) or (None, None)
        best.update = (misnamed.place(function), "activation-derivative", text, None) if function is not None else best.update
    if best.verdict == "wrong" and best.update is None:
        best.update = unless_late(lambda: lacking_steps.find(best, report.recorder) or overwritten(best, report.recorder) or turned(best, report.recorder) or misplaced.find(best, report.recorder), None)
    if best.update is not None:
        return
    finder = best.localizer = Localizer(best.program, best.inferred, best.checks, clock.now() + LOCALIZE_SECONDS, best.exact)
    best.broken = finder.found
    try:
        finder.run()
    except (Exception, TimeUp):
        clock.trace()
    best.remaining = finder.remaining
    if not best.broken and best.verdict == "wrong" and best.reason is None:
        best.update = unless_late(lambda: neurons.find(best, report.recorder), None)
