"""What `check` prints for programs: one JSON object, described by docs/check-output.schema.json."""

from __future__ import annotations

import json
from typing import TextIO

from keras_shapes.api.plain import Json, to_plain
from keras_shapes.api.results import FileResult
from keras_shapes.cli.formats.lists import write_list
from keras_shapes.cli.formats.report import Report

VERSION = 2

_WHERE_THERE_IS_ONE = ("problem", "lines", "fixed", "unfixed", "diff", "unchecked")


def write(report: Report, file: TextIO) -> None:
    """The whole report; characters beyond ASCII are escaped, so that every pipe takes it."""
    file.write(f'{{"version": {VERSION}, "files": ')
    write_list(map(plain_file, report.files), file)
    versions = report.versions()
    keras = versions.keras if versions else None
    backend = f"{versions.backend} {versions.backend_version}" if versions else None
    file.write(f', "keras": {json.dumps(keras)}, "backend": {json.dumps(backend)}}}\n')


def plain_file(file: FileResult) -> Json:
    """A file as JSON; what it has none of is left out, where few files have one."""
    plain: Json = to_plain(file)
    return {name: value for name, value in plain.items() if value or name not in _WHERE_THERE_IS_ONE}
