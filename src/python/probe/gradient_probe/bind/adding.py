"""Whether the file adds what it calls a gradient to its parameters, or turns it before: read where no update was run."""

import ast
import re

from ..certain import moves
from ..certain.statements import assigned
from ..common import names
from ..common.syntax import walk
from ..source.naming import holder
from . import parameters as where


def adds(program):
    """True where every step that is written for these parameters adds, and none subtracts."""
    wanted = {names.plain(where.base(leaf.name)) for leaf in program.leaves}
    nodes = [each for tree in program.code.trees.values() for statement in walk(tree) for each in singly(statement)]
    down = {held(each.targets[0]) for each in nodes if goes_down(each)}
    signs = {-sign if held(getattr(each, "value", None)) in down else sign for each in nodes for sign in [sign_of(each, wanted)] if sign is not None}
    return (signs or {each.sign for each in moved(program.code)}) == {1}


def moved(code):
    """Every step of the file, also those that name no parameter: `params[k] + rate * grads[k]`."""
    if "moved" not in code.__dict__:
        code.moved = [each for tree in code.trees.values() for each in moves.written(tree.body)]
    return code.moved


def takes_steps(program):
    """Whether anything in the file moves these parameters, or is named as what does: where nothing is, no one says whether its cost is to fall or to rise."""
    wanted = {names.plain(where.base(leaf.name)) for leaf in program.leaves}
    if moved(program.code) or any(names.like_name(each, names.UPDATE) for each in [*program.code.sites] + [one.name for one in program.code.functions]):
        return True
    for each in [node for tree in program.code.trees.values() for statement in walk(tree) for node in singly(statement)]:
        if isinstance(each, ast.AugAssign) and held(each.target) in wanted:
            return True
        if isinstance(each, ast.Assign) and isinstance(each.value, ast.BinOp) and held(each.targets[0]) in {held(one) for one in walk(each.value)} & wanted:
            return True
    return False


def goes_down(statement):
    """Whether a step is named that has its minus already: weight_updates = -rate * dweights, or momentum * v - rate * dweights."""
    if not isinstance(statement, ast.Assign) or len(statement.targets) != 1 or held(statement.targets[0]) is None:
        return False
    value = statement.value
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Sub):
        return gradient_in(value.right) and not gradient_in(value.left)
    return gradient_in(value) and signed(1, value) < 0


def singly(statement):
    """`W, b = W + rate * dW, b + rate * db` as two assignments; any other node as it is."""
    parts = assigned(statement)
    if not parts or parts[0][0] is statement.targets[0]:
        return [statement]
    return [ast.Assign(targets=[target], value=value) for target, value in parts]


def sign_of(statement, wanted):
    """+1 of `W += rate * dW`, -1 of `W -= …`; None of any other statement."""
    if isinstance(statement, ast.AugAssign) and isinstance(statement.op, (ast.Add, ast.Sub)) and held(statement.target) in wanted and gradient_in(statement.value):
        return signed(1 if isinstance(statement.op, ast.Add) else -1, statement.value)
    if not isinstance(statement, ast.Assign) or len(statement.targets) != 1 or held(statement.targets[0]) not in wanted:
        return None
    for each in walk(statement.value):
        if isinstance(each, ast.BinOp) and isinstance(each.op, (ast.Add, ast.Sub)):
            left, right, sign = each.left, each.right, 1 if isinstance(each.op, ast.Add) else -1
        elif isinstance(each, ast.Call) and getattr(each.func, "attr", "") in ("add", "subtract") and len(each.args) == 2:
            left, right, sign = each.args[0], each.args[1], 1 if each.func.attr == "add" else -1
        else:
            continue
        if any(held(one) == held(statement.targets[0]) for one in walk(left)) and gradient_in(right):
            return signed(sign, right)
    return None


def signed(sign, value):
    """Turned by a minus in what is added: W += -rate * dW."""
    return sign * (-1) ** sum(1 for each in walk(value) if isinstance(each, ast.UnaryOp) and isinstance(each.op, ast.USub))


def held(node):
    """The plain name of what holds a value."""
    return names.plain(holder(node)) or None


def gradient_in(value):
    return any(names.is_gradient(each.attr if isinstance(each, ast.Attribute) else each.id) or names.is_name(each.attr if isinstance(each, ast.Attribute) else each.id, names.GRAD_NAMES) for each in walk(value) if isinstance(each, (ast.Name, ast.Attribute)))


def gradient_said(value):
    """The same where only a key says so: grads["db"][l]."""
    return gradient_in(value) or any(isinstance(each, ast.Constant) and isinstance(each.value, str) and names.is_gradient(each.value) for each in walk(value))


def turned_later(program, name):
    """Whether the file gives the gradient of this name another shape where it uses it: b1 - rate * db1.T, np.reshape(db1, (10, 1)), db1[:, None]."""
    # db1, grads["db1"], grads["b1"], grads["db" + str(l)] and grads[f"db{l}"]
    own = r"\b(?:d|der|deriv|grad|gradient|delta|gradi?e?n?t?s\[f?['\"])_?(?:%s['\"\]]*|%s(?:['\"] *\+ *str\([^\]]*\)|\{[^}]*\}['\"])\])" % (re.escape(name), re.escape(re.sub(r"\d+$", "", name)))
    named = re.search(r"%s(?:\.(?:T\b|transpose|reshape)|\[:, *(?:None|np\.newaxis)\])|\b(?:reshape|expand_dims|transpose|atleast_2d)\(\s*(?:\w+\[['\"])?%s" % (own, own), program.code.text) is not None
    return named or names.plain(re.sub(r"\W.*", "", name)) in turned_in(program.code)


def turned_in(code):
    """Plain names of the parameters that are moved by a gradient that is turned, whatever that is called: `self.weights[i] = w - rate * dw.T`, `params[l]["W"] -= rate * grads[l]["dW"].T`, `params["b"][l] = params["b"][l] - rate * grads["db"][l].reshape(-1, 1)`."""
    if "turned" not in code.__dict__:
        nodes = [each for tree in code.trees.values() for each in walk(tree)]
        steps = [(each, target) for each in nodes if isinstance(each, ast.Assign) and isinstance(each.value, ast.BinOp) and isinstance(each.value.op, ast.Sub) for target in each.targets]
        steps += [(each, each.target) for each in nodes if isinstance(each, ast.AugAssign) and isinstance(each.op, (ast.Sub, ast.Add))]
        code.turned = {held(target) for each, target in steps if any(turns_a_gradient(one) for one in walk(each.value))}
    return code.turned


def turns_a_gradient(node):
    """dW.T, db.reshape(-1, 1), np.expand_dims(grads["db"], axis=-1), db[:, None]."""
    if isinstance(node, ast.Attribute):
        return node.attr in ("T", "reshape", "transpose") and gradient_said(node.value)
    if isinstance(node, ast.Call) and node.args:
        return getattr(node.func, "attr", "") in ("expand_dims", "reshape", "transpose", "atleast_2d") and gradient_said(node.args[0])
    new = [one for one in walk(node.slice) if isinstance(one, ast.Constant) and one.value is None or getattr(one, "attr", "") == "newaxis"] if isinstance(node, ast.Subscript) else []
    return bool(new) and gradient_said(node.value)
