"""Samples that are objects, one by one: `np.array([point.input for point in points])` and `point.expected_output` of the same."""

import ast
import types

from ..common import names
from ..common.syntax import walk
from .taken import in_rows
from .usage import ARRAY_ATTRIBUTES


def getter(code, function, argument, phase):
    """What gives an argument a list of such samples; None of any other. Of what another function of the file reads of the same argument they have that too."""
    if phase in ("ctor", "init") or not hasattr(function, "node") or not read_of_each(function.node, argument):
        return None
    read = {attribute for each in code.every if argument in each.arguments for attribute in read_of_each(each.node, argument)}
    roles = {each: "Y" if names.holds_targets(each) else "X" if names.holds_samples(each) else None for each in read}
    # T of matrices is no target
    return (lambda pool: objects(pool, roles)) if "X" in roles.values() and None not in roles.values() and not read & ARRAY_ATTRIBUTES else None


def read_of_each(node, name):
    """Attributes that are read of each entry of `name`, in a loop over it or in a comprehension."""
    over = [each for each in walk(node) if isinstance(each, (ast.For, ast.comprehension)) and getattr(each.iter, "id", None) == name and isinstance(each.target, ast.Name)]
    running = {each.target.id for each in over}
    return {each.attr for each in walk(node) if isinstance(each, ast.Attribute) and getattr(each.value, "id", None) in running}


def objects(pool, roles):
    """One object for each sample; LookupError where these lie as columns."""
    values = {name: in_rows(pool, role) for name, role in roles.items()}
    return [types.SimpleNamespace(**{name: value[index] for name, value in values.items()}) for index in range(pool.settings["m"])]
