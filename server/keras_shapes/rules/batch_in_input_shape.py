"""The number of samples, or `None` for it, inside `input_shape`: Keras adds the batch axis itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from keras_shapes.data import Array
from keras_shapes.diagnostic import Diagnostic, Related
from keras_shapes.model import Expression, Unknown
from keras_shapes.rules.refusal_facts import (
    DeclaredInput,
    Step,
    axes_wanted,
    declared_input,
    input_spec,
    mark_of,
    name_of,
    one_line,
    origin,
    rank_of,
    refused_element,
    refused_expression,
    steps_before,
)
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.wording import axes_text, shape_text


def check(subject: Subject) -> Iterator[Diagnostic]:
    """A refused input that has one axis too many, where the first one is the batch."""
    refusal = subject.refusal
    if refusal is None or refusal.stage != "build" or _is_changed(steps_before(subject, refusal)):
        return
    declared, got = declared_input(subject.model), rank_of(refusal.input_shape)
    wants, axes = input_spec(refusal.input_spec).ndim, axes_wanted(refusal)
    if declared is None or got is None or refusal.input_shape is None or axes is None or wants != got - 1:
        return
    if not _starts_with_batch(subject, declared):
        return
    document = subject.document
    element, expression = refused_element(subject, refusal), refused_expression(subject, refusal)
    name = name_of(document, expression)
    yield RULE.report(
        one_line(document, declared.argument.span),
        f"{name} needs {axes_text(axes)}, gets {shape_text(refusal.input_shape)}: "
        f"{declared.argument.name or 'shape'} leaves the batch axis out",
        related=(Related(f"{name} raises the error here", mark_of(document, element, expression)),),
        keras_message=refusal.message,
    )


def _is_changed(steps: Sequence[Step]) -> bool:
    """Whether the input is another one at the layer, more than by the axis that an `Embedding` adds."""
    above = origin(steps)
    if above is None:
        return False
    before, after = rank_of(above.verdict.input_shape), rank_of(above.verdict.output_shape)
    added = before is not None and after is not None and after == before + 1
    return not added or origin(steps[: list(steps).index(above)]) is not None


def _starts_with_batch(subject: Subject, declared: DeclaredInput) -> bool:
    """Whether the first size is surely no size of one sample: None, 1, the number of samples, `batch_size`."""
    text = subject.document.slice(declared.argument.value_span)
    if text.endswith(".shape"):
        return True
    value = declared.argument.value
    if not isinstance(value, tuple | list) or declared.argument.name == "batch_shape":
        return False
    first = value[0]
    named = "batch" in text.strip("([ ").partition(",")[0]
    return named or first is None or first == 1 or any(_same(first, size) for size in _sample_counts(subject))


def _sample_counts(subject: Subject) -> Iterator[Expression]:
    for call in subject.model.training:
        given = call.argument("x", 0)
        if call.method != "compile" and given is not None and isinstance(given.value, Array) and given.value.shape:
            yield given.value.shape[0]


def _same(first: Expression, second: Expression) -> bool:
    if isinstance(first, Unknown) and isinstance(second, Unknown):
        return first.key is not None and first.key == second.key
    return isinstance(first, int) and isinstance(second, int) and first == second


RULE = Rule("batch-in-input-shape", check, severity="error", needs="shapes", since="0.1.0")
