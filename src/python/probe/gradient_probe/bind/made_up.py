"""Parameters where nothing of the file makes them: the functions say which there are, and their shapes are ours."""

import ast
import re

import numpy as np

from ..common import names
from ..common import subscripts
from ..common.data import SINGLE
from ..common.syntax import declared, walk
from ..source.functions import called_name, turned
from .deeds import factors, products
from .pool import Sizes
from .surroundings import text_stem
from .usage import use_of


def random_state():
    return np.random.RandomState(11)


class MadeUp:
    """Part of an Attempt."""

    #: nothing of the file makes the parameters: their shapes are ours
    made_up = False

    def from_keys(self, functions):
        """Where nothing makes the parameters: forward says which there are, W1, b1, … or 'W' + str(l)."""
        self.made_up = True
        program = self.program
        found, loops = [], False
        for function in functions:
            # whatever it is called, where it is asked for nothing but weights and biases
            keeping = {each for each in function.arguments if use_of(self.code, function, each).keeps_weights}
            for each in walk(function.node):
                if isinstance(each, ast.Subscript):
                    inner = each.slice
                    holder = getattr(each.value, "id", getattr(each.value, "attr", ""))
                    if holder not in keeping and not names.is_name(names.plain(holder), names.PARAM_NAMES):
                        continue
                    if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                        found.append(inner.value)
                    if isinstance(inner, ast.Name):
                        found.extend(written(function.node, inner.id))
                    if isinstance(inner, (ast.BinOp, ast.JoinedStr)) or text_stem(inner) is not None:
                        loops = True
            found.extend(each for each in function.arguments if any(letter.isdigit() for letter in each))
        keys = [each for each in dict.fromkeys(found) if (names.is_weight(each) or names.is_bias(each)) and any(letter.isdigit() for letter in each) and not names.is_gradient(each)]
        dims = program.sizes.dims
        number_of = lambda key: int("".join(letter for letter in key if letter.isdigit()))
        if loops and {number_of(each) for each in keys} <= {1}:
            # "W1" beside "W" + str(l) is that of the first layer
            keys = [letter + str(layer) for layer in range(1, len(dims)) for letter in "Wb"]
        layers = sorted({number_of(each) for each in keys})
        if not keys and (self.listed(functions) or self.one_layer(functions)):
            return
        if not keys or len(layers) > 5:
            self.unrolled(functions)
            return
        self.of_depth(len(layers))
        rows = self.setting.rows and not rows_as_columns(functions[0])
        biased = len(layers) - ones_put(functions[0]) if all(map(names.is_weight, keys)) else len(layers)
        made = {key: self.of_layer(key, layers.index(number_of(key)), rows, layers.index(number_of(key)) >= biased) for key in keys}
        program.roots["params"] = made
        program.take_leaves([("params", (("item", key),), key, value) for key, value in made.items()], random_state())

    def of_depth(self, layers):
        """Widths for so many layers."""
        sizes = self.program.sizes
        if layers != sizes.L:
            self.program.sizes = Sizes([5, 4, 6, 8, 3][:layers] + [sizes.nL])

    def of_layer(self, name, layer, rows=None, biased=False):
        """A weight or a bias of a layer, with the samples as they lie in its products: as rows, X W, or as columns. `biased`: weights that hold the bias as well, of the 1 that is put beside what they multiply."""
        before, after = self.program.sizes.dims[layer:layer + 2]
        before += biased
        rows = self.setting.rows if rows is None else rows
        if names.is_bias(name):
            return np.zeros(after if self.setting.form in SINGLE else (1, after) if rows else (after, 1))
        return np.zeros((before, after) if rows else (after, before))

    def one_by_one(self, function):
        """The weights and biases that a training is given, `train(x, d, w_h, w_o, rate)`, each of the next layer, and as it stands in its product. LookupError where there are none, or only those of one output, which may be a vector."""
        given = [each for each in function.arguments if each not in function.defaults and not names.is_gradient(each) and not use_of(self.code, function, each).listed]
        weights, biases = [[each for each in given if rule(each)] for rule in (names.is_weight, names.is_bias)]
        if not (self.program.sizes.nL == 1) < len(weights) <= 4 or biases and len(biases) != len(weights):
            raise LookupError("%s is given parameters, and nothing says how many layers they are of" % function.title)
        self.of_depth(len(weights))
        ahead = names_ahead(function.node)
        made = {}
        for kind in (weights, biases):
            for layer, name in enumerate(kind):
                before, after = self.program.sizes.dims[layer:layer + 2]
                one = self.setting.rows and weights[layer] in ahead
                made[name] = self.of_layer(name, layer) if not one else np.zeros((after, before) if kind is weights else after)
        self.program.roots["params"] = made
        self.program.take_leaves([("params", (("item", key),), key, value) for key, value in made.items()], random_state())

    def listed(self, functions):
        """Lists of weights and biases that functions are given, `step(X, W, b, y)` with W[0] … W[3]; one entry for each layer where a loop goes over them. False where there are none."""
        found = {}
        for function in functions:
            for argument in function.arguments:
                # what is multiplied as it is, X @ theta, is no list, whatever is cut out of it
                if (names.is_weight(argument) or names.is_bias(argument)) and argument not in multiplied(function.node):
                    places = [each.slice for each in walk(function.node) if isinstance(each, ast.Subscript) and getattr(each.value, "id", None) == argument]
                    numbers = [each.value for each in places if isinstance(each, ast.Constant) and type(each.value) is int]
                    if numbers or use_of(self.code, function, argument).listed:
                        found[argument] = max(numbers) + 1 if numbers else 0
        weights = [each for each in found if names.is_weight(each)]
        if not weights:
            return False
        count = max(found[each] for each in weights) or self.program.sizes.L
        self.of_depth(count)
        made = {}
        for argument in found:
            made[argument] = [self.of_layer(argument, layer) for layer in range(count)]
        self.program.roots["params"] = made
        self.program.take_leaves([("params", (("item", key), ("item", layer)), "%s[%d]" % (key, layer), value) for key, values in made.items() for layer, value in enumerate(values)], random_state())
        return True

    def one_layer(self, functions):
        """W, and b where there is one, of a classifier of a single layer: `softmax_loss(W, X, y, reg)`. False where there is none, what is one vector (see unrolled), or a gradient without a product: `dtheta = x`."""
        found = dict.fromkeys(each for function in functions for each in function.arguments if (names.is_weight(each) or names.is_bias(each)) and not names.is_gradient(each))
        sizes = self.program.sizes
        if sum(names.is_weight(each) for each in found) != 1 or len(found) > 2 or len(found) == sizes.nL == 1 or any(self.hides(function) or function.bound for function in functions) or not sum(products(functions[-1].node)):
            return False
        self.of_depth(1)
        made = {key: self.of_layer(key, 0) for key in found}
        for key in found:
            mine = lambda name, key=key: name == key
            if names.is_weight(key) and (any(turned(each, mine) for function in functions for each in walk(function.node)) if not self.setting.rows else turned_behind(functions, mine)):
                made[key] = made[key].T
            if sizes.nL == 1 and names.is_bias(key):
                made[key] = np.zeros(())
            elif sizes.nL == 1 and self.setting.rows and self.setting.form != "same":
                made[key] = np.zeros(sizes.n0)
            elif names.is_bias(key) and self.setting.rows and summed(functions):
                made[key] = np.zeros(sizes.nL)
        self.program.roots["params"] = made
        self.program.take_leaves([("params", (("item", key),), key, value) for key, value in made.items()], random_state())
        return True

    @staticmethod
    def hides(function):
        """Whether a function is given how wide a hidden layer is."""
        return any(names.width_role(each) == "hidden" or names.is_name(each, names.N1_NAMES) for each in function.arguments if not names.is_weight(each) and not names.is_name(each, names.PARAM_NAMES))

    def unrolled(self, functions):
        """Parameters as one vector that the functions are given: theta of a regression, or all weights of nnCostFunction one after the other."""
        program, form = self.program, self.setting.form
        if any(each.bound for each in functions):
            raise LookupError("no parameters are made anywhere that was found")
        takers = [each for each in functions if vector_of(each) is not None]
        if not takers or not self.setting.rows:
            raise LookupError("no parameters are made anywhere that was found")
        name = vector_of(takers[0])
        n0, outputs = program.sizes.n0, program.sizes.nL
        if self.hides(takers[0]):
            hidden = program.sizes.hidden[0]
            shape = (hidden * (n0 + 1) + outputs * (hidden + 1),)
        elif outputs != 1:
            raise LookupError("no parameters are made anywhere that was found")
        else:
            shape = (n0, 1) if form == "same" else (n0,)
        program.roots["params"] = np.zeros(shape)
        program.take_leaves([("params", (), name, program.roots["params"])], random_state())
        program.leaves[0].kind = "W"


