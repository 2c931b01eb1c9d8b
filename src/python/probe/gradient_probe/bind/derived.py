"""The derivative of a loss that the file's own call of the backward pass hands over, whatever the argument is called: `net.backward(mse_grad(output, y))`, computed of the prediction of this run."""

import ast

from ..common import names
from ..common.syntax import walk
from ..source.functions import called_name, method_on
from .constructors import needs


def taken_at(value, place):
    """One of several results; the result itself where it is one."""
    return value[place] if place is not None and isinstance(value, tuple) else value


class Derived:
    """Part of a Pool."""

    def derived(self, function, argument, phase):
        """A getter of what a function of theirs that derives a loss gives for the prediction and the targets; None where the file hands over another thing."""
        if phase != "backward" or "AL" not in self.roles or not hasattr(function, "node") or function.file not in self.code.trees or any(rule(argument) for rule in (names.holds_targets, names.holds_samples, names.is_weight, names.is_bias)):
            return None
        known = self.code.__dict__.setdefault("derived", {})
        if (function.node, argument) not in known:
            calls = [(expression, None) if isinstance(expression, ast.Call) else self.assigned(expression, inside, path) for expression, inside, path in self.code.argument_at_site(function, argument)]
            known[function.node, argument] = [(self.derivative(call), place) for call, place in calls if call is not None]
        for target, place in known[function.node, argument]:
            if target is not None:
                try:
                    plan = self.plan(target[0], "cost")
                except LookupError:
                    continue
                except Exception as error:
                    if type(error).__name__ != "Missing":
                        raise
                    continue
                return lambda pool, target=target[1], plan=plan, place=place: taken_at(target()(**{name: getter(pool) for name, getter in plan}), place)
        return None

    def assigned(self, expression, inside, path):
        """(the call behind a name, its place among several results): `grad = mse_grad(output, y)`, `grad, index = …`, in the function where it stands; (None, None) of any other."""
        body = inside if inside is not None else self.code.trees[path]
        found = []
        for each in walk(body):
            target = each.targets[0] if isinstance(each, ast.Assign) and len(each.targets) == 1 and isinstance(expression, ast.Name) else None
            several = target.elts if isinstance(target, ast.Tuple) else [target]
            found += [(each.value, index if isinstance(target, ast.Tuple) else None) for index, one in enumerate(several) if isinstance(one, ast.Name) and one.id == expression.id]
        return found[0] if len(found) == 1 and isinstance(found[0][0], ast.Call) else (None, None)

    def place_of(self, function, argument):
        """Which of the several results of a derivative the file hands over: 0 of `grad, index = loss.backward(A, Y)` and `net.backward(grad, index)`; None where it has one."""
        places = {self.assigned(*each)[1] for each in self.code.argument_at_site(function, argument)} - {None}
        return places.pop() if len(places) == 1 else None

    def derivative(self, call):
        """(Function, what gives it) of a derivative of a loss by its name and by its two arguments, one of them the targets; that of a class which is a loss by its name before others, `loss.backward(A, Y)` beside `layer.backward(grad, labels)`."""
        name = called_name(call)
        every = [(each, lambda each=each: each.target) for each in self.code.functions]
        every += [(each, (lambda each=each, owner=owner: method_on(owner.value(), each)) if each.bound else lambda each=each: each.target) for owner in sorted(self.code.classes, key=lambda one: not names.like_name(one.name, names.COST)) if not needs(owner) for each in owner.methods.values()]
        for each, target in every:
            needed = each.needed
            if each.name == name and len(needed) == 2 and len(call.args) + len(call.keywords) == 2 and any(names.holds_targets(one) for one in needed) and each.returns and names.like_name(name, names.DERIVATIVE + "|" + names.BACKWARD):
                return each, target
        return None
