"""Entry of the process that holds Keras: `python -I -B main.py`, started by path with the user's interpreter.

Nothing but the pipes is touched before they are safe from whatever libraries print.
"""

import os
import sys


def main() -> int:
    """Take the pipes away from stdin and stdout, then serve until the server closes its end."""
    requests, replies = take_pipes()
    package = load_package()

    from importlib import import_module

    return int(import_module(package + ".serve").serve(requests, replies))


def take_pipes() -> "tuple[int, int]":
    """Move the two pipes to other descriptors, so that no `print`, C++ log or `input()` can reach them."""
    requests, replies = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.close(null)
    return requests, replies


def load_package() -> str:
    """Make this folder a package, without a trace of it on `sys.path`, and return the package's name."""
    from importlib.util import module_from_spec, spec_from_file_location
    from pathlib import Path

    name = "keras_shapes_worker"
    folder = Path(__file__).resolve().parent
    spec = spec_from_file_location(name, folder / "__init__.py", submodule_search_locations=[str(folder)])
    if spec is None or spec.loader is None:
        raise ImportError(f"{folder} cannot be read")
    package = module_from_spec(spec)
    sys.modules[name] = package
    spec.loader.exec_module(package)
    return name


if __name__ == "__main__":
    sys.exit(main())
