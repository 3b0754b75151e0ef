"""The index of the rules is generated."""

from __future__ import annotations

import importlib.util
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_index_is_up_to_date():
    spec = importlib.util.spec_from_file_location("rules_index", ROOT / "scripts" / "rules_index.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    text = (ROOT / "docs" / "rules" / "index.md").read_text(encoding="utf-8")
    assert text == script.updated(text), "run `python scripts/rules_index.py`"
