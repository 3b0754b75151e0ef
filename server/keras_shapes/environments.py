"""Which interpreter has the user's Keras, and what is installed there: found by reading files, running nothing.

Merely starting an interpreter runs the `.pth` files of its environment. So one that lies in the workspace is taken
only when the workspace is trusted, and versions are read from the names of `*.dist-info` folders.
"""

from __future__ import annotations

import json
import os
import platform
import re
import site
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from keras_shapes.territory import is_inside

_KERAS_JSON_LIMIT = 1 << 16
_WINDOWS = os.name == "nt"
_TENSORFLOW = re.compile(r"(tensorflow|tensorflow[_-](cpu|intel|macos|gpu)|tf[_-]nightly([_-]cpu)?)$", re.IGNORECASE)
_KERAS = re.compile(r"keras([_-]nightly)?$", re.IGNORECASE)
_DIST_INFO = re.compile(r"(?P<name>.+?)-(?P<version>\d[^-]*)(\.dist-info|(-py\d[^-]*)?\.egg-info)$")


@dataclass(frozen=True, slots=True)
class Environment:
    """An interpreter, why it was chosen, and the versions of Keras and TensorFlow that lie there (None: not found).

    `problem` is one line for people when no model can be judged with it.
    `python_version` is "3.12" or more exact, None where files do not tell. `user_site` is a folder that `python -I`
    leaves out and that Keras needs.
    """

    python: Path
    why: str
    keras: str | None = None
    tensorflow: str | None = None
    problem: str | None = None
    python_version: str | None = None
    user_site: Path | None = None


def choose_interpreter(
    configured: Path | str | None = None,
    *,
    why: str = "--interpreter",
    use_active: bool = False,
    workspaces: Sequence[Path] = (),
    trusted: bool = False,
    variables: Mapping[str, str] = os.environ,
) -> Environment:
    """The interpreter to ask: the configured one, else the active environment, else the one that runs this program.

    `configured` comes from the command line, the client or the machine's settings, never from the repository;
    `why` says which. With `use_active`, an activated environment (`VIRTUAL_ENV`, `CONDA_PREFIX`) comes next, as
    `check` does it. One inside untrusted `workspaces`, or in a repository that one of them lies in, is not taken.
    """
    for python, reason in _candidates(configured, why, variables if use_active else {}):
        if trusted or not is_inside(python, workspaces):
            return inspect(python, reason, variables)
        if configured:
            problem = f"{python} lies in this workspace, which is not trusted"
            return Environment(python, reason, problem=problem)
    return inspect(Path(sys.executable), "it runs keras-shapes", variables)


def inspect(python: Path, why: str, variables: Mapping[str, str] = os.environ) -> Environment:
    """What lies beside an interpreter."""
    if not python.is_file():
        return Environment(python, why, problem=f"no interpreter at {python}")
    version, folders, user_site = _layout(python)
    found = _versions(folders)
    if "tensorflow" not in found and user_site is not None:
        found = {**found, **_versions([user_site])}
    else:
        user_site = None
    keras, tensorflow = found.get("keras"), found.get("tensorflow")
    problem = describe_problem(python, version, keras, tensorflow) or _other_backend(variables)
    return Environment(python, why, keras, tensorflow, problem, version, user_site if tensorflow else None)


def describe_problem(python: Path, python_version: str | None, keras: str | None, tensorflow: str | None) -> str | None:
    """One line that says why these versions cannot judge a model, and what to do; None when they can."""
    where = f"{python} (Python {python_version})" if python_version else str(python)
    if tensorflow is None:
        return f"no TensorFlow in {where}: pip install tensorflow"
    if keras is None:
        return f"no Keras in {where}: pip install keras"
    if keras.startswith(("0.", "1.", "2.")):
        return f'Keras {keras} in {where}, and Keras 3 is needed: pip install --upgrade "tensorflow>=2.16"'
    return None


