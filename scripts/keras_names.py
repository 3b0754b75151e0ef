import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import inspect
import textwrap

import keras
import tensorflow as tf


def pub(m):
    return sorted(n for n in dir(m) if not n.startswith("_") and callable(getattr(m, n)))


out = [
    '"""Public names of Keras 3.15 and `tf.keras`, by module: what star imports bind and old module paths are mapped to.\n\nWritten by `scripts/keras_names.py`; only names are kept here, never what they do: that is Keras\' to say.\n"""\n',
    "from __future__ import annotations\n",
    "KERAS_NAMES: dict[str, frozenset[str]] = {",
]
mods = {"keras": keras}
for n in [
    "activations",
    "applications",
    "backend",
    "callbacks",
    "constraints",
    "datasets",
    "dtype_policies",
    "initializers",
    "layers",
    "losses",
    "metrics",
    "models",
    "ops",
    "optimizers",
    "random",
    "regularizers",
    "utils",
]:
    mods["keras." + n] = getattr(keras, n, None) or getattr(tf.keras, n)
for a in dir(keras.applications):
    x = getattr(keras.applications, a)
    if inspect.ismodule(x):
        mods["keras.applications." + a] = x
for k, m in mods.items():
    names = set(pub(m))
    if k in ("keras.layers",):
        names |= {n for n in dir(tf.keras.layers) if not n.startswith("_")}
    out.append(
        f'    "{k}": frozenset(\n        """\n'
        + textwrap.fill(
            " ".join(sorted(names)),
            width=108,
            initial_indent="        ",
            subsequent_indent="        ",
            break_long_words=False,
        )
        + '\n        """.split()\n    ),'
    )
out.append("}")
open("server/keras_shapes/keras_names.py", "w").write("\n".join(out) + "\n")
