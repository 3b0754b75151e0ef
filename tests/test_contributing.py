"""What CONTRIBUTING.md shows of a new rule works: its files are written into a copy, and pass the tests of rules."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = re.findall(
    r"^`([\w/.-]+)`:\n\n(`{3,})\w+\n(.*?)^\2$",
    (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"),
    re.MULTILINE | re.DOTALL,
)
NEEDED = ("server", "docs/rules", "scripts", "tests/rules")


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The project with the files that the page shows, and with what is generated of them."""
    folder = tmp_path_factory.mktemp("contribution")
    for name in NEEDED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "tests/conftest.py"):
        shutil.copyfile(ROOT / name, folder / name)
    for name, _, text in FILES:
        assert not (folder / name).exists()
        (folder / name).write_text(text, encoding="utf-8")
    python(folder, "-m", "scripts.rules_index")
    return folder


def test_the_rule_is_found_and_passes(copy):
    assert {Path(name).parent.name for name, *_ in FILES} == {"rules", "fixes"}
    assert "needless-flatten" in python(copy, "-m", "keras_shapes", "rule", "--all")
    files = ("tests/rules/test_pages.py", "tests/rules/test_index.py")
    chosen = "(needless-flatten or test_index_is) and not real"
    said = python(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", *files, "-k", chosen)
    assert re.search(r"^6 passed", said, re.MULTILINE), said


def test_its_fix_is_safe(copy, tmp_path):
    (tmp_path / "a.py").write_text(
        "from keras import Input, Sequential, layers\n"
        "net = Sequential([Input((8,)), layers.Flatten(), layers.Dense(3)])\n",
        encoding="utf-8",
    )
    command = (sys.executable, "-m", "keras_shapes", "check", "--fix", "--hints")
    given = {**os.environ, "PYTHONPATH": str(copy / "server"), "XDG_CACHE_HOME": str(tmp_path)}
    subprocess.run(command, cwd=tmp_path, env=given, check=True, capture_output=True)
    assert "Sequential([Input((8,)), layers.Dense(3)])" in (tmp_path / "a.py").read_text(encoding="utf-8")


def python(folder, *arguments):
    given = {**os.environ, "PYTHONPATH": str(folder / "server")}
    result = subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=given, capture_output=True, encoding="utf-8", check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout
