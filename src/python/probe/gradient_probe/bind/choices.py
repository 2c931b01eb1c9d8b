"""What is given for an argument whose name and calls say nothing: by its use, and where that leaves several, the one to be tried."""

import argparse
import ast
import copy
import itertools
import re

import numpy as np

from ..common import names
from ..common.syntax import walk
from .activations import is_derivative
from .parameters import fields
from .usage import Use, use_at, use_of

#: More ways than this to give the arguments of one attempt are not tried.
MOST_WAYS = 8
#: A number of which nothing else is known: the slope of a leaky ReLU, a threshold.
SHARE = 0.125
#: Attempts of one search with something else given for an argument that nothing says more of.
MOST_DETOURS = 60


def fixed(value):
    """The same for every call; a list anew for each, since code may lengthen what it is given."""
    return (lambda pool: copy.deepcopy(value)) if isinstance(value, (list, dict)) else lambda pool: value


class Choices:
    """Part of a Pool. `code.open_choices`: {(function, argument): how many ways there are}."""

    def by_use(self, function, argument, phase):
        if not hasattr(function, "node"):
            return None
        if not any(isinstance(each, ast.Name) and each.id == argument for each in walk(function.node)):
            # it is never read
            return fixed(None)
        use = use_of(self.code, function, argument)
        there = self.there(use, phase)
        if there is not None:
            return there
        found = self.chosen((function.title, argument), self.ways(use, function, argument, phase, ()))
        # it is kept, and nothing is done with it
        return fixed(None) if found is None and self.making(phase) and function.owner is not None and use.silent else found

    def of_parts(self, function, argument, phase):
        """What is read by keys or attributes: what is there and has them, else settings made of what each of them wants."""
        use = use_of(self.code, function, argument) if hasattr(function, "node") else Use()
        return self.by_use(function, argument, phase) if self.parts(use) else None

    def holder(self, function, argument):
        """Whether what is named as samples is read as an object that holds them: data.x, data.y."""
        if not names.is_name(argument, names.X_NAMES) or not hasattr(function, "node"):
            return False
        use = use_of(self.code, function, argument)
        return any(not hasattr(np.ndarray, each) for each in (self.parts(use) if use.attributes else ()))

    @staticmethod
    def parts(use):
        """Keys or attributes of settings: no method is called, and no weights are among them."""
        fields = [name for name in use.attributes] if use.attributes and not any(use.attributes.values()) else list(use.keys) if len(use.keys) > 1 and not use.attributes else []
        return [] if use.array or use.listed or any(names.is_weight(each) or names.is_bias(each) or names.is_gradient(each) for each in fields) else fields

    def chosen(self, key, ways):
        if not ways:
            return None
        if len(ways) > 1:
            self.code.__dict__.setdefault("open_choices", {})[key] = len(ways)
        return ways[min(dict(self.settings.get("uses") or ()).get(key, 0), len(ways) - 1)]

    def for_layers(self, function, argument, key, default, phase):
        """A rate of dropout as the code reads it: a number, one for each layer in a list, or by the number of the layer, `keep_probs.get(l, 1.0)`. None where the file's own default stands."""
        sizes, rate = self.sizes, self.settings.get(key, 1.0 if key == "keep" else 0.0)
        use = use_of(self.code, function, argument) if hasattr(function, "node") and argument in function.arguments else Use()
        if use.listed:
            # as many as any code reads; or as many as there are hidden layers, or layers, where they are counted
            counts = (sizes.L + 1, max(1, sizes.L - 1), sizes.L)
            return self.chosen((function.title, argument), [fixed([rate] * count) for count in counts]) if default is None else None
        if key == "drop" and (phase == "ctor" and not rate and default is not None or isinstance(getattr(default, "value", None), bool)):
            return None
        return fixed({layer: rate for layer in range(1, sizes.L)} if use.attributes.get("get") else rate)

    def unlike(self, function, argument, phase, getter):
        """Whether what a name says is a number of units, or a list of them, is used as something else: an array, a number of layers, a part of a list; or samples as a number of units."""
        if not self.making(phase) or not hasattr(function, "node") or argument not in function.arguments:
            return False
        use = use_of(self.code, function, argument)
        if (use.sized or use.placed) and not use.array and isinstance(getter(self), (np.ndarray, float)):
            # l0, l1, l2 as numbers of units, where l0 is the samples to others and l2 a penalty
            return True
        if use.sized or use.placed or not isinstance(getter(self), (int, list)):
            return False
        if any(each in use.attributes for each in ("get", "items", "keys")):
            # options by layer, `inits.get(l, "he")`
            return True
        if argument in function.defaults:
            return False
        if self.data_role(use, argument) and (use.listed or use.array) and not use.of_sizes:
            return True
        if self.data_role(use, argument) == "Y" and use.silent and not set(names.words(argument)) & names.COUNTS and any(use_of(self.code, function, each).array for each in function.arguments if each != argument):
            # beside an array, and of no use as a size: labels, and not how many there are
            return True
        if use.listed:
            return bool(use.joined) and not use.array and not self.joined(function, argument)
        return use.array and not use.counts or use.counts and not use.array and names.plain(argument) == "layers"

    def an_array(self, function, argument, size):
        """Whether a number of units, as its name says, is nothing but an array: the samples d of a training, in `d.dot(W) + b`, beside the targets t."""
        if not hasattr(function, "node") or argument not in function.arguments:
            return False
        use = use_of(self.code, function, argument)
        return use.array and not (use.counts or use.sized or use.placed) and isinstance(size(self), int)

    # -- what is there

    def there(self, use, phase):
        """What has the very keys or attributes that are read: the parameters, what forward kept."""
        if self.making(phase):
            return None
        keys, attributes = set(use.keys), {name for name, called in use.attributes.items() if not called}
        for role in ("params", "cache", "grads"):
            value = self.roles.get(role)
            if isinstance(value, dict) and keys and keys <= set(value) or attributes and not isinstance(value, dict) and attributes <= set(fields(value)):
                return lambda pool: pool.roles[role]
        return None

    # -- ways

    def ways(self, use, function, argument, phase, suffix):
        """Getters, the likelier first."""
        making = self.making(phase)
        if use.texts:
            return [fixed(each) for each in self.fitting(use.texts)]
        if use.operands == {1} and not use.attributes and not suffix:
            # a function of one array: an activation, or its derivative; the last of several is that of the output
            beside = [each for each in function.arguments if use_of(self.code, function, each).operands == {1} and not is_derivative(each)]
            holders = [one.node for owner in self.code.classes if owner.value is function.owner for one in owner.methods.values()] or [function.node]
            return [fixed(self.called_activation(argument, holders, len(beside) > 1 and argument == beside[-1]))]
        if use.operands == {2} and not use.attributes and not suffix and names.like_name(argument, names.COST) and names.like_name(argument, names.DERIVATIVE + "|^d_?|_?d$"):
            return self.slopes_of_losses(argument)
        fields = self.parts(use)
        if fields:
            kind, make = ("attr", lambda values: argparse.Namespace(**values)) if use.attributes else ("key", dict)
            return self.only(self.below(function, argument, phase, suffix, fields, kind, make))
        # self.X = matX is kept for the other methods
        kept = use.silent and not suffix and bool({names.plain(each) for each in use.aliases} & {"x", "y"})
        if making and (use.listed and not use.of_sizes or kept) and self.data_role(use, argument):
            return [self.as_samples(use, function, argument)]
        if making or phase == "train" and (use.sized or use.of_sizes):
            found = self.widths_by_use(use, function, argument)
            if found:
                return found
        elif use.rate and not use.array and not use.listed:
            return [lambda pool: pool.settings["rate"]]
        if (making or phase == "train" and not names.is_upstream(argument)) and use.scales and use.silent:
            # a slope, a threshold: nothing but a number; the error that a pass is handed is none
            return [fixed(SHARE)]
        if use.array and (making or phase == "train") and (self.data_role(use, argument) or not names.is_upstream(argument)):
            # out_grad of one layer is none of the samples
            return [self.as_samples(use, function, argument)]
        objects = self.objects_of_theirs(use, function, argument) or self.losses_of_theirs(use, argument)
        if objects:
            return objects
        if use.truth and not use.array and not use.listed and not use.number and not use.called:
            return [fixed(False), fixed(True)]
        return []

    def losses_of_theirs(self, use, argument):
        """Their functions of a prediction and targets, for a loss that is called or only kept; none where there are none: no other may stand for it."""
        if not names.like_name(argument, names.COST) or use.attributes or use.array or use.keys or use.number:
            return []
        return [fixed(each.target) for each in self.code.functions if names.like_name(each.name, names.COST) and not names.like_name(each.name, names.DERIVATIVE) and len(each.needed) == 2] or [fixed(None)]

    def slopes_of_losses(self, argument):
        """Their derivatives of a loss by the prediction, for one that is called with both; where another file has them, the prediction less the targets."""
        own = [each.target for each in self.code.functions if names.like_name(each.name, names.COST) and names.like_name(each.name, names.DERIVATIVE + "|^d_") and len(each.needed) == 2]
        if not own:
            self.settings["outside"] = argument
        return [fixed(each) for each in own] or [fixed(np.subtract)]

    @staticmethod
    def only(getter):
        return [] if getter is None else [getter]

    def below(self, function, argument, phase, suffix, keys, kind, make):
        """A dict or an object with what is read of it, each by its name, else by its use: the same in every phase."""
        values = {}
        for key in keys:
            inner = suffix + ((kind, key),)
            use = use_at(self.code, function, argument, inner)
            getter = self.chosen((argument,) + inner, [fixed(each) for each in self.fitting(use.texts)]) if len(use.texts) > 1 else None
            # `--batch`: an option of the command line is no array of samples
            getter = getter or (self.written(key) if names.holds_samples(key) or names.holds_targets(key) else None) or self.by_name(key, "ctor", function, None) or self.counted(key, keys) or self.written(key) or self.chosen((argument,) + inner, self.ways(use, function, key, phase, inner))
            if getter is None:
                return None
            values[key] = getter
        return lambda pool: make({key: getter(pool) for key, getter in values.items()})

    @staticmethod
    def counted(key, keys):
        """How many samples there are, beside the samples."""
        return (lambda pool: pool.settings["m"]) if names.is_name(key, names.M_NAMES) and any(names.is_name(each, names.X_NAMES) for each in keys) else None

    def written(self, key):
        """The default of an option of the command line."""
        for call, _, _ in self.code.sites.get("add_argument", []):
            if any(isinstance(each, ast.Constant) and isinstance(each.value, str) and each.value.lstrip("-").replace("-", "_") == key for each in call.args):
                for keyword in call.keywords:
                    if keyword.arg == "default":
                        known, value = self.constant(keyword.value)
                        if known:
                            return fixed(value)
                if any(each.arg == "action" for each in call.keywords):
                    return fixed(False)
        return None

    def as_samples(self, use, function, argument):
        """X or Y: by the words of the name, else the first array of a call is X and the next one Y."""
        role = self.data_role(use, argument)
        if role is None:
            arrays = [each for each in function.arguments if use_of(self.code, function, each).array]
            role = "Y" if argument in arrays[1:2] else "X"
        return lambda pool: pool.data[role].copy()

    @staticmethod
    def data_role(use, argument):
        """Whether an argument, or what it is called later, has the name of samples or targets."""
        for each in [argument] + sorted(use.aliases):
            if names.holds_targets(each) or names.holds_samples(each):
                return "Y" if names.holds_targets(each) else "X"
        return None

    def widths_by_use(self, use, function, argument):
        """Numbers of units, lists of them, and numbers of layers, for what makes parameters."""
        sizes, hidden = self.sizes, list(self.sizes.hidden)
        if use.listed and not use.array:
            return self.lists(use, function)
        if use.placed:
            return [fixed(sizes.n0 if "in" in use.placed else sizes.nL if "out" in use.placed else hidden[0])]
        if use.sized:
            end = self.end(function, argument)
            middle = [each for each in function.arguments if use_of(self.code, function, each).sized and self.end(function, each) == "hidden"]
            if end == "hidden":
                return [fixed(hidden[middle.index(argument) % len(hidden)] if argument in middle else hidden[0])]
            first, second = (sizes.n0, sizes.nL) if end != "out" else (sizes.nL, sizes.n0)
            return [fixed(first), fixed(second)] if end == "either" else [fixed(first)]
        if use.counts or use.number and not use.array and not use.rate:
            # of hidden layers where these are given by themselves
            one, other = (len(hidden), sizes.L) if "hidden" in names.words(argument) or names.plain(argument)[:1] == "h" else (sizes.L, len(hidden))
            return [fixed(one), fixed(other), fixed(sizes.L + 1)]
        return []

    def lists(self, use, function):
        """The widths of all layers, or without those that the code puts beside them."""
        dims = list(self.sizes.dims)
        if use.joined:
            start, stop = 1 if "left" in use.joined else 0, len(dims) - (1 if "right" in use.joined else 0)
            return [fixed(dims[start:stop])]
        beside = [use_of(self.code, function, each) for each in function.arguments]
        if any(each.array or each.sized or self.data_role(each, "") for each in beside if each is not use):
            # the ends are given by themselves, or with the samples, whose shape is then asked for
            ways = [fixed(dims[1:-1]), fixed(dims), fixed(dims[1:])]
            asked = any(each.sized for each in beside if each is not use) or re.search(r"\.shape|len\((self\.)?[xXyY]", self.code.reached([function])) is not None
            return ways if asked else [ways[1], ways[0], ways[2]]
        return [fixed(dims)]

    def end(self, function, argument):
        """'in', 'hidden' or 'out' of a number of units, by the weights and biases that have it."""
        weights, biases = self.shapes(function, argument)
        if len(weights) > 1:
            return "hidden"
        if biases:
            return "out"
        single = [each for each in function.arguments if len(self.shapes(function, each)[0]) == 1 and not self.shapes(function, each)[1]]
        if len(single) < 2:
            return "in" if any(self.shapes(function, each)[1] for each in function.arguments) else "either"
        return "out" if argument == single[-1] else "in"

    def shapes(self, function, argument):
        """The calls that make weights of this width, and those that make biases."""
        weights, biases = set(), set()
        for call, position, dimensions in use_of(self.code, function, argument).sized:
            others = [each for index, each in enumerate(dimensions) if index != position]
            (weights if any(not isinstance(each, ast.Constant) or each.value != 1 for each in others) else biases).add((call.lineno, call.col_offset))
        return weights, biases


def ways_of(code, functions):
    """Choices to try for the arguments of these functions that are left open, the likelier first: [((key, number), …), …] without the first of all."""
    titles = {each.title for each in functions if each is not None}
    arguments = {argument for each in functions if each is not None for argument in each.arguments}
    keys = [(key, count) for key, count in getattr(code, "open_choices", {}).items() if key[0] in titles or len(key) > 1 and isinstance(key[1], tuple) and key[0] in arguments]
    every = sorted(itertools.product(*[range(count) for _, count in keys]), key=sum)
    return [tuple((key, number) for (key, _), number in zip(keys, each)) for each in every[1:MOST_WAYS + 1]]
