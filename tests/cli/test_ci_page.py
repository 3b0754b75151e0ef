"""docs/ci.md is copied by people: what it shows is valid where it goes, and its commands run."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from scripts import addresses

ROOT = Path(__file__).parents[2]
BLOCKS = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / "ci.md").read_text(encoding="utf-8"), re.DOTALL)
ADDRESS = re.search(r'^Repository = "(.+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)[1]
GITHUB, GITLAB, PRE_COMMIT = "runs-on:", "artifacts:", "rev:"


def test_the_hooks_are_those_that_there_are(tmp_path):
    config = tmp_path / ".pre-commit-config.yaml"
    config.write_text(block(PRE_COMMIT), encoding="utf-8")
    validated(sys.executable, "-m", "pre_commit", "validate-config", config)
    (repository,) = yaml.safe_load(block(PRE_COMMIT))["repos"]
    ours = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    validated(sys.executable, "-m", "pre_commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml")
    assert {hook["id"] for hook in repository["hooks"]} <= {hook["id"] for hook in ours}


@pytest.mark.parametrize(("mark", "schema"), [(GITHUB, "vendor.github-workflows"), (GITLAB, "vendor.gitlab-ci")])
def test_workflows_are_valid(mark, schema, tmp_path):
    (tmp_path / "workflow.yml").write_text(block(mark), encoding="utf-8")
    validated(sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, tmp_path / "workflow.yml")


def test_what_a_workflow_writes_is_what_it_uploads():
    steps = yaml.safe_load(block(GITHUB))["jobs"]["keras-shapes"]["steps"]
    (upload,) = [step["with"] for step in steps if "upload-sarif" in step.get("uses", "")]
    assert f"-o {upload['sarif_file']}" in block(GITHUB)
    job = yaml.safe_load(block(GITLAB))["keras-shapes"]
    for file in job["artifacts"]["reports"].values():
        assert any(f"-o {file}" in line for line in job["script"])


def test_commands_run(run, tmp_path):
    (tmp_path / "right.py").write_text("from keras import Sequential\nnet = Sequential()\n", encoding="utf-8")
    commands = [line for text in BLOCKS for line in re.findall(r"(?:- |run: )(keras-shapes check.*)", text)]
    assert len(commands) == 4
    for command in commands:
        result = run(*shlex.split(command)[1:], cwd=tmp_path)
        assert (result.returncode, result.stderr) == (0, ""), command


def test_every_page_has_the_address_of_the_project():
    pages = {page: page.read_text(encoding="utf-8") for page in (ROOT / "docs").glob("*.md")}
    assert sum(text.count(f"git+{ADDRESS}") for text in pages.values()) > 2
    assert f"repo: {ADDRESS}" in pages[ROOT / "docs" / "ci.md"]
    assert not [page for page, text in pages.items() if addresses.updated(text) != text]
    moved = pages[ROOT / "docs" / "ci.md"].replace(ADDRESS, "https://example.org/other/keras-shapes")
    assert addresses.updated(moved) == pages[ROOT / "docs" / "ci.md"] != moved


def block(mark):
    return next(text for text in BLOCKS if mark in text)


def validated(*command):
    result = subprocess.run([*map(str, command)], capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 0, result.stdout + result.stderr
