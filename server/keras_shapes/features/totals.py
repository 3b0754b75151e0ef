"""How it stands with the models of many files, in a line: `21 models: 16 built, 5 with errors`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from keras_shapes.analysis import Analysis
from keras_shapes.features.problems import has_error


def totals_text(files: int, kinds: Counter[str]) -> str:
    """`18 files, 21 models: 16 built, 5 with errors`; the kinds of models are those of `kinds_of`."""
    if not kinds:
        return f"{number_of(files, 'file')}, no Keras model"
    errors = "with an error" if kinds["error"] == 1 else "with errors"
    told = [("built", "built"), ("error", errors), ("unknown", "unknown")]
    words = ", ".join(f"{kinds[kind]} {word}" for kind, word in told if kinds[kind])
    return f"{number_of(files, 'file')}, {number_of(kinds.total(), 'model')}: {words}"


def kinds_of(analysis: Analysis) -> Iterator[str]:
    """For each model "built", "error" or "unknown"; one that Keras builds and cannot fit has an error."""
    for model in analysis.models:
        if model.model.kind in ("sequential", "functional"):
            yield "error" if has_error(analysis, model) else model.status.kind


def number_of(number: int, noun: str) -> str:
    """`1 file`, `18 files`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
