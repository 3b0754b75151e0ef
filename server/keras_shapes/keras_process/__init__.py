"""Our side of the worker: models go in, verdicts of the user's own Keras come out."""

from keras_shapes.keras_process.client import Keras, State, Versions, no_keras, start_keras

__all__ = ["Keras", "State", "Versions", "no_keras", "start_keras"]
