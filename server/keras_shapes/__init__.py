"""Shapes of Keras models while they are being written."""

# Nothing is imported here: with `python -m`, the current folder comes first, which may be anybody's.
__version__ = "0.1.0"


def load_ipython_extension(shell: object) -> None:
    """`%load_ext keras_shapes`."""
    from keras_shapes.jupyter import load

    load(shell)


def unload_ipython_extension(shell: object) -> None:
    """`%unload_ext keras_shapes`."""
    from keras_shapes.jupyter import unload

    unload(shell)
