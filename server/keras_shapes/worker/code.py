"""The user's own code: the only module that makes code of text, and only in a child that is confined for it.

What runs are definitions, with the imports and constants that they need. What the sandbox keeps from them is not a
refusal by Keras: such a model is not evaluated.
"""

from __future__ import annotations

import ast
import builtins
import functools
import linecache
import os
import sys
import types
from pathlib import Path
from typing import Any, Callable, NoReturn, Optional

from . import keras_api, shortage
from .forms import FORMS
from .keras_api import keras
from .objects import Objects

FILENAME = "your code {}"
"""Name of the n-th piece of code, in tracebacks and for whoever asks for its source."""

_ENDLESS = ("fit", "evaluate", "predict", "train_on_batch", "test_on_batch", "predict_on_batch")
_FILES = ("save", "save_weights", "export")
_NOT_KERAS = (
    *(OSError, ImportError, NameError, EOFError, RecursionError),
    *keras_api.NOT_THERE,
)
_OF_PROGRAMS = ("forms.py", "own_layers.py")
"""Modules that do what the program does."""
_numbers = iter(range(1, sys.maxsize))
_withheld: set[type[BaseException]] = set()
"""Exceptions that come of the sandbox, as far as this process is in one."""


class HeldBack(Exception):
    """The user's code wanted what it does not get here."""


class _NotHere(HeldBack, KeyError):
    """What is raised inside the user's code: also a `KeyError`, for who asks for a variable and can do without."""

    __str__ = Exception.__str__


def permit(workspace: Optional[str]) -> None:
    """From here on recipes may hold code, which runs in this process; it may import from the workspace."""
    FORMS["code"] = _make
    _withheld.update(_NOT_KERAS)
    if workspace is not None and workspace not in sys.path:
        sys.path.append(workspace)  # last, so that nothing of the workspace hides a library
    for name in (*_ENDLESS, *_FILES):
        setattr(keras.Model, name, _not_here(f"{name}()"))
    loader = keras_api.autograph_loader()
    if loader is not None:
        loader.load_source = _load_generated
    builtins.input = _not_here("input()")
    os.environ = _NoEnvironment()  # type: ignore[assignment]  # noqa: B003 - it was cleared before


def expect_sandbox() -> None:
    """From here on this process is confined: what is imported late is not found, no file is opened."""
    _withheld.update((ImportError, PermissionError))


def check(error: BaseException) -> None:
    """Pass by if an exception may be a refusal by Keras.

    Raises:
        HeldBack: it comes from what nobody gets in this process.
        Shortage: it comes from what there was too little of.
    """
    shortage.check(error)
    if isinstance(error, (AttributeError, NameError)) and _is_ours(error):
        raise HeldBack("this Keras cannot be asked about it") from error
    for cause in shortage.causes(error):
        if isinstance(cause, HeldBack):
            raise cause
        if isinstance(cause, tuple(_withheld)) and not _is_said(cause):
            raise HeldBack(f"it raised {type(cause).__name__} in the sandbox") from error


def _is_ours(error: BaseException) -> bool:
    """Whether a question to Keras went wrong, and not the program: the words are ours, of another version."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    where = Path(last.tb_frame.f_code.co_filename) if last is not None else None
    return where is not None and where.parent == Path(__file__).parent and where.name not in _OF_PROGRAMS


def _is_said(error: BaseException) -> bool:
    """Whether somebody says that a library is needed; where an import fails, the error has the name of a module."""
    if not isinstance(error, ImportError):
        return False
    return error.name is None or error.name.partition(".")[0] in keras_api.ABSENT


def _make(made: Objects, node: dict[str, Any]) -> Any:
    """The function or class that the code defines, or what comes of calling it."""
    try:
        defined = _run(node["source"])[node["code"]]
    except Exception as error:
        check(error)
        raise HeldBack(f"its definition raised {type(error).__name__}") from error
    if "args" not in node:
        return defined
    args = [made.make(value) for value in node["args"]]
    return defined(*args, **{name: made.make(value) for name, value in node["kwargs"]})


@functools.cache
def _run(source: str) -> dict[str, Any]:
    """The names that a piece of code defines. An import that fails only leaves its name undefined."""
    module = _module(source)
    for statement in ast.parse(source).body:
        try:
            exec(compile(ast.Module([statement], []), str(module.__file__), "exec"), module.__dict__)  # noqa: S102
        except ImportError:
            if not isinstance(statement, (ast.Import, ast.ImportFrom)):
                raise
    return module.__dict__


def _load_generated(source: str, *_: object) -> tuple[types.ModuleType, str]:
    """What AutoGraph makes of the user's functions, without the file that it would write."""
    module = _module(source)
    exec(compile(source, str(module.__file__), "exec"), module.__dict__)  # noqa: S102
    return module, str(module.__file__)


def _module(source: str) -> types.ModuleType:
    """An empty module whose source can be found."""
    name = FILENAME.format(next(_numbers))
    module = types.ModuleType(name.replace(" ", "_"))
    module.__file__ = name
    module.__dict__["__loader__"] = _Source(source)
    linecache.lazycache(name, module.__dict__)
    sys.modules[module.__name__] = module
    return module


class _Source:
    """Where the source of a function is found by who looks for it; AutoGraph refuses a function without."""

    def __init__(self, text: str) -> None:
        self._text = text

    def get_source(self, _module: str) -> str:
        return self._text


class _NoEnvironment(dict[str, str]):
    """Nothing of the user's environment comes in here; a program that asks for it is not judged."""

    def __missing__(self, name: str) -> NoReturn:
        raise _NotHere(f"it reads the environment variable {name}")


def _not_here(what: str) -> Callable[..., NoReturn]:
    def stub(*_args: Any, **_kwargs: Any) -> NoReturn:
        raise _NotHere(f"it calls {what}")

    return stub
