"""What stands in the brackets of a subscript."""

import ast


def key(node):
    """The text, 'W1' of parameters["W1"]; None of anything else."""
    return node.slice.value if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str) else None
