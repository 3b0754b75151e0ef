"""Every layer class on every input: the worker says what an eager build says, to the letter."""

import re
import subprocess
import sys

from layer_table import CALLS, NOT_PLAIN
from making import model

from keras_shapes.verdict import Built, Refused

ALIASES = re.compile(r"(Avg|Max)Pool\dD|Global(Avg|Max)Pool\dD|(Depthwise|Separable)?Convolution\dD(Transpose)?|Input")


def test_every_layer_class_has_a_call():
    listed = subprocess.check_output([sys.executable, "-c", "import keras; print(dir(keras.layers))"], text=True)
    names = {name for name in re.findall(r"\w+", listed) if name[0].isupper() and not ALIASES.fullmatch(name)}
    assert names - {call.partition("(")[0] for call in CALLS} <= set(NOT_PLAIN)


def test_worker_agrees_with_eager_keras(worker, eager):
    different = {
        pair: (_normal(said), told)
        for pair, said in eager.items()
        if not _is_absent(said) and (told := _told(worker.verdict(model("[{}, {}]".format(*pair))))) != _normal(said)
    }
    assert different == {}


def _is_absent(said):
    """Whether it is a layer that the Keras of this Python does not have yet."""
    return said.get("error") == "AttributeError" and "has no attribute" in said["message"]


def _told(verdict):
    match verdict:
        case Refused():
            return {"error": verdict.exception, "message": verdict.message}
        case Built(complete=True):
            last = verdict.layers[-1]
            shapes = last.output_shapes or (last.output_shape,)
            return {"shapes": [list(shape) for shape in shapes], "params": verdict.params}
        case Built():
            return {"unbuilt": True}
    return {"unavailable": verdict.reason}


def _normal(said):
    """Colours belong to the terminal."""
    if "message" not in said:
        return said
    return {**said, "message": re.sub(r"\x1b\[\d*m", "", said["message"])}
