"""What a child says when memory is short: nothing of the model, and nothing that is kept."""

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from by_hand import dense, interpreter

import keras_shapes
from keras_shapes.environments import Environment
from keras_shapes.keras_process.disk import Disk
from keras_shapes.keras_process.worker_keras import WorkerKeras

SERVER = Path(keras_shapes.__file__).parent
CHILDREN = """
    import json, os, resource, signal, sys
    sys.path.insert(0, sys.argv[1])
    from worker import child

    def in_a_child(request, room):
        signal.alarm(10)  # a library of C++ may wait for ever
        mapped = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (mapped + room, mapped + room))
        os.write(1, child.answer(request).encode() + b"\\n")

    child.warm_up()
    child.rehearse()
    for line in sys.stdin:
        for room in (0, 64 << 10, 1 << 20, 1 << 26):
            pid = os.fork()
            if pid == 0:
                try:
                    in_a_child(json.loads(line), room)
                finally:
                    os._exit(0)
            os.waitpid(pid, 0)
"""
"""Children with less and less memory answer each request."""
MODEL = {
    "flavour": "keras",
    "settings": {},
    "nodes": [
        {"call": "keras.Input", "id": 0, "args": [{"tuple": [2]}], "kwargs": []},
        *({"call": "keras.layers.Dense", "id": n, "args": [n], "kwargs": []} for n in range(1, 60)),
    ],
    "arguments": {"args": [], "kwargs": []},
    "input": None,
}
DATA = [{"samples": [600, size], "dtype": "float32", "library": "numpy"} for size in (2, 59)]
FIT = {"method": "fit", "args": DATA, "kwargs": [], "compile": {"args": ["adam", "mse"], "kwargs": []}}


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited by Linux")
def test_little_memory_is_no_refusal():
    requests = [{"models": [MODEL]}, {"kind": "training", "models": [{**MODEL, "training": [FIT]}]}]
    lines = "".join(json.dumps(request) + "\n" for request in requests)
    program = [sys.executable, "-c", textwrap.dedent(CHILDREN), str(SERVER)]
    said = subprocess.run(program, input=lines, capture_output=True, text=True, timeout=120, check=True).stdout
    answers = [json.loads(line)["reply"]["models"][0] for line in said.splitlines() if '"reply"' in line]
    kinds = {kind(answer) for answer in answers}
    assert kinds == {"built", "accepted", "unavailable"}


def kind(answer):
    if isinstance(answer, list):
        return answer[0]["outcome"]
    return "unavailable" if "unavailable" in answer else "refused" if answer["refusals"] else "built"


NO_TIME = """
    import json, sys
    sys.path.insert(0, sys.argv[1])
    from worker import behind_unknown, child
    request = sys.stdin.readline()
    print(child.answer(json.loads(request)))
    behind_unknown.SECONDS = -1
    print(child.answer(json.loads(request)))
"""


def test_layers_that_there_was_no_time_for_are_asked_about_again():
    unknown = {"unknown": 0, "reason": "nobody knows"}
    elements = [MODEL["nodes"][0], unknown, *MODEL["nodes"][1:3]]
    request = json.dumps({"models": [{**MODEL, "nodes": elements}]}) + "\n"
    program = [sys.executable, "-c", textwrap.dedent(NO_TIME), str(SERVER)]
    said = subprocess.run(program, input=request, capture_output=True, text=True, timeout=120, check=True).stdout
    whole, hasty = (json.loads(line)["reply"]["models"][0] for line in said.splitlines())
    assert whole["layers"][-1]["outputs"] == [{"last": 2}]
    assert not whole["passing"]
    assert "outputs" not in hasty["layers"][-1]
    assert hasty["passing"]


HASTY = """
    hello()
    while line := sys.stdin.readline():
        layers = [{"class_name": "InputLayer", "outputs": [[None, 8]]}, {"because": ["to find out takes too long"]}]
        model = {"layers": layers, "passing": True}
        answer = json.dumps({"reply": {"models": [model]}})
        send(id=json.loads(line)["id"], answer=answer)
"""


def test_what_took_too_long_is_not_for_the_disk(tmp_path):
    python = interpreter(tmp_path, HASTY)
    file = tmp_path / "cache" / "answers.sqlite"
    environment = Environment(python, "of the test", "3.15.0", "2.21.0")
    keras = WorkerKeras(environment, may_run_code=False, workspace=None, cache=file)
    [verdict] = keras.evaluate([dense(3)])
    keras.close()
    assert verdict.reason == "to find out takes too long"
    assert Disk(file).count() == 0
