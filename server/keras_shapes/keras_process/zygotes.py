"""How many processes with an imported Keras there may be: two, half a gigabyte each."""

from __future__ import annotations

import threading
from typing import Protocol

AT_MOST = 2


class Retirable(Protocol):
    """Something that holds a process and can do without it for a while."""

    def retire(self) -> None:
        """End the process until it is needed again."""


_lock = threading.Lock()
_recent: list[Retirable] = []
"""Who holds a process, most recently used last."""


def make_room(user: Retirable) -> None:
    """`user` is about to use its process: the least recently used of the others go, if there are too many."""
    with _lock:
        if user in _recent:
            _recent.remove(user)
        _recent.append(user)
        leaving, _recent[:] = _recent[:-AT_MOST], _recent[-AT_MOST:]
    for other in leaving:
        other.retire()
