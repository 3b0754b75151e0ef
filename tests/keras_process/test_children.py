"""Children of a real zygote, killed, stopped and flooded."""

import json
import os
import signal
import sys
import threading
from pathlib import Path

import pytest
from by_hand import call, dense, descendants, model, slow, user, wait_for_the_end_of

from keras_shapes.keras_process.launch import Launch
from keras_shapes.keras_process.process import Answer, Failure, WorkerProcess
from keras_shapes.keras_process.recipe import Encoder, encode, encode_model, request
from keras_shapes.worker import protocol

START = 120
FEW = 60
pytestmark = pytest.mark.usefixtures("fork")


@pytest.fixture
def zygote(fork):
    worker = WorkerProcess(Launch(Path(sys.executable)))
    assert worker.hello(START)["sandbox"] == {"spec": None, "code": None}
    yield worker
    worker.end()


def ask(worker, asked, seconds=30):
    return worker.ask(encode([asked]), protocol.SPEC, seconds)


def run(worker, source, seconds=30):
    """Ask for a model with a layer that this source makes in its constructor."""
    text = (
        "import keras, os, sys\nclass Own(keras.layers.Layer):\n    def __init__(self):\n        super().__init__()\n"
    )
    text += "".join(f"        {line}\n" for line in source.splitlines())
    asked = request([encode_model(model(call("keras.Input", (8,)), user("Own", text)), Encoder(False, code=True))])
    return worker.ask(asked, protocol.CODE, seconds)


def is_right(outcome, *units):
    assert isinstance(outcome, Answer), outcome
    [answer] = json.loads(outcome.text)["reply"]["models"]
    return [layer["outputs"][0][-1] for layer in answer["layers"]] == [8, *units]


def wait_until_asked(worker):
    """Returns when a request has been sent and not been answered."""
    while not worker._waiting:
        os.sched_yield()


def children(worker):
    return descendants(worker._process.pid)


def both_children(worker):
    """The one that answers when only one is needed, and the spare one, which is there before the second answer."""
    assert is_right(ask(worker, dense(3)), 3)
    assert is_right(ask(worker, dense(4)), 4)
    first, spare = sorted(children(worker))
    return first, spare


def test_a_child_is_there_before_it_is_needed(zygote):
    both = both_children(zygote)
    assert is_right(ask(zygote, dense(5)), 5)
    assert sorted(children(zygote)) == [*both]


def test_idle_children_that_die_are_replaced(zygote):
    both = both_children(zygote)
    for child in both:
        os.kill(child, signal.SIGKILL)
    died = Failure(protocol.DIED, "Keras' child died (SIGKILL)")
    outcomes = [ask(zygote, dense(3)) for _ in range(3)]
    assert all(outcome == died or is_right(outcome, 3) for outcome in outcomes[:2])
    assert is_right(outcomes[2], 3)
    assert not children(zygote) & {*both}


def test_stopped_children_go_on_or_are_given_up(zygote):
    both = both_children(zygote)
    for child in both:
        os.kill(child, signal.SIGSTOP)
    for _ in both:
        outcome = ask(zygote, dense(5), seconds=0.5)
        assert outcome == Failure(protocol.TIMEOUT, "Keras did not answer within 0.5 s") or is_right(outcome, 5)
    assert is_right(ask(zygote, dense(5)), 5)


def test_descriptors_of_dead_children_are_used_again(zygote):
    """A child that dies in the middle of a request, while another one is forked."""
    for number in range(20):
        busy, _ = both_children(zygote)
        os.kill(busy, signal.SIGSTOP)
        outcomes = []
        large = threading.Thread(target=lambda found=outcomes: found.append(ask(zygote, slow(), seconds=5)))
        large.start()
        wait_until_asked(zygote)
        os.kill(busy, signal.SIGKILL)
        large.join()
        assert isinstance(outcomes[0], (Answer, Failure)), number
        assert zygote.alive


