"""Checks torch.autograd.Function subclasses with torch's own gradcheck, and says which input and entry is off."""

import inspect
import re

from ..common import names
from ..common.syntax import walk


def subclasses(source):
    """Names and lines of classes that derive from torch.autograd.Function, read off the syntax tree."""
    import ast

    out = []
    for node in walk(source.tree):
        if isinstance(node, ast.ClassDef) and any(re.search(r"(^|\.)Function$", ast.unparse(each) if hasattr(ast, "unparse") else getattr(each, "attr", getattr(each, "id", ""))) for each in node.bases):
            methods = {each.name: each.lineno for each in node.body if isinstance(each, ast.FunctionDef)}
            if "forward" in methods and "backward" in methods:
                out.append((node.name, node, methods))
    return out


def check(source, path):
    """[(class, line of backward, message or None, note)], or None where torch is not there."""
    try:
        import torch
    except ImportError:
        return None
    namespace = {"__name__": "person", "__file__": path}
    import ast

    for statement in source.tree.body:
        if isinstance(statement, (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)):
            try:
                exec(compile(ast.Module(body=[statement], type_ignores=[]), path, "exec", source.flags), namespace)
            except Exception:
                continue
    out = []
    for name, node, methods in subclasses(source):
        function = namespace.get(name)
        if function is not None:
            out.append((name, methods["backward"], *one(torch, function)))
    return out


def one(torch, function):
    """(message, note): message None where gradcheck passes or no input fits; note says what was given."""
    arguments = [each for each in inspect.signature(function.forward).parameters.values()][1:]
    torch.manual_seed(3)
    last = None
    for shapes in candidates(arguments):
        inputs = []
        for argument, shape in zip(arguments, shapes):
            if shape is None:
                inputs.append(argument.default if argument.default is not inspect.Parameter.empty else 2.0)
            else:
                # away from 0, where a kink may be
                value = torch.rand(shape, dtype=torch.float64) + 0.2
                inputs.append((value * torch.where(torch.rand(shape) < 0.5, -1.0, 1.0)).requires_grad_(True))
        try:
            function.apply(*inputs)
        except Exception as error:
            last = error
            continue
        note = ", ".join("%s %s" % (argument.name, "×".join(str(each) for each in shape) if shape else "given") for argument, shape in zip(arguments, shapes))
        try:
            torch.autograd.gradcheck(function.apply, tuple(inputs), eps=1e-6, atol=1e-5, rtol=1e-4)
            return None, note
        except Exception as error:
            return describe(str(error), [argument.name for argument in arguments]), note
    return None, "no input was found that forward takes (%s)" % last


def candidates(arguments):
    """Shapes to try: all (4, 3); or input × weight, bias as a linear layer has them."""
    required = [each for each in arguments if each.default is inspect.Parameter.empty or names.is_weight(each.name) or names.is_bias(each.name)]
    count = len(arguments)
    plain = [(4, 3) if each in required else None for each in arguments]
    yield plain
    for rule in (lambda name: (5, 3) if names.is_weight(name) else ((5,) if names.is_bias(name) else (4, 3)), lambda name: (3, 5) if names.is_weight(name) else ((5,) if names.is_bias(name) else (4, 3))):
        yield [rule(each.name) if each in required else None for each in arguments]
    if count > 1:
        yield [(4, 3)] + [None] * (count - 1)
    if count == 2:
        yield [(4, 3), (3, 2)]
    yield [(4,) if each in required else None for each in arguments]


def describe(message, arguments):
    """torch's message with the input's name and the worst entry in front."""
    found = re.search(r"Jacobian mismatch for output (\d+) with respect to input (\d+)", message)
    if not found:
        return message.strip().split("\n")[0]
    index = int(found.group(2))
    name = arguments[index] if index < len(arguments) else "input %d" % index
    numeric = re.search(r"numerical:\s*tensor\((.*?)\)\s*\n?analytical", message, re.S)
    analytic = re.search(r"analytical:\s*tensor\((.*?)(,\s*dtype|\)\s*$)", message, re.S)
    text = "The gradient for %s (input %d) is not that of forward" % (name, index)
    if numeric and analytic:
        one, other = (rows(each.group(1)) for each in (numeric, analytic))
        if one and len(one) == len(other) and len(one[0]) == len(other[0]):
            i, j = max(((i, j) for i in range(len(one)) for j in range(len(one[0]))), key=lambda at: abs(one[at[0]][at[1]] - other[at[0]][at[1]]))
            text += ": at entry (%d, %d) of the Jacobian it is %.6g, forward changes by %.6g" % (i, j, other[i][j], one[i][j])
    return text + "."


def rows(text):
    out = [[float(each) for each in re.findall(r"-?\d+\.?\d*(?:e[-+]?\d+)?", line)] for line in re.findall(r"\[([^\[\]]+)\]", text)]
    return [each for each in out if each]
