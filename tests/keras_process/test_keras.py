"""Models in, verdicts out: the cache, the failures and the restarts behind `Keras`."""

import os
import sys
import threading
from pathlib import Path

import pytest
from by_hand import REFUSED, call, dense, interpreter, model

from keras_shapes.environments import Environment, choose_interpreter
from keras_shapes.keras_process import State, Versions, no_keras, start_keras
from keras_shapes.keras_process import worker_keras as module
from keras_shapes.verdict import Built, Refused, Unavailable

HERE = Path(sys.executable)


@pytest.fixture(scope="module")
def keras(_own_cache):
    started = start_keras(choose_interpreter())
    yield started
    started.close()


def shapes(verdict):
    return [layer.output_shape for layer in verdict.layers]


def pretend(folder, program):
    """A Keras whose interpreter runs this program."""
    return start_keras(Environment(interpreter(folder, program), "a test", keras="3.15.0", tensorflow="2.21.0"))


def test_models_become_verdicts(keras):
    built, refused = keras.evaluate([dense(3, 5), REFUSED])
    assert isinstance(built, Built)
    assert shapes(built) == [(None, 8), (None, 3), (None, 5)]
    assert built.params == 8 * 3 + 3 + 3 * 5 + 5
    assert isinstance(refused, Refused)
    assert (refused.node, refused.exception) == (1, "ValueError")


def test_versions_are_those_of_the_interpreter(keras):
    import importlib.metadata

    keras.wait()
    version = importlib.metadata.version("keras")
    assert keras.versions() == Versions(version, keras.versions().backend_version, "tensorflow")
    assert keras.state().phase == "ready"


def test_nothing_is_started_before_it_is_needed(tmp_path):
    keras = pretend(tmp_path, "open(os.path.join(os.path.dirname(sys.argv[0]), 'ran'), 'w')")
    assert keras.state() == State("cold", code_off=module.NOT_PERMITTED)
    assert keras.versions() == Versions("3.15.0", "2.21.0")
    assert keras.known([dense(3)]) == [None]
    keras.close()
    assert not (tmp_path / "ran").exists()


def test_no_keras_is_a_verdict():
    keras = no_keras("no TensorFlow here")
    assert keras.evaluate([dense(1), dense(2)]) == [Unavailable("no TensorFlow here")] * 2
    assert keras.known([dense(1)]) == [Unavailable("no TensorFlow here")]
    assert keras.state() == keras.wait() == State("off", "no TensorFlow here")
    assert keras.versions() is None


def test_an_environment_with_a_problem_is_never_started(tmp_path):
    keras = start_keras(Environment(tmp_path / "python", "a test", problem="no TensorFlow there"))
    assert keras.evaluate([dense(1)]) == [Unavailable("no TensorFlow there")]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ("backend_version=None", "Keras of {python} does not say which version it is"),
        ("keras=None", "Keras of {python} does not say which version it is"),
        ("error='ImportError: no libcuda'", "Keras of {python} does not start: ImportError: no libcuda"),
        ("error='a\\n\\x1b[31mb\\u202e'", "Keras of {python} does not start: a [31mb"),
    ],
)
def test_what_the_worker_finds_out_is_said(tmp_path, fields, problem):
    keras = pretend(tmp_path, f"hello({fields})")
    [verdict] = keras.evaluate([dense(1)])
    assert verdict.reason.startswith(problem.format(python=tmp_path / "python"))
    assert keras.state().phase == "off"
    assert keras.state().problem == verdict.reason
    keras.close()


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "7",
        "[]",
        "{}",
        '{"reply": 7}',
        '{"reply": {}, "more": 1}',
        '{"error": 1}',
        '{"reply": {"a": 1e999}}',
        "[" * 99_999,
    ],
)
def test_nonsense_is_asked_again_and_then_unavailable(tmp_path, answer):
    count = tmp_path / "count"
    program = f"""
        hello()
        while True:
            number = request()["id"]
            open({str(count)!r}, "a").write("x")
            send(id=number, answer={answer!r})
    """
    keras = pretend(tmp_path, program)
    [verdict] = keras.evaluate([dense(1)])
    assert isinstance(verdict, Unavailable)
    assert verdict.reason.startswith("Keras' process answered nonsense: ")
    assert verdict.reason.endswith("(3 times in a row)")
    assert count.read_text() == "xxx"
    assert keras.evaluate([dense(1)]) == [verdict]
    assert count.read_text() == "xxx"
    keras.close()


@pytest.mark.parametrize("reply", [{}, {"models": 7}, {"models": [{"layers": 7}]}, {"models": [{}, {}]}])
def test_a_reply_of_another_form_is_unavailable(tmp_path, reply):
    program = f"import json\nhello()\nwhile True: send(id=request()['id'], answer=json.dumps({{'reply': {reply!r}}}))"
    keras = pretend(tmp_path, program)
    [verdict] = keras.evaluate([dense(1)])
    assert isinstance(verdict, Unavailable)
    keras.close()


