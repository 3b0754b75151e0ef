"""The user's own layers and functions: run where that is permitted, never where it is not."""

import sys

import pytest
from by_hand import call, function, model, user

from keras_shapes.environments import choose_interpreter
from keras_shapes.keras_process import start_keras
from keras_shapes.keras_process import worker_keras as module
from keras_shapes.model import Unknown
from keras_shapes.verdict import Built, Multiple, Refused, Unavailable, UnknownRank

DOUBLE = """
import keras
class Double(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units
    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], 2 * self.units), name="kernel")
    def call(self, x):
        return x @ self.kernel
"""

BRANCHES = """
import keras, tensorflow as tf
class Branches(keras.layers.Layer):
    @tf.function
    def call(self, x):
        if tf.reduce_sum(x) > 0:
            return tf.concat([x, x], -1)
        else:
            return tf.concat([-x, x], -1)
"""

WRONG = """
import keras
class Wrong(keras.layers.Layer):
    def call(self, x):
        return keras.ops.matmul(x, keras.ops.ones((3, 3)))
"""


@pytest.fixture(scope="module")
def keras(_own_cache):
    if sys.platform != "linux":
        pytest.skip("children are forked on Linux only")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("KERAS_SHAPES_NO_FORK", raising=False)
        started = start_keras(choose_interpreter(), run_code=True)
        started.wait()
    yield started
    started.close()


def judge(keras, *expressions, timeout=20):
    [verdict] = keras.evaluate([model(call("keras.Input", (8,)), *expressions)], timeout=timeout)
    return verdict


def test_a_layer_of_the_user_has_shapes_and_weights(keras):
    verdict = judge(keras, user("Double", DOUBLE, 5), call("keras.layers.Dense", 3))
    assert isinstance(verdict, Built)
    assert [layer.output_shape for layer in verdict.layers] == [(None, 8), (None, 10), (None, 3)]
    assert [layer.params for layer in verdict.layers] == [0, 80, 33]
    assert verdict.layers[1].class_name == "Double"
    assert keras.state().code_off is None


def test_a_function_of_the_user_is_called(keras):
    source = "import tensorflow as tf\ndef halves(x): return tf.reshape(x, (-1, 2, 4))\n"
    verdict = judge(keras, call("keras.layers.Lambda", function("halves", source)))
    assert verdict.output_shape == (None, 2, 4)


def test_autograph_finds_the_source(keras):
    """A condition on a tensor works only where AutoGraph can rewrite the function."""
    assert judge(keras, user("Branches", BRANCHES)).output_shape == (None, 16)


def test_keras_refuses_a_layer_of_the_user(keras):
    verdict = judge(keras, user("Wrong", WRONG))
    assert isinstance(verdict, Refused)
    assert (verdict.node, verdict.stage) == (1, "build")


def test_an_import_that_fails_matters_only_where_it_is_used(keras):
    source = "import no_such_module\nfrom keras.engine.topology import Nothing\n" + DOUBLE
    assert judge(keras, user("Double", source, 5)).output_shape == (None, 10)
    source += "class Uses(Double):\n    def __init__(self): super().__init__(no_such_module.units)\n"
    assert judge(keras, user("Uses", source)).output_shape is None


FAILS = """
import keras
class Own(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        LINE
"""


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("open('/etc/hostname')", "it raised PermissionError in the sandbox"),
        ("open('new', 'w')", "it raised PermissionError in the sandbox"),
        ("import socket; socket.create_connection(('127.0.0.1', 9))", "it raised PermissionError in the sandbox"),
        ("import subprocess; subprocess.run(['true'])", "it raised PermissionError in the sandbox"),
        ("import os; os.environ['SEED']", "it reads the environment variable SEED"),
        ("input()", "it calls input()"),
        ("keras.Sequential().fit([1], [1])", "it calls fit()"),
        ("keras.Sequential().save('model.keras')", "it calls save()"),
        ("undefined", "it raised NameError in the sandbox"),
        ("raise SystemExit", "the model could not be evaluated: SystemExit"),
    ],
)
def test_what_the_sandbox_forbids_is_no_refusal(keras, line, reason):
    verdict = judge(keras, user("Own", FAILS.replace("LINE", line)), call("keras.layers.Dense", 3))
    assert isinstance(verdict, Built)
    assert not verdict.complete
    assert verdict.layers[1].reason == f"Own was not run ({reason})"
    assert verdict.output_shape == UnknownRank(3)


