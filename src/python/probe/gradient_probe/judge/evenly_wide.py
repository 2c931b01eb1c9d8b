"""Code that is right of two layers, or right but for a convention, and stops at three of different widths: at three that are equally wide a mistake in its loop over the layers runs through."""

import numpy as np

from ..bind.binding import Attempt, Setting
from ..common.data import SINGLE
from . import on_top
from . import verdict as judge

WIDTH = 4


def deeper(best, search):
    """The evaluation of such a network, where a hidden layer is wrong in it and the output layer is right; else the one that is given."""
    steps = best.parts[2]
    if best.verdict not in ("correct", "convention") or layers(best) != 2 or best.setting.form in SINGLE or not steps or steps[-1][0] == "layers":
        return best
    for outputs in dict.fromkeys([best.program.sizes.nL, WIDTH]):
        done = evaluated([WIDTH] * 3 + [outputs], best, search)
        # of a network that is written for two layers the third has no gradient
        if done is None or done.verdict != "wrong" or layers(done) != 3 or not on_top.top_agrees(done) or any(each.missing or not np.any(each.analytic) for each in done.checks):
            continue
        # with two layers it is right, and its cost is made for as many outputs
        shallow = evaluated([WIDTH] * 2 + [outputs], best, search)
        if shallow is not None and shallow.verdict == best.verdict and layers(shallow) == 2:
            done.right_of_fewer = True
            done.notes.append("This shows in a network of three layers that are equally wide: of different widths it stops, and of two layers it is right.")
            return done
    return best


def evaluated(dims, best, search):
    owner, init, steps = best.parts
    setting = Setting(dims, best.setting.rows, best.setting.form, best.setting.m)
    program = search.attempt(Attempt(search.code, search.recorder, setting, search.options), owner, init, steps)
    done = judge.evaluate(program) if program is not None else None
    if done is not None:
        done.parts, done.setting = best.parts, setting
    return done


def layers(best):
    return sum(leaf.kind == "W" for leaf in best.program.leaves)
