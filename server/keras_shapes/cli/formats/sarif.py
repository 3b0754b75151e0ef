"""SARIF 2.1.0, which code scanning shows: results with related places and fixes.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import quote

from keras_shapes import __version__
from keras_shapes.api.results import DiagnosticResult, FixResult, Location, RelatedResult
from keras_shapes.cli.formats.lists import write_list
from keras_shapes.cli.formats.report import Found, Report
from keras_shapes.diagnostic import Severity
from keras_shapes.pages import rule_page, summary
from keras_shapes.rules import Rule, rules

Json = dict[str, Any]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "hint": "note"}


def write(report: Report, file: TextIO) -> None:
    """One run, with every rule that there is."""
    names = [rule.name for rule in rules()]
    told: set[str] = set()

    def results() -> Iterator[Json]:
        for found in report.found():
            told.add(found.diagnostic.code)
            yield _result(found, names)

    file.write(f'{{"$schema": "{_SCHEMA}", "version": "2.1.0", "runs": [{{"results": ')
    write_list(results(), file)
    driver = {
        "name": "keras-shapes",
        "semanticVersion": __version__,
        "rules": [_rule(rule, explained=rule.name in told) for rule in rules()],
    }
    file.write(f', "columnKind": "unicodeCodePoints", "tool": {json.dumps({"driver": driver})}}}]}}\n')


def _rule(rule: Rule, *, explained: bool) -> Json:
    """What code scanning shows of a rule; the pages of those that found nothing would only make the file long."""
    what, page = summary(rule.name), rule_page(rule.name)
    described = {"fullDescription": {"text": what}} if what else {}
    if page is not None and explained:
        text = page.read_text(encoding="utf-8")
        described["help"] = {"text": text, "markdown": text}
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.name.replace("-", " ")},
        **described,
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": ["keras"], "precision": "very-high"},
    }


def _result(found: Found, names: list[str]) -> Json:
    one = found.diagnostic
    related = [
        {"id": number, "message": {"text": each.message}, **_location(found, each)}
        for number, each in enumerate(one.related)
    ]
    index = {"ruleIndex": names.index(one.code)} if one.code in names else {}
    return {
        "ruleId": one.code,
        **index,
        "level": _LEVELS[one.severity],
        "message": {"text": _message(found)},
        "locations": [_location(found, one)],
        **({"relatedLocations": related} if related else {}),
        **({"fixes": fixes} if (fixes := [_fix(found, fix) for fix in one.fixes if _is_writable(found)]) else {}),
    }


def _message(found: Found) -> str:
    """The message with links to the related places, and the fixes: code scanning shows nothing else of them."""
    links = [f"[{_link_text(each.message)}]({number})" for number, each in enumerate(found.diagnostic.related)]
    return "\n".join([found.message, *links, *(f"Help: {fix.title}" for fix in found.diagnostic.fixes)])


def _link_text(text: str) -> str:
    return re.sub(r"[\\\[\]]", r"\\\g<0>", text)


def _location(found: Found, marked: DiagnosticResult | RelatedResult) -> Json:
    """A place in a cell is no line of the notebook's file: it is told by the name of the cell alone."""
    artifact = {"artifactLocation": _artifact(found)}
    start = marked.location
    if start.cell is not None:
        cell = {"name": f"cell {start.cell}", "fullyQualifiedName": f"cell {start.cell}, line {start.row}"}
        return {"physicalLocation": artifact, "logicalLocations": [cell]}
    region = {**_region(start, marked.end_location), "snippet": {"text": marked.source}}
    return {"physicalLocation": {**artifact, "region": region}}


def _fix(found: Found, fix: FixResult) -> Json:
    replacements = [
        {"deletedRegion": _region(edit.location, edit.end_location), "insertedContent": {"text": edit.content}}
        for edit in fix.edits
    ]
    change = {"artifactLocation": _artifact(found), "replacements": replacements}
    return {"description": {"text": fix.title}, "artifactChanges": [change]}


def _is_writable(found: Found) -> bool:
    return found.start.cell is None


def _artifact(found: Found) -> Json:
    path = Path(found.file.filename)
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(found.name), "uriBaseId": "%SRCROOT%"}


def _region(start: Location, end: Location) -> Json:
    return {"startLine": start.row, "startColumn": start.column, "endLine": end.row, "endColumn": end.column}
