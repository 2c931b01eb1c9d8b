"""Methods and calls that are given no object: all of a class that only holds functions, one that has no self where the others have, and functions of a module."""

import ast
import types

import numpy as np

from ..common.syntax import walk


def of_functions(owner):
    """Whether a class only holds functions, of which no object is ever made: `class Sigmoid: def fn(z)`, called as Sigmoid.fn(z)."""
    first = [each.__code__.co_varnames[:1] for base in owner.__mro__ for each in vars(base).values() if isinstance(each, types.FunctionType)]
    return bool(first) and not any(name in ((), ("self",), ("cls",), ("this",)) for name in first)


def unbound(owner, node):
    """Whether a method has no self where its class has: `def forward(x, W, b)`, called as Net.forward(x, W, b) for want of @staticmethod. What has its first argument is asked of arrays alone."""
    first = node.args.args[0].arg if node.args.args else ""
    usual = getattr(getattr(owner.__init__, "__code__", None), "co_varnames", ())[:1] == ("self",)
    return usual and first not in ("self", "cls", "this", "") and not node.decorator_list and all(hasattr(np.ndarray, each.attr) for each in walk(node) if isinstance(each, ast.Attribute) and getattr(each.value, "id", "") == first)


def of_module(call, namespace):
    """Whether a call is that of a module's function, `activations.backward(A)`, and of no method."""
    return isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name) and isinstance(namespace.get(call.func.value.id), types.ModuleType)
