"""Mistakes that can be told by reading alone, for files whose functions could not be run together.

Few and certain: each is one that no data could make right. What is only likely is left unsaid.
"""

import ast
import os
import re
import types

from ..common import names
from ..common.syntax import walk
from ..source.functions import called_name
from ..source.source import CannotRun, beside, read_source
from . import applied, averaged, crossed, early, entrywise, forgotten, handed, order, overwritten, pairs, redrawn
from .meaning import Meaning, derivative_input
from .statements import own, target_name

#: NumPy functions that need two arguments.
BINARY = {"divide", "multiply", "subtract", "add", "dot", "matmul", "power"}


#: The rule of a call that hands on the wrong value.
ARGUMENT = "argument"
#: That of a step that does not move a parameter by its own gradient.
UPDATE = "update"


class Mistake:
    """`fatal`: the code stops there; else the gradient is wrong."""

    def __init__(self, rule, function, node, message, formula=None, fatal=False, explanation="This was read, not run: the functions could not be run together."):
        self.rule, self.function, self.node, self.message, self.formula, self.fatal, self.explanation = rule, function, node, message, formula, fatal, explanation


def told(out, report):
    """A result "not bound" with what reading tells; as it is where that is nothing."""
    found = report.mistakes
    if not found:
        return out
    first = found[0]
    place = lambda node: report.site_place(types.SimpleNamespace(file=report.path, line=node.lineno, end_line=node.end_lineno, column=node.col_offset, end_column=node.end_col_offset))
    out["findings"] = [dict({"rule": each.rule, "severity": "error", "function": each.function, "factor": None, "message": each.message, "explanation": each.explanation, "formula": each.formula, "replacement": None}, **place(each.node)) for each in found]
    where = "%s, line %s" % (first.function, out["findings"][0].get("line"))
    out["verdict"] = "cannot run" if first.fatal else "wrong"
    out["summary"] = "It cannot run: %s (%s)." % (first.message.rstrip("."), where) if first.fatal else "The gradient is wrong: %s. %s" % (where, first.message)
    out["checked"] = out["checked"] + ["the text, for mistakes that can be told by reading alone, and each derivative of an activation by itself"]
    out["notChecked"] = out["notChecked"] + ["the gradients themselves: %s" % (out["missing"][0] if out["missing"] else "the functions could not be run together")]
    return out


def stops(found, named, path):
    """CannotRun for the first of these mistakes that ends a function of such a name; None where there is none."""
    first = next((each for each in found if each.fatal and names.like_name(each.function, named)), None)
    return None if first is None else CannotRun(first.message, first.node.lineno, first.function, path)


def mistakes(tree, path):
    """In the order of the file. `tree`: the person's own module, which is at `path`."""
    meaning = Meaning(tree, helpers(tree, path))
    out = list(averaged_twice(tree)) + list(ends_early(tree)) + list(left_out(tree)) + list(spoiled(tree)) + [Mistake(ARGUMENT, name, call, text) for call, name, text in handed.misplaced(tree)]
    for function, name in scopes(tree):
        nodes = [each for statement in function.body for each in own(statement)]
        for rule in (slipped_bracket, appended_to_itself, wrong_input, wrong_activation, summed_bias, minus_in_sigmoid, reshaped, activation_for_derivative, of_another, taken_as_number):
            out.extend(rule(nodes, name, function, meaning))
        out.extend(moved_before_use(function, name))
        out.extend(misapplied(function, name))
    # where the code stops, nothing else of that line counts
    return sorted(out, key=lambda each: (each.node.lineno, not each.fatal, each.node.col_offset))


def averaged_twice(tree):
    found = averaged.twice([(name, [each for statement in function.body for each in own(statement)]) for function, name in scopes(tree)])
    if found is not None:
        node, name, target = found
        yield Mistake("factor", name, node.value, "1/m is here, in %s, and once more in dW: it belongs into dW and db alone." % target)


def ends_early(tree):
    for function, name in scopes(tree):
        last = early.returns(function) if function is not tree else None
        if last is not None:
            yield Mistake("wrong-gradient", name, last, "This return stands inside the loop over the layers and ends it in its first round: only the gradients of one layer are given back. It belongs behind the loop.")


def left_out(tree):
    for node, key, name in forgotten.layers(tree):
        yield Mistake(UPDATE, name, node, "%s is never updated: its backward pass runs, and no update is given to it, as to the other layers of its kind." % key)


def misapplied(function, name):
    for node, parameter in applied.dropped(function):
        yield Mistake(UPDATE, name, node, "%s is computed anew here and the result is dropped: it never changes. An = or -= is missing." % parameter)
    for node, total in applied.piled(function):
        yield Mistake(UPDATE, name, node, "%s adds up the gradients of the samples, and this step stands in the same loop: it applies the gradient of the first sample again with each further one. It belongs behind the loop." % total)


