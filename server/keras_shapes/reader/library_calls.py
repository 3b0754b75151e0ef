"""The interpreter's side of the library: hands values over, and takes results back with their places."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from keras_shapes.data import Array, Dataset, Fact
from keras_shapes.model import Argument, PublicName, Unknown
from keras_shapes.reader import library
from keras_shapes.reader.choices import settled
from keras_shapes.reader.contents import as_items, is_guarded
from keras_shapes.reader.library.registry import LibraryCall
from keras_shapes.reader.replacing import learned, replace_everywhere, written
from keras_shapes.reader.unknowns import LONGEST_NAME
from keras_shapes.reader.values import Choice, Items, Once, Value
from keras_shapes.source import Span

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter

Arguments = Sequence[Argument]


def library_call(it: Interpreter, name: PublicName, arguments: Arguments, node: ast.AST) -> Value | None:
    """A library function's result; None where the function is not known."""
    handler = library.find(name.path)
    call = _call(it, name.path, arguments, node)
    result = None if handler is None else named(it, handler(call), node)
    library.written_by(call)
    if it.caught and isinstance(result, Array) and Fact.UNEVEN in result.provenance:
        return it.unknown("an array that numpy refuses, where the program is prepared for it", node)
    return result


def library_method(it: Interpreter, owner: Value, name: str, arguments: Arguments, node: ast.AST) -> Value | None:
    """The result of a method of data or of a library's object."""
    handler = library.method(owner, name)
    call = _call(it, name, arguments, node)
    if handler is None:
        library.unread_method(owner, name, call)
        return None
    result = named(it, handler(call), node)
    library.written_by(call, owner)
    return result


def library_attribute(it: Interpreter, owner: Value, name: str, node: ast.AST) -> Value | None:
    """An attribute of data or of a library's object; None where it is a method or unknown."""
    from keras_shapes.reader.command_line import Parser, attribute_of_namespace

    if isinstance(owner, Parser):
        return attribute_of_namespace(it, owner, name, node)
    return named(it, library.attribute(owner, name, it.span(node)), node)


def library_index(it: Interpreter, owner: Value, index: Value, node: ast.AST) -> Value | None:
    """`owner[index]`."""
    return named(it, library.index(owner, _handed(it, index, node), it.span(node)), node)


def library_binary(it: Interpreter, operator: str, left: Value, right: Value, node: ast.AST) -> Value | None:
    """`left <operator> right` where one of them is data."""
    return library.binary(operator, _handed(it, left, node), _handed(it, right, node), it.span(node))


def library_unary(it: Interpreter, operator: str, value: Value, node: ast.AST) -> Value | None:
    """`<operator> value` of data."""
    return library.unary(operator, value, it.span(node))


def library_compare(it: Interpreter, operator: str, left: Value, right: Value, node: ast.AST) -> Value | None:
    """A comparison with data: an array of truths."""
    return library.compare(operator, _handed(it, left, node), _handed(it, right, node), it.span(node))


def library_builtin(
    it: Interpreter, name: str, values: list[Value], keywords: dict[str, Value], node: ast.AST
) -> Value | None:
    """One of Python's own functions over data: `len(array)`, `int(array)`, `max(array)`."""
    if not any(_is_data(value) for value in values):
        return None
    span = it.span(node)
    values = [_handed(it, value, node) for value in values]
    if name == "len":
        return named(it, library.length(values[0], span), node)
    arguments = [Argument(None, value, span, span) for value in values]
    arguments += [Argument(key, value, span, span) for key, value in keywords.items()]
    handler = library.find(f"builtins.{name}")
    return None if handler is None else named(it, handler(_call(it, name, arguments, node)), node)


def library_store(it: Interpreter, owner: Value, index: Value, value: Value, node: ast.AST) -> None:
    """`owner[index] = value`."""
    library.store(owner, _handed(it, index, node), _handed(it, value, node), _call(it, "store", (), node))


def library_delete(it: Interpreter, owner: Value, index: Value, node: ast.AST) -> None:
    """`del owner[index]`."""
    library.delete(owner, _handed(it, index, node), _call(it, "del", (), node))


