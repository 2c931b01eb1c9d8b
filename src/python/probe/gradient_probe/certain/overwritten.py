"""Activations that a derivative overwrites, `a[a <= 0] = 0`, `a[a > 0] = 1`, `return a`, and that dW is made of after it, told by reading."""

import ast

from ..common.syntax import walk
from ..source.functions import called_name
from .order import blocks
from .statements import own


def activations(tree):
    """(derivative, its statement, name of the activation, the statement that multiplies it after) of the first of each derivative."""
    every = [each for each in walk(tree) if isinstance(each, ast.FunctionDef)]
    functions = {each.name: each for each in every if sum(one.name == each.name for one in every) == 1}
    guilty = {}
    for each in functions.values():
        for place, argument in enumerate(kept(each)):
            statement = masked(each, argument)
            if statement is not None:
                guilty[each.name, place] = each, statement
    for _ in functions if guilty else ():
        # delta_hidden(a, …) hands its a on
        for each in functions.values():
            for call in walk(each):
                for name, cause in given(call, guilty):
                    if name in kept(each):
                        guilty.setdefault((each.name, kept(each).index(name)), cause)
    told = set()
    for scope in [tree] + list(functions.values()):
        for block in blocks(scope):
            for cause, name, after in late(block, guilty, functions):
                if cause[0].name not in told:
                    told.add(cause[0].name)
                    yield cause[0], cause[1], name, after


def kept(function):
    """Its arguments in their order as calls give them, None for those that are given another value in it."""
    made = {each.id for each in walk(function) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
    return [None if each.arg in made else each.arg for each in function.args.args if each.arg != "self"]


def masked(function, argument):
    """The first statement by which a function makes an argument the slope of a ReLU, in its own place; None where it does not."""
    found = []
    for each in function.body:
        target = each.targets[0] if isinstance(each, ast.Assign) and isinstance(each.value, ast.Constant) else None
        if isinstance(target, ast.Subscript) and getattr(target.value, "id", None) == argument and any(isinstance(one, ast.Compare) and getattr(one.left, "id", None) == argument for one in walk(target.slice)):
            found.append(each)
    back = any(isinstance(each, ast.Return) and getattr(each.value, "id", None) == argument for each in function.body)
    return found[0] if argument is not None and back and len(found) > 1 and any(each.value.value == 1 for each in found) else None


def given(call, guilty):
    """(name, cause) of the arrays that a call lets be overwritten."""
    if isinstance(call, ast.Call):
        for place, each in enumerate(call.args):
            if operand(each, ()) is not None and (called_name(call), place) in guilty:
                yield operand(each, ()), guilty[called_name(call), place]


def late(block, guilty, functions):
    """(cause, name, statement) of arrays that are multiplied after they were overwritten."""
    spoiled = {}
    for statement in block:
        inner = list(own(statement))
        for name in [name for name in spoiled if any(multiplies(each, name, functions) for each in inner)]:
            yield spoiled.pop(name), name, statement
        made = {operand(each) for each in inner if isinstance(getattr(each, "ctx", None), ast.Store)}
        spoiled.update({name: cause for each in inner for name, cause in given(each, guilty)})
        spoiled = {name: cause for name, cause in spoiled.items() if name not in made}


def multiplies(node, name, functions):
    """Whether a node is a matrix product with an array of this name, or hands it to a function that has one with it."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
        return name in (operand(node.left), operand(node.right))
    if not isinstance(node, ast.Call):
        return False
    if called_name(node) in ("dot", "matmul", "outer"):
        return name in [operand(each) for each in node.args + [getattr(node.func, "value", None)]]
    function = functions.get(called_name(node))
    places = [place for place, each in enumerate(node.args) if operand(each, ()) == name]
    return function is not None and any(place < len(kept(function)) and kept(function)[place] is not None and multiplies(each, kept(function)[place], {}) for place in places for each in walk(function))


def operand(node, turned=("T", "transpose")):
    """`a` of a, a.T, a.transpose() and np.transpose(a), `self.a` of such an attribute; None of what is computed."""
    if isinstance(node, ast.Call) and called_name(node) in turned:
        return operand(node.args[0] if node.args else node.func.value)
    if isinstance(node, ast.Attribute) and node.attr in turned:
        return operand(node.value)
    return ast.unparse(node) if isinstance(node, ast.Name) or isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) else None
