"""What the steps of a training lack that was compared as a whole: the learning rate for one of the parameters, or a layer."""

import ast

import numpy as np

from ..bind import parameters as where, unrated as rates_read
from ..common import names
from ..common.syntax import walk
from .off_the_way import left_out_by, over_layers

#: How far two factors may lie apart that are the same.
CLOSE = 1e-3


def find(best, recorder):
    """(site, rule, message, formula); None where the gradients differ otherwise."""
    return (left_out(best, recorder) or unrated(best, recorder)) if best.base.gradient_from == "update" else None


def left_out(best, recorder):
    """A layer that stays where it is, while all others are moved by their gradients in a loop over the layers."""
    still = [each for each in best.checks if each.missing or each.shape is None and not np.any(each.analytic) and np.any(np.abs(each.numeric) > 1e-7)]
    rest = [each for each in best.checks if each not in still]
    if [each.leaf.kind for each in still] not in (["W"], ["W", "b"]) or not rest or not all(each.proportional for each in rest):
        return None
    for event in best.program.run(record=True).events:
        site = recorder.sites[event.site]
        if site.file in best.program.code.trees and any(is_moved(each, event.value, best.program.theta0) for each in rest):
            loop = next((each for each in walk(best.program.code.trees[site.file]) if isinstance(each, ast.For) and each.lineno <= site.line <= each.end_lineno and over_layers(each)), None)
            if loop is not None:
                return left_out_by(loop, site.file, site.function, still)
    return None


def unrated(best, recorder):
    """The first step by a whole gradient where the others are by the learning rate times theirs."""
    if not all(each.proportional and each.factor for each in best.checks):
        return None
    least = min((each.factor for each in best.checks), key=abs)
    whole = [each for each in best.checks if not np.isclose(each.factor, least, rtol=CLOSE)]
    rates = [best.program.settings["rate"]] + rates_read.written_down(best.program)
    if not whole or not any(np.allclose([each.factor * rate for each in whole], least, rtol=CLOSE) for rate in rates):
        return None
    for event in best.program.run(record=True).events:
        target = recorder.sites[event.site].target
        if any(is_moved(each, event.value, best.program.theta0) for each in whole if names.plain(where.base(each.leaf.name)) == names.plain(target.split(".")[-1])):
            return recorder.sites[event.site], "update", "%s is moved by its whole gradient: the learning rate is missing in this step." % target, "%s = %s - learning_rate * d%s" % (target, target, target.split(".")[-1])
    return None


def is_moved(check, value, before):
    """Whether a value is what a step makes of a parameter."""
    old = before[check.leaf.name]
    if not isinstance(value, np.ndarray) or value.shape != np.shape(old):
        return False
    step = (old - value).reshape(-1)[check.entries]
    size = np.dot(step, check.analytic) / max(np.dot(check.analytic, check.analytic), 1e-300)
    return abs(size) > 1e-9 and np.linalg.norm(step - size * check.analytic) < 1e-6 * np.linalg.norm(step)
