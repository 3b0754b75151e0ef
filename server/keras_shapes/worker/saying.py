"""What an exception says, as it says it in every process: a terminal's colours and addresses in memory are left out."""

import re

_FLEETING = re.compile(r"\x1b\[\d*m| at 0x[0-9A-Fa-f]+")


def said(error: object) -> str:
    """The message of an exception."""
    return _FLEETING.sub("", str(error))
