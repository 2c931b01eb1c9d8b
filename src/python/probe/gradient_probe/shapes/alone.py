"""A backward pass that has its forward pass in itself, with no other beside it: the prediction, and a cost where it computes one, are found among what it computes."""

import ast
import re

import numpy as np

from ..common import names
from .step_values import OneByOne, find_values
from .traced import TracedProgram, call_cost


def observed(program, costs):
    """The same program, with the prediction read of a run of its one step; itself where it has a forward pass or a cost, or where none is found."""
    if [each.role for each in program.steps] != ["backward"] or program.cost_known or names.like_name(program.steps[0].function.name, names.TRAIN) and not names.like_name(program.steps[0].function.name, names.BACKWARD):
        # a training is bound as a whole, on several samples
        return program
    made = TracedProgram(program.code, program.recorder, program.sizes, program.data, program.settings)
    for key in ("roots", "leaves", "theta0", "steps", "gradient", "globals", "kept", "scale_free"):
        setattr(made, key, getattr(program, key))
    outcome, _, _, error = made.call(made.theta0, True)
    if error is not None:
        raise error
    if made.data.m > 1 and counts_no_samples(program):
        raise OneByOne("the samples are taken one by one")
    find_values(made, outcome.events)
    if made.cost_key is None and made.output_key is not None:
        call_cost(made, costs)
    return program if made.cost_key is None and made.output_key is None else made


def makes_all(program):
    """Whether the one step goes forward itself: it is given the samples, their targets and the parameters, and nothing that a forward pass would have made."""
    step = program.steps[0].function
    known = (names.holds_samples, names.holds_targets, names.is_rate, lambda each: names.is_name(each, names.PARAM_NAMES), names.is_weight, names.is_bias)
    return len(program.steps) == 1 and any(names.holds_samples(each) for each in step.needed) and all(any(rule(each) for rule in known) for each in step.needed)


def counts_no_samples(program):
    """Whether a bias has a gradient with a column for each sample, and nothing is ever summed over these, averaged or counted: the function is given one at a time."""
    grads = program.run().grads
    columns = [leaf for leaf in program.leaves if leaf.kind == "b" and leaf.name in grads and np.shape(grads[leaf.name]) != leaf.shape]
    return bool(columns) and re.search(r"sum|mean|average|len\(|shape\[|\bm\b|einsum|ones", ast.unparse(program.steps[0].function.node)) is None
