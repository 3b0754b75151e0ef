"""One-hot encoding put around labels, or taken away from them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from keras_shapes.fixes.edits import remove_statement, unwrapped, wrapped
from keras_shapes.fixes.imports import spelled, without_import
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.rules.encoding import last_encoding
from keras_shapes.rules.training_views import Side, Trial


def encoded(case: Case, trial: Trial, rank: int) -> Iterator[Candidate]:
    """`to_categorical(y_train, 10)` where the labels meet the loss; the validation labels with them."""
    side = trial.y
    output = trial.output_shape
    if side is None or trial.dataset is not None:
        return
    count = output[-1] if isinstance(output, tuple) and isinstance(output[-1], int) else None
    classes = f", {count}" if count is not None else ""
    function, imports = spelled(case.text, "keras.utils.to_categorical", side.span.start)
    edits = [*imports, *wrapped(side.span, f"{function}(", f"{classes})")]
    title = f"One-hot encode {side.name}: to_categorical({side.name}{classes})"
    yield Candidate(title, tuple(edits), rank)


def without_encoding(case: Case, trial: Trial, rank: int) -> Iterator[Candidate]:
    """Take the last encoding away: its statement where nothing else is left of it."""
    if trial.y is None:
        return
    call = encoding_call(case, trial.y, trial.call.span.start)
    if call is None or not call.args:
        return
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    label = f"Remove {name}"
    inner = case.text.slice(call.args[0])
    statement = case.text.parent(call)
    unused = without_import(case.text, name, case.text.offsets.span(call).start)
    itself = isinstance(statement, ast.Assign) and [case.text.slice(each) for each in statement.targets] == [inner]
    edit = remove_statement(case.text, statement) if itself and isinstance(statement, ast.stmt) else None
    left = unwrapped(case.text.offsets.span(call), case.text.offsets.span(call.args[0]))
    yield Candidate(label, (*((edit,) if edit else left), *unused), rank)


def encoding_call(case: Case, labels: Side, before: int) -> ast.Call | None:
    """The last call that made these labels one-hot."""
    name = last_encoding(case.document, labels, before)
    if name is None:
        return None
    for node in ast.walk(case.text.tree):
        if isinstance(node, ast.Call) and case.text.offsets.span(node.func).end == name.end:
            return node
    return None
