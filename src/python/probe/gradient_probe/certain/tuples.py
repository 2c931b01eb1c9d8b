"""An activation that returns (A, cache), and a caller that takes the two as the one array: `A1 = relu(Z1)`, `np.dot(W2, A1)`."""

import ast
import re

from ..common import names
from ..common.syntax import walk, walk_own
from ..source.functions import called_name


def taken_whole(node, functions):
    """How many things the activations return that a function takes as one, and never one by one."""
    out = set()
    makers = {each.name: {len(value.elts) if isinstance(value, ast.Tuple) else 1 for value in each.returns} for each in functions if names.like_name(each.name, names.ACTIVATION)}
    apart = {ast.unparse(each.value) for each in walk(node) if isinstance(each, (ast.Subscript, ast.Assign)) and (isinstance(each, ast.Subscript) or isinstance(each.targets[0], ast.Tuple))}
    for each in walk_own(node):
        if isinstance(each, ast.Assign) and isinstance(each.value, ast.Call) and not isinstance(each.targets[0], (ast.Tuple, ast.List)) and ast.unparse(each.targets[0]) not in apart:
            made = makers.get(called_name(each.value), {1})
            if len(made) == 1:
                out |= made - {1}
    return out


def shown(text, counts):
    """Whether an exception is that of so many things taken as one: arrays that do not fit, of which one has an axis for them, or what an array has and a tuple has not."""
    shapes = [[int(each) for each in found.split(",") if each] for found in re.findall(r"\(([\d,]+)\)", text)] if "broadcast together" in text or "not aligned" in text else []
    return bool(counts) and text.startswith("'tuple' object has no attribute") or any(len(each) == 3 and counts & set(each[:2]) for each in shapes)
