"""What `from pylab import *` and `%pylab` leave in a file: the names of NumPy, its random numbers and linear algebra, and plots that do nothing."""

import numpy as np

from .stubs import Stub

MODULES = {"pylab", "matplotlib.pylab", "matplotlib.pyplot"}
#: What pylab leaves as Python has it.
OF_PYTHON = {"abs", "bool", "bytes", "complex", "float", "int", "long", "max", "min", "object", "pow", "round", "str", "unicode"}
PLOTS = "plt axes axis axhline axvline bar clf close colorbar contour contourf draw errorbar figure gca gcf grid hist imshow ion ioff legend loglog matshow pause pcolor plot savefig scatter semilogx semilogy show subplot subplots suptitle text tight_layout title xlabel xlim xticks ylabel ylim yticks".split()


def module(name):
    """The module, as `import *` of it finds it."""
    made = Stub(name, True)
    if not name.endswith("pyplot"):
        for source in (np, np.fft, np.random, np.linalg):
            made.__dict__.update({each: getattr(source, each) for each in vars(source) if not each.startswith("_") and each not in OF_PYTHON})
    made.__dict__.update({each: Stub("%s.%s" % (name, each), True) for each in PLOTS}, np=np)
    return made
