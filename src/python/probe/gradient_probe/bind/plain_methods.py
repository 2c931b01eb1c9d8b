"""Classes whose objects keep nothing that changes, `Forward()`, `Cost()`: their methods are plain functions that were put into a class, and the parts of one network lie in several of them."""

import ast

import numpy as np

from ..common.syntax import walk
from ..source.functions import Function, called_name, method_on
from ..source.stubs import Stub
from .deeds import products
from .roles import candidates, role_of

#: Methods of lists and dicts that change them.
CHANGING = {"append", "extend", "insert", "pop", "remove", "clear", "update", "setdefault", "popitem", "add", "fill", "sort"}


def freed(code):
    """The Code with those methods among its functions, where one of them is a whole backward pass and its class has not the rest of the network."""
    made = {}
    for owner in code.classes:
        kept = keeps_nothing(owner, code, ())
        instance = bare(owner) if kept else None
        if instance is not None:
            made[owner] = [free(each, instance) for each in owner.methods.values() if not each.name.startswith("__")]
    if any(passes_back(each) and not whole(owner) for owner, found in made.items() for each in found):
        code.functions += [each for found in made.values() for each in found]
        code.functions.sort(key=lambda each: (not each.own, each.line))
        code.freed = set(made)
    return code


def keeps_nothing(owner, code, above):
    """Whether no method of a class changes its object, and its constructor keeps constants and objects of such classes only."""
    if owner.value in above or issubclass(owner.value, BaseException) or any(isinstance(each, (list, dict, set, np.ndarray)) for base in owner.value.__mro__[:-1] for name, each in vars(base).items() if not name.startswith("_")):
        return False
    if any(changes(method) for name, method in owner.methods.items() if name != "__init__" and method.bound):
        return False
    return all(kept_constant(each, owner.methods["__init__"], code, above + (owner.value,)) for each in owner.methods["__init__"].node.body) if "__init__" in owner.methods else True


def changes(method):
    """Whether a method may change its object: stores into it, changes what it holds, or hands it over."""
    itself = first(method)
    parents = {id(child): each for each in walk(method.node) for child in ast.iter_child_nodes(each)}
    for each in walk(method.node):
        if not isinstance(each, ast.Name) or each.id != itself:
            continue
        held = parents[id(each)]
        if not isinstance(held, ast.Attribute):
            return True
        while isinstance(held, (ast.Attribute, ast.Subscript)):
            if not isinstance(held.ctx, ast.Load) or isinstance(held, ast.Attribute) and held.attr in CHANGING and held.value is not each and isinstance(parents[id(held)], ast.Call):
                return True
            held = parents[id(held)]
    return False


def first(method):
    arguments = method.node.args
    every = list(getattr(arguments, "posonlyargs", [])) + list(arguments.args)
    return every[0].arg if every else None


def kept_constant(statement, init, code, above):
    """Whether a statement of a constructor keeps nothing but what is the same for every object."""
    value = getattr(statement, "value", None)
    if isinstance(statement, ast.Pass) or isinstance(statement, ast.Expr) and (isinstance(value, ast.Constant) or isinstance(value, ast.Call) and called_name(value) == "__init__"):
        return True
    if not isinstance(statement, (ast.Assign, ast.AnnAssign)) or value is None or isinstance(value, (ast.List, ast.Dict)) and not list(ast.iter_child_nodes(value)):
        # what is empty is filled later
        return False
    needed = set(init.arguments) - set(init.defaults)
    for each in walk(value):
        if isinstance(each, ast.Name) and each.id in needed:
            return False
        if isinstance(each, ast.Call):
            made = named(each.func, init.target.__globals__)
            owner = code.class_of(made) if isinstance(made, type) else None
            if isinstance(made, Stub):
                # of a module that is not here: activations, or it fails where it is used
                continue
            if owner is None or not keeps_nothing(owner, code, above):
                return False
    return True


def named(expression, namespace):
    """What `sigmoid.Sigmoid` is in a module; None of what is more than names and dots."""
    if isinstance(expression, ast.Attribute):
        return getattr(named(expression.value, namespace), expression.attr, None)
    return namespace.get(expression.id) if isinstance(expression, ast.Name) else None


def bare(owner):
    """An object of such a class; None where none can be made. What its constructor does not read may be anything."""
    init = owner.methods.get("__init__")
    try:
        return owner.value(**{each: None for each in init.arguments if each not in init.defaults} if init is not None else {})
    except Exception:
        return None


def free(method, instance):
    """The method as a function of its own."""
    found = Function(method.name, method_on(instance, method), method.node, method.owner, method.file, method.own)
    found.bound = False
    return found


def passes_back(function):
    """Whether a method is a backward pass by its name, and is given more than what one link is."""
    return function.own and any(role in ("backward", "both") for role, _ in role_of(function)) and len(function.arguments) > 1 and (function.loops or products(function.node)[1] > 1)


def whole(owner):
    """Whether a class has its parameters made, its forward and its backward pass in it."""
    found = candidates(list(owner.methods.values()))
    return bool(found["init"]) and bool(found["forward"] or found["both"])
