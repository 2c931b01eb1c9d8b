"""Statements of a script that train by a call: `net.train(X, y, 1000)`, `params = model(X, Y)`; made to take one step at a known rate."""

import ast
import copy
import functools

from ..common import names
from ..common.data import RATE
from ..common.syntax import declared, walk
from .functions import called_name
from .rounds import counts_rounds

#: Methods that a script calls to look at a network, not to make one.
LOOKS = r"plot|show|save|load|print|summary|predict|test|score|accuracy|evaluate|check|draw"


def own(code):
    """{name: [Function]} of everything of theirs that can be called; a class by its name, with its constructor."""
    out = {}
    for each in code.functions:
        out.setdefault(each.name, []).append(each)
    for owner in code.classes:
        for name, method in owner.methods.items():
            if name != "__init__":
                out.setdefault(name, []).append(method)
        if "__init__" in owner.methods:
            out.setdefault(owner.name, []).append(owner.methods["__init__"])
    return out


def trains(statement, known):
    """Whether a statement is a call that may train a network."""
    if not isinstance(statement, (ast.Expr, ast.Assign)):
        return False
    call = statement.value
    shown = isinstance(call, ast.Call) and getattr(call.func, "id", "") == "print" and len(call.args) == 1
    call = call.args[0] if shown else call
    if not isinstance(call, ast.Call) or called_name(call) not in known or names.like_name(called_name(call), LOOKS):
        return False
    function = known[called_name(call)][0]
    if function.name == "__init__" or names.like_name(function.name, names.INIT) and begun(statement, known) and not descends(function.node):
        return False
    if shown:
        # print(train(X, y, W1, W2)), and no prediction that is looked at
        return descends(function.node) or moves_given(function)
    given = list(call.args) + [each.value for each in call.keywords]
    both = any(names.holds_samples(text(each)) for each in given) and any(names.holds_targets(text(each)) for each in given)
    return names.like_name(called_name(call), names.TRAIN + "|" + names.UPDATE + "|" + names.BACKWARD) or both or descends(function.node)


@functools.lru_cache(maxsize=None)
def descends(node):
    """Whether a function, whatever it is called, multiplies matrices in a loop and there changes a weight by what it was: w -= rate * dw."""
    for loop in walk(node):
        inner = list(walk(loop)) if isinstance(loop, (ast.For, ast.While)) else []
        if any(isinstance(each, ast.Call) and called_name(each) in ("dot", "matmul") or isinstance(each, ast.MatMult) for each in inner):
            if any(map(moves_weight, inner)):
                return True
    return False


def moves_weight(node):
    """Whether a weight goes on from what it was, `w -= rate * dw` or `w = w - rate * dw`."""
    target = node.target if isinstance(node, ast.AugAssign) else node.targets[0] if isinstance(node, ast.Assign) and isinstance(node.value, ast.BinOp) and isinstance(node.value.op, (ast.Sub, ast.Add)) else None
    return isinstance(target, ast.Name) and names.is_weight(target.id) and (isinstance(node, ast.AugAssign) or getattr(node.value.left, "id", None) == target.id)


def moves_given(function):
    """Whether a training, by its name, adds to what it is given in its loop: `hidden += rate * X.T.dot(delta)`."""
    return names.like_name(function.name, names.TRAIN + "|" + names.BACKWARD) and any(isinstance(each, ast.AugAssign) and getattr(each.target, "id", None) in function.arguments and any(isinstance(one, ast.Call) for one in walk(each.value)) for loop in walk(function.node) if isinstance(loop, (ast.For, ast.While)) for each in walk(loop))


def text(node):
    while isinstance(node, (ast.Subscript, ast.Attribute)):
        node = node.value
    return getattr(node, "id", "")


def makes(statement, name, known):
    """`net.add(Dense(2, 3))`: a statement by which an object is built up; or `init_model()`, of a function that says `global` of the name."""
    if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Call):
        return False
    call = statement.value
    called = called_name(call)
    built = isinstance(call.func, ast.Attribute) and text(call.func) == name
    return (built or name in begun(statement, known)) and called in known and not names.like_name(called, LOOKS) and not trains(statement, known)


def begun(statement, known):
    """Names of the module that a statement begins by a call alone, of a function that says `global` of them."""
    function = known.get(getattr(statement.value.func, "id", ""), [None])[0] if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call) else None
    return declared(function.node) if function is not None and function.owner is None else set()


class OneStep(ast.NodeTransformer):
    """Calls of theirs with one iteration, all samples as one batch, and our learning rate."""

    def __init__(self, known, m):
        self.known, self.m = known, m
        self.rate = False

    def visit_Call(self, node):
        self.generic_visit(node)
        for function in self.known.get(called_name(node), [])[:1]:
            taken = set()
            for index, each in enumerate(node.args):
                if isinstance(each, ast.Starred):
                    return node
                if index < len(function.arguments):
                    taken.add(function.arguments[index])
                    node.args[index] = self.changed(function, function.arguments[index], each)
            for each in node.keywords:
                if each.arg is None:
                    return node
                taken.add(each.arg)
                each.value = self.changed(function, each.arg, each.value)
            for name, default in function.defaults.items():
                value = self.changed(function, name, default)
                if name not in taken and value is not default:
                    node.keywords.append(ast.keyword(arg=name, value=value))
        return node

    def changed(self, function, name, value):
        number = not (isinstance(value, ast.Constant) and (isinstance(value.value, (bool, str)) or value.value is None))
        if number and (names.is_name(name, names.ITER_NAMES) or counts_rounds(function, name)):
            return ast.copy_location(ast.Constant(value=1), value)
        if names.is_name(name, names.BATCH_NAMES) and number:
            return ast.copy_location(ast.Constant(value=self.m), value)
        if names.is_rate(name) and number:
            self.rate = True
            return ast.copy_location(ast.Constant(value=RATE), value)
        return value


def one_step(statements, known, m):
    """(copies of the statements, whether our rate stands in them)."""
    change = OneStep(known, m)
    made = [ast.fix_missing_locations(change.visit(copy.deepcopy(each))) for each in statements]
    return made, change.rate


def bodies(code, statements, known):
    """Lists of statements that may hold a training loop or call: the script, and functions that it calls without samples: main()."""
    top = list(statements(code.script()))
    yield top
    seen = set()
    for each in top:
        for call in walk(each):
            if isinstance(call, ast.Call) and called_name(call) in known and not isinstance(each, (ast.FunctionDef, ast.ClassDef)):
                function = known[called_name(call)][0]
                if function.owner is None and function.own and function.name not in seen and not any(names.holds_samples(one) for one in function.arguments) and all(one in function.defaults for one in function.arguments) and len(function.node.body) > 2:
                    seen.add(function.name)
                    yield top + [one for one in statements(function.node.body) if not isinstance(one, (ast.Return, ast.Global))]
