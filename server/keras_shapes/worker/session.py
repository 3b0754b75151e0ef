"""The state of Keras around one evaluation: nothing allocated, nothing loaded, nothing left behind."""

from __future__ import annotations

import contextlib
import re
import sys
import warnings
from collections.abc import Iterable, Iterator
from typing import Any

from . import keras_api
from .keras_api import keras

_NUMBERED = re.compile(r"(?P<prefix>.*?)(?:_(?P<number>\d{1,4}))?")

_DEFAULTS = {
    "image_data_format": keras.config.image_data_format(),
    "floatx": keras.config.floatx(),
    "dtype_policy": keras.config.dtype_policy().name,
}
"""What the user's `keras.json` sets; read once, before any request."""

load_weights = keras.Model.load_weights
"""Keras' own, which looks at what it is given before it looks at any file."""


def load_nothing() -> None:
    """Make downloads and saved weights do nothing, so that models are built and Keras' own checks stand."""
    sys.modules[keras.utils.get_file.__module__].get_file = lambda *_args, **_kwargs: ""  # type: ignore[attr-defined]
    keras.Model.load_weights = lambda *_args, **_kwargs: None


@contextlib.contextmanager
def session(settings: dict[str, Any], names: Iterable[str] = ()) -> Iterator[None]:
    """A fresh Keras with these settings, in which no weight is ever allocated.

    `names` are layer names that the source gives: automatic names keep clear of them, as they depend on the history
    of the whole program. Everything that Keras still holds is let go before and after, or a later symbolic call
    would allocate it all.
    """
    keras_api.clear()
    _set({**_DEFAULTS, **settings})
    for name in names:
        _keep_clear_of(name)
    try:
        with warnings.catch_warnings(), keras_api.stateless():
            warnings.simplefilter("ignore")
            yield
    finally:
        keras_api.clear()
        _set(_DEFAULTS)


def _set(settings: dict[str, Any]) -> None:
    keras.config.set_image_data_format(settings["image_data_format"])
    keras.config.set_floatx(settings["floatx"])
    keras.config.set_dtype_policy(settings["dtype_policy"])


def _keep_clear_of(name: str) -> None:
    found = _NUMBERED.fullmatch(name)
    if found is not None:
        keras_api.keep_clear_of(found["prefix"], int(found["number"] or 0))
