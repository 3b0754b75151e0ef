"""An image shape with the channels first where the layers take them last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from keras_shapes.data import Array
from keras_shapes.diagnostic import Diagnostic, Related, Severity
from keras_shapes.model import Call, Expression, Model
from keras_shapes.rules.data_causes import declared_channels_first
from keras_shapes.rules.negative_dimension import misfit_of
from keras_shapes.rules.refusal_facts import DeclaredInput, declared_input, is_input, name_of, one_line
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.training_views import first_refused
from keras_shapes.rules.wording import axes_of, axes_text, shape_text
from keras_shapes.verdict import Built

_CHANNELS = frozenset({1, 3, 4})
_OVER_IMAGES = ("Conv", "Pool", "Padding", "Cropping", "UpSampling")


def check(subject: Subject) -> Iterator[Diagnostic]:
    """An error where the low "image" makes Keras refuse a window, a warning where it runs over rows of channels."""
    declared = declared_input(subject.model)
    sizes = _image(declared)
    layer = _first_layer(subject.model)
    if declared is None or sizes is None or layer is None or not _takes_channels_last(subject.model, layer):
        return
    severity = _severity(subject, sizes)
    if severity is None:
        return
    name = name_of(subject.document, layer)
    axes = axes_of(layer.target.last) or ()
    yield RULE.report(
        one_line(subject.document, declared.argument.span),
        f"{name} needs {axes_text(axes)}, gets {shape_text((None, *sizes))}: the channels stand first",
        severity=severity,
        related=(Related(f"{name} takes the channels last", layer.name_span),),
        keras_message=subject.refusal.message if subject.refusal else None,
    )


def _severity(subject: Subject, sizes: Sequence[int]) -> Severity | None:
    refusal = subject.refusal
    if refusal is not None:
        small = refusal.input_shape is not None and misfit_of(dict(refusal.config), refusal.input_shape) is not None
        return "error" if refusal.stage == "build" and small else None
    refused = first_refused(subject)
    if refused is not None and declared_channels_first(refused):
        return "error"
    square = sizes[1] == sizes[2] and not _data_agrees(subject.model, sizes)
    return "warning" if square and isinstance(subject.verdict, Built) else None


def _image(declared: DeclaredInput | None) -> tuple[int, int, int] | None:
    """The sizes of the input if they look like channels, height, width."""
    value = declared.argument.value if declared is not None else None
    if not isinstance(value, tuple | list) or len(value) != 3:
        return None
    sizes = [size for size in value if isinstance(size, int)]
    if len(sizes) != 3 or sizes[0] not in _CHANNELS or min(sizes[1:]) <= 2 * max(_CHANNELS):
        return None
    return sizes[0], sizes[1], sizes[2]


def _first_layer(model: Model) -> Call | None:
    layers: Iterator[Expression] = (each.expression for each in model.nodes if not is_input(each))
    first = next(layers, None)
    return first if isinstance(first, Call) and _is_over_images(first.target.last) else None


def _is_over_images(name: str) -> bool:
    kind, found, _ = name.rpartition("2D")
    return bool(found) and any(each in kind for each in _OVER_IMAGES)


def _takes_channels_last(model: Model, layer: Call) -> bool:
    given = layer.argument("data_format")
    if given is not None:
        return given.value == "channels_last"
    return model.settings.image_data_format in {None, "channels_last"}


def _data_agrees(model: Model, sizes: Sequence[int]) -> bool:
    """Whether data of exactly this shape is used: then somebody may mean it."""
    arrays = [call.argument("x", 0) for call in model.training]
    shapes = [given.value.shape for given in arrays if given is not None and isinstance(given.value, Array)]
    return any(shape is not None and tuple(shape[1:]) == tuple(sizes) for shape in shapes)


RULE = Rule(
    "swapped-channels",
    check,
    severity="error",
    needs="shapes",
    since="0.1.0",
    instead_of=frozenset({"negative-dimension"}),
)
