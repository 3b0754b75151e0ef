"""The oracle: programs run by Keras itself, line by line, in a process of its own.

Reads programs as lines of JSON (lists of statements), and writes for each what became of the names that they bind:
for a tensor its shape, its dtype and the parameters of the layer that gave it, for a model its parameters, for a
statement that raised null.
"""

import json
import os
import re
import sys
import warnings

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import keras


def outcome(statements):
    keras.utils.clear_session(free_memory=False)
    names, told = {}, {}
    for statement in statements:
        bound = re.match(r"([a-z]\w*) = ", statement)
        try:
            exec(statement, names)
            value = describe(names[bound[1]]) if bound else None
        except Exception:  # noqa: BLE001 - the program fails here
            value = None
            if bound:
                names.pop(bound[1], None)
        if bound:
            told[bound[1]] = value
    return told


def describe(value):
    if isinstance(value, keras.Model):
        return {"params": value.count_params() if value.built else None}
    if isinstance(value, (list, tuple)):
        return {"shapes": [list(tensor.shape) for tensor in value], "dtype": str(value[0].dtype)}
    if not isinstance(value, keras.KerasTensor):
        return {}
    layer = value._keras_history[0]
    try:
        params = layer.count_params() if isinstance(layer, keras.Layer) else 0
    except ValueError:  # Keras counts only what was built with its own shape
        params = None
    return {"shapes": [list(value.shape)], "dtype": str(value.dtype), "params": params}


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        answers.write(json.dumps(outcome(json.loads(line))) + "\n")
        answers.flush()
