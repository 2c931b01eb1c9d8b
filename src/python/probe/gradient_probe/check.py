"""The whole check of one file: load, bind, compare, localize, and say it as data."""

import ast

from .bind import neighbours, own_fields, plain_methods
from .blame import misnamed
from .blame.explain import explain
from .certain import divided
from .certain import no_product
from .certain import no_shape
from .certain import outdated
from .certain import own_calls
from .certain import reading
from .certain import undefined
from .certain import unkeyed
from .certain import unexported
from .certain import unfilled
from .certain import unfitting_calls
from .certain import unpacked
from .certain import unset
from .choosing import find, in_other_words, localize
from .common import clock
from .common import internal
from .common import names
from .common.sandbox import TimeUp, Wall
from .common.syntax import walk
from .judge import called_slope
from .judge import each_layer
from .judge import each_loss
from .judge import gathered
from .judge import on_top
from .judge import person
from .judge import printed
from .judge import slopes
from .judge import torch_functions
from .judge import updated_first
from .judge.one_by_one import takes_all
from .judge.updates import look_at_update
from .judge.updates import read as read_update
from .judge.variations import unless_late
from .report import engine
from .report import makers
from .report import parts
from .report import asserts, stops, unfit_weights
from .report.report import Report
from .source import loading
from .source.functions import Code
from .source.lifting import loaded
from .source.links import is_link
from .source.recorder import Recorder
from .source.source import CannotRun, read_source

#: What is done with a network when it has learned.
AFTER = "predict|accuracy|score|evaluat|plot|show|display"


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
    report.unfilled = unfilled.find(source.tree, path)
    progress("load")
    if torch_functions.subclasses(source):
        return report.torch(torch_functions.check(source, path))
    report.recorder = Recorder()
    report.loader = loading.create(path, report.recorder)
    clock.hurry(request.get("seconds", clock.PATIENCE), request.get("started"))
    try:
        with Wall(clock.END + (clock.WITH_DATA if request.get("data") is not None else 0)):
            return run(source, request, progress, report)
    except MemoryError:
        raise
    except (Exception, TimeUp) as error:
        clock.trace()
        if isinstance(error, Exception) and internal.told(error) is None:
            raise
        if isinstance(error, TimeUp) and report.search is not None:
            report.search.cut = True
        # whatever was cut off, what is known is told
        return told(report.best, report) if report.best is not None else report.not_run()


