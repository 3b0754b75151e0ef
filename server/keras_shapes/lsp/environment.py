"""`keras-shapes/environment` and `keras-shapes/interpreters`: what is on, what is off and why; what else there is."""

from __future__ import annotations

import functools
import os
from typing import Any

from keras_shapes.environments import BACKENDS, Environment, all_interpreters, name_of
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
        "name": name_of(choice.environment.python) if choice else None,
        "lines": environment_lines(ls),
    }


async def interpreters(ls: Server, _: Any) -> list[Json]:
    """What a person can choose from, found by reading files."""
    await ls.configured.wait()
    find = functools.partial(
        all_interpreters,
        workspaces=tuple(ls.folders),
        trusted=ls.settings.trusted,
        project=next(iter(ls.folders), None),
        variables={**os.environ, **ls.options.active},
    )
    return [_choice(each) for each in await ls.threads.wait_for(find)]


def _choice(environment: Environment) -> Json:
    backend = environment.backend
    return {
        "python": str(environment.python),
        "name": name_of(environment.python),
        "why": environment.why,
        "version": environment.python_version,
        "keras": environment.keras,
        "backend": BACKENDS.get(backend, backend),
        "backendVersion": environment.backend_version(backend),
        "problem": environment.problem,
    }
