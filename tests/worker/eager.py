"""The oracle: models made and built by Keras itself, eagerly, in a process of its own.

Reads one source of a list of layers a line, writes what Keras said of it as one line of JSON.
"""

import json
import os
import sys
import warnings

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import keras

try:
    import tensorflow as tf
except ImportError:
    tf = None
LEGACY = os.environ.get("TF_USE_LEGACY_KERAS") == "1" or keras.__version__.startswith("2.")
if LEGACY:
    keras = tf.keras


def outcome(source):
    """`shapes` and `params` of the built model, or `error` and `message`."""
    if LEGACY:
        keras.backend.clear_session()
    else:
        keras.utils.clear_session(free_memory=False)
    try:
        layers = eval(source, {"keras": keras, "L": keras.layers, "tf": tf, "K": keras.backend})
        model = keras.Sequential(layers)
    except Exception as error:  # noqa: BLE001 - whatever Keras raises is the truth
        return {"error": type(error).__name__, "message": str(error)}
    try:
        outputs = model.outputs
    except (AttributeError, ValueError):
        return {"unbuilt": True}
    if outputs is None:
        return {"unbuilt": True}
    return {"shapes": [list(tensor.shape) for tensor in outputs], "params": model.count_params()}


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        answers.write(json.dumps(outcome(line.strip())) + "\n")
        answers.flush()
