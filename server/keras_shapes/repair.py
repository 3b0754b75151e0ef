"""Python text -> syntax tree, also while somebody is typing it.

One half-typed statement costs itself: it leaves a `Broken` node in its place, the rest of the file is parsed.
Nothing here runs or compiles the text, and any text comes back in bounded time.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from keyword import iskeyword

from keras_shapes.source import Document, Span
from keras_shapes.statements import Statement, statements

BROKEN_NAME = "__broken__"
"""Stands in the header of a block for what does not parse: `if __broken__:`."""

_PARSE_ERRORS = (SyntaxError, ValueError, MemoryError, RecursionError, SystemError)
"""What `ast.parse` raises: wrong syntax, null characters and lone surrogates, and text that is nested too deeply."""

_HEADER = re.compile(
    r"(?:async[ \t]+)?(?P<keyword>if|elif|else|for|while|try|except|finally|with|def|class|match|case)\b"
)
_CONTINUES = {
    "elif": ("if", "elif"),
    "else": ("if", "elif", "for", "while", "try", "except"),
    "except": ("try", "except"),
    "finally": ("try", "except", "else"),
}
"""Headers that need another one before them at the same column."""

_STRING_OR_COMMENT = re.compile(r"#[^\r\n]*|\"(?:[^\"\\\r\n]|\\.)*\"?|'(?:[^'\\\r\n]|\\.)*'?")
_NAME = re.compile(r"[^\W\d]\w*")
_DOTTED_NAME = re.compile(r"(?<![\w.])[^\W\d]\w*(?:[ \t]*\.[ \t]*[^\W\d]\w*)*")
_TARGETS = re.compile(r"(?:[\w.]|[ \t,*()\[\]])+(?=[-+*/@|&]?=(?!=))")
_FOR_TARGET = re.compile(r"(?:async[ \t]+)?for\b.*?\bin\b")
_LINE_BREAK = re.compile(r"\r\n|\n|\r")
_MOST_AT_ONCE = 100_000
_LONGEST_STATEMENT = 400_000
_MOST_FIELDS = 2_000
_FORMATTED = re.compile(r"(?i)f[\"']|fr[\"']")
_MAX_DEPTH = 90
"""Python itself refuses a hundred levels of indentation."""

_FILENAME = "<keras-shapes>"
warnings.filterwarnings("ignore", module=re.escape(_FILENAME))  # `"\d"` in the user's text is not our concern


class Broken(ast.Pass):
    """A statement that does not parse. What it would have done to the names that it mentions is unknown.

    `mentions` are the dotted names in it (`model.add`, `Dense`), `targets` those that it seems to assign.
    """

    mentions: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """The syntax tree of a document, and the spans of the statements that are missing from it."""

    tree: ast.Module
    broken: tuple[Span, ...] = ()


def parse(document: Document, look: Callable[[], None] = lambda: None) -> Parsed:
    """The document's tree. Offsets of its nodes: `Offsets(document)`.

    Never fails; what `look` raises, which is called now and then, ends it. Python's parser lets nothing else run
    meanwhile: long texts are given to it in pieces.
    """
    if len(document.python) > _MOST_AT_ONCE or document.python.count("{") > _MOST_FIELDS:
        return _long(document, look)
    tree = _try_parse(document.python)
    return Parsed(tree) if tree is not None else _repaired(document, look)


@dataclass(slots=True)
class _Node:
    """A statement with its body. `text` is parsed in its place: None for its own, empty to leave it out."""

    statement: Statement
    source: str
    keyword: str | None
    text: str | None = None
    broken: bool = False
    body: list[_Node] = field(default_factory=list)


def _long(document: Document, look: Callable[[], None]) -> Parsed:
    """A long text, in pieces of whole statements."""
    found = _nodes(document, look)
    for node in found:
        if not node.statement.whole or _takes_long(node.source):
            _break(node)
    body: list[ast.stmt] = []
    for group in _groups(_nested(found)):
        look()
        body += _parsed_group(document, group, look)
    return _parsed(ast.Module(body, []), document, found)


def _parsed_group(document: Document, nodes: Sequence[_Node], look: Callable[[], None]) -> list[ast.stmt]:
    line = document.line(nodes[0].statement.span.start)

    def tree() -> ast.Module | None:
        return _try_parse("\n" * line + _written(document, nodes, document.line_starts[line]))

    if (found := tree()) is not None:
        return found.body
    for node in nodes:
        look()
        if not node.broken and not _parses(node):
            _break(node)
    _put_in_order(_nested(nodes))
    found = tree()
    return found.body if found is not None else _bodies_in_pieces(document, nodes)


def _groups(outermost: Sequence[_Node]) -> Iterator[list[_Node]]:
    """The nodes with their bodies, some outermost statements at a time."""
    group: list[_Node] = []
    for piece in _pieces(outermost):
        if group and piece[-1].statement.span.end - group[0].statement.span.start > _MOST_AT_ONCE // 2:
            yield group
            group = []
        group += piece
    if group:
        yield group


def _takes_long(source: str) -> bool:
    """Whether Python's parser would take long for a statement; up to 3.11, the square of its number of fields."""
    return len(source) > _LONGEST_STATEMENT or (
        source.count("{") > _MOST_FIELDS and _FORMATTED.search(source) is not None
    )


