"""The forward pass that L_model_backward(AL, Y, caches) of the course implies, in a file with the backward parts alone: its caches are ((A_prev, W, b), Z), or {"A_prev": …, "W": …, "b": …, "Z": …} of each layer."""

import ast
import re

from ..common import names
from ..common import subscripts
from ..common.syntax import walk
from ..source.helpers import softmax
from .implied import HIDDEN, standing_for

#: What such a backward pass is given, each under one of its names.
GIVEN = {"AL": names.AL_NAMES, "Y": names.Y_NAMES, "caches": names.CACHE_NAMES}
#: Activations of a layer, by the words that stand for them.
MEANT = dict(HIDDEN, softmax=softmax(0))
#: The letters of what a dictionary of one layer has.
KEYS = {"A": r"^a(prev(ious)?)?$", "W": "^w$", "b": "^b$", "Z": "^z$"}


def forward(backward, code):
    """A Function (X, parameters) → AL, caches; None where the backward pass is given anything else, or its layers read other caches."""
    taken = {each: next((kind for kind, pattern in GIVEN.items() if names.is_name(each, pattern)), "") for each in backward.needed if not names.is_name(each, names.PARAM_NAMES)}
    told = next((each for each, kind in taken.items() if not kind and names.like_name(each, "^act|" + names.ACTIVATION)), None)
    cache, meant = kept(code), activations(backward, told)
    if sorted(kind for each, kind in taken.items() if each != told) != sorted(GIVEN) or cache is None or meant is None:
        return None
    hidden, last = meant

    def run(X, parameters, *word):
        A, caches, layers = X, [], len(parameters) // 2
        below = word[0].lower() if told is not None else hidden
        for layer in range(1, layers + 1):
            W, b = parameters["W%d" % layer], parameters["b%d" % layer]
            Z = W @ A + b
            caches.append(cache({"A": A, "W": W, "b": b, "Z": Z}))
            A = MEANT[below if layer < layers else last](Z)
        return A, caches

    # the words that the backward pass names are those that the argument may be, here as there
    made = standing_for(backward, run, 'def forward(X, parameters%s):\n    for l in range(1, len(parameters) // 2 + 1):\n        parameters["W" + str(l)], parameters["b" + str(l)]\n    %s\n    return AL, caches' % ("" if told is None else ", " + told, sorted(words(backward.node.body))))
    made.implied = "%s, and %s in the last layer" % ("what `%s` names" % told if hidden == told else hidden, last)
    return made


def activations(backward, told):
    """(that of the hidden layers, that of the last) as the backward pass names them: one in its loop, or what it is `told` there, and one before it, or both where the loop asks for the number of the layer; None where it does not say."""
    loops = [each for each in backward.node.body if isinstance(each, ast.For)]
    hidden, last = words(loops), words([each for each in backward.node.body if each not in loops])
    if told is not None and not hidden and len(last) == 1:
        return told, last.pop()
    if len(hidden) == 1 and len(last) == 1:
        return hidden.pop(), last.pop()
    # activation = "softmax" if layer == L else "relu", and "relu" if dA is not None else "softmax"
    asked = [each for loop in loops for each in walk(loop) if isinstance(each, ast.IfExp) and isinstance(each.test, ast.Compare) and isinstance(each.test.ops[0], (ast.Eq, ast.Lt, ast.NotEq, ast.Is, ast.IsNot))]
    sides = [(words([each.body]), words([each.orelse]), isinstance(each.test.ops[0], (ast.Eq, ast.Is))) for each in asked]
    found = [(one, other) if not turned else (other, one) for one, other, turned in sides if len(one) == 1 and len(other) == 1]
    return (found[0][0].pop(), found[0][1].pop()) if len(found) == 1 and not last and len(hidden) == 2 else None


def words(statements):
    """The activations that some statements name."""
    return {each.value.lower() for statement in statements for each in walk(statement) if isinstance(each, ast.Constant) and isinstance(each.value, str) and each.value.lower() in MEANT}


def kept(code):
    """What makes the cache of one layer, as the functions take it apart; None where they do it otherwise."""
    if {"awb", "la"} <= {letters for each in code.functions for letters in unpacked(each)}:
        return lambda values: ((values["A"], values["W"], values["b"]), values["Z"])
    read, stored = keys(code)
    letters = {each: next((letter for letter, pattern in KEYS.items() if names.is_name(each, pattern)), None) for each in read - stored}
    if not {"A", "W", "Z"} <= set(letters.values()) or None in letters.values():
        return None
    return lambda values: {each: values[letter] for each, letter in letters.items()}


def keys(code):
    """The keys that are asked of caches, and those that the functions put into them."""
    found = [(subscripts.key(each), isinstance(each.ctx, ast.Store)) for function in code.functions for each in walk(function.node) if isinstance(each, ast.Subscript) and of_cache(each.value)]
    named = [(key, stored) for key, stored in found if isinstance(key, str)]
    return {key for key, _ in named}, {key for key, stored in named if stored}


def of_cache(node):
    """Whether a value is a cache by its name: cache, activation_cache, caches[l]."""
    while isinstance(node, ast.Subscript):
        node = node.value
    return isinstance(node, ast.Name) and names.like_name(node.id, "cache")


def unpacked(function):
    """'awb' of `A_prev, W, b = cache`, 'la' of `linear_cache, activation_cache = cache`: the first letters of what a function takes out of a cache."""
    for each in walk(function.node):
        if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Tuple) and of_cache(each.value):
            yield "".join(re.sub(r"\W", "", getattr(one, "id", ""))[:1].lower() for one in each.targets[0].elts)
