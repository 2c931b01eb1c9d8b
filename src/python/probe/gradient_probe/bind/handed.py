"""What the expression says that a call in the file hands over for an argument."""

import ast

from ..common import names


def turned(expression):
    """Y.T, of targets."""
    return isinstance(expression, ast.Attribute) and expression.attr == "T" and names.holds_targets(getattr(expression.value, "id", ""))


def call_name(expression):
    if isinstance(expression, ast.Name):
        return expression.id
    if isinstance(expression, ast.Attribute):
        return expression.attr
    if isinstance(expression, ast.Subscript):
        inner = expression.slice
        inner = getattr(inner, "value", inner) if type(inner).__name__ == "Index" else inner
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            return inner.value
    if isinstance(expression, ast.Attribute) and expression.attr == "T":
        return call_name(expression.value)
    return None
