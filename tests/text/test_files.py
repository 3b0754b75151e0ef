from __future__ import annotations

import json
import os

import pytest

from keras_shapes.files import MAX_BYTES, UnreadableFile, python_document, read_document

NO_ENCODINGS = ("nonsense", "punycode", "zlib_codec", "undefined", "utf-7", "utf-16")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"x = 1\r\ny = 2\r", "x = 1\r\ny = 2\r"),
        ("name = 'é'\n".encode(), "name = 'é'\n"),
        (b"\xef\xbb\xbfx = 1\n", "x = 1\n"),
        ("# coding: latin-1\nname = 'é'\n".encode("latin-1"), "# coding: latin-1\nname = 'é'\n"),
        ("# -*- coding: cp1251 -*-\nname = 'я'\n".encode("cp1251"), "# -*- coding: cp1251 -*-\nname = 'я'\n"),
        (b"", ""),
        # Nonsense is declared; Python would not run these, and editors show them as UTF-8.
        *((f"# coding: {name}\nx = 'é'\n".encode(), f"# coding: {name}\nx = 'é'\n") for name in NO_ENCODINGS),
        (b"\xef\xbb\xbf# coding: latin-1\n", "# coding: latin-1\n"),
    ],
)
def test_python_file_is_decoded_as_python_does(tmp_path, data, text):
    path = tmp_path / "a.py"
    path.write_bytes(data)
    document = read_document(path)
    assert (document.text, document.path, document.cells) == (text, str(path), ())


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x7fELF\0\0", "a binary file"),
        (b"name = '\xe9'\n", "not known"),
        (b"# coding: nonsense\n\xe9", "unknown encoding: nonsense"),
        (b"# coding: punycode\nx\xe9\n", "its encoding is punycode"),
        (b"# coding: zlib_codec\n\nx\xe9", "its encoding is zlib_codec"),
        (b"# coding: undefined\n\nx\xe9", "its encoding is undefined"),
        (b"# coding: utf-7\n\nx = '+2AA-\xe9'\n", "its encoding is utf-7"),
        (b"\xef\xbb\xbf# coding: latin-1\n\xe9", "encoding problem"),
        (b"x = 1\n" * 400_000, "larger than 2 MB"),
    ],
)
def test_unreadable_python_file_has_a_reason(tmp_path, data, reason):
    path = tmp_path / "a.py"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match=reason):
        read_document(path)


def test_what_is_no_file_has_a_reason(tmp_path):
    with pytest.raises(UnreadableFile, match="no such file"):
        read_document(tmp_path / "missing.py")
    with pytest.raises(UnreadableFile):
        read_document(tmp_path)
    with pytest.raises(UnreadableFile, match="null"):
        read_document(tmp_path / "a\0.py")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipe_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "a.py")
    with pytest.raises(UnreadableFile, match="not a regular file"):
        read_document(tmp_path / "a.py")


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[" * 100_000, b"[]", b"{}", b'{"cells": 3}', b"\xff", b"null", b"9" * 5000]
)
def test_what_is_no_notebook_has_a_reason(tmp_path, data):
    path = tmp_path / "a.ipynb"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match="not"):
        read_document(path)


def test_notebook_may_be_larger_than_a_script(tmp_path):
    output = {"output_type": "stream", "text": "x" * (MAX_BYTES[".py"] + 1)}
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps({"cells": [{"cell_type": "code", "source": "x = 1", "outputs": [output]}]}))
    assert read_document(path).text == "x = 1"


@pytest.mark.parametrize("text", ["\ufeffx = 1", "x = '\ud800'", "x = '\0'", "\ufeff\ud800\0é🎉"])
def test_characters_that_python_refuses_keep_their_place(text):
    document = python_document("a.py", text)
    assert document.text == text
    assert len(document.python) == len(text)
    document.python.encode()
    assert "\0" not in document.python
