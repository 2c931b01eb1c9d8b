"""Networks that are given their layers as objects, where nothing in the file makes those: one of the class that has what is read of a layer, for each width."""

import ast
import functools

import numpy as np

from ..common import names
from ..common.syntax import walk
from ..source.functions import Function, called_name
from . import constructors
from .activations import NAMED, called_as, is_derivative, last_of
from .parameters import leaves
from .usage import ARRAY_ATTRIBUTES, LIST_CALLS, use_of
from .worded_layers import kinds


class Ends:
    """Sizes of one layer: its inputs and its units. `last`: whether it is that of the output."""

    of_layer = True

    def __init__(self, inputs, units, last=False):
        self.last = last
        self.dims, self.n0, self.nL, self.hidden, self.L = [inputs, units], inputs, units, [units], 1


def read_of_each(code, function, argument):
    """(those that must be there, those that are set as well): attributes and methods of the entries of a list that a function is given: `layer.W`, `self.layers[l].forward(A)`."""
    use = use_of(code, function, argument)
    nodes = [function.node] if function.owner is None else [method.node for owner in code.classes if owner.value is function.owner for method in owner.methods.values()]
    return read_in(nodes, lambda each, inside: isinstance(each, ast.Name) and each.id == argument and inside is function.node or of_self(each) and each.attr in use.aliases)


@functools.lru_cache(maxsize=None)
def read_of_kept(owner, attribute):
    """The same of the entries of a list that objects of a class keep."""
    return read_in([method.node for method in owner.methods.values()], lambda each, inside: of_self(each) and each.attr == attribute)


def of_self(node):
    return isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "self"


def read_in(nodes, held):
    """The same of the entries of what `held(node, function)` says is the list."""
    out = set()
    for node in nodes:
        entries = set()
        for each in walk(node):
            if isinstance(each, (ast.For, ast.comprehension)):
                entries.update(names_of(each.target, each.iter, lambda one: held(one, node)))
            elif isinstance(each, ast.Assign) and isinstance(each.value, ast.Subscript) and held(each.value.value, node):
                entries.update(one.id for one in each.targets if isinstance(one, ast.Name))
        # X = self.layers[0] in place of the samples: a name that other things have too says nothing of an entry
        entries -= others(node, held)
        out.update((each.attr, isinstance(each.ctx, ast.Store)) for each in walk(node) if isinstance(each, ast.Attribute) and (isinstance(each.value, ast.Name) and each.value.id in entries or isinstance(each.value, ast.Subscript) and held(each.value.value, node)))
    # what the network itself gives them need not be there before: layer.dW = …
    given = {name for name, stored in out if stored}
    return {name for name, _ in out} - given, given


