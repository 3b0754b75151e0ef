"""Our side of the worker: models go in, verdicts of the user's own Keras come out."""

from keras_shapes.keras_process.client import Keras, no_keras, start_keras
from keras_shapes.keras_process.state import Sandbox, State, Versions

__all__ = ["Keras", "Sandbox", "State", "Versions", "no_keras", "start_keras"]
