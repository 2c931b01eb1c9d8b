"""The layers of a file one by one, each made in the way that it can be, and what each may be given."""

import numpy as np

from ..bind import parameters as where
from ..bind.worded_layers import is_told
from ..common import names
from . import layer_calls, layers, pair_parts

#: Layers that stand in no chain that is put together, and can be run alone.
OTHERS = r"dropout|norm"
#: A rate at which a mask has both.
RATE = 0.4


def parts(code, sizes, m):
    """[(what makes it, [forward, backward], shapes of what it may be given)]: classes and pairs of functions."""
    # rows, columns, one sample
    plain = ((m, sizes.n0), (sizes.n0, m), (sizes.n0, 1), (1, sizes.n0), (sizes.n0,))
    found = [(lambda make=make: make(sizes.n0, sizes.nL), source) for make, source in layers.dense_parts(code, sizes)]
    found += [each for top in (False, True) for each in layers.activation_parts(code, top)]
    found += others(code, sizes)
    out = []
    for make, source in found:
        if len(source) == 2 and source[1].own and (is_told(source[1], code) or not any(source == each for _, each, _ in out)):
            out.append((make, source, plain))
    for forward, backward in pair_parts.pairs(code):
        known = pair_parts.given(forward, sizes.n0, sizes.nL) if backward.own else None
        if known is not None and not any([forward, backward] == each for _, each, _ in out):
            out.append((lambda forward=forward, backward=backward, values=known[1]: pair_parts.Pair(forward, backward, values), [forward, backward], plain if known[0] is None else known[:1]))
    return out


def others(code, sizes):
    """Dropout and normalization: with one number, the rate or the number of features, or none."""
    out = []
    for owner, forward, backward in layers.layer_classes(code):
        init = owner.methods.get("__init__")
        needed = init.needed if init is not None else []
        if not names.like_name(owner.name, OTHERS) or len(needed) > 1:
            continue
        value = RATE if names.like_name(owner.name, "dropout") else sizes.n0

        def make(owner=owner, needed=needed, forward=forward, backward=backward, value=value):
            made = owner.value(**{each: value for each in needed})
            rates = [(key, kept) for key, kept in where.attributes(made) if isinstance(kept, float)]
            layers.renamed(made, forward, backward)
            for key, kept in rates:
                # its rate is none of learning
                object.__setattr__(made, key, kept)
            flags = [each for each in forward.arguments if names.is_name(each, names.FLAG_NAMES)]
            if flags:
                made._calls = dict(layer_calls.calls_of(forward, backward)[0], **{each: "training" for each in flags}), layer_calls.calls_of(forward, backward)[1]
            return made

        out.append((make, [forward, backward]))
    return out


def meanings(make, source):
    """What makes a layer in each way in which it can be meant: tanh_backward(dA, A) of a pair may be given what came out."""
    return [make] if source[-1].owner is not None else [make, lambda: of_output(make())]


def of_output(made):
    made.of_output = True
    return made


def drawn(shape):
    """Numbers of that shape, none near 0, where a ReLU has its kink, and on both sides of it."""
    random = np.random.RandomState(8)
    x = random.uniform(0.2, 1.4, shape) * random.choice([-1, 1], shape)
    x.flat[:2] = np.abs(x.flat[0]), -np.abs(x.flat[1])
    return x
