"""Where an update moves most parameters by their gradients: one that it leaves where it was, or moves by something else."""

import ast
import types

import numpy as np

from ..common import names
from ..common.syntax import walk
from ..source.functions import called_name
from ..source.naming import holder


def find(program, outcome, after, recorder):
    """(site, rule, message, formula), or None."""
    moves = [Move(leaf, program.theta0[leaf.name], after[leaf.name], outcome.grads[leaf.name]) for leaf in program.leaves if all(np.shape(each.get(leaf.name)) == leaf.shape for each in (after, outcome.grads))]
    usual = [each for each in moves if each.multiple is not None and each.multiple > 0]
    forgotten = never_moved(program, moves, usual, outcome)
    if forgotten is not None:
        return forgotten
    if len(usual) < 2 or not any(each.leaf.kind == "W" for each in usual) or np.ptp([each.multiple for each in usual]) > 1e-6 * usual[0].multiple:
        # no plain gradient descent
        return None
    # where weights go elsewhere too, it is a step of other gradients: of an update that runs backward itself, on what has moved
    plain = all(each.multiple is not None for each in moves if each.leaf.kind == "W")
    return left_out(program, moves) or (moved_otherwise(moves, outcome, recorder) if plain else None)


class Move:
    """`multiple`: k where the step is k times the gradient, 0 where there is none; None of any other step."""

    def __init__(self, leaf, old, new, gradient):
        self.leaf, self.old, self.new, self.gradient = leaf, old, new, np.asarray(gradient, dtype=float)
        self.step = old - new
        size = float(np.sum(self.gradient ** 2))
        k = float(np.sum(self.step * self.gradient)) / size if size > 0 else 0.0
        self.multiple = k if np.linalg.norm(self.step - k * self.gradient) <= 1e-6 * np.linalg.norm(self.step) else None


def left_out(program, moves):
    """A layer that the loop over the layers does not come to: both its weights and its bias stay, and nothing else does."""
    still = [each for each in moves if not np.any(each.step) and np.any(each.gradient)]
    loop = next((each for each in walk(program.steps[-1].function.node) if isinstance(each, ast.For) and over_layers(each)), None)
    function = program.steps[-1].function
    early = next((each for each in loop.body if isinstance(each, ast.Return)), None) if loop is not None else None
    if early is not None and still and function.file in program.code.trees:
        # indented once too often
        place = types.SimpleNamespace(file=function.file, function=function.name, line=early.lineno, end_line=early.lineno, column=early.col_offset, end_column=early.end_col_offset)
        return place, "update", "This return stands in the loop over the layers, and ends it after the first: %s stay what they were." % ", ".join(each.leaf.name for each in still), None
    if loop is None or given_end(loop, program) or len(still) != 2 or {each.leaf.kind for each in still} != {"W", "b"} or not set(positions(still, moves)) <= {1, len(moves) // 2}:
        return None
    return left_out_by(loop, function.file, function.name, still) if function.file in program.code.trees else None


def left_out_by(loop, file, function, still):
    """(site, rule, message, formula) of a loop that does not come to these parameters."""
    place = types.SimpleNamespace(file=file, function=function, line=loop.lineno, end_line=loop.lineno, column=loop.col_offset, end_column=loop.iter.end_col_offset)
    return place, "update", "This loop leaves out a layer: %s stay what they were." % " and ".join(each.leaf.name for each in still), None


def never_moved(program, moves, usual, outcome):
    """Weights that stay where they are while others are moved, or one bias beside others; that no bias is moved may be meant."""
    still = [each for each in moves if not np.any(each.step) and np.any(each.gradient)]
    kinds = {each.leaf.kind for each in usual}
    function = program.steps[-1].function
    if not still or len(usual) < 2 or "W" not in {each.leaf.kind for each in still} and kinds != {"W", "b"} or len(still) > 1 and len({each.leaf.kind for each in still}) > 1:
        return None
    if any(given_end(each, program) for each in walk(function.node) if isinstance(each, ast.For)) or function.file not in program.code.trees:
        return None
    k = usual[0].multiple
    made = [each for each in outcome.events[outcome.marks.get("update", 0):] if isinstance(each.value, np.ndarray)]
    if any(assigned(each, one, program.recorder) or each.value.shape == one.old.shape and np.allclose(each.value, one.old - k * one.gradient, rtol=1e-9, atol=1e-12) for each in made for one in still):
        # it is moved, by what else or to where nothing here looks
        return None
    place = types.SimpleNamespace(file=function.file, function=function.name, line=function.line, end_line=function.line, column=function.node.col_offset, end_column=function.node.col_offset + 3)
    told = ", ".join(each.leaf.name for each in still)
    return place, "update", "%s %s never moved: no step is taken along %s." % (told, "are" if len(still) > 1 else "is", "their gradients" if len(still) > 1 else "its gradient"), None


def assigned(event, move, recorder):
    """Whether an event gives a parameter another value, by its name."""
    target = recorder.sites[event.site].target.split(".")[-1].split("[")[0]
    return names.plain(target) == names.plain(move.leaf.name) and not (event.value.shape == move.old.shape and np.array_equal(event.value, move.old))


def given_end(loop, program):
    """Whether it is told here how far a loop goes, by a number that is given or supplied: its end may be a guess."""
    function = program.steps[-1].function
    counted = {id(one) for each in walk(loop.iter) if isinstance(each, ast.Call) and called_name(each) == "len" for one in walk(each)}
    read = {each.id for each in walk(loop.iter) if isinstance(each, ast.Name) and id(each) not in counted}
    return bool(read & (set(function.arguments) | set(program.code.supplied)))


def positions(still, moves):
    """Which layers, from 1, the parameters are of: the first weights are of the first."""
    return [[one for one in moves if one.leaf.kind == each.leaf.kind].index(each) + 1 for each in still]


def over_layers(loop):
    """Whether a loop moves what its counter chooses: parameters["W" + str(l)] -= …, W[l] = W[l] - …."""
    counters = {each.id for each in walk(loop.target) if isinstance(each, ast.Name)}
    targets = [one for each in walk(loop) for one in ([each.target] if isinstance(each, ast.AugAssign) else each.targets if isinstance(each, ast.Assign) else [])]
    return any(isinstance(each, ast.Subscript) and (names.is_weight(holder(each)) or names.is_bias(holder(each))) and any(getattr(one, "id", None) in counters for one in walk(each.slice)) for each in targets)


def moved_otherwise(moves, outcome, recorder):
    """A bias that is moved, but not by its own gradient, nor by a penalty on top of it: b -= rate * db[0]."""
    for each in moves:
        if each.leaf.kind != "b" or each.multiple is not None or np.size(each.new) < 2:
            continue
        basis = np.stack([each.gradient.reshape(-1), each.old.reshape(-1), np.sign(each.old).reshape(-1)], axis=1)
        rest = each.step.reshape(-1) - basis @ np.linalg.lstsq(basis, each.step.reshape(-1), rcond=None)[0]
        if basis.shape[0] <= basis.shape[1] or np.linalg.norm(rest) < 1e-6 * np.linalg.norm(each.step):
            continue
        for event in outcome.events[outcome.marks.get("update", 0):]:
            if isinstance(event.value, np.ndarray) and event.value.shape == each.new.shape and np.allclose(event.value, each.new, rtol=1e-12, atol=0):
                return recorder.sites[event.site], "update", "%s is not moved by its own gradient: the step is no multiple of it." % each.leaf.name, "%s = %s - learning_rate * d%s" % ((each.leaf.name,) * 3)
    return None
