"""A worker that another process of ours holds: many files are read by several processes, and one Keras answers all.

`FarWorker` stands where a `WorkerProcess` would, and sends what it is asked through a `Call`; `answer` is what the
process at the other end does with it. Both speak of plain JSON.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any, Protocol, TypeAlias

from keras_shapes.keras_process.asked import Asked
from keras_shapes.keras_process.launch import Launch
from keras_shapes.keras_process.process import Answer, Failure, Outcome
from keras_shapes.worker import protocol

Json: TypeAlias = dict[str, Any]
Call: TypeAlias = Callable[[Json], Json]
"""Sends a message and waits for what is said to it."""


class Worker(Protocol):
    """What asks a worker: a process of our own, or one that another process holds."""

    @property
    def alive(self) -> bool:
        """Whether requests can still be made."""

    @property
    def greeted(self) -> bool:
        """Whether the hello message, or the failure to send one, is there."""

    def hello(self, seconds: float) -> Json | Failure:
        """What the worker says of itself when Keras is imported, or why it will never say anything."""

    def ask(self, request: Json, child: str, seconds: float) -> Outcome:
        """Send a request to a kind of child and wait for the answer."""

    def end(self) -> None:
        """End it."""

    def kill_at_once(self) -> None:
        """Kill it and wait for nothing."""


class Holder(Protocol):
    """What holds a worker that others may ask."""

    def greeting(self) -> Json | Failure:
        """See `Worker.hello`."""

    def pass_on(self, request: Json, child: str, seconds: float) -> Outcome:
        """See `Worker.ask`."""


class FarWorker:
    """A worker that another process starts, restarts and ends."""

    alive = True

    def __init__(self, call: Call, launch: Launch) -> None:
        self._call = call
        self._asked = asdict(launch.asked)
        self._hello: Json | Failure | None = None

    @property
    def greeted(self) -> bool:
        """See `Worker`."""
        return self._hello is not None

    def hello(self, seconds: float) -> Json | Failure:  # noqa: ARG002 - who holds the worker keeps the time
        """See `Worker`."""
        if self._hello is None:
            said = self._call({"of": self._asked})
            self._hello = said["hello"] if "hello" in said else _failure(said)
        return self._hello

    def ask(self, request: Json, child: str, seconds: float) -> Outcome:
        """See `Worker`."""
        said = self._call({"of": self._asked, "request": request, "child": child, "seconds": seconds})
        return Answer(said["answer"]) if "answer" in said else _failure(said)

    def end(self) -> None:
        """Others may need it."""

    def kill_at_once(self) -> None:
        """Others may need it."""


def answer(holder: Callable[[Asked], Holder | None], message: Json) -> Json:
    """What is said to a message of a `FarWorker`."""
    held = holder(Asked(**message["of"]))
    if held is None:
        return {"failure": protocol.DIED, "reason": "there is no Keras"}
    if "request" not in message:
        said = held.greeting()
        return {"hello": said} if not isinstance(said, Failure) else _failed(said)
    outcome = held.pass_on(message["request"], message["child"], message["seconds"])
    return {"answer": outcome.text} if isinstance(outcome, Answer) else _failed(outcome)


def _failed(failure: Failure) -> Json:
    return {"failure": failure.kind, "reason": failure.reason}


def _failure(said: Json) -> Failure:
    return Failure(said["failure"], said["reason"])
