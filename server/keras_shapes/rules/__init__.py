"""The rules, found by walking this folder, and how their diagnostics on the models of one file become one list."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib import import_module
from itertools import groupby
from pkgutil import iter_modules

from keras_shapes.diagnostic import Diagnostic
from keras_shapes.model import Model
from keras_shapes.rules.refusal_facts import shape_fed
from keras_shapes.rules.rule import Rule, Selection, Subject
from keras_shapes.rules.suppression import suppress
from keras_shapes.rules.ways import Views
from keras_shapes.source import Span
from keras_shapes.verdict import Built, Refused, Unavailable

__all__ = ["Rule", "Selection", "Subject", "judge", "rules"]

logger = logging.getLogger(__name__)

_MOST_REFUSALS = 250
"""Of one model; who has more of them mends these first."""


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, by name: each module of this folder that holds a `RULE` is one."""
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    return tuple(sorted((module.RULE for module in modules if hasattr(module, "RULE")), key=lambda rule: rule.name))


def judge(
    subjects: Sequence[Subject], selection: Selection | None = None, known: Sequence[Rule] | None = None
) -> tuple[Diagnostic, ...]:
    """The diagnostics on the models of one document, in source order: one cause, one diagnostic.

    A rule that is off still explains what it knows, so that no other rule explains it instead.
    """
    if not subjects:
        return ()
    known, severities = known or rules(), (selection or Selection()).of(subjects[0].document.path)
    sites = groupby(sorted(subjects, key=lambda subject: subject.model.span), key=lambda subject: subject.model.span)
    found = list(_once(diagnostic for _, site in sites for diagnostic in _judge_site(list(site), subjects, known)))
    conclusive = all(_conclusive(subject) for subject in subjects)
    heard = suppress(found, subjects[0].document, known, conclusive=conclusive)
    loud = [
        replace(each, severity=level) for each in heard if (level := severities.get(each.code, each.severity)) != "off"
    ]
    return tuple(sorted(loud, key=lambda diagnostic: diagnostic.span))


def _judge_site(variants: list[Subject], subjects: Sequence[Subject], active: Sequence[Rule]) -> Iterator[Diagnostic]:
    """What every variant that holds the marked expression has; a variant without it says nothing about it."""
    found = [list(_judge_model(variant, subjects, active)) for variant in variants]
    for number, variant in enumerate(variants):
        for diagnostic in found[number]:
            key = (diagnostic.code, diagnostic.span)
            others = [
                each
                for other, each in zip(variants, found, strict=True)
                if other is not variant and _holds(other, diagnostic.span)
            ]
            if all(any((each.code, each.span) == key for each in other) for other in others):
                yield diagnostic


def _judge_model(subject: Subject, subjects: Sequence[Subject], active: Sequence[Rule]) -> Iterator[Diagnostic]:
    model = subject.model
    if model.incomplete is not None or model.stale or model.expects_error:
        return
    subject = replace(subject, siblings=_others(subject, subjects))
    active = [rule for rule in active if rule.only in (None, subject.generation)]
    told = [
        each
        for each in _run([rule for rule in active if rule.needs == "source"], subject)
        if each.severity != "error" or not _is_accepted_by_keras_2(subject)
    ]
    yield from told
    errors = [diagnostic for diagnostic in told if diagnostic.severity == "error"]
    for single in _each_refusal(subject):
        refusal = single.refusal
        if refusal is None or not _already_told(refusal, single, errors):
            yield from _explain([rule for rule in active if rule.needs != "source"], single)


def _is_accepted_by_keras_2(subject: Subject) -> bool:
    """Whether a Keras 2 has built the model: what the rules know of mistakes in the source is said of Keras 3."""
    return subject.generation == 2 and isinstance(subject.verdict, Built) and subject.verdict.complete


def _others(subject: Subject, subjects: Sequence[Subject]) -> tuple[Subject, ...]:
    place = next((number for number, other in enumerate(subjects) if other is subject), len(subjects))
    return (*subjects[:place], *subjects[place + 1 :])


