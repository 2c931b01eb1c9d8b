"""What a `return` gives back without a name: `theta - alpha * grad` is the theta after a step, {"dW": dW, "db": db} are gradients."""

import ast

from ..common import names
from ..common import subscripts
from ..common.syntax import walk

#: Calls of which a gradient is made; others make first weights, or move some.
PRODUCTS = ("dot", "matmul", "sum", "mean", "outer", "multiply")


def parameter(node):
    """The name of the parameter from which a rate times something is subtracted, or to which it is added; None of any other expression."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, (ast.Sub, ast.Add)):
        return None
    name = getattr(node.left, "id", getattr(node.left, "attr", ""))
    rated = any(names.is_rate(getattr(each, "id", getattr(each, "attr", ""))) for each in walk(node.right))
    return name if rated and (names.is_weight(name) or names.is_bias(name)) else None


def gradients(table):
    """Whether a dictionary holds gradients: under their names, or under those of the parameters what is computed for each, `{"W1": X.T @ dhidden, …}`, and no parameters, made or moved."""
    keys = [getattr(each, "value", None) for each in table.keys]
    if not keys or not all(isinstance(each, str) for each in keys):
        return False
    computed = lambda key, value: isinstance(value, (ast.BinOp, ast.Call)) and not starts_from(value, key) and not makes(value) or isinstance(value, ast.Name) and names.is_gradient(value.id)
    return all(names.is_gradient(each) for each in keys) or all((names.is_weight(key) or names.is_bias(key)) and computed(key, value) for key, value in zip(keys, table.values))


def starts_from(value, key):
    """Whether a value is what has this name, or that and something more: W1, params["W1"] - step."""
    if isinstance(value, ast.BinOp):
        return starts_from(value.left, key)
    held = subscripts.key(value) if isinstance(value, ast.Subscript) else getattr(value, "id", getattr(value, "attr", None))
    return isinstance(held, str) and names.plain(held) == names.plain(key)


def makes(value):
    return any(isinstance(each, ast.Call) and getattr(each.func, "attr", getattr(each.func, "id", "")) not in PRODUCTS for each in walk(value))