def keras_json(variables: Mapping[str, str] = os.environ) -> str | None:
    """The text of the user's `keras.json`, which decides `image_data_format`, `floatx` and more; None without one."""
    home = variables.get("KERAS_HOME")
    path = (Path(home) if home else Path("~/.keras").expanduser()) / "keras.json"
    try:
        if not path.is_file() or path.stat().st_size > _KERAS_JSON_LIMIT:
            return None
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None


def _candidates(configured: Path | str | None, why: str, variables: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    if configured:
        yield _as_interpreter(Path(configured).expanduser().absolute()), why
        return
    for variable in ("VIRTUAL_ENV", "CONDA_PREFIX"):
        if variables.get(variable):
            yield _as_interpreter(Path(variables[variable])), f"the active environment ({variable})"


def _as_interpreter(path: Path) -> Path:
    """The interpreter of an environment's folder; a file stands for itself."""
    if not path.is_dir():
        return path
    names = ("Scripts/python.exe", "python.exe") if _WINDOWS else ("bin/python", "bin/python3")
    return next((path / name for name in names if (path / name).is_file()), path / names[0])


def _layout(python: Path) -> tuple[str | None, list[Path], Path | None]:
    """Version of an interpreter, its site-packages folders, and the user's folder that it would read."""
    if _same(python, Path(sys.executable)):
        own = [Path(folder) for folder in site.getsitepackages()]
        user = Path(site.getusersitepackages()) if site.ENABLE_USER_SITE else None
        return platform.python_version(), own, user
    configuration = _pyvenv(python)
    if configuration is None:
        version = _version_beside(python)
        return version, _site_packages(python.resolve().parent.parent, version), _user_site(version)
    version = configuration.get("version") or configuration.get("version_info")
    folders = _site_packages(python.parent.parent, version)
    if configuration.get("include-system-site-packages", "").lower() != "true":
        return version, folders, None
    home = Path(configuration.get("home", ""))
    return version, folders + _site_packages(home.parent, version), _user_site(version)


def _pyvenv(python: Path) -> dict[str, str] | None:
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
    libraries = sorted((real.parent.parent / "lib").glob("python3.*"))
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


def _versions(folders: list[Path]) -> dict[str, str]:
    """Versions of Keras and TensorFlow, by the names of the folders that pip leaves."""
    found: dict[str, str] = {}
    for folder in folders:
        for name, version in _distributions(folder):
            if _TENSORFLOW.match(name):
                found.setdefault("tensorflow", version)
            elif _KERAS.match(name):
                found.setdefault("keras", version)
    return found


def _distributions(folder: Path) -> Iterator[tuple[str, str]]:
    try:
        paths = sorted(folder.iterdir())
    except OSError:
        return
    for path in paths:
        match = _DIST_INFO.match(path.name)
        if match:
            yield match["name"], match["version"]


def _other_backend(variables: Mapping[str, str]) -> str | None:
    """A problem when the user runs Keras on another backend than TensorFlow, or `tf.keras` as Keras 2."""
    backend = variables.get("KERAS_BACKEND")
    if backend not in (None, "", "tensorflow"):
        return f"KERAS_BACKEND is {backend}, and only the tensorflow backend is supported"
    configured = _configured_backend(variables)
    if not backend and configured not in (None, "tensorflow"):
        return f"keras.json names the backend {configured}, and only tensorflow is supported"
    if variables.get("TF_USE_LEGACY_KERAS", "").lower() in ("1", "true"):
        return "TF_USE_LEGACY_KERAS is set, which makes tf.keras Keras 2, and Keras 3 is needed"
    return None


def _configured_backend(variables: Mapping[str, str]) -> str | None:
    try:
        settings = json.loads(keras_json(variables) or "{}")
    except (ValueError, RecursionError):
        return None
    backend = settings.get("backend") if isinstance(settings, dict) else None
    return backend if isinstance(backend, str) else None


def _same(first: Path, second: Path) -> bool:
    """Whether two paths are one interpreter of one environment: links are not followed, they make environments."""
    return first.absolute().parent.resolve() == second.absolute().parent.resolve() and first.samefile(second)
