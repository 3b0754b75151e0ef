"""Arguments of earlier versions in today's spelling, all those of one call at once."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.edits import remove_argument
from keras_shapes.fixes.inputs import tuple_text
from keras_shapes.fixes.layers import input_inserted
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.model import Argument, Call
from keras_shapes.rules.refusal_facts import bound_arguments, refused_expression
from keras_shapes.rules.removed_argument import new_name
from keras_shapes.source import Span

_WINDOWS = ("nb_row", "nb_col")
_STEPS = "input_length"


def candidates(case: Case) -> Iterator[Candidate]:
    """One fix for the call: renamed, said by `Input`, or left out."""
    refusal = case.subject.refusal
    call = refused_expression(case.subject, refusal) if refusal is not None else None
    if refusal is None or not isinstance(call, Call):
        return
    bound = bound_arguments(call, refusal.parameters)
    old = {name: bound[name] for name in bound if name not in refusal.parameters or name == "input_length"}
    edits: list[Edit] = []
    titles: list[str] = []
    safe = True
    if "batch_input_shape" in old and _is_first(case, call):
        argument = old.pop("batch_input_shape")
        batch = case.document.slice(argument.value_span)
        added = input_inserted(case, f"batch_shape={batch}")
        if added is None:
            return
        edits += [*added, remove_argument(case.text, call, argument)]
        titles.append(f"Replace batch_input_shape with keras.Input(batch_shape={batch})")
        safe = False
    if _STEPS in old and "input_dim" in bound and call.target.last != "Embedding":
        edits += _as_shape(case, call, old.pop(_STEPS), bound["input_dim"], titles)
    edits += _window(case, call, old, titles)
    for name, argument in old.items():
        new = new_name(name, refusal.parameters)
        if new is not None:
            edits.append(Edit(Span(argument.span.start, argument.span.start + len(name)), new))
            titles.append(f"Change {name} to {new}")
        else:
            edits.append(remove_argument(case.text, call, argument))
            titles.append(f"Remove {name}")
    if titles:
        title = titles[0] + "".join(f", {each[0].lower()}{each[1:]}" for each in titles[1:])
        yield Candidate(title, tuple(edits), safe=safe)


def _is_first(case: Case, call: Call) -> bool:
    elements = case.subject.model.nodes
    first = elements[0].expression if elements else None
    return isinstance(first, Call) and first.span.encloses(call.span)


def _as_shape(case: Case, call: Call, steps: Argument, features: Argument, titles: list[str]) -> list[Edit]:
    """`input_length=5, input_dim=3` is `input_shape=(5, 3)`: written in the place of the first of them."""
    shape = tuple_text([case.document.slice(steps.value_span), case.document.slice(features.value_span)])
    first, second = sorted((steps, features), key=lambda each: each.span)
    titles.append(f"Replace input_length and input_dim with input_shape={shape}")
    return [Edit(first.span, f"input_shape={shape}"), remove_argument(case.text, call, second)]


def _window(case: Case, call: Call, old: dict[str, Argument], titles: list[str]) -> list[Edit]:
    """`nb_row=3, nb_col=3` is `kernel_size=(3, 3)`."""
    if not all(name in old for name in _WINDOWS):
        return []
    row, column = (old.pop(name) for name in _WINDOWS)
    size = tuple_text([case.document.slice(row.value_span), case.document.slice(column.value_span)])
    titles.append(f"Replace nb_row and nb_col with kernel_size={size}")
    return [Edit(row.span, f"kernel_size={size}"), remove_argument(case.text, call, column)]
