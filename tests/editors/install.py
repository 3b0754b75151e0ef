"""Install Debian's editors and browser for the tests, where they are missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

PACKAGES = ("neovim", "emacs-nox", "elpa-eglot", "elpa-lsp-mode", "vim-nox", "vim-ale", "chromium", "fonts-dejavu-core")


def main() -> None:
    missing = [each for each in PACKAGES if not _installed(each)]
    if not missing:
        return
    if not shutil.which("apt-get"):
        sys.exit(f"These tests need Debian's packages, and there is no apt-get here: {' '.join(missing)}")
    if os.geteuid() != 0:
        sys.exit(f"Not root, so nothing is installed. Do it first: apt-get install {' '.join(missing)}")
    subprocess.run(["apt-get", "update", "-qq"], check=True)
    command = ["apt-get", "install", "-qq", "--yes", "--no-install-recommends", *missing]
    subprocess.run(command, check=True, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})


def _installed(package: str) -> bool:
    if not shutil.which("dpkg-query"):
        return False
    command = ["dpkg-query", "--show", "--showformat=${Status}", package]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout == "install ok installed"


if __name__ == "__main__":
    main()