def others(node, held):
    """Names that are given another thing too, by a loop or an assignment, than an entry of the list."""
    found = set()
    for each in walk(node):
        if isinstance(each, (ast.For, ast.comprehension)):
            found |= {one.id for one in walk(each.target) if isinstance(one, ast.Name)} - set(names_of(each.target, each.iter, lambda one: held(one, node)))
        elif isinstance(each, ast.Assign) and not (isinstance(each.value, ast.Subscript) and held(each.value.value, node)):
            found |= {one.id for target in each.targets for one in walk(target) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
    return found


def names_of(target, iterated, held):
    """The loop variable that is an entry: `layer` of `for layer in layers[1:]`, `for l, layer in enumerate(layers)`, `for W, layer in zip(Ws, reversed(layers))`."""
    if isinstance(iterated, ast.Subscript) and isinstance(iterated.slice, ast.Slice):
        iterated = iterated.value
    if held(iterated):
        return [target.id] if isinstance(target, ast.Name) else []
    if not isinstance(iterated, ast.Call) or called_name(iterated) not in LIST_CALLS:
        return []
    if called_name(iterated) in ("enumerate", "zip") and isinstance(target, ast.Tuple):
        first = 1 if called_name(iterated) == "enumerate" else 0
        return [one for part, given in zip(target.elts[first:], iterated.args) for one in names_of(part, given, held)]
    return [one for given in iterated.args for one in names_of(target, given, held)]


def class_with(code, wanted, given, network=None):
    """The class of theirs, but the network's own, whose objects have all that is wanted and most of what is given; one that is given its size, with the fewest others."""
    found = []
    for owner in code.classes:
        has = attributes_of(owner)
        if owner.value is not network and wanted <= has and (wanted or given <= has) and "__init__" in owner.methods:
            found.append((-len(given & has), not constructors.needs(owner), len(has), owner))
    return min(found, key=lambda each: each[:3])[3] if found else None


@functools.lru_cache(maxsize=None)
def attributes_of(owner):
    """Names of all that objects of a class have."""
    return {each.attr for method in owner.methods.values() for each in walk(method.node) if isinstance(each, ast.Attribute) and isinstance(each.ctx, ast.Store) and getattr(each.value, "id", "") == "self"} | set(owner.methods) | set(vars(owner.value))


def makers_of_lists(code):
    """What makes the network for functions that are given it as a list of objects, as functions: `forward(model, x)` with model[0].W."""
    out = {}
    for function in code.functions:
        for argument in function.arguments if function.owner is None else ():
            made = maker_of_list(code, function, argument) if names.is_name(argument, names.PARAM_NAMES + "|layers") else None
            if made is not None:
                out.setdefault((made.made_of, argument), made)
    return list(out.values())


def maker_of_list(code, function, argument):
    """What makes the list of layers that one argument is, by what the function reads of its entries; None of an argument that is no such list."""
    wanted, given = read_of_each(code, function, argument)
    owner = class_with(code, wanted, given) if wanted and not wanted & ARRAY_ATTRIBUTES else None
    if owner is None or not any(names.is_weight(each) for each in attributes_of(owner)):
        return None
    # under a name that nothing calls: what the file gives one layer is not what this is given
    made = Function("layers of %s" % owner.name, lambda argument=argument, **made: made[argument], function.node, None, function.file, function.own)
    made.arguments, made.defaults, made.returned, made.returns, made.made_of = [argument], {}, [], [], owner
    return made


def called_in(owner, argument):
    """Whether what a constructor is given is called, by it or by the methods that find it kept."""
    return any(called_as(each.node, argument) == "called" for each in owner.methods.values())


def called_for(rule, made, read):
    """The method that is read of an object for its forward, or its backward pass."""
    return next((name for name in sorted(read) if names.like_name(name, rule) and callable(getattr(made, name, None))), "")


def shaped_alike(make, read):
    try:
        made = make()
        return np.shape(getattr(made, called_for(names.FORWARD, made, read))(np.full((2, 2), 0.3))) == (2, 2)
    except Exception:
        return False


def hands_through(make, read):
    """Whether the backward pass of an activation gives back what it gets: its derivative is in that of the loss, and it stands on top only."""
    points, above = np.array([[0.5, -0.3], [0.2, 0.7]]), np.array([[0.4, 0.1], [-0.6, 0.3]])
    try:
        made = make()
        forward, backward = (called_for(rule, made, read) for rule in (names.FORWARD, names.BACKWARD))
        return not np.array_equal(getattr(made, forward)(points.copy()), points) and np.array_equal(getattr(made, backward)(above.copy()), above)
    except Exception:
        return False


def activation_word(constructor):
    """The argument by which a layer is told its activation, where it takes one by itself; None where there is none."""
    return next((each for each in constructor.arguments if names.like_name(each, "activ") and each in constructor.defaults), None)


class Objects:
    """Part of a Pool."""

    def layer_objects(self, function, argument):
        """A getter of the list of objects; None where the argument is another thing, or the file says what it is."""
        known = self.code.__dict__.setdefault("layer_classes", {})
        key = (function.node, argument)
        if key not in known:
            wanted, given = read_of_each(self.code, function, argument)
            known[key] = wanted | given, None if not wanted | given or wanted & ARRAY_ATTRIBUTES else class_with(self.code, wanted, given, function.owner)
        read, owner = known[key]
        if owner is None or self.given(function, argument)[0]:
            return None
        return self.chain_of(owner, (function.title, argument), read, function.owner)

    def descriptions(self, function, argument):
        """The same for a pass through layers that are only described, `layers[l].units`: what holds weights is made once, and kept."""
        getter = self.layer_objects(function, argument) if names.is_name(argument, names.DIMS_NAMES) or names.like_name(argument, "lay") else None
        try:
            return getter if getter is not None and not any(leaves(each) for each in getter(self)) else None
        except Exception:
            return None

    def chain_of(self, owner, key, read, network):
        """A getter of the layers of a network: one of the class for each, and between them every activation that is a layer itself; which of those stands on top is left open."""
        # weights that are asked for with hasattr first need not be there
        asked = any(each + "(" in self.code.text for each in ("hasattr", "isinstance", "getattr"))
        between, tops = self.activation_layers(owner, read & set(owner.methods) if asked else read, network)
        ways = [(top, None) for top in tops + [None]] if tops else [(None, word) for word in self.output_words(owner)]
        return self.chosen(key, [lambda pool, top=top, word=word: pool.layers(owner, between, top, word) for top, word in ways])

    def output_words(self, owner):
        """What the last layer may be told is its activation: what the file tells it, else what fits the outputs; and the others that it knows."""
        constructor = owner.methods.get("__init__")
        word = activation_word(constructor) if constructor is not None else None
        if word is None:
            return [None]
        known = [each for each in ("softmax", "sigmoid") if each in use_of(self.code, constructor, word).texts]
        likely = [last_of(known, self.sizes, self.code.text)] if known and self.written_word(constructor, word, True) is None else []
        return list(dict.fromkeys(likely + [None] + known))

    def activation_layers(self, owner, read, network):
        """(what makes the layers between, what makes one on top): activations that have all which is read of a layer, keep no parameters and give back the shape that they take."""
        known, place = self.code.__dict__.setdefault("activation_layers", {}), (owner, frozenset(read), network)
        if place not in known:
            found = [(name, make) for each in self.code.classes if each is not owner and each.value is not network and read <= attributes_of(each) and not names.like_name(each.name, r"dropout|norm|loss|pool|flatten|network|model") for name, make in self.bends(each) if shaped_alike(make, read)]
            known[place] = [make for name, make in found if not names.like_name(name, "softmax") and not (names.like_name(name, "sigmoid|logistic") and hands_through(make, read))], [make for word in ("sigmoid", "softmax") for name, make in found if names.like_name(name, word)]
        return known[place]

    def bends(self, owner):
        """[(name, what makes it)] of the activations that a class is: one by itself, of one that is told a word each that it knows, and of one that is given its functions each pair that the file has."""
        init, worded = owner.methods.get("__init__"), kinds(owner, self.code)
        if worded or not constructors.needs(owner):
            return worded or [(owner.name, owner.value)]
        needed = init.needed
        if not needed or not all(called_in(owner, each) for each in needed):
            return []
        out = []
        for base in ("tanh", "relu", "sigmoid"):
            given = {each: self.activation_function([base], is_derivative(each)) for each in needed}
            own = all(getattr(getattr(value, "__code__", None), "co_filename", None) in self.code.trees for value in given.values())
            out.append((own, base, lambda given=given: owner.value(**given)))
        softmax = {derived: next((each.target for each in self.code.functions if names.like_name(each.name, "softmax") and is_derivative(each.name) == derived), None) for derived in (False, True)}
        if softmax[False] is not None:
            # its derivative may be in that of the loss
            given = {each: softmax[is_derivative(each)] for each in needed}
            out.append((True, "softmax", lambda given=given: owner.value(**given)))
        # those of NumPy where the functions are in another file
        return [(base, make) for own, base, make in out if own] or [each[1:] for each in out[:1]]

    def layers(self, owner, between=(), top=None, word=None):
        """One for each layer, the last told the activation `word`; where they have units alone, and the network puts the weights between them, the input is one too."""
        self.settings["composed"] = True
        made = [self.layer(owner, l, word if l == len(self.sizes.dims) - 1 else None) for l in range(1, len(self.sizes.dims))]
        made = made if any(leaves(each) for each in made) else [self.layer(owner, 0)] + made
        out = []
        for index, each in enumerate(made):
            out += [each] + [make() for make in (between if index < len(made) - 1 else [top]) if make is not None]
        return out

    def written_word(self, constructor, argument, last):
        """The activation that the file gives its first layer, or its last: `Dense(64, 3, activation="softmax")`; None where it gives none."""
        words = {id(call): given.value for call, given, _, _ in self.code.calls_giving(constructor, argument) if isinstance(given, ast.Constant) and isinstance(given.value, str)}
        calls = [call for call, _, _ in self.code.sites.get(constructor.owner.__name__, [])]
        return words.get(id(calls[-1 if last else 0])) if words else None

    def layer(self, owner, l, told=None):
        """One layer, told the activation `told`; with another where the class refuses the one that it takes by itself."""
        constructor = owner.methods["__init__"]
        last = l == len(self.sizes.dims) - 1
        pool = type(self)(self.code, Ends(self.sizes.dims[max(0, l - 1)], self.sizes.dims[l], last), self.data, self.settings)
        given = {name: getter(pool) for name, getter in pool.plan(constructor, "ctor")}
        word = activation_word(constructor)
        word = None if word in given else word
        for each in [each for each, value in given.items() if isinstance(value, str) and (names.like_name(each, "activ") or value.lower() in NAMED)]:
            # the output's own, where the layers are told it by name
            given[each] = self.written_word(constructor, each, last) or (next((one for one in sorted(self.code.strings) if one.lower() == "sigmoid"), given[each]) if last else given[each])
        usual = ("sigmoid", "softmax") if last else ("relu", "tanh", "sigmoid")
        choices = [{}] + [{word: each} for each in usual] if word else [{}]
        written = told or self.written_word(constructor, word, last) if word else None
        choices = [{word: written}] + choices if written is not None else choices
        if word and getattr(constructor.defaults[word], "value", word) is None and self.compared(constructor, word) is not None:
            # activation=None stands for none, which the file may never ask for: one of those that it knows
            choices = [{word: each} for each in usual + ("tanh", "relu") if each in self.code.strings] + choices
        for choice in choices:
            try:
                return owner.value(**dict(given, **choice))
            except Exception as error:
                stopped = error
        raise stopped
