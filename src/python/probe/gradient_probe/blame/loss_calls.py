"""A delta at the output that is a product, `dldy(A, Y) * slope(A)`, of which the derivative of the loss is a function of its own: where that is wrong it is told there, whatever is wrong beside it."""

from ..common import names
from ..common.arrays import same_direction


def wrong(finder, broken):
    """(site, message, formula) of what such a function gives back; None where it is right, or none is called."""
    sites, line = finder.recorder.sites, finder.recorder.sites[broken.event.site]
    if not finder.is_output(broken):
        return None
    for event in finder.events[finder.start:broken.event.order]:
        site, caller = sites[event.site], event.caller
        if site.kind != "return" or caller is None or (caller[0], caller[1]) != (line.function.split(".")[-1], line.line):
            continue
        function = finder.function_called(site.function.split(".")[-1])
        if function is None or not of_loss(function):
            continue
        true = [each.derivative for each in finder.output_nodes() if each.derivative.shape == getattr(event.value, "shape", None)]
        if true and not any(same_direction(event.value, each) for each in true):
            return site, "%s is not the derivative of the loss by the prediction." % function.name, next((text for text in map(finder.loss_formula, true) if text is not None), None)
    return None


def of_loss(function):
    """Whether a function is given a prediction and its target, and no more."""
    given = function.needed
    return len(given) == 2 and any(names.is_name(each, names.AL_NAMES) for each in given) and any(names.holds_targets(each) and not names.is_name(each, names.AL_NAMES) for each in given)
