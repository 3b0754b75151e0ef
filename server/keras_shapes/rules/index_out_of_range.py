"""Numbers of words that are larger than the table of an `Embedding`."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from keras_shapes.data import Fact
from keras_shapes.diagnostic import Diagnostic, Related
from keras_shapes.model import Argument, Call, Unknown
from keras_shapes.rules.refusal_facts import is_input, one_line
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.training_views import made_here, trials

_OF_WORDS = ("keras.datasets.imdb", "keras.datasets.reuters")
"""Numbers of words, all of which occur up to the largest."""

_COUNTS_WORDS = re.compile(r"len\([\w.]+\.word_index\)")


def check(subject: Subject) -> Iterator[Diagnostic]:
    """`input_dim` is marked: an error where such a number occurs, a warning where the vectorizer can give it."""
    layers = [each.expression for each in subject.model.nodes if not is_input(each)]
    if layers and (size := _table(layers[0])) is not None:
        yield from _against_data(subject, size)
        yield from _against_numbering(subject, size)
    for above, below in itertools.pairwise(layers):
        size = _table(below)
        if size is not None and isinstance(above, Call) and above.target.last == "TextVectorization":
            yield from _against_vectorizer(subject, size, above)


def _table(layer: object) -> Argument | None:
    """The argument that says how many rows the table of an `Embedding` has."""
    if not isinstance(layer, Call) or layer.target.last != "Embedding":
        return None
    argument = layer.argument("input_dim", 0)
    return argument if argument is not None and isinstance(argument.value, int | Unknown) else None


def _against_data(subject: Subject, size: Argument) -> Iterator[Diagnostic]:
    rows = size.value
    for trial in trials(subject):
        if trial.refusal is not None:
            return
        array = trial.x.array if trial.x else None
        if trial.x is None or array is None or array.maximum is None or not isinstance(rows, int):
            continue
        surely = not array.provenance.isdisjoint({Fact.EXACT, Fact.GREATEST})
        if (surely or array.origin.startswith(_OF_WORDS)) and array.maximum >= rows:
            says = trial.x.said("holds") if surely else f"{trial.x.name} can hold"
            yield RULE.report(
                one_line(subject.document, size.value_span),
                f"{says} numbers up to {array.maximum:g}; Embedding has rows 0…{rows - 1}",
                severity=None if surely and not trial.meeting.unchecked else "warning",
                related=(
                    trial.x.met("the model"),
                    *made_here(trial.x, document=subject.document),
                ),
            )
            return


def _against_numbering(subject: Subject, size: Argument) -> Iterator[Diagnostic]:
    """The tokenizer of Keras counts words from 1, so the last one has the number of all words."""
    if isinstance(size.value, Unknown) and _COUNTS_WORDS.fullmatch(size.value.name or ""):
        yield RULE.report(
            one_line(subject.document, size.value_span),
            f"word numbers start at 1: {size.value.name} rows lack one for the last word",
            severity="warning",
        )


def _against_vectorizer(subject: Subject, size: Argument, vectorizer: Call) -> Iterator[Diagnostic]:
    tokens = vectorizer.argument("max_tokens", 0)
    mode = vectorizer.argument("output_mode")
    if tokens is None or not isinstance(tokens.value, int) or not isinstance(size.value, int):
        return
    if (mode is None or mode.value == "int") and tokens.value > size.value:
        yield RULE.report(
            one_line(subject.document, size.value_span),
            f"the vectorizer can give numbers up to {tokens.value - 1}; Embedding has rows 0…{size.value - 1}",
            severity="warning",
            related=(Related("max_tokens stands here", one_line(subject.document, tokens.span)),),
        )


RULE = Rule("index-out-of-range", check, severity="error", needs="training", since="0.1.0")
