"""Which function is the forward and which the backward pass by what it does, where no name says it."""

import ast

from ..common import names
from ..common.syntax import walk
from ..source.functions import called_name
from ..source.naming import holder
from ..source.links import is_link


def factors(node):
    """Both sides of a matrix product; nothing of any other expression."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
        return node.left, node.right
    if isinstance(node, ast.Call) and called_name(node) in ("dot", "matmul", "outer"):
        return tuple(node.args) + ((node.func.value,) if isinstance(node.func, ast.Attribute) else ())
    return ()


def products(node):
    """(plain, transposed): how many matrix products stand in a function, and how many of them with something transposed."""
    plain = transposed = 0
    for each in walk(node):
        sides = factors(each)
        if sides and not any(isinstance(one, ast.Call) and called_name(one).startswith("log") for side in sides for one in walk(side)):
            # Y · log(A)ᵀ is a cost
            turned = any(is_turned(side) for side in sides) or isinstance(each, ast.Call) and called_name(each) == "outer"
            transposed, plain = transposed + turned, plain + (not turned)
    return plain, transposed


def weighs(function, argument):
    """Whether a function multiplies an argument by weights: it is given the samples, and no prediction."""
    said = lambda side: holder(side.value if is_turned(side) and isinstance(side, ast.Attribute) else side) if isinstance(side, (ast.Name, ast.Attribute, ast.Subscript)) else ""
    return any(argument in found and any(names.is_weight(each) for each in found) for found in ([said(side) for side in factors(each)] for each in walk(function.node)))


def is_turned(side):
    if isinstance(side, ast.BinOp) and isinstance(side.op, ast.Mult):
        # (rate * X.T) @ delta
        return is_turned(side.left) or is_turned(side.right)
    return isinstance(side, ast.Attribute) and side.attr == "T" or isinstance(side, ast.Call) and called_name(side) in ("transpose", "swapaxes")


def only_difference(function):
    """`return predicted - observed`: the derivative of a cost, whatever it is called, and no cost."""
    def plain(value):
        if isinstance(value, ast.BinOp):
            return isinstance(value.op, (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow)) and not (isinstance(value.op, ast.Pow) and getattr(value.right, "value", None) != 1) and plain(value.left) and plain(value.right)
        return isinstance(value, (ast.Name, ast.Attribute, ast.Subscript, ast.Constant, ast.UnaryOp))

    differences = [each for value in function.returns for each in walk(value) if isinstance(each, ast.BinOp) and isinstance(each.op, ast.Sub)]
    return bool(function.returns) and bool(differences) and all(plain(value) for value in function.returns) and not function.calls and not function.loops


def blind(function):
    """Whether a cost is given targets, and asks them for nothing but how many they are: -Σ Â log Â compares nothing."""
    parents = {id(child): each for each in walk(function.node) for child in ast.iter_child_nodes(each)}

    def counted(each):
        parent = parents[id(each)]
        return isinstance(parent, ast.Attribute) and parent.attr in ("shape", "size") or isinstance(parent, ast.Call) and called_name(parent) == "len"

    for argument in function.arguments:
        read = [each for each in walk(function.node) if isinstance(each, ast.Name) and each.id == argument]
        if names.is_name(argument, names.Y_NAMES) and len(function.arguments) > 1 and read and all(counted(each) for each in read):
            return True
    return False


def unasked(function):
    """Whether a cost is given targets and never reads them: it says nothing of better or worse predictions."""
    read = {each.id for each in walk(function.node) if isinstance(each, ast.Name)}
    # a loss that was put together with its derivative is given them under our names
    return not hasattr(function, "pair") and any(names.is_name(each, names.Y_NAMES) and each not in read for each in function.arguments)


#: Calls that draw weights.
DRAWING = {"randn", "rand", "random_sample", "standard_normal", "normal", "uniform"}


class Deeds:
    """What functions do with all that they call, among themselves."""

    def __init__(self, functions):
        self.functions = [each for each in functions if each.name != "__init__"]
        self.own = {each: products(each.node) for each in self.functions}

    def reached(self, function):
        out, todo = [], [function]
        while todo:
            each = todo.pop()
            if each not in out:
                out.append(each)
                todo.extend(other for other in self.functions if other.name in each.callees)
        return out

    def turned(self, function):
        """The functions with transposed products that this one reaches."""
        return {each for each in self.reached(function) if self.own[each][1]}

    def makes(self, function):
        """Whether a function draws the weights as well: it trains, and is more than a backward pass."""
        return any(each.callees & DRAWING for each in self.reached(function))

    def backward(self):
        """The innermost functions that reach every transposed product and are no single link; more than one such product in all."""
        every = {each for each in self.functions if self.own[each][1]}
        if sum(self.own[each][1] for each in every) < 2:
            return []
        whole = [each for each in self.functions if self.turned(each) == every and not is_link(each) and not self.makes(each) and not names.like_name(each.name, r"plot|check|numerical|test|^predict")]
        inner = [each for each in whole if not any(other is not each and other in self.reached(each) for other in whole)]
        return [each for each in inner if each.own]

    def forward(self, backward):
        """The outermost functions that multiply and reach nothing of the backward pass; those first that are called beside it."""
        behind = {one for each in backward for one in self.turned(each)} | set(backward)
        found = [each for each in self.functions if each.own and any(self.own[one][0] for one in self.reached(each)) and not behind & set(self.reached(each)) and not names.like_name(each.name, r"plot|check|numerical|test|update|" + names.COST)]
        beside = {name for each in self.functions if {one.name for one in backward} & each.callees for name in each.callees} | {name for each in backward for name in each.callees}
        outer = [each for each in found if each.name in beside or not any(other is not each and not looks_on(other) and each in self.reached(other) for other in found)]
        return sorted(outer, key=lambda each: (each.name not in beside, names.like_name(each.name, "predict"), each.line))


def returned_when(function, flag):
    """Whether what a function returns is made only where this argument is set: `if verbose: accuracy = …`, and `return cost, accuracy`."""
    nodes = list(walk(function.node)) if hasattr(function, "node") else []
    inside = {id(one) for each in nodes if isinstance(each, ast.If) and getattr(each.test, "id", None) == flag for statement in each.body for one in walk(statement)}
    stored = [each for each in nodes if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)]
    only = {each.id for each in stored if id(each) in inside} - {each.id for each in stored if id(each) not in inside}
    return any(getattr(one, "id", None) in only for each in nodes if isinstance(each, ast.Return) and id(each) not in inside and each.value is not None for one in walk(each.value))


def runs_network(code, function):
    """Whether a function calls a forward pass, by its name or because it multiplies matrices: cost(X, Y) of the samples themselves."""
    every = [each for each in code.every if each.name in function.callees]
    return any(names.like_name(each, names.FORWARD) for each in function.callees) or any(products(each.node)[0] for each in every)


def measures(function):
    """Whether a function makes one number of a prediction and targets: a sum or mean of logarithms or squares of its two or three arguments."""
    called = {called_name(each) for each in function.calls}
    far = any(isinstance(each, ast.BinOp) and isinstance(each.op, ast.Pow) and getattr(each.right, "value", None) == 2 for each in walk(function.node)) or called & {"log", "square", "log2", "log10"}
    required = function.needed
    return function.own and 2 <= len(required) <= 3 and bool(function.returns) and bool(far) and bool(called & {"sum", "mean", "average"}) and not products(function.node)[1] and any(names.is_name(each, names.Y_NAMES + "|" + names.AL_NAMES) for each in required) and not any(names.is_gradient(each) for each in required) and not names.like_name(function.name, r"plot|accura|score|r2|norm|deriv|grad|prime|softmax|predict|forward|train|^d_|init|load|std|scale")


def looks_on(function):
    """A function that uses a trained network, and is called beside the backward pass only to show how far it is."""
    return names.like_name(function.name, "predict|evaluate|test|accuracy")


def by_deeds(out, functions):
    """Adds to {role: [function]} what no name gave: a cost, a forward pass and a backward pass."""
    if not out["cost"] and not out["both"]:
        out["cost"] = [each for each in functions if measures(each)][:2]
    passes = [each for each in out["forward"] if not looks_on(each)]
    if out["both"] or passes and out["backward"]:
        return
    deeds = Deeds(functions)
    backward = out["backward"] or deeds.backward()
    if not backward:
        return
    if not passes:
        # `predict` is named, and the pass that it looks at may not be
        found = [each for each in deeds.forward(backward) if each not in backward and each not in out["forward"]][:3]
        out["forward"] = [each for each in found if not looks_on(each)] + out["forward"] + [each for each in found if looks_on(each)]
    out["backward"] = backward
