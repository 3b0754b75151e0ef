"""`nox` runs what has to pass before a change goes in; each session installs what it needs."""

import nox

nox.needs_version = ">=2024.10"
nox.options.sessions = ["lint", "types", "tests"]
nox.options.reuse_existing_virtualenvs = True

GROUPS = nox.project.load_toml("pyproject.toml")


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
    session.run("pytest", *session.posargs)
