"""Gradients that no name tells, kept beside their parameters: what the file's own update subtracts of each, `self.weights -= rate * self.last_nw`."""

import ast

import numpy as np

from ..common.syntax import walk
from . import parameters as where


def beside(program, kept):
    """{parameter: path of its gradient}, for those of whose neighbours in `kept`, {path: value}, exactly one of the right size is what an update subtracts."""
    steps = subtracted(program.code)
    match = {}
    for leaf in program.leaves:
        here = [leaf.path[1:-1] + (("attr", each),) for each in sorted(steps.get(leaf.path[-1][1], ()))] if leaf.path[-1][0] == "attr" else []
        fitting = [path for path in here if path in kept and (np.shape(kept[path]) == leaf.shape or leaf.kind == "b" and np.size(kept[path]) == np.prod(leaf.shape, dtype=int))]
        if len(fitting) == 1:
            match[leaf.name] = fitting[0]
    return match


def unmoved(program, root, theta):
    """Whether every parameter stands as it was: what is kept beside it is then of the backward pass, and no step with a momentum."""
    return all(np.array_equal(where.get(root, leaf.path[1:]), theta[leaf.name]) for leaf in program.leaves)


def subtracted(code):
    """{attribute: attributes of the same object that a step subtracts from it}, but for those that go on from what they were, as a momentum does."""
    if "subtracted" not in code.__dict__:
        code.subtracted, going_on = {}, set()
        for each in [one for tree in code.trees.values() for one in walk(tree)]:
            target = each.target if isinstance(each, ast.AugAssign) else each.targets[0] if isinstance(each, ast.Assign) else None
            if not isinstance(target, ast.Attribute):
                continue
            own, value = ast.unparse(target.value), each.value
            going_on.update({target.attr} & attributes(value, own))
            if isinstance(each, ast.Assign):
                if not (isinstance(value, ast.BinOp) and isinstance(value.op, ast.Sub) and target.attr in attributes(value.left, own)):
                    continue
                value = value.right
            elif not isinstance(each.op, ast.Sub):
                continue
            code.subtracted.setdefault(target.attr, set()).update(attributes(value, own))
        code.subtracted = {each: found - going_on for each, found in code.subtracted.items()}
    return code.subtracted


def attributes(node, own):
    """Names of all that is read of one object, `self` or `layer`."""
    return {each.attr for each in walk(node) if isinstance(each, ast.Attribute) and ast.unparse(each.value) == own}
