"""A progress bar on stderr, when somebody looks and the work takes longer than a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

PATIENCE_SECONDS = 1.0


class Bar:
    """Without a `progress` there is nothing to see."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._task = progress.add_task("", total=total) if progress is not None else None
        self._begin = time.monotonic()

    def tick(self, done: int, doing: str) -> None:
        """To be called often, with what is done and what is being done."""
        if self._progress is None or self._task is None or time.monotonic() - self._begin < PATIENCE_SECONDS:
            return
        if not self._progress.live.is_started:
            sys.stdout.flush()
            self._progress.start()
        self._progress.update(self._task, completed=done, description=doing)

    def pause(self) -> None:
        """Make room for other output; the next tick shows it again."""
        if self._progress is not None:
            self._progress.stop()


@contextmanager
def progress_bar(total: int) -> Iterator[Bar]:
    """A bar over so many files."""
    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    bar = Bar(Progress(*columns, console=console, transient=True) if console.is_terminal else None, total)
    try:
        yield bar
    finally:
        bar.pause()
