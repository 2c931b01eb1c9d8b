"""The forward pass that a backward pass alone implies: where a file has the one without the other, the derivatives say which activations are meant."""

import ast
import re

import numpy as np

from ..common import names
from ..source.functions import Function, label

#: Letters of an activation and of a pre-activation, with the number of the layer.
ACTIVATION, PREACTIVATION = r"^(a|h|o|out|act|layer|l)(\d)$", r"^(z|net|s)(\d)$"


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def softmax(z, axis):
    e = np.exp(z - np.max(z, axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)


HIDDEN = {"tanh": np.tanh, "sigmoid": sigmoid, "relu": lambda z: np.maximum(z, 0)}


class Implied:
    """What `backward` reads of a forward pass: `kept` {name: (kind, layer)}; `order`: the names of a cache that is unpacked, else None."""

    def __init__(self, backward):
        self.backward = backward
        self.text = ast.unparse(backward.node)
        self.kept, self.order = {}, None
        caches = [each for each in backward.arguments if names.is_name(each, names.CACHE_NAMES)]
        for name in backward.arguments:
            self.keep(name)
        for each in ast.walk(backward.node):
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

    def hidden(self):
        """The activation of each hidden layer, where the derivative leaves no doubt; None where it does."""
        out = []
        for layer in range(1, self.layers):
            values = "|".join(re.escape(name) for name, (_, one) in self.kept.items() if one == layer)
            # out of a dictionary as well: 1 - cache['A1'] ** 2
            value = r"(\w+\[['\"])?(%s)(['\"]\])?" % values if values else r"(?!)"
            said = {
                "tanh": r"1(\.0)? - (\(?%s\)? \*\* 2|np\.power\(%s, 2\)|np\.square\(%s\)|%s \* %s)" % (value, value, value, value, value),
                "sigmoid": r"%s \* \(1(\.0)? - %s\)|\(1(\.0)? - %s\) \* %s(?! \*\*)|sigmoid_?\w*\(%s\)" % (value, value, value, value, value),
                "relu": r"%s > 0|relu_?\w*\(\w*,? ?%s\)" % (value, value),
            }
            fitting = [name for name, pattern in said.items() if re.search(pattern, self.text)]
            if len(fitting) != 1:
                return None
            out.append(fitting[0])
        return out


def forward(backward):
    """A Function (X, W1, b1, …) that returns what the backward pass reads; None where it takes no numbered activations or does not tell them."""
    known = Implied(backward)
    hidden = known.hidden() if known.layers > 1 and ("A", known.layers) in known.kept.values() else None
    if hidden is None:
        return None
    arguments = ["X"] + [letter + str(layer) for layer in range(1, known.layers + 1) for letter in "Wb"]

    def run(*values_given):
        given = dict(zip(arguments, values_given))
        values, A = {}, given["X"]
        for layer in range(1, known.layers + 1):
            W, b = given["W%d" % layer], given["b%d" % layer]
            rows = np.shape(b)[0] == 1 and np.shape(A)[1] == np.shape(W)[0]
            Z = A @ W + b if rows else W @ A + b
            A = HIDDEN[hidden[layer - 1]](Z) if layer < known.layers else sigmoid(Z) if np.shape(Z)[1 if rows else 0] == 1 else softmax(Z, 1 if rows else 0)
            values["Z", layer], values["A", layer] = Z, A
        kept = {name: values[one] for name, one in known.kept.items()}
        if known.order is None:
            return kept
        return A, tuple(kept[name] if name in kept else given.get(name) for name in known.order)

    node = ast.parse("def forward(%s):\n    return A%d" % (", ".join(arguments), known.layers)).body[0]
    for each in ast.walk(node):
        if hasattr(each, "lineno"):
            each.lineno = each.end_lineno = backward.line
    made = Function("forward", run, node, None, backward.file, True)
    made.returned, made.returns, made.implied = ([] if known.order is None else ["AL", "cache"]), [], ", ".join(hidden)
    return made
