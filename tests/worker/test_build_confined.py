"""The sandbox changes no verdict: all layer classes on several inputs, with it and without."""

import json
import sys
from pathlib import Path

import pytest
from layer_table import pairs
from making import model

from keras_shapes.keras_process.launch import Launch
from keras_shapes.keras_process.process import WorkerProcess
from keras_shapes.keras_process.recipe import encode_model, request

SOURCES = [f"[{given}, {layer}]" for given, layer in pairs()][::5]
TOGETHER = 40
"""Models in one request."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="children are confined on Linux only")


@pytest.fixture(scope="module")
def requests():
    recipes = [encode_model(model(source)) for source in SOURCES]
    return [request(recipes[start : start + TOGETHER]) for start in range(0, len(recipes), TOGETHER)]


@pytest.fixture(scope="module")
def unconfined(requests, worker):
    return [worker.answer(each)["models"] for each in requests]


@pytest.mark.parametrize("child", ["spec", "code"])
def test_the_sandbox_changes_no_verdict(child, requests, unconfined, monkeypatch):
    monkeypatch.delenv("KERAS_SHAPES_NO_FORK", raising=False)
    worker = WorkerProcess(Launch(Path(sys.executable)))
    assert worker.hello(120)["sandbox"] == {"spec": None, "code": None}
    answers = [json.loads(worker.ask(each, child, 120).text)["reply"]["models"] for each in requests]
    worker.kill()
    told = list(zip(SOURCES, (answer for each in answers for answer in each), strict=True))
    expected = [answer for each in unconfined for answer in each]
    assert len(told) == len(expected) > 500
    pairs = [(source, plain(one), plain(other)) for (source, one), other in zip(told, expected, strict=True)]
    assert [pair for pair in pairs if pair[1] != pair[2]] == []


def plain(answer):
    """An answer without the seeds that layers draw for themselves."""
    for refusal in answer.get("refusals", ()):
        refusal["config"] = [item for item in refusal.get("config", ()) if item[0] != "seed"]
    return answer
