"""A chain written in one of its forms: one edit for the statements, others for the imports."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.forms.chain import Chain, Piece, placed
from keras_shapes.fixes.forms.importing import renamed
from keras_shapes.fixes.forms.scopes import attributes, is_bound
from keras_shapes.fixes.forms.style import indentation_unit, last_comma
from keras_shapes.fixes.text import Text

_MODEL, _SEQUENTIAL = "Model", "Sequential"


def as_list(text: Text, chain: Chain) -> tuple[Edit, ...] | None:
    """`model = Sequential([…])`, a layer a line."""
    made = _made(text, chain, _SEQUENTIAL)
    indent = text.indentation(chain.span.start)
    if made is None or indent is None:
        return None
    inner = indent + indentation_unit(text)
    lines = [f"{chain.target} = {made[0]}([{chain.head}"]
    for piece in chain.pieces:
        lines += _above(piece.above, inner)
        comma = "," if piece is not chain.pieces[-1] else last_comma(text)
        lines.append(f"{inner}{placed(text, piece, len(inner), inner)}{comma}{piece.behind}")
    lines += _above(_closed(chain), inner)
    end = f", {chain.arguments}" if chain.arguments else ""
    return _edits(text, chain, [*lines, f"{indent}]{end})"], made[1])


def as_adds(text: Text, chain: Chain) -> tuple[Edit, ...] | None:
    """`model = Sequential()`, and `.add` after `.add`."""
    made = _made(text, chain, _SEQUENTIAL)
    indent = text.indentation(chain.span.start)
    if made is None or indent is None:
        return None
    lines = [f"{chain.target} = {made[0]}({chain.arguments}){chain.head}"]
    start = f"{chain.target}.add("
    for piece in chain.pieces:
        lines += _above(piece.above, indent)
        lines.append(f"{indent}{start}{placed(text, piece, len(indent + start), indent)}){piece.behind}")
    return _edits(text, chain, [*lines, *_above(_closed(chain), indent)], made[1])


def as_functional(text: Text, chain: Chain) -> tuple[Edit, ...] | None:
    """`inputs = Input(…)`, `x = layer(x)` and `model = Model(inputs, outputs)`."""
    indent = text.indentation(chain.span.start)
    if indent is None or len(chain.pieces) < 2 or not _is_input(chain.pieces[0]):
        return None
    made = _made(text, chain, _MODEL)
    if made is None:
        return None
    first, tensor, last = (_free(text, chain, name) for name in ("inputs", "x", "outputs"))
    lines, given = [indent + chain.head.strip()] if chain.head else [], ""
    for number, piece in enumerate(chain.pieces):
        name = first if not number else last if number + 1 == len(chain.pieces) else tensor
        start = f"{name} = "
        lines += _above(piece.above, indent)
        lines.append(f"{indent}{start}{placed(text, piece, len(indent + start), indent)}{given}{piece.behind}")
        given = f"({name})"
    end = f", {chain.arguments}" if chain.arguments else ""
    lines += [*_above(chain.tail, indent), f"{indent}{chain.target} = {made[0]}({first}, {last}{end})"]
    return _edits(text, chain, [lines[0].removeprefix(indent), *lines[1:]], made[1])


def _made(text: Text, chain: Chain, wanted: str) -> tuple[str, tuple[Edit, ...]] | None:
    """How the model's class is written, with the edits of imports that it takes."""
    is_model = chain.form == "functional"
    if is_model == (wanted == _MODEL):
        return text.document.slice(chain.made), ()
    if _asks_for_layers(text):
        return None
    return renamed(text, chain.made, _MODEL if is_model else _SEQUENTIAL, wanted)


def _is_input(piece: Piece) -> bool:
    match piece.layer:
        case ast.Call(func=ast.Name(id="Input") | ast.Attribute(attr="Input")):
            return True
    return False


def _asks_for_layers(text: Text) -> bool:
    """Whether the file asks a model for its layers: a functional one counts its input; `keras.layers` is a module."""
    for node in attributes(text):
        if node.attr in ("pop", "get_layer") or (node.attr == "layers" and not _is_module(node.value)):
            return True
    return False


def _free(text: Text, chain: Chain, name: str) -> str:
    """A name for a tensor: the usual one, or one with the name of the model."""
    own = f"{chain.target.rpartition('.')[2]}_{name}"
    while is_bound(text, name, chain.block[0]):
        name = own if name != own else (own := f"{own}_")
    return name


def _is_module(value: ast.expr) -> bool:
    match value:
        case ast.Name(id="keras" | "tf" | "K" | "tensorflow") | ast.Attribute(attr="keras"):
            return True
    return False


def _closed(chain: Chain) -> tuple[str, ...]:
    """The lines behind the last layer, without blank ones at their end."""
    lines = list(chain.tail)
    while lines and not lines[-1]:
        lines.pop()
    return tuple(lines)


def _above(lines: Sequence[str], indent: str) -> list[str]:
    return [indent + line if line else "" for line in lines]


def _edits(text: Text, chain: Chain, lines: Sequence[str], imports: tuple[Edit, ...]) -> tuple[Edit, ...]:
    return (*imports, Edit(chain.span, text.newline.join(lines)))
