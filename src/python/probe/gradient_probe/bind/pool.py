"""Answers "what is to be given for this argument?" from what earlier steps made, by name and role, then by the calls in the file."""

import ast

import numpy as np

from ..common import names
from ..common.syntax import walk
from ..source.functions import turned
from ..source.naming import label
from ..source import loaded_data
from ..source.rounds import counts_rounds
from .activations import Activations
from .before import Before
from .callers import Callers
from .choices import Choices
from .deeds import returned_when, runs_network, weighs
from .generators import Generators
from .guards import TINY, guards
from .l2_rates import L2Rates
from .left_over import LeftOver
from .objects import Objects
from .others import Others
from .parameters import fields
from . import as_trained, described, function_pairs, given_weights, kept as kept_samples, put_among, sample_objects, table_rows, taken
from .told import Told
from .upstream import Upstream
from .usage import use_of
from .widths import Widths, fixed
from .within_step import counts_steps


class Missing(Exception):
    """No value is known for an argument."""

    def __init__(self, function, argument):
        Exception.__init__(self, "%s needs `%s`, and nothing in the file says what that is" % (function.title, argument))
        self.function = function
        self.argument = argument


def subtracted(function, name):
    """Whether an argument is subtracted from what is no number, or that from it: `d - y` compares arrays, `d - 1` counts."""
    return hasattr(function, "node") and any(isinstance(each, ast.BinOp) and isinstance(each.op, ast.Sub) and name in [getattr(side, "id", None) for side in (each.left, each.right)] and not any(isinstance(side, ast.Constant) for side in (each.left, each.right)) for each in walk(function.node))


#: A norm that no gradient here has.
UNLIMITED = 1e9


class Sizes:
    """Widths of the layers: dims[0] inputs to dims[-1] outputs."""

    def __init__(self, dims):
        self.dims = list(dims)
        self.n0, self.nL = dims[0], dims[-1]
        self.hidden = list(dims[1:-1])
        self.L = len(dims) - 1


