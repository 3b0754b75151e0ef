"""A text that is being read: its document, its offsets, and whether its places can be shown to the user."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from keras_shapes.repair import Offsets
from keras_shapes.source import Document, Span


@dataclass(frozen=True, eq=False)
class Source:
    """A document and the offsets of its syntax tree. `foreign`: not the document that is shown."""

    document: Document
    offsets: Offsets
    tree: ast.Module
    foreign: bool = False
    spans: dict[ast.AST, Span] = field(default_factory=dict, repr=False)

    def span(self, node: ast.AST) -> Span:
        """Span of a node in its own document."""
        known = self.spans.get(node)
        if known is None:
            known = self.spans[node] = self.offsets.span(node)  # type: ignore[arg-type]
        return known

    def text(self, node: ast.AST) -> str:
        """Source text of a node, on one line."""
        return " ".join(self.document.slice(self.span(node)).split())
