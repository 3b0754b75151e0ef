"""The index of the rules is generated."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from keras_shapes.pages import first_sentence

ROOT = Path(__file__).parents[2]


def test_index_is_up_to_date():
    text = (ROOT / "docs" / "rules" / "index.md").read_text(encoding="utf-8")
    assert text == _script().updated(text), "run `python scripts/rules_index.py`"


def test_a_sentence_over_two_lines_is_told_to_its_end():
    page = "# rule\n\nThe `keras.layers` go\non here. Not this.\n\n## Example\n"
    assert first_sentence(page) == "The `keras.layers` go on here."


def _script():
    spec = importlib.util.spec_from_file_location("rules_index", ROOT / "scripts" / "rules_index.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script
