"""Each rule's page is its test: every program on it is checked, and run in real Keras."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pages import FOLDER, blocks

from keras_shapes.analysis import analyse
from keras_shapes.files import python_document
from keras_shapes.fixes.proof import fix_all
from keras_shapes.rules import rules

BLOCKS = blocks()
MARK = re.compile(r"[ \t]*# (error|warning|hint): \[[a-z-]+\]")
over_rules = pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
over_blocks = pytest.mark.parametrize("block", BLOCKS, ids=str)
BESIDE_THE_MODEL = {"refused-callback"}
"""Rules that warn of what ends the program although the model and its data are fine."""


@over_blocks
def test_page_says_what_is_reported(block, keras):
    document = python_document(block.page + ".py", block.code)
    analysis = analyse(document, keras)
    found = [
        (document.location(each.span.start).row, each.severity, each.code, each.message)
        for each in analysis.diagnostics
    ]
    assert [each[:3] for each in found] == list(block.expected)
    assert not (block.silent and block.expected)
    if block.messages:
        assert [each[3] for each in found] == list(block.messages)


@over_blocks
def test_real_keras_agrees(block, real_runs):
    """An error is what Keras refuses; what is silent, fixed or only a warning runs."""
    if "keras-shapes: ignore" in block.code:
        return
    refused = any(severity == "error" or name in BESIDE_THE_MODEL for _, severity, name in block.expected)
    assert (real_runs[BLOCKS.index(block)] is not None) == refused


@over_rules
def test_page_shows_what_its_fixes_make_of_the_example(rule, keras):
    """Where no fix may be applied without asking, the good example is written by hand."""
    example, *others = [block for block in BLOCKS if block.page == rule.name]
    fixed = fix_all(analyse(python_document(rule.name + ".py", example.code), keras), keras, unsafe=True)
    if fixed.titles:
        assert MARK.sub("", fixed.analysis.document.text) in [block.code for block in others if block.fixed]


@over_rules
def test_page_shows_its_rule_with_a_message(rule):
    own = [block for block in BLOCKS if block.page == rule.name]
    marked = [block for block in own if any(each[2] == rule.name for each in block.expected)]
    assert marked
    assert all(len(block.messages) == len(block.expected) for block in marked)
    assert any(block.heading == "Not reported" for block in own)
    assert (FOLDER / f"{rule.name}.md").read_text(encoding="utf-8").startswith(f"# {rule.name}\n")


@pytest.fixture(scope="session")
def real_runs(tmp_path_factory):
    """For each block what real Keras raised, None where it ran to its end. One process runs them all."""
    program = Path(__file__).with_name("run_blocks.py")
    request = json.dumps([block.code for block in BLOCKS])
    folder = tmp_path_factory.mktemp("pages")  # what the programs save stays there
    result = subprocess.run(
        [sys.executable, program], input=request, capture_output=True, text=True, check=True, cwd=folder
    )
    return json.loads(result.stdout.splitlines()[-1])
