"""Keep the map large enough: pad the windows of the whole chain, or leave the last block out."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.edits import remove_elements, set_argument
from keras_shapes.fixes.layers import KEEPS_SHAPE, class_of, elements_of
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.model import Call, Node
from keras_shapes.rules.negative_dimension import misfit_of
from keras_shapes.rules.refusal_facts import refused_element
from keras_shapes.rules.training_views import wrapped


def candidates(case: Case) -> Iterator[Candidate]:
    """Laundering where the map has only one place left: a padded window then sees nothing but zeros."""
    refusal = case.subject.refusal
    if refusal is None or refusal.input_shape is None:
        return
    elements, refused = elements_of(case.subject.model), refused_element(case.subject, refusal)
    misfit = misfit_of(dict(refusal.config), refusal.input_shape)
    if refused not in elements or misfit is None:
        return
    index = elements.index(refused)
    chain = [each for each in elements if _is_convolution(each)]
    padded = tuple(dict.fromkeys(edit for each in chain if (edit := _padded(case, each)) is not None))
    thin = _thin(case, elements)
    if padded and chain:
        yield Candidate("Add padding='same'", padded, rank=2 if thin else 0, laundering=thin)
    if _is_pooling(refused) and (edit := _padded(case, refused)) is not None:
        name = class_of(refused)
        yield Candidate(f"Add padding='same' to {name}", (edit,), rank=1, laundering=any(s == 1 for s in misfit.sizes))
    yield from _without_block(case, elements, index)


def _is_convolution(element: Node) -> bool:
    name = class_of(element)
    return "Conv" in name and "Transpose" not in name and "LSTM" not in name


def _is_pooling(element: Node) -> bool:
    return "Pooling" in class_of(element) and "Global" not in class_of(element)


def _padded(case: Case, element: Node) -> Edit | None:
    call = wrapped(element.expression)
    if not isinstance(call, Call):
        return None
    given = call.argument("padding")
    if given is not None and given.value != "valid":
        return None
    return set_argument(case.text, call, "padding", case.text.quoted("same", call.span))


def _thin(case: Case, elements: list[Node]) -> bool:
    """Whether padding alone leaves a map of one place before the last pooling."""
    declared = case.subject.refusal.layers if case.subject.refusal else ()
    first = next((each.input_shape for each in declared if isinstance(each.input_shape, tuple)), None)
    poolings = sum(_is_pooling(each) for each in elements)
    sizes = [size for size in (first or ())[1:-1] if isinstance(size, int)]
    return bool(sizes) and min(sizes) // 2 ** max(poolings - 1, 0) < 2


def _without_block(case: Case, elements: list[Node], index: int) -> Iterator[Candidate]:
    """Take the layer out that does not fit, with the pooling after it, where layers like it stand before it."""
    block = [elements[index]]
    for following in elements[index + 1 :]:
        if not _is_pooling(following) and class_of(following) not in KEEPS_SHAPE:
            break
        block.append(following)
    if not any(class_of(each) == class_of(elements[index]) for each in elements[:index]):
        return
    names = " and ".join(dict.fromkeys(class_of(each) for each in block if class_of(each) not in KEEPS_SHAPE))
    yield Candidate(f"Remove the last {names}", remove_elements(case.text, block), rank=1)
