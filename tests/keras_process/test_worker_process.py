import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from by_hand import dense, descendants, descriptors, interpreter, slow, wait_for_the_end_of

from keras_shapes.keras_process import process as module
from keras_shapes.keras_process.launch import Launch, command
from keras_shapes.keras_process.process import Answer, Failure, WorkerProcess
from keras_shapes.keras_process.recipe import encode
from keras_shapes.worker import protocol

START = 120
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def ask(worker, model, seconds=20):
    return worker.ask(encode([model]), protocol.SPEC, seconds)


def units(outcome):
    """The last size of each layer's output."""
    [answer] = json.loads(outcome.text)["reply"]["models"]
    return [layer["outputs"][0][-1] for layer in answer["layers"]]


def test_hello_tells_what_is_there(worker):
    hello = worker.hello(START)
    assert hello["keras"].startswith("3.")
    assert hello["tensorflow"].startswith("2.")
    assert hello["backend"] == "tensorflow"
    assert hello["error"] is None


def test_keras_answers(worker):
    assert units(ask(worker, dense(3, 5))) == [8, 3, 5]


def test_what_takes_too_long_is_given_up_and_the_next_is_answered(worker):
    worker.hello(START)
    outcome = ask(worker, slow(), seconds=0.2)
    assert outcome == Failure(protocol.TIMEOUT, "Keras did not answer within 0.2 s")
    if worker.alive:  # without children, the whole process is given up
        assert units(ask(worker, dense(4))) == [8, 4]


def test_there_is_no_interpreter(tmp_path):
    worker = WorkerProcess(Launch(tmp_path / "python"))
    assert worker.hello(START) == Failure(
        protocol.DIED, f"{tmp_path / 'python'} does not start: No such file or directory"
    )
    assert not worker.alive
    assert isinstance(ask(worker, dense(1)), Failure)


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("print('Traceback (most recent call last):')", "wrote nonsense: not JSON"),
        ("print('[' * 100_000)", "wrote nonsense: not JSON"),
        ("print('{\"hello\": {}}')", "wrote nonsense: not a message of protocol 1"),
        ('print(\'{"protocol": 2, "hello": {}}\')', "wrote nonsense: not a message of protocol 1"),
        ("send(hello=7)", "wrote nonsense: no message that was expected"),
        ("send(id=1, answer='{}')", "wrote nonsense: an answer that nobody asked for"),
        ("send(id=1, failure='x', reason=None)", "wrote nonsense: no message that was expected"),
        ("sys.stdout.write('x' * 30_000_000)", "wrote nonsense: not JSON"),
        ("sys.exit(3)", "ended with code 3"),
        ("os.kill(os.getpid(), 9)", "died (SIGKILL)"),
        ("os.abort()", "died (SIGABRT)"),
    ],
)
def test_a_worker_that_talks_nonsense_is_ended(tmp_path, program, reason):
    worker = WorkerProcess(Launch(interpreter(tmp_path, program)))
    assert worker.hello(START) == Failure(protocol.DIED, f"Keras' process {reason}")
    worker.kill()
    assert not worker.alive


def test_a_worker_that_never_says_hello_is_ended(tmp_path):
    worker = WorkerProcess(Launch(interpreter(tmp_path, "sys.stdin.read()")))
    assert worker.hello(0.5) == Failure(protocol.TIMEOUT, "Keras did not start within 0.5 s")
    assert not worker.alive


def test_a_worker_that_does_not_read_blocks_nobody(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "GRACE_SECONDS", 0.2)
    worker = WorkerProcess(Launch(interpreter(tmp_path, "hello()\nimport signal\nsignal.pause()")))
    outcome = worker.ask({"models": ["x" * 10_000_000]}, protocol.SPEC, 0.3)
    assert outcome == Failure(protocol.TIMEOUT, "Keras did not answer within 0.3 s")
    assert not worker.alive


def test_a_request_under_way_fails_when_the_worker_dies(tmp_path):
    worker = WorkerProcess(Launch(interpreter(tmp_path, "hello()\nrequest()\nos.kill(os.getpid(), 9)")))
    assert ask(worker, dense(1)) == Failure(protocol.DIED, "Keras' process died (SIGKILL)")