def _explain(active: Sequence[Rule], subject: Subject) -> Iterator[Diagnostic]:
    """What the rules say of one verdict; a refusal is explained once, by the rule that knows most."""
    found = list(_run([rule for rule in active if not rule.general], subject))
    replaced = {name for rule in active for name in rule.instead_of if any(each.code == rule.name for each in found)}
    found = [diagnostic for diagnostic in found if diagnostic.code not in replaced]
    if subject.refusal is not None:
        if not any(diagnostic.severity == "error" for diagnostic in found):
            found += _run([rule for rule in active if rule.general], subject)
        errors = [diagnostic for diagnostic in found if diagnostic.severity == "error"]
        found = [diagnostic for diagnostic in found if diagnostic not in errors[1:]]
    yield from found


def _run(active: Iterable[Rule], subject: Subject) -> Iterator[Diagnostic]:
    views = Views(subject)
    for rule in active:
        try:
            seen = views.seen_by(rule)
            yield from [] if seen is None else [replace(each, subject=seen) for each in rule.check(seen)]
        except Exception:
            logger.exception("rule %s failed; the other rules' diagnostics stand", rule.name)


def _each_refusal(subject: Subject) -> Iterator[Subject]:
    verdict = subject.verdict
    if not isinstance(verdict, Refused):
        yield subject
        return
    for refusal in (verdict, *verdict.others)[:_MOST_REFUSALS]:
        if _told_of_itself(subject, refusal) or _is_expected(subject, refusal):
            continue
        fed = shape_fed(subject, refusal) if subject.model.kind == "sequential" else refusal.input_shape
        yield replace(subject, verdict=replace(refusal, others=(), layers=verdict.layers, input_shape=fed))


def _is_expected(subject: Subject, refusal: Refused) -> bool:
    """Whether the program is prepared for the refusal, as those are that show what Keras says."""
    node = subject.model.nodes[refusal.node]
    return subject.model.caught if refusal.stage == "model" else node.caught


def _told_of_itself(subject: Subject, refusal: Refused) -> bool:
    """Whether the refused element is a model that Keras refuses also for itself, or a call of one with data."""
    node = subject.model.nodes[refusal.node]
    if subject.model.kind == "open" and refusal.stage == "build":
        return any(call.span == node.span for each in subject.siblings for call in each.model.training)
    inner = node.expression
    if subject.model.kind != "sequential" or not isinstance(inner, Model):
        return False
    return any(each.model.span == inner.span and each.refusal is not None for each in subject.siblings)


def _already_told(refusal: Refused, subject: Subject, errors: Sequence[Diagnostic]) -> bool:
    """Whether the source alone told what is wrong with the refused element, or with the call of `Sequential`."""
    if refusal.stage == "model":
        return bool(errors)
    element = subject.model.nodes[refusal.node]
    spans = [getattr(element.expression, "span", None), element.span]
    spans += [argument.span for argument in subject.model.arguments]
    places = [span for span in spans if isinstance(span, Span)]
    return any(place.encloses(error.span) or error.span.encloses(place) for place in places for error in errors)


def _holds(subject: Subject, span: Span) -> bool:
    if subject.model.span == span:
        return True
    spans = [getattr(element.expression, "span", None) for element in subject.model.nodes]
    spans += [element.span for element in subject.model.nodes]
    spans += [call.span for call in subject.model.training]
    return any(each is not None and each.encloses(span) for each in spans)


def _once(found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """One expression marked for one reason in several models is one mistake."""
    seen: set[tuple[str, Span]] = set()
    for diagnostic in found:
        if (diagnostic.code, diagnostic.span) not in seen:
            seen.add((diagnostic.code, diagnostic.span))
            yield diagnostic


def _conclusive(subject: Subject) -> bool:
    model = subject.model
    known = not model.stale and model.incomplete is None
    return known and not isinstance(subject.verdict, Unavailable)
