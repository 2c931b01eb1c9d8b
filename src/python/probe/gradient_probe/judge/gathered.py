"""A step that is made of what a right backward pass gives for one sample after the other: it must go down, and for all parameters alike."""

import ast

import numpy as np

from ..bind import parameters as where
from ..bind.binding import Attempt, Setting
from ..certain.steps import held
from ..common import clock
from ..common import names
from ..common.data import SINGLE
from ..common.sandbox import TimeUp
from ..common.syntax import walk
from . import verdict as judge


def upward(best, search, recorder):
    """(site, rule, message, formula) of a parameter that such a step moves along its gradient; None where all go down, or nothing can be said."""
    owner, init, steps = best.parts
    if best.base.gradient_from == "update" or best.factor is None or best.factor < 0 or not steps or steps[-1][0] != "backward":
        return None
    wanted = {names.plain(where.base(leaf.name)) for leaf in best.program.leaves}
    pool = list(owner.methods.values()) if owner is not None else search.code.functions
    for step in [each for each in pool if each.own and steps[-1][1].name in each.callees and gathers(each, wanted)][:1]:
        # several samples, of which the backward pass takes one at a time
        setting = Setting(list(best.setting.sizes.dims), best.setting.rows, best.setting.form) if best.setting.m == 1 and best.setting.form not in SINGLE else best.setting
        program = search.attempt(Attempt(search.code, recorder, setting, dict(search.options, l2=0.0, no_l2=True)), owner, init, steps[:-1] + [("train", step)])
        if program is None:
            continue
        try:
            done = judge.evaluate(program)
        except (Exception, TimeUp):
            clock.trace()
            continue
        compared = [each for each in done.checks if not each.missing and not each.vacuous] if done is not None and done.base.gradient_from == "update" else []
        told = amiss(compared, program.data.m) if compared and all(each.proportional and each.factor for each in compared) else None
        if told is not None:
            name = where.base(told[0].leaf.name)
            site = next((each for each in recorder.sites if each.file == step.file and each.function.split(".")[-1] == step.name and each.kind in ("assign", "update") and names.plain(each.target.split(".")[-1].split("[")[0]) == names.plain(name)), None)
            if site is not None:
                return site, "update", told[1] % (name, step.name), None
    return None


def amiss(compared, m):
    """(LeafCheck, sentence) of a parameter that moves up, or m times as far or as little as the others; None where all go down alike."""
    up = next((each for each in compared if each.factor < 0 and len(each.entries) > 1), None)
    if up is not None:
        return up, "%s is moved along its gradient: what %s gathers of the samples has the other sign, so the cost rises."
    usual = np.median([each.factor for each in compared if each.leaf.kind == "W"] or [1.0])
    for each in compared:
        if m > 1 and each.leaf.kind == "b" and len(each.entries) > 1 and min(abs(each.factor / usual / k - 1) for k in (m, 1.0 / m)) < 1e-3:
            return each, "%s is moved by a " + ("sum" if each.factor > usual else "mean") + " over the samples in %s, where the weights are moved by a " + ("mean." if each.factor > usual else "sum.")
    return None


def gathers(function, wanted):
    """Whether a function sums over samples in a loop, and moves the parameters itself."""
    moved = {held(target) for each in walk(function.node) if isinstance(each, (ast.Assign, ast.AugAssign)) for target in (each.targets if isinstance(each, ast.Assign) else [each.target])}
    return function.loops and bool(moved & wanted)
