"""The end of reading: what happened to each model becomes models as the program would build them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from keras_shapes.expressions import children, map_arguments, map_children
from keras_shapes.model import (
    Argument,
    Element,
    Expression,
    InputSource,
    Model,
    ReadableFunction,
    TrainingCall,
    Unknown,
    UserCode,
)
from keras_shapes.reader.contents import is_open, length_reason
from keras_shapes.reader.library import data_of
from keras_shapes.reader.library.objects import LibraryObject
from keras_shapes.reader.training import FEEDING
from keras_shapes.reader.user_code import user_function
from keras_shapes.reader.values import (
    Added,
    Asked,
    Choice,
    Decision,
    Function,
    Guard,
    Guarded,
    Guards,
    InputGiven,
    Instance,
    Items,
    Obscured,
    Once,
    Popped,
    SequentialValue,
    Trained,
    Value,
)
from keras_shapes.source import Span

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter

Ways = dict[Decision, int]
_ITSELF = Unknown("it holds itself")


def finish(it: Interpreter) -> tuple[Model, ...]:
    """All models of the shown document in source order; the variants of one are numbered."""
    found: list[Model] = []
    for value in it.models:
        it.budget.look()
        if not value.foreign:
            found += _variants(it, value)
    found.sort(key=lambda model: model.span.start)
    return tuple(_numbered(_read_ones(found, it.budget.limits.models)))


def _read_ones(models: list[Model], most: int) -> list[Model]:
    """Of very many models, those beyond the first ones are not known."""
    reason = "there are more models than are read here"
    beyond = (
        replace(model, elements=(), training=(), incomplete=Unknown(reason, model.span)) for model in models[most:]
    )
    return [*models[:most], *beyond]


def _numbered(models: list[Model]) -> Iterator[Model]:
    counts: dict[int, int] = {}
    for model in models:
        counts[model.span.start] = counts.get(model.span.start, 0) + 1
        yield replace(model, variant=counts[model.span.start])


def _variants(it: Interpreter, value: SequentialValue) -> list[Model]:
    decisions = _decisions(value)
    most = it.budget.limits.variants
    ways = [range(decision.count) for decision in decisions]
    allowed: list[Ways] = []
    for number, one in enumerate(product(*ways)):
        chosen = dict(zip(decisions, one, strict=True))
        if _holds(value.guards, chosen):
            allowed.append(chosen)
        if len(allowed) > most or number > it.budget.limits.combinations:
            reason = Unknown(f"depends on {', '.join(decision.text for decision in decisions[:3])}", value.span)
            return [_model(it, value, allowed[0] if allowed else chosen, reason, {id(value): _ITSELF})]
    models = [_model(it, value, chosen, None, {id(value): _ITSELF}) for chosen in allowed]
    return _distinct(models)


def _decisions(value: SequentialValue) -> list[Decision]:
    """The decisions that the layers of a model depend on; those of its training calls make no variants."""
    found: dict[Decision, None] = {}
    for event in value.events:
        if isinstance(event.happening, Trained):
            continue
        for guard in event.guards:
            if not _given(value.guards, guard):
                found.setdefault(guard.decision)
        if isinstance(event.happening, Added):
            for decision in _choices(event.happening.element.expression, set()):
                found.setdefault(decision)
        if len(found) > 12:
            break
    return list(found)


def _given(guards: Guards, guard: Guard) -> bool:
    return any(one.decision is guard.decision and one.allowed <= guard.allowed for one in guards)


def _holds(guards: Guards, ways: Ways) -> bool:
    return all(ways[guard.decision] in guard.allowed for guard in guards if guard.decision in ways)


def _model(
    it: Interpreter, value: SequentialValue, ways: Ways, incomplete: Unknown | None, seen: dict[int, Value]
) -> Model:
    elements: list[Element] = []
    source: InputSource | Unknown | None = None
    training: list[TrainingCall] = []
    asked: list[Span] = []
    built = False
    for event in value.events:
        if not _holds(event.guards, ways):
            continue
        match event.happening:
            case Added(element=element):
                training = _without_builds(training)
                elements.append(Element(_fixed(it, element.expression, ways, seen), element.added))
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
                training.append(replace(call, arguments=_arguments(it, call.arguments, ways, seen)))
            case Asked(span=span) if not built:
                asked.append(span)
            case Obscured(reason=reason):
                incomplete = incomplete or reason
    return Model(
        value.name,
        value.span,
        value.name_span,
        tuple(elements),
        _arguments(it, value.arguments, ways, seen),
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
    return replace(source, shape=tuple(_fixed(it, size, ways, seen) for size in source.shape))


def _arguments(
    it: Interpreter, arguments: tuple[Argument, ...], ways: Ways, seen: dict[int, Value]
) -> tuple[Argument, ...]:
    return map_arguments(arguments, lambda value: _fixed(it, value, ways, seen))


def _choices(value: Value, seen: set[int]) -> Iterator[Decision]:
    """The decisions inside an expression."""
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, Choice):
        yield value.decision
    if isinstance(value, (SequentialValue, Instance)):
        return
    for part in _parts(value):
        yield from _choices(part, seen)


def _parts(value: Value) -> list[Value]:
    return list(value.options) if isinstance(value, Choice) else children(value)


def _fixed(it: Interpreter, value: Value, ways: Ways, seen: dict[int, Value]) -> Expression:
    """The expression as it is on given ways. What is one object stays one object."""
    if isinstance(value, (bool, int, float, str, bytes, type(None))):
        return value
    if id(value) in seen:
        return seen[id(value)]
    seen[id(value)] = _ITSELF
    fixed = _fixed_once(it, value, ways, seen)
    seen[id(value)] = fixed
    return fixed


def _fixed_once(it: Interpreter, value: Value, ways: Ways, seen: dict[int, Value]) -> Expression:
    match value:
        case Choice(decision=decision, options=options):
            way = ways.get(decision)
            return _fixed(it, options[way], ways, seen) if way is not None else _undecided(value)
        case SequentialValue():
            inner = dict.fromkeys(_decisions(value), 0) | ways
            nested = _model(it, value, inner, _nested_variants(value, ways), seen)
            return replace(nested, input=_built_before(value), input_unknown=None)
        case Instance(model=SequentialValue() as model):
            return _fixed(it, model, ways, seen)
        case Instance(cls=cls, span=span):
            place = span or Span(0, 0)
            return UserCode(cls.name, (), place, place, f"{cls.name} is a model of this project, which was not run")
        case Function():
            return _fixed(it, user_function(it, value), ways, seen)
        case Guarded():
            return Unknown("an item that is not always there", None)
        case Items(length=length):
            return length
        case Once():
            return Unknown("an iterator, which gives its items once")
        case list() | tuple() | dict() | set() if is_open(value):
            return Unknown(length_reason(value))
        case list():  # here, and not by map_children: lists may be nested deeply, and each call costs of the stack
            return [_fixed(it, item, ways, seen) for item in value]
        case UserCode():
            return _fixed_code(it, value, ways, seen)
        case LibraryObject():
            return data_of(value)
        case _:
            return map_children(value, lambda one: _fixed(it, one, ways, seen))


def _fixed_code(it: Interpreter, value: UserCode, ways: Ways, seen: dict[int, Value]) -> UserCode:
    fixed = map_children(value, lambda one: _fixed(it, one, ways, seen))
    assert isinstance(fixed, UserCode)
    return replace(
        fixed,
        readable=_fixed_function(it, value.readable, ways, seen),
        output_shape=_fixed_function(it, value.output_shape, ways, seen),
    )


def _fixed_function(
    it: Interpreter, function: ReadableFunction | None, ways: Ways, seen: dict[int, Value]
) -> ReadableFunction | None:
    return None if function is None else replace(function, result=_fixed(it, function.result, ways, seen))


def _undecided(choice: Choice) -> Unknown:
    return Unknown(f"depends on {choice.decision.text}", choice.decision.span)


def _nested_variants(value: SequentialValue, ways: Ways) -> Unknown | None:
    open_decisions = [decision for decision in _decisions(value) if decision not in ways]
    if open_decisions:
        return Unknown(f"depends on {open_decisions[0].text}", value.span)
    return None


def _distinct(models: list[Model]) -> list[Model]:
    """Variants that are made of the very same layers are one model."""
    found: list[Model] = []
    for model in models:
        if not any(_same_layers(model, other) for other in found):
            found.append(model)
    return found


def _same_layers(left: Model, right: Model) -> bool:
    return len(left.elements) == len(right.elements) and all(
        a.expression is b.expression for a, b in zip(left.elements, right.elements, strict=True)
    )
