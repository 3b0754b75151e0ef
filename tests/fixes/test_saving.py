"""Fixed documents go back into their files: nothing else of a file changes, and never a file that has changed."""

from __future__ import annotations

import json
import os
import stat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from keras_shapes.diagnostic import Edit
from keras_shapes.files import read_document
from keras_shapes.fixes.apply import applied, edited, moved
from keras_shapes.fixes.notebook_source import with_sources
from keras_shapes.fixes.saving import NotSaved, save
from keras_shapes.notebook import code_cells
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
        b"# coding: nonsense\na = 1 # \xc3\xa9\n",
        b"# coding: shift_jis\nname = '\x93\xfa\x96\x7b'; a = 1 # \xb1\n",
    ],
    ids=["crlf", "byte-order mark", "latin-1", "no line break at the end", "nonsense", "two bytes a character"],
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


def test_other_names_of_a_file_stay_its_names(tmp_path):
    path, other = tmp_path / "a.py", tmp_path / "b.py"
    path.write_text("a = 1\n")
    path.chmod(0o640)
    other.hardlink_to(path)
    saved(path, "1", "2")
    assert other.read_text() == path.read_text() == "a = 2\n"
    assert path.stat().st_nlink == 2
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    saved(other, "a = 2", "a")
    assert path.read_text() == "a\n"


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="there are no attributes")
def test_attributes_stay(tmp_path):
    path = tmp_path / "a.py"
    path.write_text("a = 1\n")
    try:
        os.setxattr(path, "user.note", b"kept")
    except OSError:
        pytest.skip("this file system has no attributes")
    saved(path, "1", "2")
    assert os.getxattr(path, "user.note") == b"kept"


def test_read_only_file_is_left_alone(tmp_path):
    path = tmp_path / "a.py"
    path.write_text("a = 1\n")
    path.chmod(0o444)
    before = path.stat()
    with pytest.raises(NotSaved, match="the file is read-only: nothing was written"):
        saved(path, "1", "2")
    assert path.read_text() == "a = 1\n"
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


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


NOTEBOOK = r"""{"cells" : [ {"cell_type":"code", "source": [ "a = \u00271\u0027\n",
   "b = \"\/\" # \ud83c\udf89 \u00e9 é\n", "c = 3" ], "x": 1.50e1, "metadata":{"\u0061":"\/"} },
   {"source": "x\u0020= 1\r\ny\u0020=\t2", "cell_type" : "code"},
   {"cell_type":"code","source":[]}, {"cell_type":"raw","source":"\u0041"}], "nbformat":4 }
"""


@pytest.mark.parametrize(
    ("old", "new", "raw", "written"),
    [
        ("'1'", "'12'", r"\u00271\u0027", r"\u002712\u0027"),
        ("b =", "bb =", '"b =', '"bb ='),
        ("é é", "é e", "é é", "é e"),
        ("c = 3", "c = 33", '"c = 3"', '"c = 33"'),
        ("y =", "z =", r"\r\ny\u0020", r"\r\nz\u0020"),
        ("a = '1'\n", "", r'"a = \u00271\u0027\n",' + "\n   ", ""),
        ("a = '1'", "n = 0\na = '1'", r'"a = \u00271\u0027', r'"n = 0\n",' + "\n   " + r'"a = \u00271\u0027'),
        ("c = 3", "c = 3\nd = 4", '"c = 3"', r'"c = 3\n",' + "\n   " + '"d = 4"'),
        ("\nc = 3", "", r'\n", "c = 3"', '"'),
    ],
)
def test_only_the_changed_characters_of_a_notebook_change(tmp_path, old, new, raw, written):
    text = NOTEBOOK if "é é" not in old else NOTEBOOK.replace(r"\u00e9 é", "é é")
    path = tmp_path / "n.ipynb"
    path.write_bytes(text.encode())
    assert text.count(raw) == 1
    assert saved(path, old, new).decode() == text.replace(raw, written)


@pytest.mark.parametrize("source", ["[null]", '["x = 1", 3]', "null", "{}", "7"])
def test_a_cell_without_a_place_for_code_is_left_alone(source):
    text = f'{{"cells": [{{"cell_type": "code", "source": {source}}}]}}'
    with pytest.raises(ValueError, match="no place for its code"):
        with_sources(text, ["y = 2"])
    assert with_sources(text, code_cells(text)) == text


PARTS = ["a", "b = 1", "\n", "\n", "\r\n", "é", "🎉", '"', "\\", "\t", "\u2028", "if x:\n", "/"]


@settings(max_examples=400, deadline=None)
@given(
    some.lists(some.lists(some.sampled_from(PARTS), max_size=12).map("".join), min_size=1, max_size=3),
    some.data(),
    some.sampled_from([None, 1, 4]),
    some.booleans(),
    some.booleans(),
)
def test_any_cells_become_any_others(sources, data, indent, as_list, ascii_only):
    cells = [
        {"cell_type": "code", "source": text.splitlines(keepends=True) if as_list else text, "metadata": {"é": []}}
        for text in sources
    ]
    text = json.dumps({"cells": cells, "nbformat": 4}, indent=indent, ensure_ascii=ascii_only)
    number = data.draw(some.integers(0, len(sources) - 1))
    pieces = data.draw(some.lists(some.sampled_from([*PARTS, sources[number][:5], sources[number][3:]]), max_size=6))
    new = [*sources[:number], "".join(pieces), *sources[number + 1 :]]
    result = with_sources(text, new)
    assert code_cells(result) == new
    kept = json.loads(result)
    for index, cell in enumerate(kept["cells"]):
        assert {**cell, "source": None} == {**cells[index], "source": None}
        assert index == number or cell == cells[index]


def test_edits_are_applied_together_or_refused():
    edits = [Edit(Span(4, 5), "22"), Edit(Span(0, 1), "bb"), Edit(Span(5, 5), "!")]
    assert applied("a = 1\n", edits) == "bb = 22!\n"
    assert [moved(offset, edits) for offset in (0, 2, 5)] == [0, 3, 8]
    with pytest.raises(ValueError, match="same text"):
        applied("a = 1\n", [Edit(Span(0, 3), ""), Edit(Span(2, 4), "")])
