"""Settings from the command line, the client and the repository; and Keras, which they choose."""

from __future__ import annotations

import asyncio
import functools
import logging
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp

from keras_shapes.environments import choose_interpreter, find_interpreter
from keras_shapes.files import UnreadableFile, read_text
from keras_shapes.keras_process import start_keras
from keras_shapes.lsp.scheduling import schedule_all
from keras_shapes.lsp.server import Choice, Server
from keras_shapes.rules import rules
from keras_shapes.settings import SECTION, Settings, project_values, read_settings

logger = logging.getLogger(__name__)

CONFIGURATION_SECONDS = 3.0
"""A client that does not answer is served with what is known."""

ONLY_COMMAND_LINE = ("interpreter", "trusted", "runCode", "run_code")


async def did_change_configuration(ls: Server, params: lsp.DidChangeConfigurationParams) -> None:
    """The settings may have changed: ask for them, or take what was sent along."""
    sent = params.settings.get(SECTION) if isinstance(params.settings, dict) else None
    if isinstance(sent, dict):
        ls.sent_settings = sent
    await configure(ls)


async def did_change_workspace_folders(ls: Server, _: lsp.DidChangeWorkspaceFoldersParams) -> None:
    """Another repository may have other settings."""
    await configure(ls)


async def configure(ls: Server) -> None:
    """Read all settings, choose Keras by them, and analyse what is open anew where anything changed."""
    async with ls.configuring:
        settings = await _settings(ls)
        before = ls.settings, ls.choice
        ls.settings = settings
        await choose_keras(ls)
        ls.configured.set()
        if before != (ls.settings, ls.choice):
            schedule_all(ls)


async def _settings(ls: Server) -> Settings:
    """Defaults, then the repository's, then the client's, then the command line's."""
    settings = Settings()
    for folder in ls.folders:
        values = await ls.threads.wait_for(functools.partial(_project_values, folder))
        if isinstance(values, str):
            ls.tell_once(values)
        else:
            settings = _read(ls, values, settings, project=True)
    settings = _read(ls, {**ls.sent_settings, **await _client_values(ls)}, settings)
    if ls.options.interpreter is not None:
        settings = replace(settings, interpreter=str(ls.options.interpreter))
    return replace(settings, trusted=True) if ls.options.trusted else settings


async def choose_keras(ls: Server, *, anew: bool = False) -> None:
    """Start another Keras where another was chosen, where it may now do more or less, or `anew`."""
    settings, folders = ls.settings, tuple(ls.folders)
    folder = next(iter(folders), None)
    means: dict[str, Any] = {
        "workspaces": folders,
        "trusted": settings.trusted,
        "project": folder if settings.trusted else None,
        "variables": {**os.environ, **ls.options.active},
    }
    why = "--interpreter" if ls.options.interpreter else f"the setting {SECTION}.interpreter"
    choose = (
        functools.partial(choose_interpreter, settings.interpreter, why=why, **means)
        if settings.interpreter
        else functools.partial(find_interpreter, **means)
    )
    choice = Choice(await ls.threads.wait_for(choose), settings.trusted and settings.run_code, folder)
    if anew or choice != ls.choice:
        before, ls.choice = ls.keras, choice
        ls.keras = start_keras(choice.environment, trusted=choice.may_run_code, workspace=folder)
        await ls.threads.wait_for(before.close)


async def _client_values(ls: Server) -> Mapping[str, Any]:
    if not ls.client.configuration:
        return {}
    params = lsp.ConfigurationParams([lsp.ConfigurationItem(section=SECTION)])
    asked = ls.ask_client(ls.workspace_configuration_async(params))
    try:
        answer = await asyncio.wait_for(asked, CONFIGURATION_SECONDS)
    except asyncio.TimeoutError:
        logger.warning("the client does not answer workspace/configuration")
        return {}
    return answer[0] if answer and isinstance(answer[0], dict) else {}


def _project_values(folder: Path) -> Mapping[str, Any] | str:
    """The values of a folder's `pyproject.toml`, or why there are none."""
    path = folder / "pyproject.toml"
    try:
        return project_values(read_text(path)) if path.exists() else {}
    except (UnreadableFile, OSError, ValueError) as error:
        return f"{path}: {error}"


def _read(ls: Server, values: Mapping[str, Any], base: Settings, *, project: bool = False) -> Settings:
    if ls.options.only:
        values = {name: value for name, value in values.items() if name not in ONLY_COMMAND_LINE}
    result = read_settings(values, base, known_rules=[rule.name for rule in rules()], project=project)
    for problem in result.problems:
        ls.tell_once(f"{SECTION}: {problem}" if not project else f"pyproject.toml: [tool.{SECTION}] {problem}")
    return result.settings
