"""`KERAS_SHAPES_TRACE`: where the time of an edit goes."""

from __future__ import annotations

import json
import subprocess
import sys

from clients import minimal
from editor import started

MODEL = "import keras\nmodel = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])\n"


async def test_each_step_of_an_edit_is_a_span(cache, tmp_path, monkeypatch, uri):
    file = tmp_path / "trace.json"
    monkeypatch.setenv("KERAS_SHAPES_TRACE", str(file))
    async with started(minimal(), settings={"delay": 0}) as editor:
        editor.open(uri, MODEL)
        await editor.settled(uri)
        editor.substitute(uri, "Dense(3)", "Dense(5)")
        await editor.settled(uri)
    events = json.loads(file.read_text(encoding="utf-8").rstrip(",\n") + "]")
    assert {event["ph"] for event in events} == {"X"}
    assert all(event["tdur"] >= 0 and event["dur"] >= 0 and event["ts"] > 0 for event in events)
    steps = ("receive", "structure", "handle", "read", "recipe", "memo", "pipe and worker: spec", "verdict", "rules")
    assert {*steps, "hints and lenses", "convert and publish"} <= {event["name"] for event in events}


def test_a_trace_that_cannot_be_written_is_one_line_in_the_log(tmp_path):
    result = subprocess.run(
        [sys.executable, "-m", "keras_shapes", "server"],
        input="",
        env={"KERAS_SHAPES_TRACE": str(tmp_path / "none" / "trace.json")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.stderr.count("\n") == 1
    assert "trace.json cannot be written (No such file or directory)" in result.stderr
