"""Updates that go the wrong way, told by reading: a step that is added where the others are subtracted, a parameter that is set to its step, and one that is moved by the learning rate alone."""

import ast
import re

from ..common import names
from ..common.syntax import walk
from ..source.functions import called_name
from ..source.naming import holder


class Step:
    """A statement that moves a parameter: `sign` +1 where it adds a multiple of its gradient, -1 where it subtracts it, 0 where it puts that in its place."""

    def __init__(self, node, target, sign):
        self.node, self.target, self.sign = node, target, sign


def wrong_ways(body, wanted, usual=1):
    """[(Step, sentence, formula)] of the statements in a function or a script. `wanted`: plain names of the parameters. `usual`: -1 where this file adds what it calls a gradient."""
    nodes = [each for statement in body for each in walk(statement)]
    steps = [each for each in (step(node, wanted) for node in nodes) if each is not None]
    others = any(each.sign == -usual for each in steps)
    out = []
    for each in steps:
        text = ast.unparse(each.target)
        formula = "%s = %s %s learning_rate * d%s" % (text, text, "-" if usual > 0 else "+", held(each.target))
        if each.sign == 0 and not moved_by(text, nodes):
            out.append((each, "%s is set to its gradient instead of being moved against it." % text, formula))
        elif each.sign == usual and others:
            out.append((each, "%s is moved along its gradient: the step is added, so the cost rises." % text if usual > 0 else "%s is moved the other way than the other parameters." % text, formula))
    for each in [one for one in nodes if by_rate(one, wanted, bool(steps))]:
        target, _, sign = move(each)
        text = ast.unparse(target)
        out.append((Step(each, target, sign), "%s is moved by the learning rate alone: its gradient is missing." % text, "%s = %s %s learning_rate * d%s" % (text, text, "-" if usual > 0 else "+", held(target))))
    return out


def by_rate(statement, wanted, beside):
    """Whether a parameter is moved by a learning rate, and nothing else: `W1 -= learning_rate` beside other steps, `params[key] -= lr` of all."""
    found = move(statement) if isinstance(statement, (ast.Assign, ast.AugAssign)) else None
    if found is None or found[2] == 0 or held(found[1]) is None or not names.is_rate(said(found[1])):
        return False
    return of_every(found[0]) or beside and of_parameter(found[0], wanted)


def of_every(target):
    """Whether it is each parameter in turn: params[key]."""
    return isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Name) and names.is_name(holder(target.value), names.PARAM_NAMES)


def of_parameter(target, wanted):
    """Whether a target holds one of the parameters; "W" + str(l) is any of them."""
    return held(target) in wanted or held(target) in {re.sub(r"\d+$", "", each) for each in wanted}


def moved_by(text, nodes):
    """Whether something else is moved by what a target holds: `w1 = rate * dw1` is a step then, for W1 -= w1."""
    for each in nodes:
        if isinstance(each, ast.BinOp) and isinstance(each.op, (ast.Add, ast.Sub)):
            value = each.right
        elif isinstance(each, ast.AugAssign):
            value = each.value
        else:
            continue
        if any(isinstance(one, (ast.Name, ast.Attribute, ast.Subscript)) and ast.unparse(one) == text for one in walk(value)):
            return True
    return False


def move(statement):
    """(target, what is added, +1 or -1) of `W += …` and `W = W - …`, sign 0 of any other assignment to one place; None of anything else."""
    if isinstance(statement, ast.AugAssign) and isinstance(statement.op, (ast.Add, ast.Sub)):
        return statement.target, statement.value, 1 if isinstance(statement.op, ast.Add) else -1
    if not isinstance(statement, ast.Assign) or len(statement.targets) != 1 or isinstance(statement.targets[0], (ast.Tuple, ast.List)):
        return None
    target, value = statement.targets[0], statement.value
    if isinstance(value, ast.BinOp) and isinstance(value.op, (ast.Add, ast.Sub)) and (ast.unparse(value.left) == ast.unparse(target) or taken_out(target, value.left)):
        return target, value.right, 1 if isinstance(value.op, ast.Add) else -1
    return target, value, 0


def taken_out(target, value):
    """Whether a value is what a table has of the name of the target: `W1 = params["W1"] - …`."""
    return isinstance(target, ast.Name) and isinstance(value, (ast.Subscript, ast.Attribute)) and holder(value) == target.id


def step(statement, wanted):
    found = move(statement)
    if found is None:
        return None
    target, value, sign = found
    name, scaled = held(target), gradient(value, sign == 0)
    if not of_parameter(target, wanted) or scaled is None or names.stem(said(scaled))[0] != name:
        return None
    return Step(statement, target, sign * (-1) ** sum(1 for each in walk(value) if isinstance(each, ast.UnaryOp) and isinstance(each.op, ast.USub)))


def gradient(value, rated=False):
    """What holds the gradient in a value that is a product of numbers, a learning rate and one gradient, and of nothing else; `rated`: the learning rate must be there."""
    factors = list(product(value))
    gradients = [each for each in factors if held(each) is not None and names.is_gradient(said(each))]
    rates = [each for each in factors if held(each) is not None and names.is_rate(said(each)) and each not in gradients]
    others = [each for each in factors if each not in gradients and each not in rates and not isinstance(each, ast.Constant)]
    return gradients[0] if len(gradients) == 1 and not others and (rates or not rated) else None


def product(value):
    """Factors, and what is divided by a number, by a root as Adam has it, or by the number of samples."""
    if isinstance(value, ast.UnaryOp):
        yield from product(value.operand)
    elif isinstance(value, ast.BinOp) and isinstance(value.op, ast.Mult):
        yield from product(value.left)
        yield from product(value.right)
    elif isinstance(value, ast.BinOp) and isinstance(value.op, ast.Div) and positive(value.right):
        yield from product(value.left)
    elif isinstance(value, ast.Call) and called_name(value) == "multiply" and len(value.args) == 2:
        yield from product(value.args[0])
        yield from product(value.args[1])
    else:
        yield value


def positive(value):
    """Whether a divisor has a sign that is known: a number, a number of samples, a root and an epsilon."""
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add):
        return positive(value.left) or positive(value.right)
    return isinstance(value, ast.Constant) or isinstance(value, ast.Call) and called_name(value) in ("sqrt", "len") or isinstance(value, (ast.Name, ast.Attribute)) and names.is_name(holder(value), names.M_NAMES)


def said(node):
    """The name of what holds a value; grads["W1"] is the gradient of W1."""
    name = holder(node)
    outer = node.value if isinstance(node, ast.Subscript) else None
    return "d" + name if outer is not None and holder(outer) != name and names.is_name(holder(outer), names.GRAD_NAMES) and not names.is_gradient(name) else name


def held(node):
    """The plain name of what holds a value; None of any other expression."""
    return names.plain(said(node)) or None if isinstance(node, (ast.Name, ast.Attribute, ast.Subscript)) else None
