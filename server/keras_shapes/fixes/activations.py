"""Another activation for the last layer."""

from __future__ import annotations

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.edits import add_argument
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.model import Argument, Call
from keras_shapes.rules.label_causes import last_activation
from keras_shapes.rules.training_views import head
from keras_shapes.source import Span


def activation_changed(case: Case, name: str, rank: int = 0) -> Candidate | None:
    """The name of the activation where it is written, as a string or as a function."""
    argument = last_activation(case.subject)
    edit = _edit(case, argument, name) if argument is not None else None
    return Candidate(f"Change activation to '{name}'", (edit,), rank) if edit is not None else None


def activation_added(case: Case, name: str, rank: int = 0) -> Candidate | None:
    """An activation for a last layer that has none."""
    layer = head(case.subject.model)
    if not isinstance(layer, Call) or layer.argument("activation", 1) is not None:
        return None
    content = f"activation={case.text.quoted(name, layer.span)}"
    return Candidate(f"Add activation='{name}'", (add_argument(case.text, layer, content),), rank)


def _edit(case: Case, argument: Argument, name: str) -> Edit | None:
    span, written = argument.value_span, case.document.slice(argument.value_span)
    if isinstance(argument.value, str) and written[1:-1] == argument.value:
        return Edit(Span(span.start + 1, span.end - 1), name)
    last = written.rpartition(".")[2]
    return Edit(Span(span.end - len(last), span.end), name) if "." in written and last.isidentifier() else None
