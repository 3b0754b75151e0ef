"""A fix is proven by applying it to the text and analysing the whole text again.

Proven: the diagnostic is gone, no other error has come, and where Keras was asked it builds the model and takes its
data. What fails is dropped; what cannot be decided, because Keras cannot be asked, stays unproven.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from keras_shapes.analysis import DEFAULT, Analysis, Bounds, analyse
from keras_shapes.diagnostic import Diagnostic, Fix
from keras_shapes.fixes import Candidate, Case, candidates
from keras_shapes.fixes.apply import edited, moved
from keras_shapes.fixes.building import making, unknowns
from keras_shapes.fixes.text import Text
from keras_shapes.keras_process import Keras
from keras_shapes.reader import Cancelled, Project
from keras_shapes.reader.limits import never
from keras_shapes.rules import Selection, Subject
from keras_shapes.source import Document
from keras_shapes.verdict import DataRefused

MAX_CANDIDATES = 6
"""So many fixes of one diagnostic are tried."""
MAX_FIXES = 50
"""So many fixes are applied to one document."""

Outcome: TypeAlias = Literal["proven", "unproven", "failed"]


@dataclass(frozen=True, slots=True)
class _Tried:
    candidate: Candidate
    outcome: Outcome
    new_warnings: int


@dataclass(frozen=True, slots=True, eq=False)
class Fixed:
    """A document after fixes: what is known of it now, and the titles of what was done, in order."""

    analysis: Analysis
    titles: tuple[str, ...]


def prove(
    analysis: Analysis,
    keras: Keras,
    *,
    project: Project | None = None,
    selection: Selection | None = None,
    bounds: Bounds = DEFAULT,
    cancelled: Callable[[], bool] = never,
) -> Analysis:
    """The analysis with the fixes of its diagnostics; what is left when `cancelled()` says so has none.

    Asks Keras about every candidate and waits for the answers.
    """
    asking = _Asking(keras, project, selection, bounds, cancelled)
    text = Text(analysis.document)
    return replace(analysis, diagnostics=tuple(_proved(each, analysis, text, asking) for each in analysis.diagnostics))


def fix_all(
    analysis: Analysis,
    keras: Keras,
    *,
    unsafe: bool = False,
    project: Project | None = None,
    selection: Selection | None = None,
) -> Fixed:
    """The document with its safe fixes, with `unsafe` the preferred ones too, one after the other, each one proven."""
    asking = _Asking(keras, project, selection, DEFAULT, never)
    titles: list[str] = []
    while len(titles) < MAX_FIXES:
        text = Text(analysis.document)
        proved = (_proved(each, analysis, text, asking) for each in analysis.diagnostics)
        fix = next((fix for each in proved if (fix := chosen(each, unsafe=unsafe)) is not None), None)
        if fix is None:
            break
        analysis = asking.analysis(edited(analysis.document, fix.edits))
        titles.append(fix.title)
    return Fixed(analysis, tuple(titles))


def chosen(diagnostic: Diagnostic, *, unsafe: bool) -> Fix | None:
    """The fix that may be applied without asking: proven and safe, with `unsafe` also the preferred one."""
    allowed = (fix for fix in diagnostic.fixes if fix.proven and (fix.safe or (unsafe and fix.preferred)))
    return next(allowed, None)


@dataclass(frozen=True, slots=True, eq=False)
class _Asking:
    """How an edited document is analysed."""

    keras: Keras
    project: Project | None
    selection: Selection | None
    bounds: Bounds
    cancelled: Callable[[], bool]

    def analysis(self, document: Document) -> Analysis:
        return analyse(
            document,
            self.keras,
            project=self.project,
            selection=self.selection,
            bounds=self.bounds,
            cancelled=self.cancelled,
        )


def _proved(diagnostic: Diagnostic, analysis: Analysis, text: Text, asking: _Asking) -> Diagnostic:
    if asking.cancelled() or not analysis.subjects:
        return diagnostic
    subject = diagnostic.subject if isinstance(diagnostic.subject, Subject) else analysis.subjects[0]
    case = Case(diagnostic, subject, text, analysis.reading.names)
    try:
        tried = list(_tries(case, analysis, asking))
    except Cancelled:
        return diagnostic
    return replace(diagnostic, fixes=_fixes(tried))


def _tries(case: Case, analysis: Analysis, asking: _Asking) -> Iterator[_Tried]:
    for candidate in candidates(case)[:MAX_CANDIDATES]:
        if asking.cancelled():
            raise Cancelled
        try:
            document = edited(analysis.document, candidate.edits)
        except ValueError:
            continue
        after = asking.analysis(document)
        outcome = _outcome(case, candidate, analysis, after)
        if outcome != "failed":
            yield _Tried(candidate, outcome, _new(candidate, analysis, after, "warning"))


def _fixes(tried: Sequence[_Tried]) -> tuple[Fix, ...]:
    """Those that raise the fewest new warnings, proven ones first."""
    least = min((each.new_warnings for each in tried), default=0)
    kept = [each for each in tried if each.new_warnings == least]
    kept.sort(key=lambda each: (each.outcome != "proven", each.candidate.laundering, each.candidate.rank))
    proven = [each.candidate for each in kept if each.outcome == "proven"]
    best = proven[0] if proven and not proven[0].laundering else None
    alone = best is not None and all(each.rank > best.rank or each.laundering for each in proven[1:])
    return tuple(
        Fix(
            each.candidate.title,
            each.candidate.edits,
            proven=each.outcome == "proven",
            preferred=alone and each.candidate is best,
            safe=each.candidate.safe,
            laundering=each.candidate.laundering,
        )
        for each in kept
    )


def _outcome(case: Case, candidate: Candidate, before: Analysis, after: Analysis) -> Outcome:
    if after.reading.broken != () and len(after.reading.broken) > len(before.reading.broken):
        return "failed"
    mark = moved(case.diagnostic.span.start, candidate.edits)
    if any((each.code, each.span.start) == (case.diagnostic.code, mark) for each in after.diagnostics):
        return "failed"
    if _new(candidate, before, after, "error"):
        return "failed"
    site = moved(case.subject.model.name_span.start, candidate.edits)
    models = [each for each in after.subjects if each.model.name_span.start == site]
    if not models:
        return "failed"
    found = {_is_fine(each, case, candidate, before) for each in models}
    return "failed" if "failed" in found else "unproven" if "unproven" in found else "proven"


def _is_fine(subject: Subject, case: Case, candidate: Candidate, before: Analysis) -> Outcome:
    """Whether Keras builds the model and takes its data; what another diagnostic told before may still be wrong."""
    others = any(each.severity == "error" for each in before.diagnostics if each != case.diagnostic)
    made = making(subject, candidate.edits, others=others)
    accepts = not any(isinstance(each, DataRefused) for each in subject.training)
    if made == "not made" or not (accepts or others) or unknowns(subject) > unknowns(case.subject):
        return "failed"
    return "proven" if made == "made" else "unproven"


def _new(candidate: Candidate, before: Analysis, after: Analysis, severity: str) -> int:
    """How many diagnostics there are after the edit that were not there before."""
    known = {(each.code, moved(each.span.start, candidate.edits)) for each in before.diagnostics}
    return sum(each.severity == severity and (each.code, each.span.start) not in known for each in after.diagnostics)
