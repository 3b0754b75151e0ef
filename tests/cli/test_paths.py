"""Which files are found."""

from __future__ import annotations

import os
import sys

import pytest
from programs import write

from keras_shapes.python_files import Problem, find_files


def found(folder, *paths):
    """Names below the folder, problems in angle brackets."""
    names = []
    for each in find_files([folder / path for path in paths or ("",)]):
        path = each.path if isinstance(each, Problem) else each
        name = path.relative_to(folder).as_posix()
        names.append(f"<{name}>" if isinstance(each, Problem) else name)
    return names


def test_python_files_and_notebooks_by_name(tmp_path):
    write(tmp_path, {"b/c.py": "", "a.ipynb": "{}", "b/a.py": "", "b/a.txt": "", "b/a.pyc": ""})
    assert found(tmp_path) == ["a.ipynb", "b/a.py", "b/c.py"]


@pytest.mark.parametrize("name", [".git", ".venv", "node_modules", "__pycache__", ".ipynb_checkpoints"])
def test_folders_of_tools_are_left_out(tmp_path, name):
    write(tmp_path, {"a.py": "", f"{name}/b.py": "", f"c/{name}/b.py": ""})
    assert found(tmp_path) == ["a.py"]


def test_virtual_environments_are_left_out_whatever_their_name(tmp_path):
    write(tmp_path, {"a.py": "", "mine/pyvenv.cfg": "", "mine/b.py": "", "conda/conda-meta/x": "", "conda/b.py": ""})
    assert found(tmp_path) == ["a.py"]


def test_ignored_by_git(tmp_path):
    files = {
        ".gitignore": "data/\n*_gen.py\n!keep_gen.py\n/top.py\n",
        "data/a.py": "",
        "a_gen.py": "",
        "keep_gen.py": "",
        "top.py": "",
        "b/top.py": "",
        "b/.gitignore": "local.py\n!x_gen.py\n",
        "b/local.py": "",
        "b/x_gen.py": "",
        "local.py": "",
    }
    write(tmp_path, files)
    assert found(tmp_path) == ["b/top.py", "b/x_gen.py", "keep_gen.py", "local.py"]


def test_the_repository_around_decides_too(tmp_path):
    write(
        tmp_path, {".git/info/exclude": "private.py\n", ".gitignore": "*_gen.py\n", "src/a.py": "", "src/b_gen.py": ""}
    )
    write(tmp_path, {"src/private.py": ""})
    assert found(tmp_path, "src") == ["src/a.py"]


def test_a_gitignore_outside_of_any_repository_above_says_nothing(tmp_path):
    write(tmp_path, {".gitignore": "*.py\n", "src/a.py": ""})
    assert found(tmp_path, "src") == ["src/a.py"]


def test_what_is_given_by_name_is_checked(tmp_path):
    write(tmp_path, {".git/x": "", ".gitignore": "out/\nb.py\n", "out/a.py": "", "b.py": ""})
    assert found(tmp_path, "out", "b.py") == ["out/a.py", "b.py"]


def test_a_file_is_found_once(tmp_path):
    write(tmp_path, {"a.py": "", "b.py": ""})
    assert found(tmp_path, "b.py", "", "a.py") == ["b.py", "a.py"]


def test_a_loop_of_links_ends(tmp_path):
    write(tmp_path, {"a/b.py": ""})
    (tmp_path / "a" / "again").symlink_to(tmp_path, target_is_directory=True)
    assert found(tmp_path) == ["a/b.py"]


def test_what_cannot_be_checked(tmp_path):
    write(tmp_path, {"a.txt": "", "empty/a.txt": ""})
    assert found(tmp_path, "missing.py", "a.txt", "empty") == ["<missing.py>", "<a.txt>", "<empty>"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_pipes_in_folders_are_not_files(tmp_path):
    os.mkfifo(tmp_path / "pipe.py")
    assert found(tmp_path) == ["<.>"]
