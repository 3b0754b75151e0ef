"""What the reader says that a program's names hold at its end, against what they really hold after running it."""

from __future__ import annotations

import copy
import os
import sys
from collections.abc import Iterator, Sized
from types import FrameType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from tests.reader.differential.mutations import mutations
from tests.reader.globals_of import globals_of
from tests.shares import draws

from keras_shapes.files import python_document
from keras_shapes.model import NumpyNumber, Unknown
from keras_shapes.reader import read
from keras_shapes.reader.contents import is_guarded, is_open, length_of
from keras_shapes.reader.values import Choice, Guarded, Instance, Items, Once, Rest

EXAMPLES = draws("KERAS_SHAPES_MUTATIONS", 200, 3000)
MOST_LINES = 20_000


class TooLong(BaseException):
    """A program does not end soon; no `except Exception` of its own catches that."""


KINDS = {"int": int, "float": float, "str": str, "bool": bool}


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="KERAS_SHAPES_MUTATIONS" not in os.environ,
    suppress_health_check=list(HealthCheck),
)
@given(program=mutations())
def test_mutations(program: str) -> None:
    """Nothing is said of a value that really running the program contradicts."""
    real = really(program)
    said = globals_of(python_document("program.py", program))
    for name, value in said.items():
        if name in real:
            wrong = list(contradictions(value, real[name], name))
            assert not wrong, f"{wrong[0]}\n\n{program}"


def really(program: str) -> dict[str, Any]:
    """The names after running a program; one that fails, or does not end soon, proves nothing."""
    names: dict[str, Any] = {}
    lines = 0

    def count(_frame: FrameType, _event: str, _argument: object) -> Any:
        nonlocal lines
        lines += 1
        if lines > MOST_LINES:
            raise TooLong
        return count

    before = sys.gettrace()
    try:
        sys.settrace(count)
        exec(compile(program, "program.py", "exec"), names)
    except (Exception, TooLong):  # noqa: BLE001
        return {}
    finally:
        sys.settrace(before)
    return names


def contradictions(value: Any, real: Any, where: str, depth: int = 6) -> Iterator[str]:
    """Where a value of the reader's says something else than the real one."""
    if depth == 0:
        return
    match value:
        case Choice(options=options):
            if all(any(True for _ in contradictions(option, real, where, depth - 1)) for option in options):
                yield f"{where}: none of {options} is {real!r}"
        case Unknown(kind=kind, low=low, high=high):
            if kind in KINDS and not isinstance(real, KINDS[kind]):
                yield f"{where}: said to be {kind}, is {real!r}"
            elif isinstance(real, int) and not ((low is None or low <= real) and (high is None or real <= high)):
                yield f"{where}: said to be {low}…{high}, is {real!r}"
        case Once(items=items):
            if value.is_fresh(-1):
                yield from contradictions(items, list(copy.deepcopy(real)), where, depth - 1)
        case Items(length=length):
            if length.low is not None and length.low == length.high and length.low != len(list(copy.deepcopy(real))):
                yield f"{where}: said to have {length.low} items, is {real!r}"
        case list() | tuple() | set() | dict():
            yield from _of_container(value, real, where, depth)
        case Instance(attributes=attributes):
            for name, held in attributes.items():
                if hasattr(real, name):
                    yield from contradictions(held, getattr(real, name), f"{where}.{name}", depth - 1)
        case NumpyNumber():
            return
        case None | bool() | int() | float() | str():
            if value != real or isinstance(value, bool) is not isinstance(real, bool):
                yield f"{where}: said to be {value!r}, is {real!r}"


def _of_container(value: Any, real: Any, where: str, depth: int) -> Iterator[str]:
    if not isinstance(real, Sized):
        yield f"{where}: said to hold items, is {real!r}"
        return
    length = length_of(value)
    if isinstance(length, int) and length != len(real):
        yield f"{where}: said to have {length} items, is {real!r}"
    elif isinstance(length, Unknown) and length.low is not None and length.low > len(real):
        yield f"{where}: said to have at least {length.low} items, is {real!r}"
    elif isinstance(value, dict) and not is_open(value):
        if set(map(str, value)) != set(map(str, real)):
            yield f"{where}: said to have the keys {list(value)}, has {list(real)}"
        for key, held in value.items():
            yield from contradictions(held, real.get(key), f"{where}[{key!r}]", depth - 1)
    elif isinstance(value, (list, tuple)) and not is_guarded(value):
        for number, item in enumerate(value):
            yield from contradictions(item, list(real)[number], f"{where}[{number}]", depth - 1)
    elif isinstance(value, list) and len(value) == 1 and isinstance(value[0], Rest):
        for number, item in enumerate(real):
            yield from contradictions(value[0].item, item, f"{where}[{number}]", depth - 1)


@pytest.mark.parametrize(
    ("program", "name", "said"),
    [
        ("a = []\nfor i in range(500):\n    a.append(i)\n", "a", 500),
        ("a = [1]\nfor i in range(500):\n    a.append(i)\n    a.append(i)\n", "a", 1001),
        ("a = ['x', 'y', 'z']\na.remove('y')\n", "a", 2),
        ("a = [1, 2, 3]\na[1:2] = [7, 8, 9]\n", "a", 5),
        ("a = set()\nfor n in ['x', 'y', 'x']:\n    a.add(n)\n", "a", 2),
        ("a = []\nfor i in range(500):\n    if len(a) < 50:\n        a.append(i)\n", "a", None),
        ("a = []\nfor i in range(9):\n    if input():\n        continue\n    a.append(i)\n", "a", None),
        ("a = {}\nfor w in open('x'):\n    a[w] = len(a)\n", "a", None),
        ("a = []\ntry:\n    a.append(open('x').read())\nexcept OSError:\n    pass\n", "a", None),
    ],
)
def test_lengths(program: str, name: str, said: int | None) -> None:
    """How long a container is after a loop, or that this is not known."""
    length = length_of(globals_of(python_document("program.py", program))[name])
    assert (length if isinstance(length, int) else None) == said


def test_guarded_items_are_seen() -> None:
    """The comparison itself sees a list that is said to be shorter than it is."""
    assert list(contradictions([1, 2], [1, 2, 3], "a"))
    assert not list(contradictions([1, Guarded((), 2)], [1, 2, 3], "a"))


def test_a_function_that_runs_at_an_unknown_time_knows_no_global_that_changes() -> None:
    """A thread may run it before or after; a function that nobody names is read with what stands at the end."""
    text = "from keras import Sequential, Input\nn = 3\ndef build():\n    return Sequential([Input((n,))])\n{}\nn = 7\n"
    for line, known in (("import threading\nthreading.Thread(target=build)", False), ("", True)):
        document = python_document("program.py", text.format(line))
        (model,) = read(document).models
        (size,) = model.nodes[0].expression.arguments[0].value
        assert (size == 7) is known
