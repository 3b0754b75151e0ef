"""The editors that are tested: how each is started, and which set-up of the documentation it gets."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from conftest import HERE, MODEL

ASCII = MODEL.replace("😀", ":)")
"""ALE 3.3 takes the protocol's columns for bytes, lsp-mode 8.0 for characters."""


@dataclass(frozen=True)
class Editor:
    """A program with its arguments, the heading of its set-up, and the file that it opens.

    `banner` is what its `--version` begins with, where there are several.
    """

    program: Path
    arguments: tuple[str | Path, ...]
    heading: str
    model: str = MODEL
    banner: str = ""

    def show(self, project, setup: str, **switches):
        """What the editor's driver saw."""
        assert self.program.exists(), f"{self.program} is not installed: run `nox -s editors`"
        version = subprocess.run([self.program, "--version"], capture_output=True, text=True, check=True).stdout
        assert version.startswith(self.banner)
        return project.show([self.program, *self.arguments], setup, model=self.model, **switches)


_NEOVIM = ("--headless", "--clean", "+luafile setup", f"+luafile {HERE / 'neovim.lua'}")
_NEOVIM_OF_PYPI = Path(sys.executable).with_name("nvim")
_BIN = Path("/usr/bin")

EDITORS = {
    "neovim-0.11": Editor(_NEOVIM_OF_PYPI, _NEOVIM, "Neovim 0.11", banner="NVIM v0.11."),
    "neovim-0.7": Editor(_BIN / "nvim", _NEOVIM, "Neovim before 0.11", banner="NVIM v0.7."),
    "eglot": Editor(_BIN / "emacs", ("--batch", "--load", HERE / "eglot.el"), "Emacs with eglot"),
    "lsp-mode": Editor(_BIN / "emacs", ("--batch", "--load", HERE / "lsp-mode.el"), "Emacs with lsp-mode", ASCII),
    "vim": Editor(_BIN / "vim", ("--clean", "--not-a-term", "-S", HERE / "ale.vim"), "Vim with ALE", ASCII),
}
