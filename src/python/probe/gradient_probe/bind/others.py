"""Objects of their classes that their functions are given: a loss, an activation, the network that a training function or a trainer works on."""

import ast

from ..common import names
from ..common.syntax import unwritten, walk
from ..source.functions import called_name
from ..source.selfless import of_functions
from . import constructors, growing
from .objects import attributes_of


def holds_others(owner, methods):
    """Whether one of these methods calls the same of what the object holds: `for layer in self.layers: x = layer.forward(x)`."""
    return any(isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute) and called_name(each) == name and getattr(each.func.value, "id", "") != "self" for name in methods if name in owner.methods for each in walk(owner.methods[name].node))


def made(pool, owner, plan):
    """An object, with its layers where it gets them by calls."""
    out = owner.made({name: getter(pool) for name, getter in plan})
    if growing.from_outside(owner, pool.code):
        growing.grow(owner, out, pool)
    return out


class Others:
    """Part of a Pool."""

    def objects_of_theirs(self, use, function, argument):
        """New objects of their classes that have all the methods which are called: `loss.forward(…)`, `activation.derivative(…)`; the network of layers before a layer, and those first that need nothing. A loss is none of an activation."""
        methods = {name for name, called in use.attributes.items() if called} | ({"__call__"} if use.attributes and use.operands else set())
        if not methods or use.array or use.listed or use.keys:
            return []
        found = [each for each in self.code.classes if methods <= set(each.methods) and each.value is not function.owner and not getattr(each.value, "__abstractmethods__", None) and not any(unwritten(each.methods[name].node) for name in methods)]
        found = [each for each in found if set(use.attributes) <= attributes_of(each)] or found
        found.sort(key=lambda each: (names.like_name(argument, names.COST) != names.like_name(each.name, names.COST), not holds_others(each, methods), constructors.needs(each)))
        return [lambda pool, plan=plan, owner=each: owner.value if of_functions(owner.value) else made(pool, owner, plan) for each in found for plan in self.planned(each)]

    def checked_one(self, argument):
        """The object that is checked, for the name that the file has for one of its class: `NN = Network(x, y)` in a cost that stands in the script, `np.mean((y - NN.result(x)) ** 2)`. None of any other name."""
        for index, each in enumerate(self.objects):
            if [argument] in self.code.unpacked.get(type(each).__name__, []):
                return lambda pool: pool.objects[index]
        return None

    #: classes whose constructors are planned just now, one inside the other
    inside = ()

    def planned(self, owner):
        """[the plan of a constructor], or [] where the file does not say what it is given."""
        if owner in self.inside:
            return []
        self.inside += (owner,)
        try:
            return [constructors.plan(self, owner)]
        except LookupError:
            return []
        except Exception as error:
            if type(error).__name__ != "Missing":
                raise
            return []
        finally:
            self.inside = self.inside[:-1]