def test_a_variable_with_a_default_is_no_hindrance(keras):
    source = (
        DOUBLE
        + "import os\nclass Own(Double):\n    def __init__(self): super().__init__(int(os.environ.get('N', 2)))\n"
    )
    assert judge(keras, user("Own", source)).output_shape == (None, 4)


def test_code_that_does_not_end_is_given_up(keras):
    source = "import keras\nclass Own(keras.layers.Layer):\n    def __init__(self):\n        while True: pass\n"
    verdict = judge(keras, user("Own", source), call("keras.layers.Dense", 3), timeout=1)
    assert verdict.layers[1].reason == "Own was not run (Keras did not answer within 1 s)"
    assert verdict.output_shape == UnknownRank(3)


def test_waiting_is_no_work(keras):
    """A busy machine lets a child wait too."""
    source = "import keras, time\ntime.sleep(1.3)\n" + DOUBLE
    assert judge(keras, user("Double", source, 3), timeout=1).output_shape == (None, 6)


def test_an_unknown_argument_keeps_its_name(keras):
    unknown = Unknown("it comes from a file", name="n", key="n")
    verdict = judge(keras, user("Double", DOUBLE, unknown))
    assert verdict.output_shape == (None, Multiple(2, unknown))


FORGES = """
import json, keras
class Own(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        json.JSONEncoder.encode = lambda *_: FORGED
"""


@pytest.mark.parametrize(
    "forged",
    ['{"reply": {"models": [{"layers": 7}]}}', '{"reply": {}}', "junk", "\x1b]0;title\x07", '{"error": "\\u202e"}'],
)
def test_a_forged_reply_harms_nobody(keras, forged):
    verdict = judge(keras, user("Own", FORGES.replace("FORGED", repr(forged))))
    assert isinstance(verdict, Unavailable) or (isinstance(verdict, Built) and not verdict.complete)
    assert not {"\x1b", "\x07", "\u202e"} & set(repr(verdict.reason))
    assert judge(keras, call("keras.layers.Dense", 3)).output_shape == (None, 3)


def test_modules_of_the_workspace_can_be_imported_and_hide_nothing(tmp_path, monkeypatch, fork):
    (tmp_path / "sizes.py").write_text("UNITS = 6\n")
    (tmp_path / "json.py").write_text("raise SystemExit('this is not json')\n")
    (tmp_path / "keras.py").write_text("raise SystemExit('this is not keras')\n")
    source = (
        DOUBLE
        + "import json\nfrom sizes import UNITS\nclass Own(Double):\n    def __init__(self): super().__init__(UNITS)\n"
    )
    keras = start_keras(choose_interpreter(), trusted=True, workspace=tmp_path)
    assert judge(keras, user("Own", source)).output_shape == (None, 12)
    keras.close()
    assert not list(tmp_path.rglob("*.pyc"))


def test_answers_of_code_are_remembered_but_not_on_disk(keras):
    asked = model(call("keras.Input", (8,)), user("Double", DOUBLE, 41))
    [verdict] = keras.evaluate([asked])
    assert keras.known([asked]) == [verdict]
    later = start_keras(choose_interpreter(), run_code=True)
    assert later.known([asked]) == [None]
    later.close()


def test_without_permission_nothing_runs(fork):
    keras = start_keras(choose_interpreter())
    verdict = judge(keras, user("Double", DOUBLE, 5), call("keras.layers.Dense", 3))
    assert verdict.layers[1].reason == f"Double was not run ({module.NOT_PERMITTED})"
    assert verdict.output_shape == UnknownRank(3)
    assert keras.state().code_off == module.NOT_PERMITTED
    keras.close()


def test_without_fork_nothing_runs(monkeypatch):
    monkeypatch.setenv("KERAS_SHAPES_NO_FORK", "1")
    keras = start_keras(choose_interpreter(), run_code=True)
    reason = "user code needs a process of its own, and there is no fork here"
    verdict = judge(keras, user("Double", DOUBLE, 5))
    assert verdict.layers[1].reason == f"Double was not run ({reason})"
    assert keras.state().code_off == reason
    keras.close()


def test_a_spec_child_does_not_run_code_that_is_sent_to_it(keras):
    from keras_shapes.keras_process.recipe import Encoder, encode_model, request

    recipe = encode_model(model(call("keras.Input", (8,)), user("Double", DOUBLE, 5)), Encoder(legacy=False, code=True))
    outcome = keras._usual._running_worker().ask(request([recipe]), "spec", 20)
    assert "it has no form that is understood here" in outcome.text
