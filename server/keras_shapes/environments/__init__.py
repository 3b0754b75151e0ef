"""Which interpreter has the user's Keras, and what is installed there: found by reading files, running nothing."""

from keras_shapes.environments.choosing import all_interpreters, choose_interpreter, find_interpreter
from keras_shapes.environments.environment import (
    BACKENDS,
    LEGACY_VALUES,
    Environment,
    command_to_install,
    inspect,
    name_of,
)
from keras_shapes.environments.keras_json import keras_json

__all__ = [
    "BACKENDS",
    "LEGACY_VALUES",
    "Environment",
    "all_interpreters",
    "choose_interpreter",
    "command_to_install",
    "find_interpreter",
    "inspect",
    "keras_json",
    "name_of",
]
