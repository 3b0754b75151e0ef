"""Write `server/keras_shapes/keras_names.py` from the Keras that runs this script."""

from __future__ import annotations

import inspect
import os
import textwrap
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import tensorflow as tf

TARGET = Path(__file__).parent.parent / "server" / "keras_shapes" / "keras_names.py"
MODULES = (
    "activations applications backend callbacks constraints datasets dtype_policies initializers layers losses "
    "metrics models ops optimizers random regularizers utils"
).split()
HEAD = '''"""Public names of Keras 3.15 and `tf.keras`, by module: what star imports bind and old paths are mapped to.

Written by `scripts/keras_names.py`; only names are kept here, never what they do: that is Keras' to say.
"""

from __future__ import annotations

KERAS_NAMES: dict[str, frozenset[str]] = {
'''


def modules() -> Iterator[tuple[str, ModuleType]]:
    """The public modules of Keras; `keras.backend` only exists inside TensorFlow."""
    yield "keras", keras
    for name in MODULES:
        yield f"keras.{name}", getattr(keras, name, None) or getattr(tf.keras, name)
    for name, value in vars(keras.applications).items():
        if inspect.ismodule(value):
            yield f"keras.applications.{name}", value


def names(path: str, module: ModuleType) -> set[str]:
    """The public callables of a module; `tf.keras.layers` has a few more layers than `keras.layers`."""
    found = {name for name in dir(module) if not name.startswith("_") and callable(getattr(module, name))}
    if path == "keras.layers":
        found |= {name for name in dir(tf.keras.layers) if not name.startswith("_")}
    return found


def entry(path: str, module: ModuleType) -> str:
    """One entry of the table."""
    text = textwrap.fill(" ".join(sorted(names(path, module))), 108, break_long_words=False)
    return f'    "{path}": frozenset(\n        """\n{textwrap.indent(text, " " * 8)}\n        """.split()\n    ),\n'


if __name__ == "__main__":
    TARGET.write_text(HEAD + "".join(entry(path, module) for path, module in modules()) + "}\n", encoding="utf-8")
