"""Which class of a file is a scalar autograd engine: found by what its objects do, `a * b` and `a + b` and the way back from them."""

import re
import sys

import numpy as np

from ..common import names
from ..common.sandbox import TimeUp, Timer

GRADIENT = r"^_*(grad|gradient|gradients|grads|derivative|deriv|adjoint|adj|bar|der|d|g|dv|dx)_?$"
BACK = "back|prop|grad|differentiate|autodiff"
NO_BACK = "zero|reset|clear|clip|numer|check|^set|forward"
#: Steps of the differences; where the two disagree there is a kink, or a value that is rounded.
LARGE, SMALL = 1e-4, 1e-5


class NoEngine(Exception):
    """What is no number is none of an engine of numbers."""


def number(value):
    """A number as float; arrays, texts and truths are none."""
    if not is_number(value):
        raise NoEngine("%s where a number is meant" % type(value).__name__)
    return float(value)


def is_number(value):
    return isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, (bool, np.bool_))


def fields(made):
    """{name: value} of what an object keeps, also in __slots__."""
    slots = [each for base in type(made).__mro__ for each in ([base.__dict__["__slots__"]] if isinstance(base.__dict__.get("__slots__"), str) else base.__dict__.get("__slots__", ()))]
    out = {each: getattr(made, each) for each in slots if isinstance(each, str) and hasattr(made, each)}
    out.update(getattr(made, "__dict__", {}))
    return out


class Engine:
    """`data` and `grad` are the names of its two numbers, `back` goes back from an object; `method` is theirs that does it, None where there is none."""

    def __init__(self, owner):
        self.owner, self.kind = owner, owner.value
        self.data = self.grad = self.back = self.method = None

    def made(self, value):
        """An object of one number; of what else its constructor must have, nothing before it and no label."""
        constructor = self.owner.methods.get("__init__")
        given = {}
        for each in constructor.arguments[1:] if constructor is not None else ():
            if names.like_name(each, "^requiresgrad$|^(is)?trainable$"):
                given[each] = True
            elif each in constructor.needed:
                given[each] = () if names.like_name(each, "child|prev|parent|input|operand|dep") else ""
        return self.kind(value, **given)

    def value(self, made):
        return number(getattr(made, self.data))

    def slope(self, made):
        """What is in its gradient; nothing yet is 0."""
        found = getattr(made, self.grad)
        return 0.0 if found is None else number(found)

    def compare(self, values, build, codes=None):
        """[(its gradient, the difference)] by each value of what `build` makes of objects; None where it makes none, or has no slope there. `codes` collects what runs in it."""
        at = lambda given: self.value(build(*[self.made(each) for each in given]))
        leaves = [self.made(each) for each in values]
        out = recorded(lambda: build(*leaves), codes)
        if not isinstance(out, self.kind):
            return None
        known, meant = self.value(out), []
        for index in range(len(values)):
            moved = lambda step: at([each + step * (i == index) for i, each in enumerate(values)])
            large, small = ((moved(step) - moved(-step)) / (2 * step) for step in (LARGE, SMALL))
            if not np.isfinite(small) or abs(large - small) > 1e-4 + 1e-3 * abs(small):
                return None
            meant.append(small)
        if at(values) != known:
            # it draws something
            return None
        self.back(out)
        return [(self.slope(each), one) for each, one in zip(leaves, meant)]


def recorded(work, codes):
    """What `work` gives; the code of all that it calls is put among `codes`."""
    if codes is None:
        return work()
    before = sys.getprofile()
    sys.setprofile(lambda frame, event, _: codes.add(frame.f_code) if event == "call" else None)
    try:
        return work()
    finally:
        sys.setprofile(before)


def engine_of(owner, code):
    """The Engine that a class is; None where it is none."""
    if not {"__add__", "__mul__"} <= set(owner.methods):
        return None
    engine = Engine(owner)
    try:
        a, b = engine.made(1.3), engine.made(0.7)
        product, total = a * b, a + b
        if not isinstance(product, owner.value) or not isinstance(total, owner.value):
            return None
        engine.data = next(name for name, value in fields(a).items() if is_number(value) and value == 1.3 and abs(number(getattr(product, name)) - 0.91) < 1e-9 and abs(number(getattr(total, name)) - 2.0) < 1e-9)
        for name in [name for name, value in fields(a).items() if re.match(GRADIENT, name.lower()) and name != engine.data and (value is None or is_number(value))]:
            engine.grad = name
            for method, back in ways(engine, code):
                engine.method, engine.back = method, back
                if flows(engine):
                    return engine
    except (Exception, TimeUp):
        pass
    return None


def flows(engine):
    """Whether the way back comes through two operations to what they began with."""
    # one of the operations may be the one that is wrong
    for build in (lambda a, b, c: a * b + c, lambda a, b, c: c + a * b, lambda a, b, c: a + b + c, lambda a, b, c: a * b * c):
        try:
            with Timer(0.2):
                leaves = [engine.made(each) for each in (1.3, 0.7, -0.6)]
                engine.back(build(*leaves))
                if any(engine.slope(each) != 0 for each in leaves[:2]):
                    return True
        except (Exception, TimeUp):
            continue
    return False


def ways(engine, code):
    """(their method or function, what goes back from an object) of each way that there may be: with the gradient of the last one set by theirs, or here; by itself where they have none."""
    def seeded(work):
        def back(out):
            setattr(out, engine.grad, 1.0)
            work(out)
        return back

    named = lambda each: names.like_name(each.name, BACK) and not names.like_name(each.name, NO_BACK) and not each.name.startswith("__")
    methods = [each for each in engine.owner.methods.values() if each.bound and named(each)]
    for each in methods:
        attribute = getattr(each, "attribute", each.name)
        if not each.needed:
            call = lambda out, attribute=attribute: getattr(out, attribute)()
            yield each, call
            yield each, seeded(call)
        elif len(each.needed) == 1:
            yield each, lambda out, attribute=attribute: getattr(out, attribute)(1.0)
    for each in [one for one in code.functions if one.own and one.owner is None and named(one) and len(one.needed) == 1]:
        yield each, each.target
        yield each, seeded(each.target)
    product = engine.made(1.3) * engine.made(0.7)
    before = [name for name, value in fields(product).items() if held(engine, value) and not held(engine, fields(engine.made(1.3)).get(name))]
    for name in [name for name, value in fields(product).items() if callable(value)]:
        yield None, seeded(lambda out, name=name: through(engine, out, before, name))


def held(engine, value):
    """The objects of the engine that a field holds."""
    return [each for each in (value if isinstance(value, (list, tuple, set, frozenset)) else [value]) if isinstance(each, engine.kind)]


def through(engine, out, before, name):
    """Calls the closure of each object that a result came from, the last one first: none before all that use it."""
    order, seen = [], set()

    def visit(each):
        if id(each) not in seen:
            seen.add(id(each))
            for field in before:
                for one in held(engine, getattr(each, field, None)):
                    visit(one)
            order.append(each)

    visit(out)
    for each in reversed(order):
        step = getattr(each, name, None)
        if callable(step):
            step()
