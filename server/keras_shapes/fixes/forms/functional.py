"""A functional model that is a chain: one input, layer after layer, one output, and no tensor is used twice."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from itertools import pairwise

from keras_shapes.fixes.forms.chain import Chain, Piece, with_gaps
from keras_shapes.fixes.forms.scopes import block_of, is_used_after
from keras_shapes.fixes.forms.sequential import ELEMENTS
from keras_shapes.fixes.text import Text
from keras_shapes.source import Span

_ENDS = ("inputs", "outputs")


def functional_chain(text: Text, span: Span) -> Chain | None:
    """The chain that ends in the call `Model(…)`; None where it is none, or a tensor of it is used elsewhere."""
    call = text.expression(span)
    statement = text.parent(call) if call is not None else None
    if not isinstance(call, ast.Call) or not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
        return None
    ends, target = _ends(call), statement.targets[0]
    if ends is None or not isinstance(target, ast.Name | ast.Attribute) or "#" in text.slice(statement):
        return None
    block = block_of(text, statement)
    steps = list(_steps(block[: block.index(statement)], *ends))
    if not steps or steps[-1][1] is not None:
        return None
    steps.reverse()
    statements = [*(step[0] for step in steps), statement]
    names = frozenset(_name(step[0]) for step in steps)
    if any(is_used_after(text, name, statements) for name in names):
        return None
    return _chain(text, statements, call, block, names)


def _ends(call: ast.Call) -> tuple[str, str] | None:
    """The names of the input and of the output."""
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    given = [*call.args, *(named[end] for end in _ENDS[len(call.args) :] if end in named)]
    names = [_tensor(each) for each in given]
    if len(names) != 2 or None in names or set(named) - {*_ENDS, "name"}:
        return None
    return str(names[0]), str(names[1])


def _tensor(value: ast.expr) -> str | None:
    """`x`, or `[x]`."""
    inner = value.elts[0] if isinstance(value, ast.List) and len(value.elts) == 1 else value
    return inner.id if isinstance(inner, ast.Name) else None


def _steps(before: Sequence[ast.stmt], first: str, last: str) -> Iterator[tuple[ast.Assign, str | None]]:
    """The statements of the chain from the last one back to the input, each with the name that goes in."""
    wanted = last
    for statement in reversed(before):
        step = _step(statement)
        if step is None or _name(step[0]) != wanted:
            return
        if step[1] is None:
            if wanted == first:
                yield step
            return
        yield step
        wanted = step[1]


def _step(statement: ast.stmt) -> tuple[ast.Assign, str | None] | None:
    """`x = layer(x)`, or `x = Input(…)`, which gets nothing."""
    match statement:
        case ast.Assign(targets=[ast.Name()], value=ast.Call(func=ast.Call(), args=[ast.Name(id=name)], keywords=[])):
            return statement, name
        case ast.Assign(targets=[ast.Name()], value=ast.Call(func=func, args=[ast.Name(id=name)], keywords=[])) if (
            isinstance(func, ELEMENTS)
        ):
            return statement, name
        case ast.Assign(targets=[ast.Name()], value=ast.Call(func=ast.Name(id="Input") | ast.Attribute(attr="Input"))):
            return statement, None
    return None


def _name(statement: ast.Assign) -> str:
    target = statement.targets[0]
    return target.id if isinstance(target, ast.Name) else ""


def _chain(
    text: Text, statements: Sequence[ast.Assign], call: ast.Call, block: Sequence[ast.stmt], names: frozenset[str]
) -> Chain | None:
    values = [statement.value for statement in statements[:-1]]
    layers = [values[0], *(value.func for value in values[1:] if isinstance(value, ast.Call))]
    pieces = [Piece(layer, text.offsets.span(layer)) for layer in layers]
    spans = [text.offsets.span(statement) for statement in statements]
    applied = (text.document.text[piece.span.end : span.end] for piece, span in zip(pieces, spans[:-1], strict=True))
    gaps = [text.document.text[one.end : other.start] for one, other in pairwise(spans)]
    read = with_gaps(pieces, ["", *gaps])
    if read is None or any("#" in each for each in applied):
        return None
    named = [text.slice(keyword.value) for keyword in call.keywords if keyword.arg == "name"]
    return Chain(
        "functional",
        text.slice(statements[-1].targets[0]),
        text.offsets.span(call.func),
        Span(spans[0].start, spans[-1].end),
        read[1],
        block,
        f"name={named[0]}" if named else "",
        tail=read[2],
        names=names,
    )
