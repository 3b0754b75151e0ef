"""The tree with what is missing from it: of a statement that does not parse, the names in it are known."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from keyword import iskeyword

from keras_shapes.repair.breaking import STRING_OR_COMMENT, takes_long
from keras_shapes.repair.nodes import Node
from keras_shapes.source import Document, Span

_DOTTED_NAME = re.compile(r"(?<![\w.])[^\W\d]\w*(?:[ \t]*\.[ \t]*[^\W\d]\w*)*")
_TARGETS = re.compile(r"(?:[\w.]|[ \t,*()\[\]])+(?=[-+*/@|&]?=(?!=))")


class Broken(ast.Pass):
    """A statement that does not parse. What it would have done to the names that it mentions is unknown.

    `mentions` are the dotted names in it (`model.add`, `Dense`), `targets` those that it seems to assign.
    """

    mentions: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """The syntax tree of a document, and the spans of the statements that are missing from it.

    Where very much is missing, all of it is: that is no Python that somebody types.
    """

    tree: ast.Module
    broken: tuple[Span, ...] = ()
    is_python: bool = True


def parsed(tree: ast.Module, document: Document, found: Sequence[Node]) -> Parsed:
    """A tree of nodes, with `Broken` in the place of the broken ones."""
    broken = [node.statement.span for node in found if node.broken]
    zeros = {_place(document, node.statement.span.start): node for node in found if node.broken and node.text == "0"}
    for block in _blocks(tree):
        for index, statement in enumerate(block):
            node = zeros.get((statement.lineno, statement.col_offset))
            if node and isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                block[index] = _broken(document, node)
    return Parsed(tree, tuple(broken))


def no_python(document: Document) -> Parsed:
    """What is left of a text of which too much does not parse: nothing."""
    return Parsed(ast.Module([], []), (Span(0, len(document.python)),), is_python=False)


def _broken(document: Document, node: Node) -> Broken:
    """The node for a statement that is missing, with the names that it touches."""
    line, column = _place(document, node.statement.span.start)
    end_line, end_column = _place(document, node.statement.span.end)
    code = STRING_OR_COMMENT.sub("", node.source)
    targets = _TARGETS.match(code)
    broken = Broken(lineno=line, col_offset=column, end_lineno=end_line, end_col_offset=end_column)
    broken.mentions = _names(code)
    # inside an open bracket the `=` belongs to a keyword argument: `model.add(Dense(3, activation=`
    assigns = targets is not None and all(targets[0].count(a) == targets[0].count(b) for a, b in ("()", "[]"))
    broken.targets = _names(targets[0]) if targets is not None and assigns else ()
    if takes_long(node.source):  # it may parse, and set anything that it names
        broken.targets = tuple(dict.fromkeys(name.partition(".")[0] for name in broken.mentions))
    return broken


def _place(document: Document, offset: int) -> tuple[int, int]:
    line = document.line(offset)
    return line + 1, offset - document.line_starts[line]


def _names(code: str) -> tuple[str, ...]:
    names = (re.sub(r"\s", "", name) for name in _DOTTED_NAME.findall(code))
    return tuple(dict.fromkeys(name for name in names if not iskeyword(name)))


def _blocks(tree: ast.AST) -> Iterator[list[ast.stmt]]:
    """Every list of statements of a tree."""
    for name in ("body", "orelse", "finalbody", "handlers", "cases"):
        children = getattr(tree, name, None)
        if isinstance(children, list):
            if children and isinstance(children[0], ast.stmt):
                yield children
            for child in children:
                yield from _blocks(child)
