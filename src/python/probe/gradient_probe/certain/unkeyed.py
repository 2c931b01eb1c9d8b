"""A key that a training asks for and that the dictionary it is given back has not, told by reading: `grads["gw"]` of `return {"dw": dw, "db": db}, cost`."""

import ast

from ..common import names, subscripts
from ..common.syntax import walk, walk_own
from ..source.functions import called_name
from ..source.source import CannotRun

#: What is run on the way to a trained network.
TRAINS = names.TRAIN + "|" + names.UPDATE + "|" + names.BACKWARD


def find(tree, path):
    """CannotRun for the first such key; None where there is none."""
    made = {each.name: keys_given(each) for each in tree.body if isinstance(each, ast.FunctionDef) and sum(isinstance(one, ast.FunctionDef) and one.name == each.name for one in walk(tree)) == 1}
    for function in tree.body:
        if isinstance(function, ast.FunctionDef) and names.like_name(function.name, TRAINS):
            for places, keys in held(function, made):
                asked = next((each for each in places if isinstance(subscripts.key(each), str) and subscripts.key(each) not in keys), None)
                if asked is not None:
                    return CannotRun("KeyError: %r" % subscripts.key(asked), asked.lineno, function.name, path)
    return None


def keys_given(function):
    """[keys of a dictionary, or None, …] of what a function gives back, where all of it is written there."""
    given = [each.value for each in walk_own(function) if isinstance(each, ast.Return)]
    if len(given) != 1 or given[0] is None or function.decorator_list:
        return []
    return [keys_of(each, function) for each in (given[0].elts if isinstance(given[0], ast.Tuple) else [given[0]])]


def keys_of(value, function):
    """The keys of a dictionary that is written in one place and touched nowhere else; None of anything else."""
    if isinstance(value, ast.Name):
        read = [each for each in walk(function) if isinstance(each, ast.Name) and each.id == value.id]
        written = [each.value for each in walk_own(function) if isinstance(each, ast.Assign) and [getattr(one, "id", None) for one in each.targets] == [value.id]]
        if len(read) != 2 or len(written) != 1:
            return None
        value = written[0]
    if not isinstance(value, ast.Dict) or not value.keys or not all(isinstance(each, ast.Constant) and isinstance(each.value, str) for each in value.keys):
        return None
    return {each.value for each in value.keys}


def held(function, made):
    """(places, keys) of each such dictionary that a function is given back: where it is asked for a key, until its name is given another value; none where anything else is done with it."""
    above = {id(inner): outer for outer in walk(function) for inner in ast.iter_child_nodes(outer)}
    for each in walk_own(function):
        keys = made.get(called_name(each.value), []) if isinstance(each, ast.Assign) and isinstance(each.value, ast.Call) and isinstance(each.value.func, ast.Name) and len(each.targets) == 1 else []
        targets = each.targets[0].elts if keys and isinstance(each.targets[0], ast.Tuple) else each.targets if keys else []
        for target, own in zip(targets, keys) if len(targets) == len(keys) else ():
            named = [one for one in walk(function) if own is not None and isinstance(target, ast.Name) and isinstance(one, ast.Name) and one.id == target.id and one is not target]
            end = min([one.lineno for one in named if isinstance(one.ctx, ast.Store) and one.lineno > each.lineno] or [float("inf")])
            places = [above[id(one)] for one in named if each.lineno < one.lineno < end]
            if all(isinstance(one, ast.Subscript) and isinstance(one.ctx, ast.Load) for one in places):
                yield places, own
