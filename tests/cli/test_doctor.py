import importlib.metadata
import os
import subprocess
import sys

import pytest


def doctor(tmp_path, *arguments, **variables):
    """Exit code and lines of `keras-shapes doctor`, by their names."""
    inactive = {name: value for name, value in os.environ.items() if name not in {"VIRTUAL_ENV", "CONDA_PREFIX"}}
    environment = {**inactive, "XDG_CACHE_HOME": str(tmp_path), **variables}
    command = [sys.executable, "-m", "keras_shapes", "doctor", *arguments]
    finished = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=tmp_path)
    assert not finished.stderr
    found: dict[str, str] = {}
    name = ""
    for line in finished.stdout.splitlines():
        name = line[:13].strip() or name
        found[name] = f"{found[name]}\n{line[13:]}" if name in found else line[13:]
    return finished.returncode, found


def test_all_is_well(tmp_path):
    code, found = doctor(tmp_path)
    assert code == 0
    python, why, versions = found["interpreter"].splitlines()
    assert (python, why) == (sys.executable, "because it runs keras-shapes")
    assert f"Keras {importlib.metadata.version('keras')}" in versions
    assert found["shapes"] == "on"
    assert "problem" not in found
    if sys.platform == "linux" and "KERAS_SHAPES_NO_FORK" not in os.environ:
        assert found["sandbox"] == "Keras' own layers: confined\nyour code: confined"
        assert found["your code"].startswith("runs with check --run-code")
        assert found["cache"] == f"{tmp_path}/keras-shapes/answers-2.sqlite, 0 answers"


def test_without_fork_user_code_is_off(tmp_path):
    code, found = doctor(tmp_path, KERAS_SHAPES_NO_FORK="1")
    assert code == 0
    assert found["shapes"] == "on"
    assert found["sandbox"].endswith("your code: user code needs a process of its own, and there is no fork here")
    assert found["your code"].startswith("off: ")


@pytest.mark.parametrize("variables", [{}, {"KERAS_BACKEND": "jax"}])
def test_without_keras_the_exit_code_is_2(tmp_path, variables):
    python = tmp_path / "python"
    python.touch()
    code, found = doctor(tmp_path, "--interpreter", str(python), **variables)
    assert code == 2
    assert found["interpreter"].splitlines()[1] == "because --interpreter"
    assert found["problem"] == f"no TensorFlow in {python}: pip install tensorflow"
    assert (found["shapes"], found["your code"]) == ("off: no Keras", "off: no Keras")


def test_another_backend_is_named(tmp_path):
    code, found = doctor(tmp_path, KERAS_BACKEND="jax")
    assert code == 2
    assert found["problem"].startswith("the backend jax is chosen, and there is no JAX in ")
    assert found["problem"].endswith("pip install jax")


def test_a_home_without_cache_folder(tmp_path):
    _, found = doctor(tmp_path, "--interpreter", str(tmp_path / "no"), XDG_CACHE_HOME=str(tmp_path / "none"))
    assert found["cache"] == "in memory only: there is no cache folder in your home"
    assert found["problem"] == f"no interpreter at {tmp_path / 'no'}"
