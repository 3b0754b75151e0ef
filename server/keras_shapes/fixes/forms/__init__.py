"""A chain of layers in its three forms: a list, `.add` after `.add`, and tensors that are handed on.

What the author wrote is kept as text: layers, comments and blank lines move as they are.
"""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.analysis import Analysis, ModelAnalysis
from keras_shapes.diagnostic import Fix
from keras_shapes.fixes.apply import edited, moved
from keras_shapes.fixes.differences import differences
from keras_shapes.fixes.forms.blocks import block_function
from keras_shapes.fixes.forms.chain import Chain
from keras_shapes.fixes.forms.functional import functional_chain
from keras_shapes.fixes.forms.sequential import sequential_chain
from keras_shapes.fixes.forms.writing import as_adds, as_functional, as_list
from keras_shapes.fixes.input_layer import input_in_place
from keras_shapes.fixes.text import Text
from keras_shapes.source import Span

__all__ = ["forms"]

FUNCTIONAL = "Write as a functional model"


def forms(analysis: Analysis, span: Span, text: Text) -> Iterator[Fix]:
    """The other forms of each chain that touches the span; whether they are equal is for a proof to say."""
    seen: set[Span] = set()
    for model in analysis.models:
        place = model.model.span
        if place in seen or model.model.kind not in ("sequential", "functional") or model.status.kind != "built":
            continue
        seen.add(place)
        chain = _chain(text, model)
        if chain is not None and chain.span.start <= span.end and span.start <= chain.span.end:
            yield from _fixes(text, chain, model)
            yield from _with_input(analysis, model, chain, text)


def _chain(text: Text, model: ModelAnalysis) -> Chain | None:
    if model.model.kind == "functional":
        return functional_chain(text, model.model.span)
    chain = sequential_chain(text, model.model.span)
    return chain if chain is not None and len(chain.pieces) == len(model.model.nodes) else None


def _fixes(text: Text, chain: Chain, model: ModelAnalysis) -> Iterator[Fix]:
    written = {
        "list": ("Write as a list: Sequential([…])", as_list),
        "adds": (f"Write with {chain.target}.add(…)", as_adds),
        "functional": (FUNCTIONAL, as_functional),
    }
    for form, (title, write) in written.items():
        edits = write(text, chain) if form != chain.form else None
        if edits is not None:
            yield Fix(title, edits)
    block = block_function(text, chain, model)
    if block is not None:
        yield block


def _with_input(analysis: Analysis, model: ModelAnalysis, chain: Chain, text: Text) -> Iterator[Fix]:
    """A functional model of a chain whose first layer has `input_shape=…`, which becomes an `Input` before."""
    subject = analysis.subjects[analysis.models.index(model)]
    fix = input_in_place(subject, text) if chain.form != "functional" else None
    if fix is None:
        return
    try:
        between = Text(edited(analysis.document, fix.edits))
    except ValueError:
        return
    call = between.call_from(moved(model.model.span.start, fix.edits))
    other = sequential_chain(between, call) if call is not None else None
    edits = as_functional(between, other) if other is not None else None
    if edits is not None:
        after = edited(between.document, edits)
        yield Fix(FUNCTIONAL, tuple(differences(analysis.document.text, after.text)))
