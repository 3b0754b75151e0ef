"""How it stands with the models of many files, in a line: `21 models: 16 built, 5 with errors`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from keras_shapes.analysis import Analysis
from keras_shapes.features.problems import has_error


def totals_text(files: int, analyses: Sequence[Analysis]) -> str:
    """`18 files, 21 models: 16 built, 5 with errors`; a model that Keras builds and cannot fit has an error."""
    kinds: Counter[str] = Counter()
    for analysis in analyses:
        for model in analysis.models:
            if model.model.kind in ("sequential", "functional"):
                kinds["error" if has_error(analysis, model) else model.status.kind] += 1
    if not kinds:
        return f"{number_of(files, 'file')}, no Keras model"
    errors = "with an error" if kinds["error"] == 1 else "with errors"
    told = [("built", "built"), ("error", errors), ("unknown", "unknown")]
    words = ", ".join(f"{kinds[kind]} {word}" for kind, word in told if kinds[kind])
    return f"{number_of(files, 'file')}, {number_of(kinds.total(), 'model')}: {words}"


def number_of(number: int, noun: str) -> str:
    """`1 file`, `18 files`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
