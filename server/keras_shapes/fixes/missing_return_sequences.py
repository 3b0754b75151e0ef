"""Let the recurrent layers return all steps, or repeat the last one."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.edits import set_argument
from keras_shapes.fixes.layers import KEEPS_SHAPE, class_of, elements_of, inserted, wants_steps
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.model import Call, Node
from keras_shapes.rules.refusal_facts import RECURRENT, refused_element
from keras_shapes.rules.training_views import wrapped
from keras_shapes.verdict import Refused


def candidates(case: Case) -> Iterator[Candidate]:
    """All layers of the chain that lack it get it at once; the last one does not, unless steps are wanted of it."""
    elements = elements_of(case.subject.model)
    lacking = [each for index, each in enumerate(elements) if _lacks(each) and wants_steps(elements, index)]
    edits = tuple(dict.fromkeys(_returning(case, each) for each in lacking))
    yield Candidate("Add return_sequences=True", edits, safe=_plain(elements, lacking))
    refusal = case.subject.refusal
    if refusal is not None and (steps := _steps(refusal)) is not None:
        element = refused_element(case.subject, refusal)
        repeated = inserted(case, element, "RepeatVector", str(steps))
        if repeated is not None:
            yield Candidate(f"Insert RepeatVector({steps}) before {class_of(element)}", repeated, rank=1)


def returns_steps(case: Case, element: Node) -> Edit | None:
    """The edit that makes a recurrent layer return all steps."""
    return _returning(case, element) if _lacks(element) else None


def _lacks(element: Node) -> bool:
    inner = wrapped(element.expression)
    if not isinstance(inner, Call) or inner.target.last not in RECURRENT:
        return False
    given = inner.argument("return_sequences")
    return given is None or given.value is False


def _returning(case: Case, element: Node) -> Edit:
    inner = wrapped(element.expression)
    assert isinstance(inner, Call)
    return set_argument(case.text, inner, "return_sequences", "True")


def _plain(elements: list[Node], lacking: list[Node]) -> bool:
    """Whether only recurrent layers stand one upon the other: then nothing else can have been meant."""
    for each in lacking:
        after = elements[elements.index(each) + 1 :]
        following = next((other for other in after if class_of(other) not in KEEPS_SHAPE), None)
        if following is None or class_of(following) not in RECURRENT:
            return False
    return bool(lacking)


def _steps(refusal: Refused) -> int | None:
    """How many steps the layer above has dropped."""
    for verdict in reversed(refusal.layers[: refusal.node]):
        before = verdict.input_shape
        if isinstance(before, tuple) and len(before) == 3 and verdict.output_shape != before:
            return before[1] if isinstance(before[1], int) else None
    return None
