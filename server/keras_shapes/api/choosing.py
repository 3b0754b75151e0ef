"""What the command line chooses, on top of the settings of the repository: rules, and files to leave out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from keras_shapes.api.project import ProjectSettings


def chosen(
    project: ProjectSettings, *, select: Sequence[str], ignore: Sequence[str], exclude: Sequence[str]
) -> ProjectSettings:
    """The settings with other rules selected, with more of them ignored, and with more files left out.

    What is selected now and ignored by the settings speaks: it was asked for by name.
    """
    before = project.settings
    kept = [name for name in before.ignore if name not in select]
    settings = replace(
        before,
        select=tuple(select) or before.select,
        ignore=(*kept, *ignore),
        exclude=(*before.exclude, *exclude),
    )
    return replace(project, settings=settings)
