"""Where the parameters are in what the person's code makes: arrays in dicts, lists, attributes, found by their paths."""

import copy
import re
import types

import numpy as np

from ..common import names
from ..common import seeds


#: The kind of what a layer is given, where it is checked by itself: no parameter, though it is moved like one.
INPUT = "input"


class Leaf:
    """`path` leads from a root to the array; `name` is the last name on it, with an index where it is one of a list.
    `twins`: (path, name) of the other places where the very same array stands: params["W1"] is layers[0].W."""

    def __init__(self, path, name, value, twins=()):
        self.path = path
        self.name = name
        self.twins = list(twins)
        self.shape = np.shape(value)
        # 'b (layers.2.b)' of several objects that have one
        name = name.split(" (")[0]
        self.kind = "b" if (names.is_bias(name) or (not names.is_weight(name) and min(self.shape + (1,)) == 1 and len(self.shape) < 2)) else "W"


def mark_pairs(leaves):
    """Biases that no name tells: the second of each two that stand together, [W, b], as long as the first is wide."""
    beside = {}
    for leaf in leaves:
        if not names.is_bias(leaf.name) and not names.is_weight(leaf.name) and leaf.path[-1:] in ((("item", 0),), (("item", 1),)):
            beside.setdefault(leaf.path[:-1], []).append(leaf)
    # theta = W1, b1, W2, b2
    listed = in_list(leaves)
    pairs = [each for each in beside.values() if len(each) == 2] if len(listed) < 4 or len(listed) % 2 else list(zip(listed[::2], listed[1::2]))
    if len(pairs) > 1 and all(len(one.shape) == 2 and int(np.prod(other.shape)) == max(other.shape) in one.shape for one, other in pairs):
        for _, other in pairs:
            other.kind = "b"


def in_list(leaves):
    """All parameters in their order, where they are the entries of one list and have no names of their own; else none."""
    one = len({leaf.path[:-1] for leaf in leaves}) == 1 and all(leaf.path[-1] == ("item", index) for index, leaf in enumerate(leaves))
    return list(leaves) if one and not any(names.is_bias(leaf.name) for leaf in leaves) else []


def places(leaf):
    """Every path on which a parameter stands."""
    return [leaf.path] + [path for path, _ in leaf.twins]


def together(found):
    """[(one of them, places and names of the others)] of what is the very same array; the one with a number in its name stands for them."""
    groups = {}
    for each in found:
        groups.setdefault(id(each[3]), []).append(each)
    for group in groups.values():
        first = next((each for each in group if re.search(r"\d", each[2])), group[0])
        yield first, [((root,) + tuple(path), name) for root, path, name, value in group if (root, path) != first[:2]]


def leaves(root, depth=7, name=""):
    """Every numeric array below `root` with its path: [('attr', 'layers'), ('item', 0), ('attr', 'W')]; neurons as objects lie deepest, network.layers[0].neurons[1].weights."""
    out = []
    walk(root, (), name, out, depth, set())
    return out


def alone(key, name, value):
    """Whether a single number counts: w and b, w1 … w6 and b1 … b3; db[l] = np.sum(dZ), beside the None of the input layer. A whole one only begins a parameter, w1 = 1 and bias = 0: bias = 1 is the input that stands before it."""
    named = isinstance(key, str) and re.match(r"^([wWbB]\d*|weights?|bias)$", key) is not None
    if isinstance(value, int):
        return named and not isinstance(value, bool) and (key != "bias" or value == 0)
    return named or isinstance(key, int) and names.is_gradient(base(name))


def walk(value, path, name, out, depth, seen):
    if isinstance(value, np.ndarray):
        if value.dtype.kind in "fiu" and value.size > 0 and value.ndim <= 3:
            out.append((path, name, value))
        elif value.dtype == object and value.ndim == 1:
            for index, each in enumerate(value):
                walk(each, path + (("item", index),), "%s[%d]" % (name, index), out, depth - 1, seen)
        return
    if isinstance(value, (int, float, np.floating)) and path and alone(path[-1][1], name, value):
        out.append((path, name, np.asarray(value, dtype=float)))
        return
    if depth <= 0 or id(value) in seen:
        return
    if isinstance(value, dict):
        seen.add(id(value))
        for key, each in value.items():
            # weights["01"], weights["hidden"], db["0"]: the dictionary has the name, the key is a place in it
            inner = "%s[%s]" % (name, key) if place(key, base(name)) else key
            walk(each, path + (("item", key),), inner, out, depth - 1, seen)
    elif floats(value) and (names.is_weight(base(name)) or names.is_bias(base(name)) or names.is_gradient(base(name))):
        # the weights of one neuron as a list of numbers
        out.append((path, name, np.asarray(value, dtype=float)))
    elif isinstance(value, (list, tuple)):
        seen.add(id(value))
        given = getattr(value, "_fields", None) or ["%s[%d]" % (name, index) for index in range(len(value))]
        for index, each in enumerate(value):
            walk(each, path + (("item", index),), given[index], out, depth - 1, seen)
    elif is_object(value):
        seen.add(id(value))
        for key, each in attributes(value):
            walk(each, path + (("attr", key),), of_parameter(public(key), name), out, depth - 1, seen)


