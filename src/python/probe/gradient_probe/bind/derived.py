"""The derivative of a loss that the file's own call of the backward pass hands over, whatever the argument is called: `net.backward(mse_grad(output, y))`, computed of the prediction of this run."""

import ast

from ..common import names
from ..source.functions import called_name, method_on
from .constructors import needs


class Derived:
    """Part of a Pool."""

    def derived(self, function, argument, phase):
        """A getter of what a function of theirs that derives a loss gives for the prediction and the targets; None where the file hands over another thing."""
        if phase != "backward" or "AL" not in self.roles or not hasattr(function, "node") or function.file not in self.code.trees or any(rule(argument) for rule in (names.holds_targets, names.holds_samples, names.is_weight, names.is_bias)):
            return None
        known = self.code.__dict__.setdefault("derived", {})
        if (function.node, argument) not in known:
            calls = [expression if isinstance(expression, ast.Call) else self.assigned(expression, inside, path) for expression, inside, path in self.code.argument_at_site(function, argument)]
            known[function.node, argument] = [self.derivative(each) for each in calls if each is not None]
        for target in known[function.node, argument]:
            if target is not None:
                try:
                    plan = self.plan(target[0], "cost")
                except LookupError:
                    continue
                except Exception as error:
                    if type(error).__name__ != "Missing":
                        raise
                    continue
                return lambda pool, target=target[1], plan=plan: target()(**{name: getter(pool) for name, getter in plan})
        return None

    def assigned(self, expression, inside, path):
        """The call behind a name, `grad = mse_grad(output, y)`, in the function where it stands."""
        body = inside if inside is not None else self.code.trees[path]
        found = [each.value for each in ast.walk(body) if isinstance(each, ast.Assign) and len(each.targets) == 1 and isinstance(expression, ast.Name) and getattr(each.targets[0], "id", None) == expression.id]
        return found[0] if len(found) == 1 and isinstance(found[0], ast.Call) else None

    def derivative(self, call):
        """(Function, what gives it) of a derivative of a loss by its name and by its two arguments, one of them the targets."""
        name = called_name(call)
        every = [(each, lambda each=each: each.target) for each in self.code.functions]
        every += [(each, (lambda each=each, owner=owner: method_on(owner.value(), each)) if each.bound else lambda each=each: each.target) for owner in self.code.classes if not needs(owner) for each in owner.methods.values()]
        for each, target in every:
            needed = each.needed
            if each.name == name and len(needed) == 2 and len(call.args) + len(call.keywords) == 2 and any(names.holds_targets(one) for one in needed) and each.returns and names.like_name(name, names.DERIVATIVE + "|" + names.BACKWARD):
                return each, target
        return None
