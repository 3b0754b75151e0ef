"""Unknown numbers: what is said of them holds for every value that they may have."""

import ast
from dataclasses import replace

from layer_table import CALLS, INPUTS, NESTED, dtype_of
from making import model
from tests.shares import share

from keras_shapes.model import Unknown
from keras_shapes.verdict import Built, LayerVerdict, Multiple, Refused, Unavailable, UnknownRank, UnknownSize

VALUES = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 20, 28, 32, 49, 64, 100, 128, 255, 1000)
SOME_VALUES = (1, 2, 3, 7, 20, 32, 100)
FEW_VALUES = (1, 3, 4, 64)
"""For inputs that the layer refuses: there the only question is whether it refuses them all."""


def sized(claim, real, value):
    match claim:
        case UnknownSize():
            return True
        case Multiple(coefficient=coefficient):
            return coefficient * value == real
    return claim == real


def holds(claim, real, value):
    """Whether a shape that was said of the unknown agrees with the real one of this value."""
    if claim is None:
        return True
    if isinstance(claim, UnknownRank):
        return isinstance(claim.last, UnknownSize) or (len(real) > 0 and sized(claim.last, real[-1], value))
    return len(claim) == len(real) and all(sized(size, other, value) for size, other in zip(claim, real, strict=True))


def layer_holds(claim, real, value):
    outputs = claim.output_shapes or (claim.output_shape,)
    reals = real.output_shapes or (real.output_shape,)
    return (
        (outputs == (None,) or len(outputs) == len(reals))
        and all(holds(shape, other, value) for shape, other in zip(outputs, reals, strict=False))
        and (real.input_shape is None or holds(claim.input_shape, real.input_shape, value))
        and claim.params in (None, real.params)
        and (not claim.weights or len(claim.weights) == len(real.weights))
        and all(
            holds(weight.shape, other.shape, value) for weight, other in zip(claim.weights, real.weights, strict=False)
        )
    )


def wrong(claim, real, value):
    """What was said and is not so, or None."""
    match claim, real:
        case Refused(), Refused():
            return None
        case Refused(message=message), _:
            return f"refused: {message}"
        case Unavailable(reason=reason), _:
            return reason
        case Built(), Built(complete=True):
            for said, layer in zip(claim.layers, real.layers, strict=True):
                if not layer_holds(said, layer, value):
                    return said, layer
            if claim.params not in (None, real.params):
                return claim.params, real.params
    return None


class _Replace(ast.NodeTransformer):
    """Puts the name `u` in the place of the n-th integer."""

    def __init__(self, nth):
        self.nth = nth
        self.met = 0

    def visit_Constant(self, node):
        if type(node.value) is not int:
            return node
        self.met += 1
        return ast.Name("u") if self.met == self.nth else node


def with_one_unknown(source):
    for nth in range(1, 20):
        replace = _Replace(nth)
        tree = replace.visit(ast.parse(source, mode="eval"))
        if replace.met < nth:
            return
        yield ast.unparse(tree)


def cases(worker):
    """Sources with one unknown, and the values to try: in an argument, and in the input."""
    for name, layer in [(call, f"L.{call}") for call in CALLS] + [(call, call) for call in NESTED]:
        inputs = [f'keras.Input({shape}, dtype="{dtype_of(name)}")' for shape in INPUTS]
        verdicts = worker.verdicts(*[model(f"[{given}, {layer}]") for given in inputs])
        accepted = [given for given, said in zip(inputs, verdicts, strict=True) if isinstance(said, Built)]
        refused = [given for given, said in zip(inputs, verdicts, strict=True) if isinstance(said, Refused)]
        for given, values in [(given, VALUES) for given in accepted[:1]] + [
            (given, FEW_VALUES) for given in refused[-1:]
        ]:
            if not layer.startswith("L.Lambda"):
                yield from ((f"[{given}, {changed}]", values) for changed in with_one_unknown(layer))
            yield from ((f"[{changed}, {layer}]", SOME_VALUES) for changed in with_one_unknown(given))


def test_every_integer_argument_unknown(worker):
    found = []
    for source, values in share(dict(cases(worker)).items(), 4):
        claim = worker.verdict(model(source))
        reals = worker.verdicts(*[model(source, u=value) for value in values])
        found += [(source, value, wrong(claim, real, value)) for value, real in zip(values, reals, strict=True)]
    assert [case for case in found if case[2] is not None] == []
    assert len(found) > 1_250


