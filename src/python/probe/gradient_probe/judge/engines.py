"""A scalar autograd engine, `class Value` with `data`, `grad` and operators that keep how to go back: each operation by itself, against differences of what it computes."""

import ast
import re

from ..common import clock
from ..common import names
from ..common.sandbox import TimeUp, Timer
from ..common.syntax import walk
from .engine_classes import NoEngine, engine_of

#: Away from kinks; those above 0 for what has no value below it.
POINTS, ABOVE_0 = (0.7, -0.6, 1.4), (0.7, 1.4)
PAIRS, PAIRS_ABOVE_0 = ((1.3, 0.7), (-0.6, 1.4)), ((1.3, 0.7), (0.6, 1.7))
#: What comes from above, where it is not 1.
ABOVE = 1.7
OPERATORS = ("__add__", "__mul__", "__neg__", "__sub__", "__truediv__", "__pow__", "__radd__", "__rmul__", "__rsub__", "__rtruediv__", "__rpow__")
POSITIVE = r"^(r?pow(er)?|.*log\d*p?|ln|r?sqrt|sqrt.*|log.*)$"
KNOWN = r"^((leaky_?)?relu|tanh|exp|sigmoid|log|ln|sin|cos|tan|sqrt|square|softplus|silu|swish|gelu|elu|pow(er)?|add|sub(tract)?|mul(tiply)?|div(ide)?|neg|inv(erse)?|reciprocal)$"
#: What is meant to hand down no gradient, or that of another function.
NO_SLOPE = "back|grad|zero|detach|copy|clone|round|floor|ceil|sign|step|quant|ste$|drop|item|numpy|^(children|parents)"
SECONDS, EACH = 2.5, 0.4


class Fault:
    """`level`: "alone", "above" (what comes from above is not 1) or "twice" (the value is used once more); `index` of the value whose gradient is wrong."""

    def __init__(self, method, level, index, given, meant):
        self.method, self.level, self.index, self.given, self.meant = method, level, index, given, meant

    @property
    def target(self):
        """The name of the value in the method: self or other."""
        return ([self.method.node.args.args[0].arg] + self.method.arguments)[self.index]

    @property
    def stores(self):
        """Assignments to the gradient of that value in the closures of the method, those first that overwrite it where that is the fault."""
        found = [each for inner in closures(self.method) for each in walk(inner) if isinstance(each, (ast.Assign, ast.AugAssign))]
        found = [(each, one) for each in found for one in (each.targets if isinstance(each, ast.Assign) else [each.target]) if isinstance(one, ast.Attribute) and names.like_name(one.attr, "grad|adj|deriv|^d")]
        own = [each for each, one in found if getattr(one.value, "id", None) == self.target]
        over = [each for each in own or [each for each, _ in found] if overwrites(each)]
        return over if self.level == "twice" and over else own or [each for each, _ in found]

    @property
    def line(self):
        inner = closures(self.method)
        return self.stores[0].lineno if self.stores else inner[0].lineno if inner else self.method.line

    @property
    def rule(self):
        return {"alone": "engine-derivative", "above": "upstream-dropped", "twice": "engine-accumulation"}[self.level]

    @property
    def says(self):
        name, values = self.method.name, "%.4g where %.4g is meant" % (self.given, self.meant)
        if self.level == "above":
            return "%s does not multiply by the gradient that comes from above: %s." % (name, values)
        if self.level == "twice" and any(overwrites(each) for each in self.stores):
            return "%s overwrites the gradient: where a value is used twice, the parts must be added (+=)." % name
        if self.level == "twice":
            return "%s does not give the whole gradient of a value that is used twice: %s." % (name, values)
        return "%s does not give the derivative by %s: %s." % (name, "its input" if not self.method.needed else self.target, values)


class Found:
    """What was looked at of one engine: `right` and `untold` ("name: why") operations, `faults`; `lost` of the way back itself, (given, meant) or None."""

    def __init__(self, engine):
        self.engine, self.right, self.untold, self.faults, self.lost = engine, [], [], [], None


def check(code):
    """The Found of the first class of the file that is an engine; None where there is none."""
    try:
        with Timer(SECONDS):
            engine = next((each for each in (engine_of(owner, code) for owner in code.classes if owner.own) if each is not None), None)
    except TimeUp:
        return None
    return look_at(engine) if engine is not None else None


def look_at(engine):
    out, codes, faults = Found(engine), {}, {}
    try:
        with Timer(SECONDS):
            methods = [each for each in engine.owner.methods.values() if tried(each)]
            methods.sort(key=lambda each: (each.name not in OPERATORS, OPERATORS.index(each.name) if each.name in OPERATORS else each.line))
            around = {each.name for each in methods if each.name in ("__add__", "__mul__") and sound(engine, each)}
            for method in methods:
                try:
                    with Timer(EACH):
                        fault, codes[method] = judged(engine, method, around)
                    if fault is not None:
                        faults[method] = fault
                    elif codes[method] is not None:
                        out.right.append(method.name)
                    elif told(method):
                        out.untold.append("%s: it gave no value that could be compared" % method.name)
                except (Exception, TimeUp) as error:
                    if isinstance(error, TimeUp) and clock.since_start() > clock.END:
                        # the whole check ends
                        raise
                    if told(method):
                        out.untold.append("%s: %s" % (method.name, "it does not end" if isinstance(error, TimeUp) else error if isinstance(error, NoEngine) else "it stops (%s: %s)" % (type(error).__name__, error)))
            if not faults and {"__add__", "__mul__"} <= set(out.right):
                out.lost = joined(engine)
    except TimeUp:
        if clock.since_start() > clock.END:
            raise
        out.untold.append("what there was no time for")
    wrong = {each.target.__code__ for each in faults}
    # what is put together of a wrong one is wrong because of it
    blamed = [each for method, each in faults.items() if not (wrong - {method.target.__code__}) & codes[method]] or list(faults.values())
    seen = set()
    for each in sorted(blamed, key=lambda one: one.method.line):
        # `__radd__ = __add__`
        if each.method.target not in seen:
            seen.add(each.method.target)
            out.faults.append(each)
    return out


