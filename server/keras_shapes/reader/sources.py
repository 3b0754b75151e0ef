"""A text that is being read: its document, its offsets, and whether its places can be shown to the user."""

from __future__ import annotations

import ast
import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from keras_shapes.repair import Offsets
from keras_shapes.source import Document, Span

DECLARATION = "keras-shapes: shape"
_MODEL = re.compile(r"\b(?:Sequential|Model|Input)\b")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, eq=False)
class Source:
    """A document and the offsets of its syntax tree. `foreign`: not the document that is shown."""

    document: Document
    offsets: Offsets
    tree: ast.Module
    foreign: bool = False
    spans: dict[ast.AST, Span] = field(default_factory=dict, repr=False)
    vocabularies: dict[ast.AST, frozenset[str]] = field(default_factory=dict, repr=False)

    def span(self, node: ast.AST) -> Span:
        """Span of a node in its own document."""
        known = self.spans.get(node)
        if known is None:
            known = self.spans[node] = self.offsets.span(node)  # type: ignore[arg-type]
        return known

    def makes_model(self, node: ast.AST) -> bool:
        """Whether the text of a node mentions what models are made of."""
        span = self.span(node)
        place = bisect_left(self.mentions, span.start)
        return place < len(self.mentions) and self.mentions[place] < span.end

    def words(self, node: ast.AST) -> frozenset[str]:
        """The words in the text of a node."""
        known = self.vocabularies.get(node)
        if known is None:
            known = self.vocabularies[node] = frozenset(_WORD.findall(self.document.python, *self._bounds(node)))
        return known

    def _bounds(self, node: ast.AST) -> tuple[int, int]:
        span = self.span(node)
        return span.start, span.end

    @cached_property
    def mentions(self) -> list[int]:
        """Offsets of the words that models are made with."""
        return [found.start() for found in _MODEL.finditer(self.document.python)]

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each word stands in the text."""
        return Counter(_WORD.findall(self.document.python))

    @cached_property
    def bound(self) -> Counter[str]:
        """How often each name is bound, wherever that is."""
        names = (node for node in ast.walk(self.tree) if isinstance(node, ast.Name))
        return Counter(name.id for name in names if isinstance(name.ctx, (ast.Store, ast.Del)))

    @cached_property
    def has_declarations(self) -> bool:
        """Whether some comment declares a shape."""
        return DECLARATION in self.document.text

    @cached_property
    def later_names(self) -> dict[str, int]:
        """In which cell of a notebook a name is first assigned."""
        found: dict[str, int] = {}
        for statement in self.tree.body if self.document.cells else ():
            cell = self.document.cell(self.span(statement).start)
            for node in ast.walk(statement) if cell is not None else ():
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and cell is not None:
                    found.setdefault(node.id, cell.number)
        return found

    def text(self, node: ast.AST) -> str:
        """Source text of a node, on one line."""
        return " ".join(self.document.slice(self.span(node)).split())
