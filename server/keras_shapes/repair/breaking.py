"""What stands in the place of a statement that does not parse."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from keyword import iskeyword

from keras_shapes.repair.nodes import Node
from keras_shapes.repair.parsing import try_parse

BROKEN_NAME = "__broken__"
"""Stands in the header of a block for what does not parse: `if __broken__:`."""
STRING_OR_COMMENT = re.compile(r"#[^\r\n]*|\"(?:[^\"\\\r\n]|\\.)*\"?|'(?:[^'\\\r\n]|\\.)*'?")
_NAME = re.compile(r"[^\W\d]\w*")
_FOR_TARGET = re.compile(r"(?:async[ \t]+)?for\b.*?\bin\b")
MOST_FIELDS = 2_000
MOST_BROKEN = 6_000
_LONGEST_STATEMENT = 400_000
_FORMATTED = re.compile(r"(?i)f[\"']|fr[\"']")


def parses_alone(node: Node) -> bool:
    """Whether a statement parses on its own, or as the header of a block."""
    match node.keyword:
        case "else" | "finally" | "except":
            source = "try: pass\n" + node.source.replace("else", "finally", 1)
        case "elif":
            source = node.source[2:]
        case "case":
            source = "match 0:\n " + node.source
        case "match":
            source = node.source + "\n case _:"
        case _:
            source = node.source + "\ndef f():" if node.source.startswith("@") else node.source
    bodies = ("", "\n  pass") if ":" in source else ("",)
    return any(try_parse(source + body) is not None for body in bodies)


def takes_long(source: str) -> bool:
    """Whether Python's parser would take long for a statement; up to 3.11, the square of its number of fields."""
    return len(source) > _LONGEST_STATEMENT or (
        source.count("{") > MOST_FIELDS and _FORMATTED.search(source) is not None
    )


def break_node(node: Node) -> None:
    """Put what parses in the place of a node that does not."""
    node.broken = True
    node.text = _broken_header(node) if node.keyword else "0"


def break_where(nodes: Sequence[Node], is_wrong: Callable[[Node], bool], look: Callable[[], None]) -> bool:
    """Break the nodes that are wrong; False where there are so many broken ones that nobody is typing this text."""
    broken = 0
    for node in nodes:
        look()
        if not node.broken and is_wrong(node):
            break_node(node)
        broken += node.broken
        if broken > MOST_BROKEN:
            return False
    return True


def _broken_header(node: Node) -> str:
    """A header that parses, in the place of one that does not."""
    names = [name for name in _NAME.findall(STRING_OR_COMMENT.sub("", node.source)) if not iskeyword(name)]
    match node.keyword:
        case "def" if names:
            return f"def {names[0]}({', '.join(dict.fromkeys(names[1:]))}):"
        case "class" if names:
            return f"class {names[0]}({BROKEN_NAME}):"
        case "else" | "try" | "finally" | "except":
            return f"{node.keyword}:"
        case "case":
            return "case _:"
        case "if" | "elif" | "while" | "with":
            return f"{node.keyword} {BROKEN_NAME}:"
        case "for" if (target := _FOR_TARGET.match(node.source)) and try_parse(f"{target[0]} 0: pass"):
            return f"{target[0]} {BROKEN_NAME}:"
        case _:
            return f"if {BROKEN_NAME}:"
