"""What the command line chooses, on top of the settings of the repository: rules, and files to leave out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from keras_shapes.api.project import ProjectSettings
from keras_shapes.rules import rules


def chosen(
    project: ProjectSettings, *, select: Sequence[str], ignore: Sequence[str], exclude: Sequence[str]
) -> ProjectSettings:
    """The settings with more rules switched off, and more files left out.

    A rule that is selected speaks as loud as the settings say, unless they switch it off: it was asked for by name.
    """
    severities = dict(project.settings.rules)
    for rule in rules():
        if rule.name in ignore or (select and rule.name not in select):
            severities[rule.name] = "off"
        elif rule.name in select and severities.get(rule.name) == "off":
            del severities[rule.name]
    return replace(
        project,
        settings=replace(project.settings, rules=severities, exclude=(*project.settings.exclude, *exclude)),
    )
