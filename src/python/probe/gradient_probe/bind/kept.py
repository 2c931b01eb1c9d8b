"""What a training method keeps of the samples that it is given or reads, for methods that are given none: `self.X = X` in fit, `self.X.dot(W)` in forward."""

import ast
import types

import numpy as np

from ..common import names
from ..common.data import RATE
from ..common.syntax import walk
from ..source.functions import called_name
from . import parameters as where
from .objects import of_self


def kept(owner, made, namespace):
    """{attribute: getter(samples)} of what an object has no value of yet, and a method of it sets to its samples or their number."""
    out = {name: fed for name, fed in placeholders(made)}
    for method in owner.methods.values():
        roles = {each: "Y" if names.holds_targets(each) else "X" for each in method.arguments if names.holds_targets(each) or names.holds_samples(each)}
        # the samples where the method begins; a rate of learning may be anew for each round
        for each in (one for one in walk(method.node) if isinstance(one, ast.Assign)) if method.bound and method.name != "__init__" else ():
            target = each.targets[0] if isinstance(each, ast.Assign) and len(each.targets) == 1 else None
            if of_self(target) and isinstance(each.value, ast.Name) and each.value.id in roles:
                # self.m = self.X.shape[0], after it
                roles[ast.unparse(target)] = roles[each.value.id]
            if of_self(target) and names.is_rate(target.attr) and not hasattr(made, target.attr):
                # self.lr = lr, by which fit says how far a step goes
                out[target.attr] = lambda samples: RATE
            elif each in method.node.body and of_self(target) and target.attr not in out and unset(getattr(made, target.attr, None)) and plain(each.value, roles):
                out[target.attr] = getter(each.value, roles, namespace)
            elif not roles:
                out.update({name: role_of for name, role_of in read(each.targets[0]) if name not in out and (getattr(made, name, None) is None or loads(each.value) and empty(getattr(made, name)))})
    return out


def targets(code, function, argument, phase):
    """What gives a cost the targets as the object keeps them, where the file calls it with those: one-hot in self._y, of labels that fit was given."""
    given = [expression for expression, _, _ in code.argument_at_site(function, argument)] if phase == "cost" and names.holds_targets(argument) else []
    attributes = {each.attr if of_self(each) else None for each in given}
    if len(attributes) != 1 or None in attributes:
        return None
    attribute, = attributes
    return lambda pool: as_kept(pool, attribute)


def as_kept(pool, attribute):
    known, value = pool.attribute(attribute)
    hot = known and np.ndim(value) == 2 and np.ndim(pool.data["Y"]) == 1 and len(value) == len(pool.data["Y"])
    return np.copy(value if hot else pool.data["Y"])


def rename(owner, made):
    """Gives an object what a training has it keep under another name before anything else, of what its constructor made: `self.W = self.W_init`."""
    for method in owner.methods.values():
        for each in method.node.body if method.bound and method.name != "__init__" else ():
            target = each.targets[0] if isinstance(each, ast.Assign) and len(each.targets) == 1 else None
            if of_self(target) and of_self(each.value) and (names.is_weight(target.attr) or names.is_bias(target.attr)) and not hasattr(made, target.attr) and hasattr(made, each.value.attr):
                setattr(made, target.attr, getattr(made, each.value.attr))


def placeholders(made):
    """[(attribute, getter(samples))] of dictionaries that wait for the samples, {"x": None, "y": None}."""
    for name, value in where.attributes(made):
        if isinstance(value, dict) and value and all(each is None and isinstance(key, str) and (names.holds_samples(key) or names.holds_targets(key)) for key, each in value.items()):
            roles = {key: "Y" if names.holds_targets(key) else "X" for key in value}
            yield name, lambda samples, roles=roles: {key: samples[role].copy() for key, role in roles.items()}


def loads(value):
    """Whether an expression is data that a function gives: load_data(), self.read(path)."""
    return isinstance(value, ast.Call) and names.like_name(called_name(value), "load|get|read|data|fetch|split")


def empty(value):
    return isinstance(value, (list, tuple, dict)) and not value


def read(target):
    """[(attribute, getter(samples))] of the samples and targets that a method reads by itself: `self.X_train, self.y_train = split(...)`."""
    found = [each.attr for each in walk(target) if of_self(each)]
    return [(name, lambda samples, role="Y" if names.is_name(name, names.Y_NAMES) else "X": samples[role].copy()) for name in found if names.is_name(name, names.X_NAMES + "|" + names.Y_NAMES)]


def unset(value):
    """Whether an attribute waits for its value: None, or the number of samples before there are any."""
    return value is None or isinstance(value, (int, float)) and not isinstance(value, bool) and value == 0


def plain(value, roles):
    """Whether an expression is the samples, turned or not, or a number of them: X, y.T, X.shape[0], len(y), float(len(y))."""
    if isinstance(value, ast.Name) or of_self(value):
        return ast.unparse(value) in roles
    if isinstance(value, ast.Attribute):
        return value.attr in ("T", "shape", "size") and plain(value.value, roles)
    if isinstance(value, ast.Subscript):
        return isinstance(value.value, ast.Attribute) and value.value.attr == "shape" and plain(value.value, roles)
    return isinstance(value, ast.Call) and getattr(value.func, "id", "") in ("len", "float", "int") and len(value.args) == 1 and plain(value.args[0], roles)


def getter(value, roles, namespace):
    code = compile(ast.fix_missing_locations(ast.Expression(body=value)), "<kept>", "eval")
    given = lambda samples: {name: samples[role].copy() for name, role in roles.items() if "." not in name}
    own = lambda samples: types.SimpleNamespace(**{name[len("self."):]: samples[role].copy() for name, role in roles.items() if "." in name})
    return lambda samples: eval(code, dict(namespace), dict(given(samples), self=own(samples)))
