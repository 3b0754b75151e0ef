"""Applications to symbolic tensors, noted in the order of the program: the nodes of its graphs."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from keras_shapes.data import Array
from keras_shapes.model import Apply, Argument, Call, PublicName, Settings
from keras_shapes.reader.symbolic import is_asked, is_symbolic, part
from keras_shapes.reader.values import Applied, FunctionalValue, Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter

Application = TypeVar("Application", bound=Value)


def note_applied(it: Interpreter, value: Application) -> Application:
    """Note a value that came out of an application, unless the program is known to fail here.

    Where there are more of them than are put into models, nothing more is read.
    """
    if not it.expects_error:
        if len(it.applied) >= it.budget.limits.nodes:
            it.budget.exhaust()
        settings = Settings(**it.settings)
        calls, sites = tuple(it.calls), tuple(dict.fromkeys(filter(None, it.sites)))
        it.applied.append(Applied(value, it.guards, calls, settings, it.source.foreign, it.caught, sites))
    return value


def note_functional(it: Interpreter, call: Call) -> Call:
    """Note a `Model(inputs, outputs)`; a model without outputs is the base of something else."""
    if call.argument("outputs", 1) is not None:
        if len(it.functionals) >= it.budget.limits.models_made:
            it.budget.exhaust()
        it.functionals[id(call)] = FunctionalValue(
            call,
            it.guards,
            Settings(**it.settings),
            foreign=it.source.foreign,
            expects_error=it.expects_error,
            caught=it.caught,
        )
    return call


def functional_of(it: Interpreter, arguments: tuple[Argument, ...], node: ast.AST) -> Call | None:
    """The functional model that an object of a subclass makes of itself: `super().__init__(inputs, outputs)`."""
    call = Call(PublicName("keras.Model"), tuple(map(as_given, arguments)), it.span(node), it.span(node))
    return note_functional(it, call) if call.argument("outputs", 1) is not None else None


def parts_of(it: Interpreter, value: Value, count: int, node: ast.AST) -> list[Value] | None:
    """The parts of what a layer gives, or of a shape, where the program takes it apart into `count` of them."""
    if isinstance(value, Array) or not (is_asked(value) or isinstance(value, Apply) or is_symbolic(value)):
        return None
    return [part(value, index, it.span(node)) for index in range(count)]


def as_given(argument: Argument) -> Argument:
    """A list is copied: the call got it as it is now."""
    if isinstance(argument.value, list):
        return Argument(argument.name, list(argument.value), argument.span, argument.value_span)
    return argument


def as_tensors(arguments: tuple[Argument, ...]) -> tuple[Argument, ...]:
    """Data that a layer or model of the user's is called with: its layers meet them in full, also their number."""
    return tuple(
        replace(argument, value=replace(argument.value, library="keras", values=None))
        if isinstance(argument.value, Array) and argument.value.library != "keras"
        else argument
        for argument in arguments
    )
