"""The tools that agents call. Their docstrings are what an agent is told of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from threading import Lock
from typing import Annotated, Any

from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field

from keras_shapes.analysis import Analysis
from keras_shapes.api.describing import describe
from keras_shapes.api.driver import Checked
from keras_shapes.api.mending import unified_diff
from keras_shapes.api.plain import to_plain
from keras_shapes.api.results import DiagnosticResult, FileResult, ModelResult
from keras_shapes.api.session import Session
from keras_shapes.diagnostic import Diagnostic, Fix
from keras_shapes.features.chosen_models import chosen_models
from keras_shapes.features.problems import problems_of
from keras_shapes.features.summary import summary as table_of
from keras_shapes.files import python_document
from keras_shapes.pages import rule_page
from keras_shapes.python_files import Problem
from keras_shapes.rules import rules

Answer = dict[str, Any]
SomePath = Annotated[str, Field(description="A Python file or notebook, relative to the folder of the server")]
Row = Annotated[int, Field(description="Where the diagnostic begins: its `row`, as `check` told", ge=1)]
Cell = Annotated[int | None, Field(description="Its `cell`, in a notebook")]

_MOST_FILES = 50
"""Of one answer: with something to say about them. The rest is counted."""


@dataclass(frozen=True, slots=True, eq=False)
class Tools:
    """One session in one folder; nothing outside of the folder is read or written. Questions wait for each other."""

    session: Session
    folder: Path
    _lock: Lock = field(default_factory=Lock)

    def check(
        self,
        paths: Annotated[
            list[str] | None, Field(description="Files, notebooks and folders; the whole folder without it")
        ] = None,
        text: Annotated[
            str | None, Field(description="Python source that is in no file yet, in place of paths")
        ] = None,
    ) -> Answer:
        """Find what Keras refuses in models (wrong shapes, arguments, labels, losses) without running the program.

        Tells every model with its input and output shapes and parameters, and every mistake with the place to change,
        the reason, and fixes; `proven` ones were tried with real Keras. Use it after each edit of a Keras model, in
        place of running the program. `status` unknown means that nothing is said about the model, and `reason` why.
        """
        with self._lock:
            if text is not None:
                results = [self.session.check_document(python_document("", text))]
            else:
                results = list(self.session.check([self._inside(path) for path in paths or ["."]]))
        return _answer(results)

    def summary(
        self,
        path: SomePath,
        line: Annotated[int | None, Field(description="Only the models with something at this line")] = None,
    ) -> str:
        """The table of model.summary() for the models of a file: each layer's output shape and parameters.

        The file is not run, and no weight is allocated, however large the model is.
        """
        with self._lock:
            analysis = self._read(path).analysis
        tables = [] if analysis is None else list(_tables(analysis, line))
        if not tables:
            raise ToolError(f"{path}: no Keras model" + ("" if line is None else f" at line {line}"))
        return "\n\n".join(tables)

    def explain(self, rule: Annotated[str, Field(description="The code of a diagnostic, as reshape-size")]) -> str:
        """What a rule reports and why, with an example, the example mended, and what is not reported."""
        page = rule_page(rule) if rule in {each.name for each in rules()} else None
        if page is None:
            near = get_close_matches(rule, [each.name for each in rules()], 1)
            raise ToolError(f"there is no rule {rule}" + (f": {near[0]} is meant?" if near else ""))
        return page.read_text(encoding="utf-8")

    def apply_fix(
        self,
        path: SomePath,
        rule: Annotated[str, Field(description="The code of the diagnostic")],
        row: Row,
        cell: Cell = None,
        title: Annotated[str | None, Field(description="Which fix, by its title; without it the preferred one")] = None,
    ) -> Answer:
        """Write a fix of a diagnostic into the file, and tell what changed and what is left to mend.

        Only fixes that real Keras has accepted are written; the characters of the fix change, and nothing else.
        """
        with self._lock:
            file = self._read(path)
            fix = _chosen(file, rule, (row, cell), title)
            mended = self.session.mend(file, fix)
            if mended.problem is not None:
                raise ToolError(f"{path}: {mended.problem.reason}")
        before, after = file.analysis, mended.checked.analysis
        assert before is not None
        assert after is not None
        return {
            "applied": fix.title,
            "diff": unified_diff(Path(path), before.document, after.document),
            **_file(describe(path, after)),
        }

    def _read(self, path: str) -> Checked:
        found = self.session.read(self._inside(path))
        if isinstance(found, Problem):
            raise ToolError(f"{path}: {found.reason}")
        return found

    def _inside(self, path: str) -> Path:
        """The path as it was given, if it lies in the folder; links are followed to find out."""
        if not (self.folder / path).resolve().is_relative_to(self.folder.resolve()):
            raise ToolError(f"{path} lies outside of {self.folder}, which is all that this server reads")
        return Path(path)


def _answer(results: Sequence[FileResult]) -> Answer:
    telling = [each for each in results if each.models or each.diagnostics or each.problem or each.unchecked]
    return {
        "files_checked": len(results),
        "diagnostics": sum(len(each.diagnostics) for each in results),
        "files": [_file(each) for each in telling[:_MOST_FILES]],
        "files_left_out": max(0, len(telling) - _MOST_FILES),
    }


def _file(file: FileResult) -> Answer:
    """A file for a reader who pays for each word: what there is nothing of is left out."""
    told = {
        "filename": file.filename,
        "models": [_model(each) for each in file.models if each.is_counted],
        "diagnostics": [_diagnostic(each) for each in file.diagnostics],
        "not_read": file.problem or file.unchecked,
    }
    return {name: value for name, value in told.items() if value}


def _model(model: ModelResult) -> Answer:
    told = {
        "name": model.name,
        **to_plain(model.location),
        "status": "error" if model.has_error else model.status,
        "reason": model.reason,
        "input_shapes": to_plain(model.input_shapes),
        "output_shapes": to_plain(model.output_shapes),
        "params": model.params,
    }
    return {name: value for name, value in told.items() if value is not None}


def _diagnostic(one: DiagnosticResult) -> Answer:
    told = {
        "rule": one.code,
        "severity": one.severity,
        "message": one.message,
        **to_plain(one.location),
        "source": one.source,
        "related": [{"message": each.message, **to_plain(each.location)} for each in one.related],
        "fixes": [{"title": fix.title, "proven": fix.proven, "preferred": fix.preferred} for fix in one.fixes],
    }
    return {name: value for name, value in told.items() if value is not None}


def _tables(analysis: Analysis, line: int | None) -> Iterator[str]:
    for model in chosen_models(analysis, line):
        table = table_of(analysis, model)
        place = analysis.document.location(model.model.span.start)
        where = f"cell {place.cell}, line {place.row}" if place.cell else f"line {place.row}"
        problems = [f"{each.severity}[{each.code}]: {each.message}" for each in problems_of(analysis, model)]
        said = problems or [table.message or ""]
        yield "\n".join([f"{where}:", *table.lines(), *filter(None, said)])


def _chosen(file: Checked, rule: str, place: tuple[int, int | None], title: str | None) -> Fix:
    """The fix that is meant; what there is in its place is told."""
    found = [] if file.analysis is None else [each for each in file.analysis.diagnostics if each.code == rule]
    diagnostic = next((each for each in found if _place(file, each) == place), None)
    if diagnostic is None:
        rows = ", ".join(str(_place(file, each)[0]) for each in found)
        raise ToolError(f"{file.path}: no {rule} at line {place[0]}" + (f"; there is one at {rows}" if rows else ""))
    proven = [fix for fix in diagnostic.fixes if fix.proven]
    fix = next((fix for fix in proven if fix.title == title or (title is None and fix.preferred)), None)
    if fix is None:
        titles = "; ".join(fix.title for fix in proven) or "none"
        raise ToolError(f"{file.path}: give the title of one of its proven fixes: {titles}")
    return fix


def _place(file: Checked, diagnostic: Diagnostic) -> tuple[int, int | None]:
    assert file.analysis is not None
    place = file.analysis.document.location(diagnostic.span.start)
    return place.row, place.cell
