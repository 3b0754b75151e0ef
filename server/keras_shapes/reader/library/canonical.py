"""From canonical paths to handlers: other spellings of the same function, and names that stand for constants."""

from __future__ import annotations

import math
from typing import Final

from keras_shapes.reader.library.registry import Handler, handler_of
from keras_shapes.reader.values import Value

_PREFIXES: Final = (
    ("tensorflow.experimental.numpy.", "numpy."),
    ("tensorflow.compat.v1.", "tensorflow."),
    ("tensorflow.compat.v2.", "tensorflow."),
    ("tensorflow.math.", "tensorflow."),
    ("tensorflow.linalg.", "tensorflow."),
    ("tensorflow.nn.", "tensorflow."),
    ("jax.numpy.", "numpy."),
    ("cupy.", "numpy."),
    ("keras.preprocessing.image.", "keras.utils."),
    ("keras.preprocessing.sequence.", "keras.utils."),
    ("keras.preprocessing.text.", "keras.utils."),
    ("keras.preprocessing.", "keras.utils."),
    ("keras.src.", "keras."),
    ("keras_preprocessing.", "keras.preprocessing."),
    ("sklearn.cross_validation.", "sklearn.model_selection."),
    ("sklearn.datasets.base.", "sklearn.datasets."),
    ("pandas.io.parsers.", "pandas."),
)
_CONSTANTS: Final[dict[str, Value]] = {
    "numpy.pi": math.pi,
    "numpy.e": math.e,
    "numpy.inf": math.inf,
    "numpy.nan": math.nan,
    "numpy.NaN": math.nan,
    "math.pi": math.pi,
    "math.e": math.e,
    "math.inf": math.inf,
    "sys.maxsize": 2**63 - 1,
    "string.ascii_lowercase": "abcdefghijklmnopqrstuvwxyz",
    "string.ascii_uppercase": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "string.ascii_letters": "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "string.digits": "0123456789",
    "string.punctuation": "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
}
_NEW_AXES: Final = frozenset({"numpy.newaxis", "tensorflow.newaxis", "keras.ops.newaxis", "jax.numpy.newaxis"})


def find(path: str) -> Handler | None:
    """The handler of a library function by its canonical path; older and other spellings are found as well."""
    handler = handler_of(path)
    if handler is not None:
        return handler
    for old, new in _PREFIXES:
        if path.startswith(old):
            return find(new + path.removeprefix(old))
    parts = path.split(".")
    if parts[0] == "keras" and len(parts) > 3 and parts[1] in {"utils", "preprocessing", "datasets"}:
        return handler_of(f"keras.utils.{parts[-1]}")
    return None


def constant(path: str) -> tuple[Value] | None:
    """The value that a public name stands for, in a tuple of one; None where it is no constant."""
    if path in _NEW_AXES:
        return (None,)
    return (_CONSTANTS[path],) if path in _CONSTANTS else None