def test_a_busy_child_that_stops_and_dies_does_not_stop_the_others(zygote):
    """Not even with a request that does not fit into its pipe. Its own request has failed."""
    child, _ = both_children(zygote)
    os.kill(child, signal.SIGSTOP)
    outcomes = []
    large = threading.Thread(target=lambda: outcomes.append(ask(zygote, slow(), seconds=5)))
    large.start()
    wait_until_asked(zygote)
    assert is_right(ask(zygote, dense(5)), 5)
    assert not outcomes
    os.kill(child, signal.SIGKILL)
    large.join()
    assert outcomes == [Failure(protocol.DIED, "Keras' child died (SIGKILL)")]


def test_a_slow_model_delays_no_other(zygote):
    done = []
    thread = threading.Thread(target=lambda: done.append(ask(zygote, slow(), seconds=60)))
    thread.start()
    wait_until_asked(zygote)
    assert is_right(ask(zygote, dense(5)), 5)
    assert not done
    thread.join()
    assert isinstance(done[0], Answer)


def test_children_end_with_the_zygote(zygote):
    both = both_children(zygote)
    os.kill(zygote._process.pid, signal.SIGKILL)
    for child in both:
        wait_for_the_end_of(child)
    assert ask(zygote, dense(3)).kind == protocol.DIED
    assert not zygote.alive


@pytest.fixture(scope="module")
def code_worker(_own_cache):
    if sys.platform != "linux":
        pytest.skip("children are forked on Linux only")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("KERAS_SHAPES_NO_FORK", raising=False)
        process = WorkerProcess(Launch(Path(sys.executable)))
    assert process.hello(START)["sandbox"] == {"spec": None, "code": None}
    yield process
    process.kill()


def held_back(reason):
    return Answer(json.dumps({"reply": {"models": [{"unavailable": reason}]}}))


@pytest.mark.parametrize(
    ("source", "outcome"),
    [
        ("while True: pass", Failure(protocol.TIMEOUT, "Keras did not answer within 1 s")),
        ("os._exit(7)", Failure(protocol.DIED, "Keras' child ended with code 7")),
        ("os.abort()", Failure(protocol.DIED, "Keras' child died (SIGABRT)")),
        ("os.kill(os.getpid(), 9)", held_back("it raised PermissionError in the sandbox")),
        ("os.kill(os.getppid(), 19)", held_back("it raised PermissionError in the sandbox")),
        ("raise SystemExit(0)", Answer('{"error": "SystemExit"}')),
        ("self.it = bytearray(3 << 30)", held_back("there was too little memory or the like (MemoryError)")),
        (
            "self.it = [bytearray(1 << 20) for _ in range(1 << 12)]",
            Failure(protocol.OVERSIZED, "the model needs too much memory to be looked at"),
        ),
        (
            "for fd in range(3, 64):\n    try: os.write(fd, b'x' * 9_000_000)\n    except OSError: pass",
            Failure(protocol.OVERSIZED, "the answer was too long"),
        ),
        ("for fd in range(3, 64):\n    try: os.write(fd, b'junk\\n')\n    except OSError: pass", Answer("junk")),
    ],
)
def test_what_code_can_do_to_its_child(code_worker, source, outcome):
    assert run(code_worker, source, seconds=1 if "while True" in source else 30) == outcome
    assert is_right(ask(code_worker, dense(5)), 5)


def test_code_children_are_thrown_away(code_worker):
    first = "import keras.layers\nkeras.layers.Dense = keras.layers.Flatten"
    assert isinstance(run(code_worker, first), Answer)
    assert is_right(ask(code_worker, dense(5)), 5)
    asked = request([encode_model(model(call("keras.Input", (8,)), user("Own", OWN_DENSE)), Encoder(False, code=True))])
    assert is_right(code_worker.ask(asked, protocol.CODE, 30), 7)


OWN_DENSE = "import keras\nclass Own(keras.layers.Dense):\n    def __init__(self): super().__init__(7)\n"


def test_no_descriptor_and_no_process_is_leaked(fork):
    """The zygote gets so few descriptors that it could not go on if it lost any."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (FEW, hard))
    try:
        worker = WorkerProcess(Launch(Path(sys.executable)))
        worker.hello(START)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    for number in range(FEW // 2):
        assert run(worker, "os._exit(1)") == Failure(protocol.DIED, "Keras' child ended with code 1")
        assert is_right(ask(worker, dense(number + 1)), number + 1)
    assert len(children(worker)) == 3
    worker.end()
