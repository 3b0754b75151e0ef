"""A progress bar on stderr, when somebody looks and the work takes longer than a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

PATIENCE_SECONDS = 1.0


@contextmanager
def progress_bar(total: int, describe: Callable[[], str]) -> Iterator[Callable[[int], None]]:
    """A function to be called often with the number of files that are done; `describe` says what is going on."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _done: None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    bar = Progress(*columns, console=console, transient=True)
    task = bar.add_task(describe(), total=total)
    begin = time.monotonic()

    def tick(done: int) -> None:
        if time.monotonic() - begin > PATIENCE_SECONDS and not bar.live.is_started:
            sys.stdout.flush()
            bar.start()
        bar.update(task, completed=done, description=describe())

    try:
        yield tick
    finally:
        bar.stop()
