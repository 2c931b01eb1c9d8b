"""Costs that stand as one expression in a training function, made into functions of the names in it."""

import ast
import builtins
import copy
import re

import numpy as np

from ..common import names
from ..common.syntax import walk
from .functions import Function, called_name
from .python2_meaning import as_there


BUILTINS = set(dir(builtins))


def endings(name):
    """Words that tell versions apart: dropout, regularization, l2, deep, …"""
    words = set(re.findall(r"[a-z]+|\d+", re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower()))
    return words & {"dropout", "regularization", "reg", "regularisation", "l2", "deep", "softmax", "sigmoid", "relu", "tanh", "momentum", "bn", "batchnorm", "layer", "n", "vectorized", "multi", "binary", "two", "l", "1", "2", "3", "mse", "bce"}


def inline_costs(code, local=False):
    """`cost = …` inside training functions, as functions of the names in it; with `local` those too whose names have a value in one step only: `print(np.mean((y - l2) ** 2))`."""
    out = []
    for path, tree in code.trees.items():
        if path != code.source.path:
            continue
        for scope, owner, body in scopes(tree):
            statements = list(walk_statements(body))
            for node in statements:
                made = None
                if isinstance(node, ast.Assign) and len(node.targets) == 1 and named_cost(node.targets[0], ast.unparse(node.value)):
                    if any(isinstance(each, ast.Call) and called_name(each) in REDUCING for each in walk(node.value)):
                        made = inline(code, node, Whole(code, []).visit(copy.deepcopy(node.value)), scope, owner, path)
                        if made is not None and len(made.arguments) == 1:
                            # np.dot(errors, errors) compares nothing: what the errors are made of does
                            made = inline(code, node, Whole(code, statements).visit(copy.deepcopy(node.value)), scope, owner, path)
                            made = None if made is not None and [names.is_name(each, names.AL_NAMES) for each in made.arguments] == [True] else made
                elif isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add) and adds_error(node):
                    made = inline(code, node, Whole(code, statements).visit(copy.deepcopy(node.value)), scope, owner, path)
                elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
                    whole, value = printed(code, node.value, statements)
                    made = inline(code, node, whole, scope, owner, path) if whole is not None else None
                    made = inline(code, node, value, scope, owner, path) if local and made is None and whole is not None else made
                if made is not None:
                    out.append(made)
    return out


REDUCING = ("mean", "sum", "average", "trace", "norm", "dot", "nansum", "nanmean")


def named_cost(target, value):
    name = getattr(target, "id", getattr(target, "attr", ""))
    return bool(name) and not names.passes_back(name, value) and (names.like_name(name, names.COST) or names.plain(name) == "j") and not names.like_name(name, "costs|losses|deriv|grad|delta|total|list|hist|epoch")


def adds_error(node):
    """`sum_error += sum([(expected[i] - outputs[i]) ** 2 for i in …])`: the squares of one sample after the other."""
    name = getattr(node.target, "id", getattr(node.target, "attr", ""))
    return names.like_name(name, names.COST + "|err") and isinstance(node.value, ast.Call) and called_name(node.value) == "sum" and any(isinstance(one, ast.BinOp) and isinstance(one.op, ast.Pow) for one in walk(node.value))


def printed(code, call, statements):
    """(written out, as it stands) of a mean of squares or logarithms that is printed or kept in a list, without a name of its own; Nones where there is none."""
    for each in walk(call):
        if isinstance(each, ast.Call) and called_name(each) in ("mean", "sum", "average") and each is not call:
            term = in_full(each, call)
            value = Whole(code, statements).visit(copy.deepcopy(term))
            calls = {called_name(one) for one in walk(value) if isinstance(one, ast.Call)}
            squared = any(isinstance(one, ast.BinOp) and isinstance(one.op, ast.Pow) for one in walk(value)) or calls & {"square", "power", "log"}
            # np.abs(-y * np.log(a) - …) is what it is without: no term of a cross-entropy is negative
            if squared and (not calls & {"abs", "absolute", "fabs"} or calls & {"log"}):
                return value, copy.deepcopy(term)
    return None, None


