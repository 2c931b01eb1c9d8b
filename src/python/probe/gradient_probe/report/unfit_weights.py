"""An initializer beside the one that was used, whose weights fit each other only where all layers are equally wide: `layer_dims[1]` for `layer_dims[l]`."""

import ast
import copy

import numpy as np

from ..common.sandbox import TimeUp
from ..common.syntax import walk
from ..source.source import CannotRun

#: Widths of which no two that meet are alike, widths of which the hidden ones are, and widths that are all the same.
UNLIKE, HIDDEN_ALIKE, ALIKE = [5, 4, 6, 3], [5, 4, 4, 3], [4, 4, 4, 4]


def find(best, search):
    """CannotRun of such an initializer, that is given the widths alone and makes {"W1": …, "b1": …, …}; None where there is none."""
    for init in search.found["init"]:
        if init is None or init is best.parts[1] or not init.own or init.bound or len(init.needed) != 1:
            continue
        made, fit, even = layers(init, UNLIKE), layers(init, HIDDEN_ALIKE), layers(init, ALIKE)
        # an orthogonal start may be meant for hidden layers of one width
        if None not in (made, fit, even) and misfit(made) is not None and misfit(fit) is not None and misfit(even) is None:
            return CannotRun("The parameters that it makes do not fit together: of the widths %s, %s" % (" - ".join(map(str, UNLIKE)), misfit(made)), line_of_weights(init), init.name, init.file)
    return None


def line_of_weights(init):
    """Where an initializer sets its weights, else where it begins."""
    for each in walk(init.node):
        if isinstance(each, ast.Assign) and any(isinstance(one, ast.Constant) and one.value in ("W", "w", "W1", "w1") for target in each.targets for one in walk(target)):
            return each.lineno
    return init.line


def layers(init, widths):
    """[(W, b)] of each layer; None where it makes something else of these widths."""
    try:
        made = init.target(copy.copy(widths))
        found = [tuple(np.asarray(made[kind + str(layer)], dtype=float) for kind in ("W", "b")) for layer in range(1, len(widths))]
    except (Exception, TimeUp):
        return None
    return found if len(made) == 2 * len(found) and all(W.ndim == 2 for W, _ in found) else None


def misfit(made):
    """Of layers that do not fit each other, or whose bias does not fit their weights, which these are; None where all fit, with units in the rows or in the columns of W."""
    told = [first_misfit(made, units) for units in (0, 1)]
    return None if None in told else told[0]


def first_misfit(made, units):
    below = None
    for number, (W, b) in enumerate(made, 1):
        if b.size != W.shape[units]:
            return "W%d is %s and b%d is %s" % (number, W.shape, number, b.shape)
        if below is not None and below.shape[units] != W.shape[1 - units]:
            return "W%d is %s and W%d is %s" % (number - 1, below.shape, number, W.shape)
        below = W
    return None