def _nodes(document: Document, look: Callable[[], None]) -> list[_Node]:
    text = document.python
    regions = [cell.span for cell in document.cells] or [Span(0, len(text))]
    found: list[_Node] = []
    for region in regions:
        for statement in statements(text, region):
            look()
            found.append(_node(text, statement))
    return found


def _repaired(document: Document, look: Callable[[], None]) -> Parsed:
    found = _nodes(document, look)
    for is_right in (lambda node: node.statement.whole, _parses):
        for node in found:
            look()
            if not node.broken and not is_right(node):
                _break(node)
        _put_in_order(_nested(found))
        if (tree := _try_parse(_written(document, found))) is not None:
            return _parsed(tree, document, found)
    return _in_pieces(document, found)


def _node(text: str, statement: Statement) -> _Node:
    source = text[statement.span.start : statement.span.end]
    header = _HEADER.match(source)
    soft = header is not None and header["keyword"] in {"match", "case"} and not source.endswith(":")
    return _Node(statement, source, header["keyword"] if header and not soft else None)


def _parses(node: _Node) -> bool:
    """Whether a statement parses on its own, or as the header of a block."""
    match node.keyword:
        case "else" | "finally" | "except":
            source = "try: pass\n" + node.source.replace("else", "finally", 1)
        case "elif":
            source = node.source[2:]
        case "case":
            source = "match 0:\n " + node.source
        case "match":
            source = node.source + "\n case _:"
        case _:
            source = node.source + "\ndef f():" if node.source.startswith("@") else node.source
    return any(_try_parse(source + body) is not None for body in ("", " pass", "\n  pass"))


def _break(node: _Node) -> None:
    node.broken = True
    node.text = _broken_header(node) if node.keyword else "0"


def _broken_header(node: _Node) -> str:
    """A header that parses, in the place of one that does not."""
    names = [name for name in _NAME.findall(_STRING_OR_COMMENT.sub("", node.source)) if not iskeyword(name)]
    match node.keyword:
        case "def" if names:
            return f"def {names[0]}({', '.join(dict.fromkeys(names[1:]))}):"
        case "class" if names:
            return f"class {names[0]}({BROKEN_NAME}):"
        case "else" | "try" | "finally" | "except":
            return f"{node.keyword}:"
        case "case":
            return "case _:"
        case "if" | "elif" | "while" | "with":
            return f"{node.keyword} {BROKEN_NAME}:"
        case "for" if (target := _FOR_TARGET.match(node.source)) and _try_parse(f"{target[0]} 0: pass"):
            return f"{target[0]} {BROKEN_NAME}:"
        case _:
            return f"if {BROKEN_NAME}:"


