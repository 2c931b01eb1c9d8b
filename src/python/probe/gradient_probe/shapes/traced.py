"""Binds one step of a training loop that changes its parameters in place: gradient = (P0 - P1) / rate, cost and output among what it assigns."""

import re

import numpy as np

from ..bind import gradients, held
from ..bind import parameters as where
from ..bind.outputs import scalar
from ..bind.program import Outcome, Program, Step
from ..common import names
from ..common import numeric as core
from ..common.sandbox import Timer
from ..source.recorder import Enough
from . import changed
from . import events as among
from . import in_turn
from .step_values import find_values


class TracedProgram(Program):
    """`steps` is one call; whatever it keeps under `roots` before and after is compared. What fails after the update is no matter."""

    cost_key = None
    output_key = None
    start_key = None
    #: the targets as the step has them: shuffled, one-hot, a batch
    target_key = None
    #: (their cost function, plan): called on the prediction where the step computes no cost
    cost_call = None
    #: names of a script's values in roots["globals"]
    lifted = False
    #: names that the lifted loop multiplies with; the Lifted, which knows its names of the samples
    reads = ()
    given = None

    def use(self, data):
        """Other samples from here on."""
        self.data = data
        for name in self.given.samples if self.given is not None else ():
            self.roots["globals"][name] = self.given.value(name, data)

    def world(self, theta):
        roots, pool = Program.world(self, theta)
        if self.lifted:
            self.code.namespace.update(roots["globals"])
            for name, value in roots["globals"].items():
                pool.keep(name, value)
        return roots, pool

    def call(self, theta, record, overrides=None, adds=None, needed=None):
        """(outcome, roots, pool, what stopped it). `needed`: keys after which it may end."""
        outcome = Outcome()
        roots, pool = self.world(theta)
        self.reseed()
        error = None
        self.recorder.start(record, overrides, adds, needed)
        try:
            with Timer(2.0):
                self.perform(self.steps[0], roots, pool, outcome)
        except Enough:
            pass
        except Exception as raised:
            error = raised
        finally:
            outcome.events = self.recorder.stop()
        # a run that is cut off when the cost is there says nothing of what comes after it
        self.ended = error if needed is None else self.ended
        if self.lifted:
            for name in roots["globals"]:
                roots["globals"][name] = self.code.namespace.get(name)
        return outcome, roots, pool, error

    def cost_of(self, outcome, pool):
        function, plan = self.cost_call
        pool.roles["AL"] = outcome.AL
        pool.data["Y"] = outcome.Y if outcome.Y is not None else self.target(outcome.AL)
        target = function.target.__get__(pool.objects[0]) if function.bound else function.target
        return scalar(target(**{name: getter(pool) for name, getter in plan}), self)

    def drop_cost(self):
        """Forgets the cost, where the prediction is there to infer one from."""
        if self.output_key is None:
            return False
        self.cost_key = self.cost_call = None
        self.cost_known = False
        return True

    def target(self, AL):
        Y = core.fitting_target(AL, self.data)
        return self.data.Y if Y is None else Y

    def run(self, theta=None, until="end", record=False, overrides=None, adds=None):
        theta = self.theta0 if theta is None else theta
        # a cost is there long before the step ends
        needed = {key for key in (self.cost_key, self.output_key, self.target_key) if key is not None} if until == "cost" else None
        if until == "cost":
            overrides = {**held.still(self.held, theta), **(overrides or {})}
        outcome, roots, pool, error = self.call(theta, True, overrides, adds, needed)
        found = {each.key: each for each in outcome.events}
        for key in (self.cost_key, self.output_key):
            if key is not None and key not in found:
                raise error or ValueError("the training step took another way")
        outcome.marks = {"backward": found[self.start_key].order if self.start_key in found else 0, "end": len(outcome.events)}
        outcome.AL = found[self.output_key].value if self.output_key is not None else None
        if self.target_key in found and outcome.AL is not None:
            outcome.Y = np.reshape(found[self.target_key].value, np.shape(outcome.AL))
        if self.cost_key is not None:
            outcome.cost = float(np.sum(found[self.cost_key].value))
        elif self.cost_call is not None:
            outcome.cost = self.cost_of(outcome, pool)
        if self.gradient is not None and until != "cost":
            self.gradient(self, outcome, roots, pool, theta)
            if error is not None and not outcome.grads:
                raise error
        return outcome


