"""CPU time of reading alone, over a folder of Python files and notebooks: `python tests/bench/reader.py FOLDER`."""

from __future__ import annotations

import gc
import statistics
import sys
import time
from pathlib import Path

from keras_shapes.files import read_document
from keras_shapes.notebook import UnreadableFile
from keras_shapes.reader import read


def main(folder: Path) -> None:
    """Read every file twice, and print how long the second time took."""
    gc.freeze()  # as the server does
    times: list[float] = []
    for path in sorted([*folder.rglob("*.py"), *folder.rglob("*.ipynb")]):
        try:
            document = read_document(path)
        except UnreadableFile:
            continue
        read(document)
        start = time.process_time()
        read(document)
        times.append((time.process_time() - start) * 1e3)
    times.sort()
    ninety_fifth = times[int(len(times) * 0.95)]
    middle = statistics.median(times)
    print(f"{len(times)} files: median {middle:.1f} ms, p95 {ninety_fifth:.1f} ms, max {times[-1]:.1f} ms")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
