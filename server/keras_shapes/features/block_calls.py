"""Functions of the user's that make layers: who calls them, and which they call themselves."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from keras_shapes.analysis import Analysis
from keras_shapes.features.layers import expression_span
from keras_shapes.repair import Offsets, parse
from keras_shapes.source import Span

_MOST_NAMES = 4


@dataclass(frozen=True, slots=True)
class Function:
    """`mark` is its name inside `span`; `detail` names its layers. The code outside all functions has no name."""

    name: str
    span: Span
    mark: Span
    detail: str = ""


@dataclass(frozen=True, slots=True)
class CallOf:
    """The other function of a call, and the places where it is called."""

    function: Function
    places: tuple[Span, ...]


_Edge: TypeAlias = tuple[Function, Span, Function]
"""Who calls, where, and what."""


def function_at(analysis: Analysis, offset: int) -> Function | None:
    """The function that makes layers and whose name, or one of whose calls, stands at an offset."""
    edges = _edges(analysis)
    for _, _, called in edges:
        if called.mark.contains(offset):
            return called
    near = [(place.end - place.start, called) for _, place, called in edges if place.contains(offset)]
    return min(near, key=lambda each: each[0])[1] if near else None


def incoming(analysis: Analysis, mark: Span) -> tuple[CallOf, ...]:
    """Who calls the function of this name."""
    return _gathered((caller, place) for caller, place, called in _edges(analysis) if called.mark == mark)


def outgoing(analysis: Analysis, mark: Span) -> tuple[CallOf, ...]:
    """Which functions that make layers it calls."""
    return _gathered((called, place) for caller, place, called in _edges(analysis) if caller.mark == mark)


def _gathered(found: Iterator[tuple[Function, Span]]) -> tuple[CallOf, ...]:
    places: dict[Function, list[Span]] = {}
    for function, place in found:
        places.setdefault(function, []).append(place)
    return tuple(CallOf(function, tuple(sorted(each))) for function, each in places.items())


def _edges(analysis: Analysis) -> list[_Edge]:
    """Every call on the way to a layer; what is called is the function in which the next place on the way stands."""
    functions = _functions(analysis)
    ways = dict.fromkeys(
        ((*layer.element.sites, expression_span(layer.element)), layer.class_name)
        for model in analysis.models
        for layer in model.layers
    )
    layers: dict[Span, dict[str, None]] = {}
    found: dict[tuple[Span, Span, Span], _Edge] = {}
    for way, layer in ways:
        around = [_around(functions, place) for place in way]
        if len(way) > 1 and layer:
            layers.setdefault(around[-1].mark, {})[layer] = None
        for caller, place, called in zip(around, way, around[1:], strict=False):
            if called.name and called != caller:
                found[caller.mark, place, called.mark] = caller, place, called
    return [(_told(caller, layers), place, _told(called, layers)) for caller, place, called in found.values()]


def _told(function: Function, layers: dict[Span, dict[str, None]]) -> Function:
    names = list(layers.get(function.mark, ()))
    text = ", ".join([*names[:_MOST_NAMES], *(["…"] if len(names) > _MOST_NAMES else [])])
    return Function(function.name, function.span, function.mark, text)


def _around(functions: list[Function], place: Span) -> Function:
    """The innermost function around a place."""
    return min(
        (each for each in functions if each.span.encloses(place)), key=lambda each: each.span.end - each.span.start
    )


def _functions(analysis: Analysis) -> list[Function]:
    """All functions and methods of the document, and the document itself."""
    document = analysis.document
    offsets = Offsets(document)
    found = [Function("", Span(0, len(document.text)), Span(0, 0))]
    for node in ast.walk(parse(document).tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            span = offsets.span(node)
            start = document.python.index(node.name, document.python.index("def", span.start) + 3)
            found.append(Function(node.name, span, Span(start, start + len(node.name))))
    return found
