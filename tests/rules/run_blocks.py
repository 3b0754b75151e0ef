"""Run programs in real Keras, one after the other: a JSON list of sources in, a list of exceptions (or null) out."""

import contextlib
import io
import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import keras
import tensorflow as tf

tf.config.optimizer.set_experimental_options({"disable_meta_optimizer": True})  # a fifth of the time, for no difference


def run(source: str) -> "str | None":
    keras.backend.clear_session()
    keras.backend.set_image_data_format("channels_last")
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(source, "page", "exec"), {"__name__": "__main__"})
    except Exception as error:  # noqa: BLE001 - whatever the program raises is the answer
        return f"{type(error).__name__}: {error}"
    return None


print(json.dumps([run(source) for source in json.load(sys.stdin)]))
