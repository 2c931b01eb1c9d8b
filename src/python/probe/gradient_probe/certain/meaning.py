"""What values are, read from how they are assigned: pre-activation Z or activation A, and of which activation."""

import ast

from ..common import names
from ..common.syntax import walk
from ..source.functions import called_name


class Meaning:
    """`derivatives`: functions that give an activation's derivative, with 'Z' or 'A', what they are written for."""

    def __init__(self, tree, helpers=()):
        """`helpers`: trees of the modules beside the file that it takes functions from."""
        self.tree = tree
        self.functions = [each for each in walk(tree) if isinstance(each, ast.FunctionDef)]
        self.activations = {}
        self.derivatives = {}
        every = [each for helper in helpers for each in walk(helper) if isinstance(each, ast.FunctionDef)] + self.functions
        for each in every:
            kind = activation(each)
            if kind is not None:
                self.activations[each.name] = kind
        for each in every:
            written = written_for(each, self.activations)
            if written is not None:
                # one of the same name in another class may be written otherwise
                self.derivatives[each.name] = written if self.derivatives.get(each.name, written) == written else None
        for known in (self.activations, self.derivatives):
            known.update(aliases(tree, known))
        #: kinds by key: in one function, everywhere, and of a plain name in whichever function assigns it
        self.local, self.shared, self.named = {}, {}, {}
        for function in self.functions + [tree]:
            for each in statements(function):
                self.learn(each, function)

    def learn(self, each, function):
        if isinstance(each, (ast.Assign, ast.Return)) and each.value is not None:
            for table in [one for one in walk(each.value) if isinstance(one, ast.Dict)]:
                for key, value in zip(table.keys, table.values):
                    if isinstance(key, ast.Constant) and isinstance(key.value, str):
                        self.shared.setdefault(("entry", key.value), set()).add(self.of(value, function))
        if isinstance(each, ast.Assign):
            for target in each.targets:
                if not is_input(target, each.value):
                    self.add(target, self.of(each.value, function), function)
        elif isinstance(each, ast.Expr) and isinstance(each.value, ast.Call) and getattr(each.value.func, "attr", "") == "append" and each.value.args:
            value = self.of(each.value.args[0], function)
            self.add(ast.Subscript(value=each.value.func.value, slice=ast.Constant(value=0)), value, function)

    def add(self, target, kind, function):
        key = key_of(target)
        if key is None:
            return
        place = self.local.setdefault(id(function), {}) if key[0] == "name" else self.shared
        place.setdefault(key, set()).add(kind)
        if key[0] == "name":
            self.named.setdefault(key, set()).add(kind)

    def kind(self, expression, function):
        """('Z', None), ('A', which) or None where it is unknown or not always the same."""
        key = key_of(expression)
        if key is None:
            return None if isinstance(expression, (ast.Attribute, ast.Subscript)) else self.of(expression, function)
        found = self.local.get(id(function), {}).get(key) if key[0] == "name" else self.shared.get(key)
        if found is None and key[0] == "name" and key[1] in handed_in(function):
            # an argument, or what a call gave back: what the name means elsewhere
            found = self.named.get(key)
        return next(iter(found)) if found is not None and len(found) == 1 else None

    def of(self, value, function):
        if isinstance(value, ast.Call):
            name = called_name(value)
            if name in self.activations:
                return ("A", self.activations[name]) if self.activations[name] else None
            if name == "tanh":
                return ("A", "tanh")
            if name == "expit":
                return ("A", "sigmoid")
            if name in ("dot", "matmul"):
                return ("Z", None)
        if isinstance(value, ast.BinOp):
            if isinstance(value.op, ast.MatMult):
                return ("Z", None)
            if isinstance(value.op, ast.Add) and any(self.of(side, function) == ("Z", None) for side in (value.left, value.right)):
                return ("Z", None)
            if is_sigmoid(value):
                return ("A", "sigmoid")
        if isinstance(value, (ast.Name, ast.Attribute, ast.Subscript)):
            return self.kind(value, function)
        return None


def aliases(tree, known):
    """{attribute: what is known of the function that it always is}: self.act = sigmoid."""
    out = {}
    for each in walk(tree):
        for target in each.targets if isinstance(each, ast.Assign) else []:
            if isinstance(target, ast.Attribute) and getattr(target.value, "id", "") == "self":
                out.setdefault(target.attr, set()).add(known.get(each.value.id) if isinstance(each.value, ast.Name) else None)
    return {name: next(iter(found)) for name, found in out.items() if len(found) == 1 and None not in found and name not in known}


def is_input(target, value):
    """A[0] = X: the samples before the activations of a list, of which nothing else is told by it."""
    return isinstance(target, ast.Subscript) and getattr(target.slice, "value", None) == 0 and isinstance(value, ast.Name) and names.holds_samples(value.id)


def handed_in(function):
    """Names of arguments and of unpacked results."""
    out = {each.arg for each in function.args.args} if hasattr(function, "args") else set()
    for each in statements(function):
        if isinstance(each, ast.Assign):
            for target in each.targets:
                if isinstance(target, (ast.Tuple, ast.List)):
                    out.update(one.id for one in target.elts if isinstance(one, ast.Name))
    return out


