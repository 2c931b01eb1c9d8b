"""Stand-ins for the scores of sklearn.metrics that trainings print beside their cost, where the interpreter has no scikit-learn."""

import numpy as np


def accuracy_score(y_true, y_pred, normalize=True, **_):
    same = np.asarray(y_true) == np.asarray(y_pred)
    same = same if np.ndim(same) < 2 else same.reshape(len(same), -1).all(axis=1)
    return float(np.mean(same)) if normalize else int(np.sum(same))


def mean_squared_error(y_true, y_pred, squared=True, **_):
    made = np.mean((np.asarray(y_true) - np.asarray(y_pred)) ** 2)
    return made if squared else np.sqrt(made)


def mean_absolute_error(y_true, y_pred, **_):
    return np.mean(np.abs(np.asarray(y_true) - np.asarray(y_pred)))


def r2_score(y_true, y_pred, **_):
    y_true = np.asarray(y_true)
    return 1.0 - np.sum((y_true - np.asarray(y_pred)) ** 2) / max(np.sum((y_true - np.mean(y_true, axis=0)) ** 2), 1e-300)


def log_loss(y_true, y_pred, eps=1e-15, normalize=True, **_):
    """Of probabilities of one class, or of a row of them for each sample; the targets one-hot or numbers of classes."""
    p, y = np.clip(np.asarray(y_pred, dtype=float), eps, 1 - eps), np.asarray(y_true)
    if p.ndim == 2 and p.shape[1] > 1:
        y = y if y.shape == p.shape else np.eye(p.shape[1])[y.reshape(-1).astype(int)]
        each = -np.sum(y * np.log(p), axis=1)
    else:
        y, p = y.reshape(-1), p.reshape(-1)
        each = -(y * np.log(p) + (1 - y) * np.log(1 - p))
    return np.mean(each) if normalize else np.sum(each)


def confusion_matrix(y_true, y_pred, labels=None, **_):
    y_true, y_pred = np.asarray(y_true).reshape(-1), np.asarray(y_pred).reshape(-1)
    labels = np.unique(np.concatenate([y_true, y_pred])) if labels is None else np.asarray(labels)
    return np.array([[np.sum((y_true == one) & (y_pred == other)) for other in labels] for one in labels])


def shown(*_, **__):
    """A score that is only shown: its value decides nothing."""
    return 0.0


METRICS = {each.__name__: each for each in (accuracy_score, mean_squared_error, mean_absolute_error, r2_score, log_loss, confusion_matrix)}
METRICS.update({name: shown for name in ("precision_score", "recall_score", "f1_score", "roc_auc_score", "average_precision_score", "classification_report")})
