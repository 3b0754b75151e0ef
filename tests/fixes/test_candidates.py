"""Fixes are found by the name of their rule."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from keras_shapes import fixes
from keras_shapes.rules import rules


def test_modules_with_candidates_are_named_after_rules():
    modules = [path.stem for path in Path(fixes.__file__).parent.glob("*.py") if path.stem != "__init__"]
    with_fixes = {
        name.replace("_", "-") for name in modules if hasattr(import_module(f"{fixes.__name__}.{name}"), "candidates")
    }
    assert with_fixes
    assert with_fixes <= {rule.name for rule in rules()}
