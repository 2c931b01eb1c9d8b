"""A right gradient that is kept under the name of another parameter: `grads["db" + str(l)] = db` of layer l + 1."""

import numpy as np

from ..common import names
from ..common import numeric as core


def find(best, recorder):
    """(site, rule, message, formula) of the statement that keeps it there; None where there is none."""
    if best.base.gradient_from == "update":
        return None
    factor = next((each.factor for each in best.checks if each.proportional and each.factor), 1.0)
    for each in [one for one in best.checks if not one.missing and not one.agrees and not one.proportional]:
        given = np.asarray(best.base.grads[each.leaf.name], dtype=float)
        owner = next((other for other in best.checks if other is not each and (other.leaf.kind == each.leaf.kind or other.leaf.shape != each.leaf.shape) and is_of(given, other, factor)), None)
        event = last_kept(best.program, recorder, given, each.leaf.name) if owner is not None else None
        if event is not None:
            return recorder.sites[event.site], "wrong-value", "The gradient of %s is kept here as that of %s." % (owner.leaf.name, each.leaf.name), None
    return None


def is_of(given, check, factor):
    """Whether an array is the gradient of a parameter, as the cost has it; of one number that may be chance."""
    if given.shape != check.leaf.shape or len(check.entries) < 2 or not np.any(check.numeric):
        return False
    values = given.reshape(-1)[check.entries]
    return np.linalg.norm(values - factor * check.numeric) < 4 * core.AGREES * np.linalg.norm(values)


def last_kept(program, recorder, given, parameter):
    """The last statement that puts this array under a key or into an attribute, where several have it; None where it was computed for that parameter by mistake, `dgamma = np.sum(dout, axis=0)`."""
    events = [each for each in program.run(record=True).events if isinstance(each.value, np.ndarray) and np.array_equal(each.value, given)]
    if any(names.stem(recorder.sites[each.site].target)[0] == names.plain(parameter) for each in events if recorder.sites[each.site].target.isidentifier()):
        return None
    kept = [each for each in events if recorder.sites[each.site].kind in ("assign", "unpack") and ("[" in recorder.sites[each.site].target or "." in recorder.sites[each.site].target)]
    return kept[-1] if kept else None
