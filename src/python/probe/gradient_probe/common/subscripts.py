"""What stands in the brackets of a subscript."""

import ast


def index(node):
    """The expression itself, which Python 3.8 wraps once more."""
    inner = node.slice
    return getattr(inner, "value", inner) if type(inner).__name__ == "Index" else inner


def key(node):
    """The text, 'W1' of parameters["W1"]; None of anything else."""
    inner = index(node)
    return inner.value if isinstance(inner, ast.Constant) and isinstance(inner.value, str) else None
