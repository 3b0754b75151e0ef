"""Data and input of one rank: an axis more or less, another arrangement, or another declared input."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from math import prod

from keras_shapes.data import Features
from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.data_edits import data_sides, numpy_function, same_data, wrapped_data
from keras_shapes.fixes.inputs import input_changed, sizes_of_data, tuple_text, written_sizes
from keras_shapes.fixes.layers import class_of, elements_of, inserted, with_input, written_input
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.rules.call_data import data_met, lacking_axes
from keras_shapes.rules.data_causes import data_clash
from keras_shapes.rules.training_views import Side, Trial, text_of


def candidates(case: Case) -> Iterator[Candidate]:
    """At the declared input where that is marked, else at the data."""
    if data_met(case.subject) is not None:
        yield from _of_call(case)
        return
    trial = data_clash(case.subject, "rank")
    if trial is None or trial.x is None or not isinstance(trial.x.shape, tuple):
        return
    if case.diagnostic.span.start != trial.x.span.start:
        yield from _input(case, trial)
        return
    taken = trial.input_shape if trial.meeting.declared else None
    yield from _without_batch(case, trial)
    data = trial.x.shape
    if isinstance(taken, tuple):
        yield from _to_fit(case, trial, data, taken)
    elif trial.refusal is not None and len(data) + 1 in trial.refusal.ranks:
        yield from _expanded(case, trial, "[..., {newaxis}]")
        if all(isinstance(size, int) for size in data[1:]):
            yield from with_input(case, [*data[1:], 1], rank=1)


def _of_call(case: Case) -> Iterator[Candidate]:
    """All data of the model get the axis that a layer in its `call` misses."""
    met, sides = data_met(case.subject), list(data_sides(case))
    if met is None or lacking_axes(case.subject) != 1 or not sides:
        return
    newaxis, imports = numpy_function(case, "newaxis", met.span.start)
    edits = tuple(wrapped_data(case, side, lambda text: f"{text}[..., {newaxis}]") for side in sides)
    shown = f": {met.name}[..., np.newaxis]" if met.name.isidentifier() else ""
    yield Candidate(f"Expand dims of {met.name}{shown}", (*imports, *edits))


def _input(case: Case, trial: Trial) -> Iterator[Candidate]:
    """The declared shape counts the samples."""
    yield from sizes_of_data(case)
    declared = written_input(case)
    sizes = written_sizes(case, *declared) if declared is not None else None
    if sizes is None or trial.x is None or len(sizes) < 2:
        return
    for rank, new in enumerate((sizes[1:], [*sizes[1:], "1"])):
        found = input_changed(case, new, rank=2 * rank)
        if found is not None:
            yield found
    found = input_changed(case, ["1", *sizes[1:]])
    if found is not None:
        inner = ", ".join(["-1", "1", *sizes[1:]])
        edits = [wrapped_data(case, side, lambda text: f"{text}.reshape({inner})") for side in same_data(case, trial)]
        yield Candidate(f"{found.title} and reshape {trial.x.name}", (*found.edits, *edits), rank=1)


def _without_batch(case: Case, trial: Trial) -> Iterator[Candidate]:
    """One sample: `x_test[5]` becomes `x_test[5:6]`, other data get an axis in front."""
    x, taken = trial.x, trial.input_shape
    if x is None or not isinstance(taken, tuple) or not isinstance(x.shape, tuple) or len(x.shape) != len(taken) - 1:
        return
    if any(None not in pair and pair[0] != pair[1] for pair in zip(x.shape, taken[1:], strict=True)):
        return
    node = case.text.expression(x.span)
    if isinstance(node, ast.Subscript) and (index := _as_slice(case, node.slice)) is not None:
        edit = Edit(case.text.offsets.span(node.slice), index)
        new = f"{case.text.slice(node.value)}[{index}]"
        yield Candidate(f"Change {case.text.slice(node)} to {new}", (edit,))
    function, imports = numpy_function(case, "expand_dims", x.span.start)
    edit = Edit(x.span, f"{function}({case.document.slice(x.span)}, axis=0)")
    yield Candidate(f"Expand dims of {x.name}: np.expand_dims({x.name}, axis=0)", (*imports, edit), rank=1)


def _as_slice(case: Case, index: ast.expr) -> str | None:
    text = case.text.slice(index)
    match index:
        case ast.Constant(value=int(number)) if not isinstance(number, bool):
            return f"{number}:{number + 1}"
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(number))):
            return f"-{number}:" if number == 1 else f"-{number}:-{number - 1}"
        case ast.Name():
            return f"{text}:{text} + 1"
    return None


def _to_fit(case: Case, trial: Trial, data: Sequence[object], taken: Sequence[object]) -> Iterator[Candidate]:
    assert trial.x is not None
    known = [size for size in data[1:] if isinstance(size, int)]
    wanted = [size for size in taken[1:] if isinstance(size, int)]
    same = len(known) == len(data) - 1 and len(wanted) == len(taken) - 1 and prod(known) == prod(wanted)
    if len(data) == len(taken) + 1 and data[1] == 1:
        yield from _indexed(case, trial, "[:, 0]", "Squeeze")
    elif len(data) == len(taken) + 1 and data[-1] == 1:
        yield from _indexed(case, trial, "[..., 0]", "Squeeze")
    elif same:
        yield from _reshaped(case, trial, tuple_text([-1, *wanted]))
    elif len(data) == 1 and len(taken) > 2 and all(size in (1, None) for size in taken[1:]):
        yield from _reshaped(case, trial, tuple_text([-1, *[1] * (len(taken) - 1)]))
    if len(data) == len(taken) - 1 and not same:
        one_sample = data == taken[1:]
        yield from _without_steps(case, data, taken)
        yield from _expanded(case, trial, "[:, {newaxis}]", rank=1 if one_sample else 0, with_labels=True)
        yield from _expanded(case, trial, "[..., {newaxis}]", rank=1)
    if len(known) == len(data) - 1 and data != taken[1:]:
        yield from _input_of_data(case, known, taken, flat=same)


def _without_steps(case: Case, data: Sequence[object], taken: Sequence[object]) -> Iterator[Candidate]:
    """`(None, 100)` for data without steps: the first size was meant to be the batch."""
    declared = written_input(case)
    sizes = written_sizes(case, *declared) if declared is not None else None
    if sizes is not None and sizes[0] == "None" and list(taken[2:]) == list(data[1:]):
        found = input_changed(case, sizes[1:], rank=-1)
        if found is not None:
            yield found


def _input_of_data(case: Case, known: list[int], taken: Sequence[object], *, flat: bool) -> Iterator[Candidate]:
    """`Flatten` in front of a model that takes vectors; the declared input bent to the data as the last way."""
    elements = elements_of(case.subject.model)
    if len(taken) == 2 and len(known) == 3 and known[-1] == taken[-1] and elements:
        edits = inserted(case, elements[0], "GlobalAveragePooling2D", new_input=tuple_text(known))
        if edits is not None:
            name = class_of(elements[0])
            yield Candidate(f"Insert GlobalAveragePooling2D() before {name}", edits, rank=-1)
    if len(taken) == 2 and len(known) > 1 and elements:
        edits = inserted(case, elements[0], "Flatten", new_input=tuple_text(known))
        if edits is not None:
            name = class_of(elements[0])
            yield Candidate(f"Insert Flatten() before {name}", edits, rank=0 if not flat else 1)
    bent = input_changed(case, [*known, 1], rank=2, laundering=True)
    if bent is not None and len(known) + 1 == len(taken) - 1:
        yield bent
    plain = input_changed(case, known, rank=1, laundering=True)
    if plain is not None and len(taken) > 2:
        yield plain


def _indexed(case: Case, trial: Trial, index: str, verb: str) -> Iterator[Candidate]:
    yield from _changed(case, trial, lambda text: text + index, f"{verb} {{name}}: {{name}}{index}")


def _reshaped(case: Case, trial: Trial, target: str) -> Iterator[Candidate]:
    assert trial.x is not None
    array = trial.x.array
    if isinstance(trial.x.value, Features) or (array is not None and array.library == "numpy"):
        yield from _changed(case, trial, lambda text: f"{text}.reshape{target}", f"Reshape {{name}} to {target}")
        return
    function, imports = numpy_function(case, "reshape", trial.x.span.start)
    title = f"Reshape {{name}} to {target}"
    yield from _changed(case, trial, lambda text: f"{function}({text}, {target})", title, imports)


def _expanded(case: Case, trial: Trial, index: str, *, rank: int = 0, with_labels: bool = False) -> Iterator[Candidate]:
    assert trial.x is not None
    newaxis, imports = numpy_function(case, "newaxis", trial.x.span.start)
    written, shown = index.format(newaxis=newaxis), index.format(newaxis="np.newaxis")
    title = f"Expand dims of {{name}}: {{name}}{shown}"
    yield from _changed(case, trial, lambda text: text + written, title, imports, rank)
    labels = trial.call.argument("y", 1)
    if with_labels and labels is not None:
        side = Side(labels.value, labels.value_span, case.document.slice(labels.value_span))
        sides = [*same_data(case, trial), side]
        edits = tuple(wrapped_data(case, each, lambda text: text + written) for each in sides)
        both = f"{trial.x.name} and {text_of(case.document, side.span, 'the labels')}"
        yield Candidate(f"Expand dims of {both}", (*imports, *edits), rank + 1)


def _changed(
    case: Case,
    trial: Trial,
    change: Callable[[str], str],
    title: str,
    imports: tuple[Edit, ...] = (),
    rank: int = 0,
) -> Iterator[Candidate]:
    assert trial.x is not None
    edits = tuple(wrapped_data(case, side, change) for side in same_data(case, trial))
    nameless = trial.x.name != case.document.slice(trial.x.span)
    shown = title.partition(":")[0] if nameless else title
    yield Candidate(shown.format(name=trial.x.name), (*imports, *edits), rank)