def test_behind_an_unknown_layer(worker, eager):
    layers = [f"L.{call}" for call in CALLS] + list(NESTED)
    behind = {layer: worker.verdict(model(f"[Mine(), {layer}]")) for layer in share(layers, 3)}
    found = []
    for (_, layer), said in eager.items():
        if "shapes" not in said or layer not in behind:
            continue
        claim = behind[layer].layers[-1]
        real = LayerVerdict("", "", output_shapes=tuple(map(tuple, said["shapes"])), params=said["params"])
        if not layer_holds(replace(claim, weights=()), real, 0):
            found.append((layer, claim, said))
    assert found == []


def test_only_a_refusal_of_rank_counts_where_a_size_is_unknown(worker):
    rank = worker.verdict(model("[keras.Input((n,)), L.Dense(m), L.Conv2D(3, 3)]"))
    assert (rank.node, rank.input_shape[1].unknown.name) == (2, "m")
    assert "10037" not in rank.message
    size = worker.verdict(model("[keras.Input((n,)), L.Dense(m), L.Reshape((7, 7)), L.LSTM(4)]"))
    assert [layer.output_shape for layer in size.layers[2:]] == [(None, 7, 7), (None, 4)]
    assert size.layers[2].reason == "depends on m: m has no value"


def test_a_size_that_no_unknown_reaches_is_refused_behind_one(worker):
    verdict = worker.verdict(model("[keras.Input((n,)), L.Dense(6), L.Reshape((7, 7))]"))
    assert (verdict.node, verdict.input_shape) == (2, (None, 6))


def test_the_type_of_an_unknown_number_is_known(worker):
    halves = Unknown("n / 2", None, "n / 2", kind="float")
    maximum = Unknown("y.max()", None, "y.max()", kind="numpy int")
    refused = worker.verdict(model("[keras.Input((4,)), L.Dense(half)]", half=halves))
    assert (refused.node, refused.blamed) == (1, ("units",))
    assert worker.verdict(model("[keras.Input((4,)), L.Dense(top)]", top=maximum)).blamed == ("units",)
    conv = worker.verdict(model("[keras.Input((4, 4)), L.Conv1D(top, 1)]", top=maximum))
    assert conv.layers[1].output_shape == (None, 4, Multiple(1, maximum))


def test_a_keyword_is_refused_whatever_its_value(worker):
    verdict = worker.verdict(model("[keras.Input((4,)), L.Dense(n, weights=w, activation=a)]"))
    assert (verdict.node, verdict.stage, verdict.blamed) == (1, "constructor", ("weights",))


def test_every_layer_is_constructed_behind_the_first_unknown_one(worker):
    verdict = worker.verdict(model("[L.Dense(3), Mine(), L.Dense(2, init='uniform'), L.Dense()]"))
    assert [(refused.node, refused.blamed, refused.missing) for refused in (verdict, *verdict.others)] == [
        (2, ("init",), ()),
        (3, (), ("units",)),
    ]


def test_parameters_are_a_number_only_where_they_are_certain(worker):
    verdict = worker.verdict(model("[keras.Input((28, 28, 1)), L.Conv2D(n, 3), L.Flatten(), L.Dense(10)]"))
    assert [layer.params for layer in verdict.layers] == [0, None, 0, None]
    assert verdict.layers[2].output_shape == (None, Multiple(676, verdict.layers[1].output_shape[3].unknown))
    assert (verdict.params, verdict.complete) == (None, True)


def told_within(worker, source, seconds=8):
    """The shapes of a model; the work for it has to end before a request would be given up."""
    started = worker.processor_seconds()
    verdict = worker.verdict(model(source))
    assert worker.processor_seconds() - started < seconds
    return [layer.output_shape for layer in verdict.layers]


def test_base_model_behind_an_unknown_size_is_made_once(worker):
    source = "[keras.Input((200, 200, 3)), L.Resizing(n, n), keras.applications.EfficientNetB5(include_top=False)]"
    assert told_within(worker, source)[-1] is not None


def test_base_models_behind_something_unknown_have_the_shapes_that_they_always_have(worker):
    base = "keras.applications.InceptionV3(include_top=False)"
    source = f"[keras.Input((200, 200, 3)), L.Conv2D(3, 3), L.Lambda(unknown), {base}, L.Flatten(), L.Dense(5)]"
    shapes = told_within(worker, source)
    assert (shapes[1], shapes[-1]) == ((None, 198, 198, 3), (None, 5))
