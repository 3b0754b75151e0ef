"""The command that installs something, as it helps in the environment that lacks it."""

from __future__ import annotations

import platform
import sys
from collections.abc import Mapping
from pathlib import Path

_OLDEST, _NEWEST_ON_INTEL_MACS = (3, 8), (3, 12)
"""Pythons that TensorFlow is built for."""


def how_to_install(package: str, python: Path, version: str | None, settings: Mapping[str, str] | None) -> str:
    """One line; `settings` are those in the `pyvenv.cfg` of a virtual environment, None of another interpreter."""
    if package == "tensorflow" and not _is_built_for(version):
        return "TensorFlow has no build for this Python, choose one with Python 3.12"
    if settings is not None and "uv" in settings:
        return f"uv pip install {package}"
    if "pypoetry" in python.parts:
        return f"poetry add {package}"
    if settings is None and _is_managed(python, version):
        return f"python3 -m venv .venv && .venv/bin/pip install {package}"
    return f"pip install {package}"


def _is_built_for(version: str | None) -> bool:
    numbers = tuple(int(part) for part in (version or "").split(".")[:2] if part.isdecimal())
    if len(numbers) < 2:
        return True
    intel_mac = sys.platform == "darwin" and platform.machine() == "x86_64"
    return numbers >= _OLDEST and not (intel_mac and numbers > _NEWEST_ON_INTEL_MACS)


def _is_managed(python: Path, version: str | None) -> bool:
    """Whether pip refuses to install there: the system's own packages would break."""
    short = ".".join((version or "3").split(".")[:2])
    folders = (python.resolve().parent.parent / "lib" / f"python{short}", Path("/usr/lib") / f"python{short}")
    own = folders if python.parent == Path("/usr/bin") else folders[:1]
    return any((folder / "EXTERNALLY-MANAGED").is_file() for folder in own)
