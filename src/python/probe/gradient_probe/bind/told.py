"""What the file itself tells of an argument that no name explains: its calls, and what it is compared with."""

import ast
import copy
import re

import numpy as np

from ..common import names
from ..common.data import one_by_one
from ..common.syntax import walk
from ..source import in_pairs
from ..source.functions import called_name, turned
from ..source.naming import label
from ..source.worth import worth
from . import masks
from .activations import called_as
from .parameters import fields, leaves
from .usage import use_of
from .widths import fixed


#: Words of what is computed from the samples: no samples themselves.
DERIVED = names.COST + "|grad|delta|deriv|err"
#: Words of a loss, or an output, for several classes and for one number.
MANY, ONE = "categor|multi|softmax", "binary|bce|sigmoid|logistic"


class Told:
    """Part of a Pool."""

    def said(self, function, argument, phase):
        """Words and functions that the file itself passes under a name that means something else elsewhere: `activations = ["relu", "softmax"]` is no cache."""
        mask = masks.getter(self, function, argument) if phase in ("forward", "backward") and hasattr(function, "node") else None
        if mask is not None:
            return mask
        if self.making(phase) or not (names.is_name(argument, names.CACHE_NAMES) or names.is_name(argument, names.AL_NAMES)):
            return None
        for expression, _, _ in self.code.argument_at_site(function, argument):
            known, value = self.constant(expression)
            if known and (isinstance(value, str) or isinstance(value, (list, tuple)) and value and all(isinstance(each, str) for each in value)):
                return fixed(value)
        if isinstance(getattr(function.defaults.get(argument), "value", None), str):
            # its own word
            return None
        if "activ" in names.plain(argument) and called_as(function.node, argument) in ("called", "each called"):
            # functions, one for each layer: no outputs of layers either
            return fixed(self.activation(function, argument))
        known = self.compared(function, argument) if "activ" in names.plain(argument) else None
        if known is not None and isinstance(known(self), str):
            value = self.activation(function, argument)
            return fixed(value) if isinstance(value, str) else known
        return None

    def predicted(self, function, argument, phase):
        """`loss(y, t)`, `mse(y, Y)`: both have names of targets, and one is the prediction: what the file gives it from its forward pass, else the small y."""
        both = [each for each in function.arguments if each not in function.defaults and names.is_name(each, names.Y_NAMES)]
        if phase not in ("cost", "backward") or "AL" not in self.roles or argument not in both or len(both) != 2 or any(names.is_name(each, names.AL_NAMES) for each in function.arguments):
            return None
        if phase == "backward" and not (sorted(both) == ["t", "y"] and subtracted(function, "y", "t")):
            # backward(x, y, t) with y - t; another y is the targets
            return None
        known = [each for each in both if any(self.computed(one) for one, _, _ in self.code.argument_at_site(function, each))]
        chosen = known if len(known) == 1 else [each for each in both if each == "y"]
        return (lambda pool: pool.roles["AL"]) if chosen == [argument] else None

    def in_pairs(self, function, argument, phase):
        """`for x, y in data` and `x, y = sample`: samples and targets in one argument."""
        if self.making(phase) or not hasattr(function, "node") or any(names.holds_targets(each) for each in function.arguments if each != argument):
            return None
        taken = in_pairs.taken_apart(function.node, argument) or self.apart_elsewhere(function, argument)
        return None if taken is None else (lambda pool: one_by_one(pool.data["X"], pool.data["Y"], pool.sizes.n0)) if taken == "loop" else (lambda pool: (pool.data["X"].copy(), pool.data["Y"].copy()))

    def apart_elsewhere(self, function, argument):
        """The same of what is only handed on, `self.error(valid)`, by what the function does with it that takes it."""
        known = {each.name: each for each in self.code.functions + [method for owner in self.code.classes if owner.value is function.owner for method in owner.methods.values()]}
        for call in [each for each in walk(function.node) if isinstance(each, ast.Call) and called_name(each) in known]:
            other = known[called_name(call)]
            for name, given in zip(other.arguments, call.args):
                if getattr(given, "id", None) == argument and other is not function:
                    return in_pairs.taken_apart(other.node, name)
        return None

    def computed(self, expression):
        """Whether an argument is what a function of theirs gives: `loss(net(x), y)`, or `loss(out, y)` after `out = net(x)`."""
        name = label(expression)
        return called_name(expression) in {each.name for each in self.code.functions} if isinstance(expression, ast.Call) else name is not None and (names.plain(name) in self.results or names.is_name(name, names.AL_NAMES))

    def compared(self, function, argument):
        """A text or number that the code compares the argument with: `if kind == "regression"`, `if kind == Kind.BINARY.value`, `if function_id == 0`."""
        holder = function.node if function.owner is None else None
        nodes = [holder] if holder is not None else [method.node for owner in self.code.classes if owner.value is function.owner for method in owner.methods.values()]
        # it may only be passed on, under the same name
        nodes += [each.node for each in self.code.functions if each is not function and argument in each.arguments and each.name in function.callees | {one for other in self.code.functions if other.name in function.callees for one in other.callees}]
        found = []
        for each in [inner for node in nodes for inner in walk(node) if isinstance(inner, ast.Compare)]:
            if getattr(each.left, "id", getattr(each.left, "attr", None)) == argument:
                for other in each.comparators:
                    values = other.elts if isinstance(other, (ast.List, ast.Tuple, ast.Set)) else [other]
                    known, value = self.constant(values[0]) if values else (False, None)
                    if known and isinstance(value, (str, int)) and not isinstance(value, bool) and (isinstance(value, str) or isinstance(each.ops[0], ast.Eq)):
                        found.append(value)
        return fixed(self.fitting(found)[0]) if found else None

    def fitting(self, values):
        """Texts that name a loss or an output, those for as many classes as there are outputs first: "categorical" of several, "binary" of one."""
        wanted = MANY if self.sizes.nL > 1 else ONE
        return sorted(values, key=lambda each: not (isinstance(each, str) and names.like_name(each, wanted)))

    def made_by(self, function, argument):
        """What a function of theirs returns under this name, where it needs nothing that is not known: `nn_architecture` of NN_architecture(depth=4), the weights for a constructor."""
        for maker in self.code.functions:
            if maker is function or maker.returned != [argument] or any(names.holds_samples(each) or names.holds_targets(each) for each in maker.arguments) or not (names.like_name(argument, "arch|layer|config|struct|topolog|dims|hyper|setting|option") or names.is_weight(argument) or names.is_name(argument, names.PARAM_NAMES)):
                continue
            try:
                value = maker.target(**{name: getter(self) for name, getter in self.plan(maker, "init")})
            except Exception:
                if names.is_weight(argument):
                    # nothing else is as good as weights of theirs
                    raise
                continue
            return lambda pool: copy.deepcopy(value)
        return None

    def kept(self, function, argument, phase):
        """What an optimizer keeps between its steps, as the file makes it before the first one: `v, s = initialize_adam(parameters)`."""
        for maker in self.code.functions if phase == "update" else ():
            given = next((each for each in self.code.unpacked.get(maker.name, []) if argument in each), None)
            if given is None or maker is function or not all(names.is_name(each, names.PARAM_NAMES) for each in maker.arguments):
                continue
            try:
                made = maker.target(**{name: getter(self) for name, getter in self.plan(maker, phase)})
                value = made[given.index(argument)] if len(given) > 1 else made
            except Exception:
                continue
            return lambda pool: copy.deepcopy(value)
        return None

    def samples(self, function, argument):
        """Ours for the file's own samples: the first array of a call is X, the second Y, where the names do not say it."""
        if names.holds_targets(argument) or names.holds_samples(argument):
            role = "Y" if names.holds_targets(argument) else "X"
        elif {"input", "inputs", "output", "outputs"} & set(names.words(argument)):
            # gate_input, gate_output
            role = "Y" if {"output", "outputs"} & set(names.words(argument)) else "X"
        else:
            arrays = [each for each in function.arguments if any(isinstance(self.constant(one)[1], np.ndarray) for one, _, _ in self.code.argument_at_site(function, each))]
            role = "X" if not arrays or argument == arrays[0] else "Y"
        return lambda pool: pool.data[role].copy()

    def given_another(self, function, argument):
        """Whether every call gives one result of forward under the name of another: `cost(predictions, y)` called with the output, not with the predictions. What is given twice is a slip."""
        said = {names.plain(label(expression) or "") for expression, _, _ in self.code.argument_at_site(function, argument)}
        return len(said) == 1 and {*said, names.plain(argument)} <= set(self.results) and not said & {names.plain(each) for each in function.arguments}

    def made_whole(self, function, argument):
        """The step whose whole result the file gives: backward(forward(x), y), or `layers = forward(x)` ahead of it, whatever else is called layers. None where that is no collection."""
        for expression, _, _ in self.code.argument_at_site(function, argument):
            made_by = called_name(expression) if isinstance(expression, ast.Call) else next((each for each in self.whole if [label(expression)] in self.code.unpacked.get(each, [])), None)
            if isinstance(self.whole.get(made_by), (list, tuple, dict)):
                return made_by
        return None

    def followed(self, function, argument, phase):
        """What the calls in the file pass, followed through the variables there: `init(layers)` in `train(X, y, layers)`.
        Nothing that a network has computed: that comes from the steps before, with the parameters of this run."""
        if not self.making(phase) and (names.is_upstream(argument) or names.like_name(argument, names.COST)) and not self.in_words(function, argument):
            return self.sums(function, argument)
        for expression, inside, path in self.code.argument_at_site(function, argument):
            known, value = worth(self, expression, inside, path)
            known = known and not (isinstance(value, (list, tuple)) and not value)
            use = use_of(self.code, function, argument) if known and isinstance(value, np.ndarray) else None
            if use is not None and (phase == "train" or self.making(phase) and value.ndim == 2 and (use.array or use.silent and {self.settings["m"], self.sizes.n0} & set(value.shape))) and value.size != 1 and not names.is_weight(argument) and not names.is_bias(argument):
                return self.samples(function, argument)
            roles = self.seeded(value) if known else None
            if roles:
                return lambda pool, roles=roles: {key: pool.data[role].copy() for key, role in roles.items()}
            if known and (self.making(phase) or phase == "train" and not names.like_name(argument, DERIVED) or not leaves(value)):
                return lambda pool, value=value: copy.deepcopy(value)
        return None

    def sums(self, function, argument):
        """What sums of gradients begin as, where the calls give a list of zeros, `backward(outputs, [dw1, dw2], y)`: as the caller begins them."""
        for expression, inside, path in self.code.argument_at_site(function, argument) if names.is_name(argument, names.GRAD_NAMES) else ():
            known, value = worth(self, expression, inside, path)
            if known and isinstance(value, (list, tuple)) and value and all(isinstance(each, (int, float)) and each == 0 for each in value):
                return lambda pool: type(value)(float(each) for each in value)
        return None

    def seeded(self, value):
        """{key: X or Y} of a dictionary that the caller begins with the samples, for the forward pass to fill: {"A0": X}; None of any other."""
        roles = {key: next((role for role in ("X", "Y") if isinstance(each, np.ndarray) and np.array_equal(each, self.data.get(role))), None) for key, each in value.items()} if isinstance(value, dict) else {}
        return roles if roles and all(roles.values()) else None

    def left_none(self, argument):
        """Whether the network has an attribute of this name that is None: self.bn_params, where nothing switches it on."""
        return any(names.plain(key) == names.plain(argument) and value is None for each in self.objects if hasattr(each, "__dict__") for key, value in vars(each).items())

    def may_be_none(self, function, argument):
        """Whether the code asks if an argument is None, `if rates != None`: what is left out then."""
        return hasattr(function, "node") and argument in function.arguments and use_of(self.code, function, argument).nullable

    def turns_samples(self, function):
        """Whether the file calls it with X.T too: then both lie there as they do here."""
        return any(turned(each, names.holds_samples) for argument in function.arguments for each, _, _ in self.code.argument_at_site(function, argument))

    def split(self, function, argument):
        """Samples or targets that are read as x["train"] and x["test"]: the same for each part."""
        role = "Y" if names.holds_targets(argument) else "X" if names.holds_samples(argument) else None
        keys = use_of(self.code, function, argument).keys if role is not None and hasattr(function, "node") else {}
        if not keys or not all(names.like_name(each, "^train|^test|^val|^dev") for each in keys):
            return None
        return lambda pool: {key: pool.data[role].copy() for key in keys}

    def numbered(self, function, argument, phase):
        """The numbers of the classes for a cost that looks them up, `probs[np.arange(m), y]`, where the backward pass subtracts one-hot targets; those for a cost that is called with one-hot ones."""
        if phase == "cost" and "onehot" in self.data and names.holds_targets(argument) and any(one_hot(each, inside) for each, inside, _ in self.code.argument_at_site(function, argument)):
            # cross_entropy(Y_hot, A), beside a backward pass that is given the numbers
            return lambda pool: pool.data["onehot"].copy()
        if phase != "cost" or "labels" not in self.data or not names.holds_targets(argument) or not looked_up(function, argument):
            return None
        return lambda pool: pool.data["labels"].copy()

    def in_words(self, function, name):
        """Whether an argument is compared with texts, here or where it is handed on: `output_unit == "softmax"` is no number of units."""
        return hasattr(function, "node") and name in function.arguments and bool(use_of(self.code, function, name).texts)

    @staticmethod
    def guards(name, function, literal):
        """Whether an epsilon guards a division or a logarithm: its default is tiny, or another argument is the learning rate; a rate of 0 moves nothing, whatever it is called."""
        if literal == 0 and literal is not False:
            return True
        others = [each for each in function.arguments if each != name] if function is not None else []
        return names.plain(name) == "epsilon" and (isinstance(literal, float) and 0 < literal < 1e-5 or any(names.is_rate(each) and names.plain(each) != "epsilon" for each in others))

    def named_like_targets(self, function, plain):
        """Whether forward calls y, or y_, what it predicts, and a function takes y and no other targets: its y are these."""
        return plain == "y" and self.named[plain] is self.roles.get("AL") and function is not None and not any(names.holds_targets(each) and not names.is_name(each, names.AL_NAMES) for each in function.arguments if names.plain(each) != plain)

    @staticmethod
    def pairs_with_inputs(function, name):
        """backward(inputs, outputs, cache): beside the inputs, and without other targets, the outputs are the targets."""
        others = [each for each in function.arguments if each != name] if function is not None else []
        return any(names.plain(each) in ("input", "inputs", "x", "sample", "samples") for each in others) and not any(names.is_name(each, names.Y_NAMES) for each in others) and name in function.arguments

    def by_guess(self, function, argument, phase):
        """By the words of its name, and by being the only one that a function needs."""
        plain = names.plain(argument)
        if not self.making(phase) and names.holds_targets(argument):
            return lambda pool: pool.data["Y"].copy()
        if not self.making(phase) and names.holds_samples(argument):
            return lambda pool: pool.data["X"].copy()
        if self.making(phase) and not names.is_name(argument, names.NL_NAMES) and any(rule(argument) and any(rule(each) and names.is_name(each, known) for each in function.arguments if each != argument) for rule, known in ((names.holds_samples, names.X_NAMES), (names.holds_targets, names.Y_NAMES))):
            # X_test beside the X of a constructor
            return (lambda pool: pool.data["Y"].copy()) if names.holds_targets(argument) else lambda pool: pool.data["X"].copy()
        if argument in self.before:
            return self.before[argument]
        if "activ" in plain and (phase != "cost" or use_of(self.code, function, argument).texts) or "act" == plain[:3] or plain in ("g", "nonlinearity", "func", "gprime", "transfer", "transferfunction", "fn", "f"):
            value = self.activation(function, argument)
            if value is not None:
                return fixed(value)
        if plain in ("optimizer", "optim", "opt"):
            for owner in self.code.classes:
                if names.like_name(owner.name, "sgd|gradientdescent") and "__init__" in owner.methods and all(each in owner.methods["__init__"].defaults or names.is_rate(each) for each in owner.methods["__init__"].arguments):
                    rate = [each for each in owner.methods["__init__"].arguments if names.is_rate(each)]
                    return lambda pool: owner.value(**{each: pool.settings["rate"] for each in rate})
        if phase == "backward" and names.is_gradient(argument) and not names.is_upstream(argument) and use_of(self.code, function, argument).keys:
            # filled by the backward pass: model_grads["W1"] = …
            return lambda pool: {key: np.zeros(np.shape(each)) for key, each in fields(pool.roles.get("params")).items()}
        if plain in ("mode", "method", "optimizer", "init", "initialization"):
            return fixed(sorted(function.strings)[0]) if function.strings else None
        if phase in ("forward", "train") and len(function.needed) == 1 and not names.is_upstream(argument) and not names.like_name(argument, names.COST) and not (phase == "train" and names.like_name(argument, DERIVED)):
            return lambda pool: pool.data["X"].copy()
        if phase == "cost" and "AL" in self.roles and not self.in_words(function, argument) and [each for each in function.arguments if each not in function.defaults and self.by_name(each, phase, function, None) is None] == [argument]:
            # the only one that nothing is known of: what is compared with the targets, or the targets
            others = [each for each in function.arguments if each != argument]
            if any(names.is_name(each, names.Y_NAMES) for each in others):
                return lambda pool: pool.roles["AL"]
            if any(names.is_name(each, names.AL_NAMES) for each in others):
                return lambda pool: pool.data["Y"].copy()
        return None


