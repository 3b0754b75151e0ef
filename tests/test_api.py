"""`keras_shapes.api`: the same results for other programs, file by file."""

from __future__ import annotations

import doctest
import os
import signal
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import pytest

from keras_shapes import api
from keras_shapes.api.sharding import Shard

ROOT = Path(__file__).parent.parent
RIGHT = "import keras\nm = keras.Sequential([keras.Input(({n},)), keras.layers.Dense(3)])\n"
WRONG = "import keras\nm = keras.Sequential([keras.Input(({n}, 2)), keras.layers.Reshape((4, 4, 4))])\n"
MANY = 40

linux = pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("many")
    for number in range(MANY):
        text = WRONG if number % 4 == 0 else RIGHT
        (made / f"m{number:03}.py").write_text(text.replace("{n}", str(number + 700)), encoding="utf-8")
    (made / "broken.ipynb").write_text("{", encoding="utf-8")
    return made


@pytest.fixture(autouse=True)
def here(folder, monkeypatch):
    monkeypatch.chdir(folder)


def test_the_page_tells_the_truth(monkeypatch):
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(str(ROOT / "docs" / "api.md"), module_relative=False)
    assert (failed, tried > 8) == (0, True)


def test_several_processes_say_what_one_says(folder):
    one, three = ([*api.check(workers=workers)] for workers in (1, 3))
    assert one == three
    assert [result.filename for result in one] == sorted(path.name for path in folder.iterdir())
    assert sum(bool(result.diagnostics) for result in one) == MANY // 4
    assert one[0].unchecked
    assert all(result.models[0].answered for result in one[1:])


@linux
def test_who_stops_early_leaves_no_process():
    results = api.check(workers=2)
    next(results)
    next(results)
    assert len(readers()) == 2
    results.close()
    assert readers() == []


def test_the_shape_of_a_text():
    result = api.analyse_text(RIGHT.replace("{n}", "9"), "open.py")
    assert result.models[0].layers[-1].output_shape == (None, 3)
    assert result.models[0].params == 30


def test_the_fix_of_a_text():
    (diagnostic,) = api.analyse_text(WRONG.replace("{n}", "33")).diagnostics
    assert (diagnostic.code, diagnostic.location) == ("reshape-size", api.Location(2, 66))
    assert diagnostic.source == "(4, 4, 4)"


def test_parts_of_the_files_are_the_whole(folder):
    parts = [{result.filename for result in api.check(shard=(number, 3))} for number in (1, 2, 3)]
    assert set.union(*parts) == {path.name for path in folder.iterdir()}
    assert sum(map(len, parts)) == MANY + 1
    assert all(parts)


def test_a_file_stays_in_its_part_wherever_the_folder_lies(tmp_path):
    assert Shard(1, 5).has(tmp_path / "a.py", tmp_path) == Shard(1, 5).has(Path("/x/a.py"), Path("/x"))


@linux
def test_a_process_that_dies_costs_its_file_only():
    results = api.check(workers=2)
    next(results)
    next(results)
    os.kill(readers()[0], signal.SIGKILL)
    rest = list(results)
    assert len(rest) == MANY - 1
    assert sum(result.unchecked is not None for result in rest) <= 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for other processes")
def test_ctrl_c_shows_what_is_known(folder):
    command = [str(Path(sysconfig.get_path("scripts")) / "keras-shapes"), "check", "--output-format", "json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder, text=True)
    first = process.stdout.readline()
    process.send_signal(signal.SIGINT)
    begin = time.monotonic()
    rest, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert time.monotonic() - begin < 10
    assert '"backend"' in first + rest
    assert "stopped after" in said


def readers():
    """The processes that read files for this one."""
    own = [
        status.parent for status in Path("/proc").glob("[0-9]*/status") if f"PPid:\t{os.getpid()}\n" in text_of(status)
    ]
    return [int(process.name) for process in own if "reading_process" in text_of(process / "cmdline")]


def text_of(path):
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:  # the process has ended
        return ""
