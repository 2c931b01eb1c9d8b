"""Every loss of the file by itself: whether its derivative is that of its own value, also of those that the network which was checked does not end in."""

import numpy as np

from ..bind.binding import Setting
from ..bind.losses import losses, target_argument
from ..common import clock
from ..common import names
from ..common import numeric as core
from ..common.sandbox import TimeUp, Timer
from ..shapes import one_layer
from ..source.helpers import sigmoid, softmax
from .verdict import Evaluation

#: Seconds for all of them, and for one.
SECONDS, ONE = 1.0, 0.3
M = 5


class Top:
    """The activation below a loss whose derivative is that by Z: it hands it down as it comes."""

    def __init__(self, activation):
        self.activation = activation

    def forward(self, Z):
        return self.activation(Z)

    def backward(self, above):
        return above


def ways(outputs):
    """What a loss may be given: (prediction, what stands before it), the prediction itself first."""
    Z = np.random.RandomState(12).uniform(-1.5, 1.5, (M, outputs))
    yield softmax(1)(Z) if outputs > 1 else sigmoid(Z), []
    yield Z, []
    for top in (sigmoid,) if outputs == 1 else (softmax(1), sigmoid):
        yield Z, [Top(top)]


class Tried:
    """`factor`: what the derivative is times that of the value; None where it is no multiple of it."""

    def __init__(self, source, program, checks):
        self.source, self.program = source, program
        self.factor = checks[0].factor if checks[0].proportional else None


def tried(code, recorder, options, loss, source, outputs, form):
    """A Tried for each way in which the loss runs."""
    setting = Setting((6, outputs), True, form, M)
    for x, tops in ways(outputs):
        try:
            with Timer(ONE):
                chain = one_layer.Alone([one_layer.Given(x)] + tops, loss)
                program = one_layer.program_of(code, recorder, setting, options, chain, x)
                checks, _ = core.check(program)
        except (Exception, TimeUp):
            clock.trace()
            continue
        found = checks.get("cost")
        if found and not found[0].missing and not found[0].vacuous and found[0].shape is None and np.any(found[0].numeric) and np.all(np.isfinite(found[0].numeric)):
            program.chain = list(source)
            yield Tried(source, program, found)


def looked_at(code, recorder, options):
    """[Tried] of each loss: right where it is in any way to give it samples, else with its sign flipped in one, else as it was tried first."""
    out, deadline = [], clock.now() + SECONDS
    for loss, source in losses(code):
        best = None
        for outputs, form in ((4, "same"), (4, "int"), (4, "int2"), (1, "same"), (1, "flat")) if source[-1].own else ():
            if clock.late(deadline, clock.LAST):
                return out
            for each in tried(code, recorder, options, loss, source, outputs, form):
                if best is None or best.factor is None and each.factor is not None or best.factor is not None and best.factor < 0 and each.factor is not None and each.factor > 0:
                    best = each
            if best is not None and best.factor is not None:
                break
        if best is not None:
            out.append(best)
    return out


def clear(function):
    """Whether the names of its arguments tell which is the prediction: of (a, b) either may be, and the derivative of a square has the other sign then."""
    return sum(names.holds_targets(each) for each in function.needed) == 1 and target_argument(function) == next(each for each in function.needed if names.holds_targets(each))


def wrong(code, recorder, options, passed, fine):
    """Evaluations of the losses whose derivative has the wrong sign, beside others of the file that are right. `passed`: titles of the functions that a right network runs through; `fine` is given those that are right here."""
    every = looked_at(code, recorder, options)
    fine.extend(each.source[-1].title for each in every if each.factor is not None and abs(each.factor - 1) < core.NEARLY)
    for each in every if any(each.factor is not None and each.factor > 0 for each in every) else ():
        if each.factor is not None and each.factor < 0 and each.source[-1].title not in passed and all(clear(one) for one in each.source if one.needed):
            each.program.quick = False
            checks, base = core.check(each.program)
            done = Evaluation(each.program, "wrong", each.source[0].title, checks["cost"], each.factor, base)
            done.reason = "loss sign"
            done.parts, done.setting = (None, None, [("layers", one) for one in each.source]), Setting(each.program.sizes.dims, True, each.program.data.form, M)
            yield done
