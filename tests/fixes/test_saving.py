"""Fixed documents go back into their files: nothing else of a file changes, and never a file that has changed."""

from __future__ import annotations

import json
import stat

import pytest

from keras_shapes.diagnostic import Edit
from keras_shapes.files import read_document
from keras_shapes.fixes.apply import applied, edited, moved
from keras_shapes.fixes.saving import NotSaved, save
from keras_shapes.source import Span


def saved(path, old, new):
    """Replace text in the file's document, save it, and give the file's bytes."""
    before = read_document(path)
    start = before.text.index(old)
    save(path, before, edited(before, [Edit(Span(start, start + len(old)), new)]))
    return path.read_bytes()


@pytest.mark.parametrize(
    "data",
    [
        b"a = 1\r\nb = 2\r\n",
        b"\xef\xbb\xbfa = 1\nb = '\xc3\xa9'\n",
        b"# -*- coding: latin-1 -*-\nname = '\xe9'; a = 1\n",
        b"a = 1",
    ],
    ids=["crlf", "byte-order mark", "latin-1", "no line break at the end"],
)
def test_other_bytes_stay(tmp_path, data):
    path = tmp_path / "a.py"
    path.write_bytes(data)
    assert saved(path, "a = 1", "a = 11") == data.replace(b"a = 1", b"a = 11")


def test_permissions_and_links_stay(tmp_path):
    path, link = tmp_path / "a.py", tmp_path / "b.py"
    path.write_text("a = 1\n")
    path.chmod(0o750)
    link.symlink_to(path)
    saved(link, "1", "2")
    assert path.read_text() == "a = 2\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o750
    assert link.is_symlink()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.py", "b.py"]


def test_file_that_has_changed_is_not_written(tmp_path):
    path = tmp_path / "a.py"
    path.write_text("a = 1\n")
    before = read_document(path)
    path.write_text("a = 3\n")
    with pytest.raises(NotSaved, match="changed meanwhile"):
        save(path, before, edited(before, [Edit(Span(4, 5), "2")]))
    assert path.read_text() == "a = 3\n"
    path.unlink()
    with pytest.raises(NotSaved, match="no such file"):
        save(path, before, before)


def test_character_that_the_encoding_lacks(tmp_path):
    path = tmp_path / "a.py"
    path.write_bytes(b"# coding: ascii\na = 1\n")
    with pytest.raises(NotSaved, match="ascii"):
        saved(path, "1", "'é'")
    assert path.read_bytes() == b"# coding: ascii\na = 1\n"


@pytest.mark.parametrize("indent", [None, 1, 4])
@pytest.mark.parametrize("as_list", [True, False])
@pytest.mark.parametrize(
    ("old", "new"),
    [("b = 2", "b = 22"), ("b = 2\n", ""), ("b = 2\n", "b = 2\nbb = 3\n"), ("a = 1", "x = 0\na = 1"), ("'ü'", "'ö'")],
)
def test_notebook_keeps_its_form_and_its_outputs(tmp_path, indent, as_list, old, new):
    source = "a = 1\nb = 2\nc = 'ü'"
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ["b = 2\n", "é"]},
        {
            "cell_type": "code",
            "execution_count": 7,
            "metadata": {"x": [1.50, True, None, {}]},
            "outputs": [{"output_type": "stream", "name": "stdout", "text": ["b = 2\n"]}],
            "source": source.splitlines(keepends=True) if as_list else source,
        },
        {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": []},
    ]
    notebook = {"cells": cells, "metadata": {"language_info": {"name": "python"}}, "nbformat": 4, "nbformat_minor": 5}
    path = tmp_path / "n.ipynb"
    path.write_text(json.dumps(notebook, indent=indent, ensure_ascii=False) + "\n", encoding="utf-8")
    result = saved(path, old, new).decode()
    after = source.replace(old, new)
    notebook["cells"][1]["source"] = after.splitlines(keepends=True) if as_list else after
    assert result == json.dumps(notebook, indent=indent, ensure_ascii=False) + "\n"


def test_edits_are_applied_together_or_refused():
    edits = [Edit(Span(4, 5), "22"), Edit(Span(0, 1), "bb"), Edit(Span(5, 5), "!")]
    assert applied("a = 1\n", edits) == "bb = 22!\n"
    assert [moved(offset, edits) for offset in (0, 2, 5)] == [0, 3, 8]
    with pytest.raises(ValueError, match="same text"):
        applied("a = 1\n", [Edit(Span(0, 3), ""), Edit(Span(2, 4), "")])
