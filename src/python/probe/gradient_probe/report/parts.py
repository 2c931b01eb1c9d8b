"""The result for a file of parts alone, activations, layers and losses with their backward passes: there is no network in it, and each was compared by itself."""

import ast

from ..bind.deeds import products
from ..common import names
from ..common.syntax import unwritten
from ..judge import slopes
from ..source.links import is_link


def correct(report):
    """That result, where nothing else stands in the file and every derivative in it is right; None elsewhere."""
    if report.search.cut or report.loader.problems:
        # what could not be loaded, or tried, may be a network
        return None
    code, right = report.code, right_alone(report)
    functions = [each for each in code.functions if each.own]
    methods = [(owner, each) for owner in code.classes for each in owner.methods.values() if each.own]
    called = {name for each in functions + [method for _, method in methods] if each.title in right for name in each.callees}
    # a class that is no layer and no loss, and not abstract, may be a network
    parts = {owner for owner, each in methods if each.title in report.alone}
    others = [each for owner, each in methods if not unwritten(each.node) and (owner not in parts or each.title not in right and each.name not in called and is_derivative(each))]
    # whatever is no activation, and every derivative, must be one of those, or stand in one
    others += [each for each in functions if each.title not in right and each.name not in called and is_derivative(each) and (each.returns or is_link(each) and len(each.needed) > 1)]
    passes = [each for role in ("init", "backward", "both", "update") for each in report.search.found[role] if each.title not in right]
    network = passes or any(sum(products(each.node)) or names.like_name(each.name, names.TRAIN) for each in functions if each.title not in right) or any(isinstance(each, (ast.For, ast.While)) for each in report.source.tree.body)
    if not right or others or network:
        return None
    out = report.base("correct", "Each derivative is right by itself: %s. There is no network in this file." % ", ".join(right))
    out["checked"] = [said(right)]
    out["notChecked"] = ["how they are put together: there is no network in this file"]
    return out


def with_those_right(out, report):
    """A result that says nothing of a network, with the parts that are right by themselves."""
    right = right_alone(report) if out["verdict"] == "not bound" else []
    return dict(out, checked=out["checked"] + [said(right)]) if right else out


def right_alone(report):
    """Titles of the file's own functions whose derivative is right by itself."""
    own = {each.title for each in report.code.functions + [method for owner in report.code.classes for method in owner.methods.values()] if each.own}
    pairs = [each for each in slopes.every_pair(report.code) if each.function.own]
    return [each for each in dict.fromkeys(report.alone + [each.function.title for each in pairs if slopes.is_slope(each)]) if each in own]


def said(right):
    return "by itself, against differences of its own forward pass: %s" % ", ".join(right)


def is_derivative(function):
    return names.like_name(function.name, names.BACKWARD + "|" + names.DERIVATIVE)
