"""A parameter that is moved by its whole gradient, where the others are moved by the learning rate times theirs."""

import numpy as np

from ..bind import parameters as where
from ..common import names

#: How far two factors may lie apart that are the same.
CLOSE = 1e-3


def find(best, recorder):
    """(site, rule, message, formula) of the first such step; None where the gradients differ otherwise."""
    if best.base.gradient_from != "update" or not all(each.proportional and each.factor for each in best.checks):
        return None
    least = min((each.factor for each in best.checks), key=abs)
    unrated = [each for each in best.checks if not np.isclose(each.factor, least, rtol=CLOSE)]
    if not unrated or not any(np.allclose([each.factor * rate for each in unrated], least, rtol=CLOSE) for rate in rates(best.program)):
        return None
    for event in best.base.events or best.program.run(record=True).events:
        target = recorder.sites[event.site].target
        if any(is_moved(each, event.value, best.program.theta0) for each in unrated if names.plain(where.base(each.leaf.name)) == names.plain(target.split(".")[-1])):
            return recorder.sites[event.site], "update", "%s is moved by its whole gradient: the learning rate is missing in this step." % target, "%s = %s - learning_rate * d%s" % (target, target, target.split(".")[-1])
    return None


def rates(program):
    """The learning rate that is given, and those that the file itself has."""
    return [program.settings["rate"]] + [value for name, value in program.code.namespace.items() if names.is_rate(name) and isinstance(value, float)]


def is_moved(check, value, before):
    """Whether a value is what a step makes of a parameter."""
    old = before[check.leaf.name]
    if np.shape(value) != np.shape(old):
        return False
    step = (old - value).reshape(-1)[check.entries]
    size = np.dot(step, check.analytic) / max(np.dot(check.analytic, check.analytic), 1e-300)
    return abs(size) > 1e-9 and np.linalg.norm(step - size * check.analytic) < 1e-6 * np.linalg.norm(step)
