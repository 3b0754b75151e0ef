"""Fixes of the files that were checked: written, or shown as what they would change."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from keras_shapes.api.driver import Checked, check_document
from keras_shapes.diagnostic import Fix
from keras_shapes.fixes.apply import edited
from keras_shapes.fixes.proof import Fixed, fix_all, prove
from keras_shapes.fixes.saving import NotSaved, save
from keras_shapes.keras_process import Keras
from keras_shapes.project_modules import Workspace
from keras_shapes.python_files import Problem
from keras_shapes.rules import Selection
from keras_shapes.source import Document


@dataclass(frozen=True, slots=True, eq=False)
class Mended:
    """A file after its fixes: how it stands now, their titles, and what could not be written."""

    checked: Checked
    titles: tuple[str, ...] = ()
    problem: Problem | None = None


def mend(file: Checked, keras: Keras, *, unsafe: bool, selection: Selection) -> Mended:
    """Write the fixes of a file into it, and check what is left."""
    before = file.analysis
    if before is None:
        return Mended(file)
    fixed = _fixed(file, keras, unsafe=unsafe, selection=selection)
    if not fixed.titles:
        return Mended(file)
    try:
        save(file.path, before.document, fixed.analysis.document)
    except NotSaved as error:
        return Mended(file, problem=Problem(file.path, str(error)))
    after = prove(fixed.analysis, keras, project=Workspace(), selection=selection)
    return Mended(replace(file, analysis=after), fixed.titles)


def mend_one(file: Checked, fix: Fix, keras: Keras, selection: Selection) -> Mended:
    """Write one fix of a file into it, and check what is left."""
    assert file.analysis is not None, "a fix is of an analysis"
    before = file.analysis.document
    after = edited(before, fix.edits)
    try:
        save(file.path, before, after)
    except NotSaved as error:
        return Mended(file, problem=Problem(file.path, str(error)))
    return Mended(replace(file, analysis=check_document(after, keras, selection)), (fix.title,))


def diff(file: Checked, keras: Keras, *, unsafe: bool, selection: Selection) -> str:
    """What `mend` would change, as a unified diff; nothing is written."""
    if file.analysis is None:
        return ""
    fixed = _fixed(file, keras, unsafe=unsafe, selection=selection)
    return unified_diff(file.path, file.analysis.document, fixed.analysis.document)


def _fixed(file: Checked, keras: Keras, *, unsafe: bool, selection: Selection) -> Fixed:
    assert file.analysis is not None
    return fix_all(file.analysis, keras, unsafe=unsafe, project=Workspace(), selection=selection)


def unified_diff(path: Path, before: Document, after: Document) -> str:
    """From one document to another one, as `diff -u` writes it; each code cell of a notebook for itself."""
    return "".join(_diff(path, before, after))


def _diff(path: Path, before: Document, after: Document) -> Iterator[str]:
    for name, old, new in _parts(path, before, after):
        for line in difflib.unified_diff(_lines(old), _lines(new), name, name):
            yield line if line.endswith("\n") else line + "\n\\ No newline at end of file\n"


def _parts(path: Path, before: Document, after: Document) -> Sequence[tuple[str, str, str]]:
    """The texts to compare: each code cell of a notebook for itself."""
    if not before.cells:
        return [(str(path), before.text, after.text)]
    return [
        (f"{path}:cell {old.number}", before.slice(old.span), after.slice(new.span))
        for old, new in zip(before.cells, after.cells, strict=True)
    ]


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").splitlines(keepends=True)
