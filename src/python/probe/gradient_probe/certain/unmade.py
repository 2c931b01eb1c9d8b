"""Keys and names that the code stops at and that nothing in the files ever makes: params["b1"] beside {"W1": …, "B1": …}, np in a helper that imports none."""

import ast
import re

from ..common import frames
from ..common import subscripts
from ..common.syntax import walk
from ..source.source import beside
from .undefined import brought_by, module_names, star_imports


def stops(error, code):
    """Whether the exception is of such a key or name: it cannot run, whatever it is given."""
    return isinstance(error, KeyError) and key(error, code) or isinstance(error, NameError) and name_of_nothing(error, code)


def name_of_nothing(error, code):
    found, place = re.search(r"name '(\w+)' is not defined", str(error)), innermost(error.__traceback__, code)
    if found is None or place is None or place[0].f_code.co_name == "lifted":
        return False
    tree = code.trees[place[2]]
    made, starred = module_names(tree), star_imports(tree)
    if made is None or any(beside(place[2], each.module or "") is None for each in starred):
        return False
    brought = brought_by(starred, place[2], 3)
    return brought is not None and found.group(1) not in made | brought


def key(error, code):
    """Whether a KeyError is of such a key, in a dictionary whose other keys the files make."""
    name = error.args[0] if error.args else None
    place = innermost(error.__traceback__, code)
    if not isinstance(error, KeyError) or not isinstance(name, str) or not name or place is None:
        return False
    frame, line, file = place
    asked = [each for each in walk(code.trees[file]) if is_asked(each, name) and each.lineno <= line <= (getattr(each, "end_lineno", None) or line)]
    made = strings_made(code) if asked else ()
    if not asked or any(makes(text, name) for text in made):
        return False
    held = [value(each.value, frame) for each in asked]
    return all(isinstance(each, dict) and each and all(any(makes(text, one) for text in made) for one in each if isinstance(one, str)) for each in held)


def innermost(tb, code):
    passed = frames.of(tb, code.trees)
    return (*passed[-1], passed[-1][0].f_code.co_filename) if passed else None


def is_asked(each, name):
    return isinstance(each, ast.Subscript) and isinstance(each.ctx, ast.Load) and subscripts.key(each) == name


def strings_made(code):
    """Every text of the files but those that a dictionary is only asked for; names of arguments too, dict(b1=…)."""
    out = set()
    for tree in code.trees.values():
        asked = {id(each.slice) for each in walk(tree) if isinstance(each, ast.Subscript) and isinstance(each.ctx, ast.Load)}
        # "Z" + str(l) makes no "Z"
        joined = {id(one) for each in walk(tree) if isinstance(each, ast.BinOp) and isinstance(each.op, ast.Add) and not isinstance(each.right, ast.Constant) for one in (each.left, each.right)}
        for each in walk(tree):
            if isinstance(each, ast.Constant) and isinstance(each.value, str) and id(each) not in asked:
                out.add(each.value + "{}" if id(each) in joined else each.value)
            elif isinstance(each, ast.keyword) and each.arg:
                out.add(each.arg)
    return out


def makes(text, name):
    """Whether a key is this text, or may be put together with it: "b" + str(l), f"b{l}", "b%d" % l, key + "1"."""
    if text == name:
        return True
    parts = [each for each in re.split(r"%\w|\{[^}]*\}", text) if each]
    return any(len(each) < len(name) and (name.startswith(each) or name.endswith(each)) for each in parts)


def value(node, frame):
    """What a name, an attribute or an item of them is in the frame that stopped; None for anything else."""
    if isinstance(node, ast.Name):
        return frame.f_locals.get(node.id, frame.f_globals.get(node.id))
    if isinstance(node, ast.Attribute):
        return getattr(value(node.value, frame), "__dict__", {}).get(node.attr)
    held = value(node.value, frame) if isinstance(node, ast.Subscript) else None
    return held.get(subscripts.key(node)) if isinstance(held, dict) else None
