"""Names that a backward pass or an update reads and that nothing ever makes: the code stops there, whatever it is given."""

import ast
import builtins

from ..common import names
from ..source.python2_meaning import BUILTINS
from ..source.source import CannotRun, beside, read_source

#: What Python and notebooks make by themselves.
GIVEN = set(dir(builtins)) | {"__file__", "__name__", "__doc__", "get_ipython", "display", "In", "Out", "_"}


def name(source, path, named=names.BACKWARD + "|" + names.UPDATE):
    """CannotRun for the first of them in the functions of the person's own file that are named as a backward pass or an update, or as `named` says; None where there is none."""
    made = module_names(source.tree)
    if made is None:
        return None
    # test cases and helpers that are imported as a whole may bring any name, but no gradient
    starred = star_imports(source.tree)
    brought = brought_by(starred, path, 3)
    if brought is None:
        return None
    made |= brought | (set(BUILTINS) if source.python2 is not None else set())
    # the last definition of a name is the one that runs
    last = {each.name: each for each in source.tree.body if isinstance(each, ast.FunctionDef)}
    for function in ast.walk(source.tree):
        if isinstance(function, ast.FunctionDef) and names.like_name(function.name, named) and (function not in source.tree.body or last[function.name] is function):
            known = made | everything_made(function)
            called = {id(each.func) for each in ast.walk(function) if isinstance(each, ast.Call)}
            for each in always(function.body):
                if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load) and each.id not in known and (not starred or names.is_gradient(each.id) and id(each) not in called):
                    return CannotRun("NameError: name '%s' is not defined" % each.id, each.lineno, function.name, path)
    return None


def star_imports(tree):
    return [each for each in ast.walk(tree) if isinstance(each, ast.ImportFrom) and any(one.name == "*" for one in each.names)]


def brought_by(imports, path, depth):
    """Names that `from helpers import *` brings from files beside this one; None where they cannot be known."""
    out = set()
    for each in imports:
        found = beside(path, each.module or "")
        if found is None or not depth:
            continue
        try:
            tree = read_source(found).tree
        except Exception:
            return None
        inner = brought_by(star_imports(tree), found, depth - 1)
        if module_names(tree) is None or inner is None:
            return None
        out |= module_names(tree) | inner
    return out


def module_names(tree):
    """Names that anything outside of a function makes, or declares as global; None where they cannot be known (exec, globals())."""
    for each in ast.walk(tree):
        if isinstance(each, ast.Call) and getattr(each.func, "id", "") in ("exec", "eval", "globals", "locals", "vars", "setattr"):
            return None
    # generous: what any function makes may be one that holds this one, or a cell that lost its indent
    return GIVEN | {one for each in ast.walk(tree) if isinstance(each, (ast.ClassDef, ast.FunctionDef)) for one in [each.name]} | outside(tree)


def outside(tree):
    """Names made by statements of the module and of its classes, by functions that hold functions, and by `global`."""
    out = set()
    todo = list(tree.body)
    while todo:
        each = todo.pop()
        if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef)):
            out.update(one for inner in ast.walk(each) if isinstance(inner, ast.Global) for one in inner.names)
            if any(isinstance(inner, (ast.FunctionDef, ast.Lambda)) for statement in each.body for inner in ast.walk(statement)):
                out |= everything_made(each)
            continue
        out |= made_by(each)
        todo.extend(ast.iter_child_nodes(each))
    return out


def everything_made(function):
    """Arguments and whatever is assigned anywhere inside, in branches that may not run as well."""
    return {one for each in ast.walk(function) for one in made_by(each)}


def made_by(each):
    if isinstance(each, ast.Name) and not isinstance(each.ctx, ast.Load):
        return {each.id}
    if isinstance(each, ast.arg):
        return {each.arg}
    if isinstance(each, (ast.Import, ast.ImportFrom)):
        return {(one.asname or one.name).split(".")[0] for one in each.names}
    if isinstance(each, ast.ExceptHandler) and each.name:
        return {each.name}
    if isinstance(each, (ast.FunctionDef, ast.ClassDef)):
        return {each.name}
    return set()


def always(body):
    """Nodes that run whenever the function does, and its loops are passed at all, up to the first statement that may leave it."""
    for statement in body:
        if isinstance(statement, (ast.If, ast.While, ast.For, ast.Try, ast.With, ast.FunctionDef, ast.ClassDef, ast.Assert)):
            if any(isinstance(each, (ast.Return, ast.Raise)) for each in ast.walk(statement)):
                return
            if isinstance(statement, ast.For):
                # over the layers below the last, of which there is one
                yield from always(statement.body)
            continue
        if not any(isinstance(each, (ast.IfExp, ast.BoolOp, ast.Lambda)) for each in ast.walk(statement)):
            yield from ast.walk(statement)
        if isinstance(statement, (ast.Return, ast.Raise)):
            return
