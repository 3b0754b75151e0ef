"""`python -m keras_shapes` is `keras-shapes`."""

import os
import sys

# Python puts the current folder first here, and that may be anybody's: before anything else is imported, it goes.
if sys.path and os.path.isdir(sys.path[0]) and os.path.samefile(sys.path[0], os.curdir):  # noqa: PTH112, PTH121
    del sys.path[0]

from keras_shapes.cli import main

main(prog_name="keras-shapes")
