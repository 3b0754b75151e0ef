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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from keras_shapes import interpreters, personal
from keras_shapes.advice import how_to_install
from keras_shapes.territory import is_inside

_KERAS_JSON_LIMIT = 1 << 16
_WINDOWS = os.name == "nt"
_BUILD = "cpu|gpu|intel|macos|rocm|aarch64|cpu[_-]aws"
_TENSORFLOW = re.compile(
    rf"((intel[_-])?tensorflow|(tensorflow|tf[_-]nightly)[_-]({_BUILD})|tf[_-]nightly)$", re.IGNORECASE
)
_KERAS = re.compile(r"keras([_-]nightly)?$", re.IGNORECASE)
_OTHERS = {"tf_keras": "tf_keras", "tf-keras": "tf_keras", "jax": "jax", "torch": "torch"}
BACKENDS = {"tensorflow": "TensorFlow", "jax": "JAX", "torch": "PyTorch"}
"""The backends of Keras 3 that are asked, in the order in which one is taken that nobody chose."""
LEGACY_VALUES = ("1", "true")
"""What `TF_USE_LEGACY_KERAS` is set to where `tf.keras` is to be Keras 2."""
_OLDEST = (2, 10)
"""The oldest Keras that is asked."""
_OLDEST_PYTHON = (3, 9)
_OF_A_HOOK = (
    "pre-commit runs this in an environment of its own, without TensorFlow: activate the environment of your "
    "project, or name it in the hook's args: [--interpreter, FOLDER]"
)
_DIST_INFO = re.compile(r"(?P<name>.+?)-(?P<version>\d[^-]*)(\.dist-info|(-py\d[^-]*)?\.egg-info)$")


@dataclass(frozen=True, slots=True)
class Environment:
    """An interpreter, why it was chosen, and the versions of Keras and TensorFlow that lie there (None: not found).

    `problem` is one line for people when no model can be judged with it.
    `python_version` is "3.12" or more exact, None where files do not tell. `user_site` is a folder that `python -I`
    leaves out and that Keras needs.
    `compiled` says that byte code lies beside the libraries, as pip leaves it, and uv does not.
    `tf_keras`, `jax` and `torch` are versions, too. `backend` is what the user has chosen for Keras 3, else what is
    there; `legacy` says that `tf.keras` means `tf_keras` where the program does not choose.
    """

    python: Path
    why: str
    keras: str | None = None
    tensorflow: str | None = None
    problem: str | None = None
    python_version: str | None = None
    user_site: Path | None = None
    tf_keras: str | None = None
    jax: str | None = None
    torch: str | None = None
    backend: str = "tensorflow"
    legacy: bool = False
    compiled: bool = True

    @property
    def generation(self) -> int | None:
        """2 or 3: which Keras `import keras` means there; None where there is none."""
        return generation_of(self.keras)

    def backend_version(self, backend: str) -> str | None:
        """The version of a backend; None where it is not there."""
        return {"tensorflow": self.tensorflow, "jax": self.jax, "torch": self.torch}.get(backend)


def generation_of(keras: str | None) -> int | None:
    """2 or 3, by the version of a Keras."""
    if keras is None:
        return None
    return 2 if keras.startswith(("0.", "1.", "2.")) else 3


