"""What stands in a function for each parameter, taken together as one: gradients J_W1(x, y), J_b1(x, y), and initializers init_weights(), init_biases()."""

import ast
import re

from ..common import names
from ..common.syntax import walk
from ..source.functions import Function
from ..source.naming import holder

#: What such a function has before the name of the parameter, or after it; the longer word first, for the first that fits is taken.
AROUND = r"^(compute|calculate|calc|get|find|partial|j|djd|dcd|dld|ded|dlossd|dcostd|gradientof|gradient|grad|derivative|deriv|d)+(?=\w)|(grad|gradient|derivative|deriv|jacobian)$"


def parameter_of(function, known):
    """The parameter whose gradient a function gives, by its name: 'W1' of J_W1; None of any other function."""
    short = re.sub(AROUND, "", names.plain(function.name))
    found = next((each for each in known if names.plain(each) == short), None)
    return found if function.returns and short != names.plain(function.name) and not names.like_name(function.name, names.ACTIVATION) else None


def backward(code):
    """One Function that calls them all and returns {"dW1": …}, with the arguments that they have together; None where there are fewer than two, or no weight among them."""
    known = parameters(code)
    parts = {}
    for each in code.functions:
        name = parameter_of(each, known) if each.own else None
        if name is not None:
            # the last definition is the one that counts
            parts[name] = each
    if len(parts) < 2 or not any(names.is_weight(each) for each in parts):
        return None
    calls = ", ".join('"d%s": %s' % (name, call(each)) for name, each in parts.items())
    return together(code, list(parts.values()), "return {%s}" % calls)


def initializer(code):
    """One Function for weights and biases, where the file makes them by two that are called alike; None elsewhere."""
    makers = [each for each in code.functions if each.own and each.returns and names.like_name(each.name, "init|get|make|create|generat|random|build")]
    weights = [each for each in makers if names.like_name(each.name, "weight|theta") and not names.like_name(each.name, "bias")]
    biases = [each for each in makers if names.like_name(each.name, "bias") and not names.like_name(each.name, "weight|theta")]
    if len(weights) != 1 or len(biases) != 1 or any({weights[0].name, biases[0].name} <= each.callees and each.returns and "init" in each.name.lower() for each in code.functions):
        # none, several, or one that calls both
        return None
    lines, given = [], []
    for each, usual in ((weights[0], "weights"), (biases[0], "biases")):
        called = next((one for one in code.unpacked.get(each.name, []) if all(one)), None) or ([name for name in each.returned if name] if len(each.returned) > 1 else [usual])
        # self.weights and the like have dots no more; two of one name are none
        called = [one if one not in given and one.isidentifier() else "%s_%d" % (usual, index) for index, one in enumerate(called)]
        lines.append("%s = %s" % (", ".join(called), call(each)))
        given += called
    return together(code, weights + biases, "; ".join(lines) + "; return " + ", ".join(given))


def call(function):
    return "%s(%s)" % (function.name, ", ".join("%s=%s" % (one, one) for one in function.arguments if one not in function.defaults))


def together(code, parts, body):
    """A Function with the arguments of all parts, in the place of the first."""
    arguments = list(dict.fromkeys(argument for each in parts for argument in each.arguments if argument not in each.defaults))
    node = ast.parse("def together(%s): %s" % (", ".join(arguments), body)).body[0]
    first = min(parts, key=lambda each: each.line)
    for each in walk(node):
        if hasattr(each, "lineno"):
            each.lineno = each.end_lineno = first.line
    made = {}
    exec(compile(ast.fix_missing_locations(ast.Module(body=[node], type_ignores=[])), "<together>", "exec"), code.namespace, made)
    function = Function(first.name, made["together"], node, None, first.file, True)
    function.line, function.parts = first.line, parts
    return function


def parameters(code):
    """Names of weights and biases that the file's functions take as arguments or use as globals."""
    out = set()
    for each in code.functions:
        out.update(each.arguments)
        out.update(inner.id for inner in walk(each.node) if isinstance(inner, ast.Name))
    return sorted(each for each in out if names.is_weight(each) or names.is_bias(each))


def sets_globals(function):
    """Whether a function makes weights that are globals: `global W1, b1`, or entries of a dictionary or list of the module, `net["w1"] = …`."""
    own = set(function.arguments) | {each.id for each in walk(function.node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
    for each in walk(function.node):
        if isinstance(each, ast.Global) and any(names.is_weight(one) for one in each.names):
            return True
        if isinstance(each, ast.Subscript) and isinstance(each.ctx, ast.Store) and isinstance(each.value, ast.Name) and each.value.id not in own and (names.is_weight(holder(each)) or names.is_weight(each.value.id)):
            return True
    return False
