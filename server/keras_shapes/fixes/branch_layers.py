"""Layers put around one of two branches, so that it fits to the other."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from keras_shapes.fixes.edits import wrapped
from keras_shapes.fixes.imports import spelled
from keras_shapes.fixes.layers import first_layer
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.model import Argument, Operation
from keras_shapes.rules.branches import Branch, common_start, layer_call, way_from
from keras_shapes.rules.merge_shapes import unequal_axes
from keras_shapes.rules.refusal_facts import bound_arguments
from keras_shapes.source import Span
from keras_shapes.verdict import Refused

_LARGEST = 8
"""More steps than these are no slip of rounding or of padding."""
_ELEMENTWISE = frozenset({"Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"})
_CONVOLUTIONS = {3: "Conv1D", 4: "Conv2D", 5: "Conv3D"}


def around(case: Case, branch: Branch, layer: str, arguments: str, title: str, rank: int) -> Iterator[Candidate]:
    """`layer(arguments)(branch)` in the place of the branch."""
    if branch.span is None:
        return
    name, imports = spelled(case.text, f"keras.layers.{layer}", branch.span.start, first_layer(case))
    yield Candidate(title, (*imports, *wrapped(branch.span, f"{name}({arguments})(", ")")), rank)


def padded(case: Case, refusal: Refused, one: Branch, other: Branch) -> Iterator[Candidate]:
    """The smaller map, with steps added at its ends."""
    missing = _missing(refusal, one, other)
    if missing is not None:
        small = min(one, other, key=lambda branch: sum(filter(None, branch.sizes)))
        layer, arguments = f"ZeroPadding{len(missing)}D", _pairs([(0, count) for count in missing])
        yield from around(case, small, layer, arguments, f"Pad {small.name}: {layer}({arguments})", 1)


def cropped(case: Case, refusal: Refused, one: Branch, other: Branch) -> Iterator[Candidate]:
    """The larger map, without steps at its ends."""
    missing = _missing(refusal, one, other)
    if missing is not None:
        large = max(one, other, key=lambda branch: sum(filter(None, branch.sizes)))
        layer = f"Cropping{len(missing)}D"
        arguments = _pairs([(count // 2, count - count // 2) for count in missing])
        yield from around(case, large, layer, arguments, f"Crop {large.name}: {layer}({arguments})", 1)


def projected(case: Case, refusal: Refused, one: Branch, other: Branch) -> Iterator[Candidate]:
    """A convolution of one step over the shortcut, with the filters and strides of the other way."""
    expression = case.subject.model.nodes[refusal.node].expression
    elementwise = refusal.layers[refusal.node].class_name in _ELEMENTWISE or isinstance(expression, Operation)
    if not elementwise or len(one.sizes) != len(other.sizes):
        return
    start = common_start(refusal.layers, [one.node, other.node])
    ways = {branch: way_from(refusal.layers, start, branch.node) for branch in (one, other)}
    main, short = sorted((one, other), key=lambda branch: -len(ways[branch]))
    steps = _ratio(short.sizes[1:-1], main.sizes[1:-1])
    units = main.sizes[-1]
    if steps is None or not isinstance(units, int) or short.span is None:
        return
    width = _written(case, ways[main], ("filters", "units"), units, short.span)
    if len(main.sizes) not in _CONVOLUTIONS:
        yield from around(case, short, "Dense", width, f"Project {short.name}: Dense({width})", 0)
        return
    strides = "" if steps == 1 else f", strides={_written(case, ways[main], ('strides',), steps, short.span)}"
    layer, arguments = _CONVOLUTIONS[len(main.sizes)], f"{width}, 1{strides}"
    yield from around(case, short, layer, arguments, f"Project {short.name}: {layer}({arguments})", 0)


def flattened(case: Case, _: Refused, one: Branch, other: Branch) -> Iterator[Candidate]:
    """The branch with more axes as a row of values."""
    if len(one.sizes) == len(other.sizes) or min(len(one.sizes), len(other.sizes)) != 2:
        return
    large = max(one, other, key=lambda branch: len(branch.sizes))
    yield from around(case, large, "Flatten", "", f"Flatten {large.name}", 1)
    if len(large.sizes) in _CONVOLUTIONS:
        layer = f"GlobalAveragePooling{len(large.sizes) - 2}D"
        yield from around(case, large, layer, "", f"{layer} over {large.name}", 2)


def _missing(refusal: Refused, one: Branch, other: Branch) -> list[int] | None:
    """How many steps one map lacks along each axis; None where the maps differ in more than that."""
    axes = unequal_axes(one, other, refusal) if len(one.sizes) == len(other.sizes) else []
    if not axes or len(one.sizes) not in _CONVOLUTIONS or not all(0 < axis < len(one.sizes) - 1 for axis in axes):
        return None
    pairs = list(zip(one.sizes, other.sizes, strict=True))[1:-1]
    counts = [0 if a is None or b is None else a - b for a, b in pairs]
    alike = all(count >= 0 for count in counts) or all(count <= 0 for count in counts)
    return [abs(count) for count in counts] if alike and max(map(abs, counts)) <= _LARGEST else None


def _pairs(pairs: Sequence[tuple[int, int]]) -> str:
    return str(pairs[0]) if len(pairs) == 1 else str(tuple(pairs))


def _ratio(large: Sequence[int | None], small: Sequence[int | None]) -> int | None:
    """By how much a map shrank, the same along each axis."""
    steps = {1 if a == b else -(-a // b) if a and b else 0 for a, b in zip(large, small, strict=True)} or {1}
    return steps.pop() if len(steps) == 1 and steps != {0} else None


def _written(case: Case, way: Sequence[int], names: Sequence[str], value: int, at: Span) -> str:
    """How a layer on the way writes a number that it takes, where that can be written here too; else the number."""
    for index in reversed(way):
        call = layer_call(case.subject.model.nodes[index])
        parameters = case.subject.refusal.layers[index].parameters if case.subject.refusal else ()
        bound = {} if call is None else bound_arguments(call, parameters)
        for name in names:
            argument = bound.get(name)
            if argument is not None and _is(argument, value) and _same_function(case, argument.value_span, at):
                return case.document.slice(argument.value_span)
    return str(value)


def _is(argument: Argument, value: int) -> bool:
    given = argument.value
    return given == value or (isinstance(given, tuple | list) and set(given) == {value})


def _same_function(case: Case, span: Span, at: Span) -> bool:
    return _function(case, span) is _function(case, at)


def _function(case: Case, span: Span) -> ast.AST | None:
    node: ast.AST | None = case.text.expression(span)
    while node is not None and not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Module):
        node = case.text.parent(node)
    return node
