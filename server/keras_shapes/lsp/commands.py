"""Commands that any client can execute: each shows its result where the client lets it, and returns it as text."""

from __future__ import annotations

import re
from typing import Any

from lsprotocol import types as lsp

from keras_shapes.analysis import ModelAnalysis
from keras_shapes.features.pictures.formats import TEXT_FORMATS
from keras_shapes.features.pictures.formats import picture as draw
from keras_shapes.features.summary import summary
from keras_shapes.lsp.checking import check_workspace
from keras_shapes.lsp.configuring import choose_keras
from keras_shapes.lsp.convert import page_address
from keras_shapes.lsp.documents import OpenDocument
from keras_shapes.lsp.scheduling import asked_document, schedule_all
from keras_shapes.lsp.server import Server

PHASES = {"off": "off", "cold": "not started", "starting": "starting", "ready": "ready"}


async def show_summary(ls: Server, *arguments: Any) -> str | None:
    """`model.summary()` of the model at a URI and position, else of the first model of the first open document."""
    uri = arguments[0] if arguments else next(iter(ls.documents), "")
    document = asked_document(ls, uri) if isinstance(uri, str) else None
    result = await document.wait_for_all() if document is not None else None
    if document is None or result is None or not result.analysis.models:
        return _say(ls, "keras-shapes: no Keras model here")
    model = _model_at(ls, document, *arguments)
    table = summary(result.analysis, model)
    text = "\n".join([*table.lines(), *([table.message] if table.message else [])])
    await _show(ls, model.model.name or "sequential", text)
    return text


async def picture(ls: Server, uri: Any = None, place: Any = None, form: Any = "svg", *_: Any) -> str | None:
    """The model at a place as `svg`, `mermaid`, `dot` or `markdown`: it is returned, and shown nowhere.

    The place is a position, the model's index in `keras-shapes/models`, or null for all models of the document. Null is
    returned where there is no such model, document or format.
    """
    document = asked_document(ls, uri) if isinstance(uri, str) else None
    result = await document.wait_for_all() if document is not None else None
    if document is None or result is None or form not in TEXT_FORMATS:
        return None
    shown = [model for model in result.analysis.models if model.model.kind != "open"]
    if isinstance(place, dict) and shown:
        shown = [_model_at(ls, document, uri, place)]
    elif isinstance(place, int):
        shown = shown[place : place + 1] if place >= 0 else []
    return await ls.threads.read(uri, draw, result.analysis, shown, form) if shown else None


async def show_place(ls: Server, uri: Any = None, place: Any = None, *_: Any) -> bool:
    """Put the cursor on a range, in a client that opens documents for a server; whether it did."""
    if not isinstance(uri, str) or not isinstance(place, dict) or not ls.client.shows_documents:
        return False
    selection = _range(place)
    shown = lsp.ShowDocumentParams(uri, take_focus=True, selection=selection)
    result = await ls.ask_client(ls.window_show_document_async(shown))
    return bool(getattr(result, "success", False))


async def explain(ls: Server, code: Any = None, *_: Any) -> str | None:
    """Open the page of a rule, in a client that opens documents for a server; its address, or null for no rule."""
    page = page_address(code) if isinstance(code, str) and re.fullmatch(r"[a-z-]+", code) else None
    if page is None:
        return None
    if not ls.client.shows_documents:
        return _say(ls, f"keras-shapes: {code} is explained in {page}")
    await ls.ask_client(ls.window_show_document_async(lsp.ShowDocumentParams(page, take_focus=True)))
    return page


async def restart(ls: Server) -> str:
    """End Keras and start it again."""
    await ls.configured.wait()
    await choose_keras(ls, anew=True)
    schedule_all(ls)
    return _say(ls, "keras-shapes: Keras is started again")


async def check(ls: Server) -> str:
    """Check every file of the workspace."""
    return _say(ls, f"keras-shapes: {await check_workspace(ls)}")


async def show_environment(ls: Server) -> str:
    """Which Keras is asked, and why; what is on and off."""
    await ls.configured.wait()
    return _say(ls, "\n".join(environment_lines(ls)))


def environment_lines(ls: Server) -> list[str]:
    """The environment in words, a line each."""
    state, versions, choice = ls.keras.state(), ls.keras.versions(), ls.choice
    lines = [f"keras-shapes {ls.version}"]
    if choice is not None:
        lines.append(f"interpreter: {choice.environment.python} ({choice.environment.why})")
    if versions is not None:
        lines.append(f"Keras {versions.keras}, {versions.backend} {versions.backend_version}")
    lines.append(f"Keras is {PHASES[state.phase]}" + (f": {state.problem}" if state.problem else ""))
    if state.sandbox is not None:
        lines.append(f"sandbox: {state.sandbox.layers or 'on'}")
    lines.append(f"custom layers: {'off, ' + state.code_off if state.code_off else 'on, in the sandbox'}")
    lines.append(f"workspace: {'trusted' if ls.settings.trusted else 'not trusted'}")
    return lines


def _model_at(ls: Server, document: OpenDocument, uri: str = "", position: Any = None, *_: Any) -> ModelAnalysis:
    """The model whose site is at a position, else the first one."""
    assert document.result is not None
    analysis = document.result.analysis
    if isinstance(position, dict):
        place = _position(position)
        offset = ls.places(document.result.snapshot).offset(uri, place)
        found = [model for model in analysis.models if offset is not None and model.model.span.contains(offset)]
        return min(found, key=lambda model: model.model.span.end - model.model.span.start, default=analysis.models[0])
    return analysis.models[0]


def _position(data: Any) -> lsp.Position:
    """A position as JSON; zero where a part is missing."""
    known = data if isinstance(data, dict) else {}
    line, character = known.get("line", 0), known.get("character", 0)
    return lsp.Position(line if isinstance(line, int) else 0, character if isinstance(character, int) else 0)


def _range(data: dict[str, Any]) -> lsp.Range:
    return lsp.Range(_position(data.get("start")), _position(data.get("end")))


async def _show(ls: Server, name: str, text: str) -> None:
    """Open the text in the editor; where that cannot be, show it as a message."""
    if not ls.client.shows_documents:
        _say(ls, text)
        return
    path = ls.folder() / (re.sub(r"\W+", "_", name) + "-summary.txt")
    path.write_text(f"{text}\n", encoding="utf-8")
    await ls.ask_client(ls.window_show_document_async(lsp.ShowDocumentParams(path.as_uri(), take_focus=True)))


def _say(ls: Server, text: str) -> str:
    ls.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Info, text))
    return text
