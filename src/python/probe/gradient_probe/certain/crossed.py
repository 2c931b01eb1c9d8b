"""What belongs to one parameter and is taken from the place of another, beside others that are taken from their own: `db2 = grads["db1"]`, `b2 = W2 - rate * db2`, `b2 -= rate * db1`, told by reading."""

import ast
import copy
import re

from ..common import names
from ..common.syntax import walk
from ..source.functions import called_name
from ..source.naming import holder
from . import steps
from .statements import assigned

#: So many beside it are taken from their own places: then that is what is meant.
BESIDE = 2


class Pair:
    """`own`: the parameter whose place it is; `given`: the one whose value stands there. `text`, `formula`: what is said of it."""

    def __init__(self, node, own, given, text, formula):
        self.node, self.own, self.given, self.text, self.formula = node, own, given, text, formula


def crossed(nodes):
    """[Pair] of a function or a script, in its order."""
    moving = any(names.is_gradient(called(each)) for each in nodes if isinstance(each, (ast.Name, ast.Subscript, ast.Constant)))
    groups = [starts(nodes), moved(nodes), gathered(nodes)] + (list(reads(nodes)) + [displayed(each) for each in nodes if isinstance(each, ast.Dict)] if moving else [])
    return sorted((each for group in groups for each in told(group)), key=lambda each: (each.node.lineno, each.node.col_offset))


def told(pairs):
    own = [each.own for each in pairs if each.own == each.given]
    # of "W" + str(l) and "b" + str(l), in a loop, there are but two
    if pairs and all(counts(each.own) and counts(each.given) for each in pairs):
        return [each for each in pairs if own and (each.own[0] == each.given[0]) != (each.own[1] == each.given[1])]
    if len(own) < BESIDE:
        return []
    # one of the two is there by itself, and the other is lost; two that are swapped, or all of another numbering, may be meant
    return [each for each in pairs if apart(each.own, each.given) and (each.own in own) != (each.given in own)]


def starts(nodes):
    """`b2 = W2 + rate * …`: what a parameter starts from."""
    out = []
    for each in nodes:
        if isinstance(each, ast.Assign) and len(each.targets) == 1 and isinstance(each.value, ast.BinOp) and isinstance(each.value.op, (ast.Add, ast.Sub)) and moves(each.value.right):
            own, given = parameter(each.targets[0]), parameter(each.value.left)
            if own is not None and given is not None:
                target = ast.unparse(each.targets[0])
                out.append(Pair(each, own, given, "%s is set to %s and the step: its own value is lost." % (target, ast.unparse(each.value.left)), "%s = %s %s %s" % (target, target, "+" if isinstance(each.value.op, ast.Add) else "-", ast.unparse(each.value.right))))
    return out


def moved(nodes):
    """`b2 -= rate * db1`: what a parameter is moved by."""
    out = []
    gradients = {kind(steps.said(each), counted(each)) for each in nodes if isinstance(each, (ast.Name, ast.Attribute, ast.Subscript)) and names.is_gradient(steps.said(each))}
    for each in nodes:
        found = steps.move(each)
        gradient = steps.gradient(found[1]) if found is not None else None
        if gradient is None or names.is_gradient(steps.said(found[0])) or isinstance(getattr(gradient, "slice", None), (ast.Tuple, ast.Slice)):
            # a gradient that is gathered, and the row of a matrix that is the bias
            continue
        own, given = parameter(found[0]), kind(steps.said(gradient), counted(gradient))
        if own is not None and given is not None and (counts(own) or any(each is not None and each[0] == own[0] for each in gradients)):
            # a gradient of its kind stands beside: weights_gradient may be what a file calls the error
            out.append(Pair(each, own, given, "%s is moved by %s, the gradient of another parameter." % (ast.unparse(found[0]), ast.unparse(gradient)), None))
    return out


def gathered(nodes):
    """`v["db"] = beta * v["db"] + (1 - beta) * grads["dW"]`: what the memory of an optimizer is made of, beside itself; `corrected["db"] = v["dW"] / (1 - beta ** t)`."""
    out = []
    for each in nodes:
        if not isinstance(each, ast.Assign) or len(each.targets) != 1 or not isinstance(each.value, ast.BinOp) or not names.is_gradient(holder(each.targets[0])):
            continue
        # grads_v of grads_v["db"] is the table, and no gradient
        tables = {id(one.value) for one in walk(each.value) if isinstance(one, ast.Subscript)}
        target, read = each.targets[0], [one for one in walk(each.value) if isinstance(one, (ast.Name, ast.Attribute, ast.Subscript)) and id(one) not in tables]
        divided = isinstance(target, ast.Subscript) and isinstance(each.value.op, ast.Div)
        if not divided and not (isinstance(each.value.op, ast.Add) and any(ast.unparse(one) == ast.unparse(target) for one in read)):
            continue
        own = parameter(target)
        for one in read:
            given = kind(steps.said(one), counted(one)) if names.is_gradient(holder(one)) and ast.unparse(one) != ast.unparse(target) else None
            if own is not None and given is not None:
                out.append(Pair(each, own, given, "%s gathers %s, the gradient of another parameter." % (ast.unparse(target), ast.unparse(one)), None))
    return out


