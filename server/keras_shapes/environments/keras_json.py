"""What the user has set for every Keras: `keras.json`, and the backend that it or a variable chooses."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

_LIMIT = 1 << 16


def keras_json(variables: Mapping[str, str] = os.environ) -> str | None:
    """The text of the user's `keras.json`, which decides `image_data_format`, `floatx` and more; None without one."""
    home = variables.get("KERAS_HOME")
    path = (Path(home) if home else Path("~/.keras").expanduser()) / "keras.json"
    try:
        if not path.is_file() or path.stat().st_size > _LIMIT:
            return None
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None


def backend_of(generation: int | None, there: Sequence[str], variables: Mapping[str, str]) -> str:
    """The backend that the user has chosen, else one that is there: Keras itself writes `keras.json` unasked."""
    if generation == 2:
        return "tensorflow"
    configured = _configured_backend(variables)
    if configured not in there and configured == "tensorflow":
        configured = None
    return variables.get("KERAS_BACKEND") or configured or next(iter(there), "tensorflow")


def _configured_backend(variables: Mapping[str, str]) -> str | None:
    try:
        settings = json.loads(keras_json(variables) or "{}")
    except (ValueError, RecursionError):
        return None
    backend = settings.get("backend") if isinstance(settings, dict) else None
    return backend if isinstance(backend, str) else None
