"""Everything that the server answers, and what it announces of it.

A handler is named here, and its module loaded when it is first called: `initialize` is answered before the reader,
the rules and the fixes are there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from lsprotocol import types as lsp

from keras_shapes.lsp.server import Server

SUMMARY = "keras-shapes.summary"
PICTURE = "keras-shapes.picture"
EXPLAIN = "keras-shapes.explain"
SHOW_PLACE = "keras-shapes.showPlace"
RESTART = "keras-shapes.restart"
CHECK = "keras-shapes.checkWorkspace"
ENVIRONMENT = "keras-shapes.showEnvironment"
COMPARE = "keras-shapes.compareWithHead"
READ_SHAPE = "keras-shapes.readShape"
APPLY = "keras-shapes.applyFix"
FIX_ALL = "source.fixAll.keras-shapes"


@dataclass(frozen=True, slots=True)
class Handler:
    """`place` is "module.function" of this room. One that is `at_once` has ended before the next message is read."""

    name: str
    place: str
    options: object = None
    at_once: bool = False

    def load(self) -> Callable[..., Any]:
        """The function itself."""
        module, function = self.place.split(".")
        handler: Callable[..., Any] = getattr(import_module(f"{__package__}.{module}"), function)
        return handler


FEATURES = (
    Handler(lsp.INITIALIZE, "lifecycle.initialize", at_once=True),
    Handler(lsp.INITIALIZED, "lifecycle.initialized"),
    Handler(lsp.SHUTDOWN, "lifecycle.shutdown", at_once=True),
    Handler(lsp.EXIT, "ending.on_exit", at_once=True),
    Handler(lsp.WORKSPACE_DID_CHANGE_CONFIGURATION, "configuring.did_change_configuration"),
    Handler(lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, "configuring.did_change_workspace_folders"),
    Handler(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, "watching.did_change_watched_files"),
    Handler(lsp.TEXT_DOCUMENT_DID_OPEN, "synchronising.did_open", at_once=True),
    Handler(lsp.TEXT_DOCUMENT_DID_CHANGE, "synchronising.did_change", at_once=True),
    Handler(lsp.TEXT_DOCUMENT_DID_SAVE, "synchronising.did_save", at_once=True),
    Handler(lsp.TEXT_DOCUMENT_DID_CLOSE, "synchronising.did_close", at_once=True),
    Handler(lsp.NOTEBOOK_DOCUMENT_DID_OPEN, "synchronising.notebook_did_open", at_once=True),
    Handler(lsp.NOTEBOOK_DOCUMENT_DID_CHANGE, "synchronising.notebook_did_change", at_once=True),
    Handler(lsp.NOTEBOOK_DOCUMENT_DID_SAVE, "synchronising.notebook_did_save", at_once=True),
    Handler(lsp.NOTEBOOK_DOCUMENT_DID_CLOSE, "synchronising.notebook_did_close", at_once=True),
    Handler(
        lsp.TEXT_DOCUMENT_DIAGNOSTIC,
        "pulling.document_diagnostic",
        lsp.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=True, identifier="keras-shapes"),
    ),
    Handler(lsp.WORKSPACE_DIAGNOSTIC, "pulling.workspace_diagnostic"),
    Handler(lsp.TEXT_DOCUMENT_HOVER, "showing.hover"),
    Handler(lsp.TEXT_DOCUMENT_INLAY_HINT, "showing.inlay_hints", lsp.InlayHintOptions(resolve_provider=False)),
    Handler(lsp.TEXT_DOCUMENT_CODE_LENS, "showing.code_lenses", lsp.CodeLensOptions(resolve_provider=False)),
    Handler(
        lsp.TEXT_DOCUMENT_CODE_ACTION,
        "actions.code_actions",
        lsp.CodeActionOptions(
            [lsp.CodeActionKind.QuickFix, lsp.CodeActionKind.RefactorRewrite, FIX_ALL], resolve_provider=True
        ),
    ),
    Handler(lsp.CODE_ACTION_RESOLVE, "actions.resolve"),
    Handler(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL, "navigating.document_symbols", lsp.DocumentSymbolOptions(label="Keras")),
    Handler(lsp.TEXT_DOCUMENT_DEFINITION, "navigating.definition"),
    Handler(lsp.TEXT_DOCUMENT_REFERENCES, "navigating.references"),
    Handler(lsp.TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY, "calling.prepare_call_hierarchy"),
    Handler(lsp.CALL_HIERARCHY_INCOMING_CALLS, "calling.incoming_calls"),
    Handler(lsp.CALL_HIERARCHY_OUTGOING_CALLS, "calling.outgoing_calls"),
    # Nothing opens by itself: there are no characters that would ask.
    Handler(lsp.TEXT_DOCUMENT_SIGNATURE_HELP, "helping.signature_help", lsp.SignatureHelpOptions()),
    Handler(lsp.TEXT_DOCUMENT_COMPLETION, "helping.completion", lsp.CompletionOptions(resolve_provider=True)),
    Handler(lsp.COMPLETION_ITEM_RESOLVE, "helping.resolve_completion"),
    Handler("keras-shapes/models", "models.models"),
    Handler("keras-shapes/environment", "environment.environment", at_once=True),
    Handler("keras-shapes/interpreters", "environment.interpreters"),
)

COMMANDS = (
    Handler(SUMMARY, "commands.show_summary"),
    Handler(PICTURE, "commands.picture"),
    Handler(EXPLAIN, "commands.explain"),
    Handler(SHOW_PLACE, "commands.show_place"),
    Handler(COMPARE, "comparing.compare_with_head"),
    Handler(RESTART, "commands.restart"),
    Handler(CHECK, "commands.check"),
    Handler(ENVIRONMENT, "commands.show_environment"),
    Handler(READ_SHAPE, "data_reading.read_shape"),
    Handler(APPLY, "actions.apply_fix"),
)


def register(server: Server) -> None:
    """Give the server all of its handlers; pygls announces what they are for."""
    for handler in FEATURES:
        server.feature(handler.name, handler.options)(_loading(handler))
    for handler in COMMANDS:
        server.command(handler.name)(_loading(handler))


def _loading(handler: Handler) -> Callable[..., Any]:
    """What calls a handler, and loads it first if need be."""

    def now(ls: Server, *arguments: Any) -> Any:
        return handler.load()(ls, *arguments)

    async def later(ls: Server, *arguments: Any) -> Any:
        return await handler.load()(ls, *arguments)

    return now if handler.at_once else later