class Pool(Activations, Before, Callers, Widths, Choices, Generators, L2Rates, LeftOver, Objects, Others, Told, Upstream):
    """`named`: values by plain name. `roles`: X, Y, AL, params, cache, grads. `objects`: instances whose attributes count as names."""

    def __init__(self, code, sizes, data, settings):
        self.code = code
        self.sizes = sizes
        self.data = data
        self.settings = settings
        loaded_data.give(data)
        self.named = {}
        #: results of forward by the names that the file itself gives them where it calls forward
        self.results = {}
        #: {function: what it gave back as a whole}
        self.whole = {}
        self.roles = {}
        self.objects = []
        self.before = {}

    def keep(self, name, value):
        if name:
            self.named[names.plain(name)] = value

    def keep_all(self, value):
        """Entries of a dict by their keys, those of a record by their names."""
        for key, each in fields(value).items():
            self.keep(key, each)

    def attribute(self, name):
        wanted = names.plain(name)
        for each in self.objects:
            for key, value in vars(each).items() if hasattr(each, "__dict__") else ():
                if names.plain(key) == wanted and value is not None:
                    return True, value
        return False, None

    # -- one argument

    def plan(self, function, phase):
        """[(argument, getter)] for a call, or Missing."""
        out = []
        for argument in function.arguments:
            getter = self.find(function, argument, phase)
            if getter is not None:
                out.append((argument, getter))
            elif argument not in function.defaults:
                raise Missing(function, argument)
        return out

    def find(self, function, argument, phase):
        unknown = self.settings["unknown"].getter(function, argument, phase) if "unknown" in self.settings else None
        if unknown is not None:
            return unknown
        default = function.defaults.get(argument)
        if isinstance(default, (ast.List, ast.Tuple)) and not default.elts and not names.like_name(argument, names.COST + "|cache|hist"):
            # train(inputs=[], targets=[]), layers=[]: of nothing no network is made
            default = None
        if phase == "cost" and "AL" in self.roles and names.is_name(argument, names.X_NAMES) and len([each for each in function.arguments if each not in function.defaults]) == 2 and any(names.is_name(each, names.Y_NAMES) for each in function.arguments if each != argument) and not runs_network(self.code, function) and not weighs(function, argument):
            # cross_entropy(X, y, eps=1e-15): the X of a cost of two is the prediction, where it is not weighed first
            return lambda pool: pool.roles["AL"]
        if self.named_before(argument):
            return self.before[argument]
        split = self.checked_one(argument) or self.word(argument) or self.split(function, argument) or self.output_word(function, argument, default, phase) or self.numbered(function, argument, phase)
        if split is not None:
            return split
        if default is None and not self.making(phase) and hasattr(function, "node") and guards(self.code, function, argument):
            return fixed(TINY)
        handed = (self.upstream(function, argument, phase) if default is None else None) or self.in_pairs(function, argument, phase) or self.predicted(function, argument, phase) or self.squared(function, argument, phase) or given_weights.getter(function, argument, phase) or function_pairs.getter(self, function, argument, phase) or taken.getter(function, argument, phase) or table_rows.getter(self.code, function, argument, phase) or sample_objects.getter(self.code, function, argument, phase) or kept_samples.targets(self.code, function, argument, phase) or as_trained.samples(self.code, function, argument, phase) or self.handed(function, argument, phase) or self.handed_on(function, argument, phase)
        if handed is not None:
            return handed
        if phase in ("cost", "backward") and names.holds_targets(argument) and getattr(self.data.get("Y"), "ndim", 0) == 2 and self.always_turned(function, argument, names.holds_targets) and not self.turns_samples(function):
            # the file itself calls it with Y.T
            return lambda pool: pool.data["Y"].T.copy()
        if phase == "cost" and names.is_name(argument, names.AL_NAMES) and getattr(self.roles.get("AL"), "ndim", 0) == 2 and self.always_turned(function, argument, lambda name: names.is_name(name, names.AL_NAMES)):
            # and this one with AL.T
            return lambda pool: pool.roles["AL"].T
        said = self.said(function, argument, phase)
        if said is None and default is None and hasattr(function, "node"):
            said = self.layer_objects(function, argument) or put_among.getter(self, function, argument) if self.making(phase) else self.descriptions(function, argument)
        if said is not None:
            return said
        direct = self.by_name(argument, phase, function, default)
        nothing = isinstance(default, ast.Constant) and default.value is None
        if direct is not None and not ((default is None or nothing) and self.unlike(function, argument, phase, direct)):
            return (self.of_parts(function, argument, phase) if default is None and self.holder(function, argument) else None) or direct
        if default is not None:
            if self.settings.get("fill_none") and nothing:
                widths = self.size(argument, function, None) if names.is_name(argument, names.DIMS_NAMES) else None
                return widths or self.by_guess(function, argument, phase) or (None if use_of(self.code, function, argument).nullable else self.by_use(function, argument, phase))
            return None
        for expression, inside, path in self.code.argument_at_site(function, argument):
            name = label(expression)
            if name is not None:
                found = self.by_name(name, phase, function, None)
                if found is not None and not self.unlike(function, argument, phase, found):
                    return found
        wide = self.by_use(function, argument, phase) if getattr(self.sizes, "of_layer", False) and hasattr(function, "node") and use_of(self.code, function, argument).sized else None
        if wide is not None:
            # Layer(units[0], units[1]) is one layer, of which this is another
            return wide
        for expression, inside, path in self.code.argument_at_site(function, argument):
            known, value = self.constant(expression)
            known = known and not (isinstance(value, (list, tuple)) and not value)
            if known and callable(value) and not isinstance(value, type):
                # the file calls it with several: each of them is a network of its own
                self.settings["guessed"] = True
                if self.settings.get("base"):
                    break
            if known and phase != "update" and isinstance(value, np.ndarray) and (not self.making(phase) or use_of(self.code, function, argument).array and value.ndim == 2) and value.size > 1 and not names.is_weight(argument) and not names.is_bias(argument):
                return self.samples(function, argument)
            if known and getattr(value, "ndim", 0) and names.plain(argument) in ("x1", "y1") and not self.making(phase):
                # the samples of the file under a number of their own
                role = argument[0].upper()
                return lambda pool: pool.data[role].copy()
            if known:
                return fixed(value)
        kept = self.kept(function, argument, phase)
        guess = kept if kept is not None else self.by_guess(function, argument, phase)
        guess = guess if guess is not None else self.of_parts(function, argument, phase)
        guess = guess if guess is not None else self.followed(function, argument, phase)
        guess = guess if guess is not None else self.generator(function, argument) or self.made_by(function, argument) or described.getter(self, function, argument)
        guess = guess if guess is not None else self.by_use(function, argument, phase)
        guess = guess if guess is not None else self.compared(function, argument)
        guess = guess if guess is not None else self.left_over(function, argument, phase)
        return fixed(None) if guess is None and (self.left_none(argument) or self.may_be_none(function, argument)) else guess

    def always_turned(self, function, argument, holds):
        """Whether the file calls it, each time, with what `holds` says, turned: Y.T."""
        given = [each for each, _, _ in self.code.argument_at_site(function, argument)]
        return bool(given) and all(turned(each, holds) for each in given)

    def by_name(self, name, phase, function, default):
        plain = names.plain(name)
        making = phase in ("ctor", "init")
        if isinstance(default, ast.Constant) and isinstance(default.value, (bool, int, float)) and (names.is_name(name, names.X_NAMES) or names.is_name(name, names.Y_NAMES)):
            # `y=False`: whether there are any; `batch=64`: how many
            return self.setting(name, phase, function, default) if not isinstance(default.value, bool) else None
        if phase == "train" and names.is_name(name, names.ITER_NAMES) or phase in ("train", "backward") and function is not None and hasattr(function, "node") and name in function.arguments and counts_rounds(function, name):
            # whatever an attribute of that name holds
            return fixed(1)
        if plain == "t" and (phase == "update" and any("beta" in each for each in function.arguments) or phase in ("backward", "train") and counts_steps(function, name)):
            # Adam counts its steps
            return fixed(1)
        if phase == "cost" and "AL" in self.roles and isinstance(self.named.get(plain), list) and any(each is self.roles["AL"] for each in self.named[plain]) and names.is_name(name, names.AL_NAMES):
            # the activations of all layers: a cost takes those of the last
            return lambda pool: pool.roles["AL"]
        if not making and plain in self.named and not self.named_like_targets(function, plain):
            return lambda pool: pool.named[plain]
        if making:
            size = self.size(name, function, default)
            if size is not None:
                return size
        if not making and names.is_name(name, names.X_NAMES) and hasattr(function, "node") and name in function.arguments and use_of(self.code, function, name).tells_m(name):
            return lambda pool: pool.settings["m"]
        if names.is_name(name, names.X_NAMES) and not (making and self.has_sizes(function)):
            return lambda pool: pool.data["X"].copy()
        if not making and names.like_name(name, r"one_?hot|onehot") and "onehot" in self.data:
            return lambda pool: pool.data["onehot"].copy()
        if names.is_name(name, names.Y_NAMES) and not (making and self.has_sizes(function)):
            return lambda pool: pool.data["Y"].copy()
        if names.is_name(name, names.SEED_NAMES):
            return None if default is not None else fixed(1)
        if not making and plain in ("output", "outputs", "out") and self.pairs_with_inputs(function, name):
            return lambda pool: pool.data["Y"].copy()
        if not making:
            # activation="relu" and forward=True are no predictions, nor is one that is compared with texts
            use = use_of(self.code, function, name) if hasattr(function, "node") and name in function.arguments else None
            worded = isinstance(default, ast.Constant) and isinstance(default.value, (str, bool)) or use is not None and (bool(use.texts) or plain == "activation" and use.listed and not use.array)
            found = self.by_role(name, phase) if not worded else None
            if found is None and "params" in self.roles and use is not None and use.keeps_weights:
                return lambda pool: pool.roles["params"]
            if found is not None:
                return found
        return self.setting(name, phase, function, default)

    def by_role(self, name, phase):
        if phase in ("cost", "backward", "update") and "AL" in self.roles and names.is_name(name, names.AL_NAMES):
            return lambda pool: pool.roles["AL"]
        if phase in ("cost", "backward", "update") and "grads" in self.roles and names.is_name(name, names.GRAD_NAMES):
            return lambda pool: pool.roles["grads"]
        if "params" in self.roles and names.is_name(name, names.PARAM_NAMES):
            return lambda pool: pool.roles["params"]
        if "cache" in self.roles and names.is_name(name, names.CACHE_NAMES):
            return lambda pool: pool.roles["cache"]
        known, value = self.attribute(name)
        # self.out_grad = [0] * layers is no derivative yet
        if known and not names.is_name(name, names.X_NAMES) and not (names.is_upstream(name) and isinstance(value, list) and all(isinstance(each, (int, float)) for each in value)):
            return lambda pool: pool.attribute(name)[1]
        return None

    def setting(self, name, phase, function, default):
        sizes = self.sizes
        literal = default.value if isinstance(default, ast.Constant) else None
        for key, pattern in (("keep", names.KEEP_NAMES), ("drop", names.DROP_NAMES)):
            if names.is_name(name, pattern):
                return self.for_layers(function, name, key, default, phase)
        # `penalty=False` may be a rate all the same, of 0
        if names.is_name(name, names.L2_NAMES) and (not isinstance(literal, (bool, str)) or literal is False and self.multiplies(function, name)):
            return self.l2_rate(function, name)
        if self.settings.get("penalty") and isinstance(literal, bool) and names.is_name(name, names.L2_NAMES):
            # L2_reg=False beside lambd=0
            return fixed(True)
        if names.is_name(name, names.QUIET_NAMES) and not (default is not None and returned_when(function, name)):
            return fixed(False) if not (isinstance(literal, int) and not isinstance(literal, bool)) else None
        if isinstance(literal, str):
            # step="train" is no learning rate
            return None
        if names.is_name(name, names.CLIP_NAMES) and not isinstance(literal, bool) and (default is None or literal is not None):
            # what is checked is the gradient before it is limited
            return fixed(UNLIMITED)
        if names.is_name(name, names.ITER_NAMES) and phase in ("train", "ctor"):
            return fixed(1)
        if names.is_name(name, names.BATCH_NAMES) and phase in ("train", "ctor"):
            return lambda pool: pool.settings["m"]
        if names.is_name(name, names.MOMENTUM_NAMES) and default is None:
            return fixed(0.0)
        if default is None and names.is_name(name, names.BATCHES_NAMES + "|" + names.TEMPERATURE_NAMES):
            return fixed(1 if names.is_name(name, names.BATCHES_NAMES) else 0.7)
        if names.is_rate(name) and not isinstance(literal, str) and not self.guards(name, function, literal):
            return lambda pool: pool.settings["rate"]
        if names.is_name(name, names.M_NAMES) and phase != "ctor":
            return lambda pool: pool.settings["m"]
        if names.is_name(name, names.FLAG_NAMES) and (default is None or (literal is False and self.settings.get("keep", 1.0) < 1.0)):
            return fixed(True)
        if names.is_name(name, names.LAYERS_NAMES) and phase in ("forward", "backward", "update", "cost") and default is None and not self.subscripted(function, name):
            return fixed(sizes.L + self.counts_inputs(name))
        if not self.making(phase) and not (phase == "backward" and names.is_upstream(name)):
            # `dx` is a derivative here, and a number of units elsewhere
            size = self.size(name, function, default)
            if size is not None and default is None and not self.in_words(function, name) and not subtracted(function, name) and not (phase == "train" and self.an_array(function, name, size)):
                return size
        return None

    @staticmethod
    def making(phase):
        return phase in ("ctor", "init")

    def has_sizes(self, function):
        return any(names.is_name(each, names.N1_NAMES) or names.is_name(each, names.NL_NAMES) for each in function.arguments) and not any(names.plain(each) in ("x", "y") for each in function.arguments)
