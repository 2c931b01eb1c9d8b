"""The steps that are written for parameters, whatever they are called there: `for p, g in zip(params, grads): p -= rate * g`, `params[k] + rate * grads[k]`."""

import ast

from ..common import names
from ..common.syntax import walk
from ..source.functions import called_name
from ..source.naming import holder
from .steps import product


class Move:
    """An expression or a statement that moves parameters by their gradients: `sign` +1 where it adds them, -1 where it subtracts them."""

    def __init__(self, node, sign):
        self.node, self.sign = node, sign


def written(body):
    """Every Move in the statements of a function or a script."""
    nodes = [each for statement in body for each in walk(statement)]
    came = origins(nodes)
    out = []
    for each in nodes:
        if isinstance(each, ast.AugAssign) and isinstance(each.op, (ast.Add, ast.Sub)):
            target, value = each.target, each.value
        elif isinstance(each, ast.BinOp) and isinstance(each.op, (ast.Add, ast.Sub)):
            target, value = each.left, each.right
        else:
            continue
        if is_parameter(target, came) and is_step(value, came):
            minus = sum(isinstance(one, ast.UnaryOp) and isinstance(one.op, ast.USub) for one in walk(value)) + isinstance(each.op, ast.Sub)
            out.append(Move(each, -1 if minus % 2 else 1))
    return out


def origins(nodes):
    """{name of a loop: name of what it goes through}: {"p": "params", "g": "grads"} of `for p, g in zip(params, grads)`."""
    out = {}
    for each in nodes:
        if isinstance(each, (ast.For, ast.comprehension)):
            out.update(gone_through(each.target, each.iter))
    return out


def gone_through(target, over):
    if isinstance(over, ast.Call):
        called, given = called_name(over), over.args
        if called == "enumerate" and given and isinstance(target, ast.Tuple) and len(target.elts) == 2:
            return gone_through(target.elts[1], given[0])
        if called == "zip" and isinstance(target, ast.Tuple) and len(target.elts) == len(given):
            return {key: value for one, other in zip(target.elts, given) for key, value in gone_through(one, other).items()}
        if called in ("reversed", "list", "tuple") and len(given) == 1:
            return gone_through(target, given[0])
        if called == "items" and not given and isinstance(target, ast.Tuple) and len(target.elts) == 2:
            return gone_through(target.elts[1], over.func.value)
        # layer.params(), model.parameters()
        said = called if isinstance(over.func, ast.Attribute) and not given else ""
    else:
        said = holder(over)
    return {each.id: said for each in walk(target) if isinstance(each, ast.Name)} if said else {}


def is_parameter(node, came):
    """W, params[k], layer["W"], p of `for p in params`, p.data of the same."""
    if isinstance(node, ast.Attribute) and node.attr in ("data", "value", "values"):
        return is_parameter(node.value, came)
    return any(names.is_name(each, names.PARAM_NAMES) or names.is_weight(each) or names.is_bias(each) for each in held_as(node, came))


def is_step(value, came):
    """Whether a value is one gradient times a learning rate, and numbers."""
    factors = [each for each in product(value) if not isinstance(each, ast.Constant)]
    gradients = [each for each in factors if is_gradient(each, came)]
    rates = [each for each in factors if each not in gradients and names.is_rate(holder(each))]
    return len(gradients) == 1 and len(rates) == 1 and len(factors) == 2


def is_gradient(node, came):
    """dW, grads[k], layer["dW"], g of `for g in grads`, p.grad of `for p in params`."""
    return any(names.is_gradient(each) or names.is_name(each, names.GRAD_NAMES + "|^g$") for each in held_as(node, came))


def held_as(node, came):
    """The names under which a value is kept: W of W, what a loop goes through, both theta and W of self.theta["W" + str(l)]."""
    if isinstance(node, ast.Name):
        return {came.get(node.id, node.id)}
    if not isinstance(node, (ast.Subscript, ast.Attribute)):
        return set()
    own = holder(node)
    while isinstance(node, ast.Subscript):
        node = node.value
    return {own, getattr(node, "attr", getattr(node, "id", ""))} - {""}
