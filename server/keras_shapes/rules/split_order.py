"""The four results of `train_test_split` under names in another order."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from keras_shapes.data import Array
from keras_shapes.diagnostic import Diagnostic, Related
from keras_shapes.model import TrainingCall
from keras_shapes.repair import Offsets, parse
from keras_shapes.rules.refusal_facts import one_line
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.training_views import part_instead_of_labels, text_of
from keras_shapes.source import Document, Span


def check(subject: Subject) -> Iterator[Diagnostic]:
    """The targets of the assignment are marked, where data and labels of one call are parts of different kinds."""
    for call in subject.model.training:
        x, y = call.argument("x", 0), call.argument("y", 1)
        if x is None or y is None or not isinstance(x.value, Array) or not isinstance(y.value, Array):
            continue
        wrong = part_instead_of_labels(x.value, y.value)
        if wrong is None or call.expects_error:
            continue
        document = subject.document
        name = text_of(document, y.value_span, "the second")
        targets = _targets(document, call, name)
        mark = targets or one_line(document, y.value_span)
        refused = _certainly_refused(x.value, y.value)
        yield RULE.report(
            mark,
            f"train_test_split returns X_train, X_test, y_train, y_test; here {name} is {wrong}",
            severity="error" if refused else "warning",
            related=(Related(f"{name} is taken for the labels here", one_line(document, y.value_span)),)
            if targets
            else (),
        )
        return


def _certainly_refused(x: Array, y: Array) -> bool:
    rows = (x.shape or (None,))[0], (y.shape or (None,))[0]
    return isinstance(rows[0], int) and isinstance(rows[1], int) and rows[0] != rows[1]


def _targets(document: Document, call: TrainingCall, name: str) -> Span | None:
    """The targets of the last assignment before the call that has the name among four."""
    offsets = Offsets(document)
    found = [
        offsets.span(node.targets[0])
        for node in ast.walk(parse(document).tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Tuple)
        and any(isinstance(target, ast.Name) and target.id == name for target in node.targets[0].elts)
        and offsets.span(node).end <= call.span.start
    ]
    return one_line(document, max(found)) if found else None


RULE = Rule("split-order", check, severity="error", needs="source", since="0.1.0")
