"""One call run by the library and read by the reader: true, untrue, or nothing said."""

from __future__ import annotations

import contextlib
import io
import warnings

import evaluation
import keras
import numpy as np
import pandas as pd
import PIL.Image
import scipy.stats
import sklearn.compose
import sklearn.datasets
import sklearn.decomposition
import sklearn.feature_selection
import sklearn.impute
import sklearn.model_selection
import sklearn.preprocessing
import sklearn.utils
import tensorflow as tf
from truth import known, lie

from oracle.calls import Try

NAMES = {
    "np": np,
    "tf": tf,
    "keras": keras,
    "ops": keras.ops,
    "pd": pd,
    "sklearn": sklearn,
    "scipy": scipy,
    "PIL": PIL,
}


def verdict(one: Try) -> str:
    """ "refused" by the library, "unknown" or "known" to the reader; or what is wrong."""
    real = dict(NAMES)
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            np.random.seed(0)  # noqa: NPY002 - what programs draw from
            exec(one.source, real)
    except Exception:  # noqa: BLE001 - whatever a library raises for arguments that do not fit
        return "refused"
    reader = evaluation.Evaluator()
    reader.run(one.source)
    for name in one.names:
        claim = reader.names[name]
        try:
            found = lie(claim, real[name])
        except tf.errors.OpError:  # a dataset that fails when it is read
            return "refused"
        if found is not None:
            return f"{name}: {found}"
    return "known" if known(reader.names["result"]) else "unknown"
