"""Blocks in order: headers with bodies, bodies with headers, `else` behind its `if`, `case` in its `match`."""

from __future__ import annotations

from collections.abc import Sequence

from keras_shapes.repair.breaking import BROKEN_NAME
from keras_shapes.repair.nodes import CONTINUES, Node, leave_out_all


def put_in_order(siblings: Sequence[Node], parent: str | None = None) -> None:
    """Give every header a body, every body a header, every `else` its `if` and every `case` its `match`."""
    if parent == "match":
        leave_out_all(node for node in siblings if node.keyword != "case")
        siblings = [node for node in siblings if node.keyword == "case"]
    if not siblings:
        return
    for before, node, after in zip([None, *siblings[:-1]], siblings, [*siblings[1:], None], strict=True):
        if node.body and not node.keyword:
            _lend_header(node)
        orphan = node.keyword in CONTINUES and not (before and before.keyword in CONTINUES[node.keyword])
        if orphan or (node.keyword == "case" and parent != "match"):
            node.text, node.broken = f"if {BROKEN_NAME}:", True
        if node.keyword == "try" and not (after and after.keyword in {"except", "finally"}):
            node.text = "if 1:" + node.source.partition(":")[2]
        if node.keyword == "match" and not any(child.keyword == "case" for child in node.body):
            node.text, node.keyword, node.broken = f"if {BROKEN_NAME}:", "if", True
        if node.keyword and not node.body and (node.text or node.source).rstrip().endswith(":"):
            node.text = (node.text or node.source) + " pass"
        put_in_order(node.body, node.keyword)


def _lend_header(node: Node) -> None:
    """An indented block needs a header: the line above, where it looks like one being typed, else it is left out."""
    if node.broken or node.source.endswith(":") or node.source.isidentifier():
        node.text, node.broken = f"if {BROKEN_NAME}:", True
    else:
        leave_out_all(node.body)
        node.body = []
