"""What a check has come to, file by file: for the closing count and the exit code. It does not grow with the files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from keras_shapes.api.results import FileResult, ModelResult
from keras_shapes.cli.places import place_text
from keras_shapes.cli.safe import safe_line
from keras_shapes.features.totals import number_of, totals_text
from keras_shapes.settings import FailOn


@dataclass(slots=True)
class Tally:
    """Counts of files, models and diagnostics; of what is told once, the first place and how many there are."""

    files: int = 0
    models: Counter[str] = field(default_factory=Counter)
    severities: Counter[str] = field(default_factory=Counter)
    known: int = 0
    unread: int = 0
    problem: str | None = None
    unknown: str | None = None
    complaints: list[str] = field(default_factory=list)
    unanswered: dict[str, str] = field(default_factory=dict)
    """For each reason the first place; of the others, nothing but their number is kept."""
    others: Counter[str] = field(default_factory=Counter)

    def add(self, file: FileResult, *, known: int = 0) -> None:
        """Count a file, of which so much is known already."""
        self.known += known
        complaint = file.unchecked or file.unfixed
        if complaint is not None:
            self.complaints.append(f"{file.filename}: {complaint}")
        if file.unchecked is not None:
            return
        self.files += 1
        self.severities.update(each.severity for each in file.diagnostics)
        self.unread += len(file.unread)
        if file.problem is not None and self.problem is None:
            self.problem = f"; {safe_line(file.filename)} not read: {file.problem}"
        for model in file.models:
            self._add_model(file, model)

    def closing_count(self) -> str:
        """`12 files, 7 models: 5 built, 1 with an error, 1 unknown (a.py:4: X comes from read_csv)`."""
        unread = f"; {number_of(self.unread, 'subclassed model')} not read" if self.unread else ""
        known = f"; {self.known} of the baseline" if self.known else ""
        return f"{totals_text(self.files, self.models)}{self.unknown or ''}{unread}{self.problem or ''}{known}"

    def fails(self, fail_on: FailOn) -> bool:
        """Whether there is something that makes the exit code 1."""
        if self.severities["error"] or (fail_on != "error" and self.severities["warning"]):
            return True
        return fail_on == "unknown" and bool(self.models["unknown"] or self.unread or self.problem)

    def without_verdict(self) -> Iterator[str]:
        """One line for each reason why Keras could not be asked about a model, with the first place."""
        for reason, place in self.unanswered.items():
            more = self.others[reason]
            yield f"{place}: {reason}" + (f" (and {number_of(more, 'more model')})" if more else "")

    def _add_model(self, file: FileResult, model: ModelResult) -> None:
        if not model.answered:
            reason = model.reason or ""
            self.others[reason] += reason in self.unanswered
            self.unanswered.setdefault(reason, place_text(file.filename, model.location))
        if model.is_counted:
            self.models["error" if model.has_error else model.status] += 1
            if model.status == "unknown" and self.unknown is None and model.reason and model.reason_location:
                place = place_text(file.filename, model.reason_location)
                self.unknown = f" ({place}: {safe_line(model.reason)})"
