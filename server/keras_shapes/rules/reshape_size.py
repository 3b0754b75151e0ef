"""`Reshape` to a shape that has another number of values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod

from keras_shapes.diagnostic import Diagnostic, Related
from keras_shapes.model import Call
from keras_shapes.rules.refusal_facts import (
    mark_of,
    name_of,
    one_line,
    origin,
    refused_element,
    refused_expression,
    steps_before,
)
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.wording import shape_text, times_text
from keras_shapes.verdict import Refused


def check(subject: Subject) -> Iterator[Diagnostic]:
    """A refusal by `Reshape` whose target cannot hold the values that it gets."""
    refusal = subject.refusal
    if refusal is None or refusal.stage != "build":
        return
    target, values = _target(refusal), _sizes(refusal.input_shape)
    if target is None or values is None or _fits(target, prod(values)):
        return
    element, expression = refused_element(subject, refusal), refused_expression(subject, refusal)
    document, name = subject.document, name_of(subject.document, expression)
    argument = expression.argument("target_shape", 0) if isinstance(expression, Call) else None
    mark = one_line(document, argument.span) if argument else mark_of(document, element, expression)
    above = origin(steps_before(subject, refusal))
    yield RULE.report(
        mark,
        f"{name} needs {_needed(target)} for {shape_text(target)}, gets {shape_text(refusal.input_shape or ())}: "
        f"{_count(values)} values",
        related=() if above is None else (Related("the values come from here", mark_of(document, above.element)),),
        keras_message=refusal.message,
    )


def _target(refusal: Refused) -> tuple[int, ...] | None:
    config = dict(refusal.config)
    return _sizes(config.get("target_shape"), batch=False)


def _sizes(shape: object, *, batch: bool = True) -> tuple[int, ...] | None:
    """The sizes of a shape that is known to the last, without its batch axis."""
    if not isinstance(shape, Sequence):
        return None
    sizes = [size for size in shape[1 if batch else 0 :] if isinstance(size, int)]
    return tuple(sizes) if len(sizes) == len(shape) - batch else None


def _fits(target: Sequence[int], count: int) -> bool:
    known = prod(size for size in target if size >= 0)
    if any(size < 0 for size in target):
        return known > 0 and count % known == 0
    return known == count


def _needed(target: Sequence[int]) -> str:
    known = prod(size for size in target if size >= 0)
    return f"a multiple of {known} values" if any(size < 0 for size in target) else f"{known} values"


def _count(sizes: Sequence[int]) -> str:
    return str(prod(sizes)) if len(sizes) < 2 else f"{times_text(sizes)} = {prod(sizes)}"


RULE = Rule("reshape-size", check, severity="error", needs="shapes", since="0.1.0")
