"""Samples that come with their targets: `for x, y in data`, of an argument or of a batch that is cut out of it."""

import ast
import functools

from ..common import names
from ..common.syntax import walk
from .functions import called_name

#: What a sample is called that comes with its target.
EXAMPLE = r"^ex$|example|^pair$|^samples?$|^point$|^datum$|^instance$"


@functools.lru_cache(maxsize=None)
def taken_apart(node, argument):
    """Whether a "loop" over an argument, or one "assignment" of it, takes samples and targets out of it; None of any other."""
    known = parts_of(node, argument)
    for each in walk(node):
        loop = isinstance(each, (ast.For, ast.comprehension))
        target, source = (each.target, each.iter) if loop else (each.targets[0], each.value) if isinstance(each, ast.Assign) else (None, None)
        if isinstance(target, ast.Tuple) and unzipped(source, known) and are_pair(target):
            # all samples and all targets of many pairs
            return "loop"
        if isinstance(target, ast.Tuple) and getattr(source, "id", None) in (known if loop else {argument}) and (are_pair(target) or not loop and len(target.elts) == 2 and names.like_name(argument, EXAMPLE)):
            return "loop" if loop else "assignment"
        if isinstance(target, ast.Name) and (loop and getattr(source, "id", None) in known or chosen(source, known)) and by_number(node, target.id):
            return "loop"
    return "assignment" if names.like_name(argument, EXAMPLE) and by_number(node, argument) else None


def unzipped(value, known):
    """x, y = zip(*data)."""
    return isinstance(value, ast.Call) and called_name(value) == "zip" and len(value.args) == 1 and isinstance(value.args[0], ast.Starred) and getattr(value.args[0].value, "id", None) in known


def chosen(value, known):
    """random.choice(data): one sample of all."""
    return isinstance(value, ast.Call) and called_name(value) == "choice" and len(value.args) == 1 and getattr(value.args[0], "id", None) in known


def by_number(node, name):
    """Whether a name is asked for its first and its second entry, and for nothing else: `forward(ex[0])`, `backward(ex[1])`."""
    asked = {id(each.value): each.slice.value for each in walk(node) if isinstance(each, ast.Subscript) and isinstance(each.slice, ast.Constant)}
    places = [asked.get(id(each)) for each in walk(node) if isinstance(each, ast.Name) and each.id == name and isinstance(each.ctx, ast.Load)]
    return set(places) == {0, 1}


def are_pair(target):
    """Whether the names of a tuple are those of a sample and its target."""
    given = [getattr(one, "id", "") for one in target.elts]
    return len(given) == 2 and (names.holds_samples(given[0]) or names.holds_targets(given[1])) and not names.holds_samples(given[1]) and not names.holds_targets(given[0])


def parts_of(node, argument):
    """Names of an argument, of its slices, and of each of a list of such: `batches = [data[k:k + n] for k in range(0, len(data), n)]`, `for batch in batches`."""
    known, before = {argument}, None
    while known != before:
        before = set(known)
        for each in walk(node):
            if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name) and is_part(each.value, known):
                known.add(each.targets[0].id)
            elif isinstance(each, ast.For) and isinstance(each.target, ast.Name) and getattr(each.iter, "id", None) in known - {argument}:
                known.add(each.target.id)
    return known


def is_part(value, known):
    inner = value.elt if isinstance(value, (ast.ListComp, ast.GeneratorExp)) else value
    return isinstance(inner, ast.Subscript) and isinstance(inner.slice, ast.Slice) and getattr(inner.value, "id", None) in known


def handed_on(loop, functions):
    """Names that a loop hands to functions which take samples and targets out of them: `train(training_data)`."""
    out = set()
    for each in walk(loop):
        function = next((one for one in functions if isinstance(each, ast.Call) and one.name == called_name(each)), None)
        given = zip(function.arguments, each.args) if function is not None else ()
        out |= {one.id for argument, one in given if isinstance(one, ast.Name) and taken_apart(function.node, argument) == "loop"}
    return out
