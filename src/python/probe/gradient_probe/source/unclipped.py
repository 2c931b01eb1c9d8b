"""Gradients that a file limits, `dW = np.clip(dW, -1, 1)`: what is checked is what they are before that."""

import ast

from ..common import names
from .functions import called_name
from .naming import holder


class Unclipped(ast.NodeTransformer):
    """Leaves out np.clip(dW, -limit, limit) and dW.clip(-limit, limit)."""

    def visit_Call(self, node):
        self.generic_visit(node)
        if called_name(node) != "clip" or not (node.args or isinstance(node.func, ast.Attribute)):
            return node
        of_numpy = getattr(getattr(node.func, "value", None), "id", "np") in ("np", "numpy")
        value, limits = (node.args[0], node.args[1:]) if of_numpy and node.args else (getattr(node.func, "value", node), node.args)
        return value if names.is_gradient(holder(value)) and evenly(limits, node.keywords) else node


def evenly(limits, keywords):
    """Whether the limits are one number, below and above 0: no derivative of something that is cut off."""
    given = dict(zip(("min", "max"), limits), **{each.arg.replace("a_", ""): each.value for each in keywords if each.arg})
    low, high = given.get("min"), given.get("max")
    return isinstance(low, ast.UnaryOp) and isinstance(low.op, ast.USub) and high is not None and ast.dump(low.operand) == ast.dump(high)
