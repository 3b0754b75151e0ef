"""Functions of Python's own modules that models are sized with: `math`, `random`, `os`, `collections`."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from keras_shapes.data import Array
from keras_shapes.model import NumberKind, NumpyNumber, Unknown
from keras_shapes.reader.library import plain
from keras_shapes.reader.library.arrays import as_array, why
from keras_shapes.reader.library.giving_up import GiveUp
from keras_shapes.reader.library.registry import LibraryCall, function
from keras_shapes.reader.values import Items, Value

_WHOLE: Final[dict[str, Callable[[float], int]]] = {"ceil": math.ceil, "floor": math.floor, "trunc": math.trunc}
_FLOATING: Final[dict[str, Callable[[float], float]]] = {
    "sqrt": math.sqrt,
    "log": math.log,
    "log2": math.log2,
    "log10": math.log10,
    "exp": math.exp,
    "sin": math.sin,
    "cos": math.cos,
    "tanh": math.tanh,
    "fabs": math.fabs,
}
_LARGEST: Final = 1e15


@function(*(f"math.{name}" for name in _WHOLE))
def _whole(call: LibraryCall) -> Value:
    name = call.path.rpartition(".")[2]
    number = _number(call.value("x"), call, kind="int")
    return _WHOLE[name](number) if not isinstance(number, Unknown) else number


@function(*(f"math.{name}" for name in _FLOATING))
def _floating(call: LibraryCall) -> Value:
    number = _number(call.value("x"), call, kind="float")
    if isinstance(number, Unknown):
        return number
    try:
        result = _FLOATING[call.path.rpartition(".")[2]](number)
        return result / math.log(_known(call.value("base"))) if call.path == "math.log" and call.has("base") else result
    except (ValueError, OverflowError, ZeroDivisionError):
        raise GiveUp("this arithmetic raises an error") from None


@function("math.prod", "math.gcd", "math.pow")
def _several(call: LibraryCall) -> Value:
    name = call.path.rpartition(".")[2]
    if name == "pow":
        values: Value = [call.value("x"), call.value("y")]
    else:
        values = call.value("iterable") if name == "prod" else call.rest()
    if isinstance(values, (list, tuple)) and all(isinstance(value, (int, float)) for value in values):
        if name == "gcd" and all(isinstance(value, int) for value in values):
            return math.gcd(*values)
        if len(values) < 64 and all(abs(value) < _LARGEST for value in values):
            return math.prod(values) if name == "prod" else _power(values)
    raise GiveUp("a number that is not known here")


@function("random.randint", "random.randrange")
def _random_whole(call: LibraryCall) -> Value:
    closed = call.path.endswith("randint")
    first, second = call.value("a", "start"), call.value("b", "stop", default=None)
    given = (0, first) if second is None else (first, second)
    low, high = (value if isinstance(value, int) else None for value in given)
    top = None if high is None else high - (not closed)
    return Unknown("a random number", call.span, kind="int", key=object(), low=low, high=top)


@function("random.random", "random.uniform", "random.gauss", "random.normalvariate", "time.time", "time.perf_counter")
def _random_float(call: LibraryCall) -> Value:
    return Unknown(f"{call.path} is not known here", call.span, kind="float", key=object())


@function("random.choice")
def _random_choice(call: LibraryCall) -> Value:
    value = call.value("seq")
    if isinstance(value, (list, tuple)) and value:
        return Unknown("a random choice", call.span, kind=_kind_of_all(value), key=object())
    if isinstance(value, Array):
        from keras_shapes.reader.library.indexing import item

        return item(value, Unknown("a random place", kind="int"))
    raise GiveUp("a random choice")


@function("random.sample")
def _random_sample(call: LibraryCall) -> Value:
    value, count = call.value("population"), call.value("k")
    item: Value = Unknown("a random choice", call.span, kind="int" if isinstance(value, range) else None, key=object())
    if isinstance(count, int) and 0 <= count <= 1_000:
        return [item] * count
    if isinstance(count, Unknown):
        return Items(item, count)
    known = plain.whole(count)
    return Items(item, Unknown("a long list", call.span, kind="int", low=known, high=known))


@function("tqdm.tqdm", "tqdm.auto.tqdm", "tqdm.notebook.tqdm", "tqdm.tqdm_notebook", "copy.copy", "copy.deepcopy")
def _itself(call: LibraryCall) -> Value:
    """A progress bar loops over what it is given; data and numbers are copied as they are."""
    value = call.value("iterable", "x")
    if call.path.startswith("copy.") and not isinstance(value, (bool, int, float, str, tuple, Array)):
        raise GiveUp("a copy of an object")
    return replace(value, memory=object()) if isinstance(value, Array) else value


@function("statistics.mean", "statistics.median", "statistics.stdev", "statistics.pstdev", "keras.backend.epsilon")
def _some_float(call: LibraryCall) -> Value:
    return Unknown(f"what {call.path} gives", call.span, kind="float", key=object())


@function("os.path.join")
def _join(call: LibraryCall) -> Value:
    parts = [call.value("a"), *call.rest()]
    if all(isinstance(part, str) for part in parts) and sum(map(len, parts)) < 10_000:  # type: ignore[arg-type]
        return "/".join(str(part).rstrip("/") if i + 1 < len(parts) else str(part) for i, part in enumerate(parts))
    return Unknown("a path that is not known here", call.span, kind="str")


@function("os.listdir", "glob.glob", "os.walk", "glob.iglob")
def _files(call: LibraryCall) -> Value:
    length = Unknown(f"the number of files that {call.path} finds", call.span, kind="int", key=object())
    return Items(Unknown("a file name", call.span, kind="str"), length)


@function("os.environ.get", "os.getenv")
def _setting(call: LibraryCall) -> Value:
    raise GiveUp("a setting of the environment")


@function("collections.OrderedDict", "collections.Counter", "collections.deque", "collections.defaultdict")
def _container(call: LibraryCall) -> Value:
    name = call.path.rpartition(".")[2]
    if not call.arguments and name == "OrderedDict":
        return {}
    first = call.value("iterable", default=None)
    if name == "OrderedDict" and isinstance(first, dict):
        return dict(first)
    raise GiveUp(f"what is in a {name}")


@function("itertools.chain", "itertools.product", "itertools.repeat")
def _iterated(_call: LibraryCall) -> Value:
    raise GiveUp("an iterator that is not read")


def _kind_of_all(items: Sequence[Value]) -> NumberKind | None:
    """The type that all items have."""
    names = {type(item).__name__ for item in items}
    kinds: tuple[NumberKind, ...] = ("int", "float", "str")
    return next((kind for kind in kinds if names == {kind}), None)


def _number(value: Value, call: LibraryCall, kind: str) -> float | Unknown:
    if isinstance(value, Unknown):
        return Unknown(value.reason, value.span, kind=kind)  # type: ignore[arg-type]
    if isinstance(value, Array):
        array = as_array(value)
        if array.values is None or len(array.values) != 1:
            return Unknown(why(array), call.span, kind=kind)  # type: ignore[arg-type]
        value = array.values[0]
    return _known(value)


def _known(value: Value) -> float:
    number = value.value if isinstance(value, NumpyNumber) else value
    if isinstance(number, (int, float)) and math.isfinite(number) and abs(number) < _LARGEST:
        return number
    raise GiveUp("a number that is not known here")


def _power(values: Value) -> float:
    assert isinstance(values, (list, tuple))
    try:
        return math.pow(*values)
    except (ValueError, OverflowError, TypeError):
        raise GiveUp("this arithmetic raises an error") from None
