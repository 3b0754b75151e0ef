"""Query, value and key of an attention layer do not fit together."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic, Related
from keras_shapes.rules.branches import branches, mark_of_node
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.wording import shape_text

_ROLES = ("the query", "the value", "the key")


def check(subject: Subject) -> Iterator[Diagnostic]:
    """A refusal by an attention layer that gets tensors of known shapes."""
    refusal = subject.refusal
    if refusal is None or refusal.stage != "build":
        return
    layer, node = refusal.layers[refusal.node], subject.model.nodes[refusal.node]
    met = branches(subject, refusal)
    if not layer.class_name.endswith("Attention") or not 2 <= len(met) <= 3 or not all(each.sizes for each in met):
        return
    said = [f"{role} {each.name} is {shape_text(each.shape)}" for role, each in zip(_ROLES, met, strict=False)]
    yield RULE.report(
        mark_of_node(subject.document, node),
        f"{layer.class_name} cannot compare these: {', '.join(said)}",
        related=tuple(
            Related(
                f"{role} comes from here: {shape_text(each.shape)}",
                mark_of_node(subject.document, subject.model.nodes[each.node]),
            )
            for role, each in zip(_ROLES, met, strict=False)
            if each.node is not None
        ),
        keras_message=refusal.message,
    )


RULE = Rule(
    "attention-shapes",
    check,
    severity="error",
    needs="shapes",
    since="0.2.0",
    models="graphs",
    instead_of=frozenset({"merge-shapes"}),
)
