"""What the language server costs, over real pipes: `pytest -m bench -s tests/bench/test_server.py`."""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "lsp"))

from clients import minimal
from editor import Editor, started
from processes import descendants

pytestmark = pytest.mark.bench

URI = "file:///bench/model.py"
EDITS = 100
HEAD = "import keras\nimport numpy as np\nfrom keras import layers\n\n"
TAIL = """
model.compile(loss="sparse_categorical_crossentropy", optimizer="adam")
x_train, y_train = np.zeros((600, 32, 32, 3)), np.zeros((600,), dtype="int32")
model.fit(x_train, y_train, batch_size=32)
"""


def cnn(layers: int, name: str = "model") -> str:
    """A CNN of so many layers in a file of about 500 lines, which the last layer's argument refuses when it is 0."""
    middle = "".join(
        f"    layers.Conv2D({8 + i % 9}, 3, padding='same', activation='relu'),\n" for i in range(layers - 3)
    )
    return (
        f"{name} = keras.Sequential([\n    keras.Input((32, 32, 3)),\n{middle}"
        "    layers.Conv2D(4, 1),\n    layers.GlobalAveragePooling2D(),\n    layers.Dense(10),\n])\n"
    )


def program(layers: int = 20, lines: int = 500) -> str:
    text = HEAD + cnn(layers)
    filler = "def helper_{0}(value):\n    if value > {0}:\n        return value * {0}\n    return value\n\n"
    missing = max(0, lines - text.count("\n") - TAIL.count("\n")) // 5
    return text + TAIL + "\n\n" + "".join(filler.format(number) for number in range(missing))


def milliseconds(times: list[float]) -> str:
    ordered = sorted(times)
    return f"median {1e3 * statistics.median(ordered):.1f} ms, p95 {1e3 * ordered[int(len(ordered) * 0.95)]:.1f} ms"


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """Nothing is remembered on disk of another run."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


async def test_beginning():
    """From nothing to the first shapes."""
    begun = time.perf_counter()
    async with started(minimal(), settings={"delay": 0}) as editor:
        initialized = time.perf_counter() - begun
        editor.open(URI, program())
        await editor.settled(URI)
        shapes = time.perf_counter() - begun
        server = editor.client._server.pid
        print(f"\ninitialize answered {initialized:.2f} s after the start of the process")
        print(f"first shapes {shapes:.1f} s after the start of the process, import of Keras {imported():.1f} s")
        workers = ", ".join(f"{memory(pid):.0f}" for pid in descendants(server))
        print(f"memory: server {memory(server):.0f} MB, Keras' processes {workers} MB (shared pages counted in each)")
    async with started(minimal(), settings={"delay": 0}) as editor:
        begun = time.perf_counter()
        editor.open(URI, program())
        await editor.settled(URI)
        print(f"shapes of a file that is known, before Keras is imported: {time.perf_counter() - begun:.2f} s")


async def test_edit():
    """One character typed in a 20-layer CNN of 500 lines: a convolution's filters, which changes all that follows."""
    async with started(minimal(), settings={"delay": 0}) as editor:
        editor.open(URI, program())
        await editor.settled(URI)
        print(f"\n20 layers, {editor.texts[URI].count(chr(10))} lines")
        await edits(editor, 20, 2)
        layers, training = await edits(editor, 30, EDITS), []
        for number in range(EDITS):
            training.append(await published(editor, "np.zeros((600,)", f"np.zeros(({601 + number},)"))
            training.append(await published(editor, f"np.zeros(({601 + number},)", "np.zeros((600,)"))
        print(f"didChange to published layer verdicts: {milliseconds(layers)}")
        print(f"didChange to published training verdicts: {milliseconds(training)}")
        ratio = run_in_python() / statistics.median(layers)
        print(f"python file.py up to model.summary() takes {ratio:.0f} times as long as an edit")


async def edits(editor: Editor, first: int, count: int) -> list[float]:
    """Times from an edit that has Keras refuse the model, and back, to its publish; no model is met twice."""
    times = []
    for number in range(first, first + count):
        old = editor.texts[URI].partition("layers.Conv2D(")[2].partition(",")[0]
        await published(editor, "layers.GlobalAveragePooling2D()", "layers.LSTM(3)")
        editor.substitute(URI, f"layers.Conv2D({old},", f"layers.Conv2D({number},")
        await editor.settled(URI)
        times.append(await published(editor, "layers.LSTM(3)", "layers.GlobalAveragePooling2D()"))
    return times


async def published(editor: Editor, old: str, new: str) -> float:
    """Seconds from an edit to the next publish."""
    count = len(editor.published)
    begun = time.perf_counter()
    editor.substitute(URI, old, new)
    await editor.until(lambda: len(editor.published) > count)
    took = time.perf_counter() - begun
    await editor.settled(URI)
    return took


async def test_requests_during_a_flood_elsewhere():
    """Hover and hints of a known text, while another document is edited as fast as the pipe takes it."""
    other = "file:///bench/other.py"
    async with started(minimal(), settings={"delay": 0}) as editor:
        for uri in (URI, other):
            editor.open(uri, program())
            await editor.settled(uri)
        quiet = [await asked(editor) for _ in range(EDITS)]
        flood = asyncio.create_task(flooding(editor, other))
        busy = [await asked(editor) for _ in range(EDITS)]
        flood.cancel()
        print(f"\nhover and hints together, quiet: {milliseconds(quiet)}")
        print(f"hover and hints together, during a flood of edits elsewhere: {milliseconds(busy)}")


async def asked(editor: Editor) -> float:
    begun = time.perf_counter()
    assert await editor.hover(URI, "GlobalAveragePooling2D")
    assert await editor.hints_now(URI)
    return time.perf_counter() - begun


async def flooding(editor: Editor, uri: str) -> None:
    for number in range(10, 100_000):
        old = editor.texts[uri].partition("layers.Dense(")[2].partition(")")[0]
        editor.substitute(uri, f"layers.Dense({old})", f"layers.Dense({number})")
        await asyncio.sleep(0.005)


@pytest.mark.parametrize("layers", [10, 50, 100, 500])
async def test_growth_with_layers(layers):
    async with started(minimal(), settings={"delay": 0, "timeout": 60}) as editor:
        editor.open(URI, program(layers, 0))
        await editor.settled(URI)
        print(f"\n{layers} layers: edit {milliseconds(await edits(editor, 30, 10))}")


@pytest.mark.parametrize("models", [1, 10, 100])
async def test_growth_with_models(models):
    async with started(minimal(), settings={"delay": 0, "timeout": 60}) as editor:
        others = "".join(cnn(10, f"other_{number}").replace("(10)", f"({number + 11})") for number in range(models - 1))
        editor.open(URI, program(10, 0) + others)
        await editor.settled(URI)
        print(f"\n{models} models of 10 layers: edit {milliseconds(await edits(editor, 30, 10))}")


def imported() -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import keras"], check=True, capture_output=True)
    return time.perf_counter() - begun


def run_in_python() -> float:
    begun = time.perf_counter()
    text = f"{HEAD}{cnn(20)}\nmodel.summary()\n"
    subprocess.run([sys.executable, "-c", text], check=True, capture_output=True)
    return time.perf_counter() - begun


def memory(pid: int) -> float:
    """Resident memory of a process in MB."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmRSS:"))
