"""An argument of a layer that stands behind the layer: `model.add(Dense(1), input_shape=(4,))`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic
from keras_shapes.model import Call, Node
from keras_shapes.rules.refusal_facts import name_of
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.source import Document, Span

_OPENED = re.compile(r"\.[ \t]*add[ \t]*\([ \t]*\Z")
_KEYWORD = re.compile(r"\s*,\s*(?P<name>[^\W\d]\w*)\s*=(?!=)")
_OWN = frozenset({"rebuild"})
_LONGEST = 200


def check(subject: Subject) -> Iterator[Diagnostic]:
    """The name of each such argument is marked; `add` takes a layer."""
    for element in subject.model.nodes:
        span = keyword_behind(subject.document, element)
        if span is None or not isinstance(element.expression, Call):
            continue
        name, layer = subject.document.slice(span), name_of(subject.document, element.expression)
        yield RULE.report(span, f"add has no argument {name}: it belongs into {layer}(…)")


def keyword_behind(document: Document, element: Node) -> Span | None:
    """The name of the argument that stands behind an element in its call of `add`."""
    code, start, end = document.python, element.span.start, element.span.end
    found = _KEYWORD.match(code, end, end + _LONGEST)
    if found is None or _OPENED.search(code, max(0, start - _LONGEST), start) is None or found["name"] in _OWN:
        return None
    return Span(*found.span("name"))


RULE = Rule("argument-of-add", check, severity="error", needs="source", since="0.2.0", models="chains")
