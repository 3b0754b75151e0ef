"""Expressions as they are on given ways through the program: what depends on decisions is settled."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from keras_shapes.expressions import children, map_arguments, map_children
from keras_shapes.model import Argument, Call, Chosen, Expression, Model, ReadableFunction, Unknown, UserCode
from keras_shapes.reader.contents import is_open, length_reason
from keras_shapes.reader.library import data_of
from keras_shapes.reader.library.objects import LibraryObject
from keras_shapes.reader.user_code import user_function
from keras_shapes.reader.values import (
    Choice,
    Decision,
    Function,
    Guarded,
    Guards,
    Instance,
    Items,
    Once,
    SequentialValue,
    Value,
)
from keras_shapes.source import Span

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter

Ways = dict[Decision, int]
ITSELF = Unknown("it holds itself")


def allowed_ways(it: Interpreter, decisions: Sequence[Decision], guards: Guards) -> tuple[list[Ways], bool]:
    """The ways that these decisions may go together under the guards, and whether these are all of them.

    There is always one at least: where there are too many, it stands for something that is not complete.
    """
    allowed: list[Ways] = []
    for number, one in enumerate(product(*(range(decision.count) for decision in decisions))):
        chosen = dict(zip(decisions, one, strict=True))
        if holds(guards, chosen):
            allowed.append(chosen)
        if len(allowed) > it.budget.limits.variants or number > it.budget.limits.combinations:
            return allowed or [chosen], False
    return allowed, True


def holds(guards: Guards, ways: Ways) -> bool:
    """Whether guards hold on these ways."""
    return all(ways[guard.decision] in guard.allowed for guard in guards if guard.decision in ways)


def fix_arguments(
    it: Interpreter, arguments: tuple[Argument, ...], ways: Ways, seen: dict[int, Value]
) -> tuple[Argument, ...]:
    """Arguments as they are on given ways."""
    return map_arguments(arguments, lambda value: fix(it, value, ways, seen))


def choices_in(value: Value, seen: set[int]) -> Iterator[Decision]:
    """The decisions inside an expression."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        if isinstance(part, Choice):
            yield part.decision
        waiting += reversed(_parts(part))


def _parts(value: Value) -> list[Value]:
    match value:
        case Choice(options=options):
            return list(options)
        case SequentialValue() | Instance():
            return []
        case _:
            return children(value)


def fix(it: Interpreter, value: Value, ways: Ways, seen: dict[int, Value]) -> Expression:
    """The expression as it is on given ways. What is one object stays one object."""
    if isinstance(value, (bool, int, float, str, bytes, type(None))):
        return value
    if id(value) in seen:
        return seen[id(value)]
    seen[id(value)] = ITSELF
    fixed = _fixed_once(it, value, ways, seen)
    seen[id(value)] = fixed
    return fixed


def _fixed_once(it: Interpreter, value: Value, ways: Ways, seen: dict[int, Value]) -> Expression:
    from keras_shapes.reader.chains import nested_model
    from keras_shapes.reader.graphs import functional_model

    match value:
        case Choice(decision=decision, options=options):
            way = ways.get(decision)
            if way is not None:
                return fix(it, options[way], ways, seen)
            return _undecided(value) if decision.condition is None else _chosen(it, value, ways, seen)
        case SequentialValue():
            return _inside(it, lambda: nested_model(it, value, ways, seen))
        case Call() if id(value) in it.functionals:
            return _inside(it, lambda: functional_model(it, it.functionals[id(value)], ways, seen))
        case Instance(model=SequentialValue() as model):
            return fix(it, model, ways, seen)
        case Instance(cls=cls, span=span):
            place = span or Span(0, 0)
            return UserCode(cls.name, (), place, place, f"{cls.name} is a model of this project, which was not run")
        case Function():
            return fix(it, user_function(it, value), ways, seen)
        case Guarded():
            return Unknown("an item that is not always there", None)
        case Items(length=length):
            return length
        case Once():
            return Unknown("an iterator, which gives its items once")
        case list() | tuple() | dict() | set() if is_open(value):
            return Unknown(length_reason(value))
        case list():  # here, and not by map_children: lists may be nested deeply, and each call costs of the stack
            return [fix(it, item, ways, seen) for item in value]
        case UserCode():
            return _fixed_code(it, value, ways, seen)
        case LibraryObject():
            return data_of(value)
        case _:
            return map_children(value, lambda one: fix(it, one, ways, seen))


def _inside(it: Interpreter, made: Callable[[], Model]) -> Expression:
    """A model inside another one, unless there are very many around it."""
    if it.inside >= it.budget.limits.models_inside:
        return Unknown("models are inside models inside models, more than are read here")
    it.inside += 1
    try:
        return made()
    finally:
        it.inside -= 1


def _fixed_code(it: Interpreter, value: UserCode, ways: Ways, seen: dict[int, Value]) -> UserCode:
    fixed = map_children(value, lambda one: fix(it, one, ways, seen))
    assert isinstance(fixed, UserCode)
    return replace(
        fixed,
        readable=_fixed_function(it, value.readable, ways, seen),
        output_shape=_fixed_function(it, value.output_shape, ways, seen),
    )


def _fixed_function(
    it: Interpreter, function: ReadableFunction | None, ways: Ways, seen: dict[int, Value]
) -> ReadableFunction | None:
    return None if function is None else replace(function, result=fix(it, function.result, ways, seen))


def _chosen(it: Interpreter, choice: Choice, ways: Ways, seen: dict[int, Value]) -> Chosen:
    condition = fix(it, choice.decision.condition, ways, seen)
    return Chosen(condition, tuple(fix(it, option, ways, seen) for option in choice.options))


def _undecided(choice: Choice) -> Unknown:
    return Unknown(f"depends on {choice.decision.text}", choice.decision.span)
