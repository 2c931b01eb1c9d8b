"""A row of a table whose last entry is the class: `row[:-1]` are its features and `row[-1]` what is expected, in plain lists."""

import ast

from ..common import names
from ..common.syntax import walk

#: What a row is called that is handed from function to function.
ROW = r"^(row|record|instance|entry)$"


def of_rows(steps):
    """Whether one of these [(role, function)] is given such a row."""
    return any(names.is_name(each, ROW) for _, function in steps if hasattr(function, "node") for each in function.arguments)


def getter(code, function, argument, phase):
    """What gives an argument such a row; None of any other. Another function of the file may be the one that takes the class off."""
    if phase in ("ctor", "init", "train") or not names.is_name(argument, ROW) or not hasattr(function, "node"):
        return None
    with_class = any(takes_class_off(each.node, argument) for each in code.functions)
    return lambda pool: row(pool, with_class)


def takes_class_off(node, name):
    """Whether `row[:-1]` or `row[-1]` stands in a function that goes over rows of this name."""
    for each in walk(node):
        if isinstance(each, ast.Subscript) and getattr(each.value, "id", None) == name:
            last = each.slice.upper if isinstance(each.slice, ast.Slice) and each.slice.lower is None else each.slice
            if isinstance(last, ast.UnaryOp) and isinstance(last.op, ast.USub) and getattr(last.operand, "value", None) == 1:
                return True
    return False


def row(pool, with_class):
    """The one sample as a list; LookupError where there are several."""
    X, Y = pool.data["X"], pool.data["Y"]
    if X.ndim != 1:
        raise LookupError("the samples are taken row by row")
    label = int(Y.argmax() if getattr(Y, "size", 1) > 1 else Y)
    return X.tolist() + [label] * with_class
