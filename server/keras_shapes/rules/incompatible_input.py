"""Keras refuses what reaches a layer: the explanation of last resort for a refusal while building."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from keras_shapes.diagnostic import Diagnostic, Related
from keras_shapes.model import Expression, Model, Node
from keras_shapes.rules.refusal_facts import (
    DeclaredInput,
    InputSpec,
    Step,
    declared_input,
    input_spec,
    is_input,
    mark_of,
    name_of,
    one_line,
    origin,
    rank_of,
    refused_element,
    refused_expression,
    shape_taken,
    steps_before,
)
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.wording import axes_of, axes_text, is_known, plural, shape_text, size_text
from keras_shapes.source import Document, Span
from keras_shapes.verdict import Refused


def check(subject: Subject) -> Iterator[Diagnostic]:
    """The refusal of an input, marked on the declared input where that is what the layer cannot take."""
    refusal = subject.refusal
    if refusal is None or refusal.stage != "build" or _is_behind_an_input(subject, refusal):
        return
    document = subject.document
    element, expression = refused_element(subject, refusal), refused_expression(subject, refusal)
    name = name_of(document, expression, refusal.layers[refusal.node])
    steps = steps_before(subject, refusal)
    above = origin(steps)
    place = mark_of(document, element, expression)
    needs, why = _needs(refusal, expression), _why(document, refusal, above)
    declared = declared_input(subject.model) if above is None else None
    mark = one_line(document, declared.argument.span) if declared and _input_is_at_fault(refusal, declared) else place
    yield RULE.report(
        mark,
        _message(name, needs, refusal, why),
        related=(*_related(document, mark, place, name, above, declared), *_first_built(name, expression)),
        keras_message=refusal.message,
    )


def _is_behind_an_input(subject: Subject, refusal: Refused) -> bool:
    """Whether data reach an `Input` that is not the first element: that is another rule's."""
    return any(is_input(element) for element in subject.model.nodes[1 : refusal.node + 1])


def _message(name: str, needs: str | None, refusal: Refused, why: str | None) -> str:
    got = shape_text(refusal.input_shape) if refusal.input_shape is not None else None
    if needs and got:
        return f"{name} needs {needs}, gets {got}" + (f": {why}" if why else "")
    said = _first_sentence(refusal.message) if is_known(refusal.input_shape) else ""
    return f"{name} does not accept {got or 'its input'}" + (f": {said}" if said else "")


def _needs(refusal: Refused, expression: Expression) -> str | None:
    """What the layer takes: its axes by name, with the sizes that it insists on."""
    if isinstance(expression, Model):
        taken = shape_taken(expression)
        return axes_text(("batch", *map(size_text, taken[1:]))) if isinstance(taken, tuple) else None
    spec, got = input_spec(refusal.input_spec), rank_of(refusal.input_shape)
    if got is None:
        return None
    if spec.shape is not None:
        return axes_text(("batch", *map(str, spec.shape[1:])))
    class_name = refusal.layers[refusal.node].class_name
    axes = axes_of(class_name, dict(refusal.config).get("data_format"))
    if class_name == "TimeDistributed" and got < 3:
        return axes_text(("batch", "steps", "features"))
    if not spec.refuses_rank(got):
        return _insisted(spec, got, axes)
    if axes is not None and len(axes) == spec.rank:
        return axes_text(axes)
    return None if spec.rank is None else plural(spec.rank, "axis")


def _insisted(spec: InputSpec, rank: int, axes: Sequence[str] | None) -> str | None:
    sizes = {axis % rank: size for axis, size in spec.axes.items() if size is not None and -rank <= axis < rank}
    if not sizes:
        return None
    names = axes if axes is not None and len(axes) == rank and "…" not in axes else ("batch", *["…"] * (rank - 1))
    return axes_text([str(sizes.get(axis, name)) for axis, name in enumerate(names)])


def _why(document: Document, refusal: Refused, above: Step | None) -> str | None:
    got, wants = rank_of(refusal.input_shape), input_spec(refusal.input_spec).rank
    if above is None:
        return None if got is None or wants is None or got == wants else _rank_words(wants - got, "the input")
    name = name_of(document, above.element.expression, above.verdict)
    before, after = rank_of(above.verdict.input_shape), rank_of(above.verdict.output_shape)
    if above.verdict.class_name == "Flatten":
        return f"the {name} above merges all axes into one"
    if before is not None and after is not None and after < before:
        return f"the {name} above drops {plural(before - after, 'axis')}"
    return f"that comes from {name}"


def _rank_words(lacking: int, who: str) -> str:
    if lacking > 0:
        return f"{who} lacks {plural(lacking, 'axis')}"
    return f"{who} has {plural(-lacking, 'axis')} too many"


def _input_is_at_fault(refusal: Refused, declared: DeclaredInput) -> bool:
    """A declared input that is one axis off is a slip there; anything else is for the layer to bridge."""
    got, wants = rank_of(refusal.input_shape), input_spec(refusal.input_spec).rank
    if declared.argument.name in {"input_shape", "input_dim"}:
        return True
    return got is not None and wants is not None and abs(got - wants) == 1


def _related(
    document: Document, mark: Span, place: Span, name: str, above: Step | None, declared: DeclaredInput | None
) -> Iterator[Related]:
    if mark != place:
        yield Related(f"{name} raises the error here", place)
    elif declared is not None:
        yield Related("the model's input is declared here", one_line(document, declared.argument.span))
    if above is not None and above.verdict.output_shape is not None:
        element = _last_inside(above.element)
        yield Related(
            f"{name_of(document, above.element.expression, above.verdict)} gives "
            f"{shape_text(above.verdict.output_shape)} here",
            mark_of(document, element),
        )


def _first_built(name: str, expression: Expression) -> Iterator[Related]:
    """Where a model inside the model got the input that it keeps."""
    if isinstance(expression, Model) and expression.input is not None:
        yield Related(f"{name} keeps the input that it gets first, here", expression.input.span)


def _last_inside(element: Node) -> Node:
    expression: Expression = element.expression
    if isinstance(expression, Model) and expression.nodes:
        return _last_inside(expression.nodes[-1])
    return element


def _first_sentence(message: str) -> str:
    """Keras' own words, for people: the line that says it, without the frame that names the call."""
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    if lines and lines[0].startswith("Exception encountered when calling"):
        lines = lines[1:]
    return lines[0].rstrip(".").replace("`", "") if lines else ""


RULE = Rule("incompatible-input", check, severity="error", needs="shapes", since="0.1.0", general=True)
