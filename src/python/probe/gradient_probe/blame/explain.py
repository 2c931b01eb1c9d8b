"""Says what is wrong with one link: the kind of mistake, the formula it should be, and a replacement that was tried."""

import numpy as np

from ..bind.parameters import INPUT
from ..common import names
from ..common import numeric as core
from . import counted, dropout
from .fixes import try_fixes

SAY_FACTOR = {
    "m": "it is m times too large: the 1/m is missing",
    "1/m": "it is m times too small: 1/m is there once too often",
    "2": "it is twice too large",
    "1/2": "it is half of it",
    "-1": "its sign is flipped",
    "C": "it is C times too large, C being the number of outputs",
    "1/C": "it is C times too small, C being the number of outputs",
}


#: Within this room: the derivative of the activation is missing altogether, or is there twice.
PASSED_ON, TWICE = "passed-on", "twice"


class Explanation:
    def __init__(self, rule, message, factor=None, formula=None, replacement=None):
        self.rule, self.message, self.factor, self.formula, self.replacement = rule, message, factor, formula, replacement
        #: it is the derivative by A where that by Z is meant; it is that by Z once more times the derivative of the activation
        self.passed_on = self.twice = False


def explain(broken, finder):
    """An Explanation of one Broken."""
    program = finder.program
    site = finder.recorder.sites[broken.event.site]
    value, truth = broken.event.value, np.asarray(broken.truth)
    name = site.target if site.target not in ("return", "") else site.function.split(".")[-1]
    if site.kind == "factor" and site.value is not None and len(site.value) < 40 and "\n" not in site.value:
        # of a product only this part is off
        name = site.value
    rule, message, factor = kind_of(broken, finder, value, truth, name) if broken.what != "count" else ("factor", counted.said(broken.event, name, program.data.m), None)
    formula = formula_of(broken, finder, truth, name) if broken.what != "count" else counted.formula(name, site.value)
    if rule == "l2" and formula is not None and not names.is_bias(name):
        # what the cost asks for beside the data: known where all of it is missing
        formula = "%s + %s" % (formula, message.rsplit(": ", 1)[1][:-1]) if "missing" in message else None
    fixed = Explanation("activation-derivative" if rule in (PASSED_ON, TWICE) else rule, message, factor, formula)
    fixed.passed_on, fixed.twice = rule == PASSED_ON, rule == TWICE
    fixed.replacement = try_fixes(broken, finder, site)
    if fixed.replacement is not None and site.kind not in ("mutate",):
        fixed.formula = fixed.formula or fixed.replacement
    return fixed


def kind_of(broken, finder, value, truth, name):
    program = finder.program
    m, C = program.data.m, program.sizes.nL
    if value.shape != truth.shape and value.size == truth.size and core.as_before(truth.shape, value.shape, m):
        # (n,) for (1, n): no mistake by itself
        value = value.reshape(truth.shape)
    if value.shape != truth.shape:
        if value.size == 1:
            return "axis", "%s is summed over everything: one number for all %d units. Sum over the samples only." % (name, max(np.size(each) for each in broken.truths)), None
        if value.shape == truth.shape[::-1] and value.shape != truth.shape and min(value.shape) > 1:
            return "transposed", "%s is transposed: it is %s where %s is meant." % (name, shape(value), shape(truth)), None
        if value.size == truth.size:
            return "keepdims", "%s is %s where %s is meant: keepdims is missing, so the next line broadcasts it." % (name, shape(value), shape(truth)), None
        return "shape", "%s is %s where %s is meant." % (name, shape(value), shape(truth)), None
    if broken.what == "moved":
        return "order", "The weights have already been updated when they are handed on here: the error must go down through the weights of before the update.", None
    if broken.what == "value":
        other, meant = finder.named(value), finder.named(truth)
        if meant is not None and meant in (other, name):
            return "cached-value", "%s is another value here than the %s of %s." % (name, meant, finder.made_in(truth)), None
        return "cached-value", "%s is %s where %s is meant." % (name, other or "another value", meant or "another value of the forward pass"), None
    k = ratio(value, truth, m, C)
    if k is not None:
        said = core.name_factor(k, m, C)
        if said is not None and said.startswith("-") and said != "-1":
            text = "its sign is flipped and it is %s times as large" % said[1:]
        else:
            text = SAY_FACTOR.get(said, "it is %s times what it should be" % (said or "%.6g" % k))
        return ("sign" if said == "-1" else "factor"), "%s has the right direction, but %s." % (name, text), k
    lacking = dropout.lacking(broken, finder, value, truth)
    if lacking is not None:
        return "dropout-mask", "%s lacks the dropout mask of the forward pass: the derivative is %s." % (name, lacking), None
    upstream = finder.upstream(broken)
    local = finder.local(broken)
    samples = 0 if program.data.rows else 1
    if broken.what != "local" and value.ndim == 2 and min(value.shape) >= 1 and value.shape[samples] == m and m > 1 and np.allclose(value, value.mean(axis=samples, keepdims=True)) and not np.allclose(truth, truth.mean(axis=samples, keepdims=True)):
        return "sum", "%s is summed: every sample gets the same number. It must differ from sample to sample; the sum belongs into dW and db." % name, None
    if upstream is not None:
        up = ratio(value, upstream)
        if up is not None:
            return PASSED_ON, "%s is the upstream derivative as it came: the derivative of the activation, g'(Z), is missing." % name, None
        if local is not None and ratio(value, local) is not None:
            return "upstream-dropped", "%s is only the derivative of the activation: the upstream dA is dropped." % name, None
        if local is not None and np.any(local) and ratio(value, truth * local) is not None:
            return TWICE, "%s has the derivative of the activation twice." % name, None
        if is_mask(local) and masked(value, upstream):
            return "mask", "%s is masked by the wrong values: it must be 0 exactly where Z ≤ 0 of the same layer." % name, None
    if broken.what == "local" and is_mask(truth) and is_mask(value):
        return "mask", "%s is masked by the wrong values: it must be 0 exactly where Z ≤ 0 of the same layer." % name, None
    if getattr(finder.leaf_of(broken), "kind", None) == INPUT:
        return "layer-derivative", "%s is not the derivative by what the layer was given: what comes from above times that of its own forward pass." % name, None
    extra = l2_of(finder, value, truth, broken)
    if extra is not None:
        return extra
    if finder.is_output(broken):
        return "loss-derivative", "%s is not the derivative of the cost by the output." % name, None
    if local is not None and broken.what == "local":
        return "activation-derivative", "%s is not the derivative of the activation at this layer's Z." % name, None
    if local is not None:
        return "activation-derivative", "%s is not dA times the derivative of the activation at this layer's Z." % name, None
    return "wrong-value", "%s is not the derivative of the cost that it should be; with the right one everything after it is right." % name, None


