"""Python's own parser, which may refuse: what it raises is an answer."""

from __future__ import annotations

import ast
import re
import warnings

_PARSE_ERRORS = (SyntaxError, ValueError, MemoryError, RecursionError, SystemError)
"""What `ast.parse` raises: wrong syntax, null characters and lone surrogates, and text that is nested too deeply."""
_FILENAME = "<keras-shapes>"
warnings.filterwarnings("ignore", module=re.escape(_FILENAME))  # `"\d"` in the user's text is not our concern


def try_parse(text: str) -> ast.Module | None:
    """The tree of a text; None where it does not parse."""
    try:
        return ast.parse(text, _FILENAME)
    except _PARSE_ERRORS:
        return None


def parses(text: str) -> bool:
    """Whether Python text has no syntax error."""
    return try_parse(text) is not None
