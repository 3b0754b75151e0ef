"""A weight of a custom layer that was made for another axis of the input than the one that it meets."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.data import Array
from keras_shapes.diagnostic import Diagnostic, Related
from keras_shapes.model import Attribute, Call, Expression, Item, Operation
from keras_shapes.rules.branches import branches, mark_of_node
from keras_shapes.rules.refusal_facts import one_line
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.wording import shape_text


def check(subject: Subject) -> Iterator[Diagnostic]:
    """A refusal by a function that gets the weight, where `build` asks for an axis that is not the last."""
    refusal = subject.refusal
    if refusal is None or refusal.stage != "build":
        return
    node = subject.model.nodes[refusal.node]
    size = asked_size(node.expression)
    met = branches(subject, refusal)
    if size is None or len(met) != 2:
        return
    weight, tensor = sorted(met, key=lambda branch: branch.node is not None)
    asked = subject.document.slice(size.span)
    name = refusal.layers[refusal.node].class_name
    yield RULE.report(
        one_line(subject.document, size.span),
        f"{asked} makes the weight {shape_text(weight.shape)}, and {tensor.name} is {shape_text(tensor.shape)}",
        related=(Related(f"{name} raises the error here", mark_of_node(subject.document, node)),),
        keras_message=refusal.message,
    )


def asked_size(expression: Expression) -> Item | None:
    """The size of the input that a weight was made with, where it is one of an axis counted from the front."""
    match expression:
        case Call(arguments=arguments):
            operands = tuple(argument.value for argument in arguments)
        case Operation(operands=operands):
            pass
        case _:
            return None
    sizes: list[object] = [size for each in operands if isinstance(each, Array) and each.shape for size in each.shape]
    asked = [size for size in sizes if isinstance(size, Item) and _is_of_front(size)]
    return asked[0] if len(asked) == 1 else None


def _is_of_front(size: Item) -> bool:
    shape = isinstance(size.target, Attribute) and size.target.name == "shape"
    return shape and isinstance(size.index, int) and size.index > 0


RULE = Rule(
    "weight-shape",
    check,
    severity="error",
    needs="shapes",
    since="0.2.0",
    models="graphs",
    instead_of=frozenset({"merge-shapes", "refused-model"}),
)
