"""Softmax over one unit: its output is always 1."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Diagnostic
from keras_shapes.rules.label_causes import activation_of, placed
from keras_shapes.rules.refusal_facts import one_line
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.training_views import class_name, wrapped


def check(subject: Subject) -> Iterator[Diagnostic]:
    """The activation is marked. A `Softmax` over another axis than the last is left alone."""
    for each in placed(subject):
        output, inner = each.verdict.output_shape, wrapped(each.element.expression)
        if not isinstance(output, tuple) or output[-1:] != (1,) or each.layer is None:
            continue
        mark = None
        if class_name(inner) == "Softmax":
            mark = each.layer.name_span if not each.layer.arguments else None
        else:
            argument = activation_of(each)
            if argument is not None and argument.value == "softmax":
                mark = one_line(subject.document, argument.value_span)
        if mark is not None:
            yield RULE.report(mark, "softmax over one unit always gives 1.0")


RULE = Rule("softmax-over-one-unit", check, severity="warning", needs="shapes", since="0.1.0")
