"""What is installed beside an interpreter: read from the names of `*.dist-info` folders."""

from __future__ import annotations

import os
import platform
import re
import site
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

_WINDOWS = os.name == "nt"
_BUILD = "cpu|gpu|intel|macos|rocm|aarch64|cpu[_-]aws"
_TENSORFLOW = re.compile(
    rf"((intel[_-])?tensorflow|(tensorflow|tf[_-]nightly)[_-]({_BUILD})|tf[_-]nightly)$", re.IGNORECASE
)
_KERAS = re.compile(r"keras([_-]nightly)?$", re.IGNORECASE)
_OTHERS = {"tf_keras": "tf_keras", "tf-keras": "tf_keras", "jax": "jax", "torch": "torch"}
_DIST_INFO = re.compile(r"(?P<name>.+?)-(?P<version>\d[^-]*)(\.dist-info|(-py\d[^-]*)?\.egg-info)$")


def layout(python: Path) -> tuple[str | None, list[Path], Path | None]:
    """Version of an interpreter, its site-packages folders, and the user's folder that it would read."""
    if _same(python, Path(sys.executable)):
        own = [Path(folder) for folder in site.getsitepackages()]
        user = Path(site.getusersitepackages()) if site.ENABLE_USER_SITE else None
        return platform.python_version(), own, user
    configuration = settings_of(python)
    if configuration is None:
        version = _version_beside(python)
        return version, _site_packages(python.resolve().parent.parent, version), _user_site(version)
    version = configuration.get("version") or configuration.get("version_info")
    folders = _site_packages(python.parent.parent, version)
    if configuration.get("include-system-site-packages", "").lower() != "true":
        return version, folders, None
    home = Path(configuration.get("home", ""))
    return version, folders + _site_packages(home.parent, version), _user_site(version)


def settings_of(python: Path) -> dict[str, str] | None:
    """The settings in the `pyvenv.cfg` of an interpreter; None when it belongs to no virtual environment."""
    for folder in (python.parent, python.parent.parent):
        try:
            lines = (folder / "pyvenv.cfg").read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            continue
        pairs = (line.partition("=") for line in lines)
        return {key.strip().lower(): value.strip() for key, _, value in pairs}
    return None


def _version_beside(python: Path) -> str | None:
    """`3.12` from the name of an interpreter that is no virtual environment, or from the library beside it."""
    real = python.resolve()
    named = re.search(r"(\d+\.\d+)", real.name)
    if named:
        return named[1]
    libraries = sorted((real.parent.parent / "lib").glob("python[23].*"))
    return libraries[-1].name.removeprefix("python") if libraries else None


def _site_packages(prefix: Path, version: str | None) -> list[Path]:
    """Folders that hold installed packages below a prefix; Debian's system Python has its own."""
    if _WINDOWS:
        return [prefix / "Lib" / "site-packages"]
    short = ".".join((version or "3.*").split(".")[:2])
    patterns = (
        f"lib/python{short}/site-packages",
        f"lib64/python{short}/site-packages",
        f"local/lib/python{short}/dist-packages",
        "lib/python3/dist-packages",
    )
    return [folder for pattern in patterns for folder in sorted(prefix.glob(pattern))]


def _user_site(version: str | None) -> Path | None:
    if version is None or _WINDOWS or sys.platform == "darwin" or site.USER_BASE is None:
        return None
    return Path(site.USER_BASE) / "lib" / f"python{'.'.join(version.split('.')[:2])}" / "site-packages"


def versions(folders: list[Path]) -> dict[str, str]:
    """Versions of Keras and TensorFlow, by the names of the folders that pip leaves."""
    found: dict[str, str] = {}
    for folder in folders:
        for name, version in _distributions(folder):
            if _TENSORFLOW.match(name):
                found.setdefault("tensorflow", version)
            elif _KERAS.match(name):
                found.setdefault("keras", version)
            elif name.lower() in _OTHERS:
                found.setdefault(_OTHERS[name.lower()], version)
    return found


def is_compiled(folders: Sequence[Path]) -> bool:
    """Whether byte code lies beside Keras."""
    found = [folder / "keras" for folder in folders if (folder / "keras" / "__init__.py").is_file()]
    return not found or any(any((folder / "__pycache__").glob("*.pyc")) for folder in found)


def _distributions(folder: Path) -> Iterator[tuple[str, str]]:
    try:
        paths = sorted(folder.iterdir())
    except OSError:
        return
    for path in paths:
        match = _DIST_INFO.match(path.name)
        if match:
            yield match["name"], match["version"]


def _same(first: Path, second: Path) -> bool:
    """Whether two paths are one interpreter of one environment: links are not followed, they make environments."""
    return first.absolute().parent.resolve() == second.absolute().parent.resolve() and first.samefile(second)
