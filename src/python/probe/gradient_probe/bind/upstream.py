"""The derivative of the cost that the backward pass of a whole network is given: `net.backward(mse_grad(out, y))`."""

import copy

import numpy as np

from ..common import names
from ..source.functions import Function
from ..source.links import is_link
from .derived import Derived, taken_at
from .losses import losses
from .roles import goes_down
from . import written_out


def is_handed(backward):
    """Whether a backward pass gets the derivative of the cost, and no targets to make it of."""
    return backward.bound and is_link(backward)


def has_cost(code):
    """Whether the file has a function that may be the cost."""
    every = code.every
    return any(names.like_name(each.name, names.COST) and len(each.arguments) > 1 for each in every)


def costs(code):
    """The costs of the file that have a derivative, each as a function of the prediction and the targets that knows its `pair`."""
    out = []
    for pair, functions in losses(code):
        made = Function(functions[0].name, pair.cost, functions[0].node, None, functions[0].file, functions[0].own)
        made.arguments, made.defaults, made.pair = ["AL", "Y"], {}, pair
        out.append(made)
    return out


def like(targets, prediction):
    """The targets, where they have the shape of the prediction."""
    if np.shape(targets) != np.shape(prediction):
        raise ValueError("the targets have another shape than what forward returns")
    return targets


class Upstream(Derived):
    """Part of a Pool."""

    #: the cost that is compared with and its derivative
    pair = None

    def upstream(self, function, argument, phase):
        """What the derivative of the file's cost gives; where it has none, the prediction less the targets."""
        if phase == "backward" and names.is_upstream(argument) and (names.plain(argument) in self.results or names.plain(argument) in self.named):
            # the forward pass gives the error of the output itself
            return None
        down = not is_handed(function) and argument == function.arguments[0] and is_link(function) and hasattr(function, "node") and goes_down(function)
        handed = down or is_handed(function) and argument == function.arguments[0]
        said = self.derived(function, argument, phase) if not handed else None
        if said is not None:
            return said
        if phase != "backward" or "AL" not in self.roles or not handed and (not names.is_upstream(argument) or any(names.holds_targets(each) for each in function.arguments) or has_cost(self.code)):
            return None
        if self.pair is not None:
            pair, place = self.pair, self.place_of(function, argument)
            return lambda pool: taken_at(pair.gradient(copy.copy(pool.roles["AL"]), pool.data["Y"].copy()), place)
        written = written_out.getter(self, function, argument)
        if written is not None and np.shape(self.roles["AL"]) == np.shape(self.data["Y"]):
            return written
        if down and has_cost(self.code):
            # the file makes it of its own cost, in a way that is not seen
            raise LookupError("%s needs `%s`, and nothing in the file says what that is" % (function.title, argument))
        self.settings["outside"] = argument
        # whoever adds the steps hands down the targets less the prediction
        return self.chosen((function.title, argument), [lambda pool, sign=sign: sign * (pool.roles["AL"] - like(pool.data["Y"], pool.roles["AL"])) for sign in (1.0, -1.0)])
