"""The end of reading a `Sequential`: what happened to it becomes models as the program would build them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from keras_shapes.model import InputSource, Model, Node, TrainingCall, Unknown
from keras_shapes.reader.fixing import ITSELF, Ways, allowed_ways, choices_in, fix, fix_arguments, holds
from keras_shapes.reader.limits import TOO_MANY
from keras_shapes.reader.nesting import within_bounds
from keras_shapes.reader.training import FEEDING
from keras_shapes.reader.values import (
    Added,
    Asked,
    Decision,
    Guard,
    Guards,
    InputGiven,
    Obscured,
    Popped,
    SequentialValue,
    Trained,
    Value,
)
from keras_shapes.source import Span

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter


def variants_of(it: Interpreter, value: SequentialValue) -> list[Model]:
    """The models that one `Sequential` is, one for each way through the program that makes another one."""
    decisions = _decisions(it, value)
    found, complete = allowed_ways(it, decisions, value.guards)
    if not complete:
        reason = Unknown(f"depends on {', '.join(decision.text for decision in decisions[:3])}", value.span)
        return [_model(it, value, found[0], reason, {id(value): ITSELF})]
    models = [_model(it, value, ways, None, {id(value): ITSELF}) for ways in found]
    return _distinct(models)


def nested_model(it: Interpreter, value: SequentialValue, ways: Ways, seen: dict[int, Value]) -> Model:
    """A `Sequential` inside an expression, on given ways."""
    inner = dict.fromkeys(_decisions(it, value), 0) | ways
    nested = _model(it, value, inner, _undecided(it, value, ways), seen)
    return replace(nested, input=_built_before(value), input_unknown=None)


def _decisions(it: Interpreter, value: SequentialValue) -> list[Decision]:
    """The decisions that the layers of a model depend on; those of its training calls make no variants."""
    if value not in it.decided:
        it.decided[value] = _looked_up(value)
    return it.decided[value]


def _looked_up(value: SequentialValue) -> list[Decision]:
    found: dict[Decision, None] = {}
    for event in value.events:
        if isinstance(event.happening, Trained):
            continue
        for guard in event.guards:
            if not _given(value.guards, guard):
                found.setdefault(guard.decision)
        if isinstance(event.happening, Added):
            for decision in choices_in(event.happening.element.expression, set()):
                found.setdefault(decision)
        if len(found) > 12:
            break
    return list(found)


def _given(guards: Guards, guard: Guard) -> bool:
    return any(one.decision is guard.decision and one.allowed <= guard.allowed for one in guards)


def _model(
    it: Interpreter, value: SequentialValue, ways: Ways, incomplete: Unknown | None, seen: dict[int, Value]
) -> Model:
    elements: list[Node] = []
    source: InputSource | Unknown | None = None
    training: list[TrainingCall] = []
    asked: list[Span] = []
    built = False
    affordable = it.budget.afford(len(value.events))
    incomplete = incomplete if affordable else Unknown(TOO_MANY, value.span)
    for event in value.events if affordable else ():
        if not holds(event.guards, ways):
            continue
        match event.happening:
            case Added(element=element):
                training = _without_builds(training)
                elements.append(Node(fix(it, element.expression, ways, seen), element.span))
            case Popped():
                training = _without_builds(training)
                if elements:
                    elements.pop()
            case InputGiven(input=given):
                built = True
                source = source or (given if isinstance(given, Unknown) else _source(it, given, ways, seen))
            case Trained(call=call, input=given):
                # the first data builds the model: where it is not known, later data does not tell
                source = source or (
                    given if isinstance(given, Unknown) or given is None else _source(it, given, ways, seen)
                )
                built = built or call.method in FEEDING
                training.append(replace(call, arguments=fix_arguments(it, call.arguments, ways, seen)))
            case Asked(span=span) if not built:
                asked.append(span)
            case Obscured(reason=reason):
                incomplete = incomplete or reason
    model = Model(
        value.name,
        value.span,
        value.name_span,
        tuple(elements),
        fix_arguments(it, value.arguments, ways, seen),
        value.settings,
        source if isinstance(source, InputSource) else None,
        source if isinstance(source, Unknown) else None,
        tuple(training),
        value.target.flavour,
        1,
        incomplete,
        value.expects_error,
        value.caught,
        value.stale,
        tuple(asked),
    )
    return within_bounds(it, model)


def _without_builds(training: list[TrainingCall]) -> list[TrainingCall]:
    """What was built before the layers changed tells nothing of the model as it is in the end."""
    return [call for call in training if call.method != "build"]


def _built_before(value: SequentialValue) -> InputSource | None:
    """The input that the program surely built a model with before it put the model into another one."""
    for event in value.events[: value.nested_after or 0]:
        match event.happening:
            case InputGiven(input=InputSource(origin="build") as given):
                return given if _is_certain(value, event.guards, given) else None
            case Trained(call=TrainingCall(expects_error=False, caught=False), input=InputSource() as given):
                return given if _is_certain(value, event.guards, given) else None
            case Trained(input=None) | Added() | Asked():
                continue
            case _:
                return None
    return None


def _is_certain(value: SequentialValue, guards: Guards, source: InputSource) -> bool:
    first = source.shape[0] if source.shape else None
    sizes = (first is None or isinstance(first, int)) and all(isinstance(size, int) for size in source.shape[1:])
    return sizes and all(_given(value.guards, guard) for guard in guards)


def _source(it: Interpreter, source: InputSource, ways: Ways, seen: dict[int, Value]) -> InputSource:
    return replace(source, shape=tuple(fix(it, size, ways, seen) for size in source.shape))


def _distinct(models: list[Model]) -> list[Model]:
    """Variants that are made of the very same layers are one model."""
    found: list[Model] = []
    for model in models:
        if not any(_same_layers(model, other) for other in found):
            found.append(model)
    return found


def _same_layers(left: Model, right: Model) -> bool:
    return len(left.nodes) == len(right.nodes) and all(
        a.expression is b.expression for a, b in zip(left.nodes, right.nodes, strict=True)
    )


def _undecided(it: Interpreter, value: SequentialValue, ways: Ways) -> Unknown | None:
    open_decisions = [decision for decision in _decisions(it, value) if decision not in ways]
    if open_decisions:
        return Unknown(f"depends on {open_decisions[0].text}", value.span)
    return None
