"""Smallest edits of calls and lists of layers, in the style that the file has there."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.text import Text
from keras_shapes.model import Argument, Call, Node, TrainingCall
from keras_shapes.source import Span

INPUT_ARGUMENTS = frozenset({"input_shape", "input_dim", "batch_input_shape", "input_length"})
"""Arguments that people write last: what a layer does stands before them."""


def insertion(offset: int, content: str) -> Edit:
    """Put text at an offset."""
    return Edit(Span(offset, offset), content)


def unwrapped(outer: Span, inner: Span) -> tuple[Edit, Edit]:
    """Leave only the inner expression of an outer one."""
    return Edit(Span(outer.start, inner.start), ""), Edit(Span(inner.end, outer.end), "")


def wrapped(span: Span, before: str, after: str) -> tuple[Edit, Edit]:
    """Put text around an expression."""
    return insertion(span.start, before), insertion(span.end, after)


def arguments_span(text: Text, call: Call | TrainingCall) -> Span:
    """What stands between the parentheses of a call."""
    start = text.document.python.index("(", call.name_span.end) + 1
    return Span(start, call.span.end - 1)


def value_span(text: Text, call: Call | TrainingCall, argument: Argument) -> Span:
    """The value of an argument with the parentheses around it: `(100)` in `input_shape=(100)`."""
    outer = arguments_span(text, call)
    if argument.name is not None:
        outer = Span(argument.span.start, outer.end)
    return text.in_parentheses(argument.value_span, outer)


def argument_span(text: Text, call: Call | TrainingCall, argument: Argument) -> Span:
    """The whole argument."""
    value = value_span(text, call, argument)
    return Span(min(argument.span.start, value.start), max(argument.span.end, value.end))


def add_argument(text: Text, call: Call, content: str) -> Edit:
    """Write another keyword argument: before `input_shape`, else at the end."""
    late = next((each for each in call.arguments if each.name in INPUT_ARGUMENTS), None)
    if late is not None:
        return insertion(late.span.start, content + "," + _separator(text, late.span.start))
    inside = arguments_span(text, call)
    if not call.arguments:
        return insertion(inside.start, content)
    last = max((argument_span(text, call, each) for each in call.arguments), key=lambda span: span.end)
    return insertion(last.end, "," + _separator(text, last.start) + content)


def remove_argument(text: Text, call: Call | TrainingCall, argument: Argument) -> Edit:
    """Take an argument out, with the comma that it leaves."""
    return Edit(_with_comma(text, argument_span(text, call, argument), arguments_span(text, call)), "")


def set_argument(text: Text, call: Call, name: str, content: str, position: int | None = None) -> Edit:
    """Give an argument a value, whether it has one or not."""
    given = call.argument(name, position)
    if given is None:
        return add_argument(text, call, f"{name}={content}")
    return Edit(value_span(text, call, given), content)


def insert_before(text: Text, element: Node, layer: str) -> Edit | None:
    """Put a layer before an element, as another item of the list or as another `.add`."""
    item = text.expression(element.span)
    parent = text.parent(item) if item is not None else None
    if isinstance(parent, ast.List | ast.Tuple):
        start = _item(text, parent, element.span).start
        return insertion(start, f"{layer},{_separator(text, start)}")
    if (statement := _add_statement(text, item)) is None:
        return None
    start = text.offsets.span(statement).start
    return insertion(start, _added(text, statement, layer) + _after_statement(text, start))


def insert_around_input(text: Text, element: Node, layer: str) -> tuple[Edit, ...]:
    """Put a layer around the tensor that an application gets: `dense(x)` becomes `dense(Flatten()(x))`."""
    node = text.expression(element.span)
    given = node.args[0] if isinstance(node, ast.Call) and node.args else None
    if given is None or isinstance(given, ast.List | ast.Tuple | ast.Starred):
        return ()
    return wrapped(text.offsets.span(given), f"{layer}(", ")")


def insert_after(text: Text, element: Node, layers: Sequence[str]) -> Edit | None:
    """Put layers behind an element."""
    item = text.expression(element.span)
    parent = text.parent(item) if item is not None else None
    if isinstance(parent, ast.List | ast.Tuple):
        span = _item(text, parent, element.span)
        return insertion(span.end, "".join(f",{_separator(text, span.start)}{layer}" for layer in layers))
    if (statement := _add_statement(text, item)) is None:
        return None
    span = text.offsets.span(statement)
    between = _after_statement(text, span.start)
    return insertion(span.end, "".join(between + _added(text, statement, layer) for layer in layers))


def remove_element(text: Text, element: Node) -> Edit | None:
    """Take an element out of the list, or its `.add` out of the program."""
    item = text.expression(element.span)
    parent = text.parent(item) if item is not None else None
    if isinstance(parent, ast.List | ast.Tuple):
        outer = text.offsets.span(parent)
        return Edit(_with_comma(text, _item(text, parent, element.span), Span(outer.start + 1, outer.end - 1)), "")
    if (statement := _add_statement(text, item)) is None:
        return None
    return remove_statement(text, statement)


def remove_elements(text: Text, elements: Sequence[Node]) -> tuple[Edit, ...]:
    """Take neighbours out, the items of a list in one edit; nothing where one of them cannot be taken out."""
    items = [text.expression(element.span) for element in elements]
    parents = [text.parent(item) if item is not None else None for item in items]
    container = parents[0] if parents else None
    if isinstance(container, ast.List | ast.Tuple) and all(parent is container for parent in parents):
        outer = text.offsets.span(container)
        spans = [_item(text, container, element.span) for element in elements]
        span = Span(spans[0].start, spans[-1].end)
        return (Edit(_with_comma(text, span, Span(outer.start + 1, outer.end - 1)), ""),)
    edits = [remove_element(text, element) for element in elements]
    return () if None in edits else tuple(edit for edit in edits if edit is not None)


def remove_statement(text: Text, statement: ast.stmt) -> Edit | None:
    """Take a statement out that has its lines for itself and is not alone in its block."""
    span, document = text.offsets.span(statement), text.document
    line = document.line_span(document.line(span.end))
    block = next((each for each in _blocks(text.parent(statement)) if statement in each), [])
    behind = document.python[span.end : line.end].strip()
    if text.indentation(span.start) is None or (behind and behind[0] != "#") or len(block) < 2:
        return None
    start = document.line_span(document.line(span.start)).start
    number = document.line(span.end) + 1
    end = document.line_starts[number] if number < len(document.line_starts) else len(document.text)
    return Edit(Span(start, end), "")


def _blocks(node: ast.AST | None) -> list[list[ast.stmt]]:
    found = [getattr(node, name, None) for name in ("body", "orelse", "finalbody")]
    return [block for block in found if isinstance(block, list)]


def _separator(text: Text, start: int) -> str:
    """What stands between two items: a new line if an item that starts here stands on one of its own."""
    indent = text.indentation(start)
    return " " if indent is None else text.newline + indent


def _item(text: Text, container: ast.expr, span: Span) -> Span:
    outer = text.offsets.span(container)
    return text.in_parentheses(span, Span(outer.start + 1, outer.end - 1))


def _add_statement(text: Text, item: ast.expr | None) -> ast.Expr | None:
    """The statement `model.add(item)`."""
    call = text.parent(item) if item is not None else None
    statement = text.parent(call) if isinstance(call, ast.Call) else None
    is_add = isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "add"
    return statement if is_add and isinstance(statement, ast.Expr) else None


def _added(text: Text, statement: ast.Expr, layer: str) -> str:
    assert isinstance(statement.value, ast.Call)
    return f"{text.slice(statement.value.func)}({layer})"


def _after_statement(text: Text, start: int) -> str:
    indent = text.indentation(start)
    return "; " if indent is None else text.newline + indent


def _with_comma(text: Text, span: Span, inside: Span) -> Span:
    """An item with the comma behind it, or the one before it where it is the last."""
    code = text.document.python
    end = span.end
    while end < inside.end and code[end].isspace():
        end += 1
    if end < inside.end and code[end] == ",":
        end += 1
        follows = end
        while follows < inside.end and code[follows] in " \t":
            follows += 1
        if code[follows : inside.end].strip() and code[follows] not in "\r\n#":
            return Span(span.start, follows)
        start = span.start if text.indentation(span.start) is None else _line_before(text, span.start)
        if start != span.start or not code[end : inside.end].strip():
            return Span(_comma_before(code, start, inside.start) if start == span.start else start, end)
        return Span(span.start, end)
    return Span(_comma_before(code, span.start, inside.start), span.end)


def _line_before(text: Text, offset: int) -> int:
    """The end of the line above: what stands from there on is a whole line."""
    line = text.document.line(offset)
    return text.document.line_span(line - 1).end if line else offset


def _comma_before(code: str, start: int, least: int) -> int:
    """The place of the comma before an item, or of the item where there is none."""
    found = start
    while found > least and code[found - 1].isspace():
        found -= 1
    return found - 1 if found > least and code[found - 1] == "," else start
