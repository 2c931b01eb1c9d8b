"""The forward pass that L_model_backward(AL, Y, caches) of the course implies, in a file with the backward parts alone: its caches are ((A_prev, W, b), Z)."""

import ast
import re

from ..common import names
from .implied import HIDDEN, standing_for

#: What such a backward pass is given, each under one of its names.
GIVEN = {"AL": names.AL_NAMES, "Y": names.Y_NAMES, "caches": names.CACHE_NAMES}


def forward(backward, code):
    """A Function (X, parameters) → AL, caches; None where the backward pass is given anything else, or its layers unpack other caches."""
    taken = [next((kind for kind, pattern in GIVEN.items() if names.is_name(each, pattern)), "") for each in backward.needed if not names.is_name(each, names.PARAM_NAMES)]
    loops = [each for each in backward.node.body if isinstance(each, ast.For)]
    hidden, last = words(loops), words([each for each in backward.node.body if each not in loops])
    if sorted(taken) != sorted(GIVEN) or not {"awb", "la"} <= {letters for each in code.functions for letters in unpacked(each)} or len(hidden) != 1 or len(last) != 1:
        return None
    (hidden,), (last,) = hidden, last

    def run(X, parameters):
        A, caches, layers = X, [], len(parameters) // 2
        for layer in range(1, layers + 1):
            W, b = parameters["W%d" % layer], parameters["b%d" % layer]
            Z = W @ A + b
            caches.append(((A, W, b), Z))
            A = HIDDEN[hidden if layer < layers else last](Z)
        return A, caches

    made = standing_for(backward, run, 'def forward(X, parameters):\n    for l in range(1, len(parameters) // 2 + 1):\n        parameters["W" + str(l)], parameters["b" + str(l)]\n    return AL, caches')
    made.implied = "%s, and %s in the last layer" % (hidden, last)
    return made


def words(statements):
    """The activations that some statements name."""
    return {each.value for statement in statements for each in ast.walk(statement) if isinstance(each, ast.Constant) and each.value in HIDDEN}


def unpacked(function):
    """'awb' of `A_prev, W, b = cache`, 'la' of `linear_cache, activation_cache = cache`: the first letters of what a function takes out of a cache."""
    for each in ast.walk(function.node):
        if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Tuple) and isinstance(each.value, ast.Name) and names.is_name(each.value.id, names.CACHE_NAMES):
            yield "".join(re.sub(r"\W", "", getattr(one, "id", ""))[:1].lower() for one in each.targets[0].elts)
