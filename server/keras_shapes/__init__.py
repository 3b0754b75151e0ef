"""Shapes of Keras models while they are being written."""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext keras_shapes`."""
    from keras_shapes.jupyter import load

    load(shell)


def unload_ipython_extension(shell: Any) -> None:
    """`%unload_ext keras_shapes`."""
    from keras_shapes.jupyter import unload

    unload(shell)
