"""Modules of a file's own that are not beside it: said at their import, and not as what stops because of them."""

import ast
import re
from importlib.machinery import PathFinder

from ..common import names
from ..common.syntax import walk
from ..source.loading import is_stdlib
from ..source.source import CannotRun
from ..source.stubs import SILENT

#: Modules and functions that a network does without.
BESIDE = "load|data|plot|draw|show|print|save|log|visual|metric|accuracy|score|timer|progress"
#: Packages that this interpreter may lack and another has: no fault of the file.
PUBLIC = {"pandas", "sklearn", "scipy", "keras", "tensorflow", "torch", "torchvision", "nnfs", "mnist", "idx2numpy", "openml", "datasets", "numba", "statsmodels", "mlxtend", "jax", "theano", "python_mnist", "torchtext", "lightning", "xgboost", "kagglehub", "google", "ucimlrepo"}


def public(error):
    found = re.search(r"^No module named '(\w+)", str(error)) if isinstance(error, ImportError) else None
    return found is not None and found.group(1) in PUBLIC


def imported(tree):
    """(statement, top package, the names that the file has for what it brings) of every import."""
    for each in walk(tree):
        if isinstance(each, ast.ImportFrom):
            yield each, (each.module or "").split(".")[0], {one.asname or one.name for one in each.names}
        elif isinstance(each, ast.Import):
            yield from ((each, one.name.split(".")[0], {one.asname or one.name}) for one in each.names)


def of_stand_in(message, loader):
    """Whether a TypeError tells that what stands for a function of a module that is not here is called otherwise: `softmax(Z, derivative=True)`."""
    called = re.match(r"TypeError: (\w+)(\.<locals>\.\w+)?\(\) ", message)
    return "'numpy.ufunc' instances" in message or called is not None and called.group(1) in loader.helped


def missing(report, surely):
    """CannotRun at the import of a module that what was tried needs, `surely`, or that the functions of the file use; None where there is none."""
    source, loader = report.source, report.loader
    needed = {str(error) for _, _, _, error, _ in (report.search.failures if report.search is not None else []) if isinstance(error, ImportError) and not public(error)}
    inside = {one.id for each in walk(source.tree) if isinstance(each, ast.FunctionDef) for one in walk(each) if isinstance(one, ast.Name) and not names.like_name(one.id, BESIDE)}
    for each, top, held in imported(source.tree):
        said = "No module named '%s'" % top
        if said in needed or top in loader.stubs and top not in PUBLIC | SILENT and (surely or held & inside) and not names.like_name(top, BESIDE) and PathFinder.find_spec(top) is None and not is_stdlib(top):
            return CannotRun("ModuleNotFoundError: %s: it is neither beside this file nor installed, and what it is needed for cannot be run without it" % said, each.lineno)
    # a folder of that name is there, and what is imported of it is not
    return next((each for each in loader.problems if each.file == report.path and each.message.startswith(("ModuleNotFoundError", "ImportError"))), None)
