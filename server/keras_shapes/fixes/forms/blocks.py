"""Layers that repeat, put into a function: what differs from one time to the next becomes its parameters."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from keras_shapes.analysis import ModelAnalysis
from keras_shapes.diagnostic import Edit, Fix
from keras_shapes.fixes.apply import applied
from keras_shapes.fixes.forms.chain import Chain, Piece, placed
from keras_shapes.fixes.forms.repeats import Repeats, repeats
from keras_shapes.fixes.forms.scopes import is_bound
from keras_shapes.fixes.forms.style import indentation_unit
from keras_shapes.fixes.text import Text
from keras_shapes.source import Span

_MAX_PARAMETERS = 5
"""A block with more of them says less than its layers do."""


@dataclass(frozen=True, slots=True)
class _Block:
    """The function to be: its name, the names of its parameters, and the repeated layers."""

    name: str
    parameters: tuple[str, ...]
    found: Repeats


def block_function(text: Text, chain: Chain, model: ModelAnalysis) -> Fix | None:
    """The layers that repeat most, as a function above the chain and a call for each time."""
    found = repeats(chain.pieces, _signatures(model))
    if found is None or not _same_comments(found.groups) or isinstance(text.parent(chain.block[0]), ast.ClassDef):
        return None
    block = _Block(_free(text, _block_name(found)), _parameters(found), found)
    if len(block.parameters) > _MAX_PARAMETERS or _hides(block):
        return None
    indent = text.indentation(chain.span.start)
    defined = _defined(text, chain, block, indent) if indent is not None else None
    calls = list(_calls(text, chain, block))
    if indent is None or defined is None or len(calls) != len(found.groups):
        return None
    title = f"Extract {len(calls)} times {len(found.groups[0])} layers into a function {block.name}"
    return Fix(title, (_above(text, chain, defined, 1 if indent else 2), *calls))


def _above(text: Text, chain: Chain, defined: str, apart: int) -> Edit:
    """The function above the chain and its comments, with blank lines around it."""
    document = text.document
    line = document.line(chain.span.start)
    cell = document.cell(chain.span.start)
    least = document.line(cell.span.start) if cell is not None else 0
    while line > least and document.slice(document.line_span(line - 1)).lstrip().startswith("#"):
        line -= 1
    blank = 0
    while blank < apart and line - blank > least and not document.slice(document.line_span(line - blank - 1)).strip():
        blank += 1
    above = document.slice(document.line_span(line - blank - 1)).rstrip() if line - blank > least else ":"
    before = "" if above.endswith(":") else text.newline * (apart - blank)
    place = document.line_starts[line]
    return Edit(Span(place, place), before + defined + text.newline * (apart + 1))


def _signatures(model: ModelAnalysis) -> dict[str, tuple[str, ...]]:
    """What the constructors of the model's layers take, by their class."""
    return {layer.class_name: layer.verdict.parameters for layer in model.layers if layer.verdict is not None}


def _same_comments(groups: Sequence[Sequence[Piece]]) -> bool:
    """Whether nothing that is said inside a group is said of it alone; what stands around the groups stays."""
    inside = {
        (tuple(piece.above for piece in group[1:]), tuple(piece.behind for piece in group[:-1])) for group in groups
    }
    return len(inside) == 1


def _block_name(found: Repeats) -> str:
    layer = found.groups[0][0].layer
    func = layer.func if isinstance(layer, ast.Call) else layer
    name = func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""
    word = "conv" if "Conv" in name else name.lower()
    return f"{word}_block" if word.isidentifier() else "block"


def _free(text: Text, name: str) -> str:
    number = 1
    while is_bound(text, name if number == 1 else f"{name}_{number}"):
        number += 1
    return name if number == 1 else f"{name}_{number}"


def _parameters(found: Repeats) -> tuple[str, ...]:
    """A name for each difference; one that is taken gets a number."""
    names: list[str] = []
    for difference in found.differences:
        same = [name for name in names if name.rstrip("0123456789").rstrip("_") == difference.name]
        names.append(f"{difference.name}_{len(same) + 1}" if same else difference.name)
    return tuple(names)


def _hides(block: _Block) -> bool:
    """Whether a parameter has the name of something that the layers ask for."""
    asked = {
        node.id
        for group in block.found.groups
        for piece in group
        for node in ast.walk(piece.layer)
        if isinstance(node, ast.Name)
    }
    return not asked.isdisjoint({*block.parameters, "x", "model"})


def _defined(text: Text, chain: Chain, block: _Block, indent: str) -> str:
    """The function: of a tensor, of a model to add to, or one that gives a list."""
    inner = indent + indentation_unit(text)
    first = {"functional": "x", "adds": "model", "list": ""}[chain.form]
    parameters = ", ".join([*([first] if first else []), *block.parameters])
    lines = [f"{indent}def {block.name}({parameters}):"]
    begin, end = {"functional": ("x = ", "(x)"), "adds": ("model.add(", ")"), "list": ("", ",")}[chain.form]
    item = inner if chain.form != "list" else inner + inner[len(indent) :]
    if chain.form == "list":
        lines.append(f"{inner}return [")
    for number, piece in enumerate(block.found.groups[0]):
        lines += [item + line if line else "" for line in (piece.above if number else ())]
        written = placed(text, piece, len(item + begin), item, _generalized(text, piece, block))
        behind = piece.behind if number + 1 < len(block.found.groups[0]) else ""
        lines.append(f"{item}{begin}{written}{end}{behind}")
    if chain.form != "adds":
        lines.append(f"{inner}return x" if chain.form == "functional" else f"{inner}]")
    return text.newline.join(lines)


def _generalized(text: Text, piece: Piece, block: _Block) -> str:
    """The text of a layer with parameters in the place of what differs."""
    edits = [
        Edit(text.offsets.span(difference.values[0]), name)
        for difference, name in zip(block.found.differences, block.parameters, strict=True)
        if piece.span.encloses(text.offsets.span(difference.values[0]))
    ]
    return applied(text.document.slice(piece.span), edits, piece.span.start)


def _calls(text: Text, chain: Chain, block: _Block) -> Iterator[Edit]:
    """The call for each group, in the place of its layers."""
    for number, group in enumerate(block.found.groups):
        values = [text.slice(difference.values[number]) for difference in block.found.differences]
        if chain.form == "list":
            yield Edit(Span(group[0].span.start, group[-1].span.end), f"*{block.name}({', '.join(values)})")
            continue
        first, last = text.statement(group[0].layer), text.statement(group[-1].layer)
        if first is None or last is None:
            return
        place = Span(text.offsets.span(first).start, text.offsets.span(last).end)
        if chain.form == "adds":
            yield Edit(place, f"{block.name}({', '.join([chain.target, *values])})")
        elif isinstance(first, ast.Assign) and isinstance(first.value, ast.Call) and isinstance(last, ast.Assign):
            given = text.slice(first.value.args[0])
            yield Edit(place, f"{text.slice(last.targets[0])} = {block.name}({', '.join([given, *values])})")