def bind(program, function, plan, on, rate_given, costs=()):
    """Completes a TracedProgram whose roots are set: finds what changes, the output and the cost; raises what stops it."""
    program.steps = [Step("train", function, plan, on)]
    changed.take(program)
    outcome, roots, pool, error = program.call(program.theta0, True)
    # a rate that the body itself sets is forced to ours
    rate_given = rate_given or any(each.site in program.recorder.forced and names.is_rate(program.recorder.sites[each.site].target.split(".")[-1]) for each in outcome.events)
    finder = gradients.from_difference(program, outcome, roots, program.theta0, rate_given, True)
    if more_than_descent(program, outcome):
        finder = named_gradients(program, outcome, roots) or gradients.from_attributes(program, outcome, roots, program.theta0, rate_given) or finder
    if finder is None:
        raise error or LookupError("%s changes no parameters" % function.title)
    program.gradient = finder
    find_values(program, outcome.events)
    late = (program.cost_key, program.held) if program.held and program.output_key is not None and runs_anew(program) else None
    if late is not None:
        # the same cost of the prediction that the step itself made, if that can be called
        program.drop_cost()
        program.held = None
    if program.cost_key is None and program.output_key is not None:
        call_cost(program, costs)
    if late is not None and program.cost_call is None:
        program.cost_key, program.held = late
        program.cost_known = True
    if program.cost_key is None and program.output_key is None:
        raise error or LookupError("%s computes no cost and no prediction" % function.title)
    return program


def runs_anew(program):
    """Whether the cost after the step is of a prediction that is computed for it, and not of the step's own."""
    moved = {program.output_key: 0.01}
    return abs(program.run(until="cost").cost - program.run(until="cost", adds=moved).cost) < 1e-12


#: Words of a step that is no plain gradient descent.
MOMENTUM = r"^([vsm]d?[wb]?\d*|beta[12]?|cache|rho|decay)$|momentum|velocity|moment|adam|rmsprop"
#: What the second moment of a gradient is made of.
SQUARED = r"\*\*\s*2\b|square\(|power\(|([\w.]+)\s*\*\s*\1(?![\w.])"


def more_than_descent(program, outcome):
    """Whether the step computes arrays of the shape of a parameter that have names of momentum or Adam."""
    recorder = program.recorder
    arrays = [each for each in outcome.events if isinstance(each.value, np.ndarray)]
    own = [names.plain(where.base(leaf.name)) for leaf in program.leaves]

    def kept(each):
        name, site = among.plain_target(recorder, each), recorder.sites[each.site]
        # of another object only what is squared, layer.vW of Adam: a step of momentum is in proportion to the gradient, 1/m and all
        of_object = "[" not in site.target and re.search(SQUARED, site.value or "") is not None and names.like_name(site.target.split(".")[-1], MOMENTUM)
        return name not in own and (names.like_name(name, MOMENTUM) or of_object)

    return any(kept(each) and any(each.value.shape == leaf.shape for leaf in program.leaves) for each in arrays)


def named_gradients(program, outcome, roots):
    """Gradients under their own names (dW1, grad_b), where the step moves by something else: momentum, Adam."""
    recorder = program.recorder
    arrays = [each for each in outcome.events if isinstance(each.value, np.ndarray)]
    keys = {}
    for leaf in program.leaves:
        own = names.plain(where.base(leaf.name))
        same = [each for each in arrays if names.is_gradient(recorder.sites[each.site].target.split(".")[-1].split("['")[-1]) and names.stem(among.plain_target(recorder, each))[0] == own and recorder.sites[each.site].kind in ("assign", "update")]
        if same:
            keys[leaf.name] = same[-1].key
    keys.update(in_turn.keys(program, outcome, roots))
    if not all(leaf.name in keys for leaf in program.leaves if leaf.kind == "W") or len(set(keys.values())) < len(keys):
        # several objects of one class: the names do not tell their gradients apart
        return None

    after = gradients.after_values(program, outcome, roots)
    values = {each.key: each.value for each in outcome.events}
    # what is added points the other way
    signs = {name: -1.0 if name in after and np.shape(after[name]) == np.shape(values[key]) and np.sum((program.theta0[name] - after[name]) * values[key]) < 0 else 1.0 for name, key in keys.items()}

    def fill(program, outcome, roots, pool, theta):
        found = {each.key: each.value for each in outcome.events}
        outcome.grads = {name: signs[name] * found[key] for name, key in keys.items() if key in found}
        outcome.gradient_from = "returned"

    return fill


def call_cost(program, costs):
    """The file's cost function, where it takes a prediction and targets: the first that gives a number."""
    for cost in costs[:4]:
        if not any(names.is_name(each, names.AL_NAMES) for each in cost.arguments) and len(cost.arguments) != 2:
            continue
        try:
            outcome, roots, pool, _ = program.call(program.theta0, True)
            outcome.AL = next(each.value for each in outcome.events if each.key == program.output_key)
            pool.roles["AL"] = outcome.AL
            program.cost_call = (cost, pool.plan(cost, "cost"))
            if np.isfinite(program.cost_of(outcome, pool)):
                program.cost_known = True
                return
        except Exception:
            pass
        program.cost_call = None
