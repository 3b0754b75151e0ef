"""Another declared input, or a layer between that makes the axes that are wanted."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from math import prod

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.data_edits import data_sides, numpy_function, wrapped_data
from keras_shapes.fixes.edits import argument_span, remove_argument, remove_element, wrapped
from keras_shapes.fixes.imports import replaced, spelled
from keras_shapes.fixes.inputs import data_sizes, input_changed, tuple_text, written_sizes
from keras_shapes.fixes.layers import KEEPS_SHAPE, class_of, first_layer, input_inserted, inserted, written_input
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.model import Call, Model, Node
from keras_shapes.rules.refusal_facts import (
    RECURRENT,
    Step,
    declared_input,
    input_spec,
    is_input,
    origin,
    rank_of,
    refused_element,
    shape_taken,
    steps_before,
)
from keras_shapes.verdict import Refused

_OVER_STEPS = frozenset(name for name in RECURRENT if not name.startswith("Conv"))


def candidates(case: Case) -> Iterator[Candidate]:
    """At the input where the shape comes from there, else between the layers."""
    refusal = case.subject.refusal
    if refusal is None:
        return
    steps = steps_before(case.subject, refusal)
    above, element = origin(steps), refused_element(case.subject, refusal)
    yield from _reduced_twice(case, refusal, element)
    yield from _fixed_batch(case, refusal)
    yield from _all_channels(case, refusal, element)
    if above is None:
        yield from _input(case, refusal)
    elif _keeps_rank(steps):
        yield from _input_of_data(case, refusal)
    elif class_of(above.element) == "Flatten":
        yield from _flattened(case, refusal, steps, above, element)
    if isinstance(element.expression, Model):
        yield from _inner_input(refusal, element.expression)
    else:
        yield from _between(case, refusal, element, above)


def _wanted_rank(refusal: Refused) -> int | None:
    spec = input_spec(refusal.input_spec)
    if spec.rank is not None:
        return spec.rank
    return 3 if refusal.layers[refusal.node].class_name in {"TimeDistributed", *_OVER_STEPS} else None


def _keeps_rank(steps: Sequence[Step]) -> bool:
    """Whether the layers above work on the last axis alone: a missing axis is missing in the input then."""
    return all(is_input(step.element) or class_name(step) in {"Dense", *KEEPS_SHAPE} for step in steps)


def _input_of_data(case: Case, refusal: Refused) -> Iterator[Candidate]:
    data, wants = data_sizes(case), _wanted_rank(refusal)
    if data is not None and wants is not None and len(data) == wants - 1:
        yield from _given(input_changed(case, data))


def _reduced_twice(case: Case, refusal: Refused, element: Node) -> Iterator[Candidate]:
    """A pooling over images where the images are vectors already."""
    name, got, wants = class_of(element), rank_of(refusal.input_shape), _wanted_rank(refusal)
    if "Pooling" in name and got == 2 and wants is not None and wants > 2:
        edit = remove_element(case.text, element)
        if edit is not None:
            yield Candidate(f"Remove {name}", (edit,))


def _fixed_batch(case: Case, refusal: Refused) -> Iterator[Candidate]:
    """A stateful layer needs a batch of one size: that of the training, where it is written, else one sample."""
    declared, fed = written_input(case), refusal.input_shape
    stateful = dict(refusal.config).get("stateful") is True
    if not stateful or declared is None or not isinstance(fed, tuple) or fed[0] is not None:
        return
    sizes = written_sizes(case, *declared)
    if sizes is None or declared[1].name == "input_dim":
        return
    given = next((found for call in case.subject.model.training if (found := call.argument("batch_size", 2))), None)
    batch = case.document.slice(given.value_span) if given is not None else "1"
    call, argument = declared
    shape = f"batch_shape={tuple_text([batch, *sizes])}"
    title = f"Use keras.Input({shape})"
    if call.target.last == "Input":
        yield Candidate(title, (Edit(argument_span(case.text, call, argument), shape),))
        return
    edits = input_inserted(case, shape)
    if edits is not None:
        yield Candidate(title, (*edits, remove_argument(case.text, call, argument)))


def _input(case: Case, refusal: Refused) -> Iterator[Candidate]:
    got, wants, declared = rank_of(refusal.input_shape), _wanted_rank(refusal), written_input(case)
    if got is None or wants is None or declared is None:
        return
    sizes, data = written_sizes(case, *declared), data_sizes(case)
    if data is not None and len(data) == wants - 1:
        yield from _given(input_changed(case, data))
    if sizes is None:
        shape = refusal.input_shape
        if got == wants + 1 and isinstance(shape, tuple) and shape[1] == 1:
            yield from _given(input_changed(case, shape[2:]))
        return
    if got == wants - 1:
        first = input_changed(case, [1, *sizes], rank=1)
        yield from _given(input_changed(case, [*sizes, 1]))
        yield from _given(first)
        if declared[1].name == "input_dim" and first is not None:
            yield from _with_steps(case, first)
    if got == wants + 1 and sizes[-1] == "1":
        yield from _given(input_changed(case, sizes[:-1], rank=1))
    if got == wants + 1 and sizes[0] == "1":
        yield from _given(input_changed(case, sizes[1:], rank=1))


def _with_steps(case: Case, found: Candidate) -> Iterator[Candidate]:
    """Data of one step each, for an input of one step."""
    sides = list(data_sides(case))
    newaxis, imports = numpy_function(case, "newaxis", sides[0].span.start) if sides else ("", ())
    if sides and all(side.array is not None and rank_of(side.shape) == 2 for side in sides):
        edits = [wrapped_data(case, side, lambda text: f"{text}[:, {newaxis}]") for side in sides]
        yield Candidate(
            f"{found.title} and expand dims of {sides[0].name}", (*imports, *found.edits, *edits), found.rank
        )


def _all_channels(case: Case, refusal: Refused, element: Node) -> Iterator[Candidate]:
    """An image of one channel for a model of several: another input, else the channel as often as it is wanted."""
    shape, channels = refusal.input_shape, _channels_of(element)
    if channels is None or not isinstance(shape, tuple) or len(shape) != 4 or shape[-1] != 1:
        return
    declared = written_input(case)
    sizes = written_sizes(case, *declared) if declared is not None else None
    if sizes is not None and len(sizes) == 3:
        yield from _given(input_changed(case, [*sizes[:-1], str(channels)]))
    node = case.text.expression(element.span)
    given = node.args[0] if isinstance(node, ast.Call) and len(node.args) == 1 else None
    if isinstance(given, ast.Name):
        name, imports = spelled(case.text, "keras.layers.Concatenate", element.span.start, first_layer(case))
        edits = wrapped(case.text.offsets.span(given), f"{name}()([", f", {given.id}" * (channels - 1) + "])")
        yield Candidate(f"Give {given.id} as each of the {channels} channels", (*imports, *edits), 1)


def _channels_of(element: Node) -> int | None:
    """How many channels a base model of Keras or a model inside takes."""
    match element.expression:
        case Call(target=target) if target.path.startswith("keras.applications."):
            return 3
        case Model() as model:
            taken = shape_taken(model)
            last = taken[-1] if isinstance(taken, tuple) and len(taken) == 4 else None
            return last if isinstance(last, int) and 1 < last <= 4 else None
        case _:
            return None


def _given(candidate: Candidate | None) -> Iterator[Candidate]:
    if candidate is not None:
        yield candidate


def _flattened(case: Case, refusal: Refused, steps: Sequence[Step], above: Step, element: Node) -> Iterator[Candidate]:
    """`Flatten` before a layer that wants steps: not to flatten them, or not to flatten at all."""
    shape, wants, flatten = above.verdict.input_shape, _wanted_rank(refusal), above.element.expression
    if not isinstance(shape, tuple) or wants != 3 or not isinstance(flatten, Call):
        return
    at, distributed = flatten.span.start, any(class_name(step) == "TimeDistributed" for step in steps)
    if distributed and len(shape) > 3:
        spelling, imports = spelled(case.text, "keras.layers.TimeDistributed", at, flatten)
        edits = (*imports, *wrapped(flatten.span, f"{spelling}(", ")"))
        yield Candidate("Wrap Flatten in TimeDistributed", edits)
    if all(isinstance(size, int) for size in shape[1:]) and len(shape) > 3:
        rest = "-1" if distributed else str(prod(size for size in shape[2:] if isinstance(size, int)))
        target = tuple_text([shape[1], rest])
        spelling, imports = replaced(case.text, flatten, "keras.layers.Reshape", at)
        title = f"Replace Flatten() with Reshape({target})"
        yield Candidate(title, (*imports, Edit(flatten.span, f"{spelling}({target})")), rank=1 if distributed else 0)
    edits = inserted(case, element, "Reshape", "(1, -1)") or ()
    title = f"Insert Reshape((1, -1)) before {class_of(element)}"
    yield Candidate(title, edits, rank=2, laundering=True)


def class_name(step: Step) -> str:
    """The class of a step as Keras says it."""
    return step.verdict.class_name


def _between(case: Case, refusal: Refused, element: Node, above: Step | None) -> Iterator[Candidate]:
    """A map into a layer that wants steps: its rows are the steps. A vector into a layer that wants a map: none."""
    shape, wants, name = refusal.input_shape, _wanted_rank(refusal), class_of(element)
    if not isinstance(shape, tuple) or wants is None or not all(isinstance(size, int) for size in shape[1:]):
        return
    sizes = [size for size in shape[1:] if isinstance(size, int)]
    if len(shape) > wants == 3 and above is not None:
        target = tuple_text([sizes[0], prod(sizes[1:])])
        yield Candidate(f"Insert Reshape({target}) before {name}", inserted(case, element, "Reshape", target) or ())
    exact = input_spec(refusal.input_spec).ndim
    if len(shape) > 2 and exact == 2:
        yield Candidate(f"Insert Flatten() before {name}", inserted(case, element, "Flatten") or ())
    if len(shape) == 2 and wants == 3 and (above is None or class_of(above.element) != "Flatten"):
        for target in (tuple_text([sizes[0], 1]), tuple_text([1, sizes[0]])):
            edits = inserted(case, element, "Reshape", target) or ()
            yield Candidate(f"Insert Reshape({target}) before {name}", edits, rank=2, laundering=True)
    flat = input_spec(refusal.input_spec).axes
    if len(shape) > 2 and len(flat) == 1 and wants == 2 and exact is None:
        yield Candidate(f"Insert Flatten() before {name}", inserted(case, element, "Flatten") or (), rank=1)


def _inner_input(refusal: Refused, inner: Model) -> Iterator[Candidate]:
    """A model whose declared input does not fit what another one gives: bent to it only as the last way."""
    declared, shape = declared_input(inner), refusal.input_shape
    if declared is None or not isinstance(shape, tuple) or declared.argument.name not in {"shape", "input_shape", None}:
        return
    if all(isinstance(size, int) for size in shape[1:]):
        edit = Edit(declared.argument.value_span, tuple_text(shape[1:]))
        title = f"Change the input of {inner.name or 'the model'} to {tuple_text(shape[1:])}"
        yield Candidate(title, (edit,), rank=2, laundering=True)
