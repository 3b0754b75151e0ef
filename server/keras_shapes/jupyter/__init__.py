"""`%load_ext keras_shapes`: shapes in a notebook that no editor shows them in, as in Colab and Kaggle."""

from __future__ import annotations

import atexit
from typing import Any

from keras_shapes.jupyter.magics import Magics

__all__ = ["load", "unload"]

_loaded: dict[int, Magics] = {}


def load(shell: Any) -> None:
    """Give an IPython shell the magics `%shapes` and `%%shapes`."""
    magics = _loaded[id(shell)] = Magics(shell)
    shell.register_magic_function(magics.shapes, "line_cell", "shapes")
    atexit.register(magics.close)


def unload(shell: Any) -> None:
    """Stop Keras' process; the magics are forgotten with the shell."""
    magics = _loaded.pop(id(shell), None)
    if magics is not None:
        magics.close()
        atexit.unregister(magics.close)
        for kind in ("line", "cell"):
            shell.magics_manager.magics[kind].pop("shapes", None)
