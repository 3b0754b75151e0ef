"""The settings of the repository: `[tool.keras-shapes]` of the nearest `pyproject.toml`."""

from __future__ import annotations

import functools
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from keras_shapes.files import UnreadableFile, read_text
from keras_shapes.ignoring import Patterns, read_patterns
from keras_shapes.rules import Selection, rules
from keras_shapes.rules.selecting import selection_of
from keras_shapes.settings import SECTION, Settings, all_values, project_values, read_settings

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class ProjectSettings:
    """The settings, and the folder that their patterns are written for."""

    settings: Settings
    folder: Path

    @property
    def selection(self) -> Selection:
        """Which rules speak and how loud, and where they do not."""
        return selection_of(self.settings, self.folder)

    def leaves_out(self, file: Path) -> bool:
        """Whether a pattern of `exclude` leaves a file out."""
        path = file.absolute()
        if not path.is_relative_to(self.folder):
            return False
        return self.patterns.ignores(path.relative_to(self.folder).as_posix())

    @functools.cached_property
    def patterns(self) -> Patterns:
        """What is left out, as patterns."""
        return read_patterns(self.settings.exclude)


def project_settings(folder: Path) -> ProjectSettings:
    """The settings of the nearest `pyproject.toml` in or above a folder that has some; what is wrong is logged."""
    folder = folder.absolute()
    for place in (folder, *folder.parents):
        file = place / "pyproject.toml"
        values = _values(file)
        if values:
            return _settings(values, file)
        if (place / ".git").exists():
            break
    return ProjectSettings(Settings(), folder)


def settings_in(file: Path) -> ProjectSettings:
    """The settings of a file: its table `[tool.keras-shapes]`, in a file of another name the whole of it.

    Raises UnreadableFile, OSError or ValueError, with a reason for people.
    """
    text = read_text(file)
    return _settings(project_values(text) if file.name == "pyproject.toml" else all_values(text), file.absolute())


def _settings(values: Mapping[str, object], file: Path) -> ProjectSettings:
    result = read_settings(values, Settings(), known_rules=[rule.name for rule in rules()], project=True)
    for problem in result.problems:
        logger.warning("%s: [tool.%s] %s", file, SECTION, problem)
    return ProjectSettings(result.settings, file.parent)


def _values(path: Path) -> dict[str, object]:
    try:
        return dict(project_values(read_text(path))) if path.exists() else {}
    except (UnreadableFile, OSError, ValueError) as error:
        logger.warning("%s: %s", path, error)
        return {}
