"""Attributes that a person's methods read and that nothing ever sets: the code stops there, whatever it is given."""

import ast
import functools

from ..common import names
from ..common.syntax import walk
from ..source.functions import called_name
from ..source.source import CannotRun


LEARNS = "|".join((names.FORWARD, names.BACKWARD, names.UPDATE, names.TRAIN))
ROLES = "|".join((LEARNS, names.COST, names.INIT))


def attribute(code, best):
    """CannotRun for the first of them in the methods that were checked, or in any where none could be; None where there is none."""
    known = everything_named(code)
    if known is None:
        return None
    wanted = reached(code, [step.function for step in best.program.steps] if best is not None else called(code))
    for owner in code.classes:
        # __getattr__ may give what nothing sets
        if not owner.own or not plain_bases(owner.value, code) or hasattr(owner.value, "__getattr__"):
            continue
        for method in owner.methods.values():
            if not method.own or (method.name.startswith("__") and method.name != "__init__") or not names.like_name(method.name, ROLES) or (wanted and method.node not in wanted):
                continue
            off = switched_off(code, method) | {id(inner) for each in walk(method.node) if isinstance(each, ast.Raise) for inner in walk(each)}
            for each in always(method.node) if best is not None and best.verdict == "correct" else walk(method.node):
                if id(each) not in off and isinstance(each, ast.Attribute) and isinstance(each.ctx, ast.Load) and getattr(each.value, "id", "") == "self" and each.attr not in known and not has(owner.value, each.attr):
                    return CannotRun("AttributeError: '%s' object has no attribute '%s'" % (owner.name, each.attr), each.lineno, method.name, method.file)
    return None


def has(owner, name):
    """Whether a class has an attribute, as Python keeps it where it is private: __EPSILON as _Network__EPSILON."""
    return hasattr(owner, name) or name.startswith("__") and any(hasattr(owner, "_%s%s" % (each.__name__.lstrip("_"), name)) for each in owner.__mro__)


def switched_off(code, method):
    """Nodes below `if verbose:` of an argument that is False unless a call says otherwise, and none does."""
    off = {name for name, value in method.defaults.items() if isinstance(value, ast.Constant) and value.value in (False, None) and all(isinstance(each, ast.Constant) and not each.value for each, _, _ in code.argument_at_site(method, name))}
    return {id(inner) for each in walk(method.node) if isinstance(each, ast.If) and getattr(each.test, "id", None) in off for statement in each.body for inner in walk(statement)}


def called(code):
    """Functions and methods that the script calls, constructors among them: what it never comes to cannot stop it."""
    every = code.every
    script = {name for name, sites in code.sites.items() if any(inside is None or inside.name == "main" for _, inside, _ in sites)}
    made = {owner.value for owner in code.classes if owner.name in script}
    return [each for each in every if each.name in script or (each.name == "__init__" and each.owner in made)]


def reached(code, functions):
    """Nodes of the functions and of all that they call."""
    every = code.every
    out, todo = set(), list(functions)
    while todo:
        each = todo.pop()
        if each.node not in out:
            out.add(each.node)
            todo.extend(other for other in every if other.name in each.callees)
    return out


def always(node):
    """Nodes that run whenever the function does: nothing below an `if` or in a function inside."""
    todo = list(node.body)
    while todo:
        each = todo.pop()
        if isinstance(each, (ast.If, ast.IfExp, ast.Try, ast.FunctionDef, ast.Lambda, ast.BoolOp)):
            todo.extend([each.test] if isinstance(each, (ast.If, ast.IfExp)) else [])
            continue
        yield each
        todo.extend(ast.iter_child_nodes(each))


def plain_bases(value, code):
    """Whether all bases are classes of theirs: a library's may set anything."""
    own = {each.value for each in code.classes}
    return all(base in own or base is object for base in value.__mro__)


def waits(error, code, file, line):
    """Whether what stops is None in an attribute that another method than the constructor makes, which may be meant to be called before: `net.zero_grad()`."""
    return isinstance(error, TypeError) and str(error).startswith("'NoneType' object") and made_by_another(code, file, line)


@functools.lru_cache(maxsize=None)
def made_by_another(code, file, line):
    """Whether a line of a method reads an attribute that another one, and not the constructor alone, makes."""
    here = [each for owner in code.classes for each in owner.methods.values() if each.file == file and each.node.lineno <= line <= each.node.end_lineno]
    made = {each.attr for owner in code.classes for method in owner.methods.values() if method.name != "__init__" and method not in here for each in walk(method.node) if isinstance(each, ast.Attribute) and isinstance(each.ctx, ast.Store) and getattr(each.value, "id", "") == "self"}
    return any(isinstance(each, ast.Attribute) and each.lineno <= line <= each.end_lineno and getattr(each.value, "id", "") == "self" and each.attr in made for method in here for each in walk(method.node))


def everything_named(code):
    """Every name that is given a value anywhere; None where attributes are set by text (setattr, __dict__)."""
    out = set()
    for tree in code.trees.values():
        for each in walk(tree):
            if isinstance(each, ast.Call) and called_name(each) in ("setattr", "exec", "__setattr__") or isinstance(each, ast.Attribute) and each.attr == "__dict__":
                return None
            if isinstance(each, ast.Attribute) and isinstance(each.ctx, ast.Store):
                out.add(each.attr)
            elif isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
                # a field of a dataclass
                out.add(each.target.id)
            elif isinstance(each, (ast.FunctionDef, ast.ClassDef)):
                out.add(each.name)
            elif isinstance(each, ast.Constant) and isinstance(each.value, str):
                # hasattr(self, "cache") and the like
                out.add(each.value)
    return out
