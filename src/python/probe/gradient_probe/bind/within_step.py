"""The gradients of a backward pass that hands each of them to an optimizer, `dW2, db2 = self.adam(dW2, db2)`: what their names stood for before."""

import numpy as np

from ..common import names
from .pairing import enough, pair


def optimized(program):
    """Whether a step calls an optimizer of the file that is more than gradient descent."""
    return any(names.like_name(each, "adam|adagrad|adadelta|rms_?prop|momentum|nesterov") for step in program.steps for each in step.function.callees if each)


def gradients(program):
    """What fills the gradients of an outcome; None where not every parameter has one under a name of its own, of its shape."""
    program.recorded = True
    try:
        events = program.run(record=True).events
    except Exception:
        events = []
    step = next((each for each in program.steps if each.role in ("backward", "both", "train")), None)
    first = {}
    for each in events if step is not None else ():
        site = program.recorder.sites[each.site]
        name = site.target.split(".")[-1]
        own = names.stem(name)[0] if names.is_gradient(name) else ""
        if isinstance(each.value, np.ndarray) and site.function.split(".")[-1] == step.function.name and site.kind in ("assign", "update") and (names.is_weight(own) or names.is_bias(own)):
            first.setdefault(name, each)
    match = pair(program.leaves, [((("event", each.key),), name, each.value) for name, each in first.items()])
    keys = {name: path[0][1] for name, path in match.items()}
    values = {each.key: each.value for each in first.values()}
    if not enough(program.leaves, match) or not all(np.shape(values[keys[leaf.name]]) == leaf.shape for leaf in program.leaves if leaf.kind == "W"):
        program.recorded = False
        return None

    def fill(program, outcome, roots, pool, theta):
        found = {each.key: each.value for each in outcome.events}
        outcome.grads = {name: np.array(found[key], dtype=float) for name, key in keys.items() if key in found}
        outcome.gradient_from = "attributes"

    return fill
