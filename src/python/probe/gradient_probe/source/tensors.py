"""Functions that a file defines once more for tensors of another package: the network of arrays goes on with its own."""

import ast
import types

from ..common.syntax import walk

#: Packages whose arrays are not NumPy's.
PACKAGES = {"torch", "tensorflow", "keras", "jax", "mxnet", "paddle"}
#: What tensors can do and arrays cannot: (x > 0).float().
METHODS = {"float", "long", "detach", "numpy", "cpu", "unsqueeze", "clone", "zero_grad", "requires_grad", "backward"}


def once_more(statement, namespace):
    """Whether a function that is there already is defined again for tensors."""
    if not isinstance(statement, ast.FunctionDef) or not isinstance(namespace.get(statement.name), types.FunctionType):
        return False
    imported = {name for name, value in namespace.items() if isinstance(value, types.ModuleType) and value.__name__.split(".")[0] in PACKAGES}
    for each in walk(statement):
        if isinstance(each, ast.Name) and each.id in imported or imported and isinstance(each, ast.Attribute) and each.attr in METHODS and getattr(each.value, "id", "") not in ("np", "numpy", "self"):
            return True
    return False
