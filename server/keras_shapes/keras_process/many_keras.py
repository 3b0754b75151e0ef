"""The Keras of an environment, each model's own: programs may choose a backend, or Keras 2 beside Keras 3."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from keras_shapes.environments import Environment
from keras_shapes.keras_process.asked import Asked, asked_of, generation_asked, usual
from keras_shapes.keras_process.state import State, Versions
from keras_shapes.keras_process.training_recipe import all_unknown
from keras_shapes.keras_process.worker_keras import WorkerKeras
from keras_shapes.model import PRIVATE, Model, PublicName
from keras_shapes.signature import Signature
from keras_shapes.source import Span
from keras_shapes.verdict import Built, TrainingVerdict, Unavailable, Verdict

Told = TypeVar("Told")


class ManyKeras:
    """See `client.Keras`. The one that most programs ask is there from the beginning, others when they are needed."""

    def __init__(self, environment: Environment, make: Callable[[Asked], WorkerKeras]) -> None:
        self._environment = environment
        self._make = make
        self._lock = threading.Lock()
        self._usual = make(usual(environment))
        self._made = {usual(environment): self._usual}

    def evaluate(self, models: Sequence[Model], *, timeout: float = 10) -> list[Verdict]:
        """See `client.Keras`."""
        return [self._told(model, lambda keras, it: keras.evaluate([it], timeout=timeout)[0]) for model in models]

    def known(self, models: Sequence[Model]) -> list[Verdict | None]:
        """See `client.Keras`."""
        found: list[Verdict | None] = []
        for model in models:
            asked = asked_of(model, self._environment)
            verdict = Unavailable(asked) if isinstance(asked, str) else self._keras(asked).known([model])[0]
            found.append(None if verdict is None else self._dated(verdict, model, asked))
        return found

    def judge_training(self, models: Sequence[Model], *, timeout: float = 20) -> list[tuple[TrainingVerdict, ...]]:
        """See `client.Keras`."""
        found: list[tuple[TrainingVerdict, ...]] = []
        for model in models:
            asked = asked_of(model, self._environment)
            if isinstance(asked, str) or asked.instead_of is not None:
                found.append(all_unknown(model, asked if isinstance(asked, str) else asked.missing))
            else:
                found += self._keras(asked).judge_training([model], timeout=timeout)
        return found

    def signature(self, name: PublicName, *, timeout: float = 5) -> Signature | None:
        """See `client.Keras`."""
        nowhere = Span(0, 0)
        asked = asked_of(Model(None, nowhere, nowhere, (), flavour=name.flavour), self._environment)
        if isinstance(asked, str) or name.flavour == PRIVATE:
            return None
        return self._keras(asked).signature(name, timeout=timeout)

    def holder(self, asked: Asked) -> WorkerKeras:
        """See `client.Keras`."""
        return self._keras(asked)

    def start(self) -> None:
        """See `client.Keras`."""
        self._usual.start()

    def wait(self) -> State:
        """See `client.Keras`."""
        return self._usual.wait()

    def state(self) -> State:
        """See `client.Keras`."""
        return self._usual.state()

    def versions(self) -> Versions | None:
        """See `client.Keras`."""
        return self._usual.versions()

    def close(self) -> None:
        """See `client.Keras`."""
        for keras in self._all():
            keras.close()

    def forget(self) -> None:
        """See `client.Keras`."""
        for keras in self._all():
            keras.forget()

    def kill(self) -> None:
        """See `client.Keras`."""
        for keras in self._all():
            keras.kill()

    def _all(self) -> list[WorkerKeras]:
        with self._lock:
            return list(self._made.values())

    def _keras(self, asked: Asked) -> WorkerKeras:
        asked = replace(asked, instead_of=None)
        with self._lock:
            if asked not in self._made:
                self._made[asked] = self._make(asked)
            return self._made[asked]

    def _told(self, model: Model, ask: Callable[[WorkerKeras, Model], Verdict]) -> Verdict:
        asked = asked_of(model, self._environment)
        verdict = Unavailable(asked) if isinstance(asked, str) else ask(self._keras(asked), model)
        return self._dated(verdict, model, asked)

    def _dated(self, verdict: Verdict, model: Model, asked: Asked | str) -> Verdict:
        """The verdict with the generation of the Keras that has a word on the model; nobody asks the private one."""
        if isinstance(asked, str) or model.flavour == PRIVATE:
            return replace(verdict, generation=None)
        generation = generation_asked(self._environment, asked)
        if asked.instead_of is not None or (model.flavour == "tf_keras" and generation != 2):
            return replace(verdict, generation=None)
        if isinstance(verdict, Built):
            verdict = replace(verdict, backend=asked.backend)
        return replace(verdict, generation=generation)
