"""Every layer of the file by itself: whether its backward pass is that of its own forward pass, also of those that the network which was checked has not."""

import re

import numpy as np

from ..bind.binding import Setting
from ..bind.parameters import INPUT
from ..bind.worded_layers import is_told
from ..common import clock
from ..common import names
from ..common import numeric as core
from ..common.sandbox import TimeUp, Timer
from ..shapes import each_part, one_layer
from . import l2_terms
from .verdict import Evaluation

#: Seconds for all of them, and for one.
SECONDS, ONE = 2.0, 0.6
DIMS, M = (6, 4), 5
#: Those whose derivative is never in that of a loss.
HIDDEN = r"relu|tanh|elu|swish|gelu|softplus|dropout|norm|pool"


class Tried:
    """`program` with its `checks`: those that are no multiple of the derivative are `wrong`."""

    def __init__(self, source, program, checks, base):
        self.source, self.program, self.checks, self.base = source, program, checks, base
        self.wrong = [each for each in checks if not right(each) and not penalized(each, program.theta0)]
        self.compared = {each.leaf.name for each in checks if not each.missing}
        #: what comes from above is handed down as it came
        self.handed_through = np.array_equal(base.grads["x"], one_layer.Weighed.above(base.AL))
        #: how its backward pass is called
        self.way = source[-1].needed

    @property
    def surely(self):
        """Whether what is wrong can be nothing else: an activation on top hands down what it gets, where its derivative is in that of the loss."""
        if self.handed_through or self.on_top():
            return names.like_name(self.source[-1].title, HIDDEN)
        return True

    def on_top(self):
        """Whether units and their sigmoid or softmax are one layer, whose backward pass says nothing of the slope."""
        forward, backward = (self.program.code.reached([each]) for each in (self.source[0], self.source[-1]))
        return any(each.leaf.kind == "W" for each in self.checks) and re.search(r"exp\(|sigmoid|softmax", forward) is not None and re.search(r"1(\.0)? ?-|deriv|prime|grad\w*\(|slope|exp\(", backward) is None


def right(check):
    if check.missing or check.vacuous:
        return True
    if check.shape is not None:
        return False
    if check.leaf.kind == INPUT:
        return check.relative < core.NEARLY
    # how the gradients of the parameters are averaged is a matter of convention
    return check.relative < core.NEARLY or check.proportional and check.factor is not None and check.factor > 0


def penalized(check, theta0):
    """Whether the gradient of the weights is right but for an L2 term, which is none of what the layer gives."""
    found = l2_terms.found([check], theta0)
    return found is not None and found[0] > 0


def tried(code, recorder, options, make, source, x):
    setting = Setting(DIMS, True, "same", M)
    chain = one_layer.Alone([one_layer.Given(x), make()], one_layer.Weighed())
    program = one_layer.program_of(code, recorder, setting, options, chain, x)
    checks, base = core.check(program)
    own = next(each for each in checks["cost"] if each.leaf.kind == INPUT)
    if not np.array_equal(program.run().AL, base.AL) or own.vacuous or not np.all(np.isfinite(own.numeric)):
        raise ValueError("what it gives is another each time, or the same whatever it is given")
    program.chain = list(source)
    return Tried(source, program, checks["cost"], base)


def looked_at(code, recorder, options):
    """A Tried for each layer that runs: right where it is in any way to give it samples."""
    out = []
    deadline = clock.now() + SECONDS
    setting = Setting(DIMS, True, "same", M)
    for make, source, shapes in each_part.parts(code, setting.sizes, M):
        first = None
        for meant, shape in [(meant, shape) for meant in each_part.meanings(make, source) for shape in shapes]:
            if clock.late(deadline, clock.LAST):
                return out
            try:
                with Timer(ONE):
                    now = tried(code, recorder, options, meant, source, each_part.drawn(shape))
            except (Exception, TimeUp):
                clock.trace()
                continue
            first = first or now
            if not now.wrong and now.compared >= first.compared:
                first = now
                break
        if first is not None:
            out.append(first)
    return out


def wrong(code, recorder, options, passed, fine):
    """Evaluations of the layers whose backward pass is not that of their forward pass. `passed`: titles of the functions that a right network runs through; `fine` is given those that are right here.
    What a backward pass is given must be certain: others of the file that are given the same are right."""
    every = looked_at(code, recorder, options)
    fine.extend(each.source[-1].title for each in every if not each.wrong and not any(one.missing for one in each.checks))
    known = [each.way for each in every if not each.wrong and not each.handed_through] + [each.way for each in every if each.source[-1].title in passed]
    for each in every:
        if each.wrong and each.surely and each.way in known and (each.source[-1].title not in passed or is_told(each.source[-1], code)):
            yield in_full(each)


def in_full(each):
    """The Evaluation of what is wrong and what is right beside it, at all entries where that does not take too long."""
    program, checks, base = each.program, [one for one in each.checks if one in each.wrong or one.agrees], each.base
    program.leaves = [one.leaf for one in checks]
    try:
        program.quick = False
        with Timer(ONE):
            found, base = core.check(program)
            checks = found["cost"]
    except (Exception, TimeUp):
        clock.trace()
    done = Evaluation(program, "wrong", "a weighted sum of what %s gives" % each.source[0].title, checks, None, base)
    done.parts, done.setting = (None, None, [("layers", one) for one in each.source]), Setting(DIMS, True, "same", M)
    return done
