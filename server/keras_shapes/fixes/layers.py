"""The layers of a model, one after the other, and what fixes ask of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.edits import argument_span, insert_around_input, insert_before, remove_argument, value_span
from keras_shapes.fixes.imports import spelled
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.model import Apply, Argument, Call, Expression, Model, Node
from keras_shapes.rules.refusal_facts import declared_input, is_input
from keras_shapes.rules.training_views import wrapped
from keras_shapes.rules.wording import axes_of
from keras_shapes.source import Span

KEEPS_SHAPE = frozenset(
    """Activation ActivityRegularization AlphaDropout BatchNormalization Dropout ELU GaussianDropout GaussianNoise
    GroupNormalization Identity LayerNormalization LeakyReLU Masking PReLU ReLU Softmax SpatialDropout1D
    SpatialDropout2D SpatialDropout3D UnitNormalization""".split()
)
"""Layers that hand on the shape that they get."""


def elements_of(model: Model) -> list[Node]:
    """The elements that compute, those of models inside in their places."""
    found: list[Node] = []
    for element in model.nodes:
        if isinstance(element.expression, Model):
            found += elements_of(element.expression)
        elif not is_input(element):
            found.append(element)
    return found


def calls_of(model: Model) -> Iterator[Call]:
    """Every call that makes a layer, the inputs and those inside wrappers too."""
    for element in model.nodes:
        expression = element.expression.target if isinstance(element.expression, Apply) else element.expression
        if isinstance(expression, Model):
            yield from calls_of(expression)
        elif isinstance(expression, Call):
            yield from _with_inner(expression)


def call_around(model: Model, span: Span) -> Call | None:
    """The innermost layer whose call holds a span."""
    around = [call for call in calls_of(model) if call.span.encloses(span)]
    return min(around, key=lambda call: call.span.end - call.span.start, default=None)


def class_of(element: Node) -> str:
    """The class of the layer, without its wrapper."""
    inner = wrapped(element.expression)
    return inner.target.last if isinstance(inner, Call) else ""


def wants_steps(elements: Sequence[Node], index: int) -> bool:
    """Whether the next layer after this one that does not merely hand on takes a sequence."""
    for element in elements[index + 1 :]:
        outer = element.expression
        name = outer.target.last if isinstance(outer, Call) else ""
        if name in KEEPS_SHAPE:
            continue
        axes = axes_of(name)
        return axes is not None and len(axes) >= 3 and axes[1] == "steps"
    return False


def written_input(case: Case) -> tuple[Call, Argument] | None:
    """The call and the argument that tell the model's input shape."""
    declared = declared_input(case.subject.model)
    call = declared.element.expression if declared is not None else None
    return (call, declared.argument) if declared is not None and isinstance(call, Call) else None


def inserted(
    case: Case, element: Node, layer: str, arguments: str = "", new_input: str | None = None
) -> tuple[Edit, ...] | None:
    """The edits that put a layer before an element; before the first one, it takes over what declares the input.

    `new_input` is another input shape, as it is to be written.
    """
    name, imports = spelled(case.text, f"keras.layers.{layer}", element.span.start, first_layer(case))
    if case.subject.model.kind != "sequential":
        edits = insert_around_input(case.text, element, f"{name}({arguments})")
        return (*imports, *edits) if edits and new_input is None else None
    declared = written_input(case)
    moved: tuple[Edit, ...] = ()
    if declared is not None and declared[0] is element.expression:
        given = case.document.slice(argument_span(case.text, *declared))
        arguments = ", ".join(part for part in (arguments, f"input_shape={new_input}" if new_input else given) if part)
        moved = (remove_argument(case.text, *declared),)
    elif new_input is not None and declared is not None:
        moved = (Edit(value_span(case.text, *declared), new_input),)
    edit = insert_before(case.text, element, f"{name}({arguments})")
    return None if edit is None else (*imports, edit, *moved)


def with_input(case: Case, sizes: Sequence[object], rank: int = 0) -> Iterator[Candidate]:
    """`keras.Input(shape=…)` as the first element of a model that declares none."""
    shape = f"({sizes[0]},)" if len(sizes) == 1 else f"({', '.join(map(str, sizes))})"
    edits = input_inserted(case, f"shape={shape}")
    if edits is not None:
        yield Candidate(f"Add keras.Input(shape={shape})", edits, rank)


def input_inserted(case: Case, arguments: str) -> tuple[Edit, ...] | None:
    """The edits that put `Input(…)` before the first element."""
    if not case.subject.model.nodes:
        return None
    first = case.subject.model.nodes[0]
    name, imports = spelled(case.text, "keras.layers.Input", first.span.start, first_layer(case))
    if name.count(".") > 1:
        name = name.replace(".layers.", ".")
    edit = insert_before(case.text, first, f"{name}({arguments})")
    return None if edit is None else (*imports, edit)


def first_layer(case: Case) -> Call | None:
    """A layer of this model, to write others like it."""
    return next((each for each in calls_of(case.subject.model) if _same_module(each)), None)


def _same_module(call: Call) -> bool:
    return call.target.path.startswith("keras.layers.")


def _with_inner(call: Call) -> Iterator[Call]:
    yield call
    for argument in call.arguments:
        inner: Expression = argument.value
        if isinstance(inner, Call) and inner.target.path.startswith("keras.layers."):
            yield from _with_inner(inner)