def in_full(term, call):
    """`-np.sum(…) / m` of its sum: with the sign and the factors that stand around it, and the penalty that is added."""
    above = {id(inner): each for each in walk(call) for inner in ast.iter_child_nodes(each)}
    while isinstance(above[id(term)], ast.UnaryOp) or isinstance(above[id(term)], ast.BinOp) and isinstance(above[id(term)].op, (ast.Mult, ast.Div, ast.Add)):
        term = above[id(term)]
    return term


class Whole(ast.NodeTransformer):
    """An expression with the local names in it written out, and what the network predicts under the name of a prediction."""

    def __init__(self, code, statements):
        self.methods = {each.name for each in code.functions} | {name for owner in code.classes for name in owner.methods}
        self.local, made = {}, {each.name for each in code.classes}
        for each in statements:
            if isinstance(each, ast.Assign) and isinstance(each.value, ast.Call) and called_name(each.value) in made:
                # the network itself, and no value that it would be made anew for
                continue
            if isinstance(each, ast.Assign) and len(each.targets) == 1 and isinstance(each.targets[0], ast.Name):
                self.local[each.targets[0].id] = None if each.targets[0].id in self.local else each.value

    def visit_Name(self, node):
        value = self.local.get(node.id)
        if value is None or names.is_name(node.id, names.AL_NAMES + "|" + names.Y_NAMES + "|" + names.X_NAMES) or len(list(walk(value))) > 30:
            return node
        return self.visit(copy.deepcopy(value)) if not any(getattr(each, "id", "") == node.id for each in walk(value)) else node

    def visit_Call(self, node):
        if called_name(node) in self.methods and names.like_name(called_name(node), names.FORWARD) and not names.like_name(called_name(node), names.BACKWARD):
            return ast.copy_location(ast.Name(id="y_hat", ctx=ast.Load()), node)
        return self.generic_visit(node)


def scopes(tree):
    yield None, None, tree.body
    for each in walk(tree):
        if isinstance(each, ast.ClassDef):
            for inner in each.body:
                if isinstance(inner, ast.FunctionDef):
                    yield inner, each.name, inner.body
    inside = {id(inner) for each in walk(tree) if isinstance(each, ast.ClassDef) for inner in each.body}
    for each in walk(tree):
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


def samples(name, code):
    """Whether a global holds the samples or targets of the file: ours take their place."""
    return names.is_name(name, names.X_NAMES + "|" + names.Y_NAMES) and isinstance(code.namespace.get(name), (np.ndarray, list))


def summed_up(scope):
    """Names that a function adds to, one term after the other: what they are no caller can give."""
    return {each.target.id for each in walk(scope) if isinstance(each, ast.AugAssign) and isinstance(each.target, ast.Name)} if scope is not None else set()


def inline(code, node, value, scope, owner, path):
    free = []
    calls_own = False
    counted = {one.id for each in walk(value) if isinstance(each, ast.comprehension) for one in walk(each.target) if isinstance(one, ast.Name)}
    for each in walk(value):
        if isinstance(each, ast.Name) and each.id not in free and each.id not in counted and (each.id not in code.namespace or samples(each.id, code)) and each.id not in BUILTINS:
            free.append(each.id)
        if isinstance(each, ast.Call):
            called = called_name(each)
            if any(called == one.name for one in code.functions) or (isinstance(each.func, ast.Attribute) and getattr(each.func.value, "id", "") == "self"):
                calls_own = True
    if calls_own or not free or len(free) > 7 or summed_up(scope) & set(free):
        return None
    if "self" in free:
        free.remove("self")
        arguments = ["self"] + free
    else:
        arguments = free
    text = "def %s(%s):\n    return 0\n" % ("inline_cost", ", ".join(arguments))
    tree = ast.parse(text)
    made = tree.body[0]
    made.body[0].value = value
    for each in ast.walk(made):
        if hasattr(each, "lineno"):
            each.lineno = node.lineno
            each.end_lineno = node.lineno
    try:
        exec(compile(as_there(ast.fix_missing_locations(tree), code.source), path, "exec", code.source.flags), code.namespace)
    except Exception:
        return None
    target = code.namespace.pop("inline_cost")
    function = Function(scope.name if scope is not None else "<script>", target, made, None, path, True)
    function.line = node.lineno
    function.inline = True
    function.scope = scope
    function.scope_owner = owner
    function.scope_calls = {called_name(each) for each in walk(scope) if isinstance(each, ast.Call)} if scope is not None else set()
    if "self" in arguments:
        function.bound = True
        function.arguments = free
    return function
