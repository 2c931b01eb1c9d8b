"""Labels as one-hot, where the module that would make them so is not beside the file: `from helpers import one_hot`, `from keras.utils import to_categorical`."""

import numpy as np

from ..common import names

#: Those of the course and of everyone; Keras has a row for each sample, whatever the file multiplies.
NAMES = r"^(to|get|make|create|convertto|convertlabelsto)?onehot(encoded?|encoding|matrix|labels?|vectors?)?$"
ROWS = r"^tocategorical$"


def find(name, sides):
    """The function of that name; `sides()`: {0} where the units of a layer lie along the first axis, {-1} along the last. None for another name, and where the file does not show it."""
    if names.is_name(name, ROWS):
        return made(-1)
    found = sides() if names.is_name(name, NAMES) else ()
    return made(*found) if len(found) == 1 else None


def made(axis):
    """`axis`: along which the classes lie."""

    def one_hot(labels, *more, **named):
        labels = np.asarray(labels)
        if labels.ndim == 0 or labels.size != max(labels.shape):
            raise ValueError("no labels of samples, of which a one-hot matrix is made")
        labels = labels.reshape(-1).astype(int)
        counts = [int(each) for each in list(more) + list(named.values()) if isinstance(each, (int, np.integer)) and each > labels.max()]
        rows = np.eye((counts or [labels.max() + 1])[0])[labels]
        return rows if axis else rows.T

    return one_hot
