"""A derivative by Z that is handed to where one by A is meant: `dAL = AL - Y` for a sigmoid_backward that multiplies by g'(Z) as it should."""

import numpy as np

from ..common import names
from ..common.arrays import is_array, same_direction
from .explain import explain


def handed(finder, broken, said=None):
    """(site, sentence, formula) of where that was computed, and by another function than the one that goes on with it; None where there is no such place. `said`: what is explained already."""
    if not (said or explain(broken, finder)).twice:
        return None
    site = finder.recorder.sites[broken.event.site]
    function = finder.function_called(site.function.split(".")[-1])
    if function is None or not any(names.is_upstream(each) for each in function.arguments):
        return None
    for event in finder.events[finder.start:broken.event.order]:
        made = finder.recorder.sites[event.site]
        if made.kind in ("assign", "return") and made.function != site.function and is_array(event.value) and event.value.shape == broken.event.value.shape and same_direction(event.value, np.asarray(broken.truth)):
            name = made.target if made.kind == "assign" else made.function.split(".")[-1]
            text = "%s is the derivative by Z already: that by A is meant, which %s multiplies by the derivative of the activation." % (name, function.name)
            return made, text, formula(finder, broken, name) if made.kind == "assign" else None
    return None


def formula(finder, broken, name):
    """What it should be, where that is the derivative of one of the usual losses."""
    node, after = finder.near(broken)
    scale = float(np.sum(broken.truth * node.derivative) / np.sum(node.derivative ** 2))
    text = finder.loss_formula(after.derivative * scale)
    return "%s = %s" % (name, text) if text else None
