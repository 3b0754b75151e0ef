"""Walking over expressions: what is directly inside one, and the same expression with other things inside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from keras_shapes.data import Features
from keras_shapes.model import (
    Apply,
    Argument,
    Attribute,
    Call,
    Chosen,
    Declared,
    Expression,
    Item,
    Operation,
    UserCode,
)

Change = Callable[[Expression], Expression]


def children(value: Expression) -> list[Expression]:
    """The expressions directly inside one; nothing for constants, names, data and models."""
    match value:
        case tuple() | list():
            return list(value)
        case dict():
            return list(value.values())
        case Call(arguments=arguments):
            return _values(arguments)
        case UserCode(arguments=arguments):
            return _values(arguments or ())
        case Apply(target=target, arguments=arguments, inside=inside):
            return [target, *_values(arguments), inside]
        case Attribute(target=target):
            return [target]
        case Item(target=target, index=index):
            return [target, index]
        case Operation(operands=operands):
            return list(operands)
        case Declared(expression=expression):
            return [expression]
        case Chosen(condition=condition, options=options):
            return [condition, *options]
        case Features(shape=shape):
            return [shape]
        case _:
            return []


def map_children(value: Expression, change: Change) -> Expression:
    """The expression with each of its children changed: the same object where they stay what they are.

    Containers are copied: they belong to the program, which may change them.
    """
    match value:
        case list():
            return [change(item) for item in value]
        case tuple():
            return tuple(change(item) for item in value)
        case dict():
            return {key: change(item) for key, item in value.items()}
        case Call() | UserCode(arguments=tuple()):
            return _with(value, arguments=map_arguments(value.arguments or (), change))
        case Apply():
            arguments = map_arguments(value.arguments, change)
            return _with(value, target=change(value.target), arguments=arguments, inside=change(value.inside))
        case Attribute():
            return _with(value, target=change(value.target))
        case Item():
            return _with(value, target=change(value.target), index=change(value.index))
        case Operation(operands=operands):
            changed = tuple(change(operand) for operand in operands)
            return value if _are_same(changed, operands) else replace(value, operands=changed)
        case Chosen(options=options):
            return _with(value, condition=change(value.condition), options=tuple(map(change, options)))
        case Declared():
            return _with(value, expression=change(value.expression))
        case Features():
            return _with(value, shape=change(value.shape))
        case _:
            return value


def map_arguments(arguments: tuple[Argument, ...], change: Change) -> tuple[Argument, ...]:
    """The arguments with each value changed: the same tuple where they stay what they are."""
    values = tuple(change(argument.value) for argument in arguments)
    if _are_same(values, tuple(_values(arguments))):
        return arguments
    return tuple(replace(argument, value=value) for argument, value in zip(arguments, values, strict=True))


def _values(arguments: tuple[Argument, ...]) -> list[Expression]:
    return [argument.value for argument in arguments]


def _with(value: Expression, **parts: object) -> Expression:
    if all(getattr(value, name) is part for name, part in parts.items()):
        return value
    return replace(value, **parts)  # type: ignore[type-var]


def _are_same(left: tuple[Expression, ...], right: tuple[Expression, ...]) -> bool:
    return all(one is other for one, other in zip(left, right, strict=True))