def library_set_attribute(it: Interpreter, owner: Value, name: str, value: Value, node: ast.AST) -> None:
    """`owner.name = value`."""
    library.set_attribute(owner, name, _handed(it, value, node), _call(it, "store", (), node))


def library_augmented(it: Interpreter, operator: str, owner: Value, value: Value, node: ast.AST) -> Value | None:
    """What `owner` is after `owner <operator>= value` where that changes the object; None where it does not."""
    return library.augmented(operator, owner, _handed(it, value, node), _call(it, "augmented", (), node))


def named_constant(name: PublicName) -> Value:
    """The constant that a public name stands for (`math.pi`), or the name itself."""
    found = library.constant(name.path)
    return name if found is None else found[0]


def library_items(it: Interpreter, value: Value, node: ast.AST | None) -> list[Value] | Unknown | Items:
    """The items of data, one by one or by their look."""
    length = library.length(value)
    if isinstance(length, int) and length > it.budget.limits.turns:
        exact = it.unknown("very many items", node, kind="int", low=length, high=length, key=("length", length))
        return Items(library.one_of(value), exact)
    found = library.iterate(value)
    if isinstance(found, list):
        return found
    if isinstance(found, Unknown):
        return Items(library.one_of(value), found)
    return it.unknown("it is not known what this consists of", node)


def _call(it: Interpreter, path: str, arguments: Arguments, node: ast.AST) -> LibraryCall:
    def invoke(function: Value, values: list[Value]) -> Value:
        span = it.span(node)
        return it.call(function, [Argument(None, value, span, span) for value in values], node, it.globals)

    def change(facts: dict[str, Value], name: str, value: Value) -> None:
        it.set_entry(facts, name, value)  # type: ignore[arg-type]

    plain = tuple(
        Argument(one.name, _handed(it, settled(one.value, it.guards), node), one.span, one.value_span)
        for one in arguments
    )
    data_format = it.settings.get("image_data_format", "channels_last")
    become, write, learn = partial(replace_everywhere, it), partial(written, it), partial(learned, it)
    span, text = it.span(node), it.source.text(node)
    return LibraryCall(path, plain, span, text, invoke, change, become, write, learn, data_format)


def named(it: Interpreter, value: Value | None, node: ast.AST) -> Value | None:
    """A number of data that is not known is shown by its source text: `X.shape[1]`, `len(ds.class_names)`."""
    match value:
        case Unknown(name=None) if value.kind is not None or _is_shape(node):
            return _with_name(value, it.source.text(node), it.span(node))
        case tuple() if _is_shape(node):
            text, span = it.source.text(node), it.span(node)
            return tuple(
                _with_name(size, f"{text}[{axis}]", span) if isinstance(size, Unknown) and size.name is None else size
                for axis, size in enumerate(value)
            )
        case _:
            return value


def _is_shape(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "shape"


def _with_name(value: Unknown, text: str, span: Span) -> Unknown:
    name = text if len(text) <= LONGEST_NAME else None
    return replace(value, name=name, span=value.span or span)


def _handed(it: Interpreter, value: Value, node: ast.AST) -> Value:
    """A value without what only the interpreter knows: choices and containers with uncertain items."""
    done: dict[tuple[int, int], Value] = {}

    def handed(value: Value, depth: int) -> Value:
        if not isinstance(value, _NESTED):
            return value
        place = id(value), depth
        if place not in done:
            it.budget.step()
            done[place] = _handed_at(it, value, node, lambda item: handed(item, depth - 1) if depth else item)
        return done[place]

    return handed(value, _NESTED_DEPTH)


def _handed_at(it: Interpreter, value: Value, node: ast.AST, inner: Callable[[Value], Value]) -> Value:
    match value:
        case Choice():
            return it.unknown(f"depends on {value.decision.text}", node)
        case Once():
            it.replace(value.items, [])
            return it.unknown("an iterator", node)
        case list() | tuple() | set() | dict() if is_guarded(value):
            return as_items(value)
        case list() | tuple() if any(isinstance(item, _NESTED) for item in value):
            return type(value)(map(inner, value))
        case _:
            return value


_NESTED = (list, tuple, set, dict, Once, Choice)
_NESTED_DEPTH = 3


def _is_data(value: Value) -> bool:
    return isinstance(value, (Array, Dataset)) or type(value).__name__ == "LibraryObject"
