"""A process that reads files for another one, which holds Keras and shows what is found.

In come the order, files, and answers of Keras; out go questions for Keras, and results. Each is a line of JSON. The
process ends when its input does.
"""

from __future__ import annotations

import gc
import itertools
import json
import os
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import BinaryIO

from keras_shapes.api.order import Order, fulfil
from keras_shapes.api.plain import Json, from_plain, to_line, to_plain
from keras_shapes.hardening import harden_process
from keras_shapes.keras_process import start_keras
from keras_shapes.keras_process.passing import FarWorker


def main() -> None:
    """Serve the process that started this one."""
    harden_process()
    gc.freeze()
    with os.fdopen(os.dup(1), "wb") as output:
        os.dup2(2, 1)  # what a library prints is no message
        conversation = _Conversation(sys.stdin.buffer, output)
        order = from_plain(conversation.receive(), Order)
        threading.Thread(target=conversation.listen, daemon=True).start()
        _work(order, conversation)


def _work(order: Order, conversation: _Conversation) -> None:
    keras = start_keras(
        order.environment,
        run_code=order.run_code,
        workspace=order.workspace,
        keep=order.cache,
        make_worker=partial(FarWorker, conversation.ask),
    )
    for result in fulfil(order, conversation.files(), keras):
        conversation.settle(to_plain(result))
    keras.close()


class _Conversation:
    def __init__(self, source: BinaryIO, target: BinaryIO) -> None:
        self._source, self._target = source, target
        self._writing = threading.Lock()
        self._numbers = itertools.count()
        self._waiting: dict[int, Future[Json]] = {}
        self._files: SimpleQueue[str | None] = SimpleQueue()
        self._open = 0

    def receive(self) -> Json:
        line = self._source.readline()
        if not line:
            os._exit(0)  # nobody is there any more
        message: Json = json.loads(line)
        return message

    def listen(self) -> None:
        while True:
            match self.receive():
                case {"file": str() | None as name}:
                    self._files.put(name)
                case {"number": int() as number, "said": dict() as said}:
                    self._waiting.pop(number).set_result(said)

    def files(self) -> Iterator[Path | None]:
        """The files to read; None where there is none just now, and one that was read may be concluded."""
        while True:
            try:
                name = self._files.get(block=self._open == 0)
            except Empty:
                yield None
                continue
            if name is None:
                return
            self._open += 1
            yield Path(name)

    def settle(self, result: Json) -> None:
        self._open -= 1
        self._send({"result": result})

    def ask(self, question: Json) -> Json:
        number, future = next(self._numbers), Future[Json]()
        self._waiting[number] = future
        self._send({"number": number, "question": question})
        return future.result()

    def _send(self, message: Json) -> None:
        with self._writing:
            self._target.write(to_line(message))
            self._target.flush()
