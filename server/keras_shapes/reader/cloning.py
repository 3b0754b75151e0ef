"""`clone_model(model)` of a functional model: the same applications, of layers of its own."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from keras_shapes.expressions import map_children
from keras_shapes.model import Call, UserCode
from keras_shapes.reader.applying import note_functional
from keras_shapes.reader.reaching import reached_by
from keras_shapes.reader.sequential import name_span
from keras_shapes.reader.values import Choice, Instance, SequentialValue, Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter


class _Inseparable(Exception):
    """Something of which nobody knows what a copy of it would be."""


def clone_graph(it: Interpreter, model: Call, node: ast.AST) -> Value:
    """A functional model like `model`; unknown where models are inside, or where it depends on something unknown."""
    # What is reached is kept for a program that has been read to its end, which this one is not yet.
    it.order = None
    applied = [one.applied for one in reached_by(it, it.functionals[id(model)]) if not one.aside]
    it.order = None
    if len(it.applied) + len(applied) >= it.budget.limits.nodes:
        it.budget.exhaust()
    copies: dict[int, Value] = {}
    try:
        noted = [replace(one, value=_copied(it, one.value, copies), guards=it.guards) for one in applied]
        copy = map_children(model, lambda part: _copied(it, part, copies))
    except _Inseparable:
        return it.unknown("a copy of a model that holds models, or depends on something unknown", node)
    it.applied += noted
    assert isinstance(copy, Call)
    return note_functional(it, replace(copy, span=it.span(node), name_span=name_span(it, node)))


def _copied(it: Interpreter, value: Value, copies: dict[int, Value]) -> Value:
    """What is one object is one object in the copy, too."""
    if isinstance(value, Choice | SequentialValue | Instance) or id(value) in it.functionals:
        raise _Inseparable
    if isinstance(value, str | bytes | int | float | None):
        return value
    if id(value) not in copies:
        copies[id(value)] = _fresh(map_children(value, lambda part: _copied(it, part, copies)))
    return copies[id(value)]


def _fresh(value: Value) -> Value:
    """A layer without arguments is another layer, too."""
    return replace(value) if isinstance(value, Call | UserCode) else value
