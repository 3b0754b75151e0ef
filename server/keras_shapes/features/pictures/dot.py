"""Diagrams in the language of Graphviz; https://graphviz.org/doc/info/lang.html."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from keras_shapes.features.pictures.colours import COLOURS, REFUSED, shade
from keras_shapes.features.pictures.diagram import Block, Diagram


def dot(diagrams: Sequence[Diagram]) -> str:
    """One directed graph; several models are clusters of it."""
    lines = [
        "digraph models {",
        '    node [shape=box, style="filled,rounded", fontname="Helvetica", fontsize=11];',
        '    edge [fontname="Helvetica", fontsize=9, color="#555555"];',
    ]
    for number, diagram in enumerate(diagrams):
        lines += [
            f"    subgraph cluster_{number} {{",
            f"        label={_quoted(' · '.join(filter(None, (diagram.title, diagram.facts))))};",
            '        color="#bbbbbb"; fontname="Helvetica";',
            *_diagram(diagram, f"m{number}_"),
            "    }",
        ]
    return "\n".join([*lines, "}", ""])


def _diagram(diagram: Diagram, prefix: str) -> Iterator[str]:
    for number, block in enumerate(diagram.blocks):
        yield f"        {prefix}{number} [{_attributes(block)}];"
    for link in diagram.links:
        red = f', color="{REFUSED}", fontcolor="{REFUSED}"' if link.clash else ""
        yield f"        {prefix}{link.source} -> {prefix}{link.target} [label={_quoted(link.text)}{red}];"


def _attributes(block: Block) -> str:
    fill = "#ffffff" if block.role == "end" else COLOURS[block.kind]
    edge = REFUSED if block.status == "refused" else shade(fill, 0.55)
    label = _quoted("\n".join([block.title, *block.lines]))
    return f"label={label}, fillcolor={_quoted(fill)}, color={_quoted(edge)}"


def _quoted(text: str) -> str:
    r"""A string of DOT: `\n` begins a line; a backslash of the text stands for itself."""
    lines = ("".join(char if char.isprintable() else " " for char in line) for line in text.split("\n"))
    return '"' + "\\n".join(line.replace("\\", "\\\\").replace('"', '\\"') for line in lines) + '"'
