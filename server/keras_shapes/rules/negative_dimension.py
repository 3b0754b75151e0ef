"""A window does not fit the map that is left for it, or a cropping takes all of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from keras_shapes.diagnostic import Diagnostic, Related
from keras_shapes.rules.refusal_facts import (
    Step,
    declared_input,
    mark_of,
    name_of,
    one_line,
    refused_element,
    refused_expression,
    steps_before,
)
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.wording import plural, shape_text, times_text
from keras_shapes.verdict import Shape


@dataclass(frozen=True, slots=True)
class Misfit:
    """The sizes of a map, and what a layer needs of them, axis by axis."""

    sizes: tuple[int | None, ...]
    needed: tuple[int, ...]
    window: tuple[int, ...]
    crops: bool = False


def check(subject: Subject) -> Iterator[Diagnostic]:
    """A refusal by a layer whose window, as it really is, is larger than the map that it gets."""
    refusal = subject.refusal
    if refusal is None or refusal.stage != "build" or refusal.input_shape is None:
        return
    misfit = misfit_of(dict(refusal.config), refusal.input_shape)
    if misfit is None:
        return
    element, expression = refused_element(subject, refusal), refused_expression(subject, refusal)
    name = name_of(subject.document, expression)
    steps = steps_before(subject, refusal)
    yield RULE.report(
        mark_of(subject.document, element, expression),
        f"{name} needs at least {_sizes_text(misfit.needed)}, gets {shape_text(refusal.input_shape)}: "
        f"{_why(misfit, steps)}",
        related=tuple(_related(subject, steps)),
        keras_message=refusal.message,
    )


def misfit_of(config: Mapping[str, object], shape: Shape) -> Misfit | None:
    """The map that is too small for a layer with this configuration, None where nothing shows that it is."""
    window, crops = _window(config)
    if window is None or not isinstance(shape, tuple) or len(shape) < len(window) + 2:
        return None
    first = len(shape) - len(window) - (config.get("data_format") != "channels_first")
    spatial = shape[first : first + len(window)]
    sizes = tuple(size if isinstance(size, int) else None for size in spatial)
    needed = tuple(
        (cover - 1) * spread + 1 + crops for cover, spread in zip(window, _dilation(config, window), strict=True)
    )
    if not any(size is not None and size < least for size, least in zip(sizes, needed, strict=True)):
        return None
    return Misfit(sizes, needed, window, crops)


def _window(config: Mapping[str, object]) -> tuple[tuple[int, ...] | None, bool]:
    cropping = config.get("cropping")
    if isinstance(cropping, Sequence) and cropping:
        pairs = cropping if isinstance(cropping[0], Sequence) else [cropping]
        return tuple(sum(pair) for pair in pairs), True
    size = config.get("kernel_size", config.get("pool_size"))
    if config.get("padding") != "valid" or not isinstance(size, Sequence):
        return None, False
    return tuple(size), False


def _dilation(config: Mapping[str, object], window: Sequence[int]) -> Sequence[int]:
    rate = config.get("dilation_rate")
    return rate if isinstance(rate, Sequence) and len(rate) == len(window) else [1] * len(window)


def _sizes_text(sizes: Sequence[int | None]) -> str:
    return plural(sizes[0] or 0, "step") if len(sizes) == 1 else times_text(sizes)


def _why(misfit: Misfit, steps: Sequence[Step]) -> str:
    field = f"the {_sizes_text(misfit.sizes)}" + (" map" if len(misfit.sizes) > 1 else "")
    left = f"{field} {_what_is_left(steps)}"
    if misfit.crops:
        return f"cropping {_sizes_text(misfit.window)} leaves nothing of {left}"
    one = f"a window of {misfit.window[0]}" if len(misfit.window) == 1 else f"a {times_text(misfit.window)} window"
    spread = "" if misfit.needed == misfit.window else f", spread to {times_text(misfit.needed)} by dilation_rate,"
    return f"{one}{spread} does not fit {left}"


def _what_is_left(steps: Sequence[Step]) -> str:
    poolings = sum("Pool" in step.verdict.class_name and not step.keeps_shape for step in steps)
    if poolings:
        return f"that {plural(poolings, 'pooling')} {'leaves' if poolings == 1 else 'leave'}"
    return "that the layers above leave" if any(not step.keeps_shape for step in steps) else "of the input"


def _related(subject: Subject, steps: Sequence[Step]) -> Iterator[Related]:
    for step in steps:
        if "Pool" in step.verdict.class_name and step.verdict.output_shape is not None:
            yield Related(f"{shape_text(step.verdict.output_shape)} from here", mark_of(subject.document, step.element))
    declared = declared_input(subject.model)
    if declared is not None:
        yield Related("the input is declared here", one_line(subject.document, declared.argument.span))


RULE = Rule("negative-dimension", check, severity="error", needs="shapes", since="0.1.0")
