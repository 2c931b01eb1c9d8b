"""Names that NumPy has dropped, given back to the code that uses them: what they meant is no mistake of a gradient."""

import functools

import numpy as np

#: What each meant, in the versions that had it.
MEANT = {
    "int": int, "float": float, "bool": bool, "object": object, "str": str, "complex": complex, "long": int, "unicode": str,
    "int0": np.intp, "uint0": np.uintp, "bool8": np.bool_, "float_": np.float64, "complex_": np.complex128, "longfloat": np.longdouble,
    "singlecomplex": np.complex64, "cfloat": np.complex128, "string_": np.bytes_, "unicode_": np.str_,
    "Inf": np.inf, "Infinity": np.inf, "infty": np.inf, "PINF": np.inf, "NINF": -np.inf, "NaN": np.nan, "NAN": np.nan, "PZERO": 0.0, "NZERO": -0.0,
    "product": np.prod, "cumproduct": np.cumprod, "sometrue": np.any, "alltrue": np.all, "round_": np.round, "rank": np.ndim, "alen": len,
    "row_stack": np.vstack, "mat": np.asmatrix, "in1d": lambda ar1, ar2, assume_unique=False, invert=False: np.isin(np.ravel(ar1), ar2, assume_unique, invert),
    "asscalar": lambda a: np.asarray(a).item(), "asfarray": lambda a, dtype=float: np.asarray(a, dtype=dtype), "msort": lambda a: np.sort(a, axis=0),
    "trapz": getattr(np, "trapezoid", None), "trapezoid": np.__dict__.get("trapz"),
}


#: Types that round off what a small step changes: a check of the formulas takes their numbers whole.
ROUNDED = ("float32", "single", "float16", "half")


def give_back():
    """Sets those that this NumPy does not have. Asked of its dictionary: NumPy warns where a dropped name is read."""
    for name, value in MEANT.items():
        if name not in np.__dict__ and value is not None:
            setattr(np, name, value)
            GIVEN.add(name)
    for name in ROUNDED:
        setattr(np, name, np.float64)
    for name in ("array", "asarray", "copy"):
        setattr(np, name, uneven(getattr(np, name)))


def uneven(function):
    """np.array, np.asarray or np.copy that makes an array of objects of parts of several lengths, [W1, W2], as they did: our widths may differ where theirs do not."""
    @functools.wraps(function)
    def made(a, *rest, **given):
        try:
            return function(a, *rest, **given)
        except ValueError as error:
            if "inhomogeneous" not in str(error) or rest or set(given) - {"copy"}:
                raise
            return np.array(a, dtype=object)

    return made


#: Those that were set.
GIVEN = set()
