"""JSON lists that are written while their items come."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TextIO


def write_list(items: Iterable[Any], file: TextIO) -> None:
    """The items as a JSON list, each as soon as it is there."""
    file.write("[")
    file.writelines((",\n" if number else "") + json.dumps(item) for number, item in enumerate(items))
    file.write("]")
