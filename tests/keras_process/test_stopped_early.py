"""A worker that somebody stops (SIGSTOP) before it runs its own program, when its process is still a copy of ours."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from keras_shapes.keras_process.launch import Launch
from keras_shapes.keras_process.process import WorkerProcess

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="stops processes that it finds in /proc")
TRIES = 40


@pytest.fixture
def many_files():
    """Files that a child closes before it runs another program, which takes a moment."""
    opened = [os.dup(0) for _ in range(800)]
    yield
    for number in opened:
        os.close(number)


def stop_early(worker):
    """The number of a child that is stopped before it runs anything else; None where it was faster."""
    children = Path(f"/proc/self/task/{worker._reader.native_id}/children")
    while not worker._started.is_set():
        for pid in map(int, children.read_text().split()):
            os.kill(pid, signal.SIGSTOP)
            own = Path("/proc/self/cmdline").read_bytes()
            return pid if Path(f"/proc/{pid}/cmdline").read_bytes() == own else None
    return None


def stopped_early():
    for _ in range(TRIES):
        worker = WorkerProcess(Launch(Path(sys.executable)))
        if (pid := stop_early(worker)) is not None:
            return worker, pid
        worker.kill()
    pytest.skip("each child was faster")


def test_it_goes_on(many_files):
    worker, _ = stopped_early()
    assert worker.hello(120)["keras"].startswith("3.")
    worker.kill()


def test_it_is_killed(many_files):
    worker, pid = stopped_early()
    killing = threading.Thread(target=worker.kill, daemon=True)
    killing.start()
    killing.join(20)
    assert not killing.is_alive()
    assert not Path(f"/proc/{pid}").exists()


def test_it_does_not_outlive_a_server_that_ends_at_once(many_files):
    worker, pid = stopped_early()
    worker.kill_at_once()
    worker._reader.join(20)
    assert not worker._reader.is_alive()
    assert not Path(f"/proc/{pid}").exists()


def test_starting_a_program_does_not_stop_the_server():
    """With `vfork`, nothing of the server runs until the child does."""
    assert subprocess._USE_VFORK is False
