"""What stands for a package that is not there, or not needed: plots and progress bars do nothing, anything else fails when it is used."""

import dis
import importlib
import importlib.abc
import re
import sys
import types

from . import stand_ins

SILENT = {"matplotlib", "seaborn", "pylab", "PIL", "IPython", "mpl_toolkits", "plotly", "tqdm", "wandb", "h5py", "skimage", "imageio", "pygame", "tkinter", "graphviz", "networkx", "rich", "colorama", "termcolor", "click", "streamlit", "ipywidgets", "bokeh", "cv2", "loguru", "progressbar", "prettytable", "tabulate", "celluloid"}
REAL = {"numpy", "scipy", "pandas", "sklearn"}
#: Names of functions whose work is no part of a network.
TELLS = r"print|plot|log|show|display|draw|save|dump|write|report|visuali|progress"
#: Packages that are imported as they are; the real ones of REAL are added when something of them is used.
OPEN = {"numpy", "scipy"}


class Absent:
    """A base class that is not here: its constructor takes anything and keeps it, and asked whether it trains it says so."""

    training = True
    #: dictionaries that it would have made; names of what its constructor is given
    _held, _handed = (), ()

    def __init__(self, *args, **named):
        for name, value in list(zip(self._handed, args)) + list(named.items()):
            if name and not hasattr(type(self), name):
                object.__setattr__(self, name, value)

    def __new__(cls, *args, **named):
        made = object.__new__(cls)
        for key in cls._held:
            object.__setattr__(made, key, {})
        return made

    def is_training(self):
        return self.training


class Stub(types.ModuleType):
    """A package that is not needed for backprop. Plots and progress bars do nothing; anything else fails when it is used."""

    def __init__(self, name, silent):
        types.ModuleType.__init__(self, name)
        self.__dict__["_silent"] = silent
        #: what it gives where it is a class, with what is asked of its objects
        self.__dict__["_made"] = None
        self.__path__ = []

    def __getattr__(self, name):
        if name.startswith("__") and name not in ("__version__",):
            raise AttributeError(name)
        real = self.real(name)
        if real is None:
            # `from scipy import sparse`
            real = stand_ins.attribute(self.__name__, name)
        return real if real is not None else Stub(self.__name__ + "." + name, self._silent)

    def real(self, name):
        top = self.__name__.split(".")[0]
        if top not in REAL:
            return None
        try:
            OPEN.add(top)
            for known in [each for each in sys.modules if each.split(".")[0] == top and isinstance(sys.modules[each], Stub)]:
                del sys.modules[known]
            return getattr(importlib.import_module(self.__name__), name)
        except Exception:
            OPEN.discard(top)
            return None

    def __call__(self, *args, **_):
        if self._made is not None and not args:
            return self._made
        if len(args) == 1 and callable(args[0]) and not isinstance(args[0], Stub):
            return args[0]
        if self._silent:
            if self.__name__.startswith("tqdm") and args:
                return Bar(range(*args) if self.__name__.endswith("trange") else args[0])
            return Stub(self.__name__ + "()", True)
        if any(each in self.__name__ for each in ("jit", "njit", "vectorize")):
            return lambda function: function
        if self.tells(sys._getframe(1)):
            return None
        if sys._getframe(1).f_code.co_name == "__init__" and self.__name__.split(".")[0] not in REAL:
            # kept by an object of theirs: it fails when something is asked of it
            return Stub(self.__name__ + "()", False)
        raise ModuleNotFoundError("No module named '%s'" % self.__name__.split(".")[0])

    def __array__(self, *args, **_):
        raise ModuleNotFoundError("No module named '%s'" % self.__name__.split(".")[0])

    def tells(self, frame):
        """Whether it only prints, draws or saves by its name, and nobody takes what it gives: utils.print_dict(parameters)."""
        if re.search(TELLS, self.__name__.split(".")[-1], re.I) is None:
            return False
        following = [each for each in dis.get_instructions(frame.f_code) if each.offset > frame.f_lasti and each.opname != "CACHE"]
        return bool(following) and following[0].opname == "POP_TOP"

    def __mro_entries__(self, bases):
        # of several that are not here, `class Net(BaseEstimator, ClassifierMixin)`, one stands for all
        return (Absent,) if next(each for each in bases if isinstance(each, Stub)) is self else ()

    def __iter__(self):
        # `fig, axes = plt.subplots()`
        return iter([Stub(self.__name__, self._silent)] * 2) if self._silent else iter(())

    def __getitem__(self, _):
        return Stub(self.__name__, self._silent)

    def __setitem__(self, *_):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False

    def __or__(self, _):
        return self

    __ror__ = __or__


class Bar:
    """A progress bar, `with trange(n) as bar`: what it goes over, and what it is told is not shown."""

    def __init__(self, over):
        self.over = over

    def __iter__(self):
        return iter(self.over)

    def __len__(self):
        return len(self.over)

    def __getitem__(self, index):
        return self.over[index]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *_, **__: None


def pictures():
    """What stands for scipy.misc, of which SciPy has dropped what reads and shows pictures."""
    made = Stub("pictures", True)
    made.__dict__["logsumexp"] = stand_ins.logsumexp
    return made


class StubLoader(importlib.abc.Loader):
    def __init__(self, silent):
        self.silent = silent

    def create_module(self, spec):
        return Stub(spec.name, self.silent)

    def exec_module(self, module):
        pass
