"""Random numbers that come out alike in every run, and samples that stay in their order: a seed that code of theirs leaves to the clock is a number here, and what is shuffled lies as it did, one order of all that there are."""

import copy
import random

import numpy as np

#: NumPy's own classes, whatever stands in their place.
LEGACY = np.random.RandomState
Generator = getattr(np.random, "Generator", LEGACY)
#: How many generators without a seed were made since the run began: each has numbers of its own.
made = [0]


def given(seed):
    made[0] += seed is None
    return 1000 + made[0] if seed is None else seed


def shuffle(x, *_, **__):
    return None


def permutation(x, *_, **__):
    return np.arange(x) if isinstance(x, (int, np.integer)) else np.array(x)


def choosing(draw):
    """`choice` that takes the first of all samples, `choice(m, batch_size)`; anything else is drawn."""

    def choice(a, size=None, replace=True, p=None, *rest, **options):
        some = isinstance(size, (int, np.integer)) and p is None and not rest and not options and (a if isinstance(a, (int, np.integer)) else len(a)) >= size > 1
        if not some:
            return draw(a, size, replace, p, *rest, **options)
        return np.arange(size) if isinstance(a, (int, np.integer)) else np.array(a)[:size]

    return choice


def numbering(draw):
    """`randint` that takes the first of all samples, `randint(m, size=batch_size)`; anything else is drawn."""

    def randint(low, high=None, size=None, *rest, **options):
        first, end = (0, low) if high is None else (low, high)
        if any(not isinstance(each, (int, np.integer)) for each in (first, end, size)) or rest or options or not 1 < size <= end - first:
            return draw(low, high, size, *rest, **options)
        return np.arange(first, first + size)

    return randint


class Repeated(LEGACY):
    """RandomState that keeps the order of samples."""

    def __init__(self, seed=None):
        LEGACY.__init__(self, given(seed))

    def choice(self, *given, **named):
        return choosing(super().choice)(*given, **named)

    def randint(self, *given, **named):
        return numbering(super().randint)(*given, **named)

    def __deepcopy__(self, _):
        out = Repeated(0)
        out.set_state(self.get_state())
        return out

    shuffle, permutation = staticmethod(shuffle), staticmethod(permutation)


class Ordered(Generator):
    """Generator that keeps the order of samples."""

    def choice(self, *given, **named):
        return choosing(super().choice)(*given, **named)

    def integers(self, *given, **named):
        return numbering(super().integers)(*given, **named)

    def __deepcopy__(self, known):
        return Ordered(copy.deepcopy(self.bit_generator, known))

    shuffle, permutation, permuted = staticmethod(shuffle), staticmethod(permutation), staticmethod(permutation)


def fix():
    """Once, before any code of theirs is run."""
    of_numpy, of_python, rng = np.random.seed, random.seed, getattr(np.random, "default_rng", None)

    def seed(seed=None):
        of_numpy(given(seed))

    def seed_plain(a=None, version=2):
        of_python(given(a), version)

    def default_rng(seed=None):
        return Ordered(rng(given(seed)).bit_generator)

    np.random.RandomState, np.random.seed, random.seed = Repeated, seed, seed_plain
    np.random.shuffle, np.random.permutation, np.random.choice, random.shuffle = shuffle, permutation, choosing(np.random.choice), shuffle
    np.random.randint = numbering(np.random.randint)
    random.sample = lambda population, k, **_: list(population)[:k]
    if rng is not None:
        np.random.default_rng = default_rng


def restart():
    """At the beginning of a run."""
    made[0] = 0
    np.random.seed(5)
    random.seed(5)


def generators(values):
    """Those of some values that draw random numbers, each with its state."""
    return [(each, state_of(each)) for each in values if isinstance(each, (LEGACY, Generator))]


def state_of(generator):
    return generator.get_state() if isinstance(generator, LEGACY) else generator.bit_generator.state


def set_state(generator, state):
    if isinstance(generator, LEGACY):
        generator.set_state(state)
    else:
        generator.bit_generator.state = state
