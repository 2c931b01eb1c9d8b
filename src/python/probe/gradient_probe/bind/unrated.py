"""Steps that are written without a learning rate, `W += X.T.dot(delta)`, or with a number in its place, `W -= 0.1 * X.T.dot(delta)`."""

import ast

from ..certain import steps, unset
from ..common import names
from ..common.syntax import walk
from ..source.functions import called_name
from ..source.lifting import loaded
from . import adding, parameters as where


def rate(program, weights):
    """What every step of the weights multiplies its product by, 1 where there is nothing; None where one of them is written otherwise."""
    wanted, found = {names.plain(where.base(each)) for each in weights}, {}
    for node in unset.reached(program.code, [each.function for each in program.steps]):
        for each in [one for statement in walk(node) for one in adding.singly(statement)]:
            target, added = step(each)
            if target in wanted:
                found.setdefault(target, set()).add(multiplier(added))
    rates = {each for every in found.values() for each in every}
    return rates.pop() if set(found) == wanted and len(rates) == 1 else None


def written_down(program):
    """Learning rates that stand in the module and that the steps read on their way, `eta = 1e-6`, where one of them is in what the file calls its gradient: `dW = np.dot(delta, x) * eta`."""
    read = {name for node in unset.reached(program.code, [each.function for each in program.steps]) for name in loaded(node)}
    return [value for name, value in program.code.namespace.items() if names.is_rate(name) and isinstance(value, float) and value > 0 and name in read]


def step(statement):
    """(plain name, what is added or subtracted) of `W += …` and `W = W - …`; (None, None) of any other statement."""
    found = steps.move(statement)
    return (adding.held(found[0]), found[1]) if found is not None and found[2] != 0 else (None, None)


def multiplier(value):
    """1.0 of a matrix product, 0.1 of `0.1 * product`; None of anything else. A half is no rate for sure: it belongs to a square."""
    if isinstance(value, ast.UnaryOp) and isinstance(value.op, (ast.USub, ast.UAdd)):
        return multiplier(value.operand)
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Mult):
        for number, other in ((value.left, value.right), (value.right, value.left)):
            if isinstance(number, ast.Constant) and isinstance(number.value, float) and 0 < number.value < 0.5 and is_product(other):
                return number.value
    return 1.0 if is_product(value) else None


def is_product(value):
    return isinstance(value, ast.Call) and called_name(value) in ("dot", "matmul", "outer") or isinstance(value, ast.BinOp) and isinstance(value.op, ast.MatMult)
