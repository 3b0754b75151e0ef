"""What values come from: the applications behind them, in the order of the program."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keras_shapes.expressions import children
from keras_shapes.model import Apply, Argument, Attribute, Call, Chosen, Item, Model
from keras_shapes.reader.symbolic import is_asked
from keras_shapes.reader.values import Applied, Choice, Instance, SequentialValue

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter
    from keras_shapes.reader.values import Value


@dataclass(frozen=True, slots=True)
class Reached:
    """An application that values come from; `aside` as in `Node`."""

    applied: Applied
    aside: bool


def reached_from(it: Interpreter, values: Iterable[Value]) -> list[Reached]:
    """The applications that these values come from, on all ways, in the order of the program.

    With them come those whose shapes are asked for, and those that built their layers before; both stand aside.
    """
    models = frozenset(it.functionals)
    own = reach(values, models, set())
    all_reached, before = reach(values, models, set(), sizes=True), -1
    while len(all_reached) > before:
        before = len(all_reached)
        reach(_builders(it, all_reached), models, all_reached, sizes=True)
    return [Reached(one, id(one.value) not in own) for one in it.applied if id(one.value) in all_reached]


def _builders(it: Interpreter, reached: set[int]) -> list[Value]:
    """Earlier applications of the layers that are applied in what is reached."""
    last = {
        id(one.value.target): place
        for place, one in enumerate(it.applied)
        if isinstance(one.value, Apply) and id(one.value) in reached
    }
    return [
        one.value
        for place, one in enumerate(it.applied)
        if isinstance(one.value, Apply) and place < last.get(id(one.value.target), -1)
    ]


def reach(values: Iterable[Value], models: frozenset[int], seen: set[int], *, sizes: bool = False) -> set[int]:
    """The identities of all expressions that these are made of, put into `seen`; applied models are not opened.

    `models` are the identities of calls that are functional models. With `sizes`, tensors count of which only a shape
    is asked.
    """
    waiting = list(values)
    while waiting:
        value = waiting.pop()
        if isinstance(value, str | int | float | None) or id(value) in seen:
            continue
        seen.add(id(value))
        match value:
            case Argument(value=given):
                waiting.append(given)
            case Apply(target=Model() | SequentialValue() | Instance(), arguments=arguments):
                waiting += [argument.value for argument in arguments]
            case Apply(target=target, arguments=arguments):
                opened = [] if id(target) in models else [target]
                waiting += [*opened, *(argument.value for argument in arguments)]
            case Attribute(target=Model(kind="functional") as model, name=name):
                waiting += [model.inputs] if name in ("input", "inputs") else [model.inputs, model.outputs]
            case Attribute() | Call() | Item() if not sizes and is_asked(value):
                continue
            case Choice(decision=decision, options=options):
                waiting += [*options, decision.condition] if sizes else options
            case Chosen(options=options) if not sizes:
                waiting += options
            case _:
                waiting += children(value)
    return seen
