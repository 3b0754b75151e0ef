"""The function of `keras.ops` that does the same, else a layer around the call."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.imports import spelled
from keras_shapes.fixes.layers import first_layer
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.keras_names import KERAS_NAMES
from keras_shapes.model import Call, Operation
from keras_shapes.rules.branches import given_spans
from keras_shapes.source import Span

_OTHER_NAMES = {
    "concat": "concatenate",
    "multiply": "multiply",
    "pow": "power",
    "mod": "mod",
    "cumsum": "cumsum",
    "l2_normalize": "normalize",
    "matrix_transpose": "transpose",
    "gather": "take",
    "reverse": "flip",
    "range": "arange",
    "resize": "image.resize",
    "sigmoid": "sigmoid",
}
"""Functions of TensorFlow that `keras.ops` has under another name."""
_OTHER_ARGUMENTS = {"keep_dims": "keepdims", "input": "x", "input_tensor": "x", "values": "xs", "perm": "axes"}


def candidates(case: Case) -> Iterator[Candidate]:
    """`tf.reduce_mean(x, axis=1)` becomes `keras.ops.mean(x, axis=1)`, or `Lambda(lambda t: …)(x)`."""
    refusal = case.subject.refusal
    call = case.subject.model.nodes[refusal.node].expression if refusal is not None else None
    if isinstance(call, Operation):
        yield from _tensor_first(case, call)
        return
    node = case.text.expression(call.span) if isinstance(call, Call) else None
    if not isinstance(call, Call) or not isinstance(node, ast.Call):
        return
    name = equivalent(call.target.last)
    if name is not None:
        function, imports = spelled(case.text, f"keras.ops.{name}", call.span.start)
        edits = [Edit(case.text.offsets.span(node.func), function), *_arguments(case, node)]
        yield Candidate(f"Change {case.text.slice(node.func)} to keras.ops.{name}", (*imports, *edits))
    yield from _as_layer(case, call, node)


def _tensor_first(case: Case, operation: Operation) -> Iterator[Candidate]:
    """`array * x` becomes `x * array`: the tensor takes the array."""
    spans = list(given_spans(case.document, operation))
    if operation.operator not in ("add", "mul") or len(spans) != 2 or spans[0] is None or spans[1] is None:
        return
    first, second = (case.document.slice(span) for span in spans if span is not None)
    edits = (Edit(spans[0], second), Edit(spans[1], first))
    yield Candidate(f"Write {second} first", edits)


def equivalent(name: str) -> str | None:
    """The name of the function in `keras.ops` that stands for one of TensorFlow."""
    known = KERAS_NAMES["keras.ops"]
    for one in (_OTHER_NAMES.get(name), name.removeprefix("reduce_"), name):
        if one is not None and (one in known or one.partition(".")[0] in known):
            return one
    return None


def _arguments(case: Case, node: ast.Call) -> Iterator[Edit]:
    for keyword in node.keywords:
        if keyword.arg in _OTHER_ARGUMENTS:
            start = case.text.offsets.span(keyword.value).start
            name = case.document.python.rfind(keyword.arg, 0, start)
            yield Edit(Span(name, name + len(keyword.arg)), _OTHER_ARGUMENTS[keyword.arg])


def _as_layer(case: Case, call: Call, node: ast.Call) -> Iterator[Candidate]:
    """The same call inside of a `Lambda`, on its parameter."""
    first = node.args[0] if node.args else None
    if first is None:
        return
    layer, imports = spelled(case.text, "keras.layers.Lambda", call.span.start, first_layer(case))
    whole, given = call.span, case.text.offsets.span(first)
    edits = (
        Edit(Span(whole.start, whole.start), f"{layer}(lambda t: "),
        Edit(given, "t"),
        Edit(Span(whole.end, whole.end), f")({case.text.slice(first)})"),
    )
    yield Candidate("Put the call into a Lambda layer", (*imports, *edits), 1)
