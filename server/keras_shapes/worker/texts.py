"""Texts that a step makes numbers of. Tracing lets that pass: TensorFlow refuses it when the step runs."""

from __future__ import annotations

from typing import Any

from .keras_api import keras, tf


def has_texts(structure: Any) -> bool:
    """Whether a structure of specs has one of texts."""
    return tf is not None and any(
        isinstance(spec, tf.TensorSpec) and spec.dtype == tf.string for spec in keras.tree.flatten(structure)
    )


def refuse_casts() -> None:
    """Run, outside of the graph that is being traced, what it does to texts.

    Raises:
        tf.errors.OpError: TensorFlow does not make numbers of them.
    """
    for operation in tf.compat.v1.get_default_graph().get_operations():
        if operation.type == "Cast" and operation.inputs[0].dtype == tf.string:
            with tf.init_scope():
                tf.raw_ops.Cast(x=tf.constant([""]), DstT=operation.get_attr("DstT"))
