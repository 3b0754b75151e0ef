"""What is shown of a model, in Markdown: a line that says how it stands with it, then the table of its layers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from keras_shapes.analysis import Analysis, ModelAnalysis
from keras_shapes.features.changes import Changes, Earlier
from keras_shapes.features.costs.cost_lines import model_line
from keras_shapes.features.layer_hover import problem_lines
from keras_shapes.features.lenses import line_text
from keras_shapes.features.markdown import block, escaped
from keras_shapes.features.problems import problems_of
from keras_shapes.features.summary import summary
from keras_shapes.rules.refusal_facts import declared_input


def tables(analysis: Analysis, models: Sequence[ModelAnalysis], earlier: Earlier | None = None) -> str:
    """Markdown about all models of one place, each different one once, with what changed since an `earlier` text."""
    return "\n\n".join(dict.fromkeys("\n\n".join(_table(analysis, model, earlier)) for model in models))


def _table(analysis: Analysis, model: ModelAnalysis, earlier: Earlier | None) -> Iterator[str]:
    told = problems_of(analysis, model)
    if told:
        yield from problem_lines(told[:1], where=line_text(analysis.document, told[0].span.start))
    table = summary(analysis, model)
    yield block("\n".join(table.lines()))
    if model.status.kind == "built":
        yield model_line(model)
    change = Changes(earlier, analysis).of(model)
    if change is not None and change.text:
        yield escaped(f"changed: {change.text}")
    given = model.model.input
    if given is not None and given.description and declared_input(model.model) is None:
        yield escaped(given.description)
    if table.message and not told:
        yield escaped(table.message)
