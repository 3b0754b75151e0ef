"""The functions of each library, and which share of what they give is known at least."""

from __future__ import annotations

from collections.abc import Iterator

from scripts import library_signatures

from keras_shapes.reader.library.signatures import NONE, signature_of

ROOMS = {"numpy": 0.5, "random": 0.5, "tensorflow": 0.5, "keras": 0.5, "tf.data": 0.5, "pandas": 0.3, "sklearn": 0.5}
_PREFIXES = {
    "numpy": ("numpy.", "ndarray.", "scipy."),
    "random": ("numpy.random.",),
    "tensorflow": ("tensorflow.",),
    "keras": ("keras.",),
    "tf.data": ("tensorflow.data.", "Dataset."),
    "pandas": ("pandas.", "DataFrame.", "Series."),
    "sklearn": ("sklearn.", "PIL."),
}
_LEFT_OUT = (
    # A shape tensor is read as the tuple of its items, a specification as the array that it describes.
    *("tensorflow.TensorShape", "tensorflow.TensorSpec", "tensorflow.shape", "keras.ops.shape"),
    # Iterators and options, which have no shape; what comes from the network and from files.
    *("Dataset.as_numpy_iterator", "Dataset.options", "Dataset.save", "Dataset.snapshot"),
    *("keras.datasets.", "sklearn.datasets.fetch_", "pandas.read_", "numpy.save", "numpy.load", "tensorflow.io."),
    *(
        "DataFrame.to_csv",
        "DataFrame.to_pickle",
        "Series.to_csv",
        "Series.to_pickle",
        "PIL.Image.Image.s",
        "PIL.Image.Image.close",
    ),
    *("DataFrame.plot", "Series.plot", "DataFrame.hist", "Series.hist", "DataFrame.boxplot", "numpy.set_printoptions"),
)


def paths_of(room: str) -> Iterator[str]:
    """The functions and methods of a library, in order."""
    for path in sorted(set(library_signatures.paths())):
        if _room_of(path) == room and not path.startswith(_LEFT_OUT) and signature_of(path) is not NONE:
            yield path


def _room_of(path: str) -> str | None:
    """The library of a path: the one whose prefix is the longest."""
    fitting = [(len(one), name) for name, prefixes in _PREFIXES.items() for one in prefixes if path.startswith(one)]
    return max(fitting)[1] if fitting else None
