"""Keras in a worker: from the cache if it can be, else asked, and asked again when the worker fails."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeAlias, TypeVar

from keras_shapes.environments import Environment
from keras_shapes.keras_process import training_recipe, zygotes
from keras_shapes.keras_process.answers import BadAnswerError, BuildError, parse_answer
from keras_shapes.keras_process.asked import Asked, is_legacy, usual
from keras_shapes.keras_process.cache import AnswerCache
from keras_shapes.keras_process.disk import byte_code_folder
from keras_shapes.keras_process.failures import Failures
from keras_shapes.keras_process.launch import Launch
from keras_shapes.keras_process.passing import Worker
from keras_shapes.keras_process.process import Failure, Outcome, WorkerProcess
from keras_shapes.keras_process.recipe import LEGACY, Encoder, encode_model, request
from keras_shapes.keras_process.replies import decode_recipes
from keras_shapes.keras_process.signatures import decode_signature, signature_key, signature_request
from keras_shapes.keras_process.state import Hello, State, Versions, read_hello
from keras_shapes.keras_process.told import Told
from keras_shapes.model import Model, PublicName
from keras_shapes.signature import COMPILE, Signature
from keras_shapes.tracing import span
from keras_shapes.verdict import Built, TrainingVerdict, Unavailable, Verdict
from keras_shapes.worker import protocol

logger = logging.getLogger(__name__)

START_SECONDS = 600
"""Importing Keras takes two seconds, and on a busy machine with a cold disk minutes. It is waited for once."""

STOPPED = "Keras was stopped"
NOT_PERMITTED = "running code is off: trust the workspace, or use --run-code"

Json = dict[str, Any]
Judgement = TypeVar("Judgement")


@dataclass(frozen=True, slots=True)
class Question(Generic[Judgement]):
    """What is asked about one model, of which child. `decode` reads the reply, or makes a judgement of its absence."""

    key: str
    request: Json
    child: str
    decode: Callable[[Json | Unavailable], Judgement]

    @property
    def uses_code(self) -> bool:
        """Whether the user's own code has a say in the answer."""
        return self.child == protocol.CODE


Ask: TypeAlias = Callable[[Model, "str | None"], Question[Judgement]]
"""Makes the question about a model; the text says why its code is not to run, None to let it run where it may."""


