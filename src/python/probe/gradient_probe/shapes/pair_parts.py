"""Layers as pairs of functions that take more than weights, batchnorm_forward(x, gamma, beta, bn_param) and conv_backward_naive(dout, cache): each with what it may be given."""

import numpy as np

from ..common import names

#: What the dictionary of a layer's settings may hold.
SETTINGS = {"mode": "train", "eps": 1e-5, "momentum": 0.9, "stride": 1, "pad": 1, "p": 0.6, "dropout": 0.6, "seed": 3}
#: A window that is laid side by side.
POOLED = {"stride": 2, "pool_height": 2, "pool_width": 2}
#: Those that take images, (samples, channels, height, width).
IMAGES = r"conv|pool|spatial|group"
SCALE = r"^(gamma|beta|scale|shift)$"


class Pair:
    """f_forward and f_backward as one object: what it is given beside x are its parameters, under their own names."""

    #: the same as of any pair
    of_output = False

    def __init__(self, forward, backward, given):
        self._forward, self._backward = forward, backward
        self._options = {name: value for name, value in given.items() if not isinstance(value, np.ndarray)}
        self._arrays = [name for name in given if name not in self._options]
        for name in self._arrays:
            setattr(self, name, given[name])

    def forward(self, x):
        options = {name: dict(value) if isinstance(value, dict) else value for name, value in self._options.items()}
        out = self._forward.target(**dict({self._forward.arguments[0]: x}, **{name: getattr(self, name) for name in self._arrays}, **options))
        out, kept = out[:2] if isinstance(out, tuple) and len(out) > 1 else (out, None)
        self._cache = kept if kept is not None else out if self.of_output else x
        return out

    def backward(self, above):
        out = self._backward.target(above, self._cache)
        if not isinstance(out, tuple):
            return out
        given = self._backward.returned
        for name, each in zip(given if len(given) == len(out) else [], out):
            for own in self._arrays:
                if name and names.stem(name)[0] == names.plain(own):
                    setattr(self, "d" + own, each)
        return out[0]


def pairs(code):
    """(forward, backward) by their names: batchnorm_backward and batchnorm_backward_alt of batchnorm_forward, conv_backward_naive of conv_forward_naive."""
    found = {names.plain(each.name): each for each in code.functions}
    for name, forward in found.items():
        stem = name.replace("forward", "backward")
        for other, backward in found.items() if stem != name and not name.startswith("forward") and "activation" not in name else ():
            own = other.replace("backward", "forward")
            if other.startswith(stem) and len(backward.needed) == 2 and (own == name or own not in found):
                yield forward, backward


def given(forward, n0, outputs):
    """(shape of x, {argument: value}) of a forward pass; None of one that takes anything else."""
    images = names.like_name(forward.name, IMAGES)
    pooled = names.like_name(forward.name, "pool")
    channels = 4 if names.like_name(forward.name, "group") else 2
    features = channels if images else n0
    values = {}
    for each in forward.needed[1:]:
        if names.is_weight(each):
            values[each] = np.ones((3, channels, 3, 3) if images else (n0, outputs))
        elif names.is_name(each, SCALE):
            values[each] = np.ones((1, channels, 1, 1) if channels == 4 else features)
        elif names.is_bias(each):
            values[each] = np.ones(3 if images else outputs)
        elif names.like_name(each, r"params?$"):
            values[each] = dict(SETTINGS, **(POOLED if pooled else {}))
        elif each == "G":
            values[each] = 2
        else:
            return None
    return ((2, 4, 2, 3) if channels == 4 else (2, 2, 4, 4) if pooled else (2, 2, 3, 3)) if images else None, values
