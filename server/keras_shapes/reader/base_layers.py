"""The layers of base models that are chains: only these can be added to a `Sequential` one by one."""

from __future__ import annotations

from keras_shapes.model import Attribute, Call, Item, PublicName
from keras_shapes.reader.values import Value

CHAINS = {"keras.applications.VGG16": 19, "keras.applications.VGG19": 22}
"""How many layers they have without their top, which has four (Keras 3.15; a test asks Keras)."""

TOP = 4


def layers_of(value: Value) -> list[Value] | None:
    """The layers of `base.layers` and `base.layers[:-1]`, in order; None where it is not known how many there are."""
    match value:
        case Item(target=Attribute() as layers, index=slice() as part):
            count = _count(layers)
            return None if count is None or not _is_plain(part) else _items(layers, range(count)[part])
        case Attribute():
            count = _count(value)
            return None if count is None else _items(value, range(count))
    return None


def _count(layers: Attribute) -> int | None:
    call = layers.target
    if layers.name != "layers" or not isinstance(call, Call) or not isinstance(call.target, PublicName):
        return None
    given = {name: call.argument(name, position) for name, position in (("include_top", 0), ("input_tensor", 2))}
    top = given["include_top"].value if given["include_top"] else True
    pooling = call.argument("pooling", 4)
    count = CHAINS.get(call.target.path)
    if count is None or given["input_tensor"] or not isinstance(top, bool):
        return None
    if top:
        return count + TOP
    return None if pooling else count


def _items(layers: Attribute, places: range) -> list[Value]:
    return [Item(layers, place, layers.span) for place in places]


def _is_plain(part: slice) -> bool:
    return all(bound is None or type(bound) is int for bound in (part.start, part.stop, part.step)) and part.step != 0
