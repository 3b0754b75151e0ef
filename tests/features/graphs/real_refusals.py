"""The oracle of refusals: programs run by Keras itself, line by line, and some of their tensors with a batch of zeros.

Reads lines of JSON, `[statements, names]`, and writes for each the names whose statement raises itself, those of the
given tensors that a batch of zeros cannot make, and those that are never made because a name before them is missing.
"""

import json
import os
import re
import sys
import warnings

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import keras
import numpy as np


def outcome(statements, wanted):
    keras.utils.clear_session(free_memory=False)
    names, refused, unreached = {}, [], []
    for statement in statements:
        bound = re.match(r"([a-z]\w*) = ", statement)
        try:
            exec(statement, names)
        except NameError:
            names.pop(bound[1], None)
            unreached.append(bound[1])
        except Exception:  # noqa: BLE001 - the program fails here
            names.pop(bound[1], None)
            refused.append(bound[1])
    inputs = [value for name, value in names.items() if re.fullmatch(r"[ij]\d+", name)]
    return refused, [name for name in wanted if name in names and fails(inputs, names[name])], unreached


def fails(inputs, made):
    try:
        keras.Model(inputs, made)([np.zeros([size or 7 for size in tensor.shape]) for tensor in inputs])
    except Exception:  # noqa: BLE001 - the first batch fails
        return True
    return False


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        answers.write(json.dumps(outcome(*json.loads(line))) + "\n")
        answers.flush()
