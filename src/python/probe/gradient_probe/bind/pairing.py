"""Which of the arrays that were found is the gradient of which parameter: by name, by key, then lists in order, then by shape."""

import re

import numpy as np

from ..common import names
from . import parameters as where


def enough(leaves, match):
    """Every weight has its gradient, or all that could have one."""
    weights = [leaf for leaf in leaves if leaf.kind == "W"] or leaves
    return bool(leaves) and all(leaf.name in match for leaf in weights)


def pair(leaves, found):
    """{parameter: path of its gradient}: by name, then lists in order, then by shape."""
    free = list(found)
    match = renumbered(leaves, free)
    for leaf in [each for each in leaves if each.name not in match]:
        same = []
        for path, name in [(leaf.path, leaf.name)] + leaf.twins:
            own = (names.plain(where.base(name)), re.findall(r"\[(\d+)\]", name))
            same = same or [each for each in free if names.stem(each[1]) == own or (names.plain(where.base(each[1])), re.findall(r"\[(\d+)\]", each[1])) == own]
            # optimize() gives back params and grads: dW before W
            same = [each for each in same if names.is_gradient(where.base(each[1]))] or same
            # two objects of one class have the same names: their paths tell them apart
            if len(same) > 1:
                keys = [key for _, key in path[1:-1]]
                closer = [each for each in same if [key for _, key in each[0][:-1]] == keys]
                # one that the step turns lies the other way
                same = closer or next((fitting for shape in (leaf.shape, leaf.shape[::-1]) for fitting in [[each for each in same if np.shape(each[2]) == shape]] if fitting), same)
        if same:
            match[leaf.name] = tuple(same[0][0])
            free.remove(same[0])
    by_key(leaves, free, match)
    by_place(leaves, free, match)
    rest = [leaf for leaf in leaves if leaf.name not in match]
    for kind in ("W", "b"):
        wanted = [leaf for leaf in rest if leaf.kind == kind]
        groups = {}
        for each in free:
            # "db0", "db1" beside a list "bias": keys that count what stands in order
            kept = counted(each[1]) if names.is_gradient(each[1]) else ("", "")
            groups.setdefault(kept[0] if kept[1] and (names.is_weight(kept[0]) or names.is_bias(kept[0])) else where.base(each[1]), []).append(each)
        for name, group in groups.items():
            if all(name != where.base(each[1]) for each in group):
                group = sorted(group, key=lambda each: int(counted(each[1])[1]))
            if all(each[0] and isinstance(each[0][-1][1], int) for each in group):
                # a dictionary keeps them in the order in which a backward pass came to them
                group = sorted(group, key=lambda each: each[0][-1][1])
            if len(group) == len(wanted) > 1 and (names.is_bias(names.stem(name)[0]) == (kind == "b") or not names.is_weight(names.stem(name)[0])):
                for order in (group, group[::-1]):
                    # nabla_b of one column a sample: matched all the same, so that it is seen
                    columns = kind == "b" and all(np.ndim(each[2]) == 2 and np.size(each[2]) % max(1, int(np.prod(leaf.shape))) == 0 and np.shape(each[2])[0] == leaf.shape[0] for each, leaf in zip(order, wanted))
                    # np.sum(dZ) without an axis is a number
                    if columns or all(fits(each[2], leaf) or kind == "b" and np.ndim(each[2]) == 0 for each, leaf in zip(order, wanted)):
                        for each, leaf in zip(order, wanted):
                            match[leaf.name] = tuple(each[0])
                            free.remove(each)
                        wanted = []
                        break
    wanted = [leaf for leaf in leaves if leaf.name not in match and leaf.kind == "b"]
    for each in [one for one in free if len(wanted) > 1 and np.shape(one[2]) == (len(wanted),) and names.is_bias(names.stem(one[1])[0])][:1]:
        # db.append(np.sum(dZ)): a list with one number a layer
        match.update({leaf.name: tuple(each[0]) + (("item", index),) for index, leaf in enumerate(wanted)})
        free.remove(each)
    rest = [leaf for leaf in leaves if leaf.name not in match]
    for leaf in rest:
        # of one sample an error has the shape of weights too
        same = [each for each in free if np.shape(each[2]) == leaf.shape and not names.like_name(names.plain(each[1]), r"^err(or)?s?(hidden|output|layer|\d|$)")]
        rivals = [each for each in rest if each.shape == leaf.shape and each.name not in match]
        if same and (len(same) == len(rivals) or len(same) == 1):
            match[leaf.name] = tuple(same[0][0])
            free.remove(same[0])
    misshapen(leaves, free, match)
    if len(leaves) == 1 and not match and len(found) == 1 and (np.ndim(found[0][2]) or names.is_gradient(found[0][1]) or not leaves[0].shape):
        # a number beside the cost is an accuracy
        match[leaves[0].name] = tuple(found[0][0])
    return match


