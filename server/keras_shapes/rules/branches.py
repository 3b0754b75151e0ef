"""What goes into a node of a graph: each tensor with its name in the source, its shape, and the way that it came."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from keras_shapes.model import Apply, Argument, Call, Expression, Item, Node, Operation
from keras_shapes.rules.refusal_facts import one_line
from keras_shapes.rules.rule import Subject
from keras_shapes.rules.training_views import item_spans, text_of
from keras_shapes.rules.ways import way_to
from keras_shapes.source import Document, Span
from keras_shapes.verdict import LayerVerdict, Refused, Shape


@dataclass(frozen=True, slots=True)
class Branch:
    """One tensor that goes in. `node` gives it, None where no node of the graph does; `span` is where it is given."""

    name: str
    shape: Shape
    node: int | None
    span: Span | None

    @property
    def sizes(self) -> tuple[int | None, ...]:
        """The sizes where all are known, else none."""
        known = isinstance(self.shape, tuple) and all(size is None or isinstance(size, int) for size in self.shape)
        return tuple(self.shape) if known and isinstance(self.shape, tuple) else ()  # type: ignore[arg-type]


def branches(subject: Subject, refusal: Refused) -> list[Branch]:
    """The tensors that go into the refused node, in the order in which Keras gets them."""
    verdict, node = refusal.layers[refusal.node], subject.model.nodes[refusal.node]
    spans = list(given_spans(subject.document, node.expression))
    if len(spans) != len(verdict.input_shapes):
        spans = [None] * len(verdict.input_shapes)
    return [
        Branch(_name(subject, refusal.layers, span, maker, place), shape, maker, span)
        for place, (shape, maker, span) in enumerate(zip(verdict.input_shapes, verdict.inputs, spans, strict=True))
    ]


def given_spans(document: Document, expression: Expression) -> Iterator[Span | None]:
    """Where the tensors stand that an application gets: items of a list one by one."""
    match expression:
        case Apply(arguments=arguments) | Call(arguments=arguments):
            for argument in arguments:
                yield from _spans_of(document, argument)
        case Operation(span=span):
            yield from _operands(document, span)


def common_start(layers: Sequence[LayerVerdict], nodes: Sequence[int | None]) -> int | None:
    """The last node that all these come from."""
    ways = [_all_above(layers, node) for node in nodes if node is not None]
    shared = set[int].intersection(*ways) if len(ways) == len(nodes) and ways else set[int]()
    return max(shared, default=None)


def way_from(layers: Sequence[LayerVerdict], start: int | None, node: int | None) -> list[int]:
    """The nodes behind `start` on the way to one, itself last."""
    way = [] if node is None else way_to(layers, node)
    return way[way.index(start) + 1 :] if start in way else way


def _all_above(layers: Sequence[LayerVerdict], node: int) -> set[int]:
    found, waiting = set[int](), [node]
    while waiting:
        one = waiting.pop()
        if one not in found and 0 <= one < len(layers):
            found.add(one)
            waiting += [above for above in layers[one].inputs if above is not None]
    return found


def _spans_of(document: Document, argument: Argument) -> Iterator[Span | None]:
    if isinstance(argument.value, list | tuple):
        spans: Sequence[Span | None] = item_spans(document, argument.value_span)
        spans = spans if len(spans) == len(argument.value) else [None] * len(argument.value)
        yield from (span for span, item in zip(spans, argument.value, strict=True) if _may_be_tensor(item))
    elif _may_be_tensor(argument.value):
        yield argument.value_span


def _may_be_tensor(value: object) -> bool:
    return not isinstance(value, str | int | float | bool | None)


def _operands(document: Document, span: Span) -> Iterator[Span | None]:
    text = document.python[span.start : span.end]
    try:
        node = ast.parse(text.strip(), mode="eval").body
    except SyntaxError:
        return
    if isinstance(node, ast.BinOp) and "\n" not in text and text.isascii():
        for side in (node.left, node.right):
            yield Span(span.start + side.col_offset, span.start + (side.end_col_offset or 0))


def _name(subject: Subject, layers: Sequence[LayerVerdict], span: Span | None, maker: int | None, place: int) -> str:
    """What the source calls the tensor: a short text, else the layer that gives it."""
    fallback = f"the {('first', 'second', 'third', 'fourth', 'fifth')[place] if place < 5 else 'other'} one"
    if maker is not None and layers[maker].class_name:
        fallback = layers[maker].class_name
    return fallback if span is None else text_of(subject.document, span, fallback)


def layer_call(node: Node) -> Call | None:
    """The call that makes the layer of a node, or that of a function."""
    expression = node.expression.target if isinstance(node.expression, Apply) else node.expression
    return expression if isinstance(expression, Call) else None


def mark_of_node(document: Document, node: Node) -> Span:
    """Where to mark an application: the name of its layer or function, or the operation."""
    expression = node.expression
    while isinstance(expression, Apply | Item):
        target = expression.target
        if isinstance(expression, Apply) and isinstance(target, Call) and expression.span.encloses(target.span):
            return target.name_span
        break
    if isinstance(expression, Call):
        return expression.name_span
    return one_line(document, node.span)
