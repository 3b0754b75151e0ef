"""What `check` writes for other programs, read as they read it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from programs import write

from keras_shapes.cli.formats import FORMATS
from keras_shapes.settings import OutputFormat

ROOT = Path(__file__).parents[2]
FILES = {
    "right.py": """
        from keras import Input, Sequential, layers
        net = Sequential([Input((8,)), layers.Dense(3)])
        """,
    "wrong, 100%.py": """
        from keras import Input, Sequential, layers
        net = Sequential([Input((8, 8, 3)), layers.Flatten(), layers.Reshape((4, 4, 4))])
        """,
}
NOTEBOOK = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {},
    "cells": [
        {
            "cell_type": "code",
            "id": "a",
            "metadata": {},
            "outputs": [],
            "execution_count": None,
            "source": FILES["wrong, 100%.py"].replace("        ", ""),
        }
    ],
}
WHERE, RULE = "wrong, 100%.py", "reshape-size"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = write(tmp_path_factory.mktemp("formats"), FILES)
    (made / "book.ipynb").write_text(json.dumps(NOTEBOOK), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def written(run, folder):
    def written_in(*arguments, code=1):
        result = run("check", *arguments, cwd=folder)
        assert (result.returncode, result.stderr) == (code, "")
        return result.stdout

    return written_in


def test_every_format_that_can_be_chosen_is_there():
    assert {*get_args(OutputFormat), "statistics"} == FORMATS.keys()


def test_concise(written):
    first, second = written("--output-format", "concise").splitlines()
    assert first.startswith(f"book.ipynb:cell 1:3:70: error[{RULE}]: Reshape needs 64 values")
    assert second.startswith(f"{WHERE}:3:70: error[{RULE}]: Reshape needs 64 values")


def test_annotations_of_github(written):
    book, file = written("--output-format", "github").splitlines()
    assert book.startswith(f"::error file=book.ipynb,title=keras-shapes {RULE}::cell 1, line 3: Reshape needs")
    place = "file=wrong%2C 100%25.py,line=3,endLine=3,col=70,endColumn=79"
    assert file.startswith(f"::error {place},title=keras-shapes {RULE}::Reshape needs")


def test_code_quality_of_gitlab(written):
    findings = json.loads(written("--output-format", "gitlab"))
    places = [(one["location"]["path"], one["location"]["lines"]["begin"]) for one in findings]
    assert places == [("book.ipynb", 1), (WHERE, 3)]
    assert {(one["check_name"], one["severity"]) for one in findings} == {(RULE, "major")}
    assert len({one["fingerprint"] for one in findings}) == 2


def test_junit(written):
    suite = ET.fromstring(written("--output-format", "junit")).find("testsuite")
    assert (suite.get("tests"), suite.get("failures")) == ("3", "2")
    failures = {case.get("name"): [each.get("type") for each in case] for case in suite}
    assert failures == {"book.ipynb": [RULE], "right.py": [], WHERE: [RULE]}


def test_sarif(written):
    report = json.loads(written("--output-format", "sarif"))
    (run,) = report["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    book, file = run["results"]
    assert (report["version"], rules[file["ruleIndex"]], file["level"]) == ("2.1.0", RULE, "error")
    place = file["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]["snippet"]["text"]) == (
        "wrong%2C%20100%25.py",
        "(4, 4, 4)",
    )
    fixed = file["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert fixed["deletedRegion"]["startColumn"] == place["region"]["startColumn"]
    assert "fixes" not in book
    assert book["locations"][0]["logicalLocations"][0]["name"] == "cell 1"


def test_sarif_is_what_code_scanning_takes(run):
    """Valid, and shown: it shows related places only where the message links to them."""
    report = json.loads(run("check", "docs/examples", "--output-format", "sarif", cwd=ROOT).stdout)
    schema = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker()).validate(report)
    (scan,) = report["runs"]
    described = {rule["id"]: rule for rule in scan["tool"]["driver"]["rules"]}
    fitting = next(each for each in scan["results"] if each["ruleId"] == "negative-dimension")
    text, related = fitting["message"]["text"], fitting["relatedLocations"]
    assert len(related) == 4
    assert all(f"[{each['message']['text']}]({each['id']})" in text for each in related)
    assert [fix["description"]["text"] for fix in fitting["fixes"]] == ["Add padding='same'", "Remove the last Conv2D"]
    assert "Help: Add padding='same'" in text
    assert described["negative-dimension"]["help"]["markdown"].startswith("# negative-dimension")
    assert all(rule["fullDescription"]["text"] for rule in described.values())


def test_a_file_of_the_report(run, folder, tmp_path):
    result = run("check", "--output-format", "gitlab", "-o", tmp_path / "report.json", cwd=folder)
    assert (result.returncode, result.stdout) == (1, "")
    assert len(json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))) == 2
    result = run("check", "-o", tmp_path / "nowhere" / "report.json", cwd=folder)
    assert (result.returncode, result.stderr.count("\n")) == (2, 1)


def test_how_often_each_rule_speaks(written):
    assert written("--statistics").split() == ["2", "error", RULE]


def test_rules_are_chosen(written, run, folder):
    assert "no error" not in written("--select", RULE, "--quiet")
    assert written("--ignore", f"{RULE}, swapped-channels", "--quiet", code=0) == ""
    assert written("--select", "swapped-channels", "--quiet", code=0) == ""
    assert written("--exclude", "*.ipynb", "--exclude", "wrong*", "--quiet", code=0) == ""
    result = run("check", "--select", "reshape-siz", cwd=folder)
    assert (result.returncode, result.stderr) == (
        2,
        "keras-shapes: there is no rule reshape-siz: reshape-size is meant?\n",
    )


def test_exit_code_zero(written):
    assert f"error[{RULE}]" in written("--exit-zero", code=0)
