"""Weights that are changed before the error is handed down through them, told by reading."""

import ast
import re

from ..common import names
from ..common.syntax import walk
from ..source.functions import called_name
from .statements import own, target_name


def late(function, name):
    """(statement, weights, how many lines above they are changed) of what hands the error down through weights of after their update."""
    for block in blocks(function):
        changed, made, same = {}, {}, {}
        for statement in block:
            for each in own(statement):
                if isinstance(each, ast.Assign) and handed_down(each) or isinstance(each, ast.Return) and each.value is not None and names.like_name(name, names.BACKWARD):
                    for used in [*transposed(each.value), *with_turned_error(each.value), *slope_of_product(each)]:
                        # an error that is made after the update is one of the next step
                        if used in changed and not any(made.get(getattr(one, "id", ""), 0) > changed[used] for one in walk(each.value)):
                            yield each, used, each.lineno - changed[used]
                if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
                    made[each.id] = each.lineno
            key = updated(statement)
            if key is not None and names.is_weight(re.sub(r"^self\.", "", re.sub(r"\[.*", "", key))):
                changed[key] = statement.lineno
                # W = self.weights[l] is the very array that `self.weights[l] -= …` changes
                changed.update({name: statement.lineno for name, held in same.items() if isinstance(statement, ast.AugAssign) and key in (name, held)})
            elif isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name) and len(statement.targets) == 1:
                same.pop(statement.targets[0].id, None)
                if isinstance(statement.value, (ast.Attribute, ast.Subscript)) and statement.targets[0].id not in ast.unparse(statement.value):
                    same[statement.targets[0].id] = ast.unparse(statement.value)


def in_rounds(function):
    """(statement, weights) of what hands the error down through weights that the round before has moved: `delta = delta @ W[i + 1].T` and `W[i] -= …` in a loop from the last layer to the first."""
    for loop in [each for statement in function.body for each in own(statement)]:
        if isinstance(loop, ast.For) and isinstance(loop.target, ast.Name) and descends(loop.iter):
            inner = [each for statement in loop.body for each in own(statement)]
            moved = {key[:-len(each)] for each in ["[%s]" % loop.target.id] for key in [updated(one) for one in inner if isinstance(one, (ast.Assign, ast.AugAssign))] if key is not None and key.endswith(each)}
            for each in inner:
                if isinstance(each, ast.Assign) and handed_down(each):
                    for used in transposed(each.value):
                        weights = used[:-len("[%s + 1]" % loop.target.id)]
                        if used == "%s[%s + 1]" % (weights, loop.target.id) and weights in moved and names.is_weight(re.sub(r"^self\.", "", weights)):
                            yield each, used


def descends(given):
    """Whether a loop goes from the last to the first: reversed(…), range(L, -1, -1)."""
    if not isinstance(given, ast.Call):
        return False
    return called_name(given) == "reversed" or called_name(given) in ("range", "xrange") and len(given.args) == 3 and ast.unparse(given.args[2]) == "-1"


def blocks(function):
    """Lists of statements that run one after the other."""
    for each in [function] + [one for statement in function.body for one in own(statement)]:
        for field in ("body", "orelse", "finalbody"):
            block = getattr(each, field, None)
            if isinstance(block, list) and (each is function or not isinstance(each, (ast.FunctionDef, ast.ClassDef))):
                yield block


def updated(statement):
    """Text of what `W -= …` or `W = W - …` changes."""
    if isinstance(statement, ast.AugAssign) and isinstance(statement.op, (ast.Sub, ast.Add)):
        return ast.unparse(statement.target)
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1 and isinstance(statement.value, ast.BinOp) and isinstance(statement.value.op, (ast.Sub, ast.Add)):
        target = ast.unparse(statement.targets[0])
        if ast.unparse(statement.value.left) == target:
            return target
    return None


def handed_down(assign):
    target = target_name(assign) or ""
    return re.search(r"delta|err|^d[azh]|grad|^d_|hidden|^d(out|in(put)?|layer|l\d)", target, re.I) is not None and not re.match(r"^(d|grad_?|delta_?)_?(w|b)", target, re.I)


def slope_of_product(statement):
    """The weights as the derivative of Z by the A below, by its name: `dz3_dh2 = self.W3`."""
    named = isinstance(statement, ast.Assign) and re.match(r"^d_?z_?\d*_?d_?[ahx]_?\d*$", target_name(statement) or "", re.I) is not None
    if named and isinstance(statement.value, (ast.Name, ast.Attribute)):
        yield ast.unparse(statement.value)


def transposed(value):
    """Texts of what is multiplied transposed: W.T, W.transpose(), np.transpose(W)."""
    for each in walk(value):
        if isinstance(each, ast.Attribute) and each.attr == "T":
            yield ast.unparse(each.value)
        elif isinstance(each, ast.Call) and called_name(each) == "transpose":
            yield ast.unparse(each.args[0] if each.args else each.func.value) if each.args or isinstance(each.func, ast.Attribute) else ""


def with_turned_error(value):
    """Texts of what an error is multiplied with that is itself transposed: W of `np.dot(W, delta.T)`, where samples are rows."""
    for each in walk(value):
        if isinstance(each, ast.BinOp) and isinstance(each.op, ast.MatMult):
            left, right = each.left, each.right
        elif isinstance(each, ast.Call) and called_name(each) in ("dot", "matmul") and each.args:
            left, right = each.args[:2] if len(each.args) > 1 else (getattr(each.func, "value", None), each.args[0])
        else:
            continue
        if left is not None and any(re.search(r"delta|err|grad|^(self\.)?d_?[azoy]|dout", turned, re.I) for turned in transposed(right)):
            yield ast.unparse(left)
