"""Steps that move a parameter by what they should not, or not at all, told by reading: a sum of gradients that is applied after each sample, and a step that is computed and dropped."""

import ast

from ..common import names
from ..common.syntax import walk
from ..source.functions import called_name
from ..source.naming import holder
from .statements import own


def dropped(function):
    """[(statement, parameter)] of `layer.b - rate * layer.db`, which stands alone: its result goes nowhere."""
    for each in [one for statement in function.body for one in own(statement)] if isinstance(function, ast.FunctionDef) else ():
        if isinstance(each, ast.Expr) and isinstance(each.value, ast.BinOp) and isinstance(each.value.op, (ast.Sub, ast.Add)):
            first = leftmost(each.value)
            parts = {holder(one) for one in walk(each.value) if isinstance(one, (ast.Name, ast.Attribute, ast.Subscript))}
            if isinstance(first, (ast.Name, ast.Attribute, ast.Subscript)) and any(rule(names.stem(holder(first))[0]) or rule(holder(first)) for rule in (names.is_weight, names.is_bias)) and any(names.is_rate(one) for one in parts) and any(names.is_gradient(one) for one in parts):
                yield each, ast.unparse(first)


def leftmost(value):
    """The first operand of a sum."""
    while isinstance(value, ast.BinOp) and isinstance(value.op, (ast.Add, ast.Sub)):
        value = value.left
    return value


def piled(function):
    """[(statement, sum)] of a parameter that is moved by a sum of gradients inside the loop over the samples that adds them up: the first gradient is applied as often as there are samples."""
    begun = {}
    for statement in function.body:
        for loop in [each for each in own(statement) if isinstance(each, ast.For) and goes_through_samples(each)]:
            # what stands in the loop itself: a branch may wait for the end of a batch
            sums = {target for target, value in map(assigned, loop.body) if target in begun and adds_to(value, target)} | {each.target.id for each in loop.body if isinstance(each, ast.AugAssign) and isinstance(each.op, ast.Add) and isinstance(each.target, ast.Name) and each.target.id in begun}
            again = {each.id for one in loop.body for each in own(one) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store) and not (assigned(one)[0] == each.id or isinstance(one, ast.AugAssign))}
            for each in loop.body:
                target = each.target if isinstance(each, ast.AugAssign) else each.targets[0] if isinstance(each, ast.Assign) else None
                if target is None or holder(target) in begun or not (names.is_weight(holder(target)) or names.is_bias(holder(target))):
                    continue
                used = sorted({one.id for one in walk(each.value) if isinstance(one, ast.Name)} & sums - again)
                if used and not any(isinstance(one, ast.Call) and called_name(one) == "sqrt" for one in walk(each.value)):
                    yield each, used[0]
        begun.update({target: value for target, value in [assigned(statement)] if target is not None and empty(value)})


def goes_through_samples(loop):
    """`for x, y in batch`: two names, of which one is the samples or the other the targets."""
    given = [each.id for each in getattr(loop.target, "elts", []) if isinstance(each, ast.Name)]
    return len(given) == 2 and (names.holds_samples(given[0]) or names.holds_targets(given[1])) and isinstance(loop.iter, (ast.Name, ast.Call))


def assigned(statement):
    """(name, value) of an assignment to one name; (None, None) of anything else."""
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1 and isinstance(statement.targets[0], ast.Name):
        return statement.targets[0].id, statement.value
    return None, None


def empty(value):
    """Zeros, or a list of zeros for each parameter."""
    return getattr(value, "value", None) == 0 or any(isinstance(each, ast.Call) and called_name(each) in ("zeros", "zeros_like") for each in walk(value))


def adds_to(value, target):
    """Whether a value is the old one, or each of its entries, and something more: `target + d`, `[a + b for a, b in zip(target, d)]`."""
    if isinstance(value, ast.ListComp) and called_name(value.generators[0].iter) == "zip":
        given = dict(zip([getattr(each, "id", None) for each in getattr(value.generators[0].target, "elts", [])], [getattr(each, "id", None) for each in value.generators[0].iter.args]))
        target, value = next((name for name, held in given.items() if held == target), None), value.elt
    return target is not None and isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add) and target in (getattr(value.left, "id", None), getattr(value.right, "id", None))
