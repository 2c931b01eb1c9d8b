"""What stops a person's code in today's Python whatever it is given, read off the source where nothing could be bound; and names that NumPy has dropped."""

import ast
import warnings

from ..common import numpy_1
from ..common.syntax import walk
from ..source.python2_meaning import BUILTINS, METHODS
from ..source.source import CannotRun

#: Built in until Python 2 only, and what was a method until then, where it is called.
PYTHON_2 = set(BUILTINS) - {"reduce", "cmp", "reload"} | {"execfile"}


def find(source, path):
    """CannotRun with function and line, or None. Python 2 first: it stops the file before anything runs."""
    if source is None:
        return None
    if source.python2 is not None:
        source.python2.function = source.python2.function or enclosing(source.tree, source.python2.line)
        return source.python2
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(source.text, path, "exec", dont_inherit=True)
    except SyntaxError as error:
        return CannotRun("SyntaxError: %s" % error.msg, error.lineno, enclosing(source.tree, error.lineno), path)
    except (ValueError, RecursionError):
        return None
    named = given(source.tree)
    for each in walk(source.tree):
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load) and each.id in PYTHON_2 and each.id not in named:
            return CannotRun("NameError: name '%s' is not defined" % each.id, each.lineno, enclosing(source.tree, each.lineno), path)
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute) and each.func.attr in METHODS and each.func.attr != "next" and each.func.attr not in named:
            return CannotRun("AttributeError: 'dict' object has no attribute '%s'" % each.func.attr, each.lineno, enclosing(source.tree, each.lineno), path)
    return None


def uses(tree):
    """What of NumPy is used here that this one has dropped and the sandbox gave back: read as it was meant, but their own run stops there. In the order of the lines."""
    found = [each for each in walk(tree) if isinstance(each, ast.Attribute) and getattr(each.value, "id", "") in ("np", "numpy") and each.attr in numpy_1.GIVEN] if numpy_1.GIVEN else []
    return sorted(found, key=lambda each: each.lineno)


def given_back(tree):
    """{name: where it is first used}."""
    return {each.attr: each for each in reversed(uses(tree))}


def stopping(tree, path, functions):
    """CannotRun for the first in one of these functions, None where there is none: what was checked is what is meant by it."""
    found = [(each, enclosing(tree, each.lineno)) for each in uses(tree)]
    return next((CannotRun("AttributeError: module 'numpy' has no attribute '%s': newer versions have dropped it" % each.attr, each.lineno, name, path) for each, name in found if name in functions), None)


def given(tree):
    """Every name that the file gives a value itself."""
    out = set()
    for each in walk(tree):
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            out.add(each.id)
        elif isinstance(each, (ast.FunctionDef, ast.ClassDef)):
            out.add(each.name)
        elif isinstance(each, ast.alias):
            out.add((each.asname or each.name).split(".")[0])
    return out


def top_level(tree):
    """Names that the script itself gives a value, outside of functions and classes."""
    out, todo = set(), list(tree.body)
    while todo:
        each = todo.pop()
        if isinstance(each, (ast.FunctionDef, ast.ClassDef, ast.Lambda)):
            continue
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            out.add(each.id)
        todo.extend(ast.iter_child_nodes(each))
    return out


def around(tree):
    """Names that functions which hold functions give a value: the inner ones read them, and are called without the outer one here."""
    outer = [each for each in walk(tree) if isinstance(each, ast.FunctionDef) and any(isinstance(inner, ast.FunctionDef) for statement in each.body for inner in walk(statement))]
    return {each.id for one in outer for each in walk(one) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}


def enclosing(tree, line):
    """Name of the innermost function around a line; None at the top level."""
    inside = [each for each in walk(tree) if isinstance(each, ast.FunctionDef) and line is not None and each.lineno <= line <= (getattr(each, "end_lineno", None) or each.lineno)]
    return max(inside, key=lambda each: each.lineno).name if inside else None
