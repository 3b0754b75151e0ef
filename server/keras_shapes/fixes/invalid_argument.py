"""An argument, or the name of a function, spelt as Keras spells it; a whole number where one is needed."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.keras_names import KERAS_NAMES
from keras_shapes.model import Argument, Call
from keras_shapes.rules.refusal_facts import bound_arguments, refused_expression
from keras_shapes.source import Span
from keras_shapes.verdict import Refused

_KINDS = {"activation": "activations", "initializer": "initializers", "regularizer": "regularizers"}


def candidates(case: Case) -> Iterator[Candidate]:
    """For the argument that is marked."""
    refusal = case.subject.refusal
    call = refused_expression(case.subject, refusal) if refusal is not None else None
    if refusal is None or not isinstance(call, Call):
        return
    yield from _of_keras_1(case, call)
    bound = bound_arguments(call, refusal.parameters)
    for name in refusal.blamed:
        if name in bound:
            yield from _repaired(case, refusal, name, bound[name])
            return


def _of_keras_1(case: Case, call: Call) -> Iterator[Candidate]:
    """`Conv2D(36, 7, 7)` with the window in two numbers, `Dense(in, out)` with the size of the input in front."""
    given = [argument for argument in call.arguments if argument.name is None]
    if not all(isinstance(argument.value, int) for argument in given):
        return
    name = call.target.last
    if name == "Dense" and len(given) == 2:
        first, second = given
        edit = Edit(Span(first.span.start, second.span.start), "")
        yield Candidate(f"Change to {name}({case.document.slice(second.span)})", (edit,))
    if name in {"Conv2D", "Convolution2D", "SeparableConv2D"} and len(given) in {3, 4}:
        window = f"({', '.join(case.document.slice(argument.span) for argument in given[-2:])})"
        edit = Edit(Span(given[1].span.start, given[-1].span.end), window)
        yield Candidate(f"Change to {name}({case.document.slice(given[0].span)}, {window})", (edit,))


def _repaired(case: Case, refusal: Refused, name: str, argument: Argument) -> Iterator[Candidate]:
    value = argument.value
    if refusal.parameters and name not in refusal.parameters:
        for near in get_close_matches(name, refusal.parameters, n=1):
            edit = Edit(Span(argument.span.start, argument.span.start + len(name)), near)
            yield Candidate(f"Change {name} to {near}", (edit,))
        return
    written = case.document.slice(argument.value_span)
    module = next((module for ending, module in _KINDS.items() if name.endswith(ending)), None)
    if module is not None and isinstance(value, str) and written[1:-1] == value:
        for near in get_close_matches(value, KERAS_NAMES[f"keras.{module}"], n=1):
            edit = Edit(argument.value_span, case.text.quoted(near, argument.value_span))
            yield Candidate(f"Change {name} to '{near}'", (edit,))
    if isinstance(value, float) and value.is_integer():
        new = str(int(value)) if written == str(value) else f"int({written})"
        yield Candidate(f"Change {name} to {new}", (Edit(argument.value_span, new),))
    if isinstance(value, str) and value.isdigit() and written[1:-1] == value:
        yield Candidate(f"Change {name} to {value}", (Edit(argument.value_span, value),))
