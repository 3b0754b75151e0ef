import os
import random
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


TEXTS = {b"%d" % number: f"{number} " * (400 * number) for number in range(12)}


def filled(file):
    """A cache with texts in it, some of them longer than a page; nobody holds it open."""
    disk = Disk(file)
    for key, text in TEXTS.items():
        disk.put(key, text)
    disk.close()
    return file


def spoil_everything(file):
    file.write_bytes(b"this is no database at all" * 100)


def spoil_the_end(file):
    content = file.read_bytes()
    file.write_bytes(content[:100] + b"\xff" * (len(content) - 100))


def cut(file):
    file.write_bytes(file.read_bytes()[:1500])


def empty(file):
    file.write_bytes(b"")


def spoil_the_name_of_the_table(file):
    file.write_bytes(file.read_bytes().replace(b"TABLE answers", b"TABLE \xff\xfeswers"))


def make_read_only_for_sqlite(file):
    content = file.read_bytes()
    file.write_bytes(content[:18] + b"\x03" + content[19:])


def write_ahead(file):
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA journal_mode = WAL")


def another_table(file):
    file.unlink()
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE answers (something TEXT)")


def another_column(file):
    with sqlite3.connect(file) as connection:
        connection.execute("ALTER TABLE answers ADD COLUMN more TEXT")


def a_view(file):
    file.unlink()
    endless = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
        "SELECT x'00' AS key, i AS text, i AS digest FROM n"
    )
    with sqlite3.connect(file) as connection:
        connection.execute(f"CREATE VIEW answers AS {endless}")


def a_folder(file):
    file.unlink()
    file.mkdir()
    (file / "something").write_text("of somebody's")


def a_folder_for_its_journal(file):
    file.with_name(f"{file.name}-journal").mkdir()


def a_link(file):
    other = file.with_name("other.sqlite")
    file.rename(other)
    file.symlink_to(other)


def a_link_to_nothing(file):
    file.unlink()
    file.symlink_to(file.with_name("nothing"))


def a_pipe(file):
    file.unlink()
    os.mkfifo(file)


DAMAGE = [
    *(spoil_everything, spoil_the_end, cut, empty, spoil_the_name_of_the_table, make_read_only_for_sqlite, write_ahead),
    *(another_table, another_column, a_view, a_folder, a_folder_for_its_journal, a_link, a_link_to_nothing),
    *([a_pipe] if hasattr(os, "mkfifo") else []),
]


@pytest.mark.parametrize("spoil", DAMAGE)
def test_a_broken_file_is_replaced(file, spoil):
    spoil(filled(file))
    disk = Disk(file)
    disk.get(b"1")
    disk.put(b"new", "text")
    assert Disk(file).get(b"new") == "text"
    assert all(disk.get(key) in (None, text) for key, text in TEXTS.items())
    assert not file.is_symlink()


def test_what_lies_in_its_place_is_left_alone(file):
    other = file.with_name("other.sqlite")
    a_link(filled(file))
    before = other.read_bytes()
    Disk(file).put(b"new", "text")
    assert other.read_bytes() == before
    file.unlink()
    file.mkdir()
    (file / "something").write_text("of somebody's")
    Disk(file).put(b"new", "text")
    assert [path.read_text() for path in file.parent.glob("*.aside-*/something")] == ["of somebody's"]


@pytest.mark.parametrize("change", ["text = CAST('{}' AS BLOB)", "text = '{}'", "text = 7", "key = x'00' || key"])
def test_what_does_not_match_its_digest_is_not_there(file, change):
    filled(file)
    with sqlite3.connect(file) as connection:
        connection.execute(f"UPDATE answers SET {change}")
    disk = Disk(file)
    assert disk.get(b"1") is None
    assert disk.get(b"\x001") is None
    assert disk.count() == 0 or change.startswith("key")


def test_no_damage_is_shown_as_an_answer(file):
    """Bits, bytes, pages and lengths of random copies; each is an answer that was given, or a miss."""
    whole = filled(file).read_bytes()
    for seed in range(int(os.environ.get("KERAS_SHAPES_DAMAGES", "2000"))):
        file.write_bytes(damaged(random.Random(seed), whole))
        disk = Disk(file)
        for key, text in TEXTS.items():
            assert disk.get(key) in (None, text), seed
        disk.put(b"new", "text")
        assert disk.get(b"new") == "text", seed
        disk.close()


def damaged(dice, whole):
    """A copy with random damage of one kind."""
    content, start = bytearray(whole), dice.choice([0, 0, 4096]) if dice.random() < 0.3 else dice.randrange(len(whole))
    match dice.randrange(6):
        case 0:
            content[start] ^= 1 << dice.randrange(8)
        case 1:
            for _ in range(100):
                content[dice.randrange(len(content))] = dice.randrange(256)
        case 2:
            del content[start:]
        case 3:
            page = start // 4096 * 4096
            content[page : page + 4096] = dice.choice([dice.randbytes(4096), bytes(4096), whole[4096:8192]])
        case 4:
            place = dice.randrange(100) if dice.random() < 0.5 else dice.randrange(4096)
            content[place] = dice.randrange(256)
        case _:
            content[start : start + dice.randrange(1, 50)] = b""
    return bytes(content)


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
    assert cache_file({}) == tmp_path / ".cache" / "keras-shapes" / "answers-2.sqlite"
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


def test_what_took_too_long_is_asked_anew_after_a_while(file):
    now = 0.0
    cache = AnswerCache("3.15.1", "2.21.0", file, lambda: now)
    cache.put("recipe", REPLY, on_disk=True, passing=True)
    now = 59.0
    assert cache.get("recipe") == REPLY
    now = 61.0
    assert cache.get("recipe") is None
    assert AnswerCache("3.15.1", "2.21.0", file).get("recipe") is None


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


def test_memory_is_bounded_by_what_the_answers_take():
    """The latest answers are there, however long each of them is."""
    cache = AnswerCache("3.15.1", "2.21.0", None)
    for number in range(100):
        cache.put(f"recipe {number}", {"a": "x" * 1_000_000}, on_disk=False)
        cache.put("small", REPLY, on_disk=False)
    kept = [number for number in range(100) if cache.get(f"recipe {number}") is not None]
    assert kept == list(range(100 - len(kept), 100))
    assert 5 < len(kept) < 10
    assert cache.get("small") == REPLY