def test_a_worker_that_dies_is_started_again(tmp_path):
    """The first worker dies at its first request, the second one answers."""
    program = """
        import json
        marker = os.path.join(os.path.dirname(sys.argv[0]), "died")
        hello()
        number = request()["id"]
        if not os.path.exists(marker):
            open(marker, "w")
            os.kill(os.getpid(), 9)
        send(id=number, answer=json.dumps({"reply": {"models": [{"unavailable": "as a test"}]}}))
        sys.stdin.read()
    """
    keras = pretend(tmp_path, program.replace("sys.argv[0]", repr(str(tmp_path / "python"))))
    assert keras.evaluate([dense(1)]) == [Unavailable("as a test")]
    keras.close()


def test_a_worker_that_always_dies_makes_one_model_unavailable(tmp_path):
    keras = pretend(tmp_path, "hello()\nrequest()\nos.abort()")
    reason = "Keras' process died (SIGABRT) (3 times in a row)"
    assert keras.evaluate([dense(1)]) == [Unavailable(reason)]
    assert keras.state().phase == "cold"
    keras.close()


def test_a_retired_worker_comes_back(keras):
    [before] = keras.evaluate([dense(21)])
    keras._usual.retire()
    assert keras.state().phase == "cold"
    assert keras.known([dense(21)]) == [before]
    [after] = keras.evaluate([dense(22)])
    assert isinstance(after, Built)


def test_at_most_two_processes(tmp_path):
    program = "hello()\nsys.stdin.read()"
    folders = [tmp_path / name for name in "abc"]
    several = []
    for folder in folders:
        folder.mkdir()
        several.append(pretend(folder, program))
        several[-1].wait()
    assert [keras.state().phase for keras in several] == ["cold", "ready", "ready"]
    several[0].wait()
    assert [keras.state().phase for keras in several] == ["ready", "cold", "ready"]
    for keras in several:
        keras.close()


def test_closing_answers_who_waits(tmp_path):
    keras = pretend(tmp_path, "hello()\nrequest()\nsys.stdin.read()")
    keras.wait()
    verdicts = []
    waiting = threading.Thread(target=lambda: verdicts.extend(keras.evaluate([dense(1)])))
    waiting.start()
    while not keras._usual._worker._waiting:
        os.sched_yield()
    keras.close()
    waiting.join()
    [verdict] = verdicts
    assert isinstance(verdict, Unavailable)
    assert keras.evaluate([dense(1)]) == [Unavailable("Keras was stopped")]


def test_what_is_known_needs_no_worker(keras):
    """A new process knows what an earlier one was told, before anything is imported."""
    asked = [dense(31), REFUSED]
    verdicts = keras.evaluate(asked)
    later = start_keras(choose_interpreter())
    assert later.known(asked) == verdicts == later.evaluate(asked)
    assert later.state().phase == "cold"
    later.close()


def test_what_is_not_available_is_not_remembered(keras):
    asked = dense(*range(40, 300))
    [verdict] = keras.evaluate([asked], timeout=0.02)
    assert isinstance(verdict, Unavailable)
    assert keras.known([asked]) == [None]
    [verdict] = keras.evaluate([asked])
    assert isinstance(verdict, Built)


def test_the_cache_tells_settings_apart(keras):
    from dataclasses import replace

    from keras_shapes.model import Settings

    image = model(call("keras.Input", (8, 16, 3)), call("keras.layers.Conv2D", 4, 3))
    turned = replace(image, settings=Settings(image_data_format="channels_first"))
    for _ in range(2):
        one, other = keras.evaluate([image, turned])
        assert one.output_shape == (None, 6, 14, 4)
        assert other.output_shape == (None, 4, 14, 1)


def test_models_of_many_threads_are_kept_apart(keras):
    found = {}

    def ask(number):
        [verdict] = keras.evaluate([dense(number)], timeout=60)
        found[number] = verdict.output_shape

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(100, 140)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: (None, number) for number in range(100, 140)}


def test_a_start_that_takes_too_long_is_waited_for_once(tmp_path, monkeypatch):
    monkeypatch.setattr("keras_shapes.keras_process.worker_keras.START_SECONDS", 0.5)
    program = f"open({str(tmp_path / 'starts')!r}, 'a').write('1')\nsys.stdin.read()"
    keras = pretend(tmp_path, program)
    reasons = {verdict.reason for verdict in keras.evaluate([dense(3), dense(4), dense(5)])}
    assert reasons == {"Keras did not start within 0.5 s"}
    assert keras.state().problem == "Keras did not start within 0.5 s"
    assert len((tmp_path / "starts").read_text()) <= 1
    keras.close()
