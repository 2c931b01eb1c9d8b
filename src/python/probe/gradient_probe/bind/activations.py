"""Which activation to give where an argument wants one: a function, its name, or one for each layer."""

import ast
import functools
import re

import numpy as np

from ..common import names
from ..common.syntax import walk
from ..source.functions import called_name
from .entry_words import of_entries, plural
from .usage import use_of

#: Activations with their derivatives, for an argument that another file would give.
USUAL = {
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "relu": (lambda z: np.maximum(z, 0), lambda z: (z > 0).astype(float)),
    "sigmoid": (lambda z: 1 / (1 + np.exp(-z)), lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2),
}


def flagged(g, slope):
    """An activation that gives its derivative where it is asked for: f(z, derivative=True), f(z, True)."""
    return lambda z, *flags, **options: slope(z) if any(each is True for each in flags + tuple(options.values())) else g(z)


#: The same as one function, which gives its derivative where that is asked for.
GIVEN = {name: flagged(*both) for name, both in USUAL.items()}

#: What people call them in text.
NAMED = ("relu", "sigmoid", "tanh", "ReLU", "Sigmoid", "Relu", "leaky_relu", "sigmod", "logistic", "softmax", "linear")

#: The same derivatives where the code gives them the activation: g'(Z) in terms of A.
OF_OUTPUT = {"tanh": lambda a: 1 - a ** 2, "relu": lambda a: (a > 0).astype(float), "sigmoid": lambda a: a * (1 - a)}


@functools.lru_cache(maxsize=None)
def of_output(node, name):
    """Whether a function calls `name` on what has the name of an activation: derivative(self.output), derivative(A1)."""
    for each in walk(node):
        if isinstance(each, ast.Call) and name in (getattr(each.func, "id", None), getattr(each.func, "attr", None)) and each.args:
            given = each.args[0]
            while isinstance(given, ast.Subscript):
                given = given.value
            return names.like_name(getattr(given, "attr", getattr(given, "id", "")), r"^a\d*$|^act|^out|output|^h\d*$|^o\d*$|yhat|pred|saida|salida|sortie|^layer\d*$")
    return False


def sloped(nodes):
    """The activations whose derivative is called by its name, relu_derivative(z): what is given beside it is the activation of that name."""
    called = {names.plain(called_name(each)) for node in nodes for each in walk(node) if isinstance(each, ast.Call) and called_name(each)}
    return {base for base in USUAL for each in called if re.match("^(d|deriv(ative)?(of)?)?%s[a-z]{0,10}$" % base, each) and re.search(names.DERIVATIVE, each)}


@functools.lru_cache(maxsize=None)
def called_as(node, name):
    """Whether `name` (or self.name) is called in a function, or each of its entries, whether it is subscripted in it, or none of these; under another name too."""
    for each in walk(node):
        if isinstance(each, ast.Assign) and name in (getattr(each.value, "id", None), getattr(each.value, "attr", None)) and isinstance(each.targets[0], ast.Name) and each.targets[0].id != name:
            other = called_as(node, each.targets[0].id)
            if other != "given":
                return other
    for each in walk(node):
        if isinstance(each, ast.Call) and (getattr(each.func, "id", None) == name or getattr(each.func, "attr", None) == name):
            return "called"
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Subscript) and name in (getattr(each.func.value, "id", None), getattr(each.func.value, "attr", None)):
            return "each called"
    if one_called(node, name):
        return "each called"
    for each in walk(node):
        if isinstance(each, ast.Subscript) and (getattr(each.value, "id", None) == name or getattr(each.value, "attr", None) == name):
            return "subscripted"
        if isinstance(each, (ast.For, ast.comprehension)) and name in ast.dump(each.iter):
            return "subscripted"
    return "given"


def one_called(node, name):
    """Whether one of them gets a name of its own and is called: `g = activations[l]`, `for W, g in zip(weights, activations)`."""
    held = lambda each: name in (getattr(each, "id", None), getattr(each, "attr", None))
    own = {each.id for one in walk(node) if isinstance(one, ast.Assign) and isinstance(one.value, ast.Subscript) and held(one.value.value) for each in one.targets if isinstance(each, ast.Name)}
    for each in walk(node):
        if isinstance(each, (ast.For, ast.comprehension)) and any(held(one) for one in walk(each.iter)):
            own |= {one.id for one in walk(each.target) if isinstance(one, ast.Name)}
    return any(isinstance(each, ast.Call) and getattr(each.func, "id", None) in own for each in walk(node))


def other_takes(error, code):
    """Whether an activation that may have been chosen here refuses `derivative=True`, and another function of theirs takes it."""
    found = re.search(r"got an unexpected keyword argument '(\w+)'", str(error)) if isinstance(error, TypeError) else None
    return found is not None and any(found.group(1) in each.arguments for each in code.functions)


