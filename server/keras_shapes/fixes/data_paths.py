"""The file that unknown data come from, where the source names it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from keras_shapes.analysis import Analysis
from keras_shapes.data_files import SUFFIXES
from keras_shapes.fixes.text import Text
from keras_shapes.fixes.undeclared import Undeclared, undeclared

_DEEPEST = 6
_FOLDERS = ("director", "folder", "image", "listdir", "glob")
_PLAIN_TABLE = frozenset({"sep", "delimiter", "encoding", "dtype", "engine", "low_memory", "filepath_or_buffer"})
"""Arguments of `read_csv` that leave rows and columns as they are."""


@dataclass(frozen=True, slots=True)
class DataPath:
    """A path as the program has it, and the member of the archive."""

    path: str
    member: str | None = None

    @property
    def shown(self) -> str:
        """The name of the file or folder, in a title."""
        return self.path.replace("\\", "/").rstrip("/").rpartition("/")[2][:60]


def data_files(analysis: Analysis) -> Iterator[tuple[Undeclared, DataPath]]:
    """The unknown data of a document that come from files which the source names."""
    text = Text(analysis.document)
    for data in undeclared(analysis, text):
        path = data_path(text, data)
        if path is not None:
            yield data, path


def data_path(text: Text, data: Undeclared) -> DataPath | None:
    """The file or folder that the assignment reads; None where it is not written, or read in another way."""
    value, member = data.assignment.value, None
    match value:
        case ast.Subscript(value=of, slice=ast.Constant(value=str() as key)):
            value, member = _assigned(text, of) or of, key
    if not isinstance(value, ast.Call) or (member is None) != (not isinstance(data.assignment.value, ast.Subscript)):
        return None
    function = getattr(value.func, "attr", getattr(value.func, "id", ""))
    if function == "read_csv" and not {keyword.arg for keyword in value.keywords} <= _PLAIN_TABLE:
        return None
    for given in [*value.args, *(keyword.value for keyword in value.keywords)]:
        path = _path(text, given, _DEEPEST)
        if path is not None and _is_data(path, function):
            return DataPath(path, member)
    return None


def _is_data(path: str, function: str) -> bool:
    slashes = path.replace("\\", "/")
    if slashes.startswith("//") or "://" in slashes:
        return False  # on another computer
    name = slashes.rstrip("/").rpartition("/")[2]
    return path.lower().endswith(SUFFIXES) or ("." not in name and any(word in function for word in _FOLDERS))


def _path(text: Text, node: ast.expr, deepest: int) -> str | None:
    """The path that an expression of constants gives."""
    if deepest == 0:
        return None
    match node:
        case ast.Constant(value=str() as path):
            return path
        case ast.Name():
            value = _assigned(text, node)
            return None if value is None else _path(text, value, deepest - 1)
        case ast.BinOp(left=left, op=ast.Add() | ast.Div() as operator, right=right):
            parts = [_path(text, each, deepest - 1) for each in (left, right)]
            return _joined(parts, "" if isinstance(operator, ast.Add) else "/")
        case ast.JoinedStr(values=values):
            return _joined([_path(text, _inner(each), deepest - 1) for each in values], "")
        case ast.Call(func=ast.Attribute(attr="join") | ast.Name(id="Path") | ast.Attribute(attr="Path"), args=args):
            return _joined([_path(text, each, deepest - 1) for each in args], "/")
    return None


def _inner(part: ast.expr) -> ast.expr:
    return part.value if isinstance(part, ast.FormattedValue) else part


def _joined(parts: list[str | None], between: str) -> str | None:
    known = [part for part in parts if part is not None]
    return between.join(known) if known and len(known) == len(parts) else None


def _assigned(text: Text, node: ast.expr) -> ast.expr | None:
    """What a name stands for that is bound once in the file."""
    if not isinstance(node, ast.Name):
        return None
    stored = [
        each
        for each in ast.walk(text.tree)
        if isinstance(each, ast.Name) and each.id == node.id and isinstance(each.ctx, ast.Store)
    ]
    statement = text.parent(stored[0]) if len(stored) == 1 else None
    return statement.value if isinstance(statement, ast.Assign) and statement.targets == stored else None
