"""What the rest of the program knows of Keras: models go in, verdicts come out, and trouble is a verdict too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from keras_shapes.environments import Environment
from keras_shapes.keras_process.asked import Asked
from keras_shapes.keras_process.disk import cache_file
from keras_shapes.keras_process.launch import Launch
from keras_shapes.keras_process.many_keras import ManyKeras
from keras_shapes.keras_process.passing import Holder, Worker
from keras_shapes.keras_process.process import WorkerProcess
from keras_shapes.keras_process.state import State, Versions
from keras_shapes.keras_process.worker_keras import WorkerKeras
from keras_shapes.model import Model, PublicName
from keras_shapes.signature import Signature
from keras_shapes.verdict import TrainingUnknown, TrainingVerdict, Unavailable, Verdict


class Keras(Protocol):
    """Keras in a process of its own. All methods may be called from any thread, and none raises."""

    def evaluate(self, models: Sequence[Model], *, timeout: float = 10) -> list[Verdict]:
        """What Keras says of each model, waiting for it; `timeout` is for each model, in seconds."""

    def known(self, models: Sequence[Model]) -> list[Verdict | None]:
        """The verdicts that need no waiting, None for the others."""

    def judge_training(self, models: Sequence[Model], *, timeout: float = 20) -> list[tuple[TrainingVerdict, ...]]:
        """What Keras says of each model's training calls, one verdict for each call."""

    def signature(self, name: PublicName, *, timeout: float = 5) -> Signature | None:
        """What a function of Keras takes; None where that is not known, and while Keras starts."""

    def holder(self, asked: Asked) -> Holder | None:
        """What holds a worker, for processes of ours that have none; None where there is no Keras."""

    def start(self) -> None:
        """Begin to import Keras, if that has not begun. Does not wait."""

    def wait(self) -> State:
        """Begin to import Keras, if that has not begun, and wait for the end of it."""

    def state(self) -> State:
        """How it stands now."""

    def versions(self) -> Versions | None:
        """Versions of the user's libraries, None when not known. Does not wait."""

    def close(self) -> None:
        """End the process. Verdicts asked for later are `Unavailable`."""

    def forget(self) -> None:
        """Let go of answers in memory; they are on disk, or can be had again."""

    def kill(self) -> None:
        """The same at once, for when our own process is about to end."""


def start_keras(
    environment: Environment,
    *,
    trusted: bool = False,
    run_code: bool = False,
    workspace: Path | None = None,
    keep: bool = True,
    make_worker: Callable[[Launch], Worker] = WorkerProcess,
) -> Keras:
    """Keras of an environment. Its process is started when it is first needed.

    The user's own code runs, in a sandbox, only with `trusted` (the workspace is) or `run_code` (the user said so);
    it may then read the files of `workspace`. With `keep`, answers
    are read from the disk and kept there. `make_worker` starts a worker, or finds one that another process holds.
    """
    if environment.problem is not None:
        return no_keras(environment.problem)
    workspace = workspace.resolve() if workspace is not None else None
    if workspace is not None and Path.home().resolve().is_relative_to(workspace):
        workspace = None  # a whole home, or more, is nobody's workspace
    may_run_code, cache = trusted or run_code, cache_file() if keep else None

    def make(asked: Asked) -> WorkerKeras:
        return WorkerKeras(
            environment,
            may_run_code=may_run_code,
            workspace=workspace,
            cache=cache,
            asked=asked,
            make_worker=make_worker,
        )

    return ManyKeras(environment, make)


def no_keras(reason: str) -> Keras:
    """A Keras that says of every model that it is not available."""
    return _NoKeras(reason)


@dataclass(frozen=True, slots=True)
class _NoKeras:
    reason: str

    def evaluate(self, models: Sequence[Model], *, timeout: float = 10) -> list[Verdict]:  # noqa: ARG002
        return [Unavailable(self.reason)] * len(models)

    def known(self, models: Sequence[Model]) -> list[Verdict | None]:
        return [Unavailable(self.reason)] * len(models)

    def judge_training(self, models: Sequence[Model], *, timeout: float = 20) -> list[tuple[TrainingVerdict, ...]]:  # noqa: ARG002
        return [tuple(TrainingUnknown(self.reason) for _ in model.training) for model in models]

    def signature(self, name: PublicName, *, timeout: float = 5) -> Signature | None:  # noqa: ARG002
        return None

    def holder(self, asked: Asked) -> None:
        pass

    def start(self) -> None:
        pass

    def wait(self) -> State:
        return self.state()

    def state(self) -> State:
        return State("off", self.reason)

    def versions(self) -> Versions | None:
        return None

    def close(self) -> None:
        pass

    def kill(self) -> None:
        pass

    def forget(self) -> None:
        pass
