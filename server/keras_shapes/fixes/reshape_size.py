"""A target that holds the values, or values enough for the target."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.edits import set_argument
from keras_shapes.fixes.inputs import tuple_text
from keras_shapes.fixes.layers import class_of, elements_of, inserted
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.model import Call
from keras_shapes.rules.refusal_facts import refused_element, refused_expression
from keras_shapes.rules.training_views import wrapped


def candidates(case: Case) -> Iterator[Candidate]:
    """Padding above where that makes up for it; else the target; a `Dense` before it only as an addition."""
    refusal = case.subject.refusal
    expression = refused_expression(case.subject, refusal) if refusal is not None else None
    if refusal is None or not isinstance(expression, Call) or not isinstance(refusal.input_shape, tuple):
        return
    argument, target = expression.argument("target_shape", 0), dict(refusal.config).get("target_shape")
    sizes = [size for size in refusal.input_shape[1:] if isinstance(size, int)]
    if argument is None or not isinstance(target, tuple | list):
        return
    element = refused_element(case.subject, refusal)
    yield from _padded(case)
    count, wanted = prod(sizes), [size for size in target if isinstance(size, int)]
    for new in _targets(wanted, count):
        edit = Edit(argument.value_span, tuple_text(new))
        yield Candidate(f"Change target_shape to {tuple_text(new)}", (edit,), rank=1, laundering=len(new) > 1)
    if len(sizes) == 1 and all(size > 0 for size in wanted):
        edits = inserted(case, element, "Dense", str(prod(wanted))) or ()
        title = f"Insert Dense({prod(wanted)}) before {class_of(element)}"
        yield Candidate(title, edits, rank=2, laundering=True)


def _padded(case: Case) -> Iterator[Candidate]:
    """Convolutions that take the edges off, where keeping them gives the number that is wanted."""
    edits = []
    for element in elements_of(case.subject.model):
        call = wrapped(element.expression)
        if isinstance(call, Call) and "Conv" in call.target.last and "Transpose" not in call.target.last:
            given = call.argument("padding")
            if given is None or given.value == "valid":
                edits.append(set_argument(case.text, call, "padding", case.text.quoted("same", call.span)))
    if edits:
        yield Candidate("Change padding to 'same'", tuple(dict.fromkeys(edits)))


def _targets(target: list[int], count: int) -> Iterator[list[int]]:
    """The target with one size changed so that it holds the values."""
    for index in range(len(target)):
        rest = prod(size for number, size in enumerate(target) if number != index)
        if rest > 0 and count % rest == 0:
            yield [*target[:index], count // rest, *target[index + 1 :]]
