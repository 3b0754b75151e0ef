"""What some editors announce: VS Code, Neovim, and one that announces nothing."""

from __future__ import annotations

from lsprotocol import types as lsp
from pytest_lsp import client_capabilities


def visual_studio_code() -> lsp.ClientCapabilities:
    """pytest-lsp's record is of 2022; these are the later features that vscode-languageclient 10 announces."""
    capabilities = client_capabilities("visual-studio-code")
    assert capabilities.text_document is not None
    assert capabilities.workspace is not None
    capabilities.general = lsp.GeneralClientCapabilities(position_encodings=[lsp.PositionEncodingKind.Utf16])
    capabilities.text_document.inlay_hint = lsp.InlayHintClientCapabilities(
        dynamic_registration=True, resolve_support=lsp.ClientInlayHintResolveOptions(["tooltip", "textEdits"])
    )
    capabilities.text_document.diagnostic = lsp.DiagnosticClientCapabilities(
        dynamic_registration=True, related_document_support=False
    )
    capabilities.workspace.inlay_hint = lsp.InlayHintWorkspaceClientCapabilities(refresh_support=True)
    capabilities.workspace.diagnostics = lsp.DiagnosticWorkspaceClientCapabilities(refresh_support=True)
    capabilities.notebook_document = lsp.NotebookDocumentClientCapabilities(
        lsp.NotebookDocumentSyncClientCapabilities(dynamic_registration=True, execution_summary_support=True)
    )
    return capabilities


def neovim() -> lsp.ClientCapabilities:
    """Neovim 0.11."""
    return client_capabilities("neovim@v0.11.0")


def neovim_without_pull() -> lsp.ClientCapabilities:
    """Neovim 0.7: everything is pushed, and columns are UTF-16."""
    return client_capabilities("neovim@v0.7.0")


def minimal() -> lsp.ClientCapabilities:
    """Nothing."""
    return lsp.ClientCapabilities()


CLIENTS = {
    "vscode": visual_studio_code,
    "neovim": neovim,
    "neovim-0.7": neovim_without_pull,
    "minimal": minimal,
}
