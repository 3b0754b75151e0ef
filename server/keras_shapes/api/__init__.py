"""Keras Shapes for other programs: the same results as on the command line and in editors, as typed data.

`check` goes through files and folders, `analyse_text` looks at one text. Nothing of the code is run: it is read, and
the models in it are built by the Keras of an environment of the user's, in a process of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path
from typing import Literal, TypeAlias

from keras_shapes.api.checking import Wish, asking, checking, order_of
from keras_shapes.api.choosing import chosen
from keras_shapes.api.describing import describe
from keras_shapes.api.driver import check_document
from keras_shapes.api.order import Fixing
from keras_shapes.api.project import project_settings
from keras_shapes.api.results import (
    DiagnosticResult,
    EditResult,
    FileResult,
    FixResult,
    LayerResult,
    LineResult,
    Location,
    ModelResult,
    RelatedResult,
    Shape,
)
from keras_shapes.api.sharding import Shard
from keras_shapes.files import python_document

__all__ = [
    "DiagnosticResult",
    "EditResult",
    "FileResult",
    "FixResult",
    "LayerResult",
    "LineResult",
    "Location",
    "ModelResult",
    "RelatedResult",
    "Shape",
    "analyse_text",
    "check",
]

AnyPath: TypeAlias = str | PathLike[str]


def check(
    paths: Iterable[AnyPath] = (),
    *,
    interpreter: AnyPath | None = None,
    run_code: bool = False,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    exclude: Iterable[str] = (),
    fix: Literal["no", "safe", "all"] = "no",
    workers: int | None = None,
    shard: tuple[int, int] | None = None,
    cache: bool = True,
) -> Iterator[FileResult]:
    """A result for each file, in order, as soon as it is there; `keras-shapes check` shows the same.

    Args:
        paths: Files, notebooks and folders; the current folder when there is none.
        interpreter: The Python, or the folder of the environment, whose Keras is asked.
        run_code: Whether custom layers and functions may run, in a sandbox.
        select: Names of the only rules that speak.
        ignore: Names of rules that do not.
        exclude: More files to leave out: patterns as in `.gitignore`.
        fix: Which fixes are written into the files: the safe ones, or the preferred ones too.
        workers: Processes that read files; without it, as many as there are processors.
        shard: `(1, 4)` for the first of four parts.
        cache: Whether answers of Keras are read from the disk and kept there.

    A path that does not exist and a file that cannot be read have a result whose `unchecked` says so; nothing is raised
    for them. Who stops in between closes the iterator, which ends all processes.
    """
    settings = chosen(project_settings(Path.cwd()), select=tuple(select), ignore=tuple(ignore), exclude=tuple(exclude))
    wish = Wish(
        tuple(map(Path, paths)),
        settings,
        _path(interpreter),
        run_code=run_code,
        fixing=None if fix == "no" else Fixing(unsafe=fix == "all"),
        workers=workers,
        shard=Shard(*shard) if shard is not None else None,
        cache=cache,
    )
    with checking(wish) as run:
        yield from run.results()


def analyse_text(
    text: str, path: AnyPath = "", *, interpreter: AnyPath | None = None, run_code: bool = False
) -> FileResult:
    """What is known of the text of a Python file. With its `path`, what it imports of its project is found.

    Each call starts Keras if its answers are not on disk: it takes some seconds. For many texts, write files.
    """
    where = Path(path)
    wish = Wish((where,) if path else (), interpreter=_path(interpreter), run_code=run_code)
    order = order_of(wish, project_settings(Path.cwd()))
    with asking(order) as keras:
        document = python_document(str(where.absolute()) if path else "", text)
        return describe(str(path), check_document(document, keras, order.selection))


def _path(path: AnyPath | None) -> Path | None:
    return None if path is None else Path(path)