class WorkerKeras:
    """See `client.Keras`."""

    def __init__(
        self,
        environment: Environment,
        *,
        may_run_code: bool,
        workspace: Path | None,
        cache: Path | None,
        asked: Asked | None = None,
        make_worker: Callable[[Launch], Worker] = WorkerProcess,
    ) -> None:
        self._environment = environment
        self._make_worker = make_worker
        self._asked = asked or usual(environment)
        self._may_run_code = may_run_code
        workspace = workspace if may_run_code else None
        self._launch = Launch(
            environment.python,
            environment.user_site,
            workspace,
            asked=self._asked,
            byte_code=None if environment.compiled else byte_code_folder(),
        )
        self._cache_file = cache
        self._failures = Failures()
        self._lock = threading.Lock()
        self._worker: Worker | None = None
        self._hello: Hello | None = None
        self._not_started: str | None = None
        self._closed = False
        self._asked_next: list[tuple[Model, str | None, Question[Verdict]]] = []
        self._cache = self._cache_with(self.versions())
        self._told = Told()

    def evaluate(self, models: Sequence[Model], *, timeout: float = 10) -> list[Verdict]:
        """See `client.Keras`."""
        return [self._judge(model, self._layers_question, timeout) for model in models]

    def known(self, models: Sequence[Model]) -> list[Verdict | None]:
        """See `client.Keras`."""
        questions = [self._layers_question(model) for model in models]
        # what is not known is asked next: to encode a large model takes as long as to read a tenth of it
        self._asked_next = [(model, self._code_off(), one) for model, one in zip(models, questions, strict=True)]
        return [self._told.get(question.key) or self._remembered(question) for question in questions]

    def judge_training(self, models: Sequence[Model], *, timeout: float = 20) -> list[tuple[TrainingVerdict, ...]]:
        """See `client.Keras`."""
        return [self._judge(model, self._training_question, timeout) if model.training else () for model in models]

    def signature(self, name: PublicName, *, timeout: float = 5) -> Signature | None:
        """See `client.Keras`."""
        # metrics and optimizers may compute while they are made, which children for training calls are ready for
        child = protocol.TRAINING if name.path == COMPILE.path else protocol.SPEC
        question = Question(signature_key(name), signature_request(name), child, decode_signature)
        remembered = self._cache.get(question.key)
        if remembered is None and self.state().phase == "ready":
            reply = self._reply(question, timeout)
            if not isinstance(reply, Unavailable) and _why_unavailable(reply) is None:
                self._cache.put(question.key, reply, on_disk=True, passing=False)
                remembered = reply
        return decode_signature(remembered)

    def start(self) -> None:
        """See `client.Keras`."""
        self._running_worker()

    def wait(self) -> State:
        """See `client.Keras`."""
        worker = self._running_worker()
        hello = self._greet(worker) if worker is not None else None
        return State("off", hello.reason) if isinstance(hello, Failure) else self.state()

    def state(self) -> State:
        """See `client.Keras`."""
        worker, hello, problem = self._worker, self._hello, self._problem()
        sandbox = hello.sandbox if hello is not None else None
        if problem is not None:
            return State("off", problem, sandbox, self._code_off())
        if worker is None or not worker.alive:
            return State("cold", None, sandbox, self._code_off())
        return State("ready" if worker.greeted else "starting", None, sandbox, self._code_off())

    def versions(self) -> Versions | None:
        """See `client.Keras`."""
        if self._hello is not None and self._hello.versions is not None:
            return self._hello.versions
        keras = self._environment.tf_keras if self._asked.legacy else self._environment.keras
        backend = self._environment.backend_version(self._asked.backend)
        return None if keras is None or backend is None else Versions(keras, backend, self._asked.backend)

    def close(self) -> None:
        """See `client.Keras`."""
        with self._lock:
            self._closed = True
        self.retire()
        self._cache.close()

    def forget(self) -> None:
        """See `client.Keras`."""
        self._cache.forget()
        self._told.forget()

    def kill(self) -> None:
        """See `client.Keras`."""
        self._closed = True
        worker = self._worker
        if worker is not None:
            worker.kill_at_once()

    def greeting(self) -> Json | Failure:
        """See `passing.Holder`."""
        worker = self._running_worker()
        hello = self._greet(worker) if worker is not None else None
        if isinstance(hello, Failure):
            return hello
        return worker.hello(0) if worker is not None else Failure(protocol.DIED, self._problem() or STOPPED)

    def pass_on(self, request: Json, child: str, seconds: float) -> Outcome:
        """See `passing.Holder`."""
        worker = self._running_worker()
        return worker.ask(request, child, seconds) if worker else Failure(protocol.DIED, self._problem() or STOPPED)

    def retire(self) -> None:
        """End the process until it is needed again."""
        with self._lock:
            worker, self._worker = self._worker, None
        if worker is not None:
            worker.end()

    def _encoder(self, model: Model, held_back: str | None) -> Encoder:
        """With the user's code where it may run; where it did not, `held_back` says why."""
        code_off = held_back or self._code_off()
        two = self._environment.generation == 2 or self._asked.legacy
        private = model.flavour == LEGACY or (model.flavour == "tf_keras" and not two)
        tf_keras = is_legacy(model, self._environment) and self._environment.generation == 3
        return Encoder(private, code=code_off is None, code_off=code_off, own=model.flavour, tf_keras=tf_keras)

    def _layers_question(self, model: Model, held_back: str | None = None) -> Question[Verdict]:
        code_off = held_back or self._code_off()
        for known, code_off_then, question in self._asked_next:
            if known is model and code_off_then == code_off:
                return question
        encoder = self._encoder(model, held_back)
        with span("recipe"):
            recipe = encode_model(model, encoder)

        def decode(reply: Json | Unavailable) -> Verdict:
            if isinstance(reply, Unavailable):
                return reply
            [verdict] = decode_recipes(reply, [recipe], [model])
            if isinstance(verdict, Built) and not _is_passing(reply):
                self._told.put(recipe, model, verdict)
            return verdict

        child = protocol.CODE if encoder.uses_code else protocol.SPEC
        return Question(recipe.key, request([recipe]), child, decode)

    def _training_question(self, model: Model, held_back: str | None = None) -> Question[tuple[TrainingVerdict, ...]]:
        encoder = self._encoder(model, held_back)
        with span("training recipe"):
            recipe = training_recipe.encode_training(model, encoder)

        def decode(reply: Json | Unavailable) -> tuple[TrainingVerdict, ...]:
            if isinstance(reply, Unavailable):
                return training_recipe.all_unknown(model, reply.reason, passing=reply.passing)
            return training_recipe.decode_training(reply, recipe, model)

        child = protocol.CODE if encoder.uses_code else protocol.TRAINING
        return Question(recipe.key, training_recipe.training_request([recipe]), child, decode)

    def _judge(self, model: Model, ask_about: Ask[Judgement], timeout: float) -> Judgement:
        question = ask_about(model, None)
        remembered = self._remembered(question)
        if remembered is not None:
            return remembered
        if question.uses_code and self._greeting() is not None:
            question = ask_about(model, None)  # now that it is known whether the sandbox holds
        reply = self._reply(question, timeout)
        held_back = _why_unavailable(reply)
        if held_back is not None and question.uses_code:
            # What Keras says of the model without the code that could not be run is better than nothing.
            question = ask_about(model, held_back)
            reply = self._reply(question, timeout)
        if not isinstance(reply, Unavailable) and _why_unavailable(reply) is None:
            with span("keep"):
                self._cache.put(question.key, reply, on_disk=not question.uses_code, passing=_is_passing(reply))
        with span("verdict"):
            return question.decode(reply)

    def _remembered(self, question: Question[Judgement]) -> Judgement | None:
        with span("memo"):
            reply = self._cache.get(question.key)
        if reply is None:
            return None
        judgement = question.decode(reply)
        return None if isinstance(judgement, Unavailable) else judgement

    def _reply(self, question: Question[Judgement], timeout: float) -> Json | Unavailable:
        """The reply of Keras, if need be of the third worker or child."""
        while (reason := self._failures.reason(question.key)) is None:
            outcome = self._attempt(question, timeout)
            if not isinstance(outcome, Failure):
                self._failures.forget(question.key)
                return outcome
            logger.info("no answer: %s", outcome.reason)
            self._failures.add(question.key, outcome.reason)
            if outcome.kind != protocol.DIED:  # it would take as long, or as much, the next time
                return Unavailable(outcome.reason, passing=True)
        return Unavailable(reason, passing=True)

    def _attempt(self, question: Question[Judgement], timeout: float) -> Json | Failure | Unavailable:
        worker = self._running_worker()
        hello = self._greet(worker) if worker is not None else None
        if isinstance(hello, Failure):
            return hello
        if worker is None or hello is None or hello.problem is not None:
            return Unavailable(self._problem() or STOPPED)
        with span(f"pipe and worker: {question.child}"):
            outcome = worker.ask(question.request, question.child, timeout)
        if isinstance(outcome, Failure):
            return outcome
        try:
            return parse_answer(outcome.text)
        except BadAnswerError as error:
            return Failure(protocol.DIED, f"Keras' process answered nonsense: {error}")
        except BuildError as error:
            return Unavailable(f"the model could not be evaluated: {error}")

    def _cache_with(self, versions: Versions | None) -> AnswerCache:
        """The answers of the Keras of these versions."""
        known = versions or Versions("", "", "")
        return AnswerCache(known.keras, f"{known.backend} {known.backend_version}", self._cache_file)

    def _greeting(self) -> Hello | None:
        """What the worker says of itself, waiting for it; None when none will say anything."""
        worker = self._running_worker()
        hello = self._greet(worker) if worker is not None else None
        return hello if isinstance(hello, Hello) else None

    def _greet(self, worker: Worker) -> Hello | Failure:
        message = worker.hello(START_SECONDS)
        if isinstance(message, Failure):
            # it would take as long the next time: whoever changes something asks for another Keras
            self._not_started = message.reason if message.kind == protocol.TIMEOUT else None
            return message
        hello = read_hello(message, self._environment)
        with self._lock:
            if hello.versions is not None and hello.versions != self.versions():
                self._cache = self._cache_with(hello.versions)
                self._told.forget()
            self._hello = hello
        return hello

    def _running_worker(self) -> Worker | None:
        """The live worker, started if there is none; None when there is to be none."""
        zygotes.make_room(self)
        with self._lock:
            if self._problem() is not None:
                return None
            if self._worker is None or not self._worker.alive:
                self._worker = self._make_worker(self._launch)
            return self._worker

    def _problem(self) -> str | None:
        if self._closed:
            return STOPPED
        return self._hello.problem if self._hello is not None else self._not_started

    def _code_off(self) -> str | None:
        """Why the user's own code is not run; None when it is, or when that is not known yet."""
        if not self._may_run_code:
            return NOT_PERMITTED
        return self._hello.sandbox.code if self._hello is not None else None


def _why_unavailable(reply: Json | Unavailable) -> str | None:
    """Why there is no verdict in a reply; None when there is one: on a model, or a list of them on its calls."""
    match reply:
        case Unavailable(reason=reason):
            return reason
        case {"models": [{"unavailable": reason}]}:
            return str(reason)
        case {"models": [dict() | list()]}:
            return None
    return "the answer has another form"


def _is_passing(reply: Json) -> bool:
    """Whether another time might tell more: something was given up because it took too long."""
    return any(
        isinstance(part, dict) and part.get("passing") is True
        for answer in reply["models"]
        for part in (answer if isinstance(answer, list) else [answer])
    )
