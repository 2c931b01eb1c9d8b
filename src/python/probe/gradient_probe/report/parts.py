"""The result for a file of activations and their backward passes alone, `relu(Z)` and `relu_backward(dA, cache)`: there is no network in it, and each was compared by itself."""

import ast

from ..bind.deeds import products
from ..common import names
from ..judge import slopes


def correct(report):
    """That result, where nothing else stands in the file and every derivative in it is right; None elsewhere."""
    code = report.code
    functions = [each for each in code.functions if each.own]
    pairs = [each for each in slopes.every_pair(code) if each.function.own]
    right = list(dict.fromkeys(report.alone + [each.function.title for each in pairs if slopes.is_slope(each)]))
    # what is no activation, and every derivative, must be one of those
    others = [each for each in functions if each.title not in right and (not names.like_name(each.name, names.ACTIVATION) or names.like_name(each.name, names.BACKWARD + "|" + names.DERIVATIVE))]
    network = any(sum(products(each.node)) for each in functions) or any(isinstance(each, (ast.For, ast.While)) for each in report.source.tree.body)
    if not right or others or network or any(each.own for owner in code.classes for each in owner.methods.values()):
        return None
    out = report.base("correct", "Each derivative is right by itself: %s. There is no network in this file." % ", ".join(right))
    out["checked"] = ["by itself, against differences of its own activation: %s" % ", ".join(right)]
    out["notChecked"] = ["how they are put together: there is no network in this file"]
    return out
