"""The client's texts, as the protocol counts their lines and columns.

pygls keeps the texts; its own documents split lines where Python's `str.splitlines` does, also at form feeds.
"""

from __future__ import annotations

from lsprotocol import types as lsp
from pygls.workspace import TextDocument, Workspace

from keras_shapes.lsp.convert import changed_text


class Text(TextDocument):
    """One text, changed as the protocol says."""

    def apply_change(self, change: lsp.TextDocumentContentChangeEvent) -> None:
        """Apply a change, whether it is of a range or of all."""
        self._source = changed_text(self._source or "", change, self.position_codec.encoding or "utf-16")


class Texts(Workspace):
    """All texts of a client."""

    def _create_text_document(
        self, doc_uri: str, source: str | None = None, version: int | None = None, language_id: str | None = None
    ) -> Text:
        return Text(doc_uri, source, version, language_id, position_codec=self.position_codec)
