"""What a function is given by its callers, and theirs, under names of their own: `backward(X, y, logits)` after `logits, probs = forward(X)`; `train(hidden_weights)` in `run(w_hidden)`, which is called with what the initializer made."""

import ast

from ..common import names
from ..source.naming import label
from .widths import compiled


def part_of(expression):
    """The name in `AL[0]`, `A[-1]` and `AL.T`; None for any other expression."""
    changed = False
    while isinstance(expression, ast.Subscript) and isinstance(expression.slice, (ast.Constant, ast.UnaryOp)) and not isinstance(getattr(expression.slice, "value", None), str) or isinstance(expression, ast.Attribute) and expression.attr == "T":
        expression, changed = expression.value, True
    return expression.id if changed and isinstance(expression, ast.Name) else None


class Callers:
    """Part of a Pool."""

    def handed(self, function, argument, phase):
        """What the file itself hands over: `backward(X, y, logits)` after `logits, probs = forward(X)`."""
        if phase not in ("cost", "backward") or names.plain(argument) in self.named and not self.given_another(function, argument):
            return None
        made_by = None if names.holds_targets(argument) else self.made_whole(function, argument)
        if made_by is not None:
            return lambda pool: pool.whole[made_by]
        if len(self.results) < 2:
            return None
        if names.holds_targets(argument) and any(names.is_name(each, names.AL_NAMES) and not names.holds_targets(each) for each in function.arguments):
            # beside `y_hat` it is the targets, though some other function calls what it predicts `Y`
            return None
        for expression, _, _ in self.code.argument_at_site(function, argument):
            name = label(expression)
            if name is not None and names.plain(name) in self.results:
                key = names.plain(name)
                return lambda pool: pool.results[key]
            root = part_of(expression)
            if root is not None and names.plain(root) in self.results:
                # compute_cost(AL[0], y)
                return lambda pool, code=compiled(expression): eval(code, {"__builtins__": {}}, {root: pool.results[names.plain(root)]})
        return None

    def handed_on(self, function, argument, phase, depth=3):
        """Parameters for a function that calls them otherwise than whoever made them: by the names that its callers, and theirs, have for them."""
        if self.making(phase) or names.plain(argument) in self.named or not (names.is_weight(argument) or names.is_bias(argument) or names.is_name(argument, names.PARAM_NAMES + "|^bias(es)?$")):
            return None
        sites = self.code.argument_at_site(function, argument) if depth else []
        if len({label(expression) for expression, _, _ in sites} - {argument}) > 1:
            # linear_forward(X, W1, b1) and linear_forward(A1, W2, b2): one layer, whose weights are those of each in turn
            return None
        for expression, inside, _ in sites:
            name = label(expression)
            if name is not None and names.plain(name) in self.named:
                return lambda pool, key=names.plain(name): pool.named[key]
            caller = next((each for each in self.code.functions if each.node is inside and name in each.arguments), None)
            found = self.handed_on(caller, name, phase, depth - 1) if caller is not None else None
            if found is not None:
                return found
        return None
