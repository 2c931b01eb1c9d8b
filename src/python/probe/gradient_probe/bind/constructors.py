"""How an object of theirs is made: by its constructor, with `*layers` one after the other, or by a method of the class that calls it."""

import ast
import functools

from ..common import names
from ..common.syntax import walk
from ..source.functions import Function, called, called_name
from .deeds import products
from .usage import use_of


def plan(pool, owner):
    """[(argument, getter)] of a constructor, `*layers` included."""
    return with_several(pool, owner.methods["__init__"], "ctor") if "__init__" in owner.methods else []


def with_several(pool, function, phase):
    found = pool.plan(function, phase)
    getter = several(pool, function) if function.several is not None else None
    return found if getter is None else found + [(function.several, getter)]


def needs(owner):
    """Whether a constructor must be given something."""
    init = owner.methods.get("__init__")
    return init is not None and (init.several is not None or any(each not in init.defaults for each in init.arguments))


def several(pool, function):
    """What `*layers` is given: objects of a class that has what is read of each, or numbers of units; None of any other."""
    objects = pool.layer_objects(function, function.several)
    if objects is not None:
        return objects
    use = use_of(pool.code, function, function.several)
    if names.is_name(function.several, names.DIMS_NAMES) or use.sized or use.of_sizes:
        dims = list(pool.sizes.dims)
        return (pool.widths_by_use(use, function, function.several) or [lambda pool: list(dims)])[0] if use.listed or use.joined else lambda pool: list(dims)
    return None


@functools.lru_cache(maxsize=None)
def other(owner):
    """The method that makes an object of numbers of units, `cls(*[uniform(i, o) for …])`, where the constructor is given the weights themselves; None where there is none."""
    init = owner.methods.get("__init__")
    if init is None or not any(names.is_weight(each) or names.is_name(each, names.PARAM_NAMES) for each in init.arguments + [init.several] if each is not None):
        return None
    for method in owner.methods.values():
        first = [each.arg for each in method.node.args.args[:1]]
        ways = first + [owner.name] if of_class(method) else [owner.name]
        if (of_class(method) or not method.bound) and any(isinstance(value, ast.Call) and called_name(value) in ways for value in method.returns) and not names.like_name(method.name, "load|read|file|json|copy|from_?dict"):
            return method
    return None


def of_class(method):
    return any(getattr(each, "id", "") == "classmethod" for each in method.node.decorator_list)


def made_by(method, pool, owner):
    """An object that such a method makes."""
    return called(method, getattr(owner.value, getattr(method, "attribute", method.name)), {name: getter(pool) for name, getter in with_several(pool, method, "init")})


def initializers(code):
    """The constructors of classes that keep weights and compute nothing, as functions: `forward(net, x)` is given such an object."""
    out = []
    for owner in code.classes:
        init = owner.methods.get("__init__")
        stored = {each.attr for each in walk(init.node) if isinstance(each, ast.Attribute) and isinstance(each.ctx, ast.Store)} if init is not None else set()
        if any(names.is_weight(each) for each in stored) and not any(sum(products(each.node)) or names.like_name(each.name, names.FORWARD + "|" + names.BACKWARD) for each in owner.methods.values()):
            made = Function(owner.name, owner.value, init.node, owner.value, init.file, init.own)
            made.owner, made.bound = None, False
            out.append(made)
    return out
