"""Facts about a refusal that rules decide by: who refused, what the layer says it needs, where the shape comes from."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from keras_shapes.model import Argument, Call, Declared, Expression, Model, Node, Unknown, UserCode
from keras_shapes.rules.rule import Subject
from keras_shapes.rules.wording import axes_of
from keras_shapes.source import Document, Span
from keras_shapes.verdict import (
    Dim,
    LayerVerdict,
    Multiple,
    Named,
    Refused,
    Shape,
    Unavailable,
    UnknownSize,
    Verdict,
)

INPUTS = frozenset({"keras.Input", "keras.layers.InputLayer"})
"""Elements that declare the input and do nothing else."""
RECURRENT = frozenset({"LSTM", "GRU", "SimpleRNN", "RNN", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D"})
"""Layers that have `return_sequences`."""
_INPUT_ARGUMENTS = ("shape", "batch_shape", "input_shape", "input_dim", "batch_input_shape")


@dataclass(frozen=True, slots=True)
class Step:
    """An element on the way of the data, and what Keras said of it."""

    element: Node
    verdict: LayerVerdict

    @property
    def keeps_shape(self) -> bool:
        """Whether what goes in comes out with the same shape (`Input`, `Dropout`, `Activation`)."""
        known = self.verdict.input_shape is not None
        return is_input(self.element) or (known and self.verdict.input_shape == self.verdict.output_shape)


@dataclass(frozen=True, slots=True)
class InputSpec:
    """What a layer says of its input: Keras' own `InputSpec`."""

    ndim: int | None = None
    min_ndim: int | None = None
    max_ndim: int | None = None
    shape: tuple[int | None, ...] | None = None
    axes: Mapping[int, int | None] = field(default_factory=dict)

    def refuses_rank(self, rank: int) -> bool:
        """Whether an input of this rank contradicts it."""
        exact = self.ndim is not None and rank != self.ndim
        low = self.min_ndim is not None and rank < self.min_ndim
        high = self.max_ndim is not None and rank > self.max_ndim
        return exact or low or high

    @property
    def rank(self) -> int | None:
        """The rank it wants, or the least of those."""
        return self.ndim if self.ndim is not None else self.min_ndim


@dataclass(frozen=True, slots=True)
class DeclaredInput:
    """Where the source says what the model takes: an argument of `Input` or of the first layer."""

    argument: Argument
    element: Node


def refused_element(subject: Subject, refusal: Refused) -> Node:
    """The innermost element of the model, or of a model inside it, that was refused."""
    model, path = subject.model, refusal.path or (refusal.node,)
    element = model.nodes[path[0]]
    for index in path[1:]:
        inner = element.expression
        if not isinstance(inner, Model) or index >= len(inner.nodes):
            break
        element = inner.nodes[index]
    return element


def refused_expression(subject: Subject, refusal: Refused) -> Expression:
    """The expression that failed: a layer inside a wrapper where Keras' word is about that."""
    expression = refused_element(subject, refusal).expression if refusal.call is None else refusal.call
    return expression.expression if isinstance(expression, Declared) else expression


def steps_before(subject: Subject, refusal: Refused) -> tuple[Step, ...]:
    """The elements that the data passes before it reaches the refused one, through models inside models."""
    return tuple(_steps(subject.model, refusal))


def shape_fed(subject: Subject, refusal: Refused) -> Shape | None:
    """The shape that reaches the refused layer: from the layer above, or as the source declares it."""
    if refusal.input_shape is not None:
        return refusal.input_shape
    steps = steps_before(subject, refusal)
    if steps:
        return steps[-1].verdict.output_shape
    return shape_taken(subject.model)


def shape_taken(model: Model) -> Shape | None:
    """The shape that a model takes as the source says it: declared, or that of its first data."""
    declared = declared_input(model)
    if declared is not None:
        return _declared_shape(declared.argument)
    return None if model.input is None else _sizes(model.input.shape)


def origin(steps: Sequence[Step]) -> Step | None:
    """The nearest element above that gave the shape, past those that keep it. None: it is the model's input."""
    for step in reversed(steps):
        if is_input(step.element):
            return None
        if not step.keeps_shape:
            return step
    return None


def is_input(element: Node) -> bool:
    """Whether the element declares the input and does nothing else."""
    return isinstance(element.expression, Call) and element.expression.target.path in INPUTS


