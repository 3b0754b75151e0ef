"""Where a model comes from that another module made: `from net import model`, `model = build()`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from keras_shapes.model import Model
from keras_shapes.reader import Reading
from keras_shapes.reader.values import FunctionalValue, SequentialValue
from keras_shapes.repair import Offsets, parse
from keras_shapes.source import Document, Span


@dataclass(frozen=True, slots=True)
class Origin:
    """A name of another module: `level` counts the dots before the module, `offset` is where it is imported."""

    module: str
    level: int
    name: str
    offset: int


def origin_at(document: Document, offset: int) -> Origin | None:
    """What the name at an offset was imported as, itself or the function that gave it; None where it is from here."""
    tree, offsets = parse(document).tree, Offsets(document)
    near = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Name | ast.Attribute) and offsets.span(node).contains(offset)
    ]
    node = min(near, key=lambda each: offsets.span(each).end - offsets.span(each).start, default=None)
    if node is None:
        return None
    found = _imported(tree, offsets, node)
    if found is not None or not isinstance(node, ast.Name):
        return found
    makers = (
        each.value.func
        for each in ast.walk(tree)
        if isinstance(each, ast.Assign) and isinstance(each.value, ast.Call) and _binds(each, node.id)
    )
    return next((origin for each in makers if (origin := _imported(tree, offsets, each)) is not None), None)


def models_of(document: Document, reading: Reading, name: str) -> Iterator[Span]:
    """The models that a module has under a name: where the name is bound, or the models that a function makes."""
    tree, offsets = parse(document).tree, Offsets(document)
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    makers = [offsets.span(node) for node in functions if node.name == name]
    targets = {
        offsets.span(node.value): offsets.span(node.targets[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and len(node.targets) == 1
    }
    spans: dict[Span, None] = {}
    for model in reading.models:
        if model.kind not in ("sequential", "functional"):
            continue
        if model.name == name and not any(maker.encloses(model.span) for maker in makers):
            spans[targets.get(model.span, model.name_span)] = None
        elif any(maker.encloses(model.span) for maker in makers):
            spans[model.name_span] = None
    yield from spans


def is_model(reading: Reading, offset: int) -> bool:
    """Whether the name at an offset stands for a model."""
    kinds = (Model, SequentialValue, FunctionalValue)
    return any(seen.span.contains(offset) and isinstance(seen.value, kinds) for seen in reading.names)


def _binds(statement: ast.Assign, name: str) -> bool:
    return any(isinstance(target, ast.Name) and target.id == name for target in statement.targets)


def _imported(tree: ast.Module, offsets: Offsets, node: ast.expr) -> Origin | None:
    """The module and the name in it that an expression means: `model`, or `net.model`."""
    for statement in ast.walk(tree):
        match statement, node:
            case ast.ImportFrom(module=module, names=names, level=level), ast.Name(id=name):
                for alias in names:
                    if (alias.asname or alias.name) == name:
                        return Origin(module or "", level, alias.name, offsets.span(statement).start)
            case ast.Import(names=names), ast.Attribute(value=ast.Name(id=module), attr=name):
                for alias in names:
                    if (alias.asname or alias.name) == module:
                        return Origin(alias.name, 0, name, offsets.span(statement).start)
    return None