def choose_interpreter(
    configured: Path | str | None = None,
    *,
    why: str = "--interpreter",
    use_active: bool = False,
    workspaces: Sequence[Path] = (),
    trusted: bool = False,
    project: Path | None = None,
    variables: Mapping[str, str] = os.environ,
) -> Environment:
    """The interpreter to ask: the configured one, else the active one, that of the project, or the one that runs this.

    `configured` comes from the command line, the client or the machine's settings, never from the repository;
    `why` says which. With `use_active`, an activated environment (`VIRTUAL_ENV`, `CONDA_PREFIX`) comes next, then that
    of the `project` that this folder lies in (`.venv`), if the repository does not bring it. One inside untrusted
    `workspaces`, or in a repository that one of them lies in, is not taken.
    """
    if configured:
        one = interpreters.named(str(configured), why, variables, project or Path.cwd())
        if trusted or not is_inside(one.python, workspaces):
            return inspect(one.python, one.why, variables)
        problem = f"{one.python} lies in this workspace, which is not trusted"
        return Environment(one.python, one.why, problem=problem)
    known = variables if use_active else {}
    word = interpreters.missing(known)
    own = interpreters.Candidate(Path(sys.executable), "it runs keras-shapes")
    of_project = interpreters.of_project(project.absolute(), known, trusted=trusted) if project is not None else ()
    found = (*interpreters.active(known), *of_project, *interpreters.last_active(known), own)
    one = next(one for one in found if _may_be_taken(one.python, workspaces, trusted=trusted) or one is own)
    if one is own and project is not None and not workspaces:
        word = word or interpreters.held_back(project.absolute(), known)
    environment = inspect(one.python, f"{one.why} ({word})" if word else one.why, variables)
    if one is own and environment.problem is not None and interpreters.in_hook(known):
        return replace(environment, problem=_OF_A_HOOK)
    return environment


def find_interpreter(
    *,
    workspaces: Sequence[Path] = (),
    trusted: bool = False,
    project: Path | None = None,
    variables: Mapping[str, str] = os.environ,
) -> Environment:
    """The interpreter to ask in an editor where nobody has chosen: of the likely ones, the first that has Keras.

    Where none has it, the one that `choose_interpreter` takes, with a word about one that only trust is missing for.
    """
    found = (
        inspect(one.python, one.why, variables)
        for one in _likely(project, variables, trusted=trusted)
        if _may_be_taken(one.python, workspaces, trusted=trusted)
    )
    usable = next((environment for environment in found if environment.problem is None), None)
    if usable is not None:
        return usable
    usual = choose_interpreter(
        use_active=True, workspaces=workspaces, trusted=trusted, project=project, variables=variables
    )
    held = None if trusted else _held_back(workspaces, variables)
    return usual if held is None else replace(usual, problem=held)


def _held_back(workspaces: Sequence[Path], variables: Mapping[str, str]) -> str | None:
    """What trust would give, where an environment of a workspace has Keras."""
    ones = (one for folder in workspaces for one in interpreters.of_project(folder, variables, trusted=True))
    for one in ones:
        found = inspect(one.python, one.why, variables) if one.python.is_file() else None
        if found is not None and found.problem is None:
            return f"{one.why} has Keras {found.keras}, and this folder is not trusted"
    return None


def all_interpreters(
    *,
    workspaces: Sequence[Path] = (),
    trusted: bool = False,
    project: Path | None = None,
    variables: Mapping[str, str] = os.environ,
) -> list[Environment]:
    """What there is to choose from, what can be asked first; one that is too old for any Keras is left out."""
    found: dict[Path, Environment] = {}
    for one in _likely(project, variables, trusted=True):
        if not one.python.is_file() or (key := _identity(one.python)) in found:
            continue
        environment = inspect(one.python, one.why, variables)
        if not _may_be_taken(one.python, workspaces, trusted=trusted):
            environment = replace(environment, problem="it lies in this workspace, which is not trusted")
        if _numbers(environment.python_version or "3.12") >= _OLDEST_PYTHON:
            found[key] = environment
    return sorted(found.values(), key=lambda each: each.problem is not None)


def name_of(python: Path) -> str:
    """The short name of an interpreter: that of its environment's folder, or its own."""
    folder = python.parent.parent if python.parent.name in {"bin", "Scripts"} else python.parent
    own = (folder / "pyvenv.cfg").is_file() or (folder / "conda-meta").is_dir()
    return folder.name if own else python.stem if os.name == "nt" else python.name


