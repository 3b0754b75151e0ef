"""What a generator function of the user's yields, as the source has it."""

from __future__ import annotations

import ast
from dataclasses import replace

from keras_shapes.data import Dataset
from keras_shapes.model import Argument
from keras_shapes.repair import Offsets, parse
from keras_shapes.source import Document, Span


def yielded(document: Document, argument: Argument) -> Argument:
    """The inputs that a generator or `Sequence` gives, at the place where they are yielded; else the argument itself.

    The place is that of the argument where the one `yield` of the function that is called cannot be found.
    """
    match argument.value:
        case Dataset(element=(inputs, *_), library="generator" | "Sequence"):
            place = _place_of_inputs(document, argument.value_span) or argument.value_span
            return replace(argument, value=inputs, value_span=place)
        case _:
            return argument


def _place_of_inputs(document: Document, call: Span) -> Span | None:
    name = document.slice(call).partition("(")[0].strip()
    tree = parse(document).tree
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == name]
    places = [node for function in functions for node in ast.walk(function) if isinstance(node, ast.Yield)]
    if len(functions) != 1 or len(places) != 1 or not isinstance(places[0].value, ast.Tuple):
        return None
    return Offsets(document).span(places[0].value.elts[0])
