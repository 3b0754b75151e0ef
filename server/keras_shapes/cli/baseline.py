"""Known findings: they are silent until the text of their line changes, wherever the line moves in its file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeAlias

from keras_shapes.api.results import DiagnosticResult, FileResult
from keras_shapes.cli.complaints import NotCheckedError
from keras_shapes.files import UnreadableFile, read_text

VERSION = 1

Finding: TypeAlias = tuple[str, str, str]
"""The file, as the baseline's folder sees it; the rule; the line, without the spaces around it."""


@dataclass(slots=True, eq=False)
class Baseline:
    """The findings of a file, and how many of each there are. With `recording`, whatever is found becomes known."""

    path: Path
    known: Counter[Finding] = field(default_factory=Counter)
    recording: bool = False

    def silenced(self, file: FileResult) -> FileResult:
        """The file without what is known of it."""
        texts = {(line.row, line.cell): line.text.strip() for line in file.lines}
        left, name = self.known.copy(), self._name(file.filename)

        def is_known(one: DiagnosticResult) -> bool:
            finding = (name, one.code, texts.get((one.location.row, one.location.cell), ""))
            if self.recording:
                self.known[finding] += 1
            left[finding] -= 1
            return self.recording or left[finding] >= 0

        return replace(file, diagnostics=tuple(one for one in file.diagnostics if not is_known(one)))

    def write(self) -> None:
        """Write what is known, in an order that makes small differences small."""
        files: dict[str, list[dict[str, Any]]] = {}
        for (name, rule, line), count in sorted(self.known.items()):
            files.setdefault(name, []).append({"rule": rule, "line": line, "count": count})
        text = json.dumps({"version": VERSION, "findings": files}, indent=1, ensure_ascii=False)
        try:
            self.path.write_text(text + "\n", encoding="utf-8", errors="surrogatepass")
        except OSError as error:
            raise NotCheckedError(f"{self.path}: {error.strerror}, so that the baseline is not written") from None

    def _name(self, filename: str) -> str:
        path, folder = Path(filename).absolute(), self.path.absolute().parent
        return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else Path(filename).as_posix()


def read_baseline(path: Path) -> Baseline:
    """The baseline of a file. Ends the command where it is none."""
    try:
        return Baseline(path, Counter(dict(_findings(json.loads(read_text(path))))))
    except UnreadableFile as error:
        raise NotCheckedError(f"{path}: {error}; --write-baseline writes one") from None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise NotCheckedError(f"{path}: not a baseline; --write-baseline writes one") from None


def _findings(plain: Any) -> Iterator[tuple[Finding, int]]:
    if plain["version"] != VERSION:
        raise ValueError(plain["version"])
    for name, findings in plain["findings"].items():
        for finding in findings:
            yield (str(name), str(finding["rule"]), str(finding["line"])), int(finding["count"])