def vector_of(function):
    """The argument of a function that is given samples and targets beside it, and would be the vector of all parameters."""
    if not any(names.holds_samples(one) for one in function.arguments) or not any(names.holds_targets(one) for one in function.arguments):
        return None
    return next((one for one in function.arguments if names.is_name(one, names.PARAM_NAMES)), None)


def takes_vector(function):
    """Whether a function is given the vector of all parameters and the widths to take it apart, and no other: `gradient(nn_params, input_layer_size, hidden_layer_size, num_labels, X, y, lambda_)`."""
    return vector_of(function) is not None and MadeUp.hides(function) and any(names.width_role(each) == "in" for each in function.arguments)


def makers(inits, function, code):
    """What may make the parameters of a function: None where nothing makes all of them, only the weights of one layer."""
    inits = [each for each in inits if not makes_one(each, code)]
    of_one = inits and all(isinstance(each, ast.Tuple) for init in inits for each in init.returns) and all(sum(names.is_weight(each or "") for each in init.returned) == 1 for init in inits)
    if takes_vector(function) or of_one and (keyed(function) or sum(map(names.is_weight, function.arguments)) > 1):
        # `return w, b` is of one layer
        return [None]
    return inits[:3] or [None]


def makes_one(init, code):
    """Whether the file calls it for each of its weights, `w1 = start(30, 5)`, `w2 = start(5, 10)`, or an initializer of the globals calls it for each layer."""
    weights = {given[0] for given in code.unpacked.get(init.name, []) if len(given) == 1 and given[0] and re.search(r"\d", given[0]) and names.is_weight(given[0])}
    inside = [node for _, node, _ in code.sites.get(init.name, []) if node is not None and declared(node)]
    return len(weights) > 1 or any(inside.count(each) > 1 for each in inside)


