"""A graph as the rules for chains see it: its layers, or the one way through it that leads to what is in question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from keras_shapes.model import Apply, Expression, Model, Node
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.source import Span
from keras_shapes.verdict import Built, LayerVerdict, Refused, TrainingUnknown


class Views:
    """One subject as rules see it."""

    def __init__(self, subject: Subject) -> None:
        self._chain = subject.model.kind == "sequential"
        if isinstance(subject.verdict, Refused) and not self._chain:
            # what the first batch would meet is told already
            subject = replace(
                subject, training=(TrainingUnknown("there is an error in the model"),) * len(subject.training)
            )
        self._subject = subject

    def seen_by(self, rule: Rule) -> Subject | None:
        """The subject as a rule sees it; None where it is not for this rule."""
        if self._chain:
            return None if rule.models == "graphs" else self._subject
        match rule.models:
            case "graphs":
                return self._subject
            case "chains":
                return None
            case "all":
                return self._layers if rule.needs == "source" else self._way

    @cached_property
    def _layers(self) -> Subject:
        return layers_of(self._subject)

    @cached_property
    def _way(self) -> Subject | None:
        return way_of(self._subject)


def layers_of(subject: Subject) -> Subject:
    """All nodes of a graph with the layers that they apply in the place of the applications."""
    return replace(subject, model=replace(subject.model, nodes=tuple(map(_layer, subject.model.nodes))))


def way_of(subject: Subject) -> Subject | None:
    """The nodes on the way to the refused one, or from the input to the output: a chain.

    None where there is no one way: several outputs, or layers that are not known.
    """
    match subject.verdict:
        case Refused(stage="model"):
            return layers_of(subject)
        case Refused(node=node) as refusal:
            indices = way_to(refusal.layers, node)
            layers = tuple(refusal.layers[index] for index in indices)
            last = len(indices) - 1
            verdict = replace(refusal, node=last, path=(last,), layers=layers)
            return replace(subject, model=_along(subject.model, indices), verdict=verdict)
        case Built(layers=layers) as built:
            end = _output(subject.model)
            if end is None:
                return None
            indices = way_to(layers, end)
            along = replace(built, layers=tuple(layers[index] for index in indices))
            return replace(subject, model=_along(subject.model, indices), verdict=along)
    return None


def way_to(layers: Sequence[LayerVerdict], node: int) -> list[int]:
    """The indices of the nodes that lead to one, itself last; of several ways the one of the first tensor."""
    way: dict[int, None] = {node: None}
    while True:
        above = next(iter(layers[next(reversed(way))].inputs), None)
        if above is None or above in way or not 0 <= above < len(layers):
            return list(way)[::-1]
        way[above] = None


def tensors_of(structure: Expression) -> Iterator[Expression]:
    """The parts of a structure of tensors, in order."""
    match structure:
        case list() | tuple():
            for one in structure:
                yield from tensors_of(one)
        case dict():
            yield from tensors_of(list(structure.values()))
        case _:
            yield structure


def _along(model: Model, indices: Sequence[int]) -> Model:
    return replace(model, nodes=tuple(_layer(model.nodes[index]) for index in indices))


def _layer(node: Node) -> Node:
    expression = node.expression
    if not isinstance(expression, Apply):
        return node
    made = getattr(expression.target, "span", None)
    here = isinstance(made, Span) and expression.span.encloses(made)
    return replace(node, expression=expression.target, elsewhere=not here)


def _output(model: Model) -> int | None:
    """The node that gives the only output of a model."""
    outputs = list(tensors_of(model.outputs))
    found = [index for index, node in enumerate(model.nodes) if any(node.expression is one for one in outputs)]
    return found[0] if len(outputs) == len(found) == 1 else None
