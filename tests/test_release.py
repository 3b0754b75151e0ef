"""The versions of a release are one, and its page names what there is."""

from __future__ import annotations

import json
import re
from pathlib import Path

from keras_shapes import __version__
from keras_shapes.rules import rules

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "release.md").read_text(encoding="utf-8")


def test_the_extension_has_the_version_of_the_server():
    package = json.loads((ROOT / "vscode-client" / "package.json").read_text(encoding="utf-8"))
    assert package["version"] == __version__
    for script in re.findall(r"npm run ([\w-]+)", PAGE):
        assert script in package["scripts"]


def test_hooks_are_shown_with_this_version_or_the_one_before():
    (shown,) = re.findall(r"rev: v([\d.]+)", (ROOT / "docs" / "ci.md").read_text(encoding="utf-8"))
    assert numbers(shown) <= numbers(__version__)


def test_rules_are_no_older_than_the_first_version_and_no_newer_than_the_next():
    major, minor, _ = numbers(__version__)
    assert {numbers(rule.since)[:2] for rule in rules()} <= {(major, each) for each in range(1, minor + 2)}


def test_the_sessions_of_the_page_are_there():
    sessions = set(re.findall(r"^def (\w+)\(session|^@nox.session\(name=\"([\w-]+)\"", NOX, re.MULTILINE))
    names = {name for pair in sessions for name in pair if name}
    named = {name for line in re.findall(r"nox -s ([\w -]+)", PAGE) for name in line.split()}
    assert {"generate", "docs"} <= named <= names | {"and"}


NOX = (ROOT / "noxfile.py").read_text(encoding="utf-8")


def numbers(version):
    return tuple(map(int, version.split(".")))