def one_hot(expression, inside):
    """Whether an expression is one-hot targets: by its words, or by what the function around has made of its labels, `y = to_one_hot(y)` ahead of `loss(A, y)`."""
    made = [each.value for each in walk(inside) if isinstance(each, ast.Assign) and [getattr(one, "id", None) for one in each.targets] == [getattr(expression, "id", "")]] if inside is not None else []
    return any(re.search(r"hot|to_categorical|get_dummies|np\.eye\(", ast.unparse(each), re.I) for each in [expression] + made)


def looked_up(function, argument):
    """Whether an argument is a place in each row, as it is given: nothing asks for its dimensions, and nothing else is made of it."""
    places = [each.slice.elts for each in walk(function.node) if isinstance(each, ast.Subscript) and isinstance(each.slice, ast.Tuple) and len(each.slice.elts) == 2]
    asked = any(isinstance(each, ast.Attribute) and each.attr in ("ndim", "argmax", "T", "astype") and getattr(each.value, "id", "") in (argument, "np") for each in walk(function.node))
    return not asked and any(isinstance(rows, ast.Call) and called_name(rows) in ("range", "arange") and getattr(place, "id", "") == argument for rows, place in places)


def subtracted(function, one, other):
    """Whether `one - other` of two arguments stands in a function."""
    return hasattr(function, "node") and any(isinstance(each, ast.BinOp) and isinstance(each.op, ast.Sub) and [getattr(side, "id", None) for side in (each.left, each.right)] == [one, other] for each in walk(function.node))