def _likely(project: Path | None, variables: Mapping[str, str], *, trusted: bool) -> Iterable[interpreters.Candidate]:
    folder = (project or Path.home()).absolute()
    yield from interpreters.active(variables)
    if project is not None:
        yield from interpreters.of_project(folder, variables, trusted=trusted)
    yield from interpreters.last_active(variables)
    yield interpreters.Candidate(Path(sys.executable), "it runs keras-shapes")
    yield from personal.on_path(variables, folder)
    yield from personal.of_person(Path(variables.get("HOME") or Path.home()))


def _identity(python: Path) -> Path:
    """Equal for the names of one interpreter; links are not followed out of an environment."""
    if _pyvenv(python) is not None:
        return python.parent.resolve()
    return python.resolve()


def _may_be_taken(python: Path, workspaces: Sequence[Path], *, trusted: bool) -> bool:
    return python.is_file() and (trusted or not is_inside(python, workspaces))


def inspect(python: Path, why: str, variables: Mapping[str, str] = os.environ) -> Environment:
    """What lies beside an interpreter."""
    if not python.is_file():
        return Environment(python, why, problem=f"no interpreter at {python}")
    version, folders, user_site = _layout(python)
    found = _versions(folders)
    if not found.keys() & BACKENDS.keys() and user_site is not None:
        found = {**found, **_versions([user_site])}
    else:
        user_site = None
    there = [backend for backend in BACKENDS if backend in found]
    environment = Environment(
        python,
        why,
        found.get("keras"),
        found.get("tensorflow"),
        None,
        version,
        user_site if there else None,
        found.get("tf_keras"),
        found.get("jax"),
        found.get("torch"),
        _backend(found.get("keras"), there, variables),
        variables.get("TF_USE_LEGACY_KERAS", "").lower() in LEGACY_VALUES,
        _is_compiled([*folders, *([user_site] if user_site else [])]),
    )
    return replace(environment, problem=describe_problem(environment))


def describe_problem(environment: Environment) -> str | None:
    """One line that says why an environment cannot judge a model, and what to do; None when it can."""
    version, keras, backend = environment.python_version, environment.keras, environment.backend
    where = f"{environment.python} (Python {version})" if version else str(environment.python)
    if backend not in BACKENDS:
        return f"the backend {backend} is chosen, and only {', '.join(BACKENDS)} are asked"
    if not any(map(environment.backend_version, BACKENDS)):
        return f"no TensorFlow in {where}: {command_to_install('tensorflow', environment)}"
    if environment.backend_version(backend) is None:
        install = command_to_install(backend, environment)
        return f"the backend {backend} is chosen, and there is no {BACKENDS[backend]} in {where}: {install}"
    if keras is None:
        return f"no Keras in {where}: {command_to_install('keras', environment)}"
    if _numbers(keras) < _OLDEST:
        install = command_to_install("tensorflow", environment).replace("install ", "install -U ", 1)
        return f"Keras {keras} in {where}, and 2.10 is the oldest that is asked: {install}"
    if environment.generation == 2 and environment.tensorflow is None:
        return f"Keras {keras} in {where}, and no TensorFlow: {command_to_install('tensorflow', environment)}"
    return None


def command_to_install(package: str, environment: Environment) -> str:
    """The command that installs a package in an environment."""
    python = environment.python
    return how_to_install(package, python, environment.python_version, _pyvenv(python))


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".")[:2] if part.isdecimal())


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


def _versions(folders: list[Path]) -> dict[str, str]:
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


def _is_compiled(folders: Sequence[Path]) -> bool:
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


def _backend(keras: str | None, there: Sequence[str], variables: Mapping[str, str]) -> str:
    """The backend that the user has chosen, else one that is there: Keras itself writes `keras.json` unasked."""
    if generation_of(keras) == 2:
        return "tensorflow"
    configured = _configured_backend(variables)
    if configured not in there and configured == "tensorflow":
        configured = None
    return variables.get("KERAS_BACKEND") or configured or next(iter(there), "tensorflow")


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