def tried(method):
    """Whether a method may be an operation: of the object alone, or with one more value."""
    plain = method.bound and len(method.needed) < 2 and not any(names.like_name(ast.dump(each), "property|classmethod|abstractmethod|setter") for each in method.node.decorator_list)
    return plain and (method.name in OPERATORS or not method.name.startswith("_") and not names.like_name(method.name, NO_SLOPE))


def told(method):
    """Whether it is meant as an operation with a derivative: an operator, one with a closure, or of such a name."""
    return method.name in OPERATORS or bool(closures(method)) or re.match(KNOWN, method.name.lower()) is not None


def closures(method):
    return [each for each in walk(method.node) if each is not method.node and isinstance(each, (ast.FunctionDef, ast.Lambda))]


def overwrites(statement):
    """`self.grad = …` that does not add to it."""
    stored = statement.targets[0] if isinstance(statement, ast.Assign) else None
    return isinstance(stored, ast.Attribute) and not any(isinstance(each, ast.Attribute) and each.attr == stored.attr and ast.dump(each.value) == ast.dump(stored.value) for each in walk(statement.value))


def forms(method):
    """(values, what it gives for objects of them) of each way to call a method."""
    call = lambda *given: getattr(given[0], getattr(method, "attribute", method.name))(*given[1:])
    plain = method.name.strip("_").lower()
    above = re.match(POSITIVE, plain) is not None
    if not method.needed:
        return [((each,), call) for each in (ABOVE_0 if above else POINTS)]
    power = re.match(r"^(pow(er)?)$", plain)
    out = [] if method.name.startswith("__r") else [(each, call) for each in (PAIRS_ABOVE_0 if above else PAIRS)]
    for constant in (3, 2, -1, 0.5) if power else (2.5,):
        out += [((each,), lambda a, constant=constant: call(a, constant)) for each in (ABOVE_0 if above else POINTS[:2])]
    return out


def sound(engine, method):
    """Whether an operation is right by itself, where nothing is put around it."""
    try:
        with Timer(EACH):
            fault, codes = judged(engine, method, None)
            return fault is None and codes is not None
    except (Exception, TimeUp):
        return False


def judged(engine, method, around):
    """(the Fault or None, codes of all that it runs; None where nothing could be compared). What `around` names, which is right by itself, may be put around it."""
    compared, codes, stopped = [], set(), None
    for values, call in forms(method):
        try:
            found = engine.compare(values, call, codes)
        except Exception as error:
            # a plain number that it does not take, a value of which it has no logarithm
            stopped = error
            continue
        if found is not None and not (constant_power(method, found) or not told(method) and not any(given for given, _ in found)):
            compared.append((values, call, found))
    if not compared and stopped is not None:
        raise stopped
    for level, way in levels(method, around):
        for values, call, alone in compared:
            for index in range(len(values)):
                found = alone if level == "alone" else engine.compare(values, way(engine, call, index))
                wrong = next((at for at, (given, meant) in enumerate(found or ()) if not close(given, meant)), None)
                if wrong is not None:
                    return Fault(method, level, wrong, *found[wrong]), codes
    return None, codes if compared else None


def levels(method, around):
    """(level, what is put around the operation) of each comparison. What stands outermost is given 1 from above and adds to nothing yet: no fault of it shows there."""
    yield "alone", None
    if around is None:
        return
    if "__mul__" in around:
        yield "above", lambda engine, call, index: lambda *given: call(*given) * engine.made(ABOVE)
    if "__add__" in around:
        yield "twice", lambda engine, call, index: lambda *given: call(*given) + given[index]
        if method.name in OPERATORS and "pow" not in method.name:
            yield "twice", lambda engine, call, index: lambda *given: call(*([given[index]] * len(given))) + given[index]


def constant_power(method, found):
    """Whether a power takes its exponent for a constant."""
    return "pow" in method.name and len(found) == 2 and found[1][0] == 0


def close(given, meant):
    return bool(abs(given - meant) <= 1e-3 + 1e-2 * abs(meant))


def joined(engine):
    """(given, meant) of a value that is used on several ways, in a step between too, where the way back does not add it up; None where it does."""
    def network(a, b):
        t = a * b
        u = t + a
        return (u * t + t) * u

    try:
        return next((each for each in engine.compare((1.3, 0.7), network) or () if not close(*each)), None)
    except Exception:
        return None
