"""Arguments are accounted for: what nobody read, and may have an influence, makes the result unknown."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from keras_shapes.model import Unknown
from keras_shapes.reader.library.giving_up import GiveUp
from keras_shapes.reader.library.harmless import is_harmless
from keras_shapes.reader.library.objects import FORGOTTEN, LibraryObject
from keras_shapes.reader.library.signatures import signature_of
from keras_shapes.reader.values import Value

if TYPE_CHECKING:
    from keras_shapes.reader.library.registry import LibraryCall


def of_function(handler: Callable[[LibraryCall], Value]) -> Callable[[LibraryCall], Value]:
    """A handler that gives up when an argument was not read.

    Those that make an object are read by its methods, which are asked again.
    """

    @wraps(handler)
    def accounted(call: LibraryCall) -> Value:
        result = handler(call)
        if _says_something(result) and not _is_kept(result, call):
            account(call)
        return result

    return accounted


def of_method(handler: Callable[[Any, LibraryCall], Value]) -> Callable[[Any, LibraryCall], Value]:
    """The same for a method; what it gives depends on how its object was made, too."""

    @wraps(handler)
    def accounted(value: Any, call: LibraryCall) -> Value:
        from dataclasses import replace

        from keras_shapes.reader.library.registry import constructor

        if isinstance(value, LibraryObject) and FORGOTTEN in value.facts:
            raise GiveUp(_why_forgotten(value))
        made = constructor(value) if isinstance(value, LibraryObject) else None
        call = replace(call, made=made)
        result = handler(value, call)
        if not _says_something(result) or result is value or _is_kept(result, call):
            return result
        account(call)
        if made is not None:
            account(made)
        return result

    return accounted


def account(call: LibraryCall) -> None:
    """Give up when an argument that may have an influence was not read."""
    path = call.signature or call.path
    signature = signature_of(path)
    for name, value in call.named():
        if name in call.used or signature.is_default(name, value) or is_harmless(path, name):
            continue
        raise GiveUp(_reason(name, value, path))


def _reason(name: str, value: Value, path: str) -> Unknown | str:
    if name == "**":
        return value if isinstance(value, Unknown) else "unpacked arguments"
    if name == "*":
        return f"{path} has more arguments than are read"
    return f"`{name}` of {path} is not read"


def _why_forgotten(value: LibraryObject) -> Unknown | str:
    reason = value.facts[FORGOTTEN]
    return reason if isinstance(reason, Unknown) else "it was changed in a way that is not read"


def _says_something(result: Value) -> bool:
    return result is not None and not (isinstance(result, Unknown) and result.kind is None)


def _is_kept(result: Value, call: LibraryCall) -> bool:
    """Whether the arguments are kept in the object that was made."""
    return isinstance(result, LibraryObject) and result.arguments is call.arguments and bool(call.arguments)
