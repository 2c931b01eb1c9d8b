"""The forward pass that a backward pass implies which goes over its layers in a loop: `cache["A" + str(l - 1)]`, `weights["W" + str(l)]`, for files that have nothing else."""

import ast
import re

import numpy as np

from ..common import names
from ..common.syntax import walk
from ..source.helpers import sigmoid, softmax
from .implied import DERIVATIVES, HIDDEN, standing_for
from .surroundings import text_stem


def stems(backward, argument):
    """{what the keys begin with: texts of the expressions} of what is asked of a dictionary that a function is given."""
    found = {}
    for each in walk(backward.node):
        if isinstance(each, ast.Subscript) and getattr(each.value, "id", None) == argument:
            found.setdefault(text_stem(each.slice), []).append(ast.unparse(each))
    return found


def hidden_of(backward, texts):
    """The one activation whose derivative is taken of what these expressions give, also under another name; None where that is in doubt."""
    own = [each.targets[0].id for each in walk(backward.node) if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name) and ast.unparse(each.value) in texts]
    value = "(%s)" % "|".join(re.escape(each) for each in texts + own)
    said = [name for name, pattern in DERIVATIVES.items() if re.search(pattern.replace("V", value), ast.unparse(backward.node), re.I)]
    return said[0] if len(said) == 1 and said[0] in HIDDEN else None


def divides_by(backward, keep):
    """Whether a backward pass divides by the part of the units that dropout keeps, as its forward pass then does."""
    return keep is not None and any(isinstance(each, (ast.BinOp, ast.AugAssign)) and isinstance(each.op, ast.Div) and getattr(each.value if isinstance(each, ast.AugAssign) else each.right, "id", None) == keep for each in walk(backward.node))


def forward(backward, name="forward"):
    """A Function (X, weights) that returns {"A0": X, "Z1": …, "A1": …}; None where the backward pass reads anything else, or does not tell the hidden activation."""
    caches = [each for each in backward.arguments if names.is_name(each, names.CACHE_NAMES)]
    kept = [each for each in backward.arguments if names.is_name(each, names.PARAM_NAMES) and "W" in stems(backward, each)]
    if len(caches) != 1 or len(kept) != 1 or not set(stems(backward, kept[0])) <= {"W", "b"}:
        return None
    read = stems(backward, caches[0])
    hidden = hidden_of(backward, [text for key in ("A", "Z") for text in read.get(key, [])]) if "A" in read and set(read) <= {"A", "Z", "D"} else None
    keep = next((each for each in backward.arguments if names.is_name(each, names.KEEP_NAMES)), None)
    if hidden is None or "D" in read and not divides_by(backward, keep):
        return None

    def run(X, weights, kept_part=1.0):
        values, A = {"A0": X}, X
        count = sum(1 for key in weights if str(key).startswith("W"))
        for layer in range(1, count + 1):
            W, b = weights["W%d" % layer], weights["b%d" % layer]
            rows = np.shape(A)[1] == np.shape(W)[0] and np.shape(b)[0] == 1
            Z = A @ W + b if rows else W @ A + b
            last = sigmoid if np.shape(Z)[1 if rows else 0] == 1 else softmax(1 if rows else 0)
            A = HIDDEN[hidden](Z) if layer < count else last(Z)
            values["Z%d" % layer], values["A%d" % layer] = Z, A
            # what is kept of a layer that is divided by it: nothing in the file says what its A is where units are dropped
            values["D%d" % layer] = np.full(np.shape(A), kept_part)
        return values

    made = standing_for(backward, run, "def %s(X, %s):\n    return None" % (name, ", ".join(kept + [keep] * ("D" in read))))
    made.returned, made.returns, made.implied = [], [], "%s, and sigmoid or softmax in the last layer" % hidden
    return made
