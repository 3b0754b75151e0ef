"""Data that nobody can know: where they come in, and as much of their shape as is known or wanted."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from keras_shapes.analysis import Analysis
from keras_shapes.data import Array, Fact
from keras_shapes.fixes.text import Text
from keras_shapes.model import TrainingCall, Unknown
from keras_shapes.rules import Subject
from keras_shapes.source import Span
from keras_shapes.verdict import Built, Shape

UNKNOWN_RANK = "(…)"
"""What has to be filled in before it declares anything."""


@dataclass(frozen=True, slots=True)
class Undeclared:
    """A name that gets data of unknown shape: its assignment, where the comment goes, and what is known of the shape.

    `shape` has `?` for sizes to be filled in, and is `(…)` where not even their number is known.
    """

    name: str
    span: Span
    assignment: ast.Assign
    end: int
    shape: str

    @property
    def comment(self) -> str:
        """What makes it known."""
        return f"# keras-shapes: shape {self.shape}"


def undeclared(analysis: Analysis, text: Text) -> list[Undeclared]:
    """The data of a document that nobody can know, where they come in: what is made of them follows."""
    assigned = _Assigned(text)
    found: dict[int, Undeclared] = {}
    for seen in analysis.reading.names:
        known = _known_shape(seen.value)
        end = _end_of_assignment(text, seen.span) if known is not None else None
        if known is None or end is None or end in found:
            continue
        wanted = _shape_wanted(analysis, seen.name, assigned)
        statement = text.statement(text.expression(seen.span) or text.tree)
        if isinstance(statement, ast.Assign) and (wanted or isinstance(seen.value, Array)):
            found[end] = Undeclared(seen.name, seen.span, statement, end, wanted or known)
    archives = _archives(text)
    data = [each for each in found.values() if each.name not in archives or each.shape != UNKNOWN_RANK]
    names = {each.name for each in data}
    return [each for each in data if not _is_made_of(each, names)]


def _archives(text: Text) -> set[str]:
    """Names of what holds arrays by name: `a` in `x = a["x"]`."""
    return {
        node.value.id
        for node in ast.walk(text.tree)
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and _is_text(node.slice)
    }


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _known_shape(value: object) -> str | None:
    """What is known of a shape that is not known wholly; None where it is, or where it is no data."""
    if isinstance(value, Unknown) or (isinstance(value, Array) and value.shape is None):
        return UNKNOWN_RANK
    if not isinstance(value, Array) or value.shape is None or Fact.DECLARED in value.provenance:
        return None
    if not any(isinstance(size, Unknown) for size in value.shape):
        return None
    return _in_parentheses([str(size) if isinstance(size, int) else "?" for size in value.shape])


def _is_made_of(each: Undeclared, names: set[str]) -> bool:
    """Whether the data are made of other data that are unknown."""
    loaded = {node.id for node in ast.walk(each.assignment.value) if isinstance(node, ast.Name)}
    return not loaded.isdisjoint(names - {each.name})


class _Assigned:
    """Names that `train_test_split` gives, and those of what it got."""

    def __init__(self, text: Text) -> None:
        self._origins: dict[str, str] = {}
        for node in ast.walk(text.tree):
            match node:
                case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Call(func=func, args=given)):
                    self._note(names, getattr(func, "attr", getattr(func, "id", "")), given)

    def _note(self, names: list[ast.expr], function: str, given: list[ast.expr]) -> None:
        if function == "train_test_split" and len(names) == 2 * len(given):
            for index, name in enumerate(names):
                origin = given[index // 2]
                if isinstance(name, ast.Name) and isinstance(origin, ast.Name):
                    self._origins[name.id] = origin.id

    def origin(self, name: str) -> str:
        """What was split into this, or the name itself."""
        return self._origins.get(name, name)


def _end_of_assignment(text: Text, span: Span) -> int | None:
    """Where the comment goes: behind `name = …`, if that ends its line."""
    name = text.expression(span)
    statement = text.parent(name) if name is not None else None
    if not isinstance(statement, ast.Assign) or len(statement.targets) != 1 or statement.targets[0] is not name:
        return None
    document, end = text.document, text.offsets.span(statement).end
    behind = document.slice(Span(end, document.line_span(document.line(end)).end))
    return None if behind.strip() else end


def _shape_wanted(analysis: Analysis, name: str, assigned: _Assigned) -> str | None:
    """What the first model that meets the name takes or gives."""
    for subject in analysis.subjects:
        for call in subject.model.training:
            shape = _met_by(subject, call, name, analysis, assigned)
            if shape is not None:
                return _written(shape)
    return None


def _met_by(subject: Subject, call: TrainingCall, name: str, analysis: Analysis, assigned: _Assigned) -> Shape | None:
    verdict = subject.verdict
    if not isinstance(verdict, Built) or call.method not in {"fit", "evaluate", "predict"}:
        return None
    for argument, shape in (
        (call.argument("x", 0), verdict.input_shape),
        (call.argument("y", 1), verdict.output_shape),
    ):
        given = analysis.document.slice(argument.value_span) if argument is not None else ""
        if name in (given, assigned.origin(given)):
            return shape
    return None


def _written(shape: Shape) -> str | None:
    if not isinstance(shape, tuple):
        return None
    sizes = [str(size) if isinstance(size, int) else "?" for size in shape[1:]]
    return _in_parentheses(["?", *sizes]) if sizes else None


def _in_parentheses(sizes: list[str]) -> str:
    return f"({sizes[0]},)" if len(sizes) == 1 else f"({', '.join(sizes)})"
