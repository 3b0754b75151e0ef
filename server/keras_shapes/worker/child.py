"""What a child does with a request: ask Keras, and put whatever happens into one line."""

from __future__ import annotations

import json
from typing import Any, Optional

from . import build, code, training_verdicts

COMPILES, STARTS_LATE = build.COMPILES, build.STARTS_LATE
"""Whether the backend makes machine code of all that it computes; whether it imports parts of itself late."""

_KINDS = {"training": training_verdicts.judge, "signature": build.signature}
"""What answers a request that is not about the layers of models."""

_REHEARSAL: dict[str, Any] = {
    "flavour": "keras",
    "settings": {},
    "nodes": [
        {"call": "keras.Input", "id": 0, "args": [{"tuple": [2]}], "kwargs": []},
        {"call": "keras.layers.Dense", "id": 1, "args": [1], "kwargs": []},
    ],
    "arguments": {"args": [], "kwargs": []},
    "input": None,
}


def answer(request: dict[str, Any]) -> str:
    """The answer as JSON text: `{"reply": …}` from Keras, or `{"error": …}` when building itself failed."""
    ask = _KINDS.get(request.get("kind", ""), build.evaluate)
    try:
        return json.dumps({"reply": ask(request)}, allow_nan=False)
    except Exception as error:  # noqa: BLE001 - one request's trouble is not the next one's
        return json.dumps({"error": f"{type(error).__name__}: {error}"[:500]})


def answer_with_code(request: dict[str, Any], workspace: Optional[str]) -> str:
    """The same in a code child, where the user's code may run, forge, and raise what it likes."""
    code.permit(workspace)
    try:
        return answer(request)
    except BaseException as error:  # noqa: BLE001 - SystemExit and KeyboardInterrupt are the user's here
        return json.dumps({"error": type(error).__name__})


def warm_up() -> None:
    """Run one eager operation, which starts threads. Never in the zygote: it could not be forked then."""
    build.warm_up()


def prepare() -> dict[str, Any]:
    """Import all that is imported late; what Keras says of itself."""
    build.import_late_parts()
    return build.about()


def rehearse_eagerly() -> None:
    """Do with values what is only looked at otherwise."""
    warm_up()
    build.work_once()


def rehearse() -> None:
    """Build a small model. The first one costs a process much more than the next, so nobody should wait for it."""
    build.evaluate({"models": [_REHEARSAL]})
