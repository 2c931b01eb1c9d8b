"""Layers that are described one by one, each by its ends and its activation: `layers = [[2, 10, "relu"], [10, 1, "sigmoid"]]`, taken apart as `for n_in, n_out, activation in self.layers`."""

import ast

from ..common import names
from ..common import subscripts
from ..common.syntax import walk
from ..source.functions import called_name
from .activations import NAMED, last_of
from .objects import of_self
from .usage import use_of

#: What stands for the activation of a layer.
ACTIVATION = r"act|^(fn|func|function|g|nonlin\w*)$"


def parts(code, function, argument):
    """Names into which an entry of the list is taken apart, here or where an object finds it kept; None where it is not."""
    use = use_of(code, function, argument)
    nodes = [function.node] + [method.node for owner in code.classes if owner.value is function.owner for method in owner.methods.values()]
    for node in nodes:
        held = lambda each: isinstance(each, ast.Name) and each.id == argument and node is function.node or of_self(each) and each.attr in use.aliases
        for each in walk(node):
            if not isinstance(each, (ast.For, ast.comprehension)):
                continue
            target, given = each.target, each.iter
            if isinstance(given, ast.Call) and called_name(given) == "enumerate" and given.args and isinstance(target, ast.Tuple) and len(target.elts) == 2:
                target, given = target.elts[1], given.args[0]
            if held(given) and isinstance(target, (ast.Tuple, ast.List)) and all(isinstance(one, ast.Name) for one in target.elts):
                return [one.id for one in target.elts]
    return None


def by_place(code, function, argument):
    """("units", "activation") where an entry is read by its place, `randn(layers[i][0], layers[i - 1][0])` and `layers[i][1]`, in that order; () elsewhere."""
    use = use_of(code, function, argument)
    nodes = [function.node] + [method.node for owner in code.classes if owner.value is function.owner for method in owner.methods.values()]
    held = lambda each: isinstance(each, ast.Name) and each.id == argument or of_self(each) and each.attr in use.aliases
    sized = set()
    for node in nodes:
        for call in walk(node):
            if isinstance(call, ast.Call) and called_name(call) in ("randn", "rand", "zeros", "normal", "uniform", "random"):
                read = [each for each in walk(call) if isinstance(each, ast.Subscript) and isinstance(each.value, ast.Subscript) and held(each.value.value)]
                sized |= {(getattr(each.slice, "value", None), ast.unparse(each.value)) for each in read}
    places = {place for place, _ in sized}
    if len(sized) < 2 or len(places) != 1 or not places <= {0, 1}:
        return ()
    return ("units", "activation") if places == {0} else ("activation", "units")


def keys(code, argument):
    """The words by which the entries of such a list are read wherever a function is given it, `for layer in nn_arch: … layer["activation"]`."""
    out = {}
    for function in code.every:
        for each in walk(function.node) if argument in function.arguments else ():
            if isinstance(each, ast.For) and any(getattr(one, "id", None) == argument for one in walk(each.iter)):
                held = {one.id for one in walk(each.target) if isinstance(one, ast.Name)}
                out.update((subscripts.key(one), None) for one in walk(each) if isinstance(one, ast.Subscript) and getattr(one.value, "id", None) in held and subscripts.key(one))
    return list(out)


def getter(pool, function, argument):
    """What gives a list of dictionaries at the widths of now, of the words by which they are read; None where those do not say both ends."""
    found = keys(pool.code, argument) if hasattr(function, "node") and names.is_name(argument, names.DIMS_NAMES) else []
    made = at_widths(pool, [role(each) for each in found]) if "in" in map(role, found) else None
    return None if made is None else lambda pool: [dict(zip(found, each)) for each in made]


def role(name):
    """'in', 'out' or 'word' of one part; None of any other."""
    if names.like_name(name, ACTIVATION):
        return "word"
    if name == "units":
        return "out"
    said = names.width_role(name)
    return said if said in ("in", "out") else "in" if names.is_name(name, names.N0_NAMES) else "out" if names.is_name(name, names.NL_NAMES + "|" + names.N1_NAMES) else None


def layers(pool, function, argument):
    """Such a list at the widths of now; None where the code takes nothing like that apart, or names no activation."""
    return at_widths(pool, [role(each) for each in parts(pool.code, function, argument) or by_place(pool.code, function, argument)])


def at_widths(pool, roles):
    """What each layer has for these roles; None where they are not those of a layer."""
    if sorted(each or "" for each in roles) not in (["in", "out"], ["in", "out", "word"], ["out", "word"]):
        return None
    known = [each for each in NAMED if each in pool.code.strings]
    if "word" in roles and not known:
        return None
    base = [each for each in known if each.lower() == pool.settings.get("base")]
    if "word" in roles:
        pool.settings["guessed"] = True
    # what the code has no word for is its other branch: `relu(Z) if kind == "relu" else sigmoid(Z)`
    end = last_of([each for each in known if not names.like_name(each, "relu|tanh")] or ["sigmoid"], pool.sizes, pool.code.text)
    dims, count = pool.sizes.dims, pool.sizes.L
    values = lambda l: {"in": dims[l - 1], "out": dims[l], "word": end if l == count else (base or known or [end])[0]}
    # where an entry is read beside the one before it, the inputs have one too
    return [tuple(values(l)[each] for each in roles) for l in range(1 if "in" in roles else 0, count + 1)]
