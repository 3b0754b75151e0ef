import sqlite3
import subprocess
import sys
import textwrap

import pytest

from keras_shapes.keras_process.cache import AnswerCache
from keras_shapes.keras_process.disk import LARGEST, Disk, cache_file

REPLY = {"models": [{"layers": []}]}


@pytest.fixture
def file(tmp_path):
    return tmp_path / "folder" / "answers.sqlite"


def test_what_is_kept_is_there_for_the_next(file):
    Disk(file).put(b"a", "text")
    assert Disk(file).get(b"a") == "text"
    assert Disk(file).get(b"b") is None
    assert Disk(file).count() == 1


def test_only_the_user_can_read_it(file):
    Disk(file).put(b"a", "text")
    if sys.platform != "win32":
        assert file.parent.stat().st_mode & 0o777 == 0o700


def test_the_oldest_go(file):
    disk = Disk(file, rows=10)
    for number in range(30):
        disk.put(b"%d" % number, str(number))
    assert disk.count() <= 10
    assert disk.get(b"29") == "29"
    assert disk.get(b"0") is None


def test_what_is_too_long_is_not_kept(file):
    disk = Disk(file)
    disk.put(b"a", "x" * (LARGEST + 1))
    assert disk.get(b"a") is None


def spoil_everything(file):
    file.write_bytes(b"this is no database at all" * 100)


def spoil_the_end(file):
    content = file.read_bytes()
    file.write_bytes(content[:100] + b"\xff" * (len(content) - 100))


def cut(file):
    file.write_bytes(file.read_bytes()[:1500])


def empty(file):
    file.write_bytes(b"")


def another_table(file):
    file.unlink()
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE answers (something TEXT)")


@pytest.mark.parametrize("spoil", [spoil_everything, spoil_the_end, cut, empty])
def test_a_broken_file_is_thrown_away(file, spoil):
    disk = Disk(file)
    for number in range(50):
        disk.put(b"%d" % number, "x" * 1000)
    disk.close()
    spoil(file)
    disk.get(b"1")
    disk.put(b"new", "text")
    assert Disk(file).get(b"new") == "text"


def test_a_file_of_another_form_is_no_error(file):
    Disk(file).put(b"a", "text")
    another_table(file)
    disk = Disk(file)
    disk.put(b"a", "text")
    assert disk.get(b"a") is None
    assert disk.count() == 0


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path):
    (tmp_path / "folder").write_text("a file")
    disk = Disk(tmp_path / "folder" / "answers.sqlite")
    disk.put(b"a", "text")
    assert disk.get(b"a") is None


def test_a_locked_file_is_not_waited_for(file):
    disk = Disk(file)
    disk.put(b"a", "text")
    with sqlite3.connect(file, isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        disk.put(b"b", "text")
        assert disk.get(b"a") is None
        other.execute("COMMIT")
    assert disk.get(b"a") == "text"
    assert disk.get(b"b") is None


def test_several_processes_share_it(file):
    program = """
        import sys
        from pathlib import Path
        from keras_shapes.keras_process.disk import Disk
        disk = Disk(Path(sys.argv[1]))
        for number in range(50):
            key = f"{sys.argv[2]} {number}".encode()
            while disk.get(key) is None:
                disk.put(key, key.decode())
    """
    command = [sys.executable, "-c", textwrap.dedent(program), str(file)]
    processes = [subprocess.Popen([*command, name]) for name in "abcd"]
    assert [process.wait(60) for process in processes] == [0] * 4
    disk = Disk(file)
    assert disk.count() == 200
    assert {disk.get(f"{name} {number}".encode()) for name in "abcd" for number in range(50)} == {
        f"{name} {number}" for name in "abcd" for number in range(50)
    }


def test_a_home_without_a_cache_folder_stays_as_it_is(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert cache_file({}) is None
    assert cache_file({"XDG_CACHE_HOME": str(tmp_path / "none"), "LOCALAPPDATA": str(tmp_path / "none")}) is None


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="they have a folder of their own")
def test_the_cache_folder_is_the_one_of_the_desktop(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".cache").mkdir()
    (tmp_path / "other").mkdir()
    assert cache_file({}) == tmp_path / ".cache" / "keras-shapes" / "answers-1.sqlite"
    assert cache_file({"XDG_CACHE_HOME": str(tmp_path / "other")}).parent.parent == tmp_path / "other"
    assert cache_file({"XDG_CACHE_HOME": "other"}) is None


def test_answers_are_kept_in_memory_and_on_disk(file):
    cache = AnswerCache("3.15.1", "2.21.0", file)
    cache.put("recipe", REPLY, on_disk=True)
    cache.put("with code", REPLY, on_disk=False)
    assert cache.get("recipe") == cache.get("with code") == REPLY
    later = AnswerCache("3.15.1", "2.21.0", file)
    assert later.get("recipe") == REPLY
    assert later.get("with code") is None


def test_answers_belong_to_versions_and_settings(file, tmp_path, monkeypatch):
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    AnswerCache("3.15.1", "2.21.0", file).put("recipe", REPLY, on_disk=True)
    assert AnswerCache("3.15.0", "2.21.0", file).get("recipe") is None
    assert AnswerCache("3.15.1", "2.20.0", file).get("recipe") is None
    (tmp_path / "keras.json").write_text('{"floatx": "float16"}')
    assert AnswerCache("3.15.1", "2.21.0", file).get("recipe") is None


def test_answers_belong_to_the_worker_that_gave_them(file, monkeypatch):
    from keras_shapes.keras_process import cache

    AnswerCache("3.15.1", "2.21.0", file).put("recipe", REPLY, on_disk=True)
    monkeypatch.setattr(cache, "source_version", lambda: "another")
    assert AnswerCache("3.15.1", "2.21.0", file).get("recipe") is None


def test_memory_is_bounded(monkeypatch):
    from keras_shapes.keras_process import cache

    monkeypatch.setattr(cache, "ENTRIES", 3)
    answers = AnswerCache("3.15.1", "2.21.0", None)
    for number in range(5):
        answers.put(str(number), {"number": number}, on_disk=True)
    assert [answers.get(str(number)) for number in range(5)] == [None, None, *({"number": n} for n in (2, 3, 4))]


@pytest.mark.parametrize("text", ["", "7", "[", "[" * 100_000, '"text"'])
def test_a_spoilt_answer_is_not_there(file, text):
    cache = AnswerCache("3.15.1", "2.21.0", file)
    cache.put("recipe", REPLY, on_disk=True)
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE answers SET text = ?", (text,))
    assert AnswerCache("3.15.1", "2.21.0", file).get("recipe") is None
