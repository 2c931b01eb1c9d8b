"""Costs that stand as one expression in a training function, made into functions of the names in it."""

import ast
import builtins
import re

from . import names
from .functions import Function, called_name


BUILTINS = set(dir(builtins))


def endings(name):
    """Words that tell versions apart: dropout, regularization, l2, deep, …"""
    words = set(re.findall(r"[a-z]+|\d+", re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower()))
    return words & {"dropout", "regularization", "reg", "regularisation", "l2", "deep", "softmax", "sigmoid", "relu", "tanh", "momentum", "bn", "batchnorm", "layer", "n", "vectorized", "multi", "binary", "two", "l", "1", "2", "3", "mse", "bce"}


def inline_costs(code):
    """`cost = …` inside training functions, as functions of the names in it."""
    out = []
    for path, tree in code.trees.items():
        if path != code.source.path:
            continue
        for scope, owner, body in scopes(tree):
            for node in walk_statements(body):
                if not isinstance(node, ast.Assign) or len(node.targets) != 1:
                    continue
                target = node.targets[0]
                name = getattr(target, "id", getattr(target, "attr", ""))
                if not name or not (names.like_name(name, names.COST) or names.plain(name) == "j") or names.like_name(name, "costs|losses|deriv|grad|delta|total|list|hist|epoch"):
                    continue
                if not any(isinstance(each, ast.Call) and called_name(each) in ("mean", "sum", "average", "trace", "norm", "dot", "nansum", "nanmean") for each in ast.walk(node.value)):
                    continue
                made = inline(code, node, scope, owner, path)
                if made is not None:
                    out.append(made)
    return out


def scopes(tree):
    yield None, None, tree.body
    for each in ast.walk(tree):
        if isinstance(each, ast.ClassDef):
            for inner in each.body:
                if isinstance(inner, ast.FunctionDef):
                    yield inner, each.name, inner.body
    inside = {id(inner) for each in ast.walk(tree) if isinstance(each, ast.ClassDef) for inner in each.body}
    for each in ast.walk(tree):
        if isinstance(each, ast.FunctionDef) and id(each) not in inside:
            yield each, None, each.body


def walk_statements(body):
    for each in body:
        if isinstance(each, (ast.FunctionDef, ast.ClassDef)):
            continue
        yield each
        for field in ("body", "orelse", "finalbody"):
            for inner in walk_statements(getattr(each, field, None) or []):
                yield inner


def inline(code, node, scope, owner, path):
    free = []
    calls_own = False
    for each in ast.walk(node.value):
        if isinstance(each, ast.Name) and each.id not in free and each.id not in code.namespace and each.id not in BUILTINS:
            free.append(each.id)
        if isinstance(each, ast.Call):
            called = called_name(each)
            if any(called == one.name for one in code.functions) or (isinstance(each.func, ast.Attribute) and getattr(each.func.value, "id", "") == "self"):
                calls_own = True
    if calls_own or not free or len(free) > 7:
        return None
    if "self" in free:
        free.remove("self")
        arguments = ["self"] + free
    else:
        arguments = free
    text = "def %s(%s):\n    return 0\n" % ("inline_cost", ", ".join(arguments))
    tree = ast.parse(text)
    made = tree.body[0]
    made.body[0].value = node.value
    for each in ast.walk(made):
        if hasattr(each, "lineno"):
            each.lineno = node.lineno
            each.end_lineno = node.lineno
    try:
        exec(compile(ast.fix_missing_locations(tree), path, "exec"), code.namespace)
    except Exception:
        return None
    target = code.namespace.pop("inline_cost")
    function = Function(scope.name if scope is not None else "<script>", target, made, None, path, True)
    function.line = node.lineno
    function.inline = True
    function.scope = scope
    function.scope_owner = owner
    function.scope_calls = {called_name(each) for each in ast.walk(scope) if isinstance(each, ast.Call)} if scope is not None else set()
    if "self" in arguments:
        function.bound = True
        function.arguments = free
    return function