def keyed(function):
    """Whether a function reads its parameters by their names, params["W1"], and more than those of one layer."""
    held = [each for each in walk(function.node) if isinstance(each, ast.Subscript) and getattr(each.value, "id", None) in function.arguments and names.is_name(each.value.id, names.PARAM_NAMES)]
    return sum(map(names.is_weight, {subscripts.key(each) or "" for each in held})) > 1


def names_ahead(node):
    """Names that stand first in a product: W of `np.dot(W, x)`, `W @ x` and `W.dot(x)`."""
    calls = [each for each in walk(node) if isinstance(each, ast.Call) and called_name(each) in ("dot", "matmul")]
    first = [each.func.value if len(each.args) == 1 else each.args[0] for each in calls if each.args] + [each.left for each in walk(node) if isinstance(each, ast.BinOp) and isinstance(each.op, ast.MatMult)]
    return {each.id for each in first if isinstance(each, ast.Name)}


def ones_put(function):
    """How often a function puts ones beside what goes through the network, `np.append(np.ones((1, m)), A, axis=0)`."""
    calls = [each for each in walk(function.node) if isinstance(each, ast.Call) and called_name(each) in ("append", "vstack", "hstack", "concatenate", "column_stack", "insert")]
    return sum(any(isinstance(one, ast.Call) and called_name(one) == "ones" for one in walk(each)) for each in calls)


def rows_as_columns(function):
    """Whether samples that lie as rows go through a forward pass as columns: `params["W1"] @ X.T`, `a = np.transpose(X)` before `np.matmul(theta1, a)`."""
    sample = lambda node: names.is_name(getattr(node, "id", ""), names.X_NAMES)
    turned_there = any(isinstance(each, ast.Attribute) and each.attr == "T" and sample(each.value) or isinstance(each, ast.Call) and called_name(each) == "transpose" and any(map(sample, each.args)) for each in walk(function.node))
    first = [sides[0] for sides in map(factors, walk(function.node)) if len(sides) > 1]
    return turned_there and any(isinstance(each, ast.Subscript) or names.is_weight(getattr(each, "id", "")) for each in first)


def multiplied(node):
    """Names that stand whole on either side of a product: theta of `X @ theta`."""
    return {side.id for each in walk(node) for side in factors(each) if isinstance(side, ast.Name)}


def turned_behind(functions, holds):
    """Whether weights stand in products only as `X @ W.T`, never as `X @ W`: a row of them for each output."""
    behind = [each.right for function in functions for each in walk(function.node) if isinstance(each, ast.BinOp) and isinstance(each.op, ast.MatMult)]
    behind += [each.args[-1] for function in functions for each in walk(function.node) if isinstance(each, ast.Call) and called_name(each) in ("dot", "matmul") and each.args]
    return any(turned(each, holds) for each in behind) and not any(holds(getattr(each, "id", "")) for each in behind)


def summed(functions):
    """Whether gradients are summed over the samples to one number for each output, `d.sum(axis=0)`, and nowhere to a row of them."""
    sums = [each for function in functions for each in walk(function.node) if isinstance(each, ast.Call) and called_name(each) in ("sum", "mean") and any(one.arg == "axis" and getattr(one.value, "value", None) == 0 for one in each.keywords)]
    return bool(sums) and not any(one.arg == "keepdims" for each in sums for one in each.keywords)


def written(node, name):
    """The texts that a loop goes over: `params[key] for key in ("W1", "b1")`."""
    over = [each.iter for each in walk(node) if isinstance(each, (ast.For, ast.comprehension)) and getattr(each.target, "id", None) == name]
    return [one.value for each in over if isinstance(each, (ast.Tuple, ast.List)) for one in each.elts if isinstance(one, ast.Constant) and isinstance(one.value, str)]
