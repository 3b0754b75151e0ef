"""Hundreds of requests while children and zygotes are killed and stopped at random moments."""

import contextlib
import os
import random
import signal
import threading
from collections import Counter

from by_hand import dense, descendants, descriptors, wait_for_the_end_of
from tests.shares import draws

from keras_shapes.environments import choose_interpreter
from keras_shapes.keras_process import start_keras
from keras_shapes.temporary import new_folder
from keras_shapes.verdict import Built, Unavailable

REQUESTS = draws("KERAS_SHAPES_REQUESTS", 300, 1000)
EVENTS = {"kill a child": REQUESTS // 12, "stop a child": 2, "kill the zygote": 2, "stop the zygote": 1}
MOMENT = 0.03
"""Seconds within which an event follows the request that it belongs to."""


def test_hundreds_of_requests_survive(fork, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))  # or a second try would find all answers of the first
    chance = random.Random(20260101)
    new_folder("first")  # the lock of this process's folders stays open until it ends
    before, open_before = descendants(os.getpid()), descriptors()
    keras = start_keras(choose_interpreter())
    keras.wait()
    planned = {number: event for event, count in EVENTS.items() for number in chance.sample(range(REQUESTS), count)}
    seen: set[int] = set()
    timers = []
    verdicts = {}
    for number in range(REQUESTS):
        if number in planned:
            arguments = (keras, planned[number], chance)
            timers.append(threading.Timer(chance.random() * MOMENT, do, arguments))
            timers[-1].start()
        [verdicts[number]] = keras.evaluate([dense(number + 1)], timeout=2)
        seen |= descendants(os.getpid()) - before
    for timer in timers:
        timer.join()

    wrong = [verdict for number, verdict in verdicts.items() if not is_right(verdict, number)]
    print(Counter(type(verdict).__name__ for verdict in verdicts.values()), {verdict.reason for verdict in wrong})
    assert all(isinstance(verdict, Unavailable) for verdict in wrong)
    assert len(wrong) < REQUESTS / 50
    assert all(is_right(keras.evaluate([dense(number + 1)])[0], number) for number in range(REQUESTS))
    assert len(seen) > EVENTS["kill a child"] / 2

    keras.close()
    for pid in descendants(os.getpid()) - before:
        wait_for_the_end_of(pid)
    assert descendants(os.getpid()) == before
    assert descriptors() == open_before


def is_right(verdict, number):
    return isinstance(verdict, Built) and verdict.output_shape == (None, number + 1)


def do(keras, event, chance):
    """Let something happen to the process as it is now; what has ended already is left alone."""
    worker = keras._usual._worker
    if worker is None or not worker.alive:
        return
    zygote = worker._process.pid
    children = sorted(descendants(zygote))
    pid = zygote if "zygote" in event else chance.choice(children) if children else None
    if pid is not None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL if event.startswith("kill") else signal.SIGSTOP)
