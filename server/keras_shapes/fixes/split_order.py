"""The names in the order of what `train_test_split` returns."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from difflib import SequenceMatcher

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.mending_case import Candidate, Case


def candidates(case: Case) -> Iterator[Candidate]:
    """Data and labels are told apart by how they are used, the test parts by how they are called."""
    targets = next((each for each in ast.walk(case.text.tree) if _is_marked(case, each)), None)
    if not isinstance(targets, ast.Tuple):
        return
    names = [case.text.slice(each) for each in targets.elts]
    used = _train_names(case, names)
    if len(names) != 4 or used is None:
        return
    x, y = used
    rest = [name for name in names if name not in used]
    x_test = max(rest, key=lambda name: SequenceMatcher(None, name.lower(), x.lower()).ratio())
    y_test = next(name for name in rest if name != x_test)
    new = [x, x_test, y, y_test]
    edits = tuple(
        Edit(case.text.offsets.span(node), name)
        for node, old, name in zip(targets.elts, names, new, strict=True)
        if old != name
    )
    yield Candidate("Reorder the names", edits)


def _is_marked(case: Case, node: ast.AST) -> bool:
    return isinstance(node, ast.Tuple) and case.text.offsets.span(node).start == case.diagnostic.span.start


def _train_names(case: Case, names: list[str]) -> tuple[str, str] | None:
    for call in case.subject.model.training:
        x, y = call.argument("x", 0), call.argument("y", 1)
        if x is not None and y is not None:
            found = case.document.slice(x.value_span), case.document.slice(y.value_span)
            if found[0] in names and found[1] in names and found[0] != found[1]:
                return found
    return None
