"""Interpreters made of files: nothing of them is ever started."""

import importlib.metadata
import os
import platform
import sys
from pathlib import Path

import pytest

from keras_shapes.environments import (
    all_interpreters,
    choose_interpreter,
    find_interpreter,
    inspect,
    keras_json,
    name_of,
)

posix = pytest.mark.skipif(sys.platform == "win32", reason="folders have other names there")


def make(prefix, *, version="3.12", packages=("keras-3.15.1", "tensorflow-2.21.0"), home=None, system=False):
    """An environment of folders and empty files; its interpreter would leave a mark if it were started."""
    windows = sys.platform == "win32"
    python = prefix / ("Scripts/python.exe" if windows else "bin/python")
    python.parent.mkdir(parents=True)
    python.write_text(f"#!/bin/sh\ntouch {prefix}/started\n")
    python.chmod(0o755)
    folder = prefix / ("Lib/site-packages" if windows else f"lib/python{version}/site-packages")
    folder.mkdir(parents=True)
    for package in packages:
        (folder / f"{package}.dist-info").mkdir()
    if home is not None:
        text = f"home = {home}\ninclude-system-site-packages = {str(system).lower()}\nversion = {version}.4\n"
        (prefix / "pyvenv.cfg").write_text(text)
    return python


@pytest.fixture(autouse=True)
def _nobody(tmp_path, monkeypatch):
    """A user without settings of Keras, and without packages of their own."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr("site.USER_BASE", str(tmp_path / "home" / ".local"))
    for name in ("KERAS_HOME", "KERAS_BACKEND", "TF_USE_LEGACY_KERAS", "VIRTUAL_ENV", "CONDA_PREFIX"):
        monkeypatch.delenv(name, raising=False)


def test_without_a_choice_it_is_our_own():
    environment = choose_interpreter()
    assert environment.python == Path(sys.executable)
    assert environment.why == "it runs keras-shapes"
    assert environment.keras == importlib.metadata.version("keras")
    assert environment.problem is None


def test_a_virtual_environment_is_read(tmp_path):
    python = make(tmp_path / "venv", home=tmp_path)
    environment = choose_interpreter(python, why="your settings")
    assert (environment.keras, environment.tensorflow) == ("3.15.1", "2.21.0")
    assert environment.python_version == "3.12.4"
    assert (environment.why, environment.problem) == ("your settings", None)
    assert not (tmp_path / "venv" / "started").exists()


@pytest.mark.parametrize(
    "package", ["tensorflow_cpu-2.21.0", "tensorflow_intel-2.18.1", "tensorflow_macos-2.16.2", "tf_nightly-2.22.0.dev1"]
)
def test_tensorflow_has_several_names(tmp_path, package):
    environment = choose_interpreter(make(tmp_path, packages=("keras-3.15.1", package), home=tmp_path))
    assert environment.tensorflow == package.partition("-")[2]


@pytest.mark.parametrize(
    ("packages", "problem"),
    [
        ((), "no TensorFlow in {python} (Python 3.12.4): pip install tensorflow"),
        (("keras-3.15.1",), "no TensorFlow in {python} (Python 3.12.4): pip install tensorflow"),
        (
            ("tensorflow_datasets-4.9", "tensorflow_hub-0.1"),
            "no TensorFlow in {python} (Python 3.12.4): pip install tensorflow",
        ),
        (("tensorflow-2.21.0",), "no Keras in {python} (Python 3.12.4): pip install keras"),
        (("tensorflow-2.21.0", "keras_tuner-1.4"), "no Keras in {python} (Python 3.12.4): pip install keras"),
        (
            ("tensorflow-2.9.3", "keras-2.9.0"),
            "Keras 2.9.0 in {python} (Python 3.12.4), and 2.10 is the oldest that is asked: pip install -U tensorflow",
        ),
        (("tensorflow-2.15.1", "keras-2.15.0"), None),
        (("tensorflow-2.10.1", "keras-2.10.0"), None),
        (("jax-0.7.0", "keras-3.15.1"), None),
        (("torch-2.9.0", "keras-3.15.1"), None),
        (("jax-0.7.0",), "no Keras in {python} (Python 3.12.4): pip install keras"),
    ],
)
def test_a_problem_is_said_in_one_line(tmp_path, packages, problem):
    python = make(tmp_path, packages=packages, home=tmp_path)
    assert choose_interpreter(python).problem == (problem and problem.format(python=python))


def test_the_backend_is_the_one_that_is_chosen_else_one_that_is_there(tmp_path):
    python = make(tmp_path, packages=("jax-0.7.0", "torch-2.9.0", "keras-3.15.1", "tf_keras-2.19.0"), home=tmp_path)
    settings = tmp_path / "keras.json"

    def backend(**variables):
        return choose_interpreter(python, variables={"KERAS_HOME": str(tmp_path), **variables}).backend

    assert backend() == "jax"
    assert backend(KERAS_BACKEND="torch") == "torch"
    settings.write_text('{"backend": "torch"}')
    assert backend() == "torch"
    settings.write_text('{"backend": "tensorflow"}')  # Keras writes that unasked
    assert backend() == "jax"
    assert choose_interpreter(python, variables={"TF_USE_LEGACY_KERAS": "1"}).legacy


def test_there_is_no_such_interpreter(tmp_path):
    assert choose_interpreter(tmp_path / "no").problem == f"no interpreter at {tmp_path / 'no'}"


def test_a_folder_stands_for_its_interpreter(tmp_path):
    python = make(tmp_path / "venv", home=tmp_path)
    assert choose_interpreter(tmp_path / "venv").python == python


@pytest.mark.parametrize("variable", ["VIRTUAL_ENV", "CONDA_PREFIX"])
def test_the_active_environment_is_taken_where_it_is_asked_for(tmp_path, variable):
    python = make(tmp_path / "venv", home=tmp_path)
    variables = {variable: str(tmp_path / "venv")}
    environment = choose_interpreter(use_active=True, variables=variables)
    assert (environment.python, environment.why) == (python, f"the active environment ({variable})")
    assert choose_interpreter(variables=variables).python == Path(sys.executable)
    assert (
        choose_interpreter(make(tmp_path / "other", home=tmp_path), use_active=True, variables=variables).python
        != python
    )


def test_an_untrusted_workspace_chooses_nothing(tmp_path):
    workspace = tmp_path / "workspace"
    python = make(workspace / ".venv", home=tmp_path)
    active = {"VIRTUAL_ENV": str(workspace / ".venv")}
    environment = choose_interpreter(use_active=True, workspaces=[workspace], variables=active)
    assert environment.python == Path(sys.executable)
    environment = choose_interpreter(python, workspaces=[workspace])
    assert environment.problem == f"{python} lies in this workspace, which is not trusted"
    assert choose_interpreter(python, workspaces=[workspace], trusted=True).problem is None
    assert not (workspace / ".venv" / "started").exists()


@posix
def test_a_link_into_the_workspace_lies_in_the_workspace(tmp_path):
    workspace = tmp_path / "workspace"
    make(workspace / ".venv", home=tmp_path)
    (tmp_path / "link").symlink_to(workspace / ".venv")
    assert choose_interpreter(tmp_path / "link" / "bin" / "python", workspaces=[workspace]).problem is not None


@posix
def test_a_link_out_of_the_workspace_lies_in_the_workspace(tmp_path):
    """A harmless interpreter runs the `.pth` files of the folder that the link to it lies in."""
    workspace = tmp_path / "workspace"
    (workspace / "bin").mkdir(parents=True)
    (workspace / "bin" / "python").symlink_to(sys.executable)
    assert choose_interpreter(workspace / "bin" / "python", workspaces=[workspace]).problem is not None


@pytest.mark.parametrize("opened", ["one", "two", "two/inside/deep"])
def test_every_folder_counts_and_the_repository_around_it(tmp_path, monkeypatch, opened):
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home" / "me")
    for folder in ("home/me/one", "home/me/two/inside/deep", "home/.git", "home/me/two/.git"):
        (tmp_path / folder).mkdir(parents=True)
    here = tmp_path / "home" / "me"
    python = make(here / opened.split("/")[0] / ".venv", home=tmp_path)
    folders = [here / "three", here / opened]
    assert choose_interpreter(python, workspaces=folders).problem is not None
    active = {"VIRTUAL_ENV": str(python.parent.parent)}
    assert choose_interpreter(use_active=True, workspaces=folders, variables=active).python != python
    assert choose_interpreter(python, workspaces=folders, trusted=True).problem is None
    outside = make(here / "elsewhere", home=tmp_path)
    assert choose_interpreter(outside, workspaces=folders).problem is None


@posix
def test_a_way_through_the_workspace_lies_in_the_workspace(tmp_path):
    """Whoever owns a link in the middle chooses where it leads."""
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    (workspace / "middle").symlink_to(sys.executable)
    (tmp_path / "first").symlink_to(workspace / "middle")
    problem = choose_interpreter(tmp_path / "first", workspaces=[workspace]).problem
    assert problem.endswith("which is not trusted")


@posix
def test_system_packages_count_where_the_environment_sees_them(tmp_path):
    system = make(tmp_path / "usr")
    for sees, keras in ((True, "3.15.1"), (False, None)):
        python = make(tmp_path / str(sees), packages=(), home=system.parent, system=sees)
        assert choose_interpreter(python).keras == keras


@posix
def test_an_interpreter_without_environment_is_read(tmp_path):
    python = make(tmp_path / "opt")
    environment = choose_interpreter(python)
    assert (environment.keras, environment.python_version) == ("3.15.1", "3.12")


@pytest.mark.skipif(sys.platform != "linux", reason="the user's folder lies elsewhere")
def test_packages_of_the_user_are_found_and_named(tmp_path):
    python = make(tmp_path / "opt", packages=())
    folder = tmp_path / "home" / ".local" / "lib" / "python3.12" / "site-packages"
    for package in ("keras-3.15.1", "tensorflow-2.21.0"):
        (folder / f"{package}.dist-info").mkdir(parents=True)
    environment = choose_interpreter(python)
    assert (environment.keras, environment.user_site) == ("3.15.1", folder)


@pytest.mark.parametrize(
    ("variables", "problem"),
    [
        ({"KERAS_BACKEND": "jax"}, "the backend jax is chosen, and there is no JAX in {where}: pip install jax"),
        ({"KERAS_BACKEND": "tensorflow"}, None),
        ({"KERAS_BACKEND": "openvino"}, "the backend openvino is chosen, and only tensorflow, jax, torch are asked"),
        ({"TF_USE_LEGACY_KERAS": "1"}, None),
    ],
)
def test_variables_of_the_user_count(variables, problem):
    where = f"{sys.executable} (Python {platform.python_version()})"
    assert inspect(Path(sys.executable), "", variables).problem == (problem and problem.format(where=where))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"backend": "torch"}', "the backend torch is chosen, and there is no PyTorch in {where}: pip install torch"),
        ('{"backend": "tensorflow"}', None),
        ("{}", None),
        ("[", None),
        ("[" * 50_000, None),
        ('{"backend": 7}', None),
    ],
)
def test_settings_of_the_user_count(tmp_path, text, problem):
    (tmp_path / "keras.json").write_text(text)
    variables = {"KERAS_HOME": str(tmp_path)}
    where = f"{sys.executable} (Python {platform.python_version()})"
    assert inspect(Path(sys.executable), "", variables).problem == (problem and problem.format(where=where))
    assert inspect(Path(sys.executable), "", {**variables, "KERAS_BACKEND": "tensorflow"}).problem is None


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe", "large", "not text"])
def test_settings_that_cannot_be_read_are_none(tmp_path, kind):
    path = tmp_path / "keras.json"
    match kind:
        case "folder":
            path.mkdir()
        case "pipe":
            if sys.platform == "win32":
                pytest.skip("there are no named pipes in folders")
            os.mkfifo(path)
        case "large":
            path.write_text(" " * 100_000)
        case "not text":
            path.write_bytes(b"\xff\xfe\x00")
    assert keras_json({"KERAS_HOME": str(tmp_path)}) is None


@posix
def test_byte_code_beside_keras_is_seen(tmp_path):
    python = make(tmp_path / "venv", home=tmp_path)
    keras = tmp_path / "venv" / "lib" / "python3.12" / "site-packages" / "keras"
    keras.mkdir()
    (keras / "__init__.py").touch()
    assert not inspect(python, "").compiled
    (keras / "__pycache__").mkdir()
    (keras / "__pycache__" / "__init__.cpython-312.pyc").touch()
    assert inspect(python, "").compiled


@pytest.fixture
def own(tmp_path, monkeypatch):
    """The interpreter that runs this, as if it had no packages."""
    python = make(tmp_path / "own", packages=(), home=tmp_path)
    monkeypatch.setattr(sys, "executable", str(python))
    monkeypatch.setattr("site.getsitepackages", list)
    return python


@posix
@pytest.mark.usefixtures("own")
def test_of_the_likely_ones_the_first_with_keras_is_taken(tmp_path):
    project, home = tmp_path / "project", tmp_path / "home"
    make(project / ".venv", packages=(), home=tmp_path)
    on_path = make(tmp_path / "tools", packages=())
    conda = make(home / "miniconda3/envs/tf", packages=("keras-3.15.1", "tensorflow-2.21.0"))
    variables = {"PATH": str(on_path.parent), "HOME": str(home)}

    def found(**more):
        return find_interpreter(project=project, trusted=True, variables={**variables, **more})

    assert (found().python, found().problem, found().why) == (conda, None, f"tf in {home}/miniconda3/envs")
    venv = make(project / "venv", home=tmp_path)
    assert found().python == venv
    active = make(tmp_path / "active", home=tmp_path)
    assert found(VIRTUAL_ENV=str(tmp_path / "active")).python == active
    assert not list(tmp_path.rglob("started"))


@posix
def test_where_none_has_keras_the_usual_one_is_told_of(tmp_path, own):
    environment = find_interpreter(variables={"HOME": str(tmp_path / "home")})
    assert environment.python == own
    assert environment.problem is not None
    assert environment.problem.startswith("no TensorFlow in ")


@posix
@pytest.mark.usefixtures("own")
def test_an_environment_of_an_untrusted_workspace_is_listed_and_not_taken(tmp_path):
    workspace = tmp_path / "workspace"
    venv = make(workspace / ".venv", home=tmp_path)
    means = {
        "workspaces": [workspace],
        "variables": {"HOME": str(tmp_path / "home"), "VIRTUAL_ENV": str(venv.parents[1])},
    }
    usual = find_interpreter(**means)
    assert usual.python != venv
    assert usual.problem == "this folder is not trusted: .venv of workspace has Keras 3.15.1"
    (listed,) = [each for each in all_interpreters(project=workspace, **means) if each.python == venv]
    assert listed.problem == "it lies in this workspace, which is not trusted"
    assert find_interpreter(project=workspace, trusted=True, **means).python == venv


@posix
def test_all_are_listed_once_and_those_with_keras_first(tmp_path, own):
    home = tmp_path / "home"
    make(home / ".virtualenvs/course", home=tmp_path)
    for version in ("2.7", "3.6"):
        old = make(tmp_path / version, version=version, packages=())
        (tmp_path / f"python{version}").symlink_to(old)
    variables = {"PATH": os.pathsep.join([str(own.parent), str(tmp_path / "2.7/bin"), str(tmp_path / "3.6/bin")])}
    found = all_interpreters(variables={**variables, "HOME": str(home)})
    assert [(name_of(each.python), each.problem is None) for each in found] == [("course", True), ("own", False)]
