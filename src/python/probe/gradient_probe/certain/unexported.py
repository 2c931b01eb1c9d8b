"""A name that the module beside the file, from which it is imported, does not have: Python stops at the import."""

import ast
import os

from ..common.syntax import walk
from ..source.source import CannotRun, beside, read_source
from .undefined import everything_made


def find(tree, path):
    """CannotRun for the first such import at the top level; None where there is none."""
    for each in tree.body:
        found = beside(path, each.module) if isinstance(each, ast.ImportFrom) and each.module and each.level < 2 else None
        if found is None or not found.endswith(".py") or os.path.basename(found) == "__init__.py" or os.path.abspath(found) == os.path.abspath(path):
            continue
        try:
            had = names_of(read_source(found))
        except (CannotRun, OSError, IOError):
            continue
        lacking = [one.name for one in each.names if had is not None and one.name != "*" and one.name not in had]
        if lacking:
            return CannotRun("ImportError: cannot import name '%s' from '%s' (%s)" % (lacking[0], each.module, os.path.basename(found)), each.lineno, None, path)
    return None


def names_of(source):
    """All that a module may be asked for; None where only running it tells."""
    if any(one.name == "*" for each in walk(source.tree) if isinstance(each, ast.ImportFrom) for one in each.names) or any(word in source.text for word in ("__getattr__", "globals()", "exec(", "setattr(")):
        return None
    return everything_made(source.tree)
