"""What a verdict costs: warm and cold, killed and restarted, with user code; and that memory stays flat.

Times are ratios of one run, so that a slow machine says the same; the absolute ones are printed beside them.
"""

import gc
import os
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

from keras_shapes.environments import choose_interpreter
from keras_shapes.keras_process import start_keras
from keras_shapes.model import Argument, Call, Model, Node, PublicName, UserCode
from keras_shapes.source import Span
from keras_shapes.verdict import Built

pytestmark = pytest.mark.bench

HERE = Span(0, 0)
EVALUATIONS = 5_000

EAGER = """
import os, sys, time
os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1")
import keras
from keras import layers as L
def build(widths):
    model = keras.Sequential([keras.Input((64, 64, 3))])
    for width in widths[:-2]:
        model.add(L.Conv2D(width, 3, padding="same"))
        model.add(L.MaxPooling2D(1))
    model.add(L.Flatten())
    for width in widths[-2:]:
        model.add(L.Dense(width))
    return model.count_params()
build([4] * 10)
times = []
for number in range(7):
    keras.utils.clear_session(free_memory=False)
    start = time.perf_counter()
    build([8 + number] * 10)
    times.append(time.perf_counter() - start)
print(sorted(times)[3])
"""

OWN = """
import keras
class Own(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.inner = keras.layers.Dense(units)
    def call(self, x):
        return self.inner(x)
"""


def call(path, *args, **kwargs):
    return Call(PublicName(path), arguments(args, kwargs), HERE, HERE)


def arguments(args, kwargs):
    positional = tuple(Argument(None, value, HERE, HERE) for value in args)
    return positional + tuple(Argument(name, value, HERE, HERE) for name, value in kwargs.items())


def model(*expressions):
    return Model("model", HERE, HERE, tuple(Node(expression, HERE) for expression in expressions))


def cnn(widths):
    """A model of 20 layers besides its input."""
    layers = [call("keras.Input", (64, 64, 3))]
    for width in widths[:-2]:
        layers += [call("keras.layers.Conv2D", width, 3, padding="same"), call("keras.layers.MaxPooling2D", 1)]
    layers += [call("keras.layers.Flatten"), *(call("keras.layers.Dense", width) for width in widths[-2:])]
    return model(*layers)


@pytest.fixture
def keras(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    started = start_keras(choose_interpreter(), run_code=True)
    gc.freeze()  # as the server does
    yield started
    started.close()


def timed(keras, asked):
    start = time.perf_counter()
    [verdict] = keras.evaluate([asked], timeout=60)
    seconds = time.perf_counter() - start
    assert isinstance(verdict, Built), verdict
    assert verdict.complete
    return seconds


def report(text):
    print(f"\n  {text}")


def milliseconds(seconds):
    return f"{seconds * 1000:.1f} ms"


def cold_start(keras):
    start = time.perf_counter()
    assert keras.wait().phase == "ready"
    return time.perf_counter() - start


def test_warm_verdicts_against_an_eager_build(keras):
    eager = float(subprocess.run([sys.executable, "-c", EAGER], capture_output=True, text=True, check=True).stdout)
    keras.wait()
    widths = [8] * 10
    timed(keras, cnn(widths))
    one = statistics.median(timed(keras, cnn([*widths[:-1], 100 + number])) for number in range(15))
    everything = statistics.median(timed(keras, cnn([20 + number] * 10)) for number in range(15))
    report(f"eager build of 20 layers {milliseconds(eager)}")
    report(f"one argument edited {milliseconds(one)}: {eager / one:.0f} times faster")
    report(f"all layers changed {milliseconds(everything)}: {eager / everything:.1f} times faster")


def test_restart_of_a_killed_child_against_a_cold_start(keras):
    cold = cold_start(keras)
    warm = statistics.median(timed(keras, cnn([8] * 9 + [number + 1])) for number in range(9))
    zygote = keras._usual._worker._process.pid
    restarts = []
    for number in range(9):
        for child in Path(f"/proc/{zygote}/task/{zygote}/children").read_text().split():
            os.kill(int(child), signal.SIGKILL)
        restarts.append(timed(keras, cnn([8] * 9 + [number + 100])) - warm)
    restart = statistics.median(restarts)
    report(f"cold start {cold:.1f} s, restart by fork {milliseconds(restart)}: {cold / restart:.0f} times faster")


def test_user_code(keras):
    keras.wait()
    times = []
    for number in range(15):
        own = UserCode("Own", arguments((number + 1,), {}), HERE, HERE, "", OWN)
        times.append(timed(keras, model(call("keras.Input", (8,)), own, call("keras.layers.Dense", 3))))
    later = milliseconds(statistics.median(times[2:]))
    report(f"a model with a custom layer {later}, the first {milliseconds(times[0])}")


def test_a_known_model_with_a_cold_worker(keras):
    asked = [cnn([8] * 9 + [number + 1]) for number in range(10)]
    for each in asked:
        timed(keras, each)
    later = start_keras(choose_interpreter(), run_code=True)
    start = time.perf_counter()
    assert all(isinstance(verdict, Built) for verdict in later.known(asked))
    seconds = time.perf_counter() - start
    assert later.state().phase == "cold"
    report(f"ten known models without Keras {milliseconds(seconds)}")
    later.close()


def test_memory_stays_flat(keras):
    keras.wait()
    sizes = []
    for number in range(EVALUATIONS):
        widths = [4 + (number * step) % 61 for step in range(1, 11)]
        timed(keras, cnn([*widths[:-1], number + 1]))
        if number % 500 == 499:
            sizes.append(resident(keras._usual._worker._process.pid))
    report(f"zygote and children after each 500 evaluations: {sizes} MB; the server {own_size()} MB")
    assert max(sizes) - sizes[0] < 20


def resident(zygote):
    """Memory of the zygote and its children that no file holds, in MB."""
    pids = [zygote, *Path(f"/proc/{zygote}/task/{zygote}/children").read_text().split()]
    return sum(private(pid) for pid in pids)


def private(pid):
    fields = Path(f"/proc/{pid}/statm").read_text().split()
    return (int(fields[1]) - int(fields[2])) * os.sysconf("SC_PAGE_SIZE") >> 20


def own_size():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") >> 20
