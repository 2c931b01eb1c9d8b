"""Small stand-ins for what of scikit-learn prepares samples and labels, where the interpreter has none: labels as one-hot rows, scaling."""

import numpy as np


class Dense(np.ndarray):
    """What a sparse result is asked for."""

    def toarray(self):
        return np.array(self)

    todense = toarray


class Fitted:
    def __init__(self, *_, **options):
        self.options = options

    def fit_transform(self, X, y=None):
        return self.fit(X).transform(X)


def table(X):
    X = np.asarray(X)
    if X.ndim != 2:
        raise ValueError("Expected 2D array, got %dD array instead" % X.ndim)
    return X


class OneHotEncoder(Fitted):
    def fit(self, X, y=None):
        self.categories_ = [np.unique(column) for column in table(X).T]
        return self

    def transform(self, X):
        return np.hstack([(column[:, None] == known).astype(float) for column, known in zip(table(X).T, self.categories_)]).view(Dense)


class LabelBinarizer(Fitted):
    def fit(self, y):
        self.classes_ = np.unique(y)
        return self

    def transform(self, y):
        made = (np.ravel(y)[:, None] == self.classes_).astype(int)
        return made[:, 1:] if len(self.classes_) == 2 else made


class LabelEncoder(Fitted):
    def fit(self, y):
        self.classes_ = np.unique(y)
        return self

    def transform(self, y):
        return np.searchsorted(self.classes_, y)


class StandardScaler(Fitted):
    def fit(self, X, y=None):
        self.mean_, self.scale_ = np.mean(table(X), axis=0), np.std(X, axis=0)
        self.scale_[self.scale_ == 0] = 1.0
        return self

    def transform(self, X):
        return (X - self.mean_) / self.scale_


class MinMaxScaler(StandardScaler):
    def fit(self, X, y=None):
        self.mean_, self.scale_ = np.min(table(X), axis=0), np.ptp(X, axis=0)
        self.scale_[self.scale_ == 0] = 1.0
        return self


class SimpleImputer(Fitted):
    """Nothing is missing in our samples."""

    def fit(self, X, y=None):
        return self

    def transform(self, X):
        return np.array(X)


def shuffle(*arrays, **_):
    """In their order: a check takes all samples."""
    return arrays[0] if len(arrays) == 1 else list(arrays)


PARTS = {"sklearn.preprocessing": (OneHotEncoder, LabelBinarizer, LabelEncoder, StandardScaler, MinMaxScaler), "sklearn.impute": (SimpleImputer,), "sklearn.utils": (shuffle,)}


def find(package, name):
    """The stand-in of this name; None where there is none."""
    return next((each for each in PARTS.get(package, ()) if each.__name__ == name), None)
