"""The ends of a functional model as training calls meet them: names and shapes of its inputs and outputs."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from keras_shapes.data import Array
from keras_shapes.model import Apply, Call, Expression
from keras_shapes.rules.disconnected_graph import name_of_input
from keras_shapes.rules.rule import Subject
from keras_shapes.rules.training_views import shape_of, text_of
from keras_shapes.rules.ways import tensors_of
from keras_shapes.rules.wording import shape_text
from keras_shapes.source import Document, Span
from keras_shapes.verdict import Built, Shape


@dataclass(frozen=True, slots=True)
class End:
    """One input or output. `key` is the name that Keras knows it by, where the source or Keras says it."""

    name: str
    key: str | None
    shape: Shape | None

    @property
    def text(self) -> str:
        """`image (None, 28, 28)`."""
        return self.name if self.shape is None else f"{self.name} {shape_text(self.shape)}"


@dataclass(frozen=True, slots=True)
class Part:
    """One of several things that a training call gets, with its key in a dictionary."""

    key: str | None
    key_span: Span | None
    span: Span
    value: Expression

    @property
    def shape(self) -> Shape | None:
        """The shape of an array, with all samples."""
        return shape_of(self.value) if isinstance(self.value, Array) else None


def inputs_of(subject: Subject) -> list[End]:
    """The inputs of a functional model, in order."""
    shapes = subject.verdict.input_shapes if isinstance(subject.verdict, Built) else ()
    return list(_ends(subject, "inputs", shapes))


def outputs_of(subject: Subject) -> list[End]:
    """The outputs of a functional model, in order."""
    shapes = subject.verdict.output_shapes if isinstance(subject.verdict, Built) else ()
    return list(_ends(subject, "outputs", shapes))


def parts_of(document: Document, span: Span, value: Expression) -> list[Part]:
    """The parts of a list, tuple or dictionary that is written as such at a place; of anything else, itself."""
    node = _parsed(document, span)
    match value, node:
        case list() | tuple(), ast.List() | ast.Tuple() if len(node.elts) == len(value):
            spans = [_place(span, item) for item in node.elts]
            return [Part(None, None, place, item) for place, item in zip(spans, value, strict=True)]
        case dict(), ast.Dict() if len(node.keys) == len(value) and None not in node.keys:
            keys = [_place(span, key) for key in node.keys if key is not None]
            places = [_place(span, item) for item in node.values]
            return [
                Part(key if isinstance(key, str) else None, key_span, place, item)
                for (key, item), key_span, place in zip(value.items(), keys, places, strict=True)
            ]
    return [Part(None, None, span, value)]


def fits(given: Shape | None, wanted: Shape | None) -> bool:
    """Whether samples of one shape may go where another one is wanted; False where either is not known."""
    if not isinstance(given, tuple) or not isinstance(wanted, tuple) or len(given) != len(wanted):
        return False
    pairs = zip(given[1:], wanted[1:], strict=True)
    return all(one == other or other is None for one, other in pairs)


def _ends(subject: Subject, name: str, shapes: Sequence[Shape]) -> Iterator[End]:
    argument = next((end for end in subject.model.ends if end.name == name), None)
    if argument is None:
        return
    parts = parts_of(subject.document, argument.value_span, argument.value)
    tensors = list(tensors_of(argument.value))
    for index, tensor in enumerate(tensors):
        part = parts[index] if len(parts) == len(tensors) else None
        shape = shapes[index] if len(shapes) == len(tensors) else None
        key = part.key if part is not None and part.key is not None else _key(subject, tensor)
        written = None if part is None else text_of(subject.document, part.span, "")
        yield End(_shown(subject, tensor, key, written), key, shape)


def _key(subject: Subject, tensor: Expression) -> str | None:
    """The name of the layer that gives a tensor, as Keras has it."""
    verdict = subject.verdict
    for node, layer in zip(subject.model.nodes, verdict.layers if isinstance(verdict, Built) else (), strict=False):
        if node.expression is tensor:
            return layer.name or None
    maker = tensor.target if isinstance(tensor, Apply) else tensor
    given = maker.argument("name") if isinstance(maker, Call) else None
    return given.value if given is not None and isinstance(given.value, str) else None


def _shown(subject: Subject, tensor: Expression, key: str | None, written: str | None) -> str:
    if key is not None and not key[-1:].isdigit() and not key.startswith("input_layer"):
        return key
    if written and written.isidentifier():
        return written
    node = next((node for node in subject.model.nodes if node.expression is tensor), None)
    return written or (name_of_input(subject.document, node) if node is not None else "a tensor")


def _parsed(document: Document, span: Span) -> ast.expr | None:
    text = document.python[span.start : span.end]
    if not text.isascii() or "\n" in text:
        return None
    try:
        return ast.parse(text, mode="eval").body
    except SyntaxError:
        return None


def _place(span: Span, node: ast.expr) -> Span:
    return Span(span.start + node.col_offset, span.start + (node.end_col_offset or 0))
