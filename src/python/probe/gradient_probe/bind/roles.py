"""Which roles the names of a person's functions allow: forward, cost, backward, update, initializer."""

import ast

from ..certain import unset
from ..common import names
from ..common.syntax import walk
from ..source.functions import called_name
from ..source.naming import holder, label
from ..source.links import is_link
from .deeds import blind, by_deeds, looks_on, only_difference, products


def role_of(function):
    """Every role that the function's name allows, the likelier first: [(role, score)]."""
    name = function.name
    out = []
    # `return loss, (dV, dW)`: what is in the inner tuple has names too
    inner = [label(one) for value in function.returns if isinstance(value, ast.Tuple) for each in value.elts if isinstance(each, (ast.Tuple, ast.List)) for one in each.elts]
    returned = [each for each in function.returned + inner if each]
    gives_cost = any(sums_costs(one) for value in function.returns if isinstance(value, ast.Tuple) for one in value.elts) or any(names.like_name(each, names.COST) or names.plain(each) in ("j", "l") for each in returned)
    gives_grads = any(names.is_name(each, names.GRAD_NAMES) or (names.is_gradient(each) and not names.like_name(each, names.COST)) for each in returned)
    takes_y = any(names.is_name(each, names.Y_NAMES) for each in function.arguments)
    if is_link(function) and not hands_on(function) and not (gives_grads and goes_down(function)) and not keeps_going_down(function):
        return [("link", 1)]
    if gives_cost and takes_y and not gives_grads and (keeps_gradients(function) or moves_given(function) or steps_once(function)):
        # forward(X, y) → loss, with self.gradients made on the way, or the weights moved that it is given: there is no other pass
        return [("both", 6)]
    if gives_cost and gives_grads:
        out.append(("both", 6))
    if len(function.returns) and names.like_name(name, names.INIT) and name != "__init__" and not remembers(function) and not reads(function):
        out.append(("init", 5))
    elif len(function.returns) and name != "__init__" and (draws(function) or makes_of_widths(function)):
        out.append(("init", 1))
    if takes_y and not gives_cost and name != "__init__" and gives_table(function):
        # propagate(params, X, Y) → {"dw1": dw1, …}: forward and backward in one, without a cost
        return [("backward", 6)]
    if names.like_name(name, names.BACKWARD) and not small_derivative(function) and not descends(function):
        out.append(("backward", 5 + (2 if takes_y else 0) + (2 if gives_grads else 0)))
    elif gives_grads and not gives_cost and not small_derivative(function) and name != "__init__" and not names.like_name(name, names.UPDATE + "|" + names.INIT + "|moment|adam|adadelta|adagrad|rmsprop|predict|model|" + names.FORWARD):
        out.append(("backward", 2))
    if names.like_name(name, names.UPDATE) and name != "__init__":
        out.append(("update", 3))
        if takes_y and any(names.like_name(each, names.BACKWARD + "|delta") or names.is_gradient(each) for each in function.callees):
            # the gradients are computed on the way, each by a function of its own
            out.append(("backward", 3))
    if not (gives_cost and gives_grads) and names.like_name(name, names.COST) and (function.returns or keeps_cost(function)) and not names.like_name(name, names.DERIVATIVE) and not names.plain(name).startswith(("plot", "show", "draw", "print")) and "test" not in name.lower() and (function.arguments or function.owner is not None) and not only_difference(function):
        out += [] if blind(function) else [("cost", 5)]
    elif gives_cost and takes_y and not gives_grads and len(function.arguments) <= 4 and any(names.is_name(each, names.AL_NAMES) for each in function.arguments) and not names.like_name(name, names.FORWARD + "|" + names.BACKWARD + "|" + names.TRAIN + "|accuracy|test"):
        # cee(A_last, Y) → loss, cost
        out.append(("cost", 3))
    if names.like_name(name, names.FORWARD) and not names.like_name(name, names.BACKWARD) and not names.plain(name).startswith(("linear", "activation", "affine", "relu", "sigmoid", "softmax", "conv", "pool", "tanh")) and name != "__init__" and not names.like_name(name, names.INIT):
        score = 5
        if looks_on(function) or names.like_name(name, "model$|run|compute$"):
            score = 1
        if names.like_name(name, "backward"):
            score = 0
        out.append(("forward", score))
    return out


