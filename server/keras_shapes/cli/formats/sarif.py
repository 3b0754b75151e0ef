"""SARIF 2.1.0, which code scanning shows: results with related places and fixes.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import quote

from keras_shapes import __version__
from keras_shapes.api.results import DiagnosticResult, FixResult, Location, RelatedResult
from keras_shapes.cli.formats.lists import write_list
from keras_shapes.cli.formats.report import Found, Report
from keras_shapes.diagnostic import Severity
from keras_shapes.rules import rules

Json = dict[str, Any]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "hint": "note"}


def write(report: Report, file: TextIO) -> None:
    """One run, with every rule that there is."""
    names = [rule.name for rule in rules()]
    driver = {"name": "keras-shapes", "semanticVersion": __version__, "rules": [_rule(name) for name in names]}
    file.write(f'{{"$schema": "{_SCHEMA}", "version": "2.1.0", "runs": [{{"tool": {json.dumps({"driver": driver})}, ')
    file.write('"columnKind": "unicodeCodePoints", "results": ')
    write_list((_result(found, names) for found in report.found()), file)
    file.write("}]}\n")


def _rule(name: str) -> Json:
    rule = next(rule for rule in rules() if rule.name == name)
    level = {"level": _LEVELS[rule.severity]}
    return {"id": name, "shortDescription": {"text": name.replace("-", " ")}, "defaultConfiguration": level}


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
        "message": {"text": found.message},
        "locations": [_location(found, one)],
        **({"relatedLocations": related} if related else {}),
        **({"fixes": fixes} if (fixes := [_fix(found, fix) for fix in one.fixes if _is_writable(found)]) else {}),
    }


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
