"""How this file spells a public name, and the import that it needs for it, in the file's own style."""

from __future__ import annotations

import ast
import re
from bisect import bisect
from collections.abc import Iterator

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.text import Text
from keras_shapes.model import Call
from keras_shapes.source import Span

_USUAL_NAMES = {"numpy": "np", "tensorflow": "tf", "pandas": "pd"}


def spelled(text: Text, path: str, at: int, near: Call | None = None) -> tuple[str, tuple[Edit, ...]]:
    """How to write `keras.layers.Flatten` at an offset, and the edits of imports that it takes.

    `near` is a call of a name of the same module: the new name is written like it.
    """
    module, _, name = path.rpartition(".")
    prefix = _prefix(text, near) if near is not None and near.target.path.rpartition(".")[0] == module else None
    if prefix:
        return prefix + name, ()
    froms = [node for node in _imports(text, at) if isinstance(node, ast.ImportFrom) and _public(node.module) == module]
    for node in froms:
        for alias in node.names:
            if alias.name in (name, "*"):
                return alias.asname or name, ()
    bound = _through_module(text, module, at) if prefix is None else None
    if bound is not None and not (froms and module == "keras.layers"):
        return f"{bound}.{name}", ()
    if froms:
        return name, (_extended(text, froms[-1], name, at),)
    bound = bound or _through_module(text, module, at)
    if bound is not None:
        return f"{bound}.{name}", ()
    return _with_new_import(text, module, name, at)


def replaced(text: Text, old: Call, path: str, at: int) -> tuple[str, tuple[Edit, ...]]:
    """Like `spelled` for a name that takes the place of another: its import goes too if nobody else needs it."""
    name, edits = spelled(text, path, at, old)
    written = text.document.slice(Span(old.span.start, old.name_span.end))
    if len(edits) != 1 or len(list(text.uses(written))) > 1:
        return name, edits
    for node in _imports(text, at):
        for alias in node.names if isinstance(node, ast.ImportFrom) else ():
            if alias.name == written and alias.asname is None:
                return name, (Edit(text.offsets.span(alias), name),)
    return name, edits


def without_import(text: Text, name: str, at: int) -> tuple[Edit, ...]:
    """The edit that takes a name out of a `from … import` where its only use goes."""
    if len(list(text.uses(name))) != 1:
        return ()
    for node in _imports(text, at):
        names = node.names if isinstance(node, ast.ImportFrom) else []
        for index, alias in enumerate(names):
            if alias.name == name and alias.asname is None and len(names) > 1:
                span = text.offsets.span(alias)
                if index + 1 < len(names):
                    return (Edit(Span(span.start, text.offsets.span(names[index + 1]).start), ""),)
                return (Edit(Span(text.offsets.span(names[index - 1]).end, span.end), ""),)
    return ()


def _prefix(text: Text, near: Call) -> str:
    return text.document.slice(Span(near.span.start, near.name_span.start))


def _imports(text: Text, at: int) -> Iterator[ast.Import | ast.ImportFrom]:
    """The imports that have run when the text at an offset runs: those of the module above it."""
    for statement in _top_level(text.tree.body):
        if isinstance(statement, ast.Import | ast.ImportFrom) and text.offsets.span(statement).end <= at:
            yield statement


def _top_level(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    for statement in body:
        yield statement
        if isinstance(statement, ast.If | ast.Try):
            yield from _top_level(statement.body)


def _public(module: str | None) -> str:
    """`tensorflow.keras.layers` and `keras.layers` are one module."""
    module = module or ""
    return module.removeprefix("tensorflow.") if module.startswith("tensorflow.keras") else module


def _through_module(text: Text, module: str, at: int) -> str | None:
    """How the module is reached by a name that an import has bound: `tf.keras.utils`, `layers`."""
    found: list[tuple[int, str]] = []
    for node in _imports(text, at):
        for alias in node.names:
            if isinstance(node, ast.ImportFrom):
                target, name = _public(f"{node.module}.{alias.name}"), alias.asname or alias.name
            else:
                target = alias.name if alias.asname else alias.name.partition(".")[0]
                name = alias.asname or target
                target = _public(target)
            found += [
                (-len(name + whole[len(target) :]), name + whole[len(target) :])
                for whole in (module, f"tensorflow.{module}" if module.startswith("keras") else module)
                if whole == target or whole.startswith(target + ".")
            ]
    return max(found, default=(0, None))[1]  # the shortest


def _extended(text: Text, node: ast.ImportFrom, name: str, at: int) -> Edit:
    """The import with one name more, in its order: as the names are used, or sorted."""
    names = [alias.name for alias in node.names]
    spans = [text.offsets.span(alias) for alias in node.names]
    index = _by_use(text, names, at)
    if index is None:
        index = bisect(names, name) if names == sorted(names) else len(names)
    where = spans[min(index, len(spans) - 1)]
    indent = text.indentation(where.start)
    between = "," + (" " if indent is None else text.newline + indent)
    if index < len(spans):
        return Edit(Span(where.start, where.start), name + between)
    return Edit(Span(where.end, where.end), between + name)


def _by_use(text: Text, names: list[str], at: int) -> int | None:
    """The place of a name used at `at` among names that stand in the order of their use; None if they do not."""
    first = [min(text.uses(name), default=None) for name in names]
    known = [offset for offset in first if offset is not None]
    if known != sorted(known):
        return None
    return next((index for index, offset in enumerate(first) if offset is not None and offset >= at), len(names))


def _with_new_import(text: Text, module: str, name: str, at: int) -> tuple[str, tuple[Edit, ...]]:
    imports = [node for node in _imports(text, at) if text.parent(node) is text.tree]
    if module in _USUAL_NAMES:
        line, spelling = f"import {module} as {_USUAL_NAMES[module]}", f"{_USUAL_NAMES[module]}.{name}"
    else:
        line, spelling = f"from {_root(text)}{module.removeprefix('keras')} import {name}", name
    if not imports:
        start = text.offsets.span(text.tree.body[0]).start if text.tree.body else 0
        return spelling, (Edit(Span(start, start), line + text.newline),)
    if module in _USUAL_NAMES:
        start = text.offsets.span(imports[0]).start
        return spelling, (Edit(Span(start, start), line + text.newline),)
    related = [node for node in imports if re.search(r"keras|tensorflow", ast.unparse(node))] or imports
    end = text.offsets.span(related[-1]).end
    return spelling, (Edit(Span(end, end), text.newline + line),)


def _root(text: Text) -> str:
    """The package that this file takes its Keras from."""
    modules = [
        name
        for node in ast.walk(text.tree)
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else []
        )
    ]
    plain = any(name.partition(".")[0] == "keras" for name in modules)
    return "keras" if plain or not any(name.startswith("tensorflow") for name in modules) else "tensorflow.keras"