def gives_table(function):
    """Whether a function multiplies its way forward and back, and gives back a table of gradients under whatever name: `parameters = {"dw1": dw1, "db1": db1}`."""
    if names.like_name(function.name, names.BACKWARD + "|" + names.UPDATE) or products(function.node)[1] < 2:
        return False
    tables = [each.value for each in walk(function.node) if isinstance(each, ast.Assign) and isinstance(each.value, ast.Dict) and label(each.targets[0]) in function.returned] + [each for each in function.returns if isinstance(each, ast.Dict)]
    return any(len(each.keys) > 1 and all(isinstance(one, ast.Constant) and isinstance(one.value, str) and names.is_gradient(one.value) for one in each.keys) for each in tables)


def sums_costs(node):
    """Whether an expression is a cost with its penalty, as one number: `data_loss + reg_loss`, `float(loss)`, `np.squeeze(cost)`."""
    if isinstance(node, ast.Call) and called_name(node) in ("float", "sum", "mean", "squeeze", "asscalar", "item") and len(node.args) <= 1:
        # a function of it, or a method that takes nothing
        inner = node.args[0] if node.args else getattr(node.func, "value", node.func)
        return sums_costs(inner) or names.like_name(label(inner) or "", names.COST)
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and all(names.like_name(label(each) or "", names.COST) or sums_costs(each) for each in (node.left, node.right))


def hands_on(function):
    """Whether a function goes through the layers and calls the backward pass of each: that of a network, which is given the derivative of the loss."""
    if not names.like_name(function.name, names.BACKWARD):
        return False
    inside = [each for loop in walk(function.node) if isinstance(loop, ast.For) for each in walk(loop) if isinstance(each, ast.Call)]
    if not function.bound:
        return any(isinstance(each.func, ast.Name) and names.like_name(each.func.id, names.BACKWARD) for each in inside)
    return any(isinstance(each.func, ast.Attribute) and called_name(each) == function.name and getattr(each.func.value, "id", "") != "self" for each in inside)


def goes_down(function):
    """Whether a function goes down through the layers itself, from what it is given of the output: a loop that multiplies by the weights turned, and more than once; or more such products than one layer has."""
    return any(isinstance(each, ast.For) and products(each)[1] > 1 for each in walk(function.node)) or products(function.node)[1] > 2


def keeps_going_down(function):
    """Whether a method goes down through all layers in a loop, and keeps a gradient of each: `self.derivatives[i] = np.dot(a, delta)` beside `np.dot(delta, self.weights[i].T)`."""
    for loop in walk(function.node) if function.bound else ():
        kept = [each for each in walk(loop) if isinstance(each, ast.Subscript) and isinstance(each.ctx, ast.Store) and isinstance(each.value, ast.Attribute) and (names.is_gradient(each.value.attr) or names.is_name(each.value.attr, names.GRAD_NAMES))] if isinstance(loop, ast.For) else []
        if kept and products(loop)[1] and sum(products(loop)) > 1:
            return True
    return False


def remembers(function):
    """initialize_adam(parameters): the memory of an optimizer, made of parameters; or what a course's test is given, initialize_adam_test_case()."""
    return names.like_name(function.name, "testcase") or names.like_name(function.name, "adam|velocit|momentum|moment|rms|adagrad|optimi") and any(names.is_name(each, names.PARAM_NAMES) for each in function.arguments)


