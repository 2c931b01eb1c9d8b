"""A value of which nothing is known: it becomes what their code uses it as, a number of units, a list, settings, a text, a function or an array."""

import operator
import sys

import numpy as np

from ..common import names
from ..common.data import RATE
from ..source.asked import looked_up, unpacked
from .activations import NAMED, USUAL
from .twofold import Twofold
from .usage import ARRAY_ATTRIBUTES

#: What a text can be asked that leaves it the same text.
SAME_TEXT = ("lower", "upper", "strip", "title", "capitalize", "casefold")


class Undecided(TypeError):
    """What their code does with an Unknown says not what it is, or says two things."""


def known(key):
    """The number behind a key of settings that says it by its name: config["learning_rate"]; what only helps the training along is left off. None of any other."""
    if names.is_rate(key) and "decay" not in names.plain(key):
        return RATE
    return 0.0 if names.is_name(key, names.L2_NAMES) or names.like_name(key, "^momentum|momentum$") else None


class Unknown:
    """`path`: keys, attributes and indices that lead to it from an argument; `guesses`: what decides where several things are possible."""

    #: nothing below it is a parameter
    keeps_no_arrays = True

    def __init__(self, guesses, name, path=(), last=None, fed=False):
        # `last`: whether it belongs to the last layer, None where it belongs to none; `fed`: it may be an array that is computed with
        for key, value in (("guesses", guesses), ("name", name), ("path", path), ("last", last), ("fed", fed), ("kind", None), ("value", None), ("parts", {}), ("not", []), ("holder", None), ("twofold", None)):
            object.__setattr__(self, "_" + key, value)

    # -- becoming

    def _become(self, kind, options):
        """Chooses once; the same kind of use later finds what was chosen."""
        if self._kind is None:
            self._is(kind, self._choose(options(), kind))
        if self._kind != kind:
            raise Undecided("`%s` is used as %s and as %s" % (self._name, self._kind, kind))
        return self._value

    def _choose(self, options, asked):
        """What is alike, the same part of each layer but the last, is chosen alike."""
        return self._guesses.choose(options, (asked, self._name, self._last) + tuple("at" if kind == "at" else key for kind, key in self._path))

    def _is(self, kind, value):
        object.__setattr__(self, "_kind", kind)
        object.__setattr__(self, "_value", value)

    def _part(self, kind, key, last=None):
        if (kind, key) not in self._parts:
            name = key if isinstance(key, str) else self._name
            part = self._parts[kind, key] = Unknown(self._guesses, name, self._path + ((kind, key),), self._last if last is None else last, self._fed)
            object.__setattr__(part, "_holder", self if kind == "attr" and not any(each in key.lower() for each in USUAL) else None)
        return self._parts[kind, key]

    def _number(self):
        return self._guesses.number(self._become("a number", lambda: self._guesses.numbers(self._name, self._path)))

    def _length(self):
        return self._guesses.number(self._become("a list", lambda: self._guesses.lengths(self._name, self._path, self._fed)))

    def _array(self):
        return self._guesses.array(self._become("an array", lambda: self._guesses.arrays(self._path)))

    def _text(self, text):
        """Whether it is this text: decided where it is first asked."""
        if self._kind is None:
            if text in self._not:
                return False
            # softmax is that of the last layer, where there are classes
            likely = not (text.lower() == "softmax" and not (self._last and self._guesses.classes))
            if not self._choose([likely, not likely], text):
                self._not.append(text)
                return False
            self._is("a text", text)
        return self._kind == "a text" and self._value == text

    # -- parts

    def __getitem__(self, key):
        if isinstance(key, str):
            self._become("settings", lambda: [None])
            said = known(key) if ("key", key) not in self._parts else None
            return self._part("key", key) if said is None else said
        if self._kind == "an array" or isinstance(key, tuple) or key is None or key is Ellipsis or isinstance(key, np.ndarray):
            return self._array()[key]
        if isinstance(key, slice):
            return [self._at(index) for index in range(*key.indices(self._length()))]
        return self._at(operator.index(key))

    def _at(self, index):
        if self._kind is None:
            self._length()
        length = self._length()
        if not -length <= index < length:
            raise IndexError("list index out of range")
        # without the inputs, a list of layers begins with the first hidden one
        return self._part("at", index % length + (1 if self._value[0] == "hidden" and self._value[1] else 0), index % length == length - 1 and self._value[0] != "hidden" if self._value[0] != "fixed" else None)

    def __len__(self):
        return len(self._array()) if self._kind == "an array" else self._length()

    def __iter__(self):
        if self._kind == "an array":
            return iter(self._array())
        wanted = unpacked(sys._getframe(1))
        if wanted is not None and self._kind is None:
            self._become("a list", lambda: [("fixed", wanted)])
        return iter([self._at(index) for index in range(self._length())])

    def __contains__(self, key):
        return ("key", key) in self._parts

    def get(self, key, default=None):
        return self[key] if isinstance(key, str) else default

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        if name in SAME_TEXT:
            return lambda: self
        if self._kind == "an array" or name in ARRAY_ATTRIBUTES:
            return getattr(self._array(), name)
        self._become("an object", lambda: [None])
        return self._part("attr", name)

    def __setattr__(self, name, value):
        self._become("an object", lambda: [None])
        self._parts["attr", name] = value

    def __setitem__(self, key, value):
        if isinstance(key, str):
            self._become("settings", lambda: [None])
            self._parts["key", key] = value
        else:
            self._at(key)
            self._parts["at", key % self._length()] = value

    # -- as a function, a text, a number, an array

    def __call__(self, *given, **options):
        # [units, function, derivative]
        third = len(self._path) > 1 and self._path[-1][0] == "at" and self._path[-1][1] > 1
        holder = self if self._holder is None else self._holder
        if holder is not self:
            object.__setattr__(self, "_kind", self._kind or "a function of one")
        function = holder._function()
        return function.derivative(*given) if third else function.call(self._name, *given, **options)

    def _function(self):
        """The activation that it is, or that it has as an object: `activation.forward` and `activation.backward` are of one."""
        if self._twofold is None:
            options = lambda: self._guesses.functions(self._name)
            chosen = self._choose(options(), "a function of one") if self._kind == "an object" else self._become("a function of one", options)
            object.__setattr__(self, "_twofold", Twofold(*chosen))
        return self._twofold

    def __eq__(self, other):
        if isinstance(other, str):
            return self._text(other)
        if isinstance(other, (int, float, np.number)) and not isinstance(other, bool) and self._kind in (None, "a number"):
            return self._number() == other
        return self is other

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        keys = looked_up(self, sys._getframe(1), self._guesses.trees, NAMED) if self._kind is None else None
        return id(self) if keys is None and self._kind != "a text" else hash(self._one_of(keys))

    def _one_of(self, keys):
        """The text that it is, or becomes: the name of an activation first, and of that which the last layer is likely to have."""
        if self._kind == "a text":
            return self._value
        last = ("softmax", "sigmoid") if self._guesses.classes else ("sigmoid", "linear")
        likely = sorted(keys, key=lambda each: (each.lower() not in last if self._last else False, each.lower() not in NAMED or each.lower() == "softmax" and not (self._last and self._guesses.classes)))
        self._is("a text", self._choose(likely, tuple(keys)))
        return self._value

    def __bool__(self):
        if self._kind is not None:
            return bool(self._length()) if self._kind == "a list" else bool(self._number()) if self._kind == "a number" else True
        return self._become("yes or no", lambda: [False, True])

    def __index__(self):
        return int(self._number())

    __int__ = __index__

    def __float__(self):
        return float(self._number())

    def __str__(self):
        return self._value if self._kind == "a text" else str(self._number()) if self._kind == "a number" else self._name

    __repr__ = __str__

    def __format__(self, spec):
        return format(self._number(), spec) if self._kind == "a number" else str(self)

    def __array__(self, *given, **options):
        if self._kind == "a number":
            return np.asarray(self._number())
        if self._kind == "a list":
            return np.array([int(each) for each in self])
        return np.asarray(self._array())

    def __array_ufunc__(self, function, method, *given, **options):
        return getattr(function, method)(*[each._operand(function is np.matmul) if isinstance(each, Unknown) else each for each in given], **options)

    def _operand(self, array=False):
        if self._kind is None and (array or self._fed):
            return self._array()
        return self._array() if self._kind == "an array" else self._number()

    def __add__(self, other):
        if isinstance(other, list):
            return self._beside(1, len(other)) + other
        return self._operand(isinstance(other, np.ndarray)) + other

    def __radd__(self, other):
        if isinstance(other, list):
            return other + self._beside(len(other), 0)
        return other + self._operand(isinstance(other, np.ndarray))

    def _beside(self, before, after):
        """As the list of hidden layers, where something is put before or after it."""
        self._become("a list", lambda: [("hidden", before, after)])
        return [self._at(index) for index in range(self._length())]

    def _told(self, deep=True):
        """What it has become, in words; None while it is nothing yet. `deep`: with what is in it."""
        if self._kind == "a text":
            return '"%s"' % self._value
        if self._kind == "a number":
            return str(self._number())
        within = dict.fromkeys(each._told(False) for each in self._parts.values() if isinstance(each, Unknown)) if deep else {}
        told = [each for each in within if each is not None]
        return "%s of %s" % (self._kind, " and ".join(told)) if told else self._kind

    def __deepcopy__(self, memo):
        return self

    def __copy__(self):
        return self


