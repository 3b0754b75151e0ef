"""Write what the commands of README.md print below each `$ keras-shapes …`: `python scripts/readme.py`."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"

_SHOWN = re.compile(r"(?<=^```console\n\$ )(keras-shapes .*\n)(?:.*\n)*?(?=```$)", re.MULTILINE)


def main() -> None:
    """Bring the README up to date."""
    README.write_text(updated(README.read_text(encoding="utf-8")), encoding="utf-8")


def updated(text: str) -> str:
    """The text of the README with what its commands print today, in a pipe: no colours, no progress."""
    return _SHOWN.sub(lambda shown: shown[1] + _output(shown[1]), text)


def _output(command: str) -> str:
    environment = {**os.environ, "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"}
    result = subprocess.run(
        [sys.executable, "-m", "keras_shapes", *shlex.split(command)[1:]],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return (result.stderr + result.stdout).replace("\\", "/")  # the README has the paths of Linux and macOS


if __name__ == "__main__":
    main()
