"""Activations as layers that are told by a word which they are: `Activation("relu")`, or `layer.set_activation("relu")` after `layer = Activation()`."""

import functools

from ..common import names
from . import constructors
from .usage import use_of


@functools.lru_cache(maxsize=None)
def kinds(owner, code):
    """[(word, what makes one)] of a class that compares what it is given with the names of activations, or looks it up among them; [] of any other."""
    init = owner.methods.get("__init__")
    asked = (init.needed or init.arguments) if init is not None and init.several is None else []
    found = words(code, init, asked[0]) if len(asked) == 1 else []
    if found or constructors.needs(owner):
        return [(word.lower(), lambda word=word: owner.value(**{asked[0]: word})) for word in found]
    for method in owner.methods.values():
        # what the constructor leaves open is filled in by a method of its own
        found = words(code, method, method.needed[0]) if method.name != "__init__" and method.bound and len(method.needed) == 1 and not method.returns else []
        if found:
            return [(word.lower(), lambda word=word: told(owner, method, word)) for word in found]
    return []


def words(code, function, argument):
    """The names of activations that an argument is compared with, or that a table has which it is looked up in."""
    return [each for each in use_of(code, function, argument).texts if names.like_name(each, names.ACTIVATION)]


def told(owner, method, word):
    made = owner.value()
    getattr(made, method.name)(word)
    return made


def is_told(function, code):
    """Whether a method is one of such a class: what it does for one word says nothing of the others."""
    owner = code.class_of(function.owner) if function.owner is not None else None
    return owner is not None and bool(kinds(owner, code))