def run(source, request, progress, report):
    """What the functions of a source do, once they are bound."""
    path, loader, recorder = report.path, report.loader, report.recorder
    undefined_name, broken_cost, calls = undefined.name(source, path) or undefined.misspelt(source, path) or no_product.find(source, path) or no_shape.find(source, path) or unkeyed.find(source.tree, path), undefined.name(source, path, names.COST), own_calls.planned(source.tree)
    unexported_name = unexported.find(source.tree, path)
    if unexported_name is not None:
        return report.cannot_run(unexported_name)
    unfitting, unpacking = unfitting_calls.find(source.tree, path), unpacked.find(source.tree, path)
    namespace = loader.load(source)
    report.code = code = neighbours.completed(lambda: plain_methods.freed(own_fields.separated(Code(namespace, loader, source))), loader)
    progress("bind")
    known = unless_late(lambda: engine.alone(report), None)
    if known is not None:
        return known
    best = find(code, recorder, request, progress, report)
    report.searched = not report.search.cut
    stopped = unset.attribute(code, best)
    if stopped is None and (best is None or best.verdict in ("correct", "convention") or not best.program.cost_known):
        # a second backward pass of the file that stops is told, though the first is right, unless it is a link that nothing calls; or their cost, in whose place one was inferred
        stopped = undefined_name if best is None or not idle_link(undefined_name, code) else None
    if stopped is None and (best is None or not best.program.cost_known):
        # a cost that stops is no cost to compare with
        stopped = broken_cost or reading.stops(report.mistakes, names.COST, path) or (unless_late(lambda: asserts.in_cost(best, report.search.failures, code), None) if best is not None else None)
    if stopped is None and best is not None and best.verdict == "unclear":
        # what ran says nothing
        stopped = report.certain_exception()
    if stopped is None and best is None:
        stopped = own_calls.stopping(calls, code, report.their_frame) or unfitting or unpacking or stops.in_layer(report.search.halted_layers, code) or makers.stopping(report.search.failures, code)
    if stopped is None and best is not None and not report.search.cut and (best.verdict == "unclear" or best.program.data.m == 1 and takes_all(best, code) or best.verdict != "wrong" and even(best)):
        # with the samples that the file gives it stops, whatever one sample alone may do
        stopped = stops.find(report.search.failures, code, True)
    if stopped is None and best is not None and best.verdict in ("correct", "convention"):
        stopped = stops.unmoved(best) or stops.beside(best, report.search, code) or unless_late(lambda: unfit_weights.find(best, report.search), None) or (stops.find(report.search.failures, code) if stops.partly(best.program) else None)
    if stopped is None and best is not None and best.verdict in ("correct", "convention") and {each for each in source.lost & loaded(source.tree) if not names.like_name(each, AFTER)}:
        # a cell that is no Python defines what another one calls, and no training waits for it
        stopped = source.broken
    if stopped is None and report.unpaired and source.python2 is None:
        # the cost with L2 that a backward pass with L2 belongs to
        stopped = divided.loops(source.tree, path, names.COST)
    if stopped is None and best is not None and "unknown" in best.program.settings:
        # one layer may run by chance
        stopped = stops.beyond(report.search.failures, code)
    if stopped is None and best is not None and unfitting is not None and getattr(unfitting, "called", None) in [each.name for _, each in best.parts[2]]:
        # what ran here is never called in the file with arguments that it takes
        stopped = unfitting
    if stopped is not None:
        return report.cannot_run(stopped)
    if best is None or best.verdict == "unclear":
        report.mistakes = report.mistakes or unless_late(lambda: slopes.mistakes(code), [])
    if best is None:
        out = report.not_run()
        # a module of layers alone, of which no network is made
        best = unless_late(lambda: wrong_layer((), report), None) if out["verdict"] == "not bound" and not report.mistakes else None
        if best is None:
            return out["verdict"] == "not bound" and (parts.correct(report) or unless_late(lambda: engine.result(report), None)) or unless_late(lambda: parts.with_those_right(out, report), out)
    if best.verdict in ("correct", "convention"):
        unless_late(lambda: look_at_update(best, report.search, recorder), None)
        best.update = best.update or unless_late(lambda: read_update(best, recorder), None) or report.misplaced() or updated_first.find(best, recorder) or unless_late(lambda: gathered.upward(best, report.search, recorder), None)
        if best.update is not None:
            best.verdict = "wrong"
        unless_late(lambda: printed.compare(best, report.search), None)
        if best.update is None:
            best.update = unless_late(lambda: slopes.wrong(code, recorder, ran(best)), None)
            best.verdict = "wrong" if best.update is not None else best.verdict
        if best.verdict in ("correct", "convention"):
            best = unless_late(lambda: in_other_words(best, report), best)
        if best.verdict in ("correct", "convention"):
            best = unless_late(lambda: apart(best, report), best)
    if best.verdict in ("wrong", "unclear") and not best.broken and best.update is None:
        progress("localize")
        best = nearer(best, report)
    if request.get("data") is not None:
        best.on_data = person.check(best, report.search, request["data"])
    gone = outdated.stopping(source.tree, path, ran(best)) if best.verdict in ("correct", "convention") and outdated.uses(source.tree) else None
    return told(best, report) if gone is None else report.cannot_run(gone, "With what was meant in its place it was checked: %s" % told(best, report)["summary"])


def idle_link(problem, code):
    """Whether what cannot run is one link of the chain, tanh_backward(dA, cache), that nothing in the file calls or puts into a table."""
    function = next((each for each in code.functions if problem is not None and each.name == problem.function), None)
    return function is not None and is_link(function) and not any(isinstance(each, ast.Name) and each.id == function.name for tree in code.trees.values() for each in walk(tree))


def even(best):
    """Whether it was bound where the layers have as many units as there are inputs, which is tried last: W may stand for W.T there."""
    dims = best.program.sizes.dims
    return len(dims) > 2 and len(set(dims[:-1])) == 1 and not best.program.from_script and not best.program.shrunk


def apart(best, report):
    """The evaluation of a layer that is wrong by itself, though the network that was checked is right; else that of the network."""
    sites = best.program.recorder.sites
    passed = {sites[each.site].function for each in best.program.run(record=True).events}
    other = wrong_layer(passed, report)
    if other is None:
        return best
    localize(other, report)
    called_slope.blame(other, report.code)
    return other


