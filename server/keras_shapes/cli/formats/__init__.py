"""How `check` says what it found: one file a format, all of them in one table."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO, TypeAlias

from keras_shapes.cli.formats import concise, github, gitlab, json, junit, sarif, statistics, text
from keras_shapes.cli.formats.report import Report

Writer: TypeAlias = Callable[[Report, TextIO], None]

FORMATS: dict[str, Writer] = {
    "text": text.write,
    "concise": concise.write,
    "json": json.write,
    "github": github.write,
    "gitlab": gitlab.write,
    "junit": junit.write,
    "sarif": sarif.write,
    "statistics": statistics.write,
}