def place(key, holder):
    """Whether a key names no parameter itself, and says which one of the holder's it is."""
    if not isinstance(key, str):
        return True
    if names.is_weight(key) or names.is_bias(key) or names.is_gradient(key):
        return False
    return names.is_weight(holder) or names.is_bias(holder) or names.is_gradient(holder) and not re.search(r"[A-Za-z]", key)


def public(key):
    """'W1' for _Network__W1, as Python keeps the private self.__W1."""
    return re.sub(r"^_[A-Za-z]\w*?__(?=\w)", "", key)


def of_parameter(key, name):
    """The name of what an object keeps that stands for one parameter: params["W"].data is W, and params["W"].grad its gradient."""
    if names.is_weight(base(name)) or names.is_bias(base(name)):
        if key in ("data", "value", "val", "values", "array", "tensor"):
            return name
        if key in ("grad", "gradient"):
            return "grad_" + name
    return key


def floats(value):
    """A list of numbers; [nan] keeps the place of a layer that has no weights."""
    return isinstance(value, list) and len(value) > 0 and all(isinstance(each, (float, np.floating)) for each in value) and not np.all(np.isnan(value))


def attributes(value):
    if hasattr(value, "__dict__"):
        return list(vars(value).items())
    return [(each, getattr(value, each)) for each in getattr(type(value), "__slots__", ()) if hasattr(value, each)]


def is_object(value):
    return not getattr(type(value), "keeps_no_arrays", False) and (hasattr(value, "__dict__") or hasattr(type(value), "__slots__")) and not isinstance(value, (type, types.ModuleType, types.FunctionType, types.MethodType, np.generic, seeds.LEGACY, seeds.Generator)) and type(value).__module__ not in ("builtins", "numpy")


def fields(value):
    """What is kept under names: the entries of a dict, the attributes of an object of theirs, the fields of a named tuple; none of anything else."""
    if isinstance(value, dict):
        return {key: each for key, each in value.items() if isinstance(key, str)}
    if hasattr(value, "_fields"):
        return dict(zip(value._fields, value))
    return dict(attributes(value)) if is_object(value) else {}


def get(root, path):
    for kind, key in path:
        root = getattr(root, key) if kind == "attr" else root[key]
    return root


def standing(roots, path):
    """What stands at a path that begins with the name of a root; None where there is nothing."""
    try:
        return get(roots[path[0]], path[1:])
    except (KeyError, IndexError, AttributeError, TypeError):
        return None


def put(root, path, value, shared=False):
    """Gives a parameter its value. `shared`: in the array itself, which others may hold too, as self.params = [self.W1, self.b1] does."""
    holder = get(root, path[:-1])
    kind, key = path[-1]
    old = get(root, path)
    if isinstance(old, np.matrix):
        value = np.asmatrix(value)
    if shared and type(old) is type(value) is np.ndarray and old.shape == value.shape and old.dtype == value.dtype and old.flags.writeable:
        np.copyto(old, value)
        return
    if kind == "attr":
        object.__setattr__(holder, key, value)
    elif isinstance(holder, tuple):
        # a tuple is made anew, up to the first holder that can be changed
        made = [value if index == key else each for index, each in enumerate(holder)]
        put(root, path[:-1], type(holder)(*made) if hasattr(holder, "_fields") else type(holder)(made))
    else:
        holder[key] = value


def duplicate(root):
    """A copy that shares nothing with it but what cannot be copied, such as a generator or a module."""
    try:
        copies = {}
        made = copy.deepcopy(root, copies)
        for key, each in attributes(made) if is_object(made) else ():
            if isinstance(each, types.FunctionType) and each.__closure__:
                object.__setattr__(made, key, closed_over(each, copies))
        return made
    except Exception:
        pass
    if isinstance(root, dict):
        return {key: duplicate(each) for key, each in root.items()}
    if type(root) in (list, tuple):
        return type(root)(duplicate(each) for each in root)
    try:
        made = copy.copy(root)
    except Exception:
        return root
    if is_object(root):
        for key, each in attributes(root):
            object.__setattr__(made, key, duplicate(each))
    return made


