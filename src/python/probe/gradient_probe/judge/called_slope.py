"""A layer that is wrong by itself because a function that it calls for its slope is no derivative of its activation: `grad * self.activation_prime(self.input)`."""

import numpy as np

from ..bind import parameters as where
from ..common.sandbox import TimeUp, Timer
from ..shapes.one_layer import Weighed


def blame(evaluation, code):
    """Puts that function in the place of the layer's backward pass; leaves what is wrong by itself, or calls a right function with a wrong value."""
    try:
        with Timer(0.5):
            site = found(evaluation.program, code)
    except (Exception, TimeUp):
        return
    if site is not None:
        name = site.function.split(".")[-1]
        evaluation.broken, evaluation.update = [], (site, "activation-derivative", "%s is not the derivative of the activation, neither at Z nor at A." % name, None)


def found(program, code):
    """The `return` of such a function; None where there is none."""
    sites, base = program.recorder.sites, program.run(record=True)
    layer, x, above = program.roots["self"].layers[-1], program.theta0["x"], Weighed.above(base.AL)
    if len(program.leaves) != 1 or np.shape(base.AL) != np.shape(x) or np.shape(base.grads["x"]) != np.shape(x):
        return None
    events = [each for each in base.events if sites[each.site].kind == "return" and np.shape(each.value) == np.shape(x)]
    backward = base.marks["backward"]
    forward = {sites[each.site].function for each in events if each.order < backward}
    made = [sites[each.site] for each in events if each.order >= backward and np.allclose(above * each.value, base.grads["x"])]
    # sigmoid, of which the slope is made, is none itself
    made = [each for each in made if each.function not in forward and each.function.split(".")[-1] != program.chain[-1].name]
    asked = functions(made[-1], layer, code) if made else []
    return made[-1] if asked and not any(is_slope(each, program, x, base.AL) for each in asked) else None


def functions(site, layer, code):
    """What may be meant by its name: what the layer keeps, its method, or a function of the file."""
    name = site.function.split(".")[-1]
    every = [value for _, value in where.attributes(layer)] + [getattr(layer, name, None)] + [each.target for each in code.functions]
    return [each for each in every if callable(each) and getattr(each, "__name__", None) == name]


def is_slope(function, program, x, A):
    """Whether it gives the slope of the layer's forward pass at Z or, given A, at the same Z."""
    step = 1e-6
    moved = [program.run({"x": x + each}, until="cost").AL for each in (step, -step)]
    slope = (moved[0] - moved[1]) / (2 * step)
    return any(np.allclose(function(given.copy()), slope, rtol=1e-3, atol=1e-5) for given in (x, A))
