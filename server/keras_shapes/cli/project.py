"""The settings of the repository: `[tool.keras-shapes]` of the nearest `pyproject.toml`."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from keras_shapes.files import UnreadableFile, read_text
from keras_shapes.ignoring import read_patterns
from keras_shapes.rules import Selection, rules
from keras_shapes.settings import SECTION, Settings, project_values, read_settings

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ProjectSettings:
    """The settings, and the folder that their patterns are written for."""

    settings: Settings
    folder: Path

    @property
    def selection(self) -> Selection:
        """Which rules speak and how loud."""
        return Selection(self.settings.rules)

    def leave_out(self, files: Sequence[Path]) -> Iterator[Path]:
        """The files that no pattern of `exclude` leaves out."""
        patterns = read_patterns(self.settings.exclude)
        for file in files:
            path = file.absolute()
            inside = path.is_relative_to(self.folder)
            if not inside or not patterns.ignores(path.relative_to(self.folder).as_posix()):
                yield file


def project_settings(folder: Path) -> ProjectSettings:
    """The settings of the nearest `pyproject.toml` in or above a folder that has some; what is wrong is logged."""
    folder = folder.absolute()
    for place in (folder, *folder.parents):
        values = _values(place / "pyproject.toml")
        if values:
            result = read_settings(values, Settings(), known_rules=[rule.name for rule in rules()], project=True)
            for problem in result.problems:
                logger.warning("%s: [tool.%s] %s", place / "pyproject.toml", SECTION, problem)
            return ProjectSettings(result.settings, place)
        if (place / ".git").exists():
            break
    return ProjectSettings(Settings(), folder)


def _values(path: Path) -> dict[str, object]:
    try:
        return dict(project_values(read_text(path))) if path.exists() else {}
    except (UnreadableFile, OSError, ValueError) as error:
        logger.warning("%s: %s", path, error)
        return {}
