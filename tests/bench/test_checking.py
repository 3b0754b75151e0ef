"""What a check of many files costs: `pytest -m bench -s tests/bench/test_checking.py`.

Cold and warm, with one process and with two.
KERAS_SHAPES_BENCH_FOLDER measures a folder of real files too.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import pytest

from keras_shapes.environments import choose_interpreter
from keras_shapes.keras_process import start_keras

pytestmark = pytest.mark.bench

COMMAND = Path(sysconfig.get_path("scripts")) / "keras-shapes"
FILES = 1_500
PROGRAMS = (
    """
from tensorflow import keras
from tensorflow.keras import layers
import numpy as np

x_train = np.random.rand(600, {0})
y_train = np.random.randint(0, 10, size=(600,))
model = keras.Sequential([
    keras.Input(shape=({0},)),
    layers.Dense({1}, activation="relu"),
    layers.Dropout(0.3),
    layers.Dense({2}, activation="relu"),
    layers.Dense(10, activation="softmax"),
])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, epochs=5, batch_size=32)
""",
    """
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Conv2D, MaxPooling2D, Flatten, Dense, Dropout

model = Sequential()
model.add(Conv2D({0}, (3, 3), activation="relu", input_shape=({1}, {1}, 3)))
model.add(MaxPooling2D(2))
model.add(Conv2D({2}, 3, activation="relu", padding="same"))
model.add(MaxPooling2D(2))
model.add(Flatten())
model.add(Dense({0}, activation="relu"))
model.add(Dropout(0.5))
model.add(Dense({2}, activation="softmax"))
model.compile(optimizer="adam", loss="categorical_crossentropy")
""",
    """
from tensorflow import keras
from tensorflow.keras import layers

inputs = keras.Input(shape=({0},))
x = layers.Embedding({1}, {2})(inputs)
x = layers.LSTM({0}, return_sequences=True)(x)
x = layers.LSTM({1})(x)
outputs = layers.Dense(1, activation="sigmoid")(x)
model = keras.Model(inputs, outputs)
model.compile(optimizer="rmsprop", loss="binary_crossentropy")
""",
)


@pytest.fixture(scope="module", params=["generated", "real"])
def folder(request, tmp_path_factory):
    if request.param == "real":
        if "KERAS_SHAPES_BENCH_FOLDER" not in os.environ:
            pytest.skip("no folder of real files is named")
        return Path(os.environ["KERAS_SHAPES_BENCH_FOLDER"])
    made, numbers = tmp_path_factory.mktemp("many"), random.Random(5)
    for number in range(FILES):
        sizes = [numbers.randrange(16, 200) for _ in range(3)]
        (made / f"m{number:04}.py").write_text(PROGRAMS[number % len(PROGRAMS)].format(*sizes), encoding="utf-8")
    return made


@pytest.mark.parametrize("workers", [1, 2])
def test_check(folder, workers, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    start = keras_start()
    for name in ("cold", "warm"):
        seconds, first, memory = measured(folder, workers)
        print(
            f"\n{folder.name}, {workers} workers, {name}: {seconds:.1f} s ({seconds / start:.1f} starts of Keras), "
            f"first output after {first:.1f} s, most memory of the processes that read {memory >> 20} MB"
        )


def keras_start() -> float:
    keras = start_keras(choose_interpreter(use_active=True))
    begin = time.monotonic()
    keras.wait()
    seconds = time.monotonic() - begin
    keras.close()
    return seconds


def measured(folder: Path, workers: int) -> tuple[float, float, int]:
    """Seconds until the end, and until the first file is written; bytes of memory."""
    begin = time.monotonic()
    command = [COMMAND, "check", "--workers", str(workers), "--output-format", "json", "--exit-zero", folder]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    process.stdout.readline()
    first, memory = time.monotonic() - begin, 0
    while process.stdout.readline():
        memory = max(memory, memory_of(process.pid))
    process.wait()
    return time.monotonic() - begin, first, memory


def memory_of(pid: int) -> int:
    """What a process and those that read for it take (Linux)."""
    if sys.platform != "linux":
        return 0
    kinds = {int(path.parent.name): path for path in Path("/proc").glob("[0-9]*/cmdline") if b"reading" in read(path)}
    own = [pid, *(other for other in kinds if f"PPid:\t{pid}\n".encode() in read(Path(f"/proc/{other}/status")))]
    return sum(4096 * int((read(Path(f"/proc/{each}/statm")) or b"0 0").split()[1]) for each in own)


def read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # it has ended
        return b""
