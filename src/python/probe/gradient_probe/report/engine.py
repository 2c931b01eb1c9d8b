"""The result for a file with a scalar autograd engine: there is no network in it that could be bound, and each of its operations was compared by itself."""

from ..bind.deeds import products
from ..common import names
from ..judge import engines

#: Classes that are built on an engine.
NETWORK = "neuron|layer|mlp|net|perceptron|model|module|linear|optim|sgd|adam|loss"


def alone(report):
    """The same before any network is looked for, where no matrices are multiplied: then there is none but on top of it."""
    every = report.code.functions + [method for owner in report.code.classes for method in owner.methods.values()]
    return None if any(sum(products(each.node)) for each in every) else result(report)


def result(report):
    """That result; None where no class of the file is an engine, or not even sum and product could be compared."""
    found = engines.check(report.code)
    if found is None or not (found.faults or {"__add__", "__mul__"} <= set(found.right)):
        return None
    name, findings = found.engine.owner.name, []
    for each in found.faults:
        findings.append((each.method, each.line, each.rule, each.says, "Its gradient was compared with central differences of what it computes, %s." % {"alone": "by itself", "above": "with a product around it", "twice": "with its value added once more"}[each.level]))
    if found.lost is not None and found.engine.method is not None:
        findings.append((found.engine.method, found.engine.method.line, "engine-order", "%s does not add up the gradient of a value that is used on several ways: %.4g where %.4g is meant. Each object must wait for all that use it." % ((found.engine.method.name,) + found.lost), "Each operation is right by itself."))
    out = report.base("wrong" if findings else "correct", "Each operation of %s gives the derivative of what it computes: %s." % (name, ", ".join(found.right)))
    for function, line, rule, message, explanation in findings:
        out["findings"].append(dict({"rule": rule, "severity": "error", "function": function.name, "factor": None, "message": message, "explanation": explanation, "formula": None, "replacement": None}, **report.place(function.file, line)))
    if findings:
        out["summary"] = "The gradient is wrong: %s, line %s. %s" % (findings[0][0].name, out["findings"][0].get("line"), findings[0][3])
    out["checked"] = ["each operation of %s against central differences, alone and with its values used twice: %s" % (name, ", ".join(found.right))] if found.right else []
    out["notChecked"] = list(found.untold)
    if found.engine.method is None:
        out["notChecked"].append("the way back through all operations: the file has none, so the closures were called here, the last one first")
    others = [each.name for each in report.code.classes if each.own and each is not found.engine.owner and names.like_name(each.name, NETWORK)]
    if others:
        out["notChecked"].append("what is built on %s was not looked at: %s" % (name, ", ".join(others)))
    return out