def spoiled(tree):
    for function, node, name, after in overwritten.activations(tree):
        yield Mistake("activation-derivative", function.name, node, "%s overwrites the array that it is given: %s is its own slope, 0 and 1, when line %d multiplies it as an activation." % (function.name, name, after.lineno), "np.where(%s > 0, 1.0, 0.0)" % node.targets[0].value.id)


def redrawn_masks(tree):
    """Tells where, never that: whether the mask counts, only a run shows."""
    for function, name in scopes(tree):
        drawn = redrawn.draws(function) if function is not tree else None
        if drawn is not None:
            yield Mistake("dropout-mask", name, drawn, "The mask is drawn anew here: it must be the one that the forward pass drew, kept in its cache.")


def taken_as_number(nodes, name, function, meaning):
    """1 - sigmoid(Z), where sigmoid gives back A and its cache; 1 / m, where m = Y.shape."""
    for each, held in pairs.shapes(nodes):
        yield Mistake("cannot-run", name, each, "TypeError: %s is a whole shape, and here it is taken as one number" % held, fatal=True)
    for each, called in pairs.as_numbers(nodes, meaning.tree):
        yield Mistake("cannot-run", name, each, "TypeError: %s gives back several values, and here it is taken as one" % called, fatal=True)


def helpers(tree, path):
    """Trees of the modules beside the file that functions are imported from."""
    out = []
    for each in walk(tree):
        found = beside(path, each.module) if isinstance(each, ast.ImportFrom) and each.module else None
        if found is not None and found.endswith(".py") and os.path.abspath(found) != os.path.abspath(path):
            try:
                out.append(read_source(found).tree)
            except (CannotRun, OSError, IOError):
                continue
    return out


def scopes(tree):
    """Every function, and the module itself."""
    yield tree, "<module>"
    for each in walk(tree):
        if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield each, each.name


def slipped_bracket(nodes, name, function, meaning):
    for each in nodes:
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute) and getattr(each.func.value, "id", "") in ("np", "numpy") and each.func.attr in BINARY and len(each.args) == 1 and not each.keywords and not isinstance(each.args[0], ast.Starred):
            yield Mistake("cannot-run", name, each, "np.%s needs two arguments and has one: a bracket closes too early" % each.func.attr, fatal=True)


def appended_to_itself(nodes, name, function, meaning):
    """caches.append(caches): the list holds itself where the cache of the layer is meant."""
    for each in nodes:
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute) and each.func.attr == "append" and isinstance(each.func.value, ast.Name) and len(each.args) == 1 and getattr(each.args[0], "id", None) == each.func.value.id:
            yield Mistake("cannot-run", name, each, "%s is appended to itself, where what belongs to this layer is meant: whoever takes the layer's values out of it gets the whole list." % each.func.value.id, fatal=True)


def wrong_input(nodes, name, function, meaning):
    """A derivative written for Z that is given A, or the other way round."""
    for each in nodes:
        if not isinstance(each, ast.Call) or not each.args:
            continue
        wants = meaning.derivatives.get(called_name(each))
        if wants is None:
            continue
        has = meaning.kind(each.args[0], function)
        if has is not None and has[0] != wants:
            given = ast.unparse(each.args[0])
            if wants == "Z":
                yield Mistake("activation-derivative", name, each, "%s applies the activation itself, so it takes Z, and here it is given %s, which is an activation already." % (called_name(each), given))
            else:
                yield Mistake("activation-derivative", name, each, "%s takes A, and here it is given %s, which is a pre-activation Z." % (called_name(each), given))


def wrong_activation(nodes, name, function, meaning):
    """A (1 - A) under tanh, 1 - A² under sigmoid."""
    for each in nodes:
        found = derivative_input(each)
        if found is None:
            continue
        which, value = found
        has = meaning.kind(value, function)
        if has is not None and has[0] == "A" and has[1] in ("sigmoid", "tanh") and has[1] != which:
            yield Mistake("activation-derivative", name, each, "This is the derivative of %s, and %s was made by %s." % (which, ast.unparse(value), has[1]), "A * (1 - A)" if has[1] == "sigmoid" else "1 - A ** 2")


def summed_bias(nodes, name, function, meaning):
    """db of a hidden layer as one number for all its units."""
    assigned = [(target_name(each), each) for each in nodes if isinstance(each, ast.Assign)]
    numbers = [int(re.sub(r"\D", "", target)) for target, _ in assigned if target and re.match(r"^(d|grad_?|delta_?)_?(w|b|weights?|bias)_?\d$", target, re.I)]
    for target, each in assigned:
        if not target or not re.match(r"^(d|grad_?|delta_?)_?(b|bias)_?\d?$", target, re.I):
            continue
        digits = re.sub(r"\D", "", target)
        hidden = int(digits) < max(numbers) if digits and numbers else not digits and (max(numbers, default=0) > 1 or re.search(r"(linear|affine|dense|layer)\w*(backward|back|grad)", name, re.I) or in_loop_over_layers(each, function))
        sums = [call for call in walk(each.value) if isinstance(call, ast.Call) and called_name(call) == "sum" and not any(one.arg == "axis" for one in call.keywords)]
        if hidden and len(sums) == 1 and len(sums[0].args) == 1 and getattr(getattr(sums[0].func, "value", None), "id", "") in ("np", "numpy"):
            yield Mistake("axis", name, each.value, "%s is summed over everything: one number for all units. Sum over the samples only." % target, "np.sum(dZ, axis=1, keepdims=True)")