def nearer(best, report):
    """Localized: what is wrong in the network, or the layer that is wrong by itself where that is another."""
    handed = report.misplaced((reading.ARGUMENT,)) if best.verdict == "wrong" else None
    if handed is not None and report.code.runs(handed[0].function, best.program.steps):
        # that it is wrong was proved by running; where, reading tells
        best.update = handed
        return best
    # first, for it takes no time
    other = unless_late(lambda: wrong_layer((), report), None) if best.verdict == "wrong" else None
    localize(best, report)
    slope = unless_late(lambda: wrong_slope(best, report), None) if best.verdict == "wrong" and best.update is None else None
    if slope is not None:
        best.broken, best.update = [], slope
        return best
    parts = [each.name for _, each in other.parts[2]] if other is not None else []
    inside = {each.name for each in unset.reached(report.code, [each for _, each in other.parts[2]])} if other is not None else set()
    if other is None or best.update is not None or best.broken and (blamed(best.broken[0], best, report) in inside or not any(report.code.runs(each, best.program.steps) for each in parts)):
        # a layer that this network has not is another matter
        return best
    localize(other, report)
    called_slope.blame(other, report.code)
    return other


def wrong_slope(best, report):
    """(site, rule, message, formula) of the derivative that is the mistake where another place looks like it; None where the activation is, or a broken link is shown in it already."""
    given = best.localizer.given_to if best.broken and best.localizer.given_wrong(best.broken[0]) is not None else None
    found = slopes.wrong_in(report.code, report.recorder, ran(best), given)
    if found is None or misnamed.another(best.program) is not None or any(blamed(each, best, report) == found[0].function.split(".")[-1] for each in best.broken):
        return None
    return found


def blamed(broken, best, report):
    """The name of the function in which a broken link is shown."""
    finder = best.localizer
    finder.look_at(broken)
    passing = finder.passing_on(broken) if explain(broken, finder).passed_on else None
    return passing.function.split(".")[-1] if passing is not None else report.blame(broken, finder, finder.recorder.sites[broken.event.site])[0]


def wrong_layer(passed, report):
    """The evaluation of the first layer, or loss, that is wrong by itself; None where there is none."""
    found = next((each for room in (each_layer, each_loss) for each in room.wrong(report.code, report.recorder, report.search.options, passed, report.alone)), None)
    if found is not None:
        misnamed.blame(found)
    return found


def told(best, report):
    """The result of what was found, as far as it was looked at."""
    if best.verdict == "wrong" and best.update is None and not best.program.cost_known and (not best.broken or best.remaining or not report.searched or unsaid(best)) and not on_top.fixes_the_cost(best):
        # no cost of theirs, and none that fits: nothing is known; and what was not tried for lack of time may fit
        best.verdict = "unclear"
    if best.verdict == "wrong" and best.update is None and best.reason is None and not best.broken and not report.searched and 2 * on_top.proportional(best.checks) <= len(best.checks):
        # no place of it is known, and what was not tried for lack of time may be what is meant, if not most of it is right
        best.verdict = "unclear"
    if best.verdict == "wrong" and "unknown" in best.program.settings and (not best.broken or best.remaining) and not any(each.agrees for each in best.checks):
        # what was given may not be what is meant, and nothing says that it is
        best.verdict = "unclear"
    return report.result(best)


def unsaid(best):
    """Whether gradients of weights are wrong by themselves and nothing says how: of a backward pass alone one, else that of every layer. Another prediction or cost may be meant, one with an L2 term say."""
    finder = getattr(best, "localizer", None)
    weights = {each.leaf.name for each in best.checks if each.leaf.kind == "W"}
    alone = [role for role, _ in best.parts[2]] == ["backward"] and not any(each.agrees or each.proportional for each in best.checks)
    before, lost = set(), set()
    for broken in best.broken:
        gained, before = weights & broken.fixed - before, broken.fixed
        finder.look_at(broken)
        if len(gained) == 1 and explain(broken, finder).rule == "wrong-value":
            if alone and broken.what == "leaf":
                return True
            lost |= gained
    return len(weights) > 1 and lost == weights


def ran(best):
    """Names of the functions that a run of the check passed."""
    return {best.program.recorder.sites[each.site].function.split(".")[-1] for each in best.program.run(record=True).events}
