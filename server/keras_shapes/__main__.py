"""`python -m keras_shapes` is `keras-shapes`."""

from keras_shapes.cli import main

main(prog_name="keras-shapes")
