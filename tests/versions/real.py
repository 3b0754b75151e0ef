"""What a Keras really does with programs: run under its own interpreter, one line of JSON for each program.

Reads a JSON list of sources. A line says what was raised, or the class and the output shape of each layer of `model`.
"""

import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")


def outcome(source):
    names = {"__name__": "__main__"}
    try:
        exec(compile(source, "program", "exec"), names)
    except Exception as error:  # noqa: BLE001 - whatever is raised is the truth
        return {"raised": type(error).__name__, "message": str(error)[:300]}
    return {"layers": [[type(layer).__name__, shape(layer)] for layer in getattr(names.get("model"), "layers", ())]}


def shape(layer):
    try:
        return [size if size is None else int(size) for size in layer.output.shape]
    except AttributeError:
        return None


if __name__ == "__main__":
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for program in json.load(sys.stdin):
        answers.write(json.dumps(outcome(program)) + "\n")
        answers.flush()
