"""The end of reading, for everything that is no `Sequential`: applications become graphs of nodes."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from keras_shapes.model import (
    Argument,
    Call,
    Condition,
    Model,
    ModelKind,
    Node,
    Settings,
    TrainingCall,
)
from keras_shapes.reader.classes import kind_of_base
from keras_shapes.reader.fixing import Ways, allowed_ways, choices_in, fix, fix_arguments, holds
from keras_shapes.reader.inheritance import public_bases, unprepared
from keras_shapes.reader.nesting import too_many, within_bounds
from keras_shapes.reader.reaching import ENDS, Reached, reach, reached_by, reached_from
from keras_shapes.reader.values import Applied, Decision, Function, FunctionalValue, Instance, TrainedGraph
from keras_shapes.source import Span

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter
    from keras_shapes.reader.sources import Source
    from keras_shapes.reader.values import Value

_MOST_DECISIONS = 12


def graphs_of(it: Interpreter) -> list[Model]:
    """All functional models of the shown document, what `call` methods do, and tensors that no model takes."""
    found: list[Model] = []
    taken: set[int] = set()
    for value in it.functionals.values():
        if not it.budget.afford(0):
            found += [] if value.foreign else [too_many(_without_nodes(value))]
            continue
        applied = reached_by(it, value)
        taken |= {id(one.applied.value) for one in applied if not one.aside}
        if not value.foreign:
            found += _variants(it, value)
    # Where not all models are read, nobody knows which tensors none of them takes.
    return [*found, *_open_graphs(it, taken)] if it.budget.afford(0) else found


def functional_model(it: Interpreter, value: FunctionalValue, ways: Ways, seen: dict[int, Value]) -> Model:
    """The functional model on given ways; the expressions of its nodes are those in `seen`, where they are there."""
    applied = reached_by(it, value)
    if not it.budget.afford(len(applied)):
        return too_many(_without_nodes(value))
    nodes = _nodes(it, applied, ways, seen)
    ends = tuple(_ends(it, value.call, ways, seen))
    decisions = _decisions(it, value)
    if decisions and all(decision in ways for decision in decisions):
        # What only other ways lead to is no node of this model; where no way is taken, all of them may be.
        reached = reach([end.value for end in ends], frozenset(), set(), [])
        nodes = [node for node in nodes if node.aside or id(node.expression) in reached]
    model = replace(
        _without_nodes(value),
        nodes=tuple(nodes),
        arguments=_further(it, value.call, ways, seen),
        training=tuple(_training(it, value.call, ways, seen)),
        ends=ends,
    )
    return within_bounds(it, model)


@dataclass(frozen=True, slots=True)
class _Group:
    """Applications that no model takes: `function` is the `call` that does them, else the outermost one running."""

    function: Function | None
    applied: list[Applied]


def _variants(it: Interpreter, value: FunctionalValue) -> list[Model]:
    found, complete = allowed_ways(it, _decisions(it, value), value.guards)
    # Of too many ways none is taken: what depends on one is unknown, and the rest stays what it is.
    return [functional_model(it, value, ways, {}) for ways in (found if complete else [{}])]


def _decisions(it: Interpreter, value: FunctionalValue) -> list[Decision]:
    """The decisions that the nodes of a model depend on."""
    if value not in it.decided:
        it.decided[value] = _looked_up(value.call, reached_by(it, value))
    return it.decided[value]


def _looked_up(call: Call, applied: Sequence[Reached]) -> list[Decision]:
    found: dict[Decision, None] = {}
    seen: set[int] = set()
    for value in (*(one.applied.value for one in applied), call):
        for decision in choices_in(value, seen):
            if decision.condition is None:
                found.setdefault(decision)
        if len(found) > _MOST_DECISIONS:
            break
    return list(found)


def _without_nodes(value: FunctionalValue) -> Model:
    return Model(
        value.name,
        value.call.span,
        value.call.name_span,
        (),
        settings=value.settings,
        flavour=value.call.target.flavour,
        expects_error=value.expects_error,
        caught=value.caught,
        kind="functional",
    )


def _nodes(it: Interpreter, applied: Iterable[Reached], ways: Ways, seen: dict[int, Value]) -> list[Node]:
    """Nodes in the order of the program: what goes into one is fixed before it, so that nothing is nested deeply."""
    return [
        Node(
            fix(it, one.applied.value, ways, seen),
            _span(one.applied.value),
            tuple(_conditions(it, one.applied, ways, seen)),
            one.aside,
            one.applied.caught,
            sites=one.applied.sites,
        )
        for one in applied
    ]


def _conditions(it: Interpreter, applied: Applied, ways: Ways, seen: dict[int, Value]) -> Iterator[Condition]:
    """What Keras must say for the program to come to an application."""
    for guard in applied.guards:
        if guard.decision.condition is not None and guard.decision not in ways and len(guard.allowed) == 1:
            yield Condition(fix(it, guard.decision.condition, ways, seen), 0 in guard.allowed)


def _training(it: Interpreter, owner: Value, ways: Ways, seen: dict[int, Value]) -> Iterator[TrainingCall]:
    """The training calls on what stands for a model, as they are on given ways."""
    for one in it.trained_graphs:
        if one.owner is owner and holds(one.guards, ways):
            yield replace(one.call, arguments=fix_arguments(it, one.call.arguments, ways, seen))


def _ends(it: Interpreter, call: Call, ways: Ways, seen: dict[int, Value]) -> Iterator[Argument]:
    """The tensors that a model begins and ends with, by name."""
    for place, name in enumerate(ENDS):
        given = call.argument(name, place)
        if given is not None:
            yield replace(given, name=name, value=fix(it, given.value, ways, seen))


def _further(it: Interpreter, call: Call, ways: Ways, seen: dict[int, Value]) -> tuple[Argument, ...]:
    """The arguments besides the tensors: a name."""
    further = [argument for argument in call.arguments if argument.name not in (None, *ENDS)]
    return tuple(
        Argument(argument.name, fix(it, argument.value, ways, seen), argument.span, argument.value_span)
        for argument in further
    )


def _open_graphs(it: Interpreter, taken: set[int]) -> list[Model]:
    groups: dict[int, _Group] = {}
    for one in it.applied:
        if one.foreign or id(one.value) in taken or (isinstance(one.value, Call) and one.value.target.last == "Input"):
            continue
        function = next(filter(_is_call, one.calls), one.calls[0] if one.calls else None)
        groups.setdefault(id(function), _Group(function, [])).applied.append(one)
    return [_open(it, group) for group in groups.values()]


def _open(it: Interpreter, group: _Group) -> Model:
    applied = reached_from(it, [one.value for one in group.applied])
    kind, name, span = _kind_of(it, group)
    seen: dict[int, Value] = {}
    nodes = tuple(_nodes(it, applied, {}, seen))
    trained = _trained_object(it, group) if kind == "call" else None
    return Model(
        name,
        span,
        span,
        nodes,
        settings=group.applied[0].settings if group.applied else Settings(),
        training=() if trained is None else tuple(_training(it, trained.owner, {}, seen)),
        kind=kind,
        ends=() if trained is None else fix_arguments(it, trained.ends, {}, seen),
        unprepared=_unprepared(group.function) if kind == "call" else None,
    )


def _unprepared(function: Function | None) -> Span | None:
    """The name of the `__init__` that Keras will miss its own in."""
    cls = None if function is None else function.owner
    node = None if cls is None or cls.source.foreign else unprepared(cls)
    if cls is None or node is None or not {"layer", "model"} & set(map(kind_of_base, public_bases(cls))):
        return None
    return _name_in(cls.source, node, node.name)


def _trained_object(it: Interpreter, group: _Group) -> TrainedGraph | None:
    """The training of the one object whose `call` this is; with several, none is meant."""
    owner = None if group.function is None else group.function.owner
    found = [one for one in it.trained_graphs if isinstance(one.owner, Instance) and one.owner.cls is owner]
    fed = [one for one in found if one.ends]
    return fed[0] if fed and len({id(one.owner) for one in found}) == 1 else None


def _kind_of(it: Interpreter, group: _Group) -> tuple[ModelKind, str | None, Span]:
    """What a `call` of the user's does has the name of its class, and stands at its own name behind `def`."""
    function = group.function
    if function is not None and function.owner is not None and _is_call(function):
        return "call", function.owner.name, _name_of(function)
    return "open", None, _span(group.applied[0].value)


def _is_call(function: Function) -> bool:
    """Whether it is the method of a class of the shown document that Keras calls with tensors."""
    return function.owner is not None and function.name == "call" and not function.source.foreign


def _name_of(function: Function) -> Span:
    return _name_in(function.source, function.node, function.name)


def _name_in(source: Source, node: ast.AST, name: str) -> Span:
    whole = source.span(node)
    start = source.document.python.find(name, whole.start, whole.end)
    return whole if start < 0 else Span(start, start + len(name))


def _span(value: Value) -> Span:
    span = getattr(value, "span", None)
    return span if isinstance(span, Span) else Span(0, 0)