def in_loop_over_layers(assign, function):
    """Whether the statement is in a loop whose variable chooses the parameters: W[l], "W" + str(l)."""
    for loop in [one for statement in function.body for one in own(statement) if isinstance(one, ast.For) and isinstance(one.target, ast.Name)]:
        inside = [one for statement in loop.body for one in own(statement)]
        if assign not in inside:
            continue
        for each in inside:
            if isinstance(each, ast.Subscript) and any(getattr(one, "id", "") == loop.target.id for one in walk(each.slice)):
                base = ast.unparse(each)
                if re.match(r"^(self\.)?(weights?|w|params?|parameters|theta|caches?|layers?|biases|b)\b", base, re.I):
                    return True
    return False


def reshaped(nodes, name, function, meaning):
    """W.reshape(…) in the place of W.T: as many numbers, in another order."""
    if not names.like_name(name, names.BACKWARD):
        return
    for each in nodes:
        if isinstance(each, ast.Call) and called_name(each) in ("dot", "matmul") and each.args:
            first = each.args[0]
            if isinstance(first, ast.Call) and called_name(first) == "reshape" and isinstance(first.func, ast.Attribute):
                of = ast.unparse(first.func.value)
                if names.is_weight(re.sub(r"\[.*", "", of).split(".")[-1]):
                    yield Mistake("transpose", name, first, "%s is reshaped where it should be transposed: the numbers end up in other places." % of, "W.T")


def activation_for_derivative(nodes, name, function, meaning):
    """grad * activation(Z) in a backward function: the derivative is meant."""
    if not names.like_name(name, names.BACKWARD) or not hasattr(function, "args"):
        return
    given = {each.arg for each in function.args.args if re.search(r"grad|delta|^d|err|out", each.arg, re.I)}
    inner = {id(side) for each in nodes for side in sides(each)}
    for each in nodes:
        parts = factors(each) if sides(each) and id(each) not in inner else []
        activation = next((one for one in parts if isinstance(one, ast.Call) and len(one.args) == 1 and not one.keywords and (called_name(one) in ("activation", "act") or meaning.activations.get(called_name(one))) and called_name(one) not in meaning.derivatives), None)
        # dA * s(Z) * (1 - s(Z)) is the derivative
        alone = activation is not None and not any(ast.dump(inside) == ast.dump(activation) for one in parts if one is not activation for inside in walk(one))
        if alone and any(isinstance(one, ast.Name) and one.id in given for one in parts):
            yield Mistake("activation-derivative", name, each, "The gradient is multiplied by the activation itself, %s, where its derivative is meant." % ast.unparse(activation))


def sides(node):
    """The two factors of a product, `a * b` or np.multiply(a, b); none of anything else."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        return [node.left, node.right]
    return list(node.args) if isinstance(node, ast.Call) and called_name(node) == "multiply" and len(node.args) == 2 else []


def factors(node):
    """All factors of a product of several."""
    return [one for side in sides(node) for one in factors(side)] if sides(node) else [node]


def of_another(nodes, name, function, meaning):
    """b2 = W2 + rate * …, db2 = grads["db1"]: what is another parameter's."""
    for each in crossed.crossed(nodes):
        yield Mistake(UPDATE, name, each.node, each.text, each.formula)


def minus_in_sigmoid(nodes, name, function, meaning):
    """1 / (1 - exp(-Z)): no sigmoid, and infinite at Z = 0."""
    for each in nodes:
        if isinstance(each, ast.BinOp) and isinstance(each.op, ast.Div) and isinstance(each.right, ast.BinOp) and isinstance(each.right.op, ast.Sub) and getattr(each.right.left, "value", None) == 1:
            inner = each.right.right
            if isinstance(inner, ast.Call) and called_name(inner) == "exp" and inner.args and isinstance(inner.args[0], ast.UnaryOp) and isinstance(inner.args[0].op, ast.USub):
                yield Mistake("activation", name, each, "1 - exp(-Z) stands where 1 + exp(-Z) is meant: this is no sigmoid.", "1 / (1 + np.exp(-Z))")


def moved_before_use(function, name):
    """Weights that are changed before the error is handed down through them."""
    for each, used, count in [*order.late(function, name), *entrywise.late(function)]:
        yield Mistake("order", name, each, "%s has already been updated %d line%s above, when the error is handed down through it: use the weights of before the update." % (used, count, "" if count == 1 else "s"))
    for each, used in order.in_rounds(function):
        yield Mistake("order", name, each, "%s has already been updated in the round before, when the error is handed down through it: use the weights of before the update." % used)
