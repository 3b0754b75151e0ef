"""Put keras-shapes and what it needs into bundled/libs, in pure Python: it runs with any Python from 3.10 on."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

CLIENT = Path(__file__).resolve().parents[1]
LIBS = CLIENT / "bundled" / "libs"

PURE = ("--platform", "any", "--implementation", "py", "--abi", "none", "--python-version", "3.10")
# What only Python 3.10 needs; pip decides by the Python that it runs on.
FOR_OLDER = ("exceptiongroup", "tomli", "typing-extensions")
NEEDLESS = (
    "bin",
    "*.dist-info/RECORD",
    "*.dist-info/INSTALLER",
    "*.dist-info/REQUESTED",
    # Types of other people's packages: nothing is looked up there.
    "jedi/third_party/django-stubs",
    "jedi/third_party/typeshed/stubs",
    # Only the commands that print to a terminal need these.
    *("markdown_it*", "mdurl*", "pygments*", "rich*"),
)


def main() -> None:
    """Make the folder anew."""
    shutil.rmtree(LIBS, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        _pip("wheel", "--no-deps", "--wheel-dir", folder, str(CLIENT.parent))
        wheels = [str(wheel) for wheel in Path(folder).glob("*.whl")]
        _pip("install", "--target", str(LIBS), "--only-binary=:all:", "--no-compile", *PURE, *wheels, *FOR_OLDER)
    for pattern in NEEDLESS:
        for path in list(LIBS.glob(pattern)):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _pip(*arguments: str) -> None:
    options = ("--quiet", "--disable-pip-version-check")
    subprocess.run([sys.executable, "-m", "pip", arguments[0], *options, *arguments[1:]], check=True)


if __name__ == "__main__":
    main()
