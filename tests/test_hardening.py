import os
import subprocess
import sys
import textwrap

import pytest

PROGRAM = """
    import sys, os
    sys.path.insert(0, "")
    sys.path.insert(0, os.getcwd())
    from keras_shapes.hardening import harden_process
    harden_process({arguments})
    {program}
"""


def run(folder, program, arguments="", **variables):
    """What a program prints that hardens itself in a folder."""
    source = textwrap.dedent(PROGRAM).format(arguments=arguments, program=program)
    environment = {**os.environ, **variables}
    return subprocess.run(
        [sys.executable, "-c", source], cwd=folder, env=environment, capture_output=True, text=True, check=True
    ).stdout.split()


def test_the_current_folder_is_not_imported_from(tmp_path):
    (tmp_path / "colorsys.py").write_text("print('hostile')")
    assert run(tmp_path, "import colorsys") == []
    assert run(tmp_path, "import keras_shapes.source; print('ours')") == ["ours"]


def test_a_current_folder_that_is_gone_is_no_error(tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    program = "import os; os.rmdir('../gone'); harden_process(); print('alive')"
    if sys.platform != "win32":
        assert run(gone, program) == ["alive"]


def test_variables_that_change_what_runs_are_forgotten(tmp_path):
    program = "print(*(os.environ.get(name) for name in ('PYTHONPATH', 'LD_PRELOAD', 'VIRTUAL_ENV', 'HOME')))"
    variables = {"PYTHONPATH": str(tmp_path), "LD_PRELOAD": "", "VIRTUAL_ENV": "active", "HOME": "home"}
    assert run(tmp_path, program, **variables) == ["None", "None", "active", "home"]
    assert run(tmp_path, program, "forget_active=True", **variables) == ["None", "None", "None", "home"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such switch")
def test_no_other_process_may_look_inside(tmp_path):
    program = "import ctypes; print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    assert run(tmp_path, program) == ["0"]


@pytest.mark.skipif(sys.platform == "win32", reason="it writes no such files")
def test_nothing_is_dumped(tmp_path):
    assert run(tmp_path, "import resource; print(resource.getrlimit(resource.RLIMIT_CORE)[0])") == ["0"]


def test_nothing_of_the_current_folder_is_imported(tmp_path):
    for name in ("logging", "re", "json", "click", "typing", "keras_shapes_plugin", "jedi", "rich", "pathlib"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'imported')!r}, 'w')\nraise ImportError\n")
    (tmp_path / "a.py").write_text("x = 1\n")
    command = [sys.executable, "-m", "keras_shapes", "check", "a.py"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
    assert not (tmp_path / "imported").exists()
