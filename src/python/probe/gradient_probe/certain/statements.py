"""What stands in a statement, and what it gives a value."""

import ast


def own(node):
    """A statement and what is in it, without functions and classes inside."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return
    yield node
    for each in ast.iter_child_nodes(node):
        yield from own(each)


def target_name(assign):
    """`db1` of db1, self.db1 and grads["db1"]."""
    if len(assign.targets) != 1:
        return None
    target = assign.targets[0]
    if isinstance(target, ast.Subscript):
        inner = getattr(target.slice, "value", None)
        return inner if isinstance(inner, str) else None
    return getattr(target, "id", getattr(target, "attr", None))


def assigned(statement):
    """(target, value) of an assignment, and of each part of `a, b = c, d`."""
    if not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
        return []
    target, value = statement.targets[0], statement.value
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        return list(zip(target.elts, value.elts))
    return [(target, value)]