def reads(nodes):
    """`db2 = grads["db1"]`: what is taken out of a table, the pairs of each table."""
    tables = {}
    for each in nodes:
        for target, value in assigned(each):
            text = key(value)
            own, given = kind(called(target)), kind(text) if text is not None else None
            if own is not None and given is not None and isinstance(target, (ast.Name, ast.Attribute)) and names.is_gradient(called(target)) == names.is_gradient(text):
                meant = copy.deepcopy(value)
                meant.slice = ast.Constant(value=called(target))
                tables.setdefault(ast.unparse(value.value), []).append(Pair(each, own, given, "%s is taken from %s, which belongs to another parameter." % (ast.unparse(target), ast.unparse(value)), "%s = %s" % (ast.unparse(target), ast.unparse(meant))))
    return tables.values()


def displayed(table):
    """{"dW1": dW1, "db2": db1, …}: what stands under which key."""
    out, pairs = [], [(one.value, value) for one, value in zip(table.keys, table.values) if isinstance(one, ast.Constant) and isinstance(one.value, str) and isinstance(value, (ast.Name, ast.Attribute))]
    keys = [text for text, _ in pairs]
    for text, value in pairs:
        own, given = kind(text), kind(called(value))
        if own is not None and given is not None and names.is_gradient(text) == names.is_gradient(called(value)):
            lost = "this key is there twice, and %s has none of its own" % ast.unparse(value) if keys.count(text) > 1 else "its own value stands nowhere"
            out.append(Pair(value, own, given, "%s stands under the key %r of another parameter: %s." % (ast.unparse(value), text, lost) if keys.count(text) > 1 else "The key %r holds %s, which belongs to another parameter: %s." % (text, ast.unparse(value), lost), "%r: %s" % (called(value), ast.unparse(value)) if keys.count(text) > 1 else None))
    return out


def key(node):
    """'db1' of grads["db1"]; None of anything else."""
    inner = getattr(node, "slice", None)
    return inner.value if isinstance(node, ast.Subscript) and isinstance(inner, ast.Constant) and isinstance(inner.value, str) else None


def called(node):
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else key(node) or getattr(node, "attr", getattr(node, "id", ""))


def parameter(node):
    """('W' or 'b', number of the layer as text) of what a name, an attribute or a text key says, of a parameter or its gradient; None of anything else."""
    return kind(holder(node), counted(node)) if isinstance(node, (ast.Name, ast.Attribute, ast.Subscript)) else None


def counted(node):
    """'l + 1' of params["W" + str(l + 1)], f"W{l + 1}" and "W%d" % (l + 1)."""
    parts = [] if not isinstance(node, ast.Subscript) else list(walk(node.slice))
    values = [each.value for each in parts if isinstance(each, ast.FormattedValue)] + [each.right for each in parts if isinstance(each, ast.BinOp) and isinstance(each.op, ast.Mod)]
    values += [one for each in parts if isinstance(each, ast.Call) and called_name(each) in ("str", "format") for one in each.args]
    return "".join(ast.unparse(each) for each in values)


def counts(parameter):
    """Whether its number is counted by a loop."""
    return re.search("[a-z]", parameter[1]) is not None


def kind(name, number=""):
    stem = names.stem(name)[0] if names.is_gradient(name) else name
    letter = "W" if names.is_weight(stem) else "b" if names.is_bias(stem) else None
    return None if letter is None else (letter, number or "".join(re.findall(r"\d+", stem)))


def apart(one, other):
    """A weight for a bias, or one layer for another; W for W1 is only another name."""
    return one[0] != other[0] or bool(one[1] and other[1]) and one[1] != other[1]


def moves(value):
    """Whether it is a product, as the rate times a gradient is."""
    return any(isinstance(each, ast.BinOp) and isinstance(each.op, ast.Mult) or isinstance(each, ast.Call) and called_name(each) in ("multiply", "dot") for each in walk(value))
