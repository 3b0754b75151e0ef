"""Where interpreters are found: environments made of files, of which nothing is ever started."""

import base64
import hashlib
import os
import sys
from pathlib import Path

import pytest

from keras_shapes.environments import choose_interpreter
from test_environments import _nobody, make, posix  # noqa: F401 - a fixture that holds for every test here

pytestmark = posix


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    (folder / "src").mkdir(parents=True)
    (folder / ".git").mkdir()
    return folder


def chosen(folder, variables=None, **more):
    return choose_interpreter(use_active=True, project=folder, variables=variables or {}, **more)


@pytest.mark.parametrize("name", [".venv", "venv"])
@pytest.mark.parametrize("where", [".", "src"])
def test_the_environment_of_the_project_is_found(tmp_path, project, name, where):
    python = make(project / name, home=tmp_path)
    found = chosen(project / where)
    assert (found.python, found.why, found.problem) == (python, f"{name} of project", None)
    assert not (project / name / "started").exists()


@pytest.mark.parametrize(
    "index",
    [
        b"DIRC\0\0\0\2...src/a.py\0...venv/bin/python\0",
        b"DIRC\0\0\0\2....venv\0",
        b"DIRC\0\0\0\4 whatever",
        b"no index",
    ],
)
def test_an_environment_that_the_repository_brings_is_not_started(tmp_path, project, index):
    python = make(project / ".venv", home=tmp_path)
    (project / ".git" / "index").write_bytes(b"DIRC\0\0\0\2...src/.venvrc\0...README\0")
    assert chosen(project).python == python
    (project / ".git" / "index").write_bytes(index.replace(b"...venv", b"....venv"))
    assert chosen(project).python == Path(sys.executable)
    assert chosen(project, trusted=True).python == python


def test_outside_of_a_clone_anybody_may_have_put_it_there(tmp_path, project):
    make(project / ".venv", home=tmp_path)
    (project / ".git").rmdir()
    found = chosen(project)
    assert found.python == Path(sys.executable)
    assert "--interpreter" in found.why


def test_nothing_is_looked_for_above_the_repository(tmp_path, project):
    make(tmp_path / ".venv", home=tmp_path)
    assert chosen(project / "src").python == Path(sys.executable)


def test_where_others_may_write_nothing_is_looked_for(tmp_path):
    shared = tmp_path / "shared"
    (shared / "mine").mkdir(parents=True)
    make(shared / "venv", home=tmp_path)
    shared.chmod(0o1777)
    assert chosen(shared / "mine").python == Path(sys.executable)
    assert chosen(shared).python == Path(sys.executable)


def test_an_active_environment_comes_first(tmp_path, project):
    make(project / ".venv", home=tmp_path)
    python = make(tmp_path / "active", home=tmp_path)
    assert chosen(project, {"VIRTUAL_ENV": str(tmp_path / "active")}).python == python
    assert chosen(project, {"CONDA_PREFIX": str(tmp_path / "active"), "CONDA_DEFAULT_ENV": "work"}).python == python


def test_the_base_of_conda_is_active_without_a_choice(tmp_path, project):
    base = make(tmp_path / "conda")
    variables = {"CONDA_PREFIX": str(tmp_path / "conda"), "CONDA_DEFAULT_ENV": "base"}
    assert chosen(project, variables).python == base
    assert chosen(project, variables).keras == "3.15.1"
    python = make(project / ".venv", home=tmp_path)
    assert chosen(project, variables).python == python


def test_an_active_environment_that_is_gone_is_passed_over_with_a_word(tmp_path, project):
    python = make(project / ".venv", home=tmp_path)
    found = chosen(project, {"VIRTUAL_ENV": str(tmp_path / "gone")})
    assert found.python == python
    assert found.why == f".venv of project (VIRTUAL_ENV is {tmp_path / 'gone'}, where there is no Python)"


