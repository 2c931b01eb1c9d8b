"""An activation of which nothing but its calls is known: `activation.forward(Z)` and then `activation.backward(A)`, one function and its derivative."""

import numpy as np

from .activations import OF_OUTPUT, USUAL, is_derivative


class Twofold:
    """One activation and its derivative, under whichever names they are called."""

    def __init__(self, function, slope):
        self.function, self.slope = function, slope
        self.before, self.after = None, None

    def call(self, name, *given, **options):
        if is_derivative(name):
            return self.derivative(*given)
        if any(each is True for each in list(given[1:]) + list(options.values())):
            # the same one is asked for its derivative: f(z), and then f(z, derivative=True)
            try:
                return self.function(*given, **options)
            except TypeError:
                return self.derivative(given[0])
        if isinstance(given[0], np.ndarray):
            self.before, self.after = given[0].copy(), self.function(given[0])
        return self.function(given[0])

    def derivative(self, value, *more):
        gave = self.after is not None and isinstance(value, np.ndarray) and np.array_equal(value, self.after)
        if gave and len(more) == 1 and np.shape(more[0]) == np.shape(value):
            # backward(A, Y): that of an output with its loss
            return value - more[0]
        if gave and not np.array_equal(self.before, self.after):
            return OF_OUTPUT[self.base()](value)
        return self.slope(value)

    def base(self):
        """Which of the usual activations it is, by what it gives."""
        return next((each for each, (function, _) in USUAL.items() if np.allclose(function(self.before), self.after)), "sigmoid")
