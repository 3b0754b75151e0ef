"""Write `reader/library/generated_signatures.py`: the parameters of the functions that the reader knows.

They are asked of the numpy, pandas, scikit-learn, TensorFlow, Keras and PIL that run this script. What these cannot
tell is in `reader/library/written_signatures.py`.
"""

from __future__ import annotations

import importlib
import inspect
import os
import warnings
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np

from keras_shapes.reader import library  # noqa: F401 - fills the registry
from keras_shapes.reader.library.preprocessing_layers import KNOWN_LAYERS
from keras_shapes.reader.library.registry import known_methods, known_paths

TARGET = Path(__file__).parent.parent / "server/keras_shapes/reader/library/generated_signatures.py"
LIBRARIES = ("numpy", "pandas", "scikit-learn", "scipy", "tensorflow-cpu", "keras", "pillow")
HEAD = '''"""Parameters of library functions, one a line: the path, then the names, with plain defaults.

Written by `scripts/library_signatures.py`; do not edit. `*` stands before names that are only keywords, `*name` and
`**name` take all further arguments, `=?` is a default that is no plain value.
{versions}
"""

SIGNATURES = """
'''
OTHER_PLACES = (
    ("tensorflow.", ("tensorflow.math.", "tensorflow.nn.", "tensorflow.linalg.", "tensorflow.compat.v1.")),
    ("keras.backend.", ("keras.src.legacy.backend.",)),
    (
        "keras.utils.",
        (
            *(f"keras.src.legacy.preprocessing.{name}." for name in ("image", "sequence", "text")),
            "keras.preprocessing.image.",
            "keras.preprocessing.sequence.",
        ),
    ),
)
METHODS = (
    ("DataFrame.", ("pandas.DataFrame.",)),
    ("Series.", ("pandas.Series.", "pandas.Index.")),
    ("Dataset.", ("tensorflow.data.Dataset.",)),
    ("pandas.window.", ("pandas.core.window.Rolling.",)),
    ("ndarray.", ("numpy.ndarray.",)),
)
ARRAY_METHODS = "astype copy flatten item ravel reshape resize sort tolist transpose view".split()
_WIDEST = 116


def paths() -> Iterator[str]:
    """Every function and method that the reader knows."""
    yield from known_paths()
    yield from (f"numpy.random.Generator.{name}" for name in dir(np.random.Generator) if not name.startswith("_"))
    yield from (f"ndarray.{name}" for name in ARRAY_METHODS)
    yield from (f"keras.layers.{name}" for name in KNOWN_LAYERS)
    for path in known_methods():
        kind, _, name = path.rpartition(".")
        yield from (f"DataFrame.{name}", f"Series.{name}") if kind == "pandas" else (path,)


def places(path: str) -> Iterator[str]:
    """Where a function may be found."""
    kinds = [(old, new) for old, new in METHODS if path.startswith(old)]
    for old, new in kinds or OTHER_PLACES:
        if kinds or path.startswith(old):
            yield from (place + path.removeprefix(old) for place in ([] if kinds else [old]) + list(new))
            return
    yield path


def found(path: str) -> object | None:
    """The real thing of a path."""
    parts = path.split(".")
    for count in range(len(parts) - 1, 0, -1):
        try:
            value = importlib.import_module(".".join(parts[:count]))
            for name in parts[count:]:
                value = getattr(value, name)
            return value
        except Exception:  # noqa: BLE001, S112 - old names raise errors of every kind
            continue
    return None


def is_method(path: str) -> bool:
    """Whether the first parameter is the object itself."""
    owner = found(path.rpartition(".")[0])
    return inspect.isclass(owner) and not isinstance(vars_of(owner, path), (staticmethod, classmethod))


def vars_of(owner: type, path: str) -> object:
    """What a class holds under the last name of a path."""
    return inspect.getattr_static(owner, path.rpartition(".")[2], None)


def parameters(path: str) -> str | None:
    """The parameters of a path as a line of the table; None where they cannot be had."""
    for place in places(path):
        value = found(place)
        if value is None:
            continue
        try:
            given = list(inspect.signature(value).parameters.values())
        except (TypeError, ValueError):
            continue
        if is_method(place):
            given = given[1:]
        kinds = [one.kind for one in given]
        if kinds == [inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD]:
            continue
        return " ".join(written(given))
    return None


def written(given: list[inspect.Parameter]) -> Iterator[str]:
    """Each parameter as a word."""
    starred = False
    for one in given:
        if one.kind is one.VAR_POSITIONAL:
            starred = True
        if one.kind is one.KEYWORD_ONLY and not starred:
            starred = True
            yield "*"
        mark = {one.VAR_POSITIONAL: "*", one.VAR_KEYWORD: "**"}.get(one.kind, "")
        yield f"{mark}{one.name}{default(one)}"


def default(one: inspect.Parameter) -> str:
    """A plain default, `=?` for any other."""
    if one.default is one.empty:
        return ""
    text = repr(one.default)
    plain = one.default is None or type(one.default) in {bool, int, float, str}
    return f"={text}" if plain and text.isascii() and not set(text) & set(' \\"\n') else "=?"


def table() -> str:
    """The whole module."""
    versions = wrapped(f"Made from {', '.join(f'{name} {version(name)}' for name in LIBRARIES)}.").replace("\n ", "\n")
    lines = sorted({f"{path} {found}".rstrip() for path in paths() if (found := parameters(path)) is not None})
    return HEAD.format(versions=versions) + "\n".join(map(wrapped, lines)) + '\n"""\n'


def wrapped(line: str) -> str:
    """A line that is too wide goes on behind a blank."""
    rows = [""]
    for word in line.split(" "):
        if len(rows[-1]) + len(word) > _WIDEST:
            rows.append("")
        rows[-1] += f" {word}" if rows[-1] or len(rows) > 1 else word
    return "\n".join(rows)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    TARGET.write_text(table(), encoding="utf-8")
