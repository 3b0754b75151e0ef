"""`preprocess_input` of the pretrained models: other values in the same shape."""

from __future__ import annotations

from keras_shapes.data import Array
from keras_shapes.keras_names import KERAS_NAMES
from keras_shapes.model import Unknown
from keras_shapes.reader.library import dtypes
from keras_shapes.reader.library.arrays import changed
from keras_shapes.reader.library.giving_up import GiveUp
from keras_shapes.reader.library.registry import LibraryCall, function
from keras_shapes.reader.values import Value


@function(
    *(f"{module}.preprocess_input" for module, names in KERAS_NAMES.items() if "preprocess_input" in names),
)
def _preprocess_input(call: LibraryCall) -> Value:
    given = call.value("x")
    if not isinstance(given, Array):
        raise GiveUp(given if isinstance(given, Unknown) else "images that are no array")
    array = call.own(given)
    if given.library == "numpy":
        call.write(given)  # arrays of fractions are changed in place
    for name in ("data_format", "mode"):
        call.value(name, default=None)
    # Whole numbers become fractions in most of these functions and stay in a few.
    dtype = array.dtype if dtypes.is_floating(array.dtype) else None
    return changed(array, array.shape, dtype, library=array.library)
