"""`keras-shapes rule`: pages in the terminal, and the list of all rules."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from keras_shapes.rules import rules

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def rule(run, tmp_path_factory):
    folder = tmp_path_factory.mktemp("empty")
    return lambda *arguments, **environment: run("rule", *arguments, cwd=folder, **environment)


def test_a_page_in_a_pipe_is_the_page(rule):
    result = rule("reshape-size")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == (DOCS / "rules" / "reshape-size.md").read_text(encoding="utf-8")


def test_a_page_in_a_terminal_is_set(rule):
    shown = rule("reshape-size", FORCE_COLOR="1", COLUMNS="80").stdout
    assert "\x1b[" in shown
    assert "```" not in shown
    assert "reshape-size" in shown


def test_all_rules_a_line_each(rule):
    lines = rule("--all").stdout.splitlines()
    assert [line.split()[0] for line in lines] == [each.name for each in rules()]
    line = next(line for line in lines if line.startswith("reshape-size "))
    assert line.split(maxsplit=2)[1:] == [
        "error",
        "Reshape puts the same values into another shape, so both shapes must hold equally many.",
    ]


def test_all_rules_for_programs(rule):
    found = json.loads(rule("--all", "--output-format", "json").stdout)
    jsonschema.validate(found, json.loads((DOCS / "rule-output.schema.json").read_text(encoding="utf-8")))
    by_name = {each["name"]: each for each in found["rules"]}
    assert set(by_name) == {each.name for each in rules()}
    assert by_name["reshape-size"]["fixable"] is True
    assert by_name["refused-model"]["fixable"] is False
    assert all(Path(each["page"]).name == f"{name}.md" for name, each in by_name.items())
    assert json.loads(rule("reshape-size", "--output-format", "json").stdout)["rules"] == [by_name["reshape-size"]]


def test_a_rule_that_there_is_not(rule):
    result = rule("reshape-siz")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "keras-shapes: there is no rule reshape-siz: reshape-size is meant?\n"


@pytest.mark.parametrize("arguments", [[], ["reshape-size", "--all"]])
def test_a_name_or_all(rule, arguments):
    result = rule(*arguments)
    assert result.returncode == 2
    assert "Give the name of a rule, or --all." in result.stderr
