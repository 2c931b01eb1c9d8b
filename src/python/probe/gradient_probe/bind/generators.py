"""Random generators for arguments whose methods draw numbers: `rng.standard_normal(…)`, `random_state.randn(…)`."""

import numpy as np

from .usage import use_of

#: The methods of the generators of NumPy, and what makes one.
DRAWING = [
    (lambda: np.random.default_rng(1), {each for each in dir(np.random.Generator) if not each.startswith("_")}),
    (lambda: np.random.RandomState(1), {each for each in dir(np.random.RandomState) if not each.startswith("_")}),
]


class Generators:
    """Part of a Pool."""

    def generator(self, function, argument):
        """A getter of a new generator in the same state, where nothing but its methods is asked of the argument."""
        use = use_of(self.code, function, argument) if hasattr(function, "node") else None
        methods = {name for name, called in use.attributes.items() if called} if use is not None else set()
        if not methods or use.array or use.listed or use.keys or methods != set(use.attributes):
            return None
        return next((lambda pool, make=make: make() for make, known in DRAWING if methods <= known), None)