@functools.lru_cache(maxsize=None)
def written_beside(node, name, known):
    """Whether the other layers' activation stands in the function as a text: layer(A, W, b, "relu") in a loop, and then layer(A, W, b, name)."""
    given = {id(one): each for each in walk(node) if isinstance(each, ast.Call) for one in each.args + [keyword.value for keyword in each.keywords]}
    texts = [each for each in walk(node) if isinstance(each, ast.Constant) and each.value in known and id(each) in given]
    return any(isinstance(each, ast.Name) and each.id == name and id(each) in given and any(ast.dump(given[id(each)].func) == ast.dump(given[id(one)].func) for one in texts) for each in walk(node))


def is_derivative(name):
    # sigmoid and forward end with a d as well
    return names.like_name(name, r"prime|deriv|grad|backward|(?<!sigmoi)(?<!sigmo)(?<!forwar)d$|dash|^d[fg]\d*$|^d(act|nonlin|phi|sigma)")


def partner(namespace, function):
    """The derivative that a table of the file has beside an activation: {"relu": (relu, step), "sigmoid": (sigmoid, sigmoid_slope)}; None where there is none."""
    for table in list(namespace.values()):
        for entry in table.values() if isinstance(table, dict) else ():
            if isinstance(entry, (tuple, list)) and len(entry) == 2 and entry[0] is function and callable(entry[1]):
                return entry[1]
    return None


def last_of(known, sizes, text):
    """The output's activation of those whose words are known: of several outputs a softmax, unless the file knows a squared error only."""
    ends = ("softmax", "sigmoid", "logistic") if sizes.nL > 1 and (re.search(r"log\(|entropy", text) or not re.search(r"(mean|sum)\([^\n]*(\*\* ?2|square)|mse\b|squared", text, re.I)) else ("sigmoid", "logistic", "softmax")
    return next((each for end in ends for each in known if each.lower() == end), known[0])


@functools.lru_cache(maxsize=None)
def written_list(tree, argument):
    """Two words that a file writes down for the hidden layers and the output, under the name of an argument: `activation = options.get("activation", ["tanh", "sigmoid"])`."""
    for each in walk(tree):
        target = each.targets[0] if isinstance(each, ast.Assign) else each if isinstance(each, ast.keyword) else None
        if target is None or getattr(target, "id", getattr(target, "arg", "")) != argument:
            continue
        lists = [one.elts for one in walk(each.value) if isinstance(one, (ast.List, ast.Tuple)) and len(one.elts) == 2]
        words = next(([getattr(one, "value", None) for one in elements] for elements in lists), [])
        if words and all(isinstance(one, str) and one.lower() in {known.lower() for known in NAMED} for one in words):
            return words
    return None


@functools.lru_cache(maxsize=None)
def written_functions(tree, argument):
    """Names of the functions that a file writes down for the first and the last layer, under the name of an argument: `activations = [relu, relu, softmax]`."""
    for each in walk(tree):
        target = each.targets[0] if isinstance(each, ast.Assign) else each if isinstance(each, ast.keyword) else None
        elements = getattr(each.value, "elts", []) if target is not None and getattr(target, "id", getattr(target, "arg", "")) == argument else []
        if len(elements) > 1 and all(isinstance(one, ast.Name) for one in elements):
            return elements[0].id, elements[-1].id
    return None