def misshapen(leaves, free, match):
    """Adds the gradient of a bias that has not its shape, where its number or its holder says that it is meant: summed over the wrong axis, it would else be missed."""
    rest = [leaf for leaf in leaves if leaf.kind == "b" and leaf.name not in match]
    if any(leaf.kind == "W" and leaf.name not in match for leaf in leaves):
        return
    for leaf in rest:
        of_bias = [each for each in free if names.is_gradient(where.base(each[1])) and names.is_bias(names.stem(each[1])[0])]
        beside = [each for each in of_bias if leaf.path[-1][0] == "attr" and each[0][-1][0] == "attr" and tuple(each[0][:-1]) == tuple(leaf.path[1:-1])]
        numbered = [each for each in of_bias if counted(leaf.name)[1] and counted(each[1])[1] == counted(leaf.name)[1]]
        same = numbered or (beside if sum(one.path[:-1] == leaf.path[:-1] for one in rest) == 1 else [])
        if len(same) == 1:
            match[leaf.name] = tuple(same[0][0])
            free.remove(same[0])


def renumbered(leaves, free):
    """{parameter: path} of gradients that are counted from another number than their parameters, dW[0] of W[1]: by their names each would be that of a neighbour."""
    match, groups = {}, {}
    for leaf in leaves:
        groups.setdefault(counted(leaf.name)[0], []).append((counted(leaf.name)[1], leaf))
    for name, group in groups.items():
        given = [(counted(each[1])[1], each) for each in free if counted(each[1])[0] == name and names.is_gradient(where.base(each[1]))]
        one, other = [sorted(group, key=lambda each: str(each[0]).zfill(9)), sorted(given, key=lambda each: str(each[0]).zfill(9))]
        steps = {int(theirs) - int(own) for (own, _), (theirs, _) in zip(one, other) if own and theirs}
        if len(one) == len(other) > 1 and len(steps) == 1 and steps != {0} and all(own and theirs and fits(each[2], leaf) for (own, leaf), (theirs, each) in zip(one, other)):
            for (_, leaf), (_, each) in zip(one, other):
                match[leaf.name] = tuple(each[0])
                free.remove(each)
    return match


def fits(value, leaf):
    """Whether a gradient has the shape of its parameter; a bias may be flat, and reshaped in the step."""
    return np.shape(value) == leaf.shape or leaf.kind == "b" and np.size(value) == int(np.prod(leaf.shape))


def counted(name):
    """('w', '1') of W1, W[1] and dW[1]; without a number ('w', '')."""
    short, index = names.stem(name)
    number = re.search(r"\d+$", short) if not index else None
    return (re.sub(r"\d+$", "", short), number.group()) if number else (short, index[-1] if len(index) == 1 else "")


def by_place(leaves, free, match):
    """Adds those of a list of all gradients beside a list of all parameters, each in the place of its own; np.sum(dZ) without an axis is a number there."""
    listed = where.in_list(leaves)
    groups = {}
    for each in free:
        groups.setdefault(tuple(each[0])[:-1], []).append(each)
    for group in groups.values() if len(listed) > 2 and not match else ():
        if [each[0][-1] for each in group] == [leaf.path[-1] for leaf in listed] and all(np.shape(each[2]) == leaf.shape or leaf.kind == "b" and np.ndim(each[2]) == 0 for leaf, each in zip(listed, group)):
            match.update((leaf.name, tuple(each[0])) for leaf, each in zip(listed, group))
            free[:] = [each for each in free if not any(each is one for one in group)]
            return


def by_key(leaves, free, match):
    """Adds what stands under the very key of its parameter, weight_gradients["hidden"] for weights["hidden"]: of weights and biases under one key, that of the shape."""
    for leaf in leaves:
        if leaf.name in match or not isinstance(leaf.path[-1][1], str):
            continue
        same = [each for each in free if tuple(each[0])[-1:] == (leaf.path[-1],)]
        same = [each for each in same if np.shape(each[2]) == leaf.shape] or same
        if len(same) == 1:
            match[leaf.name] = tuple(same[0][0])
            free.remove(same[0])
