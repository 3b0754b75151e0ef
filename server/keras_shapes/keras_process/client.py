"""What the rest of the program knows of Keras: models go in, verdicts come out, and trouble is a verdict too."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from keras_shapes.environments import Environment, describe_problem
from keras_shapes.keras_process.answers import BadAnswerError, BuildError, clean_line, parse_answer
from keras_shapes.keras_process.failures import Failures
from keras_shapes.keras_process.launch import Launch
from keras_shapes.keras_process.process import Answer, Failure, WorkerProcess
from keras_shapes.keras_process.recipe import Recipe, encode_model, request
from keras_shapes.keras_process.replies import decode_recipes
from keras_shapes.model import Model
from keras_shapes.verdict import Unavailable, Verdict
from keras_shapes.worker import protocol

logger = logging.getLogger(__name__)

START_SECONDS = 120
"""Importing Keras takes two seconds, and on a busy machine with a cold disk a minute."""

Phase = Literal["off", "cold", "starting", "ready"]


@dataclass(frozen=True, slots=True)
class Versions:
    """Versions of the user's libraries as they name them: "3.15.1", "2.21.0", "tensorflow"."""

    keras: str
    tensorflow: str
    backend: str = "tensorflow"


@dataclass(frozen=True, slots=True)
class State:
    """How it stands with Keras.

    `phase` is "off" where there will be no verdict (`problem` says why), "cold" while nothing is started, "starting"
    while Keras is imported, "ready" then.
    """

    phase: Phase
    problem: str | None = None


class Keras(Protocol):
    """Keras in a process of its own. All methods may be called from any thread."""

    def evaluate(self, models: Sequence[Model], *, timeout: float = 10) -> list[Verdict]:
        """What Keras says of each model, waiting for it; `timeout` is for each model. Never raises."""

    def known(self, models: Sequence[Model]) -> list[Verdict | None]:
        """The verdicts that need no waiting; None for the others."""

    def start(self) -> None:
        """Begin to import Keras, if that has not begun. Does not wait."""

    def state(self) -> State:
        """How it stands now."""

    def versions(self) -> Versions | None:
        """Versions of the user's libraries, None when not known. Does not wait."""

    def close(self) -> None:
        """End the process. Verdicts asked for later are `Unavailable`."""


def start_keras(
    environment: Environment, *, trusted: bool = False, run_code: bool = False, workspace: Path | None = None
) -> Keras:
    """Keras of an environment. The process is started when it is first needed.

    The user's own code runs, in a sandbox, only with `trusted` (the workspace is) or `run_code` (the user said so);
    it may then read the files of `workspace`.
    """
    if environment.problem is not None:
        return no_keras(environment.problem)
    return _WorkerKeras(environment, may_run_code=trusted or run_code, workspace=workspace)


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

    def start(self) -> None:
        pass

    def state(self) -> State:
        return State("off", self.reason)

    def versions(self) -> Versions | None:
        return None

    def close(self) -> None:
        pass


class _WorkerKeras:
    def __init__(self, environment: Environment, *, may_run_code: bool, workspace: Path | None) -> None:
        self._environment = environment
        self._launch = Launch(environment.python, environment.user_site, workspace if may_run_code else None)
        self._lock = threading.Lock()
        self._worker: WorkerProcess | None = None
        self._failures = Failures()
        self._problem: str | None = None
        self._closed = False

    def evaluate(self, models: Sequence[Model], *, timeout: float = 10) -> list[Verdict]:
        return [self._evaluate(model, timeout) for model in models]

    def known(self, models: Sequence[Model]) -> list[Verdict | None]:
        return [None for _ in models]

    def start(self) -> None:
        self._running_worker()

    def state(self) -> State:
        worker = self._worker
        if self._closed:
            return State("off", "Keras was stopped")
        if self._problem is not None:
            return State("off", self._problem)
        if worker is None or not worker.alive:
            return State("cold")
        return State("ready" if worker.greeted else "starting")

    def versions(self) -> Versions | None:
        if self._environment.keras is None or self._environment.tensorflow is None:
            return None
        return Versions(self._environment.keras, self._environment.tensorflow)

    def close(self) -> None:
        with self._lock:
            self._closed = True
            worker, self._worker = self._worker, None
        if worker is not None:
            worker.kill()

    def _evaluate(self, model: Model, timeout: float) -> Verdict:
        recipe = encode_model(model)
        while (reason := self._failures.reason(recipe.key)) is None:
            outcome = self._ask(recipe, timeout)
            match outcome:
                case dict():
                    self._failures.forget(recipe.key)
                    [verdict] = decode_recipes(outcome, [recipe], [model])
                    return verdict
                case Failure(kind=protocol.DIED):
                    self._failures.add(recipe.key, outcome.reason)
                case Failure():
                    self._failures.add(recipe.key, outcome.reason)
                    return Unavailable(outcome.reason)
                case Unavailable():
                    return outcome
        return Unavailable(reason)

    def _ask(self, recipe: Recipe, timeout: float) -> dict[str, Any] | Failure | Unavailable:
        """One attempt; `Unavailable` is final, a `Failure` may be tried again."""
        worker = self._running_worker()
        if worker is None:
            return Unavailable(self._problem or "Keras was stopped")
        hello = worker.hello(START_SECONDS)
        if isinstance(hello, Failure):
            return hello
        self._problem = self._problem_of(hello)
        if self._problem is not None:
            return Unavailable(self._problem)
        outcome = worker.ask(request([recipe]), protocol.SPEC, timeout)
        if isinstance(outcome, Failure):
            return outcome
        return self._parse(outcome)

    def _parse(self, answer: Answer) -> dict[str, Any] | Failure | Unavailable:
        try:
            return parse_answer(answer.text)
        except BadAnswerError as error:
            return Failure(protocol.DIED, f"Keras' process answered nonsense: {error}")
        except BuildError as error:
            logger.warning("building failed in the worker: %s", error)
            return Unavailable(f"building failed: {error}")

    def _problem_of(self, hello: dict[str, Any]) -> str | None:
        """Why this Keras, now that it is imported, cannot judge a model."""
        texts = {key: value for key, value in hello.items() if isinstance(value, str)}
        problem = describe_problem(
            self._environment.python, texts.get("python"), texts.get("keras"), texts.get("tensorflow")
        )
        if problem is None and "error" in texts:
            return f"Keras of {self._environment.python} does not start: {clean_line(texts['error'])}"
        return problem

    def _running_worker(self) -> WorkerProcess | None:
        """The live worker, started if there is none; None when there is to be none."""
        with self._lock:
            if self._closed or self._problem is not None:
                return None
            if self._worker is None or not self._worker.alive:
                self._worker = WorkerProcess(self._launch)
            return self._worker
