"""An output comes from an input that is not among those of the model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from keras_shapes.diagnostic import Diagnostic, Related
from keras_shapes.model import Argument, Call, Expression, Model, Node
from keras_shapes.rules.branches import mark_of_node
from keras_shapes.rules.refusal_facts import one_line
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.training_views import item_spans, text_of
from keras_shapes.rules.ways import tensors_of
from keras_shapes.source import Document, Span
from keras_shapes.verdict import LayerVerdict


@dataclass(frozen=True, slots=True)
class Ends:
    """Indices of the inputs that outputs come from and the model lacks, and places of inputs that lead nowhere."""

    missing: tuple[int, ...]
    unused: tuple[Span, ...]
    listed: Span | None


def check(subject: Subject) -> Iterator[Diagnostic]:
    """A refusal of `Model` where an output does not come from its inputs alone."""
    refusal = subject.refusal
    if refusal is None or refusal.stage != "model":
        return
    ends = ends_of(subject, refusal.layers)
    if not ends.missing:
        return
    document, nodes = subject.document, subject.model.nodes
    names = [name_of_input(document, nodes[index]) for index in ends.missing]
    instead = f", not from {text_of(document, ends.unused[0], 'this one')}" if len(ends.unused) == 1 else ""
    mark = ends.unused[0] if len(ends.unused) == 1 else ends.listed or subject.model.name_span
    lines = ", ".join(
        f"{name} (line {document.line(nodes[index].span.start) + 1})"
        for name, index in zip(names, ends.missing, strict=True)
    )
    yield RULE.report(
        one_line(document, mark),
        f"the outputs come from {lines}{instead}" + ("" if instead else ": not among the inputs"),
        related=tuple(
            Related(f"{name} is declared here", mark_of_node(document, nodes[index]))
            for name, index in zip(names, ends.missing, strict=True)
        ),
        keras_message=refusal.message,
    )


def ends_of(subject: Subject, layers: Sequence[LayerVerdict]) -> Ends:
    """Which inputs are needed and not there, and which are there and not needed."""
    model = subject.model
    given = list(tensors_of(model.inputs))
    reached = _reached(model, layers, [id(one) for one in given])
    inputs = [index for index, node in enumerate(model.nodes) if is_input_node(node)]
    missing = [index for index in inputs if index in reached and not _is_one_of(model.nodes[index].expression, given)]
    argument = inputs_argument(subject)
    if argument is None:
        return Ends(tuple(missing), (), None)
    spans = item_spans(subject.document, argument.value_span) if len(given) > 1 else [argument.value_span]
    used = {id(model.nodes[index].expression) for index in reached}
    unused = [span for span, one in zip(spans, given, strict=False) if id(one) not in used]
    return Ends(tuple(missing), tuple(unused) if len(spans) == len(given) else (), argument.value_span)


def inputs_argument(subject: Subject) -> Argument | None:
    """The argument of `Model` that holds its inputs."""
    return next((end for end in subject.model.ends if end.name == "inputs"), None)


def name_of_input(document: Document, node: Node) -> str:
    """What the source calls an input: the name that it is assigned to, else its own."""
    start = document.line_span(document.line(node.span.start)).start
    before = document.python[start : node.span.start].strip()
    name = before.removesuffix("=").strip().rpartition("=")[2].strip()
    return name if before.endswith("=") and name.isidentifier() else "an Input"


def is_input_node(node: Node) -> bool:
    """Whether a node is `keras.Input(…)`."""
    return isinstance(node.expression, Call) and node.expression.target.path == "keras.Input"


def _reached(model: Model, layers: Sequence[LayerVerdict], stops: Sequence[int]) -> set[int]:
    """The nodes that the outputs come from, no further than to the given tensors."""
    outputs = list(tensors_of(model.outputs))
    waiting = [index for index, node in enumerate(model.nodes) if _is_one_of(node.expression, outputs)]
    found: set[int] = set()
    while waiting:
        index = waiting.pop()
        if index in found:
            continue
        found.add(index)
        if id(model.nodes[index].expression) not in stops:
            waiting += [above for above in layers[index].inputs if above is not None]
    return found


def _is_one_of(expression: Expression, others: Sequence[Expression]) -> bool:
    return any(expression is other for other in others)


RULE = Rule("disconnected-graph", check, severity="error", needs="shapes", since="0.2.0", models="graphs")
