"""The formats of a picture that are text; a PNG is made of the SVG by who wants one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias, get_args

from keras_shapes.analysis import Analysis, ModelAnalysis
from keras_shapes.features.pictures.diagram import diagram_of
from keras_shapes.features.pictures.dot import dot
from keras_shapes.features.pictures.markdown import markdown
from keras_shapes.features.pictures.mermaid import mermaid
from keras_shapes.features.pictures.svg import svg
from keras_shapes.features.summary import summary

TextFormat: TypeAlias = Literal["svg", "mermaid", "dot", "markdown"]

TEXT_FORMATS: tuple[TextFormat, ...] = get_args(TextFormat)


def picture(
    analysis: Analysis, models: Sequence[ModelAnalysis], text_format: TextFormat, *, costs: bool = False
) -> str:
    """The models of an analysis as one picture; a table can say what the layers cost."""
    match text_format:
        case "svg":
            return svg([diagram_of(analysis, model) for model in models])
        case "mermaid":
            return mermaid([diagram_of(analysis, model) for model in models])
        case "dot":
            return dot([diagram_of(analysis, model) for model in models])
        case "markdown":
            return markdown([summary(analysis, model, costs=costs) for model in models])
