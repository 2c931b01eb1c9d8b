"""What goes with the losses of a network that is put together of layers: one in place of a loss that is not there, and which targets a loss means."""

import numpy as np

from ..common import names


class Outside:
    """In place of a loss, where the file has layers only: half the squared error, whose derivative is the prediction less the targets."""

    known = False

    def __init__(self, sign):
        self._sign = sign

    def gradient(self, AL, Y):
        return self._sign * (AL - np.reshape(Y, np.shape(AL)))


def none_of_theirs(code):
    """Where nothing in the file is named as a cost, the layers alone are looked at; some files hand down the targets less the prediction."""
    methods = [method for owner in code.classes for method in owner.methods.values()]
    # activation_loss(dl_da) hands a derivative down, whatever it is called
    every = [owner.name for owner in code.classes] + [each.name for each in code.functions + methods if not each.needed or not all(names.is_upstream(one) and not names.is_difference(one) for one in each.needed)]
    return [] if any(names.like_name(each, names.COST) for each in every) else [(Outside(1.0), []), (Outside(-1.0), [])]


def takes_classes(chain, setting):
    """Whether the loss means the targets as they lie here: no number that only NumPy's broadcasting gives, because a loss of one output is given several.
    Labels 0, 1, 2 in another order, with the prediction in the same, make no difference; targets alone in another order make one."""
    data, outputs = setting.data(), setting.sizes.nL
    if not chain._loss.known:
        return setting.form == "same"
    if outputs == 1:
        return True
    order = np.roll(np.arange(outputs), 1)
    AL = np.random.RandomState(7).uniform(0.1, 0.9, (data.m, outputs) if setting.rows else (outputs, data.m))
    classes = (lambda values: values) if setting.rows else np.transpose
    try:
        before = np.sum(chain.cost(AL.copy(), data.Y.copy()))
        if data.Y.size == data.m:
            moved = np.empty_like(AL)
            classes(moved)[:, order] = classes(AL)
            return bool(np.allclose(before, np.sum(chain.cost(moved, order[data.Y.astype(int)].astype(data.Y.dtype)))))
        return data.Y.shape == AL.shape and not np.allclose(before, np.sum(chain.cost(AL.copy(), classes(classes(data.Y)[:, order]).copy())))
    except Exception:
        return True
