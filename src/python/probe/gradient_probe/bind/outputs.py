"""The cost and the prediction among what the person's functions return."""

import ast
import re

import numpy as np

from ..common import names
from ..common.data import SINGLE
from ..source.functions import method_on


def scalar(value, program):
    """The cost as a number; per-sample losses are summed, and their scale is then no matter."""
    if isinstance(value, tuple):
        value = next((each for each in value if np.size(each) == 1 and each is not None and not isinstance(each, (str, dict, list))), value[0])
    try:
        array = np.asarray(value, dtype=float)
    except TypeError:
        raise ValueError("the cost is no number")
    if array.size == 1:
        return float(array.reshape(-1)[0])
    if array.ndim == 2 and array.shape[0] == array.shape[1]:
        raise ValueError("the cost is a %d × %d matrix" % array.shape)
    if array.size and np.any(array < 0) and np.any(array > 0):
        raise ValueError("the cost is no number and no loss of each sample")
    if array.size and array.shape[0] in (program.data.m, program.data.outputs) or (array.ndim == 2 and program.data.m in array.shape):
        program.scale_free = True
        return float(np.sum(array))
    raise ValueError("the cost is no number")


def kept_cost(pool):
    """What a cost method that returns nothing leaves in an attribute: self.J, self.loss."""
    for each in pool.objects:
        for key, value in vars(each).items():
            if (names.plain(key) == "j" or names.like_name(key, names.COST)) and isinstance(value, (float, np.ndarray, np.floating)) and np.size(value) == 1:
                return value
    return None


def read_of(function, objects, code):
    """What a method of the class gives that only reads it, `return self.layers[-1].activations`, of a forward pass that gives nothing back; None where there is none."""
    owner = next((each for each in code.classes if each.value is function.owner), None)
    made = next((each for each in objects if type(each) is function.owner), None)
    for each in owner.methods.values() if owner is not None and made is not None else ():
        body = each.node.body[1:] if ast.get_docstring(each.node) is not None else each.node.body
        value = body[0].value if len(body) == 1 and isinstance(body[0], ast.Return) else None
        while isinstance(value, (ast.Attribute, ast.Subscript)):
            value = value.value
            if getattr(value, "id", None) == "self" and not each.arguments and names.like_name(each.name, names.FORWARD + "|output|result"):
                return method_on(made, each)()
    return None


def split_both(parts, program, given=()):
    """(cost, gradients, their names in `given`) among what one function gives: the cost by its name, else the first number that has no name of a gradient."""
    single = [index for index, each in enumerate(parts) if not isinstance(each, (dict, list, tuple, str)) and each is not None and np.size(each) == 1 and np.asarray(each).dtype.kind in "fiu"]
    called = {index: name for index, name in enumerate(given) if name} if len(given) == len(parts) else {}
    named = [index for index in single if names.like_name(called.get(index, ""), names.COST) and not names.is_gradient(called[index])]
    chosen = (named + [index for index in single if not names.is_gradient(called.get(index, ""))] + single)[:1]
    cost = float(np.asarray(parts[chosen[0]], dtype=float).reshape(-1)[0]) if chosen else None
    rest = [each for index, each in enumerate(parts) if index not in chosen]
    return cost, rest[0] if len(rest) == 1 else tuple(rest), [called.get(index) for index in range(len(parts)) if index not in chosen]


def numbers(value):
    """A number, or a list of numbers or of such lists: `outputs.tolist()`."""
    return isinstance(value, (float, np.floating)) or isinstance(value, list) and len(value) > 0 and all(numbers(each) for each in value)


def last_activation(found):
    """Of several [(name, array)] the activation of the last layer, by their names; else the last that is no pre-activation."""
    activated = [(name, each) for name, each in found if name and names.plain(name)[:1] == "a"] or [(name, each) for name, each in found if name and names.like_name(name, r"z\d*hat")] or [(name, each) for name, each in found if not (name and names.plain(name)[:1] == "z")] or found
    numbered = [re.findall(r"\d+", name or "") for name, _ in activated]
    if all(numbered):
        # (A2, A1, Z1): the order of the layers is in the names
        return max(zip(activated, numbered), key=lambda each: int(each[1][-1]))[0][1]
    return activated[-1][1]


