"""Other arguments of layers on the way of a branch, so that it fits to another one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.edits import set_argument
from keras_shapes.fixes.layers import KEEPS_SHAPE
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.fixes.missing_return_sequences import returns_steps
from keras_shapes.fixes.written_numbers import number_changed
from keras_shapes.model import Call, Node
from keras_shapes.rules.branches import Branch, common_start, layer_call, way_from
from keras_shapes.rules.merge_shapes import unequal_axes
from keras_shapes.rules.refusal_facts import bound_arguments
from keras_shapes.rules.training_views import wrapped
from keras_shapes.rules.ways import way_to
from keras_shapes.verdict import LayerVerdict, Refused

_WIDTHS = ("units", "filters", "output_dim")


def other_axis(case: Case, refusal: Refused, one: Branch, other: Branch) -> Iterator[Candidate]:
    """Join along the only axis that differs."""
    axes = unequal_axes(one, other, refusal) if len(one.sizes) == len(other.sizes) else []
    call = layer_call(case.subject.model.nodes[refusal.node])
    if len(axes) != 1 or call is None or not call.target.last.lower().startswith("concat"):
        return
    last = axes[0] == len(one.sizes) - 1
    same_elsewhere = one.sizes[-1] == other.sizes[-1] or last
    if same_elsewhere:
        edit = set_argument(case.text, call, "axis", "-1" if last else str(axes[0]))
        yield Candidate(f"Join along axis {axes[0]}", (edit,), 2)


def other_width(case: Case, refusal: Refused, one: Branch, other: Branch) -> Iterator[Candidate]:
    """As many units or filters in the layer that gives one branch its last axis as the other branch has."""
    if len(one.sizes) != len(other.sizes) or one.sizes[-1] == other.sizes[-1]:
        return
    for branch, wanted in ((one, other.sizes[-1]), (other, one.sizes[-1])):
        found = width_of(case, refusal.layers, branch.node)
        if found is not None and isinstance(wanted, int):
            name, edit = _with_width(*found, wanted, branch.sizes[-1])
            if edit is not None:
                yield Candidate(f"Change {name} to {edit.content}", (edit,), 2)


def width_of(case: Case, layers: Sequence[LayerVerdict], node: int | None) -> tuple[Call, LayerVerdict] | None:
    """The layer that gives a tensor its last axis, past those that keep it."""
    for index in reversed([] if node is None else way_to(layers, node)):
        call, layer = layer_call(case.subject.model.nodes[index]), layers[index]
        inner = wrapped(call) if call is not None else None
        if isinstance(inner, Call) and inner.target.last not in KEEPS_SHAPE:
            return inner, layer
    return None


def all_steps(case: Case, refusal: Refused, one: Branch, other: Branch) -> Iterator[Candidate]:
    """`return_sequences=True` where one branch has only the last step."""
    short, long = sorted((one, other), key=lambda branch: len(branch.sizes))
    if (len(short.sizes), len(long.sizes)) != (2, 3) or short.node is None:
        return
    for index in reversed(way_to(refusal.layers, short.node)):
        call = layer_call(case.subject.model.nodes[index])
        edit = None if call is None else returns_steps(case, Node(call, call.span))
        if edit is not None:
            yield Candidate("Add return_sequences=True", (edit,), 0)
            return


def same_padding(case: Case, refusal: Refused, one: Branch, other: Branch) -> Iterator[Candidate]:
    """`padding="same"` in the layers that took the edges away from one branch only."""
    if not unequal_axes(one, other, refusal):
        return
    start = common_start(refusal.layers, [one.node, other.node])
    for branch in (one, other):
        calls = [layer_call(case.subject.model.nodes[index]) for index in way_from(refusal.layers, start, branch.node)]
        valid = [call for call in calls if call is not None and _takes_edges(call)]
        edits = dict.fromkeys(set_argument(case.text, call, "padding", case.text.quoted("same")) for call in valid)
        if edits:
            yield Candidate(f'Add padding="same" on the way to {branch.name}', tuple(edits), 0)


def other_input(case: Case, refusal: Refused, one: Branch, other: Branch) -> Iterator[Candidate]:
    """An input of sizes that all halvings divide."""
    way = [] if one.node is None else way_to(refusal.layers, one.node)
    way = max(way, [] if other.node is None else way_to(refusal.layers, other.node), key=len)
    divisor = 2 ** sum(_halves(refusal.layers[index]) for index in way)
    call = layer_call(case.subject.model.nodes[way[0]]) if way else None
    shape = None if call is None else call.argument("shape", 0)
    sizes = shape.value if shape is not None else None
    if shape is None or divisor == 1 or not isinstance(sizes, tuple | list) or len(one.sizes) != len(sizes) + 1:
        return
    node = case.text.expression(shape.value_span)
    written = [case.text.offsets.span(item) for item in getattr(node, "elts", ())]
    if len(written) != len(sizes):
        return
    for up in (True, False):
        edits: dict[Edit | None, None] = {}
        wanted = [size if not isinstance(size, int) else _multiple(size, divisor, up=up) for size in sizes[:-1]]
        for span, size, new in zip(written, sizes, wanted, strict=False):
            if isinstance(size, int) and new != size:
                edits[number_changed(case.text, span, size, new)] = None
        if edits and None not in edits:
            title = f"Change the input to {'×'.join(map(str, wanted))}, which {divisor} divides"
            yield Candidate(title, tuple(edit for edit in edits if edit is not None), 1)


def _with_width(call: Call, layer: LayerVerdict, wanted: int, has: int | None) -> tuple[str, Edit | None]:
    parameters = layer.parameters if call.target.last == layer.class_name else ("units",)
    for name, argument in bound_arguments(call, parameters).items():
        value = argument.value
        if name in _WIDTHS and isinstance(value, int) and has and wanted * value % has == 0:
            new = wanted * value // has  # a layer around it may double what it gives
            return f"{name} of {call.target.last}", Edit(argument.value_span, str(new))
    return "", None


def _takes_edges(call: Call) -> bool:
    if not any(word in call.target.last for word in ("Conv", "Pool")) or "Global" in call.target.last:
        return False
    padding = call.argument("padding")
    return padding is None or padding.value == "valid"


def _halves(layer: LayerVerdict) -> bool:
    before, after = layer.input_shape, layer.output_shape
    if not isinstance(before, tuple) or not isinstance(after, tuple) or len(before) != len(after) or len(after) < 3:
        return False
    large, small = before[1], after[1]
    return isinstance(large, int) and isinstance(small, int) and small in (large // 2, -(-large // 2)) and small < large


def _multiple(size: int, divisor: int, *, up: bool) -> int:
    return (size + divisor - 1) // divisor * divisor if up else max(size // divisor, 1) * divisor