def test_requests_do_not_outrun_the_worker(tmp_path):
    """Deadlines begin when a request is looked at, so no more are sent than are looked at."""
    program = "hello()\nfor _ in range(5):\n    number = request()['id']\n    send(id=number, answer=str(number))"
    worker = WorkerProcess(Launch(interpreter(tmp_path, program)))
    worker.hello(START)
    assert [ask(worker, dense(1)) for _ in range(5)] == [Answer(str(number)) for number in range(1, 6)]
    worker.kill()


def test_nothing_of_the_environment_goes_in(tmp_path, monkeypatch):
    for name in ("SECRET_TOKEN", "PYTHONPATH", "PYTHONSTARTUP", "LD_PRELOAD", "VIRTUAL_ENV", "HOME", "KERAS_BACKEND"):
        monkeypatch.setenv(name, "mine")
    program = """
        hello(environment=dict(os.environ), folder=os.getcwd(), entries=os.listdir(), arguments=sys.argv[1:])
        sys.stdin.read()
    """
    worker = WorkerProcess(Launch(interpreter(tmp_path, program)))
    hello = worker.hello(START)
    assert "mine" not in hello["environment"].values()
    assert hello["environment"]["KERAS_BACKEND"] == "tensorflow"
    assert hello["environment"]["KERAS_HOME"] == str(Path(hello["folder"], "keras"))
    assert hello["entries"] == ["keras"]
    assert {"-I", "-B"} <= set(hello["arguments"])
    assert f"pycache_prefix={tmp_path}" in command(Launch(tmp_path / "python", byte_code=tmp_path))
    worker.kill()
    assert not Path(hello["folder"]).exists()


def test_the_user_settings_of_keras_are_copied(tmp_path, monkeypatch):
    settings = {"image_data_format": "channels_first"}
    (tmp_path / "keras.json").write_text(json.dumps(settings))
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    program = "hello(text=open(os.path.join(os.environ['KERAS_HOME'], 'keras.json')).read())\nsys.stdin.read()"
    worker = WorkerProcess(Launch(interpreter(tmp_path, program)))
    assert json.loads(worker.hello(START)["text"]) == settings
    worker.kill()


def test_an_idle_worker_ends_itself(tmp_path):
    worker = WorkerProcess(Launch(Path(sys.executable), idle_seconds=0.3))
    assert worker.hello(START)["error"] is None
    worker._reader.join(START)
    assert not worker.alive


@on_linux
@pytest.mark.parametrize("how", ["end", "kill"])
def test_nothing_is_left_behind(how):
    before, open_before = descendants(os.getpid()), descriptors()
    worker = WorkerProcess(Launch(Path(sys.executable)))
    assert isinstance(ask(worker, dense(1)), Answer)
    mine = descendants(os.getpid()) - before
    assert mine
    getattr(worker, how)()
    for pid in mine:
        wait_for_the_end_of(pid)
    assert not descendants(os.getpid()) - before
    assert descriptors() == open_before


_SERVER = """
    import os, signal, sys
    from pathlib import Path
    from keras_shapes.keras_process.launch import Launch
    from keras_shapes.keras_process.process import WorkerProcess
    sys.path.insert(0, {tests!r})
    from by_hand import descendants
    worker = WorkerProcess(Launch(Path(sys.executable)))
    worker.hello(120)
    print(*descendants(os.getpid()), flush=True)
    {end}
"""


@on_linux
@pytest.mark.parametrize("end", ["raise ValueError", "os.kill(os.getpid(), signal.SIGKILL)"])
def test_the_worker_ends_with_the_server(end):
    program = textwrap.dedent(_SERVER).format(tests=str(Path(__file__).parent), end=end)
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        pids = [int(pid) for pid in server.stdout.readline().split()]
        server.stdout.read()  # ends when the last process that holds the pipe has ended
    assert pids
    for pid in pids:
        wait_for_the_end_of(pid)


@on_linux
def test_a_stopped_worker_ends_with_the_server():
    end = "os.kill(worker._process.pid, signal.SIGSTOP)\n    os.kill(os.getpid(), signal.SIGKILL)"
    program = textwrap.dedent(_SERVER.format(tests=str(Path(__file__).parent), end=end))
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as server:
        pids = [int(pid) for pid in server.stdout.readline().split()]
    assert pids
    for pid in pids:
        wait_for_the_end_of(pid)
