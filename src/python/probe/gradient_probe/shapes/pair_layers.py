"""Layers as pairs of functions: affine_forward(x, w, b) and affine_backward(dout, cache), or fc(x, w, b) and fc_backward(dl_dy, x, w, b, y), which is given once more what went in and what came out."""

import numpy as np

from ..common import names

#: No layer of units, or none whose derivative stands alone.
UNWANTED = "softmax|dropout|norm|flatten|reshape|pool|conv|loss|cost|rnn|lstm"

#: What people write behind the name of an activation: tanh_activate(Z).
CALLED = ("activate", "activation", "act", "function", "func", "fn")


class PairLayer:
    """Such a pair as one object, with its weights where it has some."""

    #: what a forward pass that keeps nothing leaves to its backward pass is what came out, and not what went in
    of_output = False

    def __init__(self, forward, backward, W=None, b=None):
        self._forward, self._backward, self._roles = forward, backward, roles_of(forward, backward)
        if W is not None:
            self.W = W
        if b is not None:
            self.b = b

    def forward(self, x):
        out = self._forward.target(x, *self.weights())
        self._x, self._out = x, out[0] if isinstance(out, tuple) else out
        self._cache = out[1] if isinstance(out, tuple) and len(out) > 1 else self._out if self.of_output else x
        return self._out

    def weights(self):
        return [each for each in (getattr(self, "W", None), getattr(self, "b", None)) if each is not None]

    def backward(self, grad):
        values = dict(zip(self._forward.arguments, [self._x] + self.weights()))
        values.update({"above it": grad, "cache": self._cache, "output": self._out})
        out = self._backward.target(*[values[each] for each in self._roles])
        if isinstance(out, tuple):
            self.dW = out[1] if len(out) > 1 else None
            self.db = out[2] if len(out) > 2 else None
            return out[0]
        return out


def roles_of(forward, backward):
    """What each argument of the backward pass is: "above it", "cache", "output", or an argument of the forward pass; None where that is not told."""
    wanted, output = backward.needed, forward.returned[:1]
    if len(wanted) == 2 and not any(each in forward.arguments + output for each in wanted):
        return ["above it", "cache"]
    out = []
    for each in wanted:
        if each in forward.arguments:
            out.append(each)
        elif names.is_name(each, names.CACHE_NAMES):
            out.append("cache")
        elif each in output:
            out.append("output")
        else:
            out.append("above it")
    return out if out.count("above it") == 1 else None


def pairs(code):
    """(forward, backward) of one stem, where it is told what the backward pass is given."""
    found = {names.plain(each.name): each for each in code.functions}
    for name, backward in found.items():
        stem = name[:-8] if name.endswith("backward") else ""
        forward = next((found[each] for each in [stem + "forward", stem] + [stem + word for word in CALLED] if each in found), None)
        if stem and "activation" not in name and forward is not None and roles_of(forward, backward) is not None:
            yield forward, backward


def bends(code):
    """The pairs that have no weights."""
    return [(forward, backward) for forward, backward in pairs(code) if len(forward.needed) == 1 and not names.like_name(forward.name, UNWANTED)]


def dense(code):
    """(what makes one of so many inputs and units, forward, backward) for each pair that has weights and biases."""
    for forward, backward in pairs(code):
        if len(forward.arguments) >= 3 and names.is_weight(forward.arguments[1]) and names.is_bias(forward.arguments[2]) and not names.like_name(forward.name, UNWANTED):
            yield (lambda n_in, n_out, forward=forward, backward=backward: made(forward, backward, n_in, n_out)), forward, backward


def made(forward, backward, n_in, n_out):
    """A layer that takes samples as rows, else one that takes them as columns."""
    layer = PairLayer(forward, backward, np.ones((n_in, n_out)), np.zeros(n_out))
    try:
        layer.forward(np.ones((2, n_in)))
        rows = True
    except ValueError:
        layer = PairLayer(forward, backward, np.ones((n_out, n_in)), np.zeros((n_out, 1)))
        layer.forward(np.ones((n_in, 2)))
        rows = False
    layer.backward(np.ones((2, n_out) if rows else (n_out, 2)))
    # b has the shape that they give to db: (n,) or (1, n)
    if rows and np.size(layer.db) == n_out and np.shape(layer.db) in ((n_out,), (1, n_out)):
        layer.b = np.zeros(np.shape(layer.db))
    return layer
