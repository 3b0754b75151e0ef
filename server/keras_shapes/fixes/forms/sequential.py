"""A `Sequential` as a chain: a list of layers, or `.add` after `.add` without anything between them."""

from __future__ import annotations

import ast

from keras_shapes.fixes.forms.chain import Chain, Piece, with_gaps
from keras_shapes.fixes.forms.scopes import block_of
from keras_shapes.fixes.text import Text
from keras_shapes.source import Span

ELEMENTS = (ast.Call, ast.Name, ast.Attribute, ast.Subscript)
"""Expressions that may be called or put into a list without parentheses."""


def sequential_chain(text: Text, span: Span) -> Chain | None:
    """The chain that the call `Sequential(…)` begins; None where its layers do not all stand there one by one."""
    call = text.expression(span)
    statement = text.parent(call) if call is not None else None
    if not isinstance(call, ast.Call) or not isinstance(statement, ast.Assign) or statement.value is not call:
        return None
    if len(statement.targets) != 1 or not isinstance(statement.targets[0], ast.Name | ast.Attribute):
        return None
    if any(keyword.arg != "name" for keyword in call.keywords):
        return None
    match call.args:
        case [ast.List() as layers] if layers.elts:
            return _list(text, statement, call, layers)
        case []:
            return _adds(text, statement, call)
    return None


def _list(text: Text, statement: ast.Assign, call: ast.Call, layers: ast.List) -> Chain | None:
    outer = text.offsets.span(layers)
    inside = Span(outer.start + 1, outer.end - 1)
    spans = [text.in_parentheses(text.offsets.span(each), inside) for each in layers.elts]
    pieces = [Piece(layer, span) for layer, span in zip(layers.elts, spans, strict=True)]
    ends = [inside.start, *(span.end for span in spans)]
    starts = [*(span.start for span in spans), inside.end]
    read = with_gaps(pieces, [text.document.text[end:start] for end, start in zip(ends, starts, strict=True)])
    around = text.document.text[text.offsets.span(call.func).end : outer.start]
    arguments = _arguments(text, call)
    if read is None or arguments is None or around.strip() != "(" or not all(_is_element(each) for each in pieces):
        return None
    head, dressed, tail = read
    return _chain(text, "list", statement, call, dressed, arguments, head, tail, text.offsets.span(statement).end)


def _adds(text: Text, statement: ast.Assign, call: ast.Call) -> Chain | None:
    block = block_of(text, statement)
    target = text.slice(statement.targets[0])
    pieces: list[Piece] = []
    ends, starts = [text.offsets.span(statement).end], []
    for following in block[block.index(statement) + 1 :]:
        layer = _added(following, text, target)
        if layer is None:
            break
        span = text.offsets.span(following)
        starts.append(span.start)
        ends.append(span.end)
        pieces.append(Piece(layer, text.offsets.span(layer)))
    if not pieces or not all(_is_element(each) for each in pieces):
        return None
    end = _line_end(text, ends[-1])
    gaps = [text.document.text[end:start] for end, start in zip(ends, [*starts, end], strict=True)]
    read, arguments = with_gaps(pieces, gaps), _arguments(text, call)
    if read is None or arguments is None:
        return None
    return _chain(text, "adds", statement, call, read[1], arguments, read[0], (), end)


def _chain(
    text: Text,
    form: str,
    statement: ast.Assign,
    call: ast.Call,
    pieces: tuple[Piece, ...],
    arguments: str,
    head: str,
    tail: tuple[str, ...],
    end: int,
) -> Chain:
    return Chain(
        "list" if form == "list" else "adds",
        text.slice(statement.targets[0]),
        text.offsets.span(call.func),
        Span(text.offsets.span(statement).start, end),
        pieces,
        block_of(text, statement),
        arguments,
        head,
        tail,
    )


def _is_element(piece: Piece) -> bool:
    return isinstance(piece.layer, ELEMENTS)


def _added(statement: ast.stmt, text: Text, target: str) -> ast.expr | None:
    """The layer of `model.add(layer)`; None for what is more than that."""
    call = statement.value if isinstance(statement, ast.Expr) else None
    if not isinstance(call, ast.Call) or len(call.args) != 1 or call.keywords:
        return None
    if not isinstance(call.func, ast.Attribute) or text.slice(call.func) != f"{target}.add":
        return None
    layer, whole = text.offsets.span(call.args[0]), text.offsets.span(call)
    before = text.document.text[text.offsets.span(call.func).end : layer.start]
    behind = text.document.text[layer.end : whole.end]
    return call.args[0] if before.strip() == "(" and behind.strip().replace(",", "").strip() == ")" else None


def _arguments(text: Text, call: ast.Call) -> str | None:
    """`name="net"` as it is written; None where a comment stands among the arguments."""
    values = [text.offsets.span(keyword.value) for keyword in call.keywords]
    if not values:
        return "" if "#" not in _behind(text, call) else None
    start = text.document.text.rindex(call.keywords[0].arg or "", 0, values[0].start)
    return text.document.text[start : values[-1].end] if "#" not in _behind(text, call) else None


def _behind(text: Text, call: ast.Call) -> str:
    """What stands in the call behind its layers."""
    last = text.offsets.span(call.args[0]).end if call.args else text.offsets.span(call.func).end
    values = [text.offsets.span(keyword.value) for keyword in call.keywords]
    pieces = text.document.text[last : text.offsets.span(call).end]
    for value in values:
        pieces = pieces.replace(text.document.slice(value), "")
    return pieces


def _line_end(text: Text, offset: int) -> int:
    """The end of the line, with the comment on it; the offset itself where more code follows."""
    line = text.document.line_span(text.document.line(offset))
    behind = text.document.text[offset : line.end].strip()
    return line.end if not behind or behind.startswith("#") else offset