def reads(function):
    """Whether a function takes the parameters from a file: h5py.File("weights.h5"), np.load(path), pickle.load(file)."""
    return not draws(function) and bool(function.callees & {"File", "load", "loadtxt", "genfromtxt", "loadmat"})


def descends(function):
    """gradient_descent(X, Y, …) that calls a backward pass: a training; or gradient_descent(W, b, dW, db, rate), which is given the gradients."""
    calls = any(names.like_name(each, "back|grad") and not names.like_name(each, "descent") for each in function.callees if each)
    return names.like_name(function.name, "descent") and (calls or sum(map(names.is_gradient, function.needed)) > 1)


def keeps_cost(function):
    """A method that gives nothing back and leaves the cost in an attribute: self.J, self.loss."""
    stored = [each.attr for each in walk(function.node) if isinstance(each, ast.Attribute) and isinstance(each.ctx, ast.Store)]
    return function.bound and any(names.plain(each) == "j" or names.like_name(each, names.COST) for each in stored)


def shown_in_forward(function, cost=None):
    """The attribute in which a forward pass leaves the cost that it has a function compute, with what it makes of it: self.error = self.loss(A, y) / m. `cost`: that function's name, or any."""
    for each in walk(function.node) if function is not None and function.bound else ():
        if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Attribute) and names.like_name(each.targets[0].attr, names.COST) and isinstance(each.value, ast.BinOp):
            called = {called_name(one) for one in walk(each.value) if isinstance(one, ast.Call)}
            if cost in called or cost is None and any(names.like_name(one, names.COST) for one in called):
                return each.targets[0].attr
    return None


def keeps_gradients(function):
    """A method that propagates back by itself, whatever it is called, and leaves the gradients in attributes: self.gradients["W1"], self.dW1."""
    if not function.bound or names.like_name(function.name, names.TRAIN + "|" + names.BACKWARD + "|" + names.UPDATE) or not products(function.node)[1]:
        return False
    stored = [each.value if isinstance(each, ast.Subscript) else each for each in walk(function.node) if isinstance(each, (ast.Attribute, ast.Subscript)) and isinstance(each.ctx, ast.Store)]
    return sum(isinstance(each, ast.Attribute) and (names.is_gradient(each.attr) or names.is_name(each.attr, names.GRAD_NAMES)) for each in stored) >= min(2, products(function.node)[1])


def moves_given(function):
    """Whether a function changes two weights or biases that it is given, where they stand: `W[0] -= eta * dW1`."""
    moved = set()
    for each in walk(function.node):
        if isinstance(each, ast.AugAssign) and isinstance(each.op, (ast.Sub, ast.Add)):
            given = each.target.value if isinstance(each.target, ast.Subscript) else each.target
            if getattr(given, "id", None) in function.arguments and (names.is_weight(given.id) or names.is_bias(given.id)):
                moved.add(ast.unparse(each.target))
    return len(moved) > 1


def steps_once(function):
    """train_step(X, y, lr) → loss: one step that multiplies its way back and moves the weights; what it returns is its cost, penalty and all."""
    if products(function.node)[1] < 2 or any(names.is_name(each, names.ITER_NAMES) for each in function.arguments) or any(rounds(each) for each in walk(function.node)):
        return False
    moved = [holder(each.target) for each in walk(function.node) if isinstance(each, ast.AugAssign) and isinstance(each.op, (ast.Sub, ast.Add))]
    return any(names.is_weight(each) or names.is_name(each, names.PARAM_NAMES) for each in moved)


def rounds(node):
    """Whether a loop goes round and round, and not over layers or parameters: `for epoch in range(…)` that takes nothing by its number."""
    if not isinstance(node, ast.For) or not isinstance(node.iter, ast.Call) or called_name(node.iter) not in ("range", "tqdm", "trange"):
        return isinstance(node, ast.While)
    number = getattr(node.target, "id", "")
    return not any(isinstance(each, ast.Subscript) and any(getattr(one, "id", None) == number for one in walk(each.slice)) for each in walk(node))


