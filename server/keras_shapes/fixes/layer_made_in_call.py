"""The layers are made in `__init__`, and `call` applies them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.edits import insertion
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.rules.layer_made_in_call import made_in_call, method_at

_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def candidates(case: Case) -> Iterator[Candidate]:
    """All of them at once: one that is left is still refused. None where one needs what only `call` knows."""
    text, made = case.text, made_in_call(case.subject)
    method = method_at(text.tree, text.offsets, case.subject.model.span)
    start = _constructor(text.parent(method)) if method is not None else None
    if method is None or start is None or not made:
        return
    local = {node.id for node in ast.walk(method) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    local |= {argument.arg for argument in method.args.args} - {"self"}
    taken = {node.attr for node in ast.walk(text.tree) if isinstance(node, ast.Attribute)}
    last = start.body[-1]
    end, indentation = text.offsets.span(last).end, text.indentation(text.offsets.span(last).start)
    lines, edits = "", list[Edit]()
    for call in made:
        node = text.expression(call.span)
        if node is None or indentation is None or _names(node) & local:
            return
        name = _free(_WORD.sub("_", call.target.last).lower(), taken)
        taken.add(name)
        lines += f"{text.newline}{indentation}self.{name} = {case.document.slice(call.span)}"
        edits.append(Edit(call.span, f"self.{name}"))
    yield Candidate("Make the layers in __init__", (insertion(end, lines), *edits))


def _constructor(cls: ast.AST | None) -> ast.FunctionDef | None:
    body = cls.body if isinstance(cls, ast.ClassDef) else []
    return next((node for node in body if isinstance(node, ast.FunctionDef) and node.name == "__init__"), None)


def _names(node: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def _free(name: str, taken: set[str]) -> str:
    numbered = (f"{name}_{number}" for number in range(2, len(taken) + 3))
    return name if name not in taken else next(one for one in numbered if one not in taken)