def declared_input(model: Model) -> DeclaredInput | None:
    """The argument that tells the model's input shape, where the source has one."""
    for element in model.nodes[:1]:
        expression = element.expression
        if isinstance(expression, Model):
            return declared_input(expression)
        if not isinstance(expression, Call | UserCode):
            return None
        if is_input(element) and isinstance(expression, Call):
            argument = expression.argument("shape", 0) or expression.argument("batch_shape")
            return DeclaredInput(argument, element) if argument else None
        for argument in expression.arguments or ():
            if argument.name in _INPUT_ARGUMENTS:
                return DeclaredInput(argument, element)
    return None


def bound_arguments(call: Call, parameters: Sequence[str]) -> dict[str, Argument]:
    """The arguments of a call by the names of its parameters."""
    positional = [argument for argument in call.arguments if argument.name is None]
    bound = dict(zip(parameters, positional, strict=False))
    bound.update({argument.name: argument for argument in call.arguments if argument.name is not None})
    return bound


def input_spec(text: str | None) -> InputSpec:
    """What Keras wrote of a layer's input spec: `min_ndim=4, axes={-1: 3}`. Nothing known where it cannot be read."""
    try:
        call = ast.parse(f"InputSpec({text or ''})", mode="eval").body
    except SyntaxError:
        return InputSpec()
    known: dict[str, object] = {}
    for keyword in call.keywords if isinstance(call, ast.Call) else ():
        if keyword.arg in InputSpec.__dataclass_fields__:
            try:
                known[keyword.arg] = ast.literal_eval(keyword.value)
            except ValueError:
                continue
    return InputSpec(**known)  # type: ignore[arg-type]


def axes_wanted(refusal: Refused) -> tuple[str, ...] | None:
    """Names of the axes that the refused layer takes."""
    return axes_of(refusal.layers[refusal.node].class_name, dict(refusal.config).get("data_format"))


def is_shaped(verdict: Verdict, position: int) -> bool:
    """Whether Keras gave the element a shape, and so knows it."""
    if isinstance(verdict, Unavailable) or position >= len(verdict.layers):
        return False
    return verdict.layers[position].output_shape is not None


def named(verdict: Verdict, position: int) -> Named | None:
    """What Keras says that the name is which stands in the place of a layer; None also where it was not asked."""
    if isinstance(verdict, Unavailable) or position >= len(verdict.layers):
        return None
    return verdict.layers[position].named


def name_of(document: Document, expression: Expression, verdict: LayerVerdict | None = None) -> str:
    """What the file calls the layer: the class as it is written, or the variable that holds the model."""
    match expression:
        case Call(name_span=span) | UserCode(name_span=span):
            return document.slice(span)
        case Model(name=str(name)):
            return name
        case _:
            return verdict.class_name if verdict else "the layer"


def mark_of(document: Document, element: Node, expression: Expression | None = None) -> Span:
    """Where to mark an element: the name of its layer; a model inside where it was put in."""
    if element.elsewhere and expression in (None, element.expression):
        return one_line(document, element.span)
    match expression or element.expression:
        case Call(name_span=span) | UserCode(name_span=span):
            return span
        case _:
            return one_line(document, element.span)


def one_line(document: Document, span: Span) -> Span:
    """The span's part on its first line: a mark never covers several lines."""
    return Span(span.start, min(span.end, document.line_span(document.line(span.start)).end))


def rank_of(shape: Shape | None) -> int | None:
    """Number of axes, None where it is not known."""
    return len(shape) if isinstance(shape, tuple) else None


def _declared_shape(argument: Argument) -> Shape | None:
    if argument.name == "input_dim":
        return _sizes((None, argument.value))
    if not isinstance(argument.value, tuple | list):
        return None
    batch = () if argument.name in {"batch_shape", "batch_input_shape"} else (None,)
    return _sizes((*batch, *argument.value))


def _sizes(values: Sequence[Expression]) -> Shape:
    return tuple(_size(value) for value in values)


def _size(value: Expression) -> Dim:
    match value:
        case None | int():
            return value
        case Unknown():
            return Multiple(1, value)
        case _:
            return UnknownSize()


def _steps(model: Model, refusal: Refused) -> Iterator[Step]:
    nested = dict(refusal.nested)
    path = refusal.path or (refusal.node,)
    verdicts: Sequence[LayerVerdict] = refusal.layers
    for depth, index in enumerate(path):
        yield from (Step(element, verdict) for element, verdict in zip(model.nodes[:index], verdicts, strict=False))
        inner = model.nodes[index].expression if index < len(model.nodes) else None
        if not isinstance(inner, Model):
            return
        model, verdicts = inner, nested.get(path[: depth + 1], ())
