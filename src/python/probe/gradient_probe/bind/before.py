"""What the forward pass was given, for later steps that call it alike: `update(row)` after `forward(row)`, `backward(…, activations)` after `forward(X, activations)`."""

import numpy as np


class Before:
    """Part of a Pool. `before`: getters by the name of the argument."""

    def remember(self, plan):
        """Keeps the samples and the names of activations of a forward pass."""
        for name, getter in plan:
            value = getter(self)
            if np.array_equal(value, self.data["X"]) if isinstance(value, np.ndarray) else words(value):
                self.before[name] = getter

    def named_before(self, argument):
        """Whether these are names of activations that forward was given: no outputs of its layers, whatever they are called."""
        return argument in self.before and words(self.before[argument](self))


def words(value):
    """Whether a value is text, or a list of it."""
    return isinstance(value, str) or isinstance(value, (list, tuple)) and len(value) > 0 and all(isinstance(each, str) for each in value)
