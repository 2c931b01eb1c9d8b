"""Networks of single neurons, each with weights of its own and its bias among them, `neuron['weights'][-1]`: whether the deltas that it keeps are wrong, or what the update makes of them."""

import re

import numpy as np

from ..bind import parameters as where
from ..common import names
from ..common import numeric as core

#: What a neuron keeps of the derivative by its Z.
DELTA = r"^(delta|error|err|gradient|grad|dz)$"


def find(best, recorder):
    """(site, rule, message, formula) of a wrong gradient; None where the neurons keep no deltas, or no place is seen."""
    program = best.program
    if [step.role for step in program.steps][-1:] != ["update"] or not all(own(each.leaf) for each in best.checks):
        return None
    layers = deltas(best, program.performed("update")[1])
    if layers is None:
        return None
    backward, factors = program.steps[-2].function, []
    for number, (found, true) in enumerate(reversed(layers)):
        factors.append(float(np.dot(found, true) / np.dot(true, true)))
        if not np.allclose(found, factors[-1] * true, rtol=core.AGREES, atol=core.AGREES * max(abs(found))):
            set_at = places(recorder, backward, lambda word: names.is_name(word, DELTA))
            text = "The deltas of the %s neurons are not the derivative of the cost by their Z." % ("hidden" if number else "output")
            return (set_at[-1], "wrong-value", text + (" Those above them are right." if number else ""), "delta = dA * g'(Z)") if set_at else None
    if not np.allclose(factors, factors[0], rtol=core.AGREES) or all(each.proportional for each in best.checks):
        # the last of the weights is no bias, or what is wrong is wrong above all layers
        return None
    moved_at = places(recorder, program.steps[-1].function, names.is_weight)
    return (moved_at[0 if biases_agree(best, factors[0]) else -1], "update", "The deltas are right, and the weights are moved by something else: each by the delta of its neuron times what came in there, the bias by the delta alone.", None) if moved_at else None


def own(leaf):
    """Whether a parameter is the weights of one neuron, that stands in a list of them."""
    return leaf.kind == "W" and len(leaf.shape) == 1 and len(leaf.path) > 3 and leaf.path[-2][0] == leaf.path[-3][0] == "item" and isinstance(leaf.path[-1][1], str)


def deltas(best, roots):
    """[(deltas that are kept, the true ones)] of each layer, the first hidden one first; None where some are not there. A bias moves Z by itself, so its derivative is that by Z."""
    layers = {}
    for each in best.checks:
        kept = where.fields(where.standing(roots, each.leaf.path[:-1]))
        value = next((value for name, value in kept.items() if names.is_name(name, DELTA) and np.size(value) == 1), None)
        if of_bias(each) is None or value is None:
            return None
        layers.setdefault(each.leaf.path[:-2], []).append((float(np.reshape(value, -1)[0]), of_bias(each)[1]))
    made = [tuple(np.array(column) for column in zip(*layers[key])) for key in sorted(layers, key=str)]
    return made if len(made) > 1 and all(np.any(true) for _, true in made) else None


def of_bias(check):
    """(theirs, numeric) of the last entry of a neuron's weights, its bias; None where it was not compared."""
    at = np.flatnonzero(np.asarray(check.entries) == check.leaf.shape[0] - 1)
    return (float(check.analytic[at[0]]), float(check.numeric[at[0]])) if len(at) and check.analytic is not None else None


def biases_agree(best, factor):
    """Whether every bias is moved by its delta, up or down."""
    return all(np.isclose(abs(one), abs(factor * other), rtol=core.AGREES) for one, other in map(of_bias, best.checks))


def places(recorder, function, rule):
    """The sites at which a function sets what one of these words is the name of, `neuron['delta']`."""
    return [each for each in recorder.sites if each.file == function.file and each.function.split(".")[-1] == function.name and each.kind in ("assign", "update") and any(rule(word) for word in re.findall(r"\w+", each.target))]
