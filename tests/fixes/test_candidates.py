"""Fixes are found by the name of their rule."""

from __future__ import annotations

from pathlib import Path

from keras_shapes import fixes
from keras_shapes.rules import rules


def test_modules_with_candidates_are_named_after_rules():
    modules = list(Path(fixes.__file__).parent.glob("[!_]*.py"))
    with_fixes = {
        path.stem.replace("_", "-") for path in modules if "\ndef candidates(" in path.read_text(encoding="utf-8")
    }
    assert with_fixes
    assert with_fixes <= {rule.name for rule in rules()}
