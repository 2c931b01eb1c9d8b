"""Which names of a loop hold the samples and the targets, where their own names do not say it: by how the loop uses them."""

import ast

from ..common import names
from ..common.syntax import walk
from .functions import called_name
from .touched import loaded, stored


def by_use(code, loop, made, kinds):
    """Samples and targets by how the loop uses them, where their names do not say it: targets are subtracted from, samples multiplied."""
    free = [name for name in loaded(loop) if name in made and name not in stored(loop) and not names.is_weight(name) and not names.is_bias(name) and not names.is_rate(name)]
    arrays = [name for name in free if name not in kinds["x"] + kinds["y"] and not isinstance(code.namespace.get(name), (int, float, str, list, dict)) and not callable(code.namespace.get(name))]

    def operands(kinds_of):
        for each in walk(loop):
            if isinstance(each, ast.BinOp) and isinstance(each.op, kinds_of):
                yield each.left, each.right
            elif isinstance(each, ast.Call) and kinds_of is ast.MatMult and called_name(each) in ("dot", "matmul"):
                for one in each.args:
                    yield one, one
                if isinstance(each.func, ast.Attribute):
                    yield each.func.value, each.func.value

    def named(node):
        while isinstance(node, (ast.Subscript, ast.Attribute)):
            node = node.value
        return getattr(node, "id", None)

    for role, rule in (("x", names.holds_samples), ("y", names.holds_targets)):
        # X = train[i:i + 1].T
        taken = [named(each.value) for each in walk(loop) if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name) and rule(each.targets[0].id) and not isinstance(each.value, ast.Name)]
        kinds[role].extend([] if kinds[role] else dict.fromkeys(each for each in taken if each in arrays))
    if not kinds["y"]:
        kinds["y"].extend(dict.fromkeys(named(side) for pair in operands(ast.Sub) for side in pair if named(side) in arrays))
    if not kinds["y"]:
        kinds["y"].extend(dict.fromkeys(compared(code, loop, arrays)))
    if not kinds["y"] and kinds["x"]:
        # actual = 1, beside one sample
        kinds["y"].extend(name for name in free if isinstance(code.namespace.get(name), (int, float)) and names.holds_targets(name))
    if not kinds["x"]:
        # layer_0 = inputs
        alias = [each.value.id for each in walk(loop) if isinstance(each, ast.Assign) and isinstance(each.value, ast.Name) and each.value.id in arrays and each.value.id not in kinds["y"]]
        kinds["x"].extend(dict.fromkeys(alias) or dict.fromkeys(named(side) for pair in operands(ast.MatMult) for side in pair if named(side) in arrays and named(side) not in kinds["y"]))


def compared(code, loop, arrays):
    """Those of some names that a function which the loop gives them to subtracts its prediction from, and never changes: `train(Inp, Out, W1, W2)` with `Out - A2`."""
    for call in walk(loop):
        function = next((each for each in code.functions if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and each.name == call.func.id), None)
        if function is None:
            continue
        given = {argument: one.id for argument, one in zip(function.arguments, call.args) if isinstance(one, ast.Name) and one.id in arrays}
        changed = stored(function.node)
        for each in walk(function.node):
            if isinstance(each, ast.BinOp) and isinstance(each.op, ast.Sub):
                yield from (given[side.id] for side in (each.left, each.right) if isinstance(side, ast.Name) and side.id in given and side.id not in changed)
