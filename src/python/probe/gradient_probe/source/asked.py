"""What the statement of theirs that runs just now asks of a value: into how many names it is unpacked, what it is looked up in."""

import ast
import dis

from ..common.syntax import walk


def unpacked(frame):
    """Into how many names the statement that iterates unpacks: `units, activation = layer`; None elsewhere."""
    for each in dis.get_instructions(frame.f_code):
        if each.offset == frame.f_lasti:
            return each.argval if each.opname == "UNPACK_SEQUENCE" else None
    return None


def looked_up(value, frame, trees, activations):
    """The keys of what a value is looked up in: `activations[name]`, `name in activations`, `globals()[name]`; None where that is not seen. `activations`: their names, of all that a module has."""
    for node in walk(trees.get(frame.f_code.co_filename) or ast.Module(body=[], type_ignores=[])):
        if not getattr(node, "lineno", 0) <= frame.f_lineno <= (getattr(node, "end_lineno", None) or 0):
            continue
        if isinstance(node, ast.Subscript):
            holder, key = node.value, node.slice
        elif isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.In, ast.NotIn)):
            holder, key = node.comparators[0], node.left
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "get" and node.args:
            holder, key = node.func.value, node.args[0]
        else:
            continue
        if seen(key, frame) is value:
            found = seen(holder, frame)
            if isinstance(found, (dict, set, frozenset)):
                texts = [each for each in found if isinstance(each, str)]
                return [each for each in texts if each in activations] if found is frame.f_globals else texts
    return None


def seen(node, frame):
    """What a name, or what is below it, is worth where the code stands; nothing is called but globals()."""
    if any(isinstance(each, ast.Call) and getattr(each.func, "id", "") != "globals" for each in walk(node)):
        return None
    try:
        return eval(compile(ast.fix_missing_locations(ast.Expression(body=node)), "<value>", "eval"), frame.f_globals, frame.f_locals)
    except Exception:
        return None
