"""Models made by hand, and interpreters that are none."""

import os
import select
import stat
import sys
import textwrap
from pathlib import Path

from keras_shapes.model import Argument, Call, Model, Node, PublicName, UserCode
from keras_shapes.source import Span

HERE = Span(0, 0)


def call(path, *args, **kwargs):
    return Call(PublicName(path), arguments(*args, **kwargs), HERE, HERE)


def user(name, source, *args, **kwargs):
    """A call of a class that `source` defines."""
    return UserCode(name, arguments(*args, **kwargs), HERE, HERE, f"{name} was not run", source)


def function(name, source):
    """A function that `source` defines, passed as it is."""
    return UserCode(name, None, HERE, HERE, f"{name} was not run", source)


def arguments(*args, **kwargs):
    positional = tuple(Argument(None, value, HERE, HERE) for value in args)
    return positional + tuple(Argument(name, value, HERE, HERE) for name, value in kwargs.items())


def model(*expressions):
    return Model("model", HERE, HERE, tuple(Node(expression, HERE) for expression in expressions))


def dense(*units):
    """A model of `Dense` layers on 8 features."""
    return model(call("keras.Input", (8,)), *(call("keras.layers.Dense", number) for number in units))


def slow():
    """A model that takes seconds."""
    return dense(*range(1, 1500))


REFUSED = model(call("keras.Input", (8,)), call("keras.layers.Conv2D", 4, 3))


def interpreter(folder: Path, program: str) -> Path:
    """An interpreter that runs this program whatever it is asked to run. `send` and `start` are there for it."""
    path = folder / "python"
    path.write_text(f"#!{sys.executable} -I\n" + _PROLOGUE + textwrap.dedent(program), encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


_PROLOGUE = """
import json, os, sys

def send(**fields):
    sys.stdout.write(json.dumps({"protocol": 1, **fields}) + "\\n")
    sys.stdout.flush()

def hello(**fields):
    known = {"python": "3.12.0", "keras": "3.15.0", "backend_version": "2.21.0", "backend": "tensorflow", "error": None}
    send(hello={**known, "parallel": 1, "sandbox": {"spec": None, "code": None}, **fields})

def request():
    return json.loads(sys.stdin.readline())

start = request()["start"]
"""


def descendants(pid: int) -> set[int]:
    """Processes below a process, zombies included."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            parent = _parent(int(entry.name))
            if parent is not None:
                children.setdefault(parent, []).append(int(entry.name))
    found: set[int] = set()
    waiting = [pid]
    while waiting:
        new = children.get(waiting.pop(), [])
        found.update(new)
        waiting.extend(new)
    return found


def wait_for_the_end_of(pid: int) -> None:
    """Returns when a process has ended, whoever's child it is."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        assert select.select([handle], [], [], 30)[0], f"process {pid} is still there"
    finally:
        os.close(handle)


def descriptors() -> int:
    """Open descriptors of this process."""
    return len(list(Path("/proc/self/fd").iterdir()))


def _parent(pid: int) -> int | None:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None
