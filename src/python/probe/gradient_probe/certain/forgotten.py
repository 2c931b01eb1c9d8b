"""A layer whose backward pass runs and that no update is given, beside others of its kind that are updated, told by reading: `optimizer.update(dense1)` and no `optimizer.update(dense2)`."""

import ast

from ..common import names
from ..common.syntax import walk
from ..source.functions import called_name

#: Calls that look at a layer and leave it as it is.
LOOKS = names.COST + r"|regulari|penal|print|plot|len|type|repr|str"


def layers(tree):
    """[(the last update of the loop, key of the layer that it leaves out, scope)]."""
    parents = {child: parent for parent in walk(tree) for child in ast.iter_child_nodes(parent)}
    uses = {}
    for node in walk(tree):
        key = key_of(node)
        if key is not None:
            uses.setdefault(key, []).append(use(node, parents))
    kinds = {key: {kind for use, kind in every if use == "made"} for key, every in uses.items()}
    learning = {each.name for each in walk(tree) if isinstance(each, ast.ClassDef) and any(isinstance(one, ast.Attribute) and isinstance(one.ctx, ast.Store) and names.is_weight(one.attr) for one in walk(each))}
    for key, every in uses.items():
        if len(kinds[key]) != 1 or not kinds[key] <= learning or any(use in ("updated", "unknown") for use, _ in every):
            continue
        for loop in [loops(node, parents) for use, node in every if use == "backward"]:
            updates = [node for other, each in uses.items() if other != key and kinds[other] == kinds[key] for use, node in each if use == "updated" and loop is not None and loops(node, parents) is loop]
            if updates:
                yield max(updates, key=lambda each: each.lineno), key, scope(loop, parents)
                break


def key_of(node):
    """'dense1' of dense1, 'self.dense1' of self.dense1; None of any other expression."""
    if isinstance(node, ast.Name):
        return node.id
    return "self." + node.attr if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "self" else None


def use(node, parents):
    """What becomes of a layer where it stands: (made, its class), (updated, the call), (backward, the call), (read, None), or (unknown, None) where anything may."""
    parent = parents[node]
    if isinstance(parent, ast.Assign) and node in parent.targets:
        made = called_name(parent.value) if isinstance(parent.value, ast.Call) else ""
        return ("made", made) if made[:1].isupper() else ("unknown", None)
    if isinstance(parent, ast.Call):
        name = called_name(parent)
        if node is parent.func or names.like_name(name, LOOKS):
            return "read", None
        return ("updated", parent) if names.like_name(name, names.UPDATE) else ("unknown", None)
    if not isinstance(parent, ast.Attribute):
        return "unknown", None
    call = parents[parent]
    if isinstance(call, ast.Call) and call.func is parent:
        named = lambda words: names.like_name(parent.attr, words)
        return ("backward", call) if named(names.BACKWARD) else ("updated", call) if named(names.UPDATE) else ("read", None) if named(names.FORWARD) else ("unknown", None)
    changed = not isinstance(parent.ctx, ast.Load) or names.is_weight(parent.attr) or names.is_bias(parent.attr) or names.is_name(parent.attr, names.PARAM_NAMES)
    return "unknown" if changed else "read", None


def loops(node, parents):
    """The outermost loop around a call, within its function; None where there is none."""
    found = None
    while node in parents and not isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        node = parents[node]
        found = node if isinstance(node, (ast.For, ast.While)) else found
    return found


def scope(node, parents):
    while node in parents and not isinstance(node, ast.FunctionDef):
        node = parents[node]
    return getattr(node, "name", "<module>")
