"""A function of TensorFlow or numpy is called on a symbolic tensor of Keras."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.data import Array
from keras_shapes.diagnostic import Diagnostic, Related
from keras_shapes.model import Call, Operation
from keras_shapes.rules.branches import branches, given_spans, mark_of_node
from keras_shapes.rules.refusal_facts import one_line
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.training_views import text_of
from keras_shapes.rules.wording import shape_text

_LIBRARIES = {"tensorflow.": "TensorFlow", "keras.backend.": "TensorFlow", "numpy.": "numpy"}


def check(subject: Subject) -> Iterator[Diagnostic]:
    """A refusal by such a function, outside of a `call`."""
    refusal = subject.refusal
    if refusal is None or refusal.stage != "build" or subject.model.kind == "call":
        return
    node = subject.model.nodes[refusal.node]
    call, met = node.expression, branches(subject, refusal)
    if isinstance(call, Operation) and isinstance(call.operands[0], Array):
        other = text_of(subject.document, list(given_spans(subject.document, call))[-1] or call.span, "the tensor")
        yield RULE.report(
            one_line(subject.document, call.span),
            f"an array of numpy that stands first asks {other} for its values, and {other} is only a shape",
            keras_message=refusal.message,
        )
        return
    if not isinstance(call, Call) or not met:
        return
    library = next((name for start, name in _LIBRARIES.items() if call.target.path.startswith(start)), None)
    if library is None:
        return
    name = subject.document.slice(one_line(subject.document, call.span)).partition("(")[0]
    first = met[0]
    made = None if first.node is None else subject.model.nodes[first.node]
    yield RULE.report(
        mark_of_node(subject.document, node),
        f"{name} is a function of {library}: it takes values, and {first.name} is only a shape, "
        f"{shape_text(first.shape)}",
        related=()
        if made is None
        else (Related(f"{first.name} comes from here", mark_of_node(subject.document, made)),),
        keras_message=refusal.message,
    )


RULE = Rule(
    "tensorflow-on-keras-tensor",
    check,
    severity="error",
    needs="shapes",
    since="0.2.0",
    models="graphs",
    instead_of=frozenset({"merge-shapes"}),
)
