"""A result that nothing uses while what it was made of goes on; an input that no output needs: as copying leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from keras_shapes.diagnostic import Diagnostic, Related
from keras_shapes.model import Node
from keras_shapes.rules.branches import mark_of_node
from keras_shapes.rules.disconnected_graph import ends_of, name_of_input
from keras_shapes.rules.refusal_facts import one_line
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.training_views import text_of
from keras_shapes.source import Document, Span
from keras_shapes.verdict import Built

_MOST = 20
"""So many results are looked for in the text."""


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Unused inputs of a functional model, and unused tensors beside it."""
    if not isinstance(subject.verdict, Built) or not subject.verdict.complete:
        return
    if subject.model.kind == "functional":
        yield from _unused_inputs(subject, subject.verdict)
    elif subject.model.kind == "open" and not any(each.refusal is not None for each in subject.siblings):
        yield from _unused_results(subject, subject.verdict)


def _unused_inputs(subject: Subject, verdict: Built) -> Iterator[Diagnostic]:
    for span in ends_of(subject, verdict.layers).unused:
        name = text_of(subject.document, span, "this input")
        yield RULE.report(one_line(subject.document, span), f"no output needs {name}")


def _unused_results(subject: Subject, verdict: Built) -> Iterator[Diagnostic]:
    """The last tensor of a way that ends nowhere, where the one before it is part of a model."""
    document, nodes = subject.document, subject.model.nodes
    taken, tries = _spans_of_models(subject), iter(range(_MOST))
    used = {above for layer in verdict.layers for above in layer.inputs}
    for index, (node, layer) in enumerate(zip(nodes, verdict.layers, strict=True)):
        above = next(iter(layer.inputs), None)
        if index in used or node.span in taken or above is None or nodes[above].span not in taken:
            continue
        name = name_of_input(document, node)
        if next(tries, None) is None:
            return
        if name != "an Input" and not _is_read_after(document, name, node):
            other = name_of_input(document, nodes[above])
            why = "" if other == "an Input" else f", and {other} goes on"
            yield RULE.report(
                mark_of_node(document, node),
                f"nothing uses {name}{why}",
                related=(Related("this goes on", mark_of_node(document, nodes[above])),),
            )


def _spans_of_models(subject: Subject) -> set[Span]:
    models: Sequence[Subject] = [each for each in subject.siblings if each.model.kind == "functional"]
    return {node.span for each in models for node in each.model.nodes}


def _is_read_after(document: Document, name: str, node: Node) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", document.python[node.span.end :]) is not None


RULE = Rule("unused-branch", check, severity="hint", needs="shapes", since="0.2.0", models="graphs")
