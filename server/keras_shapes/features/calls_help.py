"""What a call of Keras takes, while somebody types it: the signature, and what may come next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from keras_shapes.analysis import Analysis
from keras_shapes.features.call_at import CallAt
from keras_shapes.features.layers import expression_span
from keras_shapes.features.markdown import code, escaped
from keras_shapes.features.shapes import shape_text
from keras_shapes.model import PublicName
from keras_shapes.signature import Parameter, Signature
from keras_shapes.source import Span

CandidateKind: TypeAlias = Literal["argument", "value", "size"]


@dataclass(frozen=True, slots=True)
class Help:
    """A signature as text; `parameters` are the places of the parameters in it, `active` is one of them."""

    label: str
    documentation: str
    parameters: tuple[Span, ...]
    texts: tuple[str, ...]
    active: int | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may stand at the caret instead of what is typed there; `detail` is what Keras takes without it."""

    kind: CandidateKind
    label: str
    content: str
    detail: str
    parameter: str


def help_of(call: CallAt, name: PublicName, signature: Signature, shapes: str = "") -> Help:
    """`Conv2D(filters, kernel_size, strides=(1, 1), …)`, with the argument of the caret; `shapes` are the layer's."""
    label, places = f"{name.last}(", []
    for number, parameter in enumerate(signature.parameters):
        label += ", " if number else ""
        places.append(Span(len(label), len(label) + len(parameter.written)))
        label += parameter.written
    active = call.active(signature)
    index = signature.parameters.index(active) if active is not None else None
    texts = tuple(escaped(parameter.documentation) for parameter in signature.parameters)
    about = "\n\n".join(filter(None, (escaped(signature.documentation), code(shapes))))
    return Help(f"{label})", about, tuple(places), texts, index)


def shapes_at(analysis: Analysis, start: int) -> str:
    """What goes into the layer whose call begins at an offset, and what comes out, where both are known."""
    found = (
        (layer.verdict.input_shape, layer.verdict.output_shape)
        for model in analysis.models
        for layer in model.layers
        if layer.verdict is not None and expression_span(layer.element).start == start
    )
    pairs = dict.fromkeys(pair for pair in found if None not in pair)
    return " · ".join(f"{shape_text(given)} → {shape_text(gives)}" for given, gives in pairs if given and gives)


def candidates(call: CallAt, signature: Signature) -> tuple[Candidate, ...]:
    """Values of the caret's argument where Keras has a set of them, and names of arguments that are not given yet."""
    if not call.is_alone:
        return ()
    active = call.active(signature)
    values = tuple(_values(call, active)) if active is not None else ()
    if call.quote is not None or call.keyword is not None or call.is_inside:
        return values
    return (*_arguments(call, signature), *values)


def _values(call: CallAt, parameter: Parameter) -> Iterator[Candidate]:
    for value in parameter.values:
        is_text = value[:1] in {"'", '"'}
        if call.quote is not None and not is_text:
            continue
        plain = value[1:-1] if is_text else value
        content = plain if call.quote is not None or not is_text else f'"{plain}"'
        detail = f"the default of {parameter.name}" if value == parameter.default else parameter.name
        yield Candidate("value", content, content, detail, parameter.name)


def _arguments(call: CallAt, signature: Signature) -> Iterator[Candidate]:
    places = [each.name for each in signature.parameters if not each.keyword]
    taken = {*call.given, *places[: call.position]}
    for parameter in signature.parameters:
        if parameter.name not in taken:
            detail = "required" if parameter.required else parameter.default or ""
            yield Candidate("argument", f"{parameter.name}=", f"{parameter.name}=", detail, parameter.name)