def test_an_untrusted_workspace_has_no_environment(tmp_path, project):
    python = make(project / ".venv", home=tmp_path)
    assert chosen(project, workspaces=[project]).python == Path(sys.executable)
    assert chosen(project, workspaces=[project], trusted=True).python == python


def test_a_name_is_looked_for_on_path(tmp_path):
    python = make(tmp_path / "opt")
    (python.parent / "python3").symlink_to(python)
    found = choose_interpreter("python3", variables={"PATH": str(python.parent)})
    assert (found.python, found.why) == (python.parent / "python3", "--interpreter")
    assert (
        choose_interpreter("python9", variables={"PATH": ""}).problem == f"no interpreter at {Path.cwd() / 'python9'}"
    )


@pytest.mark.parametrize(
    ("variables", "wanted"),
    [({}, "3.11.9"), ({"PYENV_VERSION": "3.12"}, "3.12.10"), ({"PYENV_VERSION": "work"}, "work")],
)
def test_what_a_shim_of_pyenv_would_start(tmp_path, project, variables, wanted):
    root = tmp_path / "pyenv"
    pythons = {name: make(root / "versions" / name, version="3.12") for name in ("3.11.9", "3.12.10", "work")}
    (root / "shims").mkdir()
    shim = root / "shims" / "python3"
    shim.write_text("#!/bin/sh\n")
    shim.chmod(0o755)
    (root / "version").write_text("3.12\n")
    (project / ".python-version").write_text("../../evil\n3.11\n")
    found = choose_interpreter("python3", project=project, variables={"PATH": str(shim.parent), **variables})
    assert found.python == pythons[wanted]


def test_poetry_keeps_environments_elsewhere(tmp_path, project):
    (project / "poetry.lock").write_text("")
    digest = base64.urlsafe_b64encode(hashlib.sha256(os.path.realpath(project).encode()).digest()).decode()[:8]
    variables = {"POETRY_VIRTUALENVS_PATH": str(tmp_path / "poetry")}
    make(tmp_path / "poetry" / "other-12345678-py3.12", home=tmp_path)
    python = make(tmp_path / "poetry" / f"project-{digest}-py3.12", home=tmp_path)
    assert (chosen(project, variables).python, chosen(project, variables).problem) == (python, None)


def test_uv_may_have_another_folder(tmp_path, project):
    make(project / ".venv", home=tmp_path)
    python = make(project / "envs" / "one", home=tmp_path)
    assert chosen(project, {"UV_PROJECT_ENVIRONMENT": "envs/one"}).python == python


@pytest.mark.parametrize("package", ["tensorflow_rocm-2.18.1", "tf_nightly_cpu-2.22.0", "intel_tensorflow-2.15.0"])
def test_other_builds_are_tensorflow(tmp_path, package):
    environment = choose_interpreter(make(tmp_path / "one", packages=("keras-3.15.1", package), home=tmp_path))
    assert environment.tensorflow == package.partition("-")[2]


def test_the_advice_helps_in_the_environment_that_it_is_given_in(tmp_path):
    def problem(folder, **more):
        return choose_interpreter(make(folder, packages=(), **more)).problem.rpartition(": ")[2]

    assert problem(tmp_path / "plain", home=tmp_path) == "pip install tensorflow"
    assert problem(tmp_path / "pypoetry" / "one", home=tmp_path) == "poetry add tensorflow"
    assert problem(tmp_path / "old", home=tmp_path, version="3.7").startswith("TensorFlow has no build for this Python")
    (tmp_path / "system" / "lib" / "python3.12").mkdir(parents=True)
    (tmp_path / "system" / "lib" / "python3.12" / "EXTERNALLY-MANAGED").touch()
    assert problem(tmp_path / "system") == "python3 -m venv .venv && .venv/bin/pip install tensorflow"
    python = make(tmp_path / "uv", packages=(), home=tmp_path)
    (tmp_path / "uv" / "pyvenv.cfg").write_text("home = /usr/bin\nuv = 0.9.1\nversion_info = 3.12.4\n")
    assert choose_interpreter(python).problem.endswith(": uv pip install tensorflow")
