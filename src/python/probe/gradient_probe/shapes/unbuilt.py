"""Layers that are given their own number of units, and make their weights once they know what comes in: `Dense(8)`, `layer.input_shape = (3,)`, `layer.initialize()`, or `layer.build(3)`."""

import numpy as np

from ..bind import parameters as where
from ..common import names

#: The one number of their constructor, what they keep of the layer before, and what makes their weights.
UNITS = r"^(units|(n|num|numof|numberof|output|out)?(units|nodes|neurons|size|dims?|features|shape))$"
INPUT = r"^(input|in|prev|previous)(put)?(layer)?s?_?(shape|sizes?|dims?|units|features|nodes|neurons)$|^n_?(in|inputs|features)$"
MAKERS = r"^(build|setup|compile|create|make|init|initiali[sz]e|reset)(layer|weights?|params?|parameters?|weightsandbias(es)?)?$"


def wants_units(numbers):
    return len(numbers) == 1 and names.is_name(numbers[0], UNITS)


def waits(made, owner):
    """Whether a layer that knows both its ends has no arrays before one of its methods makes them: init_param()."""
    return bool(makers(owner)) and not where.leaves(made)


def makers(owner):
    """Methods that make a layer's weights by their names; a constructor has run already."""
    return [each for each in owner.methods.values() if names.is_name(each.name, MAKERS) and each.name != "__init__"]


def built(made, owner, n_in, n_out):
    """The layer with weights for n_in inputs; raises where none of its methods makes them."""
    for key, value in where.attributes(made):
        if value is None and names.is_name(key, INPUT):
            setattr(made, key, width(key, n_in))
    for each in makers(owner):
        if len(each.needed) < 2 and all(names.is_name(one, INPUT) for one in each.needed) and not weighted(made, n_in, n_out):
            getattr(made, each.name)(**{one: width(one, n_in) for one in each.needed})
    if not weighted(made, n_in, n_out):
        raise ValueError("%s makes no weights" % owner.name)
    return made


def width(name, n_in):
    return (n_in,) if names.like_name(name, "shape") else n_in


def weighted(made, n_in, n_out):
    return any(np.shape(value) in ((n_in, n_out), (n_out, n_in)) for _, value in where.attributes(made) if isinstance(value, np.ndarray))
