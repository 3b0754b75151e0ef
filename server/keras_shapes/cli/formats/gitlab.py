"""A code quality report of GitLab's merge requests.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Any, TextIO

from keras_shapes.cli.formats.lists import write_list
from keras_shapes.cli.formats.report import Found, Report
from keras_shapes.diagnostic import Severity

_SEVERITIES: dict[Severity, str] = {"error": "major", "warning": "minor", "hint": "info"}


def write(report: Report, file: TextIO) -> None:
    """A list of findings, each with a fingerprint that outlives lines that are moved."""
    seen: Counter[tuple[str, ...]] = Counter()
    write_list((_finding(found, seen) for found in report.found()), file)
    file.write("\n")


def _finding(found: Found, seen: Counter[tuple[str, ...]]) -> dict[str, Any]:
    one = found.diagnostic
    key = (found.name, one.code, one.source)
    seen[key] += 1
    digest = hashlib.sha256("\0".join((*key, str(seen[key]))).encode("utf-8", "surrogatepass"))
    return {
        "description": found.message,
        "check_name": one.code,
        "fingerprint": digest.hexdigest(),
        "severity": _SEVERITIES[one.severity],
        "location": {"path": found.name, "lines": {"begin": 1 if found.start.cell else found.start.row}},
    }
