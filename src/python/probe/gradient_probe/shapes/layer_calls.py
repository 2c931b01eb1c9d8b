"""How the methods of a layer are called: which argument of its backward pass is the derivative that comes from above, and what stands beside it."""

import ast

from ..bind.deeds import products
from ..common import names
from ..common.syntax import unwritten, walk
from ..source.links import is_link

FORWARD = r"^((forward|fwd|feedforward)(pass|prop|prop[ao]gat(e|ion)|batch)?|fprop)$"
BACKWARD = r"^((backwards?|bwd|back)(pass|prop|prop[ao]gat(e|ion)|batch)?|bprop)$"

#: What the layer was given in the forward pass, where the backward pass is told it once more.
INPUT = r"^(activations?prev|aprev|aprevious|prevactivations?|prevoutputs?|(layer|last|prev|cached?|orig|original)inputs?|inputs?|inputdata|xs?|inp)$"

#: What the layer gave in the forward pass, for the same.
OUTPUT = r"^(layer|cached?|orig|original)?outputs?$"

#: What its forward pass gave back beside the output, for the backward pass alone.
KEPT = r"^(layer|forward|fwd)?(cached?|ctx|context|saved|memory|tape)s?$"

#: Before the name of an attribute that the forward pass fills, as the role of an argument.
ATTRIBUTE = "self."


def method(owner, rule):
    """The method of such a name that a class has; where it has several one that does something, and of these the plainest: a base may have others, that are only to be replaced."""
    return min((each for each in owner.methods.values() if names.is_name(each.name, rule)), key=lambda each: (unwritten(each.node), len(each.name)), default=None)


def passes(owner):
    """(forward, backward) of a class, None for what it has not. A backward pass of another name, `gradient_calc(dl_dy, z, a_prev)`, is the one method that is given the derivative from above and multiplies by it."""
    forward, backward = method(owner, FORWARD), method(owner, BACKWARD)
    if forward is not None and backward is None:
        others = [each for each in owner.methods.values() if each is not forward and each.bound and is_link(each) and each.returns and products(each.node)[1] > 1]
        backward = others[0] if len(others) == 1 else None
    return forward, backward


def forward_roles(forward):
    """{argument: 'input', 'training', 'keep' or 'm'} of forward(inputs, training), forward(inputs, keep_prob) or forward(inputs, batch_size); None where it wants anything else."""
    asides = {each: role for each in forward.needed for role, rule in (("training", names.FLAG_NAMES), ("keep", names.KEEP_NAMES), ("m", names.M_NAMES)) if names.is_name(each, rule)}
    rest = [each for each in forward.needed if each not in asides]
    return dict(asides, **{rest[0]: "input"}) if len(rest) == 1 else None


def backward_roles(backward, kept=False):
    """{argument: 'above', 'rate', 'input', 'output', 'kept', 'l2' or 'm'} of backward(dout), backward(dout, learning_rate), backward(dout, cache) or backward(lr, activation_prev, delta); None of any other. `kept`: the forward pass gives back what is meant by a cache."""
    wanted = backward.needed
    roles = {} if len(wanted) > 1 else {each: "above" for each in wanted}
    for each in wanted if len(wanted) > 1 else ():
        role = "rate" if names.is_rate(each) else "kept" if kept and names.is_name(each, KEPT) else "input" if names.is_name(each, INPUT) else "output" if names.is_name(each, OUTPUT) else "l2" if names.is_name(each, names.L2_NAMES) else "m" if names.is_name(each, names.M_NAMES) else "above"
        roles[each] = role
    if list(roles.values()).count("above") != 1 or any(names.is_name(each, names.Y_NAMES) for each in wanted):
        return None
    return roles


def told_once_more(forward, backward):
    """The roles of backward(dl_dy, weights_next, z, a_prev), whose first argument is the derivative from above: the rest is never read, or stands in attributes of the same name that the forward pass fills, `self.z = …`; None of any other."""
    read = {each.id for each in walk(backward.node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)}
    filled = {each.attr for each in walk(forward.node) if isinstance(each, ast.Attribute) and isinstance(each.ctx, ast.Store) and getattr(each.value, "id", "") == "self"}
    first, rest = backward.needed[:1], backward.needed[1:]
    if not first or not names.is_upstream(first[0]) or not all(each in filled or each not in read for each in rest):
        return None
    return dict({first[0]: "above"}, **{each: ATTRIBUTE + each if each in filled else "unread" for each in rest})


def calls_of(forward, backward):
    """Both, in the order of the arguments, as a chain keeps them."""
    return forward_roles(forward), backward_roles(backward, len(forward.returned) == 2) or told_once_more(forward, backward)


def run_forward(layer, roles, x):
    """What comes out; what the backward pass is given of it, `return y, cache`, is kept with the layer."""
    values = {"input": x, "training": True, "keep": 1.0, "m": len(x)}
    out = layer.forward(**{name: values[role] for name, role in roles[0].items()})
    if "kept" in roles[1].values():
        out, layer._kept = out
    layer._given = out
    return out


def run_backward(layer, roles, above, x, rate):
    """`x`: what the layer was given in the forward pass."""
    values = {"above": above, "rate": rate, "input": x, "kept": getattr(layer, "_kept", None), "output": getattr(layer, "_given", None), "l2": 0.0, "m": len(above), "unread": None}
    values.update({ATTRIBUTE + each: value for each, value in vars(layer).items()})
    return layer.backward(**{name: values[role] for name, role in roles.items()})
