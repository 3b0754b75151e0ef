"""`keras-shapes/environment`: a client's own request for what is on, what is off and why, as data."""

from __future__ import annotations

from typing import Any

from keras_shapes.lsp.commands import environment_lines
from keras_shapes.lsp.server import Server

Json = dict[str, Any]


def environment(ls: Server, _: Any) -> Json:
    """The environment field by field, and `lines`: all of it in words.

    `sandboxed` is null before Keras was started, `codeOff` while the user's own code may run.
    """
    state, versions, choice = ls.keras.state(), ls.keras.versions(), ls.choice
    return {
        "phase": state.phase,
        "problem": state.problem,
        "keras": versions.keras if versions else None,
        "sandboxed": state.sandbox.layers is None if state.sandbox else None,
        "codeOff": state.code_off,
        "trusted": ls.settings.trusted,
        "interpreter": str(choice.environment.python) if choice else None,
        "lines": environment_lines(ls),
    }
