"""Take the input that the outputs come from: in the place of one that leads nowhere, or as one more."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.edits import insertion
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.fixes.tensor_names import target_of
from keras_shapes.rules.disconnected_graph import ends_of


def candidates(case: Case) -> Iterator[Candidate]:
    """Change the input that no output needs; else add those that are missing."""
    refusal = case.subject.refusal
    if refusal is None or refusal.stage != "model":
        return
    ends = ends_of(case.subject, refusal.layers)
    names = [target_of(case, case.subject.model.nodes[index].span) for index in ends.missing]
    if not names or None in names or ends.listed is None:
        return
    wanted = [name for name in names if name is not None]
    if len(ends.unused) == len(wanted) == 1:
        old = case.document.slice(ends.unused[0])
        yield Candidate(f"Change {old} to {wanted[0]}", (Edit(ends.unused[0], wanted[0]),))
        return
    title = f"Add {', '.join(wanted)} to the inputs"
    node = case.text.expression(ends.listed)
    if isinstance(node, ast.List | ast.Tuple) and node.elts:
        end = case.text.offsets.span(node.elts[-1]).end
        yield Candidate(title, (insertion(end, "".join(f", {name}" for name in wanted)),), 1)
    elif node is not None and not isinstance(node, ast.Dict):
        given = case.document.slice(ends.listed)
        yield Candidate(title, (Edit(ends.listed, f"[{', '.join([given, *wanted])}]"),), 1)
