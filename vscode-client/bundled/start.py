"""Start keras-shapes from the packages that came with the extension: `python start.py server`.

Only these packages come before the interpreter's own; the folder that it was started in is not looked at.
"""

import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parent / "libs")

from keras_shapes.cli import main  # noqa: E402 - found in the folder that was just named

main(prog_name="keras-shapes")
