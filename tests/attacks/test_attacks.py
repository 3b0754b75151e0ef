"""Programs and workspaces that attack who looks at them: nothing happens."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from workspace import BUFFERS, SECRET, Workspace

NAIVE = Path(__file__).with_name("naive.py")
MAIN = "import sys; from keras_shapes.cli import main; sys.exit(main())"
UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]")
SEEN = ("yes", "output", "connection", "crash")
"""What a program says that it does, where that can be tried without harm to the machine."""

LIVE = {
    path.name: found[1]
    for path in BUFFERS.iterdir()
    if (found := re.search(r"^# live: (\w+)$", path.read_text(), re.MULTILINE))
}


@pytest.fixture
def workspace(tmp_path):
    made = Workspace(tmp_path)
    yield made
    made.close()


def keras_shapes(workspace, *arguments):
    """A run of the program in the workspace, by a user with a secret."""
    system = {
        name: os.environ[name]
        for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "KERAS_SHAPES_NO_FORK")
        if name in os.environ
    }
    variables = {**system, "HOME": str(workspace.home), "SECRET_TOKEN": SECRET, "PYTHONPATH": str(workspace.root)}
    return subprocess.run(
        [sys.executable, "-I", "-c", MAIN, *arguments],
        cwd=workspace.root,
        env=variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.mark.parametrize("arguments", [("check",), ("check", "--run-code")], ids=" ".join)
def test_nothing_happens(workspace, arguments):
    finished = keras_shapes(workspace, *arguments, "--output-format", "json")
    assert workspace.effects(finished.stdout + finished.stderr) == set()
    assert finished.returncode in (0, 1, 2), finished.stderr
    assert "Traceback" not in finished.stderr
    answer = json.loads(finished.stdout)
    models = {Path(file["filename"]).name: file["models"] for file in answer["files"]}
    assert set(models) >= {path.name for path in BUFFERS.iterdir()} - {"hostile_helper.py"}
    assert [model["status"] for model in models["benign.py"]] == ["built"]
    assert not [text for text in texts(answer) if UNSAFE.search(text)]
    confined = sys.platform == "linux" and "KERAS_SHAPES_NO_FORK" not in os.environ
    expected = "built" if "--run-code" in arguments and confined else "unknown"
    assert [model["status"] for model in models["needs_running.py"]] == [expected]


def test_text_for_people_steers_no_terminal(workspace):
    finished = keras_shapes(workspace, "check", "words.py", "benign.py")
    assert not UNSAFE.search(finished.stdout + finished.stderr)
    assert workspace.effects(finished.stdout + finished.stderr) == set()


@pytest.mark.parametrize("command", ["summary", "doctor"])
def test_other_commands_do_no_more(workspace, command):
    finished = keras_shapes(workspace, command, *(["benign.py"] if command == "summary" else []))
    assert finished.returncode == 0, finished.stderr
    assert workspace.effects(finished.stdout + finished.stderr) == set()


@pytest.mark.skipif(sys.platform == "win32", reason="the naive runner forks")
def test_the_attacks_are_real(workspace):
    """Run naively, each of them does what it says: so the tests above can see it."""
    variables = {**os.environ, "HOME": str(workspace.home), "SECRET_TOKEN": SECRET, "TF_CPP_MIN_LOG_LEVEL": "3"}
    variables |= {"CUDA_VISIBLE_DEVICES": "-1", "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, str(NAIVE)]
    with subprocess.Popen(command, env=variables, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as naive:
        seen = {name: watch(naive, workspace, name) for name, live in LIVE.items() if live in SEEN}
    assert {name: LIVE[name] for name, effects in seen.items() if LIVE[name] not in effects} == {}
    assert len(seen) > 12


def watch(naive, workspace, name):
    """What happens when a program is run."""
    workspace.prepare_canary()
    naive.stdin.write(f"{workspace.root / name}\n")
    naive.stdin.flush()
    lines = [naive.stdout.readline()]
    while not lines[-1].startswith("ended "):
        lines.append(naive.stdout.readline())
    kinds = {"secret told": "output", "connection": "connection"}
    found = {kinds.get(effect, "yes") for effect in workspace.effects("".join(lines))}
    return found if lines[-1] == "ended 0\n" else {*found, "crash"}


def texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)