def closed_over(function, copies):
    """The same function of the copies of what it was made in, `self.layer = lambda x: np.dot(x, self.W)`: it would go on with the object that was copied. `copies`: those that were made, by the id of what they are of."""
    cells = tuple(types.CellType(copies.get(id(each.cell_contents), each.cell_contents)) for each in function.__closure__)
    made = types.FunctionType(function.__code__, function.__globals__, function.__name__, function.__defaults__, cells)
    made.__kwdefaults__ = function.__kwdefaults__
    return made


def choose(found):
    """Of all arrays, those that are parameters: by name, else all of them."""
    named = [(path, name, value) for path, name, value in found if names.is_weight(base(name)) or names.is_bias(base(name))]
    # W = [np.zeros((1, 1)), …]: the lists count from 1, and what stands at 0 is no layer
    sizes = {name: np.size(value) for _, name, value in named}
    if any(name.endswith("[0]") and np.size(value) == 1 and not np.any(value) and names.is_weight(base(name)) and sizes.get(base(name) + "[1]", 0) > 1 for _, name, value in named):
        named = [each for each in named if not (each[1].endswith("[0]") and np.size(each[2]) == 1)]
    # momentum and gradient buffers stand beside the parameters
    named = [each for each in named if not any(names.is_gradient(str(key)) for _, key in each[0] if isinstance(key, str)) and (not any(is_buffer(str(key)) for _, key in each[0]) or second_weights(each, named))]
    return without_memory(named)


def second_weights(each, named):
    """Whether V is the weights that follow W, and no velocity, which begins with zeros of the shape of W."""
    path, name, value = each
    return names.plain(name) == "v" and not any(is_buffer(str(key)) for _, key in path[:-1]) and np.ndim(value) == 2 and len(np.unique(value)) > 1 and not any(other is not value and np.shape(other) == np.shape(value) for _, _, other in named)


def drawn(found, samples):
    """Of arrays without a name of a parameter those that are parameters all the same: matrices of random numbers that are none of the samples, and what is 0 beside them in the same list."""
    kept = [(path, name, value) for path, name, value in found if value.dtype.kind == "f" and value.ndim in (1, 2) and not any(np.shape(value) == np.shape(each) for each in samples) and not any(isinstance(key, str) and (names.is_gradient(key) or is_buffer(key)) for _, key in path)]
    random = [(path, name, value) for path, name, value in kept if value.ndim == 2 and min(value.shape) > 0 and len(np.unique(value)) > 1]
    lists = {path[:-1] for path, _, _ in random if path and path[-1][0] == "item"}
    return [each for each in kept if any(each[2] is one[2] for one in random) or each[0][:-1] in lists]


def without_memory(found, at=0):
    """Without dicts and lists of nothing but zeros that have the very places and shapes of another that has not: `return parameters, m, v`. An optimizer keeps them. `found`: tuples with a path at `at` and the array last."""
    holders = {}
    for each in found:
        if len(each[at]) > 1:
            holders.setdefault(each[at][0], []).append(each)
    alike = {}
    for key, group in holders.items():
        alike.setdefault(tuple(sorted((str(each[at][1:]), np.shape(each[-1])) for each in group)), []).append(key)
    drawn = {key for key, group in holders.items() if any(np.any(each[-1]) for each in group)}
    memory = {key for keys in alike.values() if drawn & set(keys) for key in keys if key not in drawn}
    return [each for each in found if not each[at] or each[at][0] not in memory]


def is_buffer(key):
    # v_W1 beside W1; unrolled_weights are all of them in one row
    return re.match(r"^_*[vms]_\w", key.lower()) is not None or names.plain(key) in ("v", "s", "vdw", "sdw", "velocity", "momentum", "cache", "m", "grads", "gradients", "adam", "caches", "memory", "best", "bestweights", "bestparams") or names.plain(key).startswith(("prev", "mw", "vw", "mb", "vb", "mg", "vg", "last", "old", "past", "best", "velocit", "momentum", "adam", "unroll", "flat"))


def base(name):
    """'weights' of 'weights[0]', 'b' of 'b (layers.2.b)'."""
    return name.split("[")[0].split(" (")[0]


#: Entries of a vector whose size asks for no smaller values.
VECTOR = 64


def fill(shape, name, random, order):
    """Values that expose bugs: weights that differ, biases that are not zero."""
    # (1, units, inputs) of a product that goes sample by sample is as wide as (units, inputs)
    if len([each for each in shape if each > 1]) >= 2:
        return random.standard_normal(shape) * 1.2 / np.sqrt(max(shape))
    if names.is_bias(base(name)):
        return random.uniform(-0.35, 0.35, shape) + 0.05
    # a long vector is that of many inputs, or of whole layers: their sums stay where an exponential has a derivative
    return random.standard_normal(shape) * 0.7 * min(1.0, np.sqrt(VECTOR / max(shape + (1,))))
