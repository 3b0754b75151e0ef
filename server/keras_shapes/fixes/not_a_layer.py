"""Call the class; make a layer of the name of an activation."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.edits import insertion
from keras_shapes.fixes.imports import spelled
from keras_shapes.fixes.layers import calls_of
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.keras_names import KERAS_NAMES
from keras_shapes.model import PublicName, UserCode
from keras_shapes.rules.refusal_facts import named


def candidates(case: Case) -> Iterator[Candidate]:
    """For the element that is marked."""
    span = case.diagnostic.span
    elements = enumerate(case.subject.model.nodes)
    position, element = next(
        (each for each in elements if each[1].span.start <= span.start < each[1].span.end), (0, None)
    )
    name = named(case.subject.verdict, position)
    written = case.document.slice(span)
    match element.expression if element is not None else None:
        case PublicName(path=path, last=last) if path.startswith("keras.activations."):
            yield from _activation(case, last)
        case PublicName() if name is None or name.kind != "layer":
            return
        case PublicName() | UserCode(arguments=None):
            yield Candidate(f"Add parentheses: {written}()", (insertion(span.end, "()"),), safe=True)
        case str(written_name) if written_name in KERAS_NAMES["keras.activations"]:
            yield from _activation(case, written_name)


def _activation(case: Case, name: str) -> Iterator[Candidate]:
    span = case.diagnostic.span
    near = next((each for each in calls_of(case.subject.model) if each.target.path.startswith("keras.layers.")), None)
    layer, imports = spelled(case.text, "keras.layers.Activation", span.start, near)
    quoted = case.text.quoted(name, span)
    yield Candidate(f"Use Activation('{name}')", (*imports, Edit(span, f"{layer}({quoted})")))
