"""A layer stands where a tensor belongs: it was made and not called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from keras_shapes.diagnostic import Diagnostic, Related
from keras_shapes.model import Apply, Call, Expression, Model, Node, Operation, UserCode
from keras_shapes.rules.branches import mark_of_node
from keras_shapes.rules.refusal_facts import mark_of, name_of
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.source import Span
from keras_shapes.verdict import Refused


@dataclass(frozen=True, slots=True)
class Uncalled:
    """A layer in the place of a tensor, and whether tensors were given to its constructor instead."""

    layer: Call | UserCode | Model
    has_tensors: bool


def check(subject: Subject) -> Iterator[Diagnostic]:
    """A refusal by what gets a layer, marked on the layer."""
    refusal = subject.refusal
    if refusal is None or refusal.stage not in ("build", "model"):
        return
    found = uncalled(subject, refusal)
    if found is None:
        return
    document, layer = subject.document, found.layer
    name = name_of(document, layer)
    why = "its tensors stand where its settings belong" if found.has_tensors else f"{name} is not called on a tensor"
    yield RULE.report(
        mark_of(document, Node(layer, layer.span)),
        f"a layer, not what it gives: {why}",
        related=(Related(f"{_who(subject, refusal)} gets the layer here", _place(subject, refusal)),),
        keras_message=refusal.message,
    )


def uncalled(subject: Subject, refusal: Refused) -> Uncalled | None:
    """The first layer among the tensors of the refused node, or of the refused model."""
    if refusal.stage == "model":
        values: list[Expression] = [subject.model.inputs, subject.model.outputs]
    else:
        values = list(_given(subject.model.nodes[refusal.node].expression))
    for value in values:
        for part in _parts(value):
            if _is_layer(part):
                assert isinstance(part, Call | UserCode | Model)
                return Uncalled(part, _holds_tensors(part))
    return None


def _given(expression: Expression) -> Iterator[Expression]:
    match expression:
        case Apply(arguments=arguments) | Call(arguments=arguments):
            yield from (argument.value for argument in arguments if argument.name in (None, "inputs"))
        case Operation(operands=operands):
            yield from operands


def _parts(value: Expression) -> Iterator[Expression]:
    if isinstance(value, list | tuple):
        for item in value:
            yield from _parts(item)
    else:
        yield value


def _is_layer(value: Expression) -> bool:
    match value:
        case Call(target=target):
            module, _, name = target.path.rpartition(".")
            return module == "keras.layers" and name[:1].isupper() and name != "Input"
        case UserCode(arguments=tuple()) | Model():
            return True
    return False


def _holds_tensors(layer: Call | UserCode | Model) -> bool:
    """Whether what a constructor gets first are tensors."""
    first = next((one for one in layer.arguments or () if one.name is None), None)
    return first is not None and any(_is_tensor(part) for part in _parts(first.value))


def _is_tensor(value: Expression) -> bool:
    return isinstance(value, Apply | Operation) or (isinstance(value, Call) and value.target.path == "keras.Input")


def _who(subject: Subject, refusal: Refused) -> str:
    if refusal.stage == "model":
        return subject.document.slice(subject.model.name_span)
    return refusal.layers[refusal.node].class_name or "this"


def _place(subject: Subject, refusal: Refused) -> Span:
    if refusal.stage == "model":
        return subject.model.name_span
    return mark_of_node(subject.document, subject.model.nodes[refusal.node])


RULE = Rule("not-a-tensor", check, severity="error", needs="shapes", since="0.2.0", models="graphs")
