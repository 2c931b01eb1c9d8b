"""Gradients of a list of parameters that a loop over the layers computes one after the other under one name: `g = …` and then Adam's step of W[l]."""

import numpy as np

from ..bind import gradients
from ..bind import parameters as where
from ..common import names
from .events import plain_target

#: Names of a gradient that say no more than that it is one.
SHORT = ("g", "gw", "gb")


def keys(program, outcome, roots):
    """{leaf: key of its gradient} of the entries of lists; those of which it is not certain are left out."""
    recorder, after, out = program.recorder, gradients.after_values(program, outcome, roots), {}
    arrays = [each for each in outcome.events if isinstance(each.value, np.ndarray) and recorder.sites[each.site].kind in ("assign", "update")]
    for leaf in [each for each in program.leaves if "[" in each.name and each.name in after]:
        own = names.plain(where.base(leaf.name))
        moves = [each for each in arrays if plain_target(recorder, each) == own]
        moved = next((each for each in moves if each.value.shape == leaf.shape and np.array_equal(each.value, after[leaf.name])), None)
        if moved is None:
            continue
        found = [each for each in arrays if each.order < moved.order and each.value.shape == leaf.shape and is_gradient_of(leaf, plain_target(recorder, each))]
        since = max([each.order for each in moves if each.order < moved.order] or [-1])
        # of several of that shape it is the one between the last layer's step and this one's
        if found and (len(found) == 1 or found[-1].order > since >= found[-2].order or since < 0 and len({each.site for each in found}) == len(found)):
            out[leaf.name] = found[-1].key
    return out


def is_gradient_of(leaf, name):
    """Whether a name is that of a gradient, and of none of another parameter: dW and grad of W[0], and not db."""
    if name not in SHORT and not names.is_gradient(name):
        return False
    stem = name[1:] if name in SHORT else names.stem(name)[0]
    return not (names.is_bias(stem) if leaf.kind == "W" else names.is_weight(stem))