def l2_of(finder, value, truth, broken):
    """What is left over is a multiple of the weights: L2."""
    if broken.what != "leaf":
        return None
    for name, each in finder.program.theta0.items():
        if np.shape(each) == value.shape and np.shape(each) == truth.shape:
            scale = broken.scale or 1.0
            k = ratio(value - truth, np.asarray(each))
            if k is not None and abs(k) > 1e-9:
                term = l2_term(finder.program, abs(k), name)
                # kind of the parameter: a bias is not regularized in the cost
                if names.is_bias(name.split("[")[0]) and k > 0:
                    return "l2", "The gradient of %s has an L2 term (%s) that the cost has not." % (name, term), None
                if k < 0:
                    return "l2", "The L2 term of the cost is missing in the gradient of %s: %s." % (name, term), None
                return "l2", "The L2 term in the gradient of %s is larger than the cost's by %s." % (name, term), None
    return None


def l2_term(program, k, name):
    """k · W in terms of the L2 rate that their functions are given: 'lambd / m * W1'; with the number where it is no plain multiple of that."""
    rate, m = program.settings.get("l2") or 0.0, program.data.m
    given = next((each for step in program.steps for each in step.function.arguments if names.is_name(each, names.L2_NAMES)), "lambd")
    known = [(rate / m, "%s / m"), (rate, "%s"), (2 * rate, "2 * %s"), (2 * rate / m, "2 * %s / m"), (rate / 2, "%s / 2"), (rate / (2 * m), "%s / (2 * m)")]
    scale = next((text % given for value, text in known if value and abs(k - value) < 1e-5 * value), "%.4g" % k)
    return "%s * %s" % (scale, name)


def ratio(one, other, m=1, C=1):
    """k where one = k · other, elementwise; None otherwise. Of single numbers a k that has a name: there always is one."""
    one, other = np.asarray(one, dtype=float), np.asarray(other, dtype=float)
    if one.shape != other.shape or not np.any(other) or not np.any(one):
        return None
    k = float(np.sum(one * other) / np.sum(other * other))
    if one.size == 1 and core.name_factor(k, m, C) is None:
        return None
    return k if np.linalg.norm(one - k * other) < 1e-5 * np.linalg.norm(one) and abs(k) > 1e-12 else None


def is_mask(local):
    return local is not None and np.all((np.abs(local) < 1e-6) | (np.abs(local - 1) < 1e-6))


def masked(value, upstream):
    where = np.abs(value) > 0
    return value.shape == upstream.shape and np.any(where) and ratio(value[where], upstream[where]) is not None


def shape(value):
    return str(np.shape(value)) if np.ndim(value) else "one number"

# -- the formula it should be

def leaf_named(program, name):
    """The parameter whose gradient is called so, where its value alone does not tell."""
    return next((each for each in program.leaves if names.is_gradient(name) and names.stem(name) == (names.plain(each.name), [])), None)


def formula_of(broken, finder, truth, name):
    program = finder.program
    rows = program.data.rows
    leaf = finder.leaf_of(broken) or leaf_named(program, name)
    if leaf is not None and any(each.kind == INPUT for each in program.leaves):
        # of whatever layer it is
        return None
    if leaf is not None:
        # b (n, 1) goes with samples in columns, however X is given
        axis = 0 if rows and not (len(leaf.shape) == 2 and leaf.shape[0] > 1 == leaf.shape[1]) else 1
        if leaf.kind == "b":
            return "%s = np.sum(dZ, axis=%d, keepdims=True) / m" % (name, axis)
        return "%s = np.dot(A_prev.T, dZ) / m" % name if rows else "%s = np.dot(dZ, A_prev.T) / m" % name
    if broken.what in ("value", "moved"):
        return None
    g = finder.activation(broken)
    if finder.is_output(broken):
        text = finder.loss_formula(broken.truth)
        if text:
            return "%s = %s" % (name, text)
    formulas = {"relu": "dA * (Z > 0)", "sigmoid": "dA * A * (1 - A)", "tanh": "dA * (1 - A**2)", "linear": "dA"}
    locals_ = {"relu": "(Z > 0)", "sigmoid": "A * (1 - A)", "tanh": "1 - A**2", "linear": "1"}
    if g in formulas:
        meant = locals_[g] if broken.what == "local" else formulas[g]
        return meant if finder.recorder.sites[broken.event.site].kind == "factor" else "%s = %s" % (name, meant)
    if broken.what != "derivative" or finder.is_output(broken):
        return None
    if finder.upstream(broken) is not None:
        return "%s = dA * g'(Z)" % name
    return "%s = np.dot(dZ, W.T)" % name if rows else "%s = np.dot(W.T, dZ)" % name
