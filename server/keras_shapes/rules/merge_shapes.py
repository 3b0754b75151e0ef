"""Branches that meet in one layer or operation and do not fit together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from keras_shapes.diagnostic import Diagnostic, Related
from keras_shapes.model import Apply, Operation
from keras_shapes.rules.branches import Branch, branches, common_start, mark_of_node, way_from
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.wording import shape_text
from keras_shapes.verdict import LayerVerdict, Refused

_ARITHMETIC = frozenset({"add", "sub", "mul", "truediv", "floordiv", "pow", "mod"})


@dataclass(frozen=True, slots=True)
class Rounding:
    """A node that halves an odd size: what it got, and what it gave, along one axis."""

    node: int
    before: int
    after: int


def check(subject: Subject) -> Iterator[Diagnostic]:
    """A refusal by a node in which two or more tensors of known shapes meet."""
    refusal = subject.refusal
    if refusal is None or refusal.stage != "build":
        return
    met = branches(subject, refusal)
    if len({branch.sizes for branch in met}) < 2 or not all(branch.sizes for branch in met):
        return
    node = subject.model.nodes[refusal.node]
    if takes_a_list(subject, refusal):
        name = refusal.layers[refusal.node].class_name
        listed = ", ".join(branch.name for branch in met)
        yield RULE.report(
            mark_of_node(subject.document, node),
            f"{name} takes its tensors as one list: [{listed}]",
            keras_message=refusal.message,
        )
        return
    pair = unequal(met, refusal)
    if pair is None:
        return
    one, other = pair
    rounding = rounding_of(refusal, one, other)
    yield RULE.report(
        mark_of_node(subject.document, node),
        f"{_what(subject, refusal)}: {one.name} is {shape_text(one.shape)}, {other.name} is {shape_text(other.shape)}"
        + _why(refusal, rounding),
        related=tuple(_related(subject, refusal, (one, other), rounding)),
        keras_message=refusal.message,
    )


def takes_a_list(subject: Subject, refusal: Refused) -> bool:
    """Whether a layer got its tensors one by one, and has no parameters for them."""
    expression = subject.model.nodes[refusal.node].expression
    given = expression.arguments if isinstance(expression, Apply) else ()
    one_by_one = [argument for argument in given if argument.name is None and not isinstance(argument.value, list)]
    return refusal.exception == "TypeError" and len(one_by_one) > 1 and len(one_by_one) == len(given)


def unequal(met: Sequence[Branch], refusal: Refused) -> tuple[Branch, Branch] | None:
    """The first branch, and the first other one that does not fit to it."""
    for other in met[1:]:
        if len(other.sizes) != len(met[0].sizes) or unequal_axes(met[0], other, refusal):
            return met[0], other
    return None if len(met) < 2 else (met[0], met[1])


def unequal_axes(one: Branch, other: Branch, refusal: Refused) -> list[int]:
    """The axes along which two shapes of one rank differ, the one that is joined left out."""
    joined = joined_axis(refusal, len(one.sizes))
    pairs = enumerate(zip(one.sizes, other.sizes, strict=False))
    return [axis for axis, (a, b) in pairs if axis != joined and None not in (a, b) and a != b]


def joined_axis(refusal: Refused, rank: int) -> int | None:
    """The axis that a concatenation joins."""
    axis = dict(refusal.config).get("axis")
    name = refusal.layers[refusal.node].class_name.lower()
    if not name.startswith("concat"):
        return None
    return axis % rank if isinstance(axis, int) and rank else rank - 1


def rounding_of(refusal: Refused, one: Branch, other: Branch) -> Rounding | None:
    """The node at which one branch lost a step that doubling does not bring back."""
    axes = unequal_axes(one, other, refusal) if len(one.sizes) == len(other.sizes) else []
    start = common_start(refusal.layers, [one.node, other.node])
    for axis in axes:
        for branch in (one, other):
            for index in way_from(refusal.layers, start, branch.node):
                halved = _halved(refusal.layers[index], axis)
                if halved is not None:
                    return Rounding(index, *halved)
    return None


def _halved(layer: LayerVerdict, axis: int) -> tuple[int, int] | None:
    before, after = layer.input_shape, layer.output_shape
    if not isinstance(before, tuple) or not isinstance(after, tuple) or len(before) != len(after) or axis >= len(after):
        return None
    large, small = before[axis], after[axis]
    if not isinstance(large, int) or not isinstance(small, int) or large % 2 == 0:
        return None
    return (large, small) if small in (large // 2, large // 2 + 1) and small < large else None


def _what(subject: Subject, refusal: Refused) -> str:
    expression = subject.model.nodes[refusal.node].expression
    if isinstance(expression, Operation) and expression.operator in _ARITHMETIC:
        return "these do not fit together"
    return f"{refusal.layers[refusal.node].class_name or 'this'} cannot join these"


def _why(refusal: Refused, rounding: Rounding | None) -> str:
    if rounding is None:
        return ""
    name = refusal.layers[rounding.node].class_name
    return f": {name} made {rounding.after} of {rounding.before}, doubling that gives {2 * rounding.after}"


def _related(
    subject: Subject, refusal: Refused, pair: tuple[Branch, Branch], rounding: Rounding | None
) -> Iterator[Related]:
    for branch in pair:
        if branch.node is not None:
            node, layer = subject.model.nodes[branch.node], refusal.layers[branch.node]
            given = f"{layer.class_name or branch.name} gives {shape_text(branch.shape)} here"
            yield Related(given, mark_of_node(subject.document, node))
    if rounding is not None:
        node = subject.model.nodes[rounding.node]
        yield Related(f"{rounding.before} becomes {rounding.after} here", mark_of_node(subject.document, node))


RULE = Rule("merge-shapes", check, severity="error", needs="shapes", since="0.2.0", models="graphs")
