"""The L2 rate that a function is given: ours, unless the file reads its own beside the argument; then both must be one number."""

import ast

from ..common import names
from ..common.syntax import walk
from ..source.functions import label
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

    def switches(self, function, argument):
        """Whether the argument only says that there is an L2 term, `if L2 == True`, and another one is its rate."""
        others = [each for each in getattr(function, "arguments", ()) if each != argument and names.is_name(each, names.L2_NAMES)]
        use = use_of(self.code, function, argument) if others and argument in function.arguments else None
        return use is not None and use.truth and not (use.scales or use.number or use.rate or use.array)

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
        every = self.code.functions + [method for owner in self.code.classes for method in owner.methods.values()]
        out, todo = [], [each for each in every if any(role in ("forward", "cost", "backward", "both") for role, _ in role_of(each))]
        while todo:
            each = todo.pop()
            if each not in out:
                out.append(each)
                todo.extend(other for other in every if other.name in each.callees)
        return out
