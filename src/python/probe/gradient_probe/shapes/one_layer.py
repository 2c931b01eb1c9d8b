"""One layer, or one loss, of the file by itself: what it is given is a parameter, and the cost of a layer is a weighted sum of what it gives."""

import numpy as np

from ..bind import gradients
from ..bind import parameters as where
from ..bind.binding import random_state
from ..bind.program import Program, Step
from ..common import names
from . import pair_parts
from .layers import Chain, made


class Given:
    """The first link: what the next one is given, as a parameter."""

    def __init__(self, x):
        self.x = x

    def forward(self, _):
        return self.x.copy()

    def backward(self, above):
        self.dx = above
        return above


class Weighed:
    """In place of a loss: Σ above · A, so that the derivative by A is `above`, which has no pattern."""

    known = True

    @staticmethod
    def above(A):
        random = np.random.RandomState(9)
        return random.uniform(0.3, 1.3, np.shape(A)) * random.choice([-1, 1], np.shape(A))

    def cost(self, A, _):
        return float(np.sum(self.above(A) * A))

    def gradient(self, A, _):
        return self.above(A)


class Alone(Chain):
    def forward(self, X):
        self.out = Chain.forward(self, X)
        return self.out

    def cost(self, AL, Y):
        return Chain.cost(self, self.out, Y)

    def backward(self, AL, Y, learning_rate):
        Chain.backward(self, self.out, Y, learning_rate)


def program_of(code, recorder, setting, options, chain, x):
    """The Program of such a chain, whose first link is given x; raises what their code raises."""
    program = Program(code, recorder, setting.sizes, setting.data(), options)
    program.roots["self"] = chain
    for layer in chain.layers:
        without_penalty(layer)
    own = [each for layer in chain.layers[1:] for each in parameters(layer, chain)]
    program.take_leaves([("self",) + each for each in own], random_state())
    plans = {"forward": [("X", lambda pool: pool.data["X"])], "cost": [("AL", lambda pool: None), ("Y", lambda pool: pool.data["Y"])], "backward": [("AL", lambda pool: None), ("Y", lambda pool: pool.data["Y"]), ("learning_rate", lambda pool: pool.settings["rate"])]}
    program.steps = [Step(role, made(role), plan, "self") for role, plan in plans.items()]
    program.cost_known = True
    outcome, roots, _ = program.performed()
    if np.shape(roots["self"].layers[0].dx) != np.shape(x):
        raise ValueError("what is handed down has not the shape of the input")
    finder = None
    if own and not isinstance(chain.layers[-1], pair_parts.Pair):
        # kept beside the parameters, or only in the step that these make in the backward pass
        finder = gradients.from_attributes(program, outcome, roots, program.theta0, True) or gradients.from_difference(program, outcome, roots, program.theta0, True)
    path = (("attr", "layers"), ("item", 0), ("attr", "x"))
    program.take_leaves([("self", path, "x", x)], random_state())
    program.leaves[-1].kind = where.INPUT
    program.theta0["x"] = x

    def fill(program, outcome, roots, pool, theta):
        layer = roots["self"].layers[-1]
        if isinstance(layer, pair_parts.Pair):
            outcome.grads = {name: getattr(layer, "d" + name) for name in layer._arrays if getattr(layer, "d" + name, None) is not None}
        elif finder is not None:
            finder(program, outcome, roots, pool, theta)
        kept = {names.plain(key): value for each in where.attributes(layer) for key, value in [each] + list(where.fields(each[1]).items())}
        for leaf in program.leaves:
            # dgamma is no name of a gradient elsewhere
            given = [kept[each % names.plain(leaf.name)] for each in ("d%s", "grad%s", "%sgrad") if each % names.plain(leaf.name) in kept]
            if names.is_name(leaf.name, pair_parts.SCALE) and leaf.name not in outcome.grads and isinstance((given or [None])[0], np.ndarray):
                outcome.grads[leaf.name] = given[0]
        outcome.grads["x"] = np.array(roots["self"].layers[0].dx, dtype=float)
        outcome.gradient_from = outcome.gradient_from or "attributes"

    program.gradient = fill
    program.settings["composed"] = True
    return program


def without_penalty(layer):
    """No penalty on the weights: it is added to their gradients, and is none of what the layer gives."""
    for key, value in where.attributes(layer):
        if names.like_name(key, r"l1|l2|lambda|regulari|decay") and isinstance(value, (int, float)) and not isinstance(value, bool):
            object.__setattr__(layer, key, 0.0)


def parameters(layer, chain):
    """(path, name, value) of each parameter of a layer."""
    at = (("attr", "layers"), ("item", next(index for index, each in enumerate(chain.layers) if each is layer)))
    found = where.leaves(layer)
    chosen = where.choose(found)
    scales = [each for each in found if names.is_name(where.base(each[1]), pair_parts.SCALE) and not any(each[2] is one[2] for one in chosen)]
    # of a pair of functions, whatever its shape
    arrays = [((("attr", name),), name, getattr(layer, name)) for name in layer._arrays] if isinstance(layer, pair_parts.Pair) else None
    return [(at + tuple(path), name, value) for path, name, value in (chosen + scales if arrays is None else arrays)]
