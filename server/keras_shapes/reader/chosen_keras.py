"""Which Keras a program chooses: by variables that are read when Keras is imported, or by functions of Keras."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from keras_shapes.model import Argument, PublicName
from keras_shapes.reader.choices import settled
from keras_shapes.reader.values import Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter

ENVIRONMENT: Final = "os.environ"
UNKNOWN: Final = "?"
"""What is chosen where nobody knows."""

_SETTINGS: Final = {"KERAS_BACKEND": "backend", "TF_USE_LEGACY_KERAS": "legacy"}
_SETTERS: Final = frozenset({"os.environ.setdefault", "os.environ.__setitem__", "os.putenv"})


def set_variable(it: Interpreter, name: Value, value: Value) -> None:
    """`os.environ[name] = value`."""
    setting = _SETTINGS.get(name) if isinstance(name, str) else None
    if setting is None or (setting == "backend" and it.imported_keras):
        return  # Keras has read it before
    value = settled(value, it.guards)
    known = isinstance(value, str) and not it.guards and not it.imported_keras
    it.settings[setting] = value if isinstance(value, str) and known else UNKNOWN


def set_by_call(it: Interpreter, path: str, arguments: tuple[Argument, ...]) -> bool:
    """A call that may choose: `os.environ.setdefault`, `os.putenv`, `os.environ.update`. Whether it is one of these."""
    if path in _SETTERS and len(arguments) == 2:
        set_variable(it, settled(arguments[0].value, it.guards), arguments[1].value)
        return True
    if path == "os.environ.update":
        for argument in arguments:
            given = settled(argument.value, it.guards)
            pairs = given if isinstance(given, dict) else {argument.name: given}
            for name, value in pairs.items():
                set_variable(it, name, value)
        return True
    return False


def note_import(it: Interpreter, name: Value) -> None:
    """A module is imported; with Keras itself, its backend is chosen."""
    if isinstance(name, PublicName) and (name.path == "keras" or name.path.startswith("keras.")):
        it.imported_keras = True
