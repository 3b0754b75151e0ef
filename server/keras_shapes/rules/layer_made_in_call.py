"""A model that makes new layers each time it is called: training makes a function of its `call`, which must not."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic, Related
from keras_shapes.model import Apply, Call
from keras_shapes.repair import Offsets, parse
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.source import Document, Span
from keras_shapes.verdict import Built

_TRACED = frozenset({"fit", "evaluate", "predict", "train_on_batch", "test_on_batch", "predict_on_batch"})
_EAGER = ("run_eagerly", "run_functions_eagerly")
_PERHAPS = (ast.If, ast.IfExp, ast.Try, ast.While, ast.Match)


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Keras 3.15 with TensorFlow raises `ValueError` at the first batch; called by itself, such a model runs."""
    made = made_in_call(subject)
    trained = next((call for call in subject.model.training if call.method in _TRACED), None)
    if not made or trained is None or trained.caught or trained.expects_error:
        return
    others = tuple(Related("this one, too", call.name_span) for call in made[1:])
    yield RULE.report(
        made[0].name_span,
        f"call makes a new {made[0].target.last} each time: an error in {trained.method}, make it in __init__",
        related=(Related(f"{trained.method} raises the error here", trained.name_span), *others),
    )


def made_in_call(subject: Subject) -> list[Call]:
    """The layers with weights that are made where `call` applies them, and always."""
    verdict = subject.verdict
    if subject.model.kind != "call" or not isinstance(verdict, Built) or verdict.backend != "tensorflow":
        return []
    if any(word in subject.document.python for word in _EAGER):
        return []
    always = _always(subject.document, subject.model.span)
    found = []
    for node, layer in zip(subject.model.nodes, verdict.layers, strict=True):
        target = node.expression.target if isinstance(node.expression, Apply) else None
        if isinstance(target, Call) and target.target.path.startswith("keras.layers.") and layer.params:
            found += [target] if target.span in always else []
    return found


def method_at(tree: ast.AST, offsets: Offsets, name: Span) -> ast.FunctionDef | None:
    """The innermost function whose name stands there."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    around = [node for node in found if node.name == "call" and offsets.span(node).encloses(name)]
    return min(around, key=lambda node: offsets.span(node).end - offsets.span(node).start, default=None)


def _always(document: Document, name: Span) -> set[Span]:
    """The calls `layers.Dense(…)` in `layers.Dense(…)(x)` of a method, where no condition stands around."""
    tree, offsets = parse(document).tree, Offsets(document)
    method = method_at(tree, offsets, name)
    found: set[Span] = set()
    waiting: list[ast.AST] = [] if method is None else [*method.body]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Call):
            found.add(offsets.span(node.func))
        if not isinstance(node, (*_PERHAPS, ast.FunctionDef, ast.Lambda)):
            waiting += ast.iter_child_nodes(node)
    return found


RULE = Rule("layer-made-in-call", check, severity="error", needs="shapes", since="0.2.0", models="graphs")
