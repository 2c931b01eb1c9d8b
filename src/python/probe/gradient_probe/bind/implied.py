"""The forward pass that a backward pass alone implies: where a file has the one without the other, the derivatives say which activations are meant."""

import ast
import re

import numpy as np

from ..common import names
from ..common.syntax import walk
from ..source.functions import Function
from ..source.naming import label
from ..source.helpers import sigmoid, softmax

#: Letters of an activation and of a pre-activation, with the number of the layer.
ACTIVATION, PREACTIVATION = r"^(a|h|o|out|act|layer|l)(\d)$", r"^(z|net|s)(\d)$"

HIDDEN = {"tanh": np.tanh, "sigmoid": sigmoid, "relu": lambda z: np.maximum(z, 0)}
#: How their derivatives are written, of a value V.
DERIVATIVES = {
    "tanh": r"1(\.0)? - (\(?V\)? \*\* 2|np\.power\(V, 2\)|np\.square\(V\)|V \* V)|tanh_?\w*\(V\)",
    "sigmoid": r"V \* \(1(\.0)? - V\)|\(1(\.0)? - V\) \* V(?! \*\*)|sigmoid_?\w*\(V\)",
    # np.where(Z > 0, 1, 0.01) is that of another
    "relu": r"(?<!where\()V > 0|where\(V > 0, 1(\.0)?, 0(\.0)?\)|(?<!leaky_)(?<!leaky)(?<!p)relu_?\w*\((\w+, )?V\)",
    "another": r"where\(V >=? 0, 1(\.0)?, (0\.\d*[1-9]|\w*[a-z])|(leaky|elu|swish|gelu|soft)\w*\((\w+, )?V\)",
}


class Implied:
    """What `backward` reads of a forward pass: `kept` {name: (kind, layer)}; `order`: the names of a cache that is unpacked, else None."""

    def __init__(self, backward):
        self.backward = backward
        self.text = ast.unparse(backward.node)
        self.kept, self.order = {}, None
        caches = [each for each in backward.arguments if names.is_name(each, names.CACHE_NAMES)]
        for name in backward.arguments:
            self.keep(name)
        for each in walk(backward.node):
            if isinstance(each, ast.Subscript) and label(each) is not None and getattr(each.value, "id", None) in caches:
                self.keep(label(each))
            elif isinstance(each, ast.Assign) and isinstance(each.value, ast.Name) and each.value.id in caches and isinstance(each.targets[0], ast.Tuple):
                self.order = [getattr(one, "id", "") for one in each.targets[0].elts]
                for name in self.order:
                    self.keep(name)
        self.layers = max([layer for _, layer in self.kept.values()] or [0])

    def keep(self, name):
        for kind, pattern in (("A", ACTIVATION), ("Z", PREACTIVATION)):
            found = re.match(pattern, names.plain(name))
            if found is not None:
                self.kept[name] = (kind, int(found.group(2)))

    def said(self, layer):
        """The activations whose derivative is taken of the values of a layer."""
        values = "|".join(re.escape(name) for name, (_, one) in self.kept.items() if one == layer)
        if not values:
            return []
        # out of a dictionary as well: 1 - cache['A1'] ** 2
        value = r"(\w+\[['\"])?(%s)(['\"]\])?" % values
        return [name for name, pattern in DERIVATIVES.items() if re.search(pattern.replace("V", value), self.text, re.I)]

    def activations(self):
        """Those of the hidden layers and of the last, where the derivatives leave no doubt; None where they do. The last is a sigmoid or softmax where A - Y says it all."""
        found = [self.said(layer) for layer in range(1, self.layers + 1)]
        if any(len(each) != 1 or each[0] not in HIDDEN for each in found[:-1]) or len(found[-1]) > 1 or found[-1] == ["another"]:
            return None
        return [each[0] for each in found[:-1]] + (found[-1] or [None])


def forward(backward, name="forward"):
    """A Function (X, W1, b1, …) that returns what the backward pass reads; None where it takes no numbered activations or does not tell them."""
    known = Implied(backward)
    said = known.activations() if known.layers > 1 and ("A", known.layers) in known.kept.values() else None
    if said is None:
        return None
    arguments = ["X"] + [letter + str(layer) for layer in range(1, known.layers + 1) for letter in "Wb"]

    def run(*values_given):
        given = dict(zip(arguments, values_given))
        values, A = {}, given["X"]
        if np.ndim(A) != 2 or not all(np.ndim(each) == 2 for name, each in given.items() if name != "X"):
            raise ValueError("no matrices, of which the gradient is made")
        for layer in range(1, known.layers + 1):
            W, b = given["W%d" % layer], given["b%d" % layer]
            rows = np.shape(b)[0] == 1 and np.shape(A)[1] == np.shape(W)[0]
            Z = A @ W + b if rows else W @ A + b
            A = HIDDEN[said[layer - 1]](Z) if said[layer - 1] is not None else sigmoid(Z) if np.shape(Z)[1 if rows else 0] == 1 else softmax(1 if rows else 0)(Z)
            values["Z", layer], values["A", layer] = Z, A
        kept = {name: values[one] for name, one in known.kept.items()}
        if known.order is None:
            return kept
        return A, tuple(kept[name] if name in kept else given.get(name) for name in known.order)

    made = standing_for(backward, run, "def %s(%s):\n    return A%d" % (name, ", ".join(arguments), known.layers))
    made.returned, made.returns, made.implied = ([] if known.order is None else ["AL", "cache"]), [], ", ".join(each or "sigmoid or softmax" for each in said)
    return made


def standing_for(backward, run, text):
    """A Function that runs what is not written down, with the arguments of `text`; it stands at the line of the backward pass that implies it."""
    node = ast.parse(text).body[0]
    for each in walk(node):
        if hasattr(each, "lineno"):
            each.lineno = each.end_lineno = backward.line
    return Function(node.name, run, node, None, backward.file, True)
