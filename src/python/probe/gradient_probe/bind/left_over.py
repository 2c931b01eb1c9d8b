"""What an argument must be, that nothing tells of: the targets or the prediction, whichever has no other argument, or what a pass gave back in the same order."""

import ast

from ..common import names
from ..common.syntax import walk
from ..source.functions import called_name


class LeftOver:
    """Part of a Pool."""

    def left_over(self, function, argument, phase):
        """A cost and a backward pass take the targets and the prediction: where one of the two has no argument of its name, this is it."""
        others = [each for each in function.arguments if each != argument]
        handed = self.upstream(function, argument, phase)
        if handed is not None:
            return handed
        if phase not in ("cost", "backward") or names.is_upstream(argument) or names.is_weight(argument) or names.is_bias(argument) or names.like_name(argument, "grad|delta|err|lay|num|size|act|func|opt|type|mode") or self.goes_on(function, argument):
            return None
        if not any(names.holds_targets(each) and not ("AL" in self.roles and self.named.get(names.plain(each)) is self.roles["AL"]) for each in others):
            return lambda pool: pool.data["Y"].copy()
        kept = self.in_order(function, argument) if phase == "backward" else None
        if kept is not None:
            return kept
        if "AL" in self.roles and not any(names.is_name(each, names.AL_NAMES) and self.said(function, each, phase) is None or self.named.get(names.plain(each)) is self.roles["AL"] for each in others):
            return lambda pool: pool.roles["AL"]
        return None

    def in_order(self, function, argument):
        """The lists that a pass gave back, for as many arguments that no name tells of: backward(linear, activated, y) after `return cost, zs, outputs`."""
        unknown = [each for each in function.arguments if each not in function.defaults and self.by_name(each, "backward", function, None) is None]
        for name, whole in self.whole.items():
            lists = [index for index, each in enumerate(whole) if isinstance(each, (list, dict))] if isinstance(whole, tuple) else []
            if len(lists) == len(unknown) > 1 and argument in unknown:
                return lambda pool, name=name, index=lists[unknown.index(argument)]: pool.whole[name][index]
        return None

    def goes_on(self, function, argument):
        """Whether the file hands a function what it gave back: `g = layer.back(g)`, one layer after the other. Then that is what comes from above."""
        for expression, inside, path in self.code.argument_at_site(function, argument):
            for each in walk(inside if inside is not None else self.code.trees[path]) if isinstance(expression, ast.Name) else ():
                if isinstance(each, ast.Assign) and isinstance(each.value, ast.Call) and getattr(each.targets[0], "id", None) == expression.id and called_name(each.value) == function.name:
                    return True
        return False
