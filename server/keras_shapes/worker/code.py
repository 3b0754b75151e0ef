"""The user's own code: the only module that turns text into code, and only in a child made for it."""

from __future__ import annotations

from typing import Optional


def permit(workspace: Optional[str]) -> None:
    """From here on, the user's code runs in this process; it may import from the workspace."""
