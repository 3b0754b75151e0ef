"""What is published: built as a maintainer builds it, without the network, and looked into."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

from keras_shapes import __version__

ROOT = Path(__file__).parent.parent
IN_SDIST = ("server/", "tests/", "docs/", "scripts/")
BESIDE = {
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "mkdocs.yml",
    "noxfile.py",
    "pyproject.toml",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The folder with the source archive, and the wheel that was made of it."""
    folder = tmp_path_factory.mktemp("dist")
    python("-m", "build", "--no-isolation", "--outdir", folder, ROOT)
    return folder


@pytest.fixture(scope="module")
def wheel(built):
    (path,) = built.glob("*.whl")
    assert path.name == f"keras_shapes-{__version__}-py3-none-any.whl"
    with zipfile.ZipFile(path) as archive:
        yield archive


@pytest.fixture(scope="module")
def metadata(wheel):
    return message_from_bytes(wheel.read(f"keras_shapes-{__version__}.dist-info/METADATA"))


def test_the_index_would_take_it(built):
    assert python("-m", "twine", "check", "--strict", *built.iterdir()).count("PASSED") == 2


def test_the_wheel_holds_the_program_the_pages_and_nothing_else(wheel):
    info = {"METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE"}
    program = {name.removeprefix("server/") for name in tracked("server/keras_shapes/")}
    pages = {f"keras_shapes/{name}" for name in tracked("docs/rules/")}
    assert {"keras_shapes/py.typed", "keras_shapes/worker/protocol.py"} <= program
    expected = program | pages | {f"keras_shapes-{__version__}.dist-info/{name}" for name in info}
    assert set(wheel.namelist()) == expected


def test_the_source_archive_holds_what_the_tests_need_and_no_editor(built):
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {member.name.partition("/")[2] for member in archive if member.isfile()}
    assert names == {*tracked(*IN_SDIST), *BESIDE, ".gitignore", "PKG-INFO"}


def test_the_metadata_say_whom_it_is_for(metadata):
    found = metadata.get_all("Classifier")
    assert "Typing :: Typed" in found
    pythons = [name.rpartition(" ")[2] for name in found if re.search(r":: 3\.\d+$", name)]
    assert pythons[0] == metadata["Requires-Python"].removeprefix(">=")
    assert metadata.get_all("Provides-Extra")


def test_every_link_begins_with_the_one_address(metadata):
    links = dict(line.split(", ") for line in metadata.get_all("Project-URL"))
    assert {"Repository", "Documentation", "Changelog", "Issues"} == set(links)
    assert all(link.startswith(links["Repository"]) for link in links.values())
    shown = re.findall(r"\]\(([^)]+)\)", metadata.get_payload())
    assert f"{links['Repository']}/raw/HEAD/docs/pictures/residual_block.svg" in shown
    assert not [link for link in shown if not link.startswith("https://")]


def test_what_the_wheel_holds_runs(wheel, tmp_path):
    wheel.extractall(tmp_path / "installed")
    command = ("-m", "keras_shapes", "rule", "reshape-size")
    shown = python(*command, cwd=tmp_path, PYTHONPATH=str(tmp_path / "installed"))
    assert shown == (ROOT / "docs" / "rules" / "reshape-size.md").read_text(encoding="utf-8")
    (tmp_path / "installed" / "keras_shapes" / "docs" / "rules" / "reshape-size.md").write_text("# its own\n")
    assert python(*command, cwd=tmp_path, PYTHONPATH=str(tmp_path / "installed")) == "# its own\n"


def python(*arguments, cwd=ROOT, **environment):
    command = [sys.executable, *map(str, arguments)]
    given = {**os.environ, "PIP_NO_INDEX": "1", **environment}
    result = subprocess.run(command, cwd=cwd, env=given, capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def tracked(*folders):
    """Files of the repository, and those that will be once they are added."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *folders]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return {name for name in listing.split("\0") if name and (ROOT / name).exists()}