class Activations:
    """Part of a Pool."""

    def activation_function(self, bases, derivative, takes_output=False):
        """The file's own function for the first of these activations that it has, or the usual one; static methods are functions too."""
        static = [(each.name, each.target) for owner in self.code.classes for each in owner.methods.values() if not each.bound]
        for base in bases:
            found = [(name, value) for name, value in list(self.code.namespace.items()) + static if callable(value) and names.plain(name).startswith(base) or (callable(value) and derivative and names.plain(name) in ("d" + base, "derivativeof" + base, base + "prime"))]
            found = [value for name, value in found if bool(names.like_name(name, names.DERIVATIVE)) == bool(derivative) and not isinstance(value, type)]
            paired = partner(self.code.namespace, self.activation_function([base], False)) if derivative else None
            if found or paired is not None:
                return paired or found[0]
        slope = OF_OUTPUT[bases[0]] if takes_output else USUAL[bases[0]][1]
        return slope if derivative else GIVEN[bases[0]]

    def called_activation(self, argument, nodes, last=False):
        """The function for an argument that is called: a guess, of which the others are tried as well. `last`: that of the output."""
        self.settings["guessed"] = True
        derivative = is_derivative(argument)
        bases = ["sigmoid"] if last else [self.settings["base"]] if self.settings.get("base") else ["tanh", "relu", "sigmoid"]
        if not last and not derivative and not self.settings.get("base"):
            bases = [each for each in bases if each in sloped(nodes)] or bases
        # the derivative is that of the activation that is given, whichever derivatives the file has
        bases = [each for each in bases if self.activation_function([each], False) is not GIVEN[each]][:1] or bases
        return self.activation_function(bases, derivative, derivative and any(of_output(each, argument) for each in nodes))

    def called_object(self, nodes, argument):
        """An object of a class of theirs for what is called, and asked for its derivative by name: `self.act(Z)` and `self.act.backward(Z, grad)`; None where nothing is asked of it."""
        asked = {each.attr for node in nodes for each in walk(node) if isinstance(each, ast.Attribute) and argument in (getattr(each.value, "id", None), getattr(each.value, "attr", None))}
        asked -= {"__class__", "__name__"}
        fit = [each for each in self.code.classes if asked and "__call__" in dir(each.value) and all(hasattr(each.value, one) for one in asked) and "__init__" not in each.methods]
        fit = [each.value for base in ("tanh", "sigmoid", "relu") for each in fit if names.plain(each.name).startswith(base)]
        self.settings["guessed"] = self.settings.get("guessed") or bool(fit)
        return fit[0]() if fit else None

    def of_the_output(self, derivative):
        """Their sigmoid, or its derivative; where there are classes and they have a softmax only, that."""
        sigmoid = self.activation_function(["sigmoid"], derivative)
        softmax = [value for name, value in self.code.namespace.items() if names.plain(name).startswith("softmax") and callable(value) and not isinstance(value, type) and not names.like_name(name, names.DERIVATIVE + "|loss|cross|ce$")]
        return softmax[0] if softmax and sigmoid is GIVEN["sigmoid"] and self.sizes.nL > 1 else sigmoid

    def word(self, argument):
        """The word that was asked for in the place of a default; not where the same name is that of what a pass gave back, `backward(activations, y)`."""
        word = self.settings.get("words", {}).get(argument) if names.plain(argument) not in self.named else None
        return None if word is None else lambda pool: word

    def output_word(self, function, argument, default, phase):
        """What a cost is told of the output's activation, `activation_output="sigmoid"`: that of the forward pass, whatever the default is; None of any other argument."""
        if phase != "cost" or not isinstance(getattr(default, "value", None), str) or "activ" not in names.plain(argument):
            return None
        known = set(function.strings)
        word = next((each for each in (("softmax", "sigmoid") if self.sizes.nL > 1 else ("sigmoid",)) if each in known), None)
        return None if word is None or default.value not in known else lambda pool: word

    def activation(self, function, argument):
        """A function, the name of one, or one for each layer: in the form that the code uses it."""
        node = function.node
        nodes = [node]
        if function.owner is not None:
            # what a constructor keeps is used by other methods
            nodes = [method.node for owner in self.code.classes if owner.value is function.owner for method in owner.methods.values()]
            uses = [called_as(each, argument) for each in nodes]
            use = next((each for each in ("called", "each called", "subscripted") if each in uses), "given")
        else:
            use = called_as(node, argument)
        compared = [each for each in NAMED if each in use_of(self.code, function, argument).texts + of_entries(self.code, argument)]
        made = self.called_object(nodes, argument) if use == "called" else None
        if made is not None:
            return made
        if use in ("called", "each called") and not compared:
            own = self.code.namespace if use == "each called" else {}
            told = next((ends for tree in self.code.trees.values() for ends in [written_functions(tree, argument)] if ends is not None and all(callable(own.get(each)) for each in ends)), None)
            if told is not None:
                return [own[told[0]]] * (self.sizes.L - 1) + [own[told[1]]]
            one = self.called_activation(argument, nodes)
            return one if use == "called" else [one] * (self.sizes.L - 1) + [self.of_the_output(is_derivative(argument))]
        written = next((two for tree in self.code.trees.values() for two in [written_list(tree, argument)] if two is not None), None) if use == "subscripted" or plural(argument) else None
        if written is not None:
            return list(written)
        everywhere = [each for each in NAMED if each in self.code.strings and each != "leaky_relu"]
        known = [each for each in NAMED if each in function.strings] or compared
        of_last = written_beside(node, argument, frozenset(known))
        known = everywhere if of_last else known or everywhere
        if not known:
            return None
        self.settings["guessed"] = True
        if self.settings.get("base"):
            known = [each for each in known if each.lower() == self.settings["base"]] or known
        hidden, last = known[0], last_of(known, self.sizes, self.code.text)
        if use == "subscripted" or plural(argument):
            return [hidden] * (self.sizes.L - 1) + [last]
        return last if names.like_name(argument, "out|last|final") or of_last else hidden
