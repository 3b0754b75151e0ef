"""Another shape for the input that the source declares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from keras_shapes.data import Array, Dataset
from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.edits import value_span
from keras_shapes.fixes.layers import written_input
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.model import Argument, Call


def tuple_text(sizes: Sequence[object]) -> str:
    """`(9, 1)`, `(100,)`, `(None, 3)`."""
    inner = ", ".join(str(size) for size in sizes)
    return f"({inner},)" if len(sizes) == 1 else f"({inner})"


def input_changed(
    case: Case, sizes: Sequence[object], *, rank: int = 0, laundering: bool = False, shown: Sequence[object] = ()
) -> Candidate | None:
    """Declare this shape of one sample; `sizes` are numbers, None or expressions as they are to be written."""
    declared = written_input(case)
    if declared is None:
        return None
    call, argument = declared
    old, new = case.document.slice(argument.span), tuple_text(sizes)
    if argument.name == "input_dim" and len(sizes) == 1:
        edit = Edit(argument.value_span, str(sizes[0]))
        title = f"Change input_dim to {(shown or sizes)[0]}"
    elif argument.name == "input_dim":
        edit = Edit(argument.span, f"input_shape={new}")
        title = f"Change {old} to input_shape={tuple_text(shown or sizes)}"
    elif argument.name in {"batch_shape", "batch_input_shape"}:
        return None
    else:
        edit = Edit(value_span(case.text, call, argument), new)
        title = f"Change {argument.name or 'shape'} to {tuple_text(shown or sizes)}"
    return Candidate(title, (edit,), rank, laundering=laundering)


def written_sizes(case: Case, call: Call, argument: Argument) -> list[str] | None:
    """The sizes of a declared shape as they are written, where it is written as a tuple."""
    if argument.name == "input_dim":
        return [case.document.slice(argument.value_span)]
    node = case.text.expression(value_span(case.text, call, argument)) or case.text.expression(argument.value_span)
    items = getattr(node, "elts", None)
    return None if items is None else [case.text.slice(item) for item in items]


def sizes_of_data(case: Case, rank: int = 0) -> Iterator[Candidate]:
    """`input_shape=X.shape` becomes `X.shape[1:]`, with an axis of one feature more where that is lacking."""
    declared = written_input(case)
    if declared is None:
        return
    _, argument = declared
    value, written = argument.value, case.document.slice(argument.value_span)
    name = argument.name or "shape"
    if not written.endswith(".shape") or not isinstance(value, tuple | list):
        return
    sizes = [f"{written}[{axis}]" for axis in range(1, len(value))]
    edit = Edit(argument.value_span, f"{written}[1:]")
    yield Candidate(f"Change {name} to {written}[1:]", (edit,), rank)
    edit = Edit(argument.value_span, tuple_text([*sizes, 1]))
    yield Candidate(f"Change {name} to {tuple_text([*sizes, 1])}", (edit,), rank + 1)


def data_sizes(case: Case) -> tuple[int, ...] | None:
    """The shape of one sample of the data that the model is trained with, where it is known."""
    for call in case.subject.model.training:
        given = call.argument("x", 0)
        if call.method == "compile" or given is None:
            continue
        array = given.value
        if isinstance(array, Dataset) and isinstance(array.element, tuple) and array.element:
            array = array.element[0]
        if isinstance(array, Array) and array.shape and all(isinstance(size, int) for size in array.shape[1:]):
            return tuple(size for size in array.shape[1:] if isinstance(size, int))
    return None
