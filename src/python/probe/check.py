"""The whole check of one file: load, bind, compare, localize, and say it as data."""

import os
import sys
import time
import traceback

import numpy as np

import loading
import numeric as core
import verdict as judge
from functions import Code
from localize import Localizer
from recorder import Recorder
from report import Report
from sandbox import TimeUp
from search import Search
from source import CannotRun, read_source

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
    recorder = Recorder()
    loader = loading.create(path, recorder)
    namespace = loader.load(source)
    code = Code(namespace, loader, source)
    report.code, report.loader, report.recorder = code, loader, recorder
    progress("bind")
    best = find(code, recorder, request, progress, report)
    if best is None:
        return report.not_run()
    if best.verdict in ("wrong", "unclear") and not best.broken:
        progress("localize")
        localize(best, report)
    if best.verdict == "wrong" and not best.program.cost_known and (not best.broken or best.remaining) and judge.proportional(best.checks) < 2:
        # no cost of theirs, and none that fits: nothing is known
        best.verdict = "unclear"
    return report.result(best)


def find(code, recorder, request, progress, report):
    """The evaluation that stands for the file: of the first backward pass that binds, or of a later one that is provably wrong."""
    deadline = time.time() + request.get("bindSeconds", BIND_SECONDS)
    search = Search(code, recorder, {"keep": 1.0, "drop": 0.0, "l2": 0.7}, deadline, request.get("bind") or {})
    report.search = search
    chosen = None
    report.others = []
    for backward, programs in search.groups():
        best = best_of(programs, search)
        if best is None:
            continue
        if chosen is not None and chosen.verdict == "wrong":
            break
        if chosen is None:
            chosen = best
        elif chosen.verdict == "unclear":
            chosen = best
        elif backward.own:
            report.others.append(best)
    for other in report.others:
        if chosen.verdict in ("correct", "convention") and other.verdict == "wrong" and time.time() < deadline + 2:
            localize(other, report)
            if other.broken and not other.remaining:
                chosen = other
    return chosen


def best_of(programs, search):
    """Correct before convention before wrong, of all bindings of one backward pass."""
    best = None
    for program, parts, setting in programs:
        try:
            done = judge.evaluate(program)
        except TimeUp:
            continue
        except Exception as error:
            trace()
            search.failures.append((5, len(search.failures), None, error, error.__traceback__))
            continue
        if done is None:
            continue
        done.parts, done.setting = parts, setting
        if os.environ.get("GRADIENT_PROBE_TRACE"):
            sys.stderr.write("%s %s dims %s rows %s form %s cost %s factor %s %s\n" % (done.verdict, parts, program.sizes.dims, setting.rows, setting.form, done.cost, done.factor, [(each.leaf.name, each.factor, each.residual, each.shape) for each in done.checks]))
        if best is None or judge.RANK[done.verdict] < judge.RANK[best.verdict]:
            best = done
        if best.verdict == "correct":
            break
    if best is not None and best.verdict == "wrong" and best.base.gradient_from == "update" and best.setting.m != 1:
        other = best_of(search.single(best.parts), search)
        if other is not None and judge.RANK[other.verdict] < judge.RANK[best.verdict]:
            best = other
    return best


def trace():
    if os.environ.get("GRADIENT_PROBE_TRACE"):
        traceback.print_exc()


def localize(best, report):
    finder = Localizer(best.program, best.cost, best.checks, time.time() + LOCALIZE_SECONDS)
    try:
        best.localizer = finder
        best.broken = finder.run()
        best.remaining = finder.remaining
    except Exception:
        trace()
