"""How it stands with a model and its layers: built, refused or unknown, and the one reason for what is unknown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Literal, TypeAlias

from keras_shapes.model import Apply, Call, Declared, Expression, Model, Node, Unknown, UserCode
from keras_shapes.source import Span
from keras_shapes.verdict import Built, LayerVerdict, Refused, Shape, Unavailable, UnknownSize, Verdict

Kind: TypeAlias = Literal["built", "refused", "unknown"]

LEGACY_REASON = "tensorflow.python.keras is an old Keras 2, for which Keras 3 does not speak"
_NOT_ASKED = "Keras could not tell"
_NO_LAYERS = "it has no layers"


@dataclass(frozen=True, slots=True)
class Status:
    """`reason` says why a model or layer is not built; `span` is the place in the text that the reason is about."""

    kind: Kind
    reason: str | None = None
    span: Span | None = None


def model_status(model: Model, verdict: Verdict) -> Status:
    """How it stands with a model."""
    if model.incomplete is not None:
        return Status("unknown", model.incomplete.reason, model.incomplete.span or model.span)
    match verdict:
        case Unavailable(reason=reason):
            return Status("unknown", reason, model.span)
        case Refused() if model.flavour == "tensorflow.python.keras":
            return Status("unknown", LEGACY_REASON, model.span)
        case Refused(stage="model"):
            return Status("refused", refusal_text(model, verdict), model.span)
        case Refused(node=node):
            return Status("refused", refusal_text(model, verdict), _place(model.nodes[node]) or model.span)
        case Built(complete=True):
            return Status("built")
        case Built(reason=reason, layers=layers):
            reason = reason or next((layer.reason for layer in layers if layer.reason), None)
            reason = reason or (_NOT_ASKED if model.nodes else _NO_LAYERS)
            return Status("unknown", reason, _origin(model, reason) or model.span)


def layer_statuses(model: Model, verdict: Verdict) -> tuple[Status, ...]:
    """How it stands with each element of a model, in order."""
    whole = model_status(model, verdict)
    if isinstance(verdict, Unavailable) or model.incomplete is not None:
        return tuple(Status("unknown", whole.reason, whole.span) for _ in model.nodes)
    refused = _refused_positions(verdict) if whole.kind == "refused" else frozenset()
    return tuple(
        Status("refused", _message_at(verdict, position)) if position in refused else _layer_status(model, layer, whole)
        for position, layer in enumerate(verdict.layers)
    )


def is_input(element: Node) -> bool:
    """Whether the element only declares the input: Keras does not count it among a model's layers."""
    expression = element.expression
    return isinstance(expression, Call) and expression.target.path in {"keras.Input", "keras.layers.InputLayer"}


def is_certain(shape: Shape | None) -> bool:
    """Whether the rank and every size are known; a named unknown is a name for a size."""
    return isinstance(shape, tuple) and not any(isinstance(size, UnknownSize) for size in shape)


def class_name_in_source(expression: Expression) -> str:
    """The class of a layer as far as the source tells it; empty where it does not."""
    match expression:
        case Call(target=target):
            return target.last
        case UserCode(name=name):
            return name
        case Model(kind=kind):
            return "Sequential" if kind == "sequential" else "Functional"
        case Declared(expression=inner) | Apply(target=inner):
            return class_name_in_source(inner)
        case _:
            return ""


def refusal_text(model: Model, verdict: Refused) -> str:
    """`error at the 3rd layer (Conv2D)`, counted as `model.layers` does."""
    if verdict.stage == "model":
        return "error in the model as a whole"
    before = [element for element in model.nodes[: verdict.node] if not is_input(element)]
    refused = model.nodes[verdict.node].expression
    name = verdict.layers[verdict.node].class_name or class_name_in_source(refused)
    if is_input(model.nodes[verdict.node]):
        return "error at its input"
    return f"error at the {_ordinal(len(before) + 1)} layer ({name})" if name else "error"


def _layer_status(model: Model, layer: LayerVerdict, whole: Status) -> Status:
    if layer.skipped or is_certain(layer.output_shape):
        return Status("built")
    if layer.reason is None:
        return Status("unknown", whole.reason, whole.span)
    return Status("unknown", layer.reason, _origin(model, layer.reason))


def _refused_positions(verdict: Verdict) -> frozenset[int]:
    if not isinstance(verdict, Refused):
        return frozenset()
    return frozenset(refusal.node for refusal in (verdict, *verdict.others) if refusal.stage != "model")


def _message_at(verdict: Verdict, position: int) -> str | None:
    refusals = (verdict, *verdict.others) if isinstance(verdict, Refused) else ()
    return next((refusal.message for refusal in refusals if refusal.node == position), None)


def _place(element: Node) -> Span | None:
    span = getattr(element.expression, "span", None)
    return span if isinstance(span, Span) else element.span


def _origin(model: Model, reason: str) -> Span | None:
    """Where the unknown value came from that `reason` speaks of."""
    sizes = model.input.shape if model.input else ()
    expressions = [*sizes, *(element.expression for element in model.nodes)]
    for part in _walk(expressions, set()):
        if isinstance(part, Unknown | UserCode) and part.span is not None and part.reason and part.reason in reason:
            return part.span
    return None


def _walk(value: Expression, seen: set[int]) -> Iterator[Expression]:
    """An expression and everything inside it, each once."""
    if isinstance(value, str | int | float | Span | None) or id(value) in seen:
        return
    seen.add(id(value))
    yield value
    parts: list[Expression] = []
    if isinstance(value, list | tuple):
        parts = list(value)
    elif isinstance(value, dict):
        parts = list(value.values())
    elif is_dataclass(value):
        parts = [getattr(value, each.name) for each in fields(value)]
    for part in parts:
        yield from _walk(part, seen)


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if 10 <= number % 100 <= 20 else ending}"
