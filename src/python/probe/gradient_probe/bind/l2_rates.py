"""The L2 rate that a function is given: ours, unless the file reads its own beside the argument; then both must be one number."""

import ast

import numpy as np

from ..common import names
from ..common.syntax import walk
from ..source.functions import called_name
from ..source.naming import label
from . import parameters as where
from .roles import role_of
from .usage import use_of


class L2Rates:
    """Part of a Pool."""

    def l2_rate(self, function, argument):
        """A getter: `REG` where the file calls `cost(…, REG)` and its backward pass reads REG itself; else the rate of the settings."""
        if self.switches(function, argument):
            return lambda pool: bool(pool.settings.get("l2", 0.0))
        handed = [each for each, _, _ in self.code.argument_at_site(function, argument)] + [function.defaults.get(argument)] if argument in getattr(function, "arguments", ()) else []
        given = next((each for each in handed if isinstance(each, (ast.Name, ast.Attribute))), None)
        if given is None or not self.settings.get("l2") or not self.read_itself(given):
            return lambda pool: pool.settings.get("l2", 0.0)
        if isinstance(given, ast.Attribute):
            return lambda pool: pool.number(pool.attribute(given.attr)[1])
        return lambda pool: pool.number(pool.code.namespace.get(given.id))

    def multiplies(self, function, argument):
        """Whether something is multiplied with an argument, whatever else it says."""
        use = use_of(self.code, function, argument) if hasattr(function, "node") and argument in function.arguments else None
        return use is not None and (use.scales or use.number or use.rate)

    def squared(self, function, argument, phase):
        """A getter of the weights of all layers, where a cost sums the squares of what an argument holds, `for w in L2_weights: penalty += np.sum(np.square(w))`; None of any other."""
        if phase != "cost" or "params" not in self.roles or not hasattr(function, "node") or names.is_name(argument, names.PARAM_NAMES):
            return None
        loops = [each for each in walk(function.node) if isinstance(each, (ast.For, ast.comprehension)) and getattr(each.iter, "id", None) == argument and isinstance(each.target, ast.Name)]
        taken = {each.target.id for each in loops}
        squares = [one for each in walk(function.node) for one in ([*each.args] if isinstance(each, ast.Call) and called_name(each) in ("square", "norm") else [each.left] if isinstance(each, ast.BinOp) and isinstance(each.op, ast.Pow) else [])]
        if not any(getattr(each, "id", None) in taken for each in squares):
            return None
        return lambda pool: [value for _, name, value in where.leaves(pool.roles["params"]) if names.is_weight(where.base(name)) or np.ndim(value) == 2 and min(np.shape(value)) > 1]

    def switches(self, function, argument):
        """Whether the argument only says that there is an L2 term, `if L2 == True`, and another one is its rate."""
        others = [each for each in getattr(function, "arguments", ()) if each != argument and names.is_name(each, names.L2_NAMES)]
        use = use_of(self.code, function, argument) if others and argument in function.arguments else None
        return use is not None and use.truth and not (self.multiplies(function, argument) or use.array)

    def number(self, value):
        return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else self.settings.get("l2", 0.0)

    def read_itself(self, given):
        """Whether a pass of the network, or what it calls, reads a value that is handed over as an L2 rate: a global, an attribute."""
        known = self.code.__dict__.setdefault("l2_read", {})
        key = (type(given), label(given))
        if key not in known:
            known[key] = any(isinstance(each, type(given)) and isinstance(each.ctx, ast.Load) and label(each) == label(given) and label(given) not in function.arguments for function in self.passes() for each in walk(function.node))
        return known[key]

    def passes(self):
        """The functions that may be forward, cost or backward, and all that they reach."""
        every = self.code.every
        out, todo = [], [each for each in every if any(role in ("forward", "cost", "backward", "both") for role, _ in role_of(each))]
        while todo:
            each = todo.pop()
            if each not in out:
                out.append(each)
                todo.extend(other for other in every if other.name in each.callees)
        return out
