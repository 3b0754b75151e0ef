"""Diagrams as Mermaid flowcharts, which GitHub, GitLab and notebooks draw; https://mermaid.js.org/syntax/flowchart.html."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from keras_shapes.features.layer_kinds import KINDS
from keras_shapes.features.pictures.colours import COLOURS, REFUSED, shade
from keras_shapes.features.pictures.diagram import Block, Diagram

_SPECIAL = re.compile(r'[&<>"#`\\;\[\]{}|]')


def mermaid(diagrams: Sequence[Diagram]) -> str:
    """One flowchart; several models are subgraphs of it."""
    lines = ["flowchart TD"]
    for number, diagram in enumerate(diagrams):
        prefix = f"m{number}_"
        inside = list(_diagram(diagram, prefix))
        if len(diagrams) > 1:
            lines += [f'    subgraph {prefix}model["{_text(diagram.title)}"]', *inside, "    end"]
        else:
            lines += inside
    kinds = frozenset().union(*(diagram.kinds for diagram in diagrams))
    lines += [
        f"    classDef {kind} fill:{COLOURS[kind]},stroke:{shade(COLOURS[kind], 0.55)},color:#222222"
        for kind in KINDS
        if kind in {*kinds, "input"}
    ]
    red = [number for number, link in enumerate(link for each in diagrams for link in each.links) if link.clash]
    lines += [f"    linkStyle {','.join(map(str, red))} stroke:{REFUSED},color:{REFUSED}"] if red else []
    return "\n".join([*lines, ""])


def _diagram(diagram: Diagram, prefix: str) -> Iterator[str]:
    for number, block in enumerate(diagram.blocks):
        opening, closing = ("[", "]") if block.role == "layer" else ("([", "])")
        style = "" if block.role == "end" else f":::{block.kind}"
        yield f'    {prefix}{number}{opening}"{_words(block)}"{closing}{style}'
    for link in diagram.links:
        yield f'    {prefix}{link.source} -->|"{_text(link.text)}"| {prefix}{link.target}'


def _words(block: Block) -> str:
    title = f"<b>{_text(block.title)}</b>"
    refused = ["error"] if block.status == "refused" else []
    return "<br/>".join([title, *map(_text, [*block.lines, *refused])])


def _text(text: str) -> str:
    """The text with what means something to Mermaid as its code: `#34;` is a quotation mark."""
    plain = "".join(char if char.isprintable() else " " for char in text)
    return _SPECIAL.sub(lambda found: f"#{ord(found[0])};", plain)
