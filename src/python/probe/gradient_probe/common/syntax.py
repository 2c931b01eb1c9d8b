"""Walks over syntax trees, each remembered: what is read of one file asks for the nodes of the same functions thousands of times."""

import ast
from weakref import WeakKeyDictionary

_below = WeakKeyDictionary()


def walk(node):
    """The nodes that `ast.walk` gives, in its order, as a tuple. Of what is changed in place afterwards nothing is seen until `forget`."""
    below = _below.get(node)
    if below is None:
        below = _below[node] = tuple(ast.walk(node))[1:]
    # the node itself is not kept with them: it would never be let go
    return (node,) + below


def forget():
    """To be called when trees that were walked have been changed in place."""
    _below.clear()


def names_in(node):
    """All that is a name in it, read or set."""
    return {each.id for each in walk(node) if isinstance(each, ast.Name)}


def unwritten(function):
    """Whether a function has nothing but a text, `pass` or `raise NotImplementedError`."""
    return all(isinstance(each, (ast.Pass, ast.Raise)) or isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant) for each in function.body)


def walk_own(node):
    """Nodes of a function or a module without those of functions inside it."""
    todo = list(node.body)
    while todo:
        each = todo.pop(0)
        yield each
        if not isinstance(each, (ast.FunctionDef, ast.ClassDef, ast.Lambda)):
            todo.extend(ast.iter_child_nodes(each))


def declared(function):
    """Names of the module that a function says it changes: `global w0, b0`."""
    return {name for each in walk(function) if isinstance(each, ast.Global) for name in each.names}