#: What draws random numbers that weights may be.
DRAWS = {"randn", "rand", "random", "normal", "uniform", "random_sample", "standard_normal"}


def draws(function):
    """Whether a function draws random numbers and computes no network with them: it may make weights, whatever it is called."""
    if names.like_name(function.name, "test|case|data|sample|noise|generat|moons|circles|spiral|batch|dropout"):
        return False
    return bool(function.callees & DRAWS) and not function.callees & {"dot", "matmul", "shuffle", "permutation"} and not any(isinstance(each, ast.MatMult) for each in walk(function.node)) and not any(names.is_name(each, names.Y_NAMES) for each in function.arguments)


def makes_of_widths(function):
    """create_classifier(in_dim, hid_dim, out_dim) → params: all that it takes are numbers of units, and what it makes its parameters of draws them."""
    return len(function.needed) > 1 and all(names.width_role(each) or names.is_name(each, names.N0_NAMES + "|" + names.N1_NAMES + "|" + names.NL_NAMES) for each in function.needed) and any(each and (names.is_name(each, names.PARAM_NAMES) or names.is_weight(each)) for each in function.returned) and any(names.like_name(each, names.INIT) for each in function.callees)


def small_derivative(function):
    """relu_derivative(Z), sigmoid_prime(x), get_input_gradient(): one link's derivative, not a backward pass."""
    return (names.like_name(function.name, names.ACTIVATION) or names.like_name(function.name, r"deriv|prime|dash$")) and len(function.arguments) <= 2 and not products(function.node)[1] or names.like_name(function.name, "check|numerical|vanish|clip|plot|testcase|input_?grad")


def candidates(functions):
    out = {"init": [], "forward": [], "cost": [], "backward": [], "update": [], "both": []}
    for function in functions:
        for role, score in role_of(function):
            if role in out:
                out[role].append((score, function))
    callers = {}
    for function in functions:
        for each in function.callees:
            callers.setdefault(each, []).append(function)
    for role, found in out.items():
        ranked = []
        for score, function in found:
            others = {each.name for _, each in found if each is not function}
            # a function that another of the same role calls is one part of it; a pass is no part of what predicts or evaluates with it
            if any(caller.name in others and not (score > 1 and looks_on(caller)) for caller in callers.get(function.name, [])):
                score -= 3
            if function.callees & others:
                score += 1
            if role in ("forward", "backward") and not looks_on(function) and any(called(caller, "backward" if role == "forward" else "forward", out) for caller in callers.get(function.name, [])):
                score += 3
            if not function.own:
                score -= 1
            ranked.append((score, -function.line, function))
        ranked.sort(key=lambda each: (-each[0], -each[1]))
        out[role] = [each[2] for each in ranked if each[0] > -2]
    if not out["backward"] and not out["both"]:
        # backward(grad_out) of a whole network, whose cost is another file's: nothing here calls it
        out["backward"] = [each for each in functions if each.bound and is_link(each) and not callers.get(each.name) and names.like_name(each.name, names.BACKWARD) and products(each.node)[1] > (1 if each.loops else 2)]
    by_deeds(out, functions)
    return out


def used_first(backwards, code):
    """Of several backward passes the one that the script comes to is the network's; parts of a pass are not given the targets."""
    used = unset.reached(code, unset.called(code))
    if backwards and backwards[0].node not in used:
        backwards.sort(key=lambda each: not (each.node in used and any(names.holds_targets(one) for one in each.arguments)))


def called(caller, role, out):
    return any(each.name in caller.callees for _, each in [(one if isinstance(one, tuple) else (0, one)) for one in out[role]])


def gives_gradients(backward):
    """Whether a backward pass gives back gradients, and not the errors that an update makes them of."""
    return bool(backward.returns) and not (backward.returned and all(each and (names.is_upstream(each) or names.is_difference(each)) and not names.is_gradient(each) for each in backward.returned))
