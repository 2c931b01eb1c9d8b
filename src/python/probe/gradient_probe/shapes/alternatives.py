"""Layers that can stand in the place of another of their kind, in a chain of layers that is right: what is wrong then is their own backward pass."""

import numpy as np

from . import layers

#: Step of the differences, and how far a derivative may be from them.
H, NEAR = 1e-6, 1e-4


def of(code, setting, right, place):
    """Functions of each other layer, or with place 1 each other activation, whose backward pass is given what that of the right one is given."""
    widths = setting.sizes.dims[:2]
    parts = [(lambda make=make: make(*widths), source) for make, source in layers.dense_parts(code, setting.sizes)] if place == 0 else layers.activation_parts(code)
    for make, source in parts:
        if source != right[place] and len(right[place]) > 1 and source[-1].arguments == right[place][-1].arguments and source[-1].own and fair(make, widths[0], place):
            yield source


def fair(make, width, place):
    """Whether a layer is given the derivative by its outputs. One of a last layer may be given that by Z, which the loss computes at once: it hands down as if it had no activation, and only seems wrong elsewhere."""
    x, above = np.random.RandomState(3).uniform(-1, 1, (2, 4, width))
    try:
        made = make()
        part = layers.Part(made, getattr(made, "_calls", None))
        above = np.resize(above, np.shape(part.forward(x.copy())))
        # before its backward pass, which may move the parameters
        slopes = [[slope(part, x, index, above) for index in row] for row in np.arange(x.size).reshape(x.shape)] if place == 0 else None
        out = part.forward(x.copy())
        below = part.backward(above.copy(), 0.0, x.copy())
        if place == 1:
            return np.array_equal(out, x) or not np.array_equal(below, above)
        return np.allclose(below, slopes, atol=NEAR)
    except Exception:
        return False


def slope(part, x, index, above):
    """The derivative of Σ above · f(x) by one entry of x."""
    ends = []
    for step in (H, -H):
        moved = x.copy()
        moved.flat[index] += step
        ends.append(np.sum(above * part.forward(moved)))
    return (ends[0] - ends[1]) / (2 * H)
