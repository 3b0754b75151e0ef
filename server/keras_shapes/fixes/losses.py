"""Another loss in `compile`, written as the one that is there."""

from __future__ import annotations

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.imports import replaced
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.model import Call, PublicName
from keras_shapes.rules.training_views import Trial, loss_name
from keras_shapes.source import Span


def loss_changed(case: Case, trial: Trial, new: str, rank: int = 0) -> Candidate | None:
    """Its name as a string, a function or a class with arguments; None where it is written otherwise."""
    argument, name = trial.loss, loss_name(trial)
    edits = _edits(case, argument.value, argument.value_span, name, new) if argument is not None else ()
    return Candidate(f"Use {new}", edits, rank) if edits else None


def _edits(case: Case, value: object, span: Span, old: str, new: str) -> tuple[Edit, ...]:
    written = case.document.slice(span)
    match value:
        case str() if written[1:-1] == old:
            return (Edit(Span(span.start + 1, span.end - 1), new),)
        case str():
            return (Edit(span, case.text.quoted(new)),)
        case Call(target=PublicName(path=path)) as call:
            spelling, imports = replaced(case.text, call, path.replace(old, new), call.span.start)
            return Edit(Span(call.span.start, call.name_span.end), spelling), *imports
        case PublicName() if written.endswith(f".{old}"):
            return (Edit(Span(span.end - len(old), span.end), new),)
    return ()