def _nested(found: Sequence[_Node]) -> list[_Node]:
    """Nodes of the outermost column, with everything further right in their bodies."""
    outermost: list[_Node] = []
    columns, blocks = [0], [outermost]
    for node in found:
        node.body = []
        column = node.statement.column
        if node.text == "":
            continue
        if column > columns[-1] and blocks[-1]:
            columns.append(column)
            blocks.append(blocks[-1][-1].body)
        while column < columns[-1]:
            columns.pop()
            blocks.pop()
        if column > columns[-1] or len(columns) > _MAX_DEPTH:
            _leave_out(node)
        else:
            blocks[-1].append(node)
    return outermost


def _put_in_order(siblings: Sequence[_Node], parent: str | None = None) -> None:
    """Give every header a body, every body a header, every `else` its `if` and every `case` its `match`."""
    if parent == "match":
        _leave_out_all(node for node in siblings if node.keyword != "case")
        siblings = [node for node in siblings if node.keyword == "case"]
    if not siblings:
        return
    for before, node, after in zip([None, *siblings[:-1]], siblings, [*siblings[1:], None], strict=True):
        if node.body and not node.keyword:
            _lend_header(node)
        orphan = node.keyword in _CONTINUES and not (before and before.keyword in _CONTINUES[node.keyword])
        if orphan or (node.keyword == "case" and parent != "match"):
            node.text, node.broken = f"if {BROKEN_NAME}:", True
        if node.keyword == "try" and not (after and after.keyword in {"except", "finally"}):
            node.text = "if 1:" + node.source.partition(":")[2]
        if node.keyword == "match" and not any(child.keyword == "case" for child in node.body):
            node.text, node.keyword, node.broken = f"if {BROKEN_NAME}:", "if", True
        if node.keyword and not node.body and (node.text or node.source).rstrip().endswith(":"):
            node.text = (node.text or node.source) + " pass"
        _put_in_order(node.body, node.keyword)


def _lend_header(node: _Node) -> None:
    """An indented block needs a header: the line above, where it looks like one being typed, else it is left out."""
    if node.broken or node.source.endswith(":") or node.source.isidentifier():
        node.text, node.broken = f"if {BROKEN_NAME}:", True
    else:
        _leave_out_all(node.body)
        node.body = []


def _leave_out_all(nodes: Iterable[_Node]) -> None:
    for node in _within(nodes):
        _leave_out(node)


def _leave_out(node: _Node) -> None:
    node.broken, node.text, node.keyword = True, "", None


def _within(nodes: Iterable[_Node]) -> Iterator[_Node]:
    for node in nodes:
        yield node
        yield from _within(node.body)


def _in_pieces(document: Document, found: Sequence[_Node]) -> Parsed:
    return _parsed(ast.Module(_bodies_in_pieces(document, found), []), document, found)


def _bodies_in_pieces(document: Document, found: Sequence[_Node]) -> list[ast.stmt]:
    """Every outermost statement alone: what is nested too deeply must not take the others with it."""
    body: list[ast.stmt] = []
    for piece in _pieces(_nested(found)):
        line = document.line(piece[0].statement.span.start)
        tree = _try_parse(_written(document, piece, document.line_starts[line]))
        if tree is None:
            for node in piece[1:]:
                _leave_out(node)
            piece[0].text, piece[0].broken = "0", True
            tree = ast.Module([ast.Expr(ast.Constant(0), lineno=1, col_offset=0)], [])
        ast.increment_lineno(tree, line)
        body += tree.body
    return body


def _pieces(outermost: Sequence[_Node]) -> Iterator[list[_Node]]:
    piece: list[_Node] = []
    for node in outermost:
        if piece and node.keyword not in _CONTINUES and not piece[-1].source.startswith("@"):
            yield piece
            piece = []
        piece += _within([node])
    if piece:
        yield piece


