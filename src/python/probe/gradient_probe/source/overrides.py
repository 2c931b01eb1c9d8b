"""Values that stand in the place of theirs while their code runs."""

import numpy as np


class InPlace(np.ndarray):
    """A value that is put into the array that stands there, so that whoever holds it under another name has it too."""


def like(value, wanted):
    """`wanted` in the form of `value`: a float stays a float where that is possible."""
    if isinstance(wanted, InPlace) and isinstance(value, np.ndarray) and value.shape == wanted.shape and value.dtype.kind == "f":
        value[...] = wanted
        return value
    if not isinstance(value, np.ndarray) and np.size(wanted) == 1:
        return float(np.reshape(wanted, -1)[0])
    return np.array(wanted, dtype=float, copy=True)
