"""The initial state that a recurrent layer is given has another size or number than its own states."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic, Related
from keras_shapes.model import Apply, Argument, Node
from keras_shapes.rules.branches import branches, mark_of_node
from keras_shapes.rules.refusal_facts import one_line
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.wording import plural, shape_text
from keras_shapes.verdict import Refused


def check(subject: Subject) -> Iterator[Diagnostic]:
    """A refusal by a layer that gets `initial_state`."""
    refusal = subject.refusal
    if refusal is None or refusal.stage != "build":
        return
    node = subject.model.nodes[refusal.node]
    argument = _initial_state(node)
    if argument is None:
        return
    states = [each for each in branches(subject, refusal)[1:] if each.sizes]
    layer = refusal.layers[refusal.node]
    said = " and ".join(shape_text(each.shape) for each in states) or "what it gets"
    yield RULE.report(
        one_line(subject.document, argument.span),
        f"{layer.class_name} cannot begin with {plural(len(states), 'state')} of {said}{_own(refusal)}",
        related=tuple(
            Related(f"this state is {shape_text(each.shape)}", mark_of_node(subject.document, made))
            for each in states
            if each.node is not None
            for made in [subject.model.nodes[each.node]]
        ),
        keras_message=refusal.message,
    )


def _initial_state(node: Node) -> Argument | None:
    expression = node.expression
    if not isinstance(expression, Apply):
        return None
    return next((each for each in expression.arguments if each.name == "initial_state"), None)


def _own(refusal: Refused) -> str:
    units = dict(refusal.config).get("units")
    return f": it has {units} units" if isinstance(units, int) else ""


RULE = Rule(
    "state-shapes",
    check,
    severity="error",
    needs="shapes",
    since="0.2.0",
    models="graphs",
    instead_of=frozenset({"merge-shapes"}),
)
