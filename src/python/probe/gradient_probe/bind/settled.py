"""Settings that a training keeps in the dictionary of the parameters, beside what the initializer made: `parameters["options"] = {}`, `parameters["options"]["dropout"] = False`."""

import ast

from ..common.syntax import walk


def missing(error, attempt):
    """The key that a pass has asked the parameters for in vain; None of any other exception."""
    made = attempt.program.roots.get("params")
    key = error.args[0] if isinstance(error, KeyError) and error.args else None
    return key if isinstance(key, str) and isinstance(made, dict) and key not in made and attempt.stage in ("forward", "backward") else None


def found(code, key):
    """[(keys, value)] of the statements that set this key, and what is below it, to constants, in one function of the file; empty where there are none."""
    for holder in code.trees.values():
        for function in [each for each in walk(holder) if isinstance(each, ast.FunctionDef)] + [holder]:
            out = {}
            for each in sorted((one for one in walk(function) if isinstance(one, ast.Assign)), key=lambda one: one.lineno):
                name, keys = chain(each.targets[0])
                value = constant(each.value)
                if keys and keys[0] == key and value is not None:
                    out.setdefault(name, []).append((keys, value[0]))
            for settings in out.values():
                # what is below a key comes after it
                if len(settings[0][0]) == 1:
                    return settings
    return []


def chain(target):
    """(name, keys) of `name["a"]["b"]`; no keys where it is something else."""
    keys = []
    while isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant) and isinstance(target.slice.value, str):
        keys.insert(0, target.slice.value)
        target = target.value
    return (target.id, keys) if isinstance(target, ast.Name) else (None, [])


def constant(value):
    """A literal, in a tuple of one; None of what has to be computed."""
    try:
        return (ast.literal_eval(value),)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None


def put(made, settings):
    """Sets them as the file does."""
    for keys, value in settings:
        inner = made
        for each in keys[:-1]:
            inner = inner.get(each) if isinstance(inner, dict) else None
        if isinstance(inner, dict):
            inner[keys[-1]] = dict(value) if isinstance(value, dict) else value
