"""Random numbers of numpy, TensorFlow and Keras: their shapes, types and ranges."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from keras_shapes.data import Fact, Size
from keras_shapes.model import NumpyNumber, Unknown
from keras_shapes.reader.library import dtypes, plain, sizes
from keras_shapes.reader.library.arrays import (
    as_array,
    new,
    part,
    rows_of,
    scalar,
    shape_argument,
    shape_of,
    size_argument,
)
from keras_shapes.reader.library.objects import LibraryObject
from keras_shapes.reader.library.registry import LibraryCall, function
from keras_shapes.reader.values import Value

GENERATOR: Final = "numpy.random.Generator"
STATE: Final = "numpy.random.RandomState"

_NEGLIGIBLE = 1e-9
"""A range that is missed with a smaller probability counts as drawn completely."""
_UNIT = {"rand", "random", "random_sample", "ranf", "sample"}
_NAMES_OF = {
    "uniform": "low high",
    "normal": "loc scale",
    "binomial": "n p",
    "poisson": "lam",
    "exponential": "scale",
    "gamma": "shape scale",
    "beta": "a b",
    "laplace": "loc scale",
    "lognormal": "mean sigma",
    "logistic": "loc scale",
    "gumbel": "loc scale",
    "geometric": "p",
    "rayleigh": "scale",
    "standard_normal": "",
    "standard_exponential": "",
    "weibull": "a",
    "vonmises": "mu kappa",
    "chisquare": "df",
    "standard_t": "df",
    "triangular": "left mode right",
}
_WHOLE = {"binomial", "poisson", "geometric"}


@function("numpy.random.rand", "numpy.random.randn")
def _sizes_one_by_one(call: LibraryCall) -> Value:
    shape = shape_argument(tuple(call.rest()))
    return _floats(call, shape, unit=call.path.endswith("rand"))


@function(
    "numpy.random.random",
    "numpy.random.random_sample",
    "numpy.random.ranf",
    "numpy.random.sample",
)
def _unit(call: LibraryCall) -> Value:
    size = call.value("size", default=None)
    result = _floats(call, _shape(size), unit=True, dtype=_dtype(call))
    return result if size is None else _array_of(result, call)


@function(*(f"numpy.random.{name}" for name in _NAMES_OF))
def _distribution(call: LibraryCall) -> Value:
    name = call.path.rpartition(".")[2]
    given = call.value("size", default=None)
    given_parameters = [call.value(name, default=None) for name in _NAMES_OF[name].split()]
    parameters = [as_array(value) for value in given_parameters if value is not None]
    shape = _shape(given) if given is not None else sizes.broadcast(*map(shape_of, parameters)) if parameters else ()
    whole = name in _WHOLE
    result = new(shape, "int64" if whole else _dtype(call), origin=f"np.random.{name}", span=call.span)
    if name == "uniform":
        low, high = call.value("low", default=0.0), call.value("high", default=1.0)
        known = plain.numbers([low, high])
        if known is not None:
            result = replace(result, minimum=min(known), maximum=max(known))
    if shape != () or given is not None:
        return result
    # A single draw is a plain Python number.
    return Unknown("a random number", call.span, kind="int" if whole else "float", key=object())


def _dtype(call: LibraryCall) -> str | None:
    return dtypes.dtype_of(call.type_argument("dtype", default="float64"))


@function("numpy.random.randint", "numpy.random.random_integers", "numpy.random.integers")
def _randint(call: LibraryCall) -> Value:
    first, second = call.value("low"), call.value("high", default=None)
    low, high = (0, first) if second is None else (first, second)
    shape = _shape(call.value("size", default=None))
    dtype = dtypes.dtype_of(call.type_argument("dtype", default="int64"))
    closed = call.path.endswith("random_integers") or call.flag("endpoint")
    result = new(shape, dtype, origin="np.random.randint", span=call.span)
    least, limit = plain.whole(low), plain.whole(high)
    if least is not None and limit is not None:
        most = limit - (not closed)
        result = replace(result, minimum=least, maximum=most, provenance=_drawn(shape, most - least + 1))
    if not call.has("size") and dtype is not None:
        drawn = scalar(result)
        if isinstance(drawn, Unknown) and call.has("dtype"):
            return replace(drawn, kind=None)  # `int` gives a Python number, "int64" one of numpy
        if isinstance(drawn, Unknown) and call.path.endswith("randint"):
            return replace(drawn, kind="int")
        return drawn
    return result


@function("numpy.random.choice")
def _choice(call: LibraryCall) -> Value:
    given = call.value("a")
    given = given.value if isinstance(given, NumpyNumber) else given
    one = not call.has("size")
    shape = _shape(call.value("size", default=None))
    if isinstance(given, int) or (isinstance(given, Unknown) and given.kind in {"int", "numpy int"}):
        high = given - 1 if isinstance(given, int) else None
        low = 0 if high is not None else None
        result = new(shape, "int64", origin="np.random.choice", span=call.span, low=low, high=high)
        if one:
            return Unknown("a random choice", call.span, key=object())
        return result
    array = as_array(given)
    whole = shape_of(array)
    axis = sizes.axis_of(call.value("axis", default=0), len(whole))
    result = part(array, (*whole[:axis], *shape, *whole[axis + 1 :]))
    return scalar(result) if result.shape == () and one else replace(result, origin="np.random.choice", span=call.span)


@function("numpy.random.multivariate_normal", "numpy.random.multinomial", "numpy.random.dirichlet")
def _vectors(call: LibraryCall) -> Value:
    name = call.path.rpartition(".")[2]
    vector = call.array(*("pvals",) if name == "multinomial" else ("mean", "alpha"))
    shape = _shape(call.value("size", default=None))
    dtype = "int64" if name == "multinomial" else "float64"
    return new((*shape, *shape_of(vector)[-1:]), dtype, origin=f"np.random.{name}", span=call.span)


@function("numpy.random.seed", "random.seed", "tensorflow.random.set_seed")
def _nothing(_call: LibraryCall) -> Value:
    return None


@function("numpy.random.default_rng", "numpy.random.RandomState", "numpy.random.Generator")
def _generator(call: LibraryCall) -> Value:
    kind = STATE if call.path.endswith("RandomState") else GENERATOR
    return LibraryObject(kind, call.arguments, span=call.span)


@function(
    "tensorflow.random.normal",
    "tensorflow.random_normal",
    "tensorflow.random.truncated_normal",
    "tensorflow.truncated_normal",
    "keras.random.normal",
    "keras.random.truncated_normal",
    "keras.backend.random_normal",
)
def _tensor_normal(call: LibraryCall) -> Value:
    dtype = dtypes.dtype_of(call.type_argument("dtype", default="float32") or "float32")
    return new(shape_argument(call.value("shape")), dtype, _origin(call), call.span, library="tensorflow")


@function(
    "tensorflow.random.uniform",
    "tensorflow.random_uniform",
    "keras.random.uniform",
    "keras.backend.random_uniform",
    "keras.random.randint",
)
def _tensor_uniform(call: LibraryCall) -> Value:
    shape = shape_argument(call.value("shape"))
    default = "int32" if call.path.endswith("randint") else "float32"
    dtype = dtypes.dtype_of(call.type_argument("dtype", default=default) or default)
    low = plain.number(call.value("minval", default=0))
    high = plain.number(call.value("maxval", default=1))
    result = new(shape, dtype, _origin(call), call.span, library="tensorflow")
    if low is None or high is None:
        return result
    if dtypes.is_integer(dtype):
        return replace(result, minimum=low, maximum=high - 1, provenance=_drawn(shape, int(high - low)))
    return replace(result, minimum=low, maximum=high)


@function("tensorflow.random.categorical")
def _categorical(call: LibraryCall) -> Value:
    rows = rows_of(call.array("logits"))
    shape = (rows, size_argument(call.value("num_samples")))
    return new(shape, "int64", _origin(call), call.span, library="tensorflow")


def _array_of(value: Value, call: LibraryCall) -> Value:
    """An array without axes, where a shape was asked for."""
    return value if not isinstance(value, Unknown) else new((), _dtype(call), _origin(call), call.span)


def _floats(call: LibraryCall, shape: tuple[Size, ...], *, unit: bool, dtype: str | None = "float64") -> Value:
    origin = _origin(call)
    low, high = (0, 1) if unit else (None, None)
    result = new(shape, dtype, origin, call.span, low=low, high=high)
    # `rand()` is a Python float, as are the other single draws of the old functions.
    return Unknown("a random number", call.span, kind="float", key=object()) if shape == () else result


def _origin(call: LibraryCall) -> str:
    return call.path.replace("numpy.", "np.").replace("tensorflow.", "tf.")


def _shape(value: Value) -> tuple[Size, ...]:
    return () if value is None else shape_argument(value)


def _drawn(shape: tuple[Size, ...], different: int) -> frozenset[Fact]:
    """Whether so many draws surely meet every one of so many numbers (but for a negligible chance)."""
    count = sizes.volume(shape)
    if not isinstance(count, int) or different < 1:
        return frozenset()
    missed = different * (1 - 1 / different) ** count
    return frozenset({Fact.EXACT, Fact.EVERY}) if missed < _NEGLIGIBLE else frozenset()