def arithmetic(name):
    operation = getattr(operator, name)
    return lambda self, other: operation(self._operand(isinstance(other, np.ndarray)), other), lambda self, other: operation(other, self._operand(isinstance(other, np.ndarray)))


for _name in ("sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul"):
    _left, _right = arithmetic(_name)
    setattr(Unknown, "__%s__" % _name, _left)
    setattr(Unknown, "__r%s__" % _name, _right)
for _name in ("lt", "le", "gt", "ge"):
    setattr(Unknown, "__%s__" % _name, arithmetic(_name)[0])
Unknown.__neg__ = lambda self: -self._operand()


def getattr_of(holder, name, *default):
    """getattr, where the name may be unknown: that of an activation which the holder has."""
    if isinstance(name, Unknown):
        name = name._one_of([each for each in dir(holder) if each.lower().strip("_") in NAMED and callable(getattr(holder, each))])
    return getattr(holder, name, *default)


def isinstance_of(value, kinds):
    """isinstance, where the value may be unknown: it becomes what is asked for first."""
    if isinstance(value, Unknown) and value._kind is None:
        for each in kinds if isinstance(kinds, tuple) else (kinds,):
            if each in (list, tuple):
                return len(value) > 0
            if each in (int, float):
                return value._number() is not None
            if each is np.ndarray:
                return value._array() is not None
    return isinstance(value, kinds) or isinstance(value, Unknown) and value._kind in KINDS and any(each in KINDS[value._kind] for each in (kinds if isinstance(kinds, tuple) else (kinds,)))


KINDS = {"a list": (list, tuple), "a number": (int, float), "a text": (str,), "settings": (dict,), "an array": (np.ndarray,)}
#: What stands for Python's own in their files while something is unknown.
AWARE = {"getattr": getattr_of, "isinstance": isinstance_of, "callable": lambda value: callable(value) and (not isinstance(value, Unknown) or value._kind in (None, "a function of one"))}
