"""From settings to the rules that speak: how loud, and in which files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from keras_shapes.ignoring import read_patterns
from keras_shapes.rules import rules
from keras_shapes.rules.rule import FileIgnores, Selection
from keras_shapes.settings import RuleSeverity, Settings


def selection_of(settings: Settings, folder: PurePath | None) -> Selection:
    """The selection of a project whose files lie in a folder.

    A rule that is selected speaks as loud as `rules` says, unless that switches it off: it was asked for by name.
    """
    severities: dict[str, RuleSeverity] = dict(settings.rules)
    for name in (rule.name for rule in rules()):
        if name in settings.ignore or (settings.select and name not in settings.select):
            severities[name] = "off"
        elif name in settings.select and severities.get(name) == "off":
            del severities[name]
    return Selection(severities, file_ignores(settings.per_file_ignores, folder))


def file_ignores(by_pattern: Mapping[str, Sequence[str]], folder: PurePath | None) -> tuple[FileIgnores, ...]:
    """Rules that are off in the files of a pattern, which is written as in `.gitignore`, for a folder."""
    if folder is None:
        return ()
    return tuple(
        FileIgnores(folder, read_patterns([pattern]), frozenset(names)) for pattern, names in by_pattern.items()
    )
