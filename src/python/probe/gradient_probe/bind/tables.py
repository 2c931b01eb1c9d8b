"""Words that a table of activations is asked for, `{"relu": self.relu, "tanh": self.tanh}.get(name, self.sigmoid)`, `TABLE[name]`: they are told as those of a comparison are."""

import ast

from ..common import names
from ..common.syntax import walk
from ..source.naming import label


def words(each, parent, node, code):
    """The keys of the table of activations that `each` looks up where it stands in `node`; none where it looks up something else."""
    if isinstance(parent, ast.Subscript) and parent.slice is each:
        table = parent.value
    elif isinstance(parent, ast.Call) and parent.args[:1] == [each] and isinstance(parent.func, ast.Attribute) and parent.func.attr == "get":
        table = parent.func.value
    else:
        return []
    made = code.namespace.get(getattr(table, "id", None))
    if isinstance(made, dict):
        keys = [key for key in made if isinstance(key, str)]
    else:
        keys = keys_of(table) if isinstance(table, ast.Dict) else next((found for found in (keys_of(value) for value in named(label(table), node, code)) if found), [])
    return keys if any(names.like_name(key, names.ACTIVATION) for key in keys) else []


def keys_of(table):
    """The keys of a dictionary as it is written, where all of them are texts."""
    keys = [getattr(key, "value", None) for key in table.keys]
    return keys if all(isinstance(key, str) for key in keys) else []


def named(name, node, code):
    """Dictionaries that are written down under a name, in this function or elsewhere in the files."""
    made = [each for tree in [node] + list(code.trees.values()) for each in walk(tree) if isinstance(each, ast.Assign) and isinstance(each.value, ast.Dict)] if name is not None else []
    return [each.value for each in made if name in [label(target) for target in each.targets]]