def _written(document: Document, nodes: Sequence[_Node], position: int = 0) -> str:
    """The text from `position` to the last node, with each statement as it is to be parsed."""
    pieces: list[str] = []
    for node in nodes:
        text = node.source if node.text is None else node.text
        lost = _LINE_BREAK.findall(node.source)[len(_LINE_BREAK.findall(text)) :]
        pieces += (document.python[position : node.statement.span.start], text, *lost)
        position = node.statement.span.end
    return "".join(pieces)


def _parsed(tree: ast.Module, document: Document, found: Sequence[_Node]) -> Parsed:
    broken = [node.statement.span for node in found if node.broken]
    zeros = {_place(document, node.statement.span.start): node for node in found if node.broken and node.text == "0"}
    for block in _blocks(tree):
        for index, statement in enumerate(block):
            node = zeros.get((statement.lineno, statement.col_offset))
            if node and isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                block[index] = _broken(document, node)
    return Parsed(tree, tuple(broken))


def _place(document: Document, offset: int) -> tuple[int, int]:
    line = document.line(offset)
    return line + 1, offset - document.line_starts[line]


def _broken(document: Document, node: _Node) -> Broken:
    """The node for a statement that is missing, with the names that it touches."""
    line, column = _place(document, node.statement.span.start)
    end_line, end_column = _place(document, node.statement.span.end)
    code = _STRING_OR_COMMENT.sub("", node.source)
    targets = _TARGETS.match(code)
    broken = Broken(lineno=line, col_offset=column, end_lineno=end_line, end_col_offset=end_column)
    broken.mentions = _names(code)
    # inside an open bracket the `=` belongs to a keyword argument: `model.add(Dense(3, activation=`
    assigns = targets is not None and all(targets[0].count(a) == targets[0].count(b) for a, b in ("()", "[]"))
    broken.targets = _names(targets[0]) if targets is not None and assigns else ()
    if _takes_long(node.source):  # it may parse, and set anything that it names
        broken.targets = tuple(dict.fromkeys(name.partition(".")[0] for name in broken.mentions))
    return broken


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


def parses(text: str) -> bool:
    """Whether Python text has no syntax error."""
    return _try_parse(text) is not None


def _try_parse(text: str) -> ast.Module | None:
    try:
        return ast.parse(text, _FILENAME)
    except _PARSE_ERRORS:
        return None


class Offsets:
    """Positions of `ast` (1-based lines, UTF-8 columns) as code-point offsets in a document."""

    def __init__(self, document: Document) -> None:
        self._starts = document.line_starts
        self._python = document.python
        self._ascii = document.python.isascii()
        self._lines: dict[int, bytes | None] = {}

    def span(self, node: ast.expr | ast.stmt | ast.excepthandler | ast.alias | ast.arg | ast.keyword) -> Span:
        """The node's place in the document."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return Span(self.offset(node.lineno, node.col_offset), self.offset(node.end_lineno, node.end_col_offset))

    def offset(self, line: int, column: int) -> int:
        """Offset of a 1-based line and a 0-based UTF-8 column; beyond the text is its end."""
        if line > len(self._starts):
            return len(self._python)
        start = self._starts[line - 1]
        if self._ascii or (encoded := self._non_ascii(line)) is None:
            return min(start + column, len(self._python))
        return start + len(encoded[:column].decode("utf-8", "replace"))

    def _non_ascii(self, line: int) -> bytes | None:
        """The line in UTF-8, if that differs from its code points."""
        if line not in self._lines:
            end = self._starts[line] if line < len(self._starts) else len(self._python)
            text = self._python[self._starts[line - 1] : end]
            self._lines[line] = None if text.isascii() else text.encode("utf-8", "replace")
        return self._lines[line]
