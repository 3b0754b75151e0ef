"""`keras-shapes summary --output-format`: pictures and tables, in files and through pipes."""

from __future__ import annotations

import io
import sys
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from programs import write

PROGRAM = """\
from keras import Input, Sequential, layers

first = Sequential([Input((28, 28, 1)), layers.Conv2D(8, 3), layers.Flatten(), layers.Dense(10)])
second = Sequential([Input((8,)), layers.Dense(3)])
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write(tmp_path_factory.mktemp("formats"), {"a.py": PROGRAM})


@pytest.mark.parametrize(
    ("name", "beginning"),
    [("a.svg", "<svg "), ("a.mmd", "flowchart TD"), ("a.dot", "digraph "), ("a.md", "## Model `first`")],
)
def test_the_name_of_the_file_says_the_format(run, folder, name, beginning):
    result = run("summary", "a.py", "-o", name, cwd=folder)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert (folder / name).read_text(encoding="utf-8").startswith(beginning)


def test_one_model_through_a_pipe(run, folder):
    result = run("summary", "a.py:4", "--output-format", "svg", cwd=folder)
    assert result.returncode == 0
    assert ET.fromstring(result.stdout).find("{http://www.w3.org/2000/svg}title").text == "second"


def test_text_in_a_file_is_what_is_printed(run, folder):
    printed = run("summary", "a.py", cwd=folder).stdout
    run("summary", "a.py", "-o", "a.txt", cwd=folder)
    assert (folder / "a.txt").read_text(encoding="utf-8") == printed


def test_png(run, folder):
    pytest.importorskip("resvg_py")
    result = run("summary", "a.py:3", "-o", "a.png", cwd=folder)
    assert (result.returncode, result.stderr) == (0, "")
    image = Image.open(io.BytesIO((folder / "a.png").read_bytes()))
    assert image.format == "PNG"
    assert image.width > 1000
    assert len(image.convert("RGB").getcolors(1 << 24)) > 20


def test_png_without_its_extra(run, folder, tmp_path):
    (tmp_path / "resvg_py.py").write_text("raise ImportError\n", encoding="utf-8")
    result = run("summary", "a.py:3", "-o", "b.png", cwd=folder, PYTHONPATH=str(tmp_path))
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.startswith("keras-shapes: a PNG needs the package resvg-py: ")
    assert "pip install resvg-py" in result.stderr
    assert result.stderr.count("\n") == 1
    assert not (folder / "b.png").exists()


def test_a_file_that_cannot_be_written(run, folder):
    result = run("summary", "a.py:3", "-o", "missing/a.svg", cwd=folder)
    assert result.returncode == 2
    assert result.stderr.startswith("keras-shapes: missing/a.svg: ") or sys.platform == "win32"
