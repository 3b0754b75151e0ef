"""The table of library functions that are understood, and the call that they are given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Any, Final, TypeAlias

from keras_shapes.data import Array
from keras_shapes.model import Argument, Unknown
from keras_shapes.reader.library import accounting, sizes
from keras_shapes.reader.library.arrays import as_array, numpy_array, tensor
from keras_shapes.reader.library.giving_up import GiveUp
from keras_shapes.reader.library.objects import LibraryObject
from keras_shapes.reader.library.signatures import signature_of
from keras_shapes.reader.values import Builtin, Value
from keras_shapes.source import Span

Invoke: TypeAlias = Callable[[Value, "list[Value]"], Value]
Change: TypeAlias = Callable[["dict[str, Value]", str, Value], None]
Become: TypeAlias = Callable[[Value, Value], None]
Write: TypeAlias = Callable[[Array], None]
Learn: TypeAlias = Callable[[Array, str], None]


class _Required:
    """The absence of a default."""


_REQUIRED: Final = _Required()
_STARS: Final = frozenset({"*", "**"})
_UNPACKED: Final = "**"
_REST: Final = "*"


def _not_readable(_function: Value, _arguments: list[Value]) -> Value:
    return Unknown("this function is not read")


def _change(facts: dict[str, Value], name: str, value: Value) -> None:
    facts[name] = value


def _stay(_old: Value, _new: Value) -> None:
    return None


def _unwritten(_array: Array) -> None:
    return None


def _forgotten(_array: Array, _mark: str) -> None:
    return None


@dataclass(frozen=True, slots=True, eq=False)
class LibraryCall:
    """A call of a library's function or method.

    An argument named "*" or "**" stands for unpacked arguments that are not known. `text` is the source of the call.
    `invoke` runs a function of the user's; `change` writes a fact of a LibraryObject so that a branch can undo it.
    `become` makes another value of an array that is changed in place, under every name; `write` forgets its items;
    `learn` adds a mark to an array, for what the library takes for granted.
    `image_data_format` is Keras' setting at the moment of the call. `made` is the call that made the object whose
    method this is. Parameters are named by the signature of `signature`, or of `path`; `used` are those that were read.
    """

    path: str
    arguments: tuple[Argument, ...] = ()
    span: Span | None = None
    text: str = ""
    invoke: Invoke = field(default=_not_readable)
    change: Change = field(default=_change)
    become: Become = field(default=_stay)
    write: Write = field(default=_unwritten)
    learn: Learn = field(default=_forgotten)
    image_data_format: str = "channels_last"
    signature: str = ""
    made: LibraryCall | None = None
    used: set[str] = field(default_factory=set)

    def value(self, *names: str, default: Value | _Required = _REQUIRED) -> Value:
        """The argument that has one of `names`; gives up when it is needed and not there."""
        self.used.update(names)
        for name, value in self.named():
            if name in names:
                return value
        self._refuse_unpacked()
        if isinstance(default, _Required):
            raise GiveUp(f"{self.path} without {names[0]}")
        return default

    def type_argument(self, name: str, default: Value | _Required = _REQUIRED) -> Value:
        """A type of items; Python's `float` has 32 bits for TensorFlow and Keras."""
        value = self.value(name, default=default)
        if self.path.startswith("keras.") and (value == "int" or (isinstance(value, Builtin) and value.name == "int")):
            return Unknown("a type that depends on the version of Keras")
        is_float = value == "float" or (isinstance(value, Builtin) and value.name == "float")
        return "float32" if is_float and self.library == "tensorflow" else value

    def rest(self) -> list[Value]:
        """The values of all positions behind the named ones."""
        self.used.add(_REST)
        self._refuse_unpacked()
        return [value for name, value in self.named() if name == _REST]

    def named(self) -> list[tuple[str, Value]]:
        """Every argument under the name of its parameter; one behind the last position has the name "*"."""
        positional = signature_of(self.signature or self.path).positional
        found: list[tuple[str, Value]] = []
        place = 0
        for argument in self.arguments:
            if argument.name is not None:
                found.append((_UNPACKED if argument.name in _STARS else argument.name, argument.value))
                continue
            found.append((positional[place] if place < len(positional) else _REST, argument.value))
            place += 1
        return found

    def array(self, *names: str) -> Array:
        """An argument as the array that the library would make of it."""
        return self.own(self.value(*names))

    def own(self, value: Value) -> Array:
        """A value as an array of the called library: numpy takes tensors, TensorFlow takes arrays."""
        if self.path.startswith("numpy."):
            return numpy_array(as_array(value))
        if self.path.startswith(("tensorflow.", "keras.ops.", "keras.backend.", "keras.random.")):
            return tensor(value)
        return as_array(value)

    def has(self, *names: str) -> bool:
        """Whether an argument is given, and is not None."""
        return self.value(*names, default=None) is not None

    @property
    def maker(self) -> LibraryCall:
        """The call that made the object whose method this is."""
        assert self.made is not None
        return self.made

    def _refuse_unpacked(self) -> None:
        for argument in self.arguments:
            if argument.name in _STARS:
                raise GiveUp(argument.value if isinstance(argument.value, Unknown) else "unpacked arguments")

    def number(self, *names: str, default: int | _Required = _REQUIRED) -> int:
        """A known whole number; gives up where it is unknown."""
        return sizes.whole(self.value(*names, default=default))

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A known true or false; gives up where it is unknown."""
        value = self.value(name, default=default)
        if isinstance(value, (bool, int)) or value is None:
            return bool(value)
        raise GiveUp(value if isinstance(value, Unknown) else f"{name} is not known here")

    @property
    def library(self) -> str:
        """Whose arrays the result is: "numpy", "tensorflow", "pandas"."""
        root = self.path.partition(".")[0]
        return "tensorflow" if root == "keras" else root if root in {"tensorflow", "pandas"} else "numpy"


Handler: TypeAlias = Callable[[LibraryCall], Value]
_HANDLERS: dict[str, Handler] = {}


def function(*paths: str) -> Callable[[Handler], Handler]:
    """Make a function known as what the library functions `paths` do."""

    def register(handler: Handler) -> Handler:
        for path in paths:
            assert path not in _HANDLERS, path
            _HANDLERS[path] = _under_its_name(path, handler)
        return handler

    return register


MethodHandler: TypeAlias = Callable[[Any, LibraryCall], Value]
_METHODS: dict[str, MethodHandler] = {}


def method(*paths: str) -> Callable[[MethodHandler], MethodHandler]:
    """Make a function known as what the methods `paths` (class and name) do; it gets the object first."""

    def register(handler: MethodHandler) -> MethodHandler:
        for path in paths:
            assert path not in _METHODS, path
            _METHODS[path] = accounting.of_method(handler)
        return handler

    return register


def method_handler(path: str) -> MethodHandler | None:
    """The handler of a method by its class and name."""
    return _METHODS.get(path)


def _under_its_name(path: str, handler: Handler) -> Handler:
    """A handler that sees `path` whatever older spelling it was called by."""
    safe = forgiving(accounting.of_function(handler))
    return lambda call: safe(replace(call, path=path))


def forgiving(handler: Handler) -> Handler:
    """A handler whose giving up is an unknown value."""

    @wraps(handler)
    def call(call: LibraryCall) -> Value:
        try:
            return handler(call)
        except GiveUp as reason:
            return reason.unknown(call.span)

    return call


def handler_of(path: str) -> Handler | None:
    """The handler of a canonical path."""
    return _HANDLERS.get(path)


def known_paths() -> Sequence[str]:
    """Every path that has a handler."""
    return sorted(_HANDLERS)


def known_methods() -> Sequence[str]:
    """Every method that has a handler, with its class."""
    return sorted(_METHODS)


def constructor(made: LibraryObject) -> LibraryCall:
    """The call that made an object, for reading its arguments."""
    return LibraryCall(made.kind, made.arguments, made.span)