def choose_output(parts, given, pool, program, function):
    """The prediction among what forward returned: by name, else the last array of m samples with the right width; of attributes one that forward sets."""
    m, outputs = program.data.m, program.sizes.nL
    single = program.data.form in SINGLE
    # `return dZL, A, Z`: a derivative is no prediction
    kept = [index for index in range(len(parts)) if not (index < len(given) and given[index] and names.is_upstream(given[index]))]
    parts, given = [parts[index] for index in kept], [given[index] if index < len(given) else None for index in kept]
    # outputs.tolist() and a number for one sample are predictions too
    parts = [np.asarray(each, dtype=float) if numbers(each) else each for each in parts]

    def fits(value):
        if not isinstance(value, np.ndarray) or value.dtype.kind not in "fiu":
            return False
        return single or m in value.shape or value.size == m

    called = [(given[index], each) for index, each in enumerate(parts) if index < len(given) and given[index] and fits(each) and names.is_name(given[index], names.AL_NAMES)]
    # h and a are the prediction where there is no other: beside `out` they are the hidden layer
    named = [each for _, each in sorted(called, key=lambda one: names.plain(one[0]) in ("h", "a", "z"))]
    for each in [one for one in named if outputs in one.shape or one.size == m] + (named if not any(fits(one) and outputs in one.shape for one in parts) else []):
        return each
    for each in parts:
        if fits(each) and len([one for one in parts if fits(one)]) == 1:
            return each
    lists = [each for each in parts if isinstance(each, (list, tuple)) and len(each) > 1 and all(fits(one) for one in each)]
    from_samples = [each for each in lists if np.array_equal(each[0], pool.data["X"])]
    if len(lists) > len(from_samples) == 1 and (outputs in from_samples[0][-1].shape or from_samples[0][-1].size == m):
        # [X, A1, A2] beside [Z1, Z2]
        return from_samples[0][-1]
    flat = []
    for index, each in enumerate(parts):
        if fits(each):
            flat.append((given[index] if index < len(given) else "", each))
        elif isinstance(each, dict):
            # {"A": [X, A1, A2]} and {"hidden": {"A": …}} as well as {"A1": …, "A2": …}
            held = [(key, one) for key, one in each.items() if isinstance(key, str) and not isinstance(one, dict)] + [pair for one in each.values() if isinstance(one, dict) for pair in one.items()]
            # {1: X, 2: A1, 3: A2}: by the numbers of the layers, and only those, under the name of the dictionary
            held = held or [(given[index] if index < len(given) and given[index] else "", each[key]) for key in sorted(each) if isinstance(key, int)] if all(isinstance(key, int) for key in each) else held
            flat.extend((key, one) for key, several in held for one in (several if isinstance(several, list) else [several]) if fits(one))
        elif isinstance(each, (list, tuple)):
            # activations, zs: the name of the list is that of what is in it
            flat.extend((given[index] if index < len(given) and given[index] else "", one) for one in each if fits(one))
    wide = [(name, each) for name, each in flat if outputs in each.shape or each.size == m] or flat
    if wide and re.match(r"^(o|out|output|yhat|probs?)\d*$", names.plain(wide[-1][0] or "")):
        # A3 before the softmax, O3 behind it
        return wide[-1][1]
    if wide:
        return last_activation(wide)
    if not flat:
        for holder in pool.objects:
            found = [(key, each) for key, each in vars(holder).items() if fits(each) and not names.is_name(key, names.Y_NAMES) and not names.is_name(key, names.X_NAMES) and not names.is_weight(key) and not names.is_bias(key) and (outputs in each.shape or each.size == m)]
            text = program.code.reached([function])
            found = [(key, each) for key, each in found if re.search(r"\bself\.%s\s*(\[[^=\n]*\]\s*)?=[^=]" % key, text)] or found
            # of one sample (1, 4) is as good a fit as (1, 1): the hidden layer is none where another has the very size
            found = [(key, each) for key, each in found if each.size == outputs * m] or found
            named = [each for key, each in sorted(found, key=lambda one: names.plain(one[0]) in ("h", "a", "z")) if names.is_name(key, names.AL_NAMES)]
            act = sorted((key, each) for key, each in found if names.plain(key)[:1] == "a")
            if not found:
                # self.activations[-1]: the last one kept in a list
                kept = [list(each.values()) if isinstance(each, dict) else each for key, each in sorted(vars(holder).items(), key=lambda pair: names.plain(pair[0])[:1] == "z") if isinstance(each, (list, tuple, dict)) and each and names.is_name(key, names.CACHE_NAMES + "|" + names.AL_NAMES) and (isinstance(each, dict) or fits(each[-1]))]
                kept = [each for each in kept if fits(each[-1]) and (outputs in each[-1].shape or each[-1].size == m)]
                kept = kept or [list(each)[-1:] for key, each in vars(holder).items() if isinstance(each, list) and each and fits(each[-1]) and each[-1].size in (outputs, outputs * m) and not any(names.is_weight(key) or names.is_bias(key) or names.is_gradient(key) or names.is_difference(key) for key in [key])]
                if kept:
                    return kept[0][-1]
                # self.values["A" + str(l)], beside the weights
                keyed = [(key, one) for each in vars(holder).values() if isinstance(each, dict) for key, one in each.items() if isinstance(key, str) and fits(one) and (outputs in one.shape or one.size == m) and names.like_name(key, r"^a\d*$|^act|^out|yhat|pred") and not names.is_gradient(key)]
                if keyed:
                    return last_activation(keyed)
            if named:
                return named[0]
            if act:
                return act[-1][1]
            if found:
                return found[-1][1]
    return None
