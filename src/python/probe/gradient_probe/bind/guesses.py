"""What is chosen for values of which nothing is known: one choice after the other, the likelier first, each trial with the next."""

from ..common import names
from .unknown import Unknown
from .usage import use_of


class Guesses:
    """`arguments`: {(title of the function, argument)} that are unknown; one of the same name in two functions is the same thing."""

    def __init__(self, code):
        self.code, self.trees = code, code.trees
        self.arguments = set()
        self.trail, self.number_of_trial = [], 0
        self.begin()

    def __repr__(self):
        return "%s %d" % (sorted(self.arguments), self.number_of_trial)

    # -- one trial after the other

    def begin(self):
        """Forgets what the values have become, and goes the trail anew."""
        self.position, self.values, self.chosen = 0, {}, {}
        self.number_of_trial += 1

    def choose(self, options, key):
        """One of several; the same for what has the same key."""
        if not options:
            raise LookupError("there is nothing to choose from")
        if key not in self.chosen:
            if self.position == len(self.trail):
                self.trail.append([0, len(options)])
            self.trail[self.position][1] = len(options)
            self.chosen[key] = self.trail[self.position][0]
            self.position += 1
        return options[min(self.chosen[key], len(options) - 1)]

    def advance(self):
        """Takes the next way at the last place that has one; False where all were gone."""
        del self.trail[self.position:]
        while self.trail and self.trail[-1][0] + 1 >= self.trail[-1][1]:
            self.trail.pop()
        if not self.trail:
            return False
        self.trail[-1][0] += 1
        return True

    def take(self, arguments):
        """Other arguments as unknown ones, all from the start."""
        self.arguments, self.trail = set(arguments), []

    # -- what is asked by a pool and by the values

    def getter(self, function, argument, phase):
        """For an argument that is unknown; None for any other."""
        if (function.title, argument) not in self.arguments:
            return None

        def get(pool):
            self.pool, self.phase = pool, phase
            return self.values.setdefault(names.plain(argument), Unknown(self, argument, fed=not self.making))

        self.function = function
        return get

    pool = phase = function = None

    @property
    def making(self):
        return self.phase in ("ctor", "init")

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
        use = use_of(self.code, self.function, name) if not path and name in self.function.arguments else None
        if use is not None and use.counts and not use.sized:
            return [("layers", 0), ("layers", -1), ("layers", 1)]
        samples = [("samples",)]
        return samples * names.is_name(name, names.M_NAMES + "|" + names.BATCH_NAMES) + [("width", {"in": 0, "out": -1}.get(role, 1)), ("width", 0), ("width", -1), ("layers", 0), ("fixed", 1)] + samples

    @staticmethod
    def lengths(path):
        """Of a list of layers; what belongs to one layer is short: its width, its activation, …"""
        return [("fixed", 3)] if any(kind == "at" for kind, _ in path) else [("layers", 1), ("layers", 0), ("layers", -1)]

    def arrays(self, name):
        """Of the samples, the targets, the prediction and what else forward gave, by where they are."""
        pool = self.pool
        if self.making or self.phase == "forward":
            return [("data", "X")]
        results = [("result", each) for each in pool.results]
        return [("role", "AL")] * ("AL" in pool.roles) + [("data", "Y"), ("data", "X")] + results

    def array(self, symbol):
        kind, name = symbol
        return self.pool.data[name].copy() if kind == "data" else self.pool.roles[name] if kind == "role" else self.pool.results[name]

    def functions(self, derivative):
        return [self.pool.activation_function([base], derivative) for base in ("sigmoid", "tanh", "relu")]


