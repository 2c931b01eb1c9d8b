"""What a course left open and nobody filled in: `A2, cache = None` stops whatever comes to it."""

import ast

from ..source.functions import enclosing
from ..source.source import CannotRun


def find(tree, path):
    """CannotRun for the first None that is unpacked; None where there is none."""
    found = [each for each in ast.walk(tree) if isinstance(each, ast.Assign) and isinstance(each.targets[0], (ast.Tuple, ast.List)) and isinstance(each.value, ast.Constant) and each.value.value is None]
    first = min(found, key=lambda each: each.lineno, default=None)
    return CannotRun("TypeError: cannot unpack non-iterable NoneType object", first.lineno, enclosing(tree, first.lineno), path) if first is not None else None
