"""What the client can do, read from its capabilities once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lsprotocol import types as lsp
from pygls.capabilities import get_capability

from keras_shapes.lsp.convert import DiagnosticSupport


@dataclass(frozen=True, slots=True)
class Client:
    """Abilities that decide what is sent, and how."""

    pulls_diagnostics: bool = False
    checks_versions: bool = False
    diagnostics: DiagnosticSupport = field(default_factory=DiagnosticSupport)
    refreshes_hints: bool = False
    refreshes_lenses: bool = False
    refreshes_diagnostics: bool = False
    markdown: bool = True
    action_literals: bool = False
    resolves_edits: bool = False
    preferred_actions: bool = False
    document_changes: bool = False
    progress: bool = False
    configuration: bool = False
    registers_configuration: bool = False
    registers_watchers: bool = False
    shows_documents: bool = False
    symbols_in_symbols: bool = False
    label_offsets: bool = False


def read_client(capabilities: lsp.ClientCapabilities) -> Client:
    """The abilities that a client announces."""

    def has(path: str) -> bool:
        return bool(get_capability(capabilities, path))

    def names(path: str) -> list[Any]:
        return list(get_capability(capabilities, path) or ())

    formats = names("text_document.hover.content_format")
    return Client(
        pulls_diagnostics=get_capability(capabilities, "text_document.diagnostic") is not None,
        checks_versions=has("text_document.publish_diagnostics.version_support"),
        diagnostics=DiagnosticSupport(
            related=has("text_document.publish_diagnostics.related_information"),
            tags=has("text_document.publish_diagnostics.tag_support"),
            code_description=has("text_document.publish_diagnostics.code_description_support"),
        ),
        refreshes_hints=has("workspace.inlay_hint.refresh_support"),
        refreshes_lenses=has("workspace.code_lens.refresh_support"),
        refreshes_diagnostics=has("workspace.diagnostics.refresh_support"),
        markdown=not formats or lsp.MarkupKind.Markdown in formats,
        action_literals=has("text_document.code_action.code_action_literal_support"),
        resolves_edits="edit" in names("text_document.code_action.resolve_support.properties"),
        preferred_actions=has("text_document.code_action.is_preferred_support"),
        document_changes=has("workspace.workspace_edit.document_changes"),
        progress=has("window.work_done_progress"),
        configuration=has("workspace.configuration"),
        registers_configuration=has("workspace.did_change_configuration.dynamic_registration"),
        registers_watchers=has("workspace.did_change_watched_files.dynamic_registration"),
        shows_documents=has("window.show_document.support"),
        label_offsets=has(
            "text_document.signature_help.signature_information.parameter_information.label_offset_support"
        ),
        symbols_in_symbols=has("text_document.document_symbol.hierarchical_document_symbol_support"),
    )
