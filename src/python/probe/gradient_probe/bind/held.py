"""A cost that is computed after the step is that of moved parameters, `W -= rate * dW; cost = …`: the step is held still, and the cost is that of the parameters it began with."""

import re

import numpy as np

from ..common import names
from . import parameters as where


def plain_target(recorder, event):
    """'w1' for W1, self.W1, parameters["W1"] and params['W' + str(1)]."""
    text = recorder.sites[event.site].target
    text = re.sub(r"^\s*self\.", "", text)
    match = re.search(r"\[\s*['\"](\w+)['\"]\s*(\+\s*str\(.*\))?\s*\]$", text)
    return names.plain(match.group(1)) if match else names.plain(text.split("[")[0])


def moves(program, events, start=0):
    """{key of an event: parameter} for what gives each parameter a new value from an event on; None where that of one is not seen."""
    sites, keys = program.recorder.sites, {}
    for leaf in program.leaves:
        own = [each for each in events if each.order >= start and sites[each.site].kind in ("assign", "update") and plain_target(program.recorder, each) == names.plain(where.base(leaf.name)) and np.shape(each.value) == leaf.shape and not np.array_equal(each.value, program.theta0[leaf.name])]
        if not own or "[" in leaf.name:
            return None
        keys.update({each.key: leaf.name for each in own})
    return keys


def still(keys, theta):
    """What to set in a run so that no parameter moves."""
    return {key: np.array(theta[name]) for key, name in (keys or {}).items()}
