"""`Input` that is not the first element: refused where the model has an input, else taken for a layer."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic, Related
from keras_shapes.rules.refusal_facts import declared_input, is_input, mark_of, one_line
from keras_shapes.rules.rule import Rule, Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """The first `Input` behind another element."""
    model = subject.model
    late = next((element for element in model.nodes[1:] if is_input(element)), None)
    if late is None or model.flavour == "tensorflow.python.keras":
        return
    mark, declared = mark_of(subject.document, late), declared_input(model)
    if declared is not None:
        first = one_line(subject.document, declared.argument.span)
        related = (Related("the input is declared here", first),)
        yield RULE.report(mark, "the model has an input already: only the first element may be one", related=related)
    else:
        message = "Input counts as the first element only: here the model stays without an input"
        refused = subject.refusal is not None and subject.refusal.stage == "build"
        yield RULE.report(mark, message, severity="error" if refused else "warning")


RULE = Rule("misplaced-input", check, severity="error", needs="source", since="0.1.0", models="chains", only=3)
