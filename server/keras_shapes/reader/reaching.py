"""What values come from: the applications behind them, in the order of the program."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from keras_shapes.expressions import children
from keras_shapes.model import Apply, Argument, Attribute, Call, Chosen, Item, Model
from keras_shapes.reader.symbolic import is_asked
from keras_shapes.reader.values import Applied, Choice, FunctionalValue, Instance, SequentialValue

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter
    from keras_shapes.reader.values import Value

ENDS = ("inputs", "outputs")


@dataclass(frozen=True, slots=True)
class Reached:
    """An application that values come from; `aside` as in `Node`."""

    applied: Applied
    aside: bool


@dataclass(slots=True)
class Order:
    """The applications of a program that has been read to its end: their places, and those of each layer."""

    places: dict[int, int] = field(default_factory=dict)
    of_layers: dict[int, list[int]] = field(default_factory=dict)
    of_models: dict[FunctionalValue, list[Reached]] = field(default_factory=dict)
    """What functional models are made of."""


def reached_by(it: Interpreter, value: FunctionalValue) -> list[Reached]:
    """The applications that a functional model is made of."""
    known = _order(it).of_models
    if value not in known:
        ends = [value.call.argument(name, place) for place, name in enumerate(ENDS)]
        known[value] = reached_from(it, ends)
    return known[value]


def reached_from(it: Interpreter, values: Sequence[Value]) -> list[Reached]:
    """The applications that these values come from, on all ways, in the order of the program.

    With them come those whose shapes are asked for, and those that built their layers before; both stand aside.
    """
    order = _order(it)
    models = frozenset(it.functionals)
    asked: list[Value] = []
    own = reach(values, models, set(), asked)
    all_reached, before = reach(asked, models, set(own)), -1
    while len(all_reached) > before:
        before = len(all_reached)
        reach(_builders(it, order, all_reached), models, all_reached)
    places = sorted(order.places[one] for one in all_reached if one in order.places)
    return [Reached(it.applied[place], id(it.applied[place].value) not in own) for place in places]


def _order(it: Interpreter) -> Order:
    if it.order is None:
        it.order = Order()
        for place, one in enumerate(it.applied):
            it.order.places[id(one.value)] = place
            if isinstance(one.value, Apply):
                it.order.of_layers.setdefault(id(one.value.target), []).append(place)
    return it.order


def _builders(it: Interpreter, order: Order, reached: set[int]) -> list[Value]:
    """Earlier applications of the layers that are applied in what is reached."""
    last: dict[int, int] = {}
    for place in (order.places[one] for one in reached if one in order.places):
        value = it.applied[place].value
        if isinstance(value, Apply):
            last[id(value.target)] = max(place, last.get(id(value.target), -1))
    return [it.applied[place].value for layer, end in last.items() for place in order.of_layers[layer] if place < end]


def reach(
    values: Iterable[Value], models: frozenset[int], seen: set[int], asked: list[Value] | None = None
) -> set[int]:
    """The identities of all expressions that these are made of, put into `seen`; applied models are not opened.

    `models` are the identities of calls that are functional models. Tensors of which only a shape is asked count, or
    else what leads to them is put into `asked`.
    """
    waiting = list(values)
    shapes = waiting if asked is None else asked
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
            case Attribute() | Call() | Item() if asked is not None and is_asked(value):
                asked += children(value)
            case Choice(decision=decision, options=options):
                waiting += options
                shapes.append(decision.condition)
            case Chosen(condition=condition, options=options):
                waiting += options
                shapes.append(condition)
            case _:
                waiting += children(value)
    return seen