def statements(function):
    todo = list(function.body)
    while todo:
        each = todo.pop(0)
        if isinstance(each, (ast.FunctionDef, ast.ClassDef)):
            continue
        yield each
        for field in ("body", "orelse", "finalbody"):
            todo.extend(getattr(each, field, []))


def key_of(expression):
    """Names are of one function; attributes and entries under a text key are the same everywhere; of a list all entries are one."""
    if isinstance(expression, ast.Name):
        return ("name", expression.id)
    if isinstance(expression, ast.Attribute) and getattr(expression.value, "id", "") in ("self", "cls"):
        return ("attribute", expression.attr)
    if isinstance(expression, ast.Subscript):
        inner = expression.slice
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            return ("entry", inner.value)
        base = key_of(expression.value)
        return None if base is None else (base[0], base[1] + "[]")
    return None


def argument(function):
    given = [each.arg for each in function.args.args if each.arg not in ("self", "cls")]
    return given[0] if given else None


def activation(function):
    """'sigmoid' or 'tanh' of a function that is one, by its formula; '' of another activation; None of none."""
    if not names.like_name(function.name, names.ACTIVATION) or names.like_name(function.name, names.DERIVATIVE) or len(function.args.args) > 2 or len([each for each in function.args.args if each.arg not in ("self", "cls")]) != 1:
        return None
    for each in walk(function):
        if is_sigmoid(each) or isinstance(each, ast.Call) and called_name(each) == "expit":
            return "sigmoid"
        if isinstance(each, ast.Call) and called_name(each) == "tanh":
            return "tanh"
    return ""


def is_sigmoid(value):
    if not (isinstance(value, ast.BinOp) and isinstance(value.op, ast.Div) and isinstance(value.right, ast.BinOp) and isinstance(value.right.op, ast.Add)):
        return False
    sides = (value.right.left, value.right.right)
    return getattr(value.left, "value", None) in (1, 1.0) and any(getattr(each, "value", None) in (1, 1.0) for each in sides) and any(isinstance(each, ast.Call) and called_name(each) == "exp" for each in sides)


def written_for(function, activations):
    """'A' of x (1 - x) and 1 - x²; 'Z' of f(x) (1 - f(x)) and 1 - tanh(x)²; None of what else it may be."""
    if not names.like_name(function.name, names.DERIVATIVE) or len([each for each in function.args.args if each.arg not in ("self", "cls")]) != 1:
        return None
    given, found = argument(function), set()
    inner = {}
    for each in statements(function):
        if isinstance(each, ast.Assign) and len(each.targets) == 1 and isinstance(each.targets[0], ast.Name):
            inner[each.targets[0].id] = each.value
            if each.targets[0].id == given:
                return None
        if isinstance(each, ast.Return) and each.value is not None:
            derivative = derivative_input(each.value)
            if derivative is None:
                return None
            value = derivative[1]
            value = inner.get(value.id, value) if isinstance(value, ast.Name) else value
            if isinstance(value, ast.Name) and value.id == given:
                found.add("A")
            elif isinstance(value, ast.Call) and (activations.get(called_name(value)) or called_name(value) in ("tanh", "expit")) and value.args and getattr(value.args[0], "id", "") == given or is_sigmoid(value):
                found.add("Z")
            else:
                return None
    return found.pop() if len(found) == 1 else None


def derivative_input(value):
    """('sigmoid', A) of A * (1 - A), ('tanh', A) of 1 - A ** 2, however they are written; else None."""
    if isinstance(value, ast.Call) and called_name(value) == "multiply" and len(value.args) == 2:
        return product(*value.args)
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Mult):
        return product(value.left, value.right)
    rest = one_minus(value)
    if rest is None:
        return None
    if isinstance(rest, ast.BinOp) and isinstance(rest.op, ast.Pow) and getattr(rest.right, "value", None) == 2:
        return ("tanh", rest.left)
    if isinstance(rest, ast.Call) and called_name(rest) == "power" and len(rest.args) == 2 and getattr(rest.args[1], "value", None) == 2:
        return ("tanh", rest.args[0])
    if isinstance(rest, ast.Call) and called_name(rest) == "square" and len(rest.args) == 1:
        return ("tanh", rest.args[0])
    if isinstance(rest, ast.BinOp) and isinstance(rest.op, ast.Mult) and ast.dump(rest.left) == ast.dump(rest.right):
        return ("tanh", rest.left)
    return None


def product(left, right):
    for one, other in ((left, right), (right, left)):
        rest = one_minus(other)
        if rest is not None and ast.dump(rest) == ast.dump(one):
            return ("sigmoid", one)
        # dA * A * (1 - A)
        if rest is not None and isinstance(one, ast.BinOp) and isinstance(one.op, ast.Mult) and ast.dump(one.right) == ast.dump(rest):
            return ("sigmoid", rest)
    return None


def one_minus(value):
    return value.right if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Sub) and getattr(value.left, "value", None) in (1, 1.0) else None
