"""One real Keras for all tests of a session, and programs with their fixes."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent

import pytest

from keras_shapes.analysis import Analysis, analyse
from keras_shapes.diagnostic import Diagnostic, Fix
from keras_shapes.files import python_document
from keras_shapes.fixes.apply import edited
from keras_shapes.fixes.proof import prove


@dataclass(frozen=True)
class Found:
    """One diagnostic of a program, as tests speak of it."""

    analysis: Analysis
    diagnostic: Diagnostic

    @property
    def code(self) -> str:
        return self.diagnostic.code

    @property
    def severity(self) -> str:
        return self.diagnostic.severity

    @property
    def mark(self) -> str:
        return self.analysis.document.slice(self.diagnostic.span)

    @property
    def titles(self) -> list[str]:
        return [_decorated(fix) for fix in self.diagnostic.fixes]

    def after(self, title: str) -> str:
        """The text after the fix of this title."""
        fix = next(fix for fix in self.diagnostic.fixes if fix.title == title)
        return edited(self.analysis.document, fix.edits).text


def _decorated(fix: Fix) -> str:
    """`**title** ✓`: bold is preferred, a tick is safe, `last:` is laundering; every one is proven."""
    assert fix.proven
    title = f"**{fix.title}**" if fix.preferred else fix.title
    return ("last: " if fix.laundering else "") + title + (" ✓" if fix.safe else "")


@pytest.fixture(scope="session")
def proved(keras):
    """The diagnostics of a program that are errors or warnings, with their fixes."""

    def run(program, path="program.py"):
        analysis = analyse(python_document(path, dedent(program)), keras)
        return [
            Found(analysis, each)
            for each in prove(analysis, keras).diagnostics
            if each.severity in ("error", "warning")
        ]

    return run
