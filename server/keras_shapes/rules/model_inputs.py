"""What a training call gives to a model of several inputs: another number of them, other names, another order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from keras_shapes.data import Dataset
from keras_shapes.diagnostic import Diagnostic, Related
from keras_shapes.model import Argument
from keras_shapes.rules.ends import End, Part, fits, inputs_of, parts_of
from keras_shapes.rules.generators import yielded
from keras_shapes.rules.refusal_facts import one_line
from keras_shapes.rules.rule import Rule, Subject
from keras_shapes.rules.training_views import Trial, trials
from keras_shapes.rules.wording import plural, shape_text
from keras_shapes.source import Span


def check(subject: Subject) -> Iterator[Diagnostic]:
    """The first call whose inputs Keras refuses as a structure, or one of them for its shape."""
    trial = next((trial for trial in trials(subject) if trial.refusal is not None), None)
    argument = None if trial is None else given_inputs(trial)
    inputs = inputs_of(subject)
    if trial is None or trial.refusal is None or argument is None or trial.refusal.argument != "x":
        return
    parts = parts_of(subject.document, argument.value_span, argument.value)
    several = len(inputs) > 1 or isinstance(argument.value, dict) or any(part.shape is not None for part in parts)
    structured = len(inputs) > 1 or isinstance(argument.value, list | tuple | dict)
    if trial.refusal.what != "x" or not inputs or not several or not structured:
        return
    mark, message = _told(argument, parts, inputs)
    if is_yielded_list(trial, argument):
        mark, message = argument.value_span, "a generator yields its inputs as a tuple, and this is a list"
    yield RULE.report(
        one_line(subject.document, mark),
        message,
        related=tuple(_related(subject)),
        keras_message=trial.refusal.message,
    )


def given_inputs(trial: Trial) -> Argument | None:
    """The argument of a training call that holds the inputs; those that a generator yields stand at its `yield`."""
    given = trial.call.argument("x", 0) or trial.call.argument("inputs", 0)
    return None if given is None else yielded(trial.document, given)


def is_yielded_list(trial: Trial, argument: Argument) -> bool:
    """Whether TensorFlow refuses what a generator yields because it is a list."""
    given = trial.call.argument("x", 0)
    generated = given is not None and isinstance(given.value, Dataset) and isinstance(argument.value, list)
    return generated and trial.refusal is not None and trial.refusal.exception == "TypeError"


def unknown_key(parts: Sequence[Part], ends: Sequence[End]) -> tuple[Part, End | None] | None:
    """The first key that is no name of an end, and the end that was meant."""
    keys = [end.key for end in ends if end.key is not None]
    lacking = [end for end in ends if end.key is not None and end.key not in {part.key for part in parts}]
    for part in parts:
        if part.key is not None and part.key not in keys:
            near = get_close_matches(part.key, [end.key for end in lacking if end.key is not None], n=1, cutoff=0.5)
            meant = next((end for end in lacking if near and end.key == near[0]), None)
            return part, meant or (lacking[0] if len(lacking) == 1 else None)
    return None


def _told(argument: Argument, parts: Sequence[Part], inputs: Sequence[End]) -> tuple[Span, str]:
    takes = f"the model takes {plural(len(inputs), 'input')}, {' and '.join(end.text for end in inputs)}"
    if isinstance(argument.value, dict):
        unknown = unknown_key(parts, inputs)
        if unknown is not None and unknown[0].key_span is not None:
            names = " and ".join(end.name for end in inputs)
            return unknown[0].key_span, f"the model has no input {unknown[0].key}: its inputs are {names}"
        lacking = [end.text for end in inputs if end.key is not None and end.key not in argument.value]
        if lacking:
            return argument.value_span, f"the data lack {' and '.join(lacking)}"
    count = len(argument.value) if isinstance(argument.value, list | tuple | dict) else len(parts)
    if count != len(inputs):
        return argument.value_span, f"{takes}: it gets {plural(count, 'array')}"
    if not isinstance(argument.value, dict) and len(parts) == len(inputs):
        for part, end in zip(parts, inputs, strict=True):
            if part.shape is not None and not fits(part.shape, end.shape):
                return part.span, f"{end.text} gets {shape_text(part.shape)} here"
    return argument.value_span, f"{takes}: what it gets does not fit"


def _related(subject: Subject) -> Iterator[Related]:
    argument = next((end for end in subject.model.ends if end.name == "inputs"), None)
    if argument is not None:
        yield Related("the inputs of the model", one_line(subject.document, argument.value_span))


RULE = Rule(
    "model-inputs",
    check,
    severity="error",
    needs="training",
    since="0.2.0",
    models="graphs",
    instead_of=frozenset({"data-rank", "data-features", "list-as-data"}),
)
