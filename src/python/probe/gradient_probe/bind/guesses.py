"""What is chosen for values of which nothing is known: one choice after the other, the likelier first, each trial with the next."""

from ..common import names
from .pool import Pool
from ..common.data import one_by_one
from .unknown import Unknown
from .usage import use_of

#: In place of the title of a function: a global, and an attribute of the instance.
GLOBAL, ATTRIBUTE = "global", "attribute"
#: Kinds of choices that are sizes.
SIZES = ("a number", "a list")


class Guesses:
    """`arguments`: {(title of the function, argument)} that are unknown; one of the same name in two functions is the same thing."""

    def __init__(self, code, arguments, trail=()):
        """`trail`: [which of the options, how many, whether it is a size] of each choice, as far as they are said."""
        self.code, self.trees = code, code.trees
        self.arguments = frozenset(arguments)
        self.trail = [list(each) for each in trail]
        self.position, self.values, self.chosen = 0, {}, {}

    def __repr__(self):
        return "%s %s" % (sorted(self.arguments), id(self))

    # -- one trial after the other

    def choose(self, options, key):
        """One of several; the same for what has the same key."""
        if not options:
            raise LookupError("there is nothing to choose from")
        if key not in self.chosen:
            if self.position == len(self.trail):
                self.trail.append([0, len(options), key[0] in SIZES])
            self.trail[self.position][1] = len(options)
            self.chosen[key] = self.trail[self.position][0]
            self.position += 1
        return options[min(self.chosen[key], len(options) - 1)]

    def next(self, ran):
        """The same with the next way at the last place that has one; None where all were gone. What `ran` keeps its sizes: in a smaller network a mistake may not show."""
        trail = [list(each) for each in self.trail[:self.position]]
        while trail and (trail[-1][0] + 1 >= trail[-1][1] or ran and trail[-1][2]):
            trail.pop()
        if not trail:
            return None
        trail[-1][0] += 1
        return Guesses(self.code, self.arguments, trail)

    # -- what is asked by a pool and by the values

    def supply(self):
        """Gives the globals that are unknown to whoever supplies those."""
        for name in [each for each, getter in self.code.supplied.items() if hasattr(getter, "unknown")]:
            del self.code.supplied[name]
            self.code.namespace.pop(name, None)
        for name in [name for kind, name in self.arguments if kind == GLOBAL]:
            self.code.supplied[name] = lambda pool, name=name: self.value(name, pool, "forward")
            self.code.supplied[name].unknown = True

    def attributes(self):
        """{name: getter} of the attributes of an instance that are unknown."""
        return {name: lambda samples, name=name: self.value(name, None, "ctor") for kind, name in self.arguments if kind == ATTRIBUTE}

    def told(self):
        """A sentence for each value that has become something."""
        every = [(value._name, value._told()) for value in self.values.values()]
        return ["nothing in the file says what `%s` is: %s was given, as the code uses it" % (name, told) for name, told in every if told is not None]

    def getter(self, function, argument, phase):
        """For an argument that is unknown, also by its name where parameters are made for another function; None for any other."""
        if (function.title, argument) not in self.arguments and not (phase == "init" and argument in {name for _, name in self.arguments}):
            return None
        self.function = function
        return lambda pool: self.value(argument, pool, phase)

    def value(self, name, pool, phase):
        self.pool, self.phase = pool if pool is not None else self.pool, phase
        return self.values.setdefault(names.plain(name), Unknown(self, name, fed=not self.making))

    pool = phase = function = None

    @property
    def making(self):
        return Pool.making(self.phase)

    @property
    def classes(self):
        return self.pool.sizes.nL > 1

    def number(self, symbol):
        """A number at the widths of now."""
        sizes = self.pool.sizes
        kind, *at = symbol
        if kind == "width":
            return sizes.dims[max(-len(sizes.dims), min(at[0], len(sizes.dims) - 1))]
        if kind == "hidden":
            # without the ends that are put beside it
            return len(sizes.dims) - (1 if at[0] else 0) - (1 if at[1] else 0)
        return sizes.L + at[0] if kind == "layers" else self.pool.settings["m"] if kind == "samples" else at[0]

    def numbers(self, name, path):
        place = next((key for kind, key in path if kind == "at"), None)
        role = names.width_role(name) if path and path[-1][0] in ("key", "attr") else None
        if place is not None:
            one, other = ("width", place), ("width", place + 1)
            return [other, one] if role == "out" or role is None and len(path) > 1 and path[-1][0] != "at" else [one, other]
        use = use_of(self.code, self.function, name) if not path and self.function is not None and name in self.function.arguments else None
        if use is not None and use.counts and not use.sized:
            return [("layers", 0), ("layers", -1), ("layers", 1)]
        samples = [("samples",)]
        return samples * names.is_name(name, names.M_NAMES + "|" + names.BATCH_NAMES) + [("width", {"in": 0, "out": -1}.get(role, 1)), ("width", 0), ("width", -1), ("layers", 0), ("fixed", 1)] + samples

    @staticmethod
    def lengths(name, path, fed):
        """Of a list of layers, of samples, or of batches of these; what belongs to one layer is short: its width, its activation, …"""
        if fed and names.like_name(name, "data|set$|batch|sampl|train|pair|exampl"):
            several = names.like_name(name, "batches") and not path
            return [("fixed", 1), ("samples",)] if several else [("samples",), ("fixed", 1)]
        return [("fixed", 3)] if any(kind == "at" for kind, _ in path) else [("layers", 1), ("layers", 0), ("layers", -1)]

    def arrays(self, path):
        """Of the samples, the targets, the prediction and what else forward gave, by where they are; of a list of pairs, one sample and its target."""
        pool, places = self.pool, [key for kind, key in path if kind == "at"]
        if len(places) > 1 and places[-1] < 2:
            return [("sample", "XY"[places[-1]], places[-2])]
        if self.making or self.phase == "forward":
            return [("data", "X")]
        results = [("result", each) for each in pool.results]
        return [("role", "AL")] * ("AL" in pool.roles) + [("data", "Y"), ("data", "X")] + results

    def array(self, symbol):
        kind, name, *at = symbol
        if kind == "sample":
            return one_by_one(self.pool.data["X"], self.pool.data["Y"], self.pool.sizes.n0)[at[0]]["XY".index(name)]
        return self.pool.data[name].copy() if kind == "data" else self.pool.roles[name] if kind == "role" else self.pool.results[name]

    def functions(self, name):
        """[(activation, its derivative)]; only the one that a name says, TABLE["tanh"]."""
        bases = ("sigmoid", "tanh", "relu")
        return [tuple(self.pool.activation_function([base], derivative) for derivative in (False, True)) for base in [each for each in bases if each in names.plain(name)] or bases]


