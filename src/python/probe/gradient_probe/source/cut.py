"""Samples that a script cuts out of all by numbers, `train = X[:, 10000:60000]`: ours are few, so all of them are meant, and their number wherever 50000 stands."""

import ast
import copy

from ..common import names
from ..common.syntax import walk

#: Numbers of samples, and not of features; counts of samples are round.
MANY, ROUND = 1000, 100
COUNT = "__gradient_debugger_samples__"
#: Words of what is cut, beside samples and targets.
WHOLE = r"data|train|img|imag|mnist|digit"


def give(namespace, lifted, data):
    """Puts our samples under their names, and how many there are."""
    for name in lifted.samples:
        namespace[name] = lifted.value(name, data)
    namespace[COUNT] = data.m


def whole(before, loop):
    """The statements before a loop, and the loop, with whole arrays for what is cut out of them, and our number of samples for the file's."""
    read = {each.id for one in loop for each in walk(one) if isinstance(each, ast.Name)}
    cuts = [each for one in before for each in walk(one) if isinstance(each, ast.Subscript) and of_samples(each.value) and any(bounds(part) for part in parts(each))]
    used = [each for one in before if isinstance(one, ast.Assign) and read & {name.id for target in one.targets for name in walk(target) if isinstance(name, ast.Name)} for each in walk(one) if any(each is cut for cut in cuts)]
    counts = {count(part) for each in used for part in parts(each)} - {None}
    if not cuts:
        return before, loop
    change = Change(counts)
    return [[change.visit(copy.deepcopy(each)) for each in body] for body in (before, loop)]


class Change(ast.NodeTransformer):
    def __init__(self, counts):
        self.counts = counts

    def visit_Subscript(self, node):
        if of_samples(node.value):
            for part in parts(node):
                if bounds(part):
                    part.lower, part.upper = (None if large(each) else each for each in (part.lower, part.upper))
        return self.generic_visit(node)

    def visit_Constant(self, node):
        if type(node.value) in (int, float) and node.value in self.counts:
            return ast.copy_location(ast.Name(id=COUNT, ctx=ast.Load()), node)
        return node


def of_samples(node):
    """Whether a slice is one of samples or targets: X[…], data.images[…], train_df.values[…]."""
    words = [each.id if isinstance(each, ast.Name) else each.attr for each in walk(node) if isinstance(each, (ast.Name, ast.Attribute))]
    return any(names.holds_samples(each) or names.holds_targets(each) or names.like_name(each, WHOLE) for each in words) and not any(names.is_weight(each) for each in words)


def parts(node):
    every = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    return [each for each in every if isinstance(each, ast.Slice)]


def bounds(part):
    """Whether a slice begins behind all samples of ours, or ends there, by a number that stands in it."""
    return part.step is None and (large(part.lower) or large(part.upper))


def large(node):
    return isinstance(node, ast.Constant) and type(node.value) is int and node.value >= MANY


def count(part):
    """How many a slice has; None where that does not stand in it."""
    begin = 0 if part.lower is None else getattr(part.lower, "value", None)
    if not large(part.upper) or type(begin) is not int or (part.upper.value - begin) % ROUND:
        return None
    return part.upper.value - begin
