"""What a base class that is not beside the file would give an object of theirs: the dictionaries that it fills, and activations and a cost under the names that everyone has for them."""

import ast

import numpy as np

from ..common import names
from ..common import subscripts
from ..common.syntax import walk
from . import helpers
from .stubs import Absent

COST = r"^(compute|calc(ulate)?)?(softmax)?crossentropy(loss|cost)?$"


def classes_cost(A, Y):
    """Mean cross-entropy of probabilities, a row for each sample; targets are numbers of classes, or one-hot."""
    chosen = A[np.arange(len(A)), np.asarray(Y).astype(int)] if np.ndim(Y) == 1 else np.sum(A * Y, axis=1)
    return -np.mean(np.log(chosen))


def find(name, tree):
    return classes_cost if names.is_name(name, COST) and helpers.classes_axis("softmax", tree) == -1 else helpers.find(name, tree)


def give(namespace, tree):
    """Gives the classes of a module whose base is not here what they ask of it; names of the functions given. `tree`: as it was written, before it is watched."""
    given = set()
    for node in [each for each in tree.body if isinstance(each, ast.ClassDef)]:
        owner = namespace.get(node.name)
        if not isinstance(owner, type) or not issubclass(owner, Absent):
            continue
        own = [each for each in walk(node) if isinstance(each, ast.Attribute) and getattr(each.value, "id", "") == "self"]
        missing = {each.attr for each in own if not hasattr(owner, each.attr)} - given_values(node)
        owner._held = tuple(sorted(missing & filled(node)))
        owner._handed = handed(node)
        for name in sorted({each.func.attr for each in walk(node) if isinstance(each, ast.Call) and each.func in own} & missing):
            function = find(name, tree)
            if function is not None:
                setattr(owner, name, staticmethod(function))
                given.add(name)
    return given


def filled(node):
    """Attributes that a class gives entries by name: self.weights["W1"] = …"""
    return {each.value.attr for each in walk(node) if isinstance(each, ast.Subscript) and isinstance(each.value, ast.Attribute) and getattr(each.value.value, "id", "") == "self" and isinstance(each.ctx, ast.Store) and subscripts.key(each) is not None}


def given_values(node):
    """Attributes that a class itself gives a value, whole: self.rate = …"""
    targets = [target for each in walk(node) if isinstance(each, (ast.Assign, ast.AnnAssign)) for target in (each.targets if isinstance(each, ast.Assign) else [each.target])]
    return {one.attr for target in targets for one in (target.elts if isinstance(target, (ast.Tuple, ast.List)) else [target]) if isinstance(one, ast.Attribute) and getattr(one.value, "id", "") == "self"}


def handed(node):
    """Names of what a class hands to the constructor of its base, which keeps it under them: super().__init__(input_size, num_classes)."""
    calls = [each for each in walk(node) if isinstance(each, ast.Call) and getattr(each.func, "attr", "") == "__init__" and "super" in ast.dump(each.func)]
    return tuple(getattr(each, "id", "") for each in calls[0].args) if calls else ()
