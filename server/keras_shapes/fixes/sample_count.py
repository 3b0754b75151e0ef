"""As many labels as samples, where the file itself shows what was forgotten: a slice, a number, an order of axes."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.data_edits import wrapped_data
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.rules.data_causes import data_clash
from keras_shapes.rules.training_views import Side


def candidates(case: Case) -> Iterator[Candidate]:
    """Nothing is cut off that the file does not cut off elsewhere."""
    trial = data_clash(case.subject, "samples")
    if trial is None or trial.x is None or trial.y is None:
        return
    for side, other in ((trial.y, trial.x), (trial.x, trial.y)):
        have, want = _count(side), _count(other)
        if have is None or want is None:
            continue
        if have > want:
            yield from _sliced(case, side, other)
        yield from _counted(case, side, have, want, rank=1 if side is trial.y else 2)
        yield from _reshaped(case, side, want)


def _count(side: Side) -> int | None:
    shape = side.shape
    first = shape[0] if isinstance(shape, tuple) and shape else None
    return first if isinstance(first, int) else None


def _sliced(case: Case, side: Side, other: Side) -> Iterator[Candidate]:
    """`y[:n]` where the data are cut by `[:n]`."""
    node = case.text.expression(other.span)
    values = [*([] if node is None else [node]), *_assigned(case, other)]
    cuts = [each for value in values for each in ast.walk(value) if isinstance(each, ast.Subscript)]
    for cut in cuts:
        if isinstance(cut.slice, ast.Slice):
            index = f"[{case.text.slice(cut)[len(case.text.slice(cut.value)) :].strip()[1:-1]}]"
            edit = wrapped_data(case, side, lambda text, index=index: text + index)  # type: ignore[misc]
            yield Candidate(f"Slice {side.name}: {side.name}{index}", (edit,))


def _counted(case: Case, side: Side, have: int, want: int, rank: int) -> Iterator[Candidate]:
    """The number of the labels where it is written in what makes them; the data are what they are."""
    for value in _assigned(case, side):
        if not isinstance(value, ast.Call) or case.text.slice(value.func).endswith("reshape"):
            continue
        numbers = [node for node in ast.walk(value) if isinstance(node, ast.Constant) and node.value == have]
        if len(numbers) == 1 and type(numbers[0].value) is int:
            edit = Edit(case.text.offsets.span(numbers[0]), str(want))
            yield Candidate(f"Change the number of {side.name} to {want}", (edit,), rank)


def _reshaped(case: Case, side: Side, want: int) -> Iterator[Candidate]:
    """`reshape(1, n, 4)` for n samples of one step: `reshape(n, 1, 4)`."""
    for value in _assigned(case, side):
        if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Attribute) or value.func.attr != "reshape":
            continue
        items = value.args[0].elts if len(value.args) == 1 and isinstance(value.args[0], ast.Tuple) else value.args
        numbers = [item.value if isinstance(item, ast.Constant) else None for item in items]
        if len(items) > 2 and numbers[:2] == [1, want]:
            edits = (
                Edit(case.text.offsets.span(items[0]), str(want)),
                Edit(case.text.offsets.span(items[1]), "1"),
            )
            yield Candidate(f"Reshape {side.name} to ({want}, 1, …)", edits)


def _assigned(case: Case, side: Side) -> list[ast.expr]:
    """What was last given to the name of the data before the call."""
    name, start = case.document.slice(side.span), side.span.start
    found = [
        node
        for node in ast.walk(case.text.tree)
        if isinstance(node, ast.Assign)
        and [case.text.slice(target) for target in node.targets] == [name]
        and case.text.offsets.span(node).end <= start
    ]
    return [max(found, key=case.text.offsets.span).value] if found else []
