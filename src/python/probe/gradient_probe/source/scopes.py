"""Which names a function makes its own, and which stay those of the module."""

import ast

from ..common.syntax import walk


def local_names(function):
    """Names that a function assigns, or is given; those it declares global or nonlocal too, since they may be assigned."""
    own = function.args
    out = {each.arg for each in list(getattr(own, "posonlyargs", [])) + own.args + own.kwonlyargs + [one for one in (own.vararg, own.kwarg) if one is not None]}
    for each in walk(function):
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            out.add(each.id)
        elif isinstance(each, (ast.Global, ast.Nonlocal)):
            out.update(each.names)
    return out
