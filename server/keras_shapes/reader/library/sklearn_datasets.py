"""The bundled datasets of scikit-learn and its makers of artificial data.

Shapes and classes: https://scikit-learn.org/stable/datasets/toy_dataset.html and `real_world.html`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from keras_shapes.data import Array, Fact, Size
from keras_shapes.model import Unknown
from keras_shapes.reader.library import marks, sizes
from keras_shapes.reader.library.arrays import new, of_values, shape_argument, size_argument
from keras_shapes.reader.library.frames import frame
from keras_shapes.reader.library.giving_up import GiveUp
from keras_shapes.reader.library.objects import LibraryObject
from keras_shapes.reader.library.registry import LibraryCall, function
from keras_shapes.reader.values import Value

_MANY_A_CLASS: Final = 20
"""So many samples of each class leave none out, whatever is flipped at random."""


@dataclass(frozen=True, slots=True)
class _Bundled:
    """Samples, features and classes (0 for regression, or several targets)."""

    samples: int
    features: int
    classes: int = 0
    targets: int = 1
    images: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    target_names: tuple[str, ...] = ()
    dtype: str = "float64"
    lowest: int = 0


_BUNDLED: Final = {
    "load_iris": _Bundled(
        150,
        4,
        3,
        names=("sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)"),
        target_names=("setosa", "versicolor", "virginica"),
    ),
    "load_digits": _Bundled(1797, 64, 10, images=(8, 8)),
    "load_wine": _Bundled(178, 13, 3, target_names=("class_0", "class_1", "class_2")),
    "load_breast_cancer": _Bundled(569, 30, 2, target_names=("malignant", "benign")),
    "load_diabetes": _Bundled(442, 10),
    "load_linnerud": _Bundled(20, 3, targets=3),
    "load_boston": _Bundled(506, 13),
    "fetch_california_housing": _Bundled(20_640, 8),
    "fetch_olivetti_faces": _Bundled(400, 4096, 40, images=(64, 64), dtype="float32"),
    "fetch_covtype": _Bundled(581_012, 54, 7, lowest=1),
}
_OPENML: Final = {"mnist_784": (70_000, 784, 10), "Fashion-MNIST": (70_000, 784, 10)}


@function(*(f"sklearn.datasets.{name}" for name in _BUNDLED))
def _bundled(call: LibraryCall) -> Value:
    name = call.path.rpartition(".")[2]
    facts = _BUNDLED[name]
    if name == "load_digits" and call.value("n_class", default=10) != 10:
        raise GiveUp("some of the digits")
    source = ("sklearn.datasets", name)
    origin = f"sklearn.datasets.{name}"
    data = new(
        (facts.samples, facts.features), facts.dtype, origin, call.span, source=source, provenance={Fact.FEATURES}
    )
    shape = (facts.samples,) if facts.targets == 1 else (facts.samples, facts.targets)
    target = new(shape, "float64", origin, call.span, source=source, provenance={Fact.LABELS})
    if facts.classes:
        target = _with_classes(replace(target, dtype="int64"), facts.classes, facts.lowest)
    as_frame = call.flag("as_frame") if not name.endswith(("boston", "olivetti_faces")) else False
    named: Value = frame(replace(data, columns=facts.names or None)) if as_frame else data
    column = replace(target, library="pandas") if as_frame else target
    if call.flag("return_X_y"):
        return (named, column)
    return LibraryObject("sklearn.utils.Bunch", facts=_members(facts, data, named, column), span=call.span)


@function("sklearn.datasets.fetch_openml")
def _openml(call: LibraryCall) -> Value:
    found = _OPENML.get(str(call.value("name", default="")))
    if found is None:
        raise GiveUp("it comes from fetch_openml")
    samples, features, classes = found
    source = object()
    data = new((samples, features), None, "fetch_openml", call.span, source=source, provenance={Fact.FEATURES})
    # The labels are texts: "5". Their range holds once they are numbers.
    target = _with_classes(new((samples,), "object", "fetch_openml", call.span, source=source), classes, 0)
    as_frame = call.value("as_frame", default="auto")
    named: Value = frame(data) if as_frame in ("auto", True) else data
    labels = replace(target, library="pandas", dtype="category") if as_frame in ("auto", True) else target
    if call.flag("return_X_y"):
        return (named, labels)
    facts = {"data": named, "target": labels}
    return LibraryObject("sklearn.utils.Bunch", facts=facts, span=call.span)


@function("sklearn.datasets.make_classification")
def _make_classification(call: LibraryCall) -> Value:
    classes = call.value("n_classes", default=2)
    surely = not call.has("weights")
    return _made(call, _first(call, "n_samples", 100), _first(call, "n_features", 20), classes, surely=surely)


@function("sklearn.datasets.make_blobs")
def _make_blobs(call: LibraryCall) -> Value:
    samples = call.value("n_samples", default=100)
    centers = call.value("centers", default=None)
    features: Size = _first(call, "n_features", 2)
    if isinstance(centers, (list, tuple)):
        features = len(centers[0]) if isinstance(centers[0], (list, tuple)) else sizes.unknown_size("centers")
        centers = len(centers)
    if isinstance(samples, (list, tuple)):
        return _made(call, sizes.total(shape_argument(samples)), features, len(samples), surely=True)
    return _made(call, size_argument(samples), features, 3 if centers is None else centers, surely=True)


@function("sklearn.datasets.make_moons", "sklearn.datasets.make_circles")
def _make_two(call: LibraryCall) -> Value:
    samples = shape_argument(call.value("n_samples", default=100))
    return _made(call, sizes.total(samples), 2, 2, surely=True)


@function("sklearn.datasets.make_gaussian_quantiles")
def _make_quantiles(call: LibraryCall) -> Value:
    classes = call.value("n_classes", default=3)
    return _made(call, _first(call, "n_samples", 100), _first(call, "n_features", 2), classes, surely=True)


@function("sklearn.datasets.make_regression", "sklearn.datasets.make_friedman1")
def _make_regression(call: LibraryCall) -> Value:
    features = _first(call, "n_features", 100 if call.path.endswith("make_regression") else 10)
    samples = _first(call, "n_samples", 100)
    targets = _first(call, "n_targets", 1)
    if call.flag("coef"):
        raise GiveUp("data with its coefficients")
    x, y = _pair(call, samples, features, None)
    if not isinstance(targets, int):
        return (x, replace(y, shape=None))
    return (x, y if targets == 1 else replace(y, shape=(samples, targets)))


@function("sklearn.datasets.make_multilabel_classification")
def _make_multilabel(call: LibraryCall) -> Value:
    samples, features = _first(call, "n_samples", 100), _first(call, "n_features", 20)
    x, y = _pair(call, samples, features, None)
    return (x, replace(y, shape=(samples, _first(call, "n_classes", 5)), dtype="int64", minimum=0, maximum=1))


@function("sklearn.datasets.make_swiss_roll", "sklearn.datasets.make_s_curve")
def _make_roll(call: LibraryCall) -> Value:
    return _pair(call, _first(call, "n_samples", 100), 3, None)


def _made(call: LibraryCall, samples: Size, features: Size, classes: Value, *, surely: bool) -> Value:
    known = classes if isinstance(classes, int) else None
    x, y = _pair(call, samples, features, known)
    many = known is not None and isinstance(samples, int) and samples >= _MANY_A_CLASS * known
    return (x, y if surely and many else replace(y, provenance=y.provenance - marks.OF_VALUES))


def _pair(call: LibraryCall, samples: Size, features: Size, classes: int | None) -> tuple[Array, Array]:
    source = object()
    origin = call.path.rpartition(".")[2]
    x = new((samples, features), "float64", origin, call.span, source=source, provenance={Fact.FEATURES})
    y = new((samples,), "float64", origin, call.span, source=source, provenance={Fact.LABELS})
    return x, y if classes is None else _with_classes(replace(y, dtype="int64"), classes, 0)


def _with_classes(target: Array, classes: int, lowest: int) -> Array:
    found = target.provenance | marks.OF_VALUES
    return replace(target, minimum=lowest, maximum=lowest + classes - 1, provenance=found)


def _first(call: LibraryCall, name: str, default: int) -> Size:
    return size_argument(call.value(name, default=default))


def _members(facts: _Bundled, data: Array, named: Value, target: Array) -> dict[str, Value]:
    names: list[Value] = list(facts.names) or [
        Unknown("the name of a column", kind="str") for _ in range(facts.features)
    ]
    members: dict[str, Value] = {"data": named, "target": target, "feature_names": names}
    members["DESCR"] = Unknown("a description", kind="str")
    if facts.classes:
        known = facts.target_names
        count = facts.classes
        members["target_names"] = of_values(known, (count,), "str") if known else new((count,), None)
    if facts.images:
        members["images"] = replace(data, shape=(facts.samples, *facts.images))
    if isinstance(named, LibraryObject):
        whole = replace(data, shape=(facts.samples, facts.features + facts.targets), dtype=None)
        columns = (*facts.names, "target") if facts.names and facts.targets == 1 else None
        members["frame"] = frame(replace(whole, columns=columns))
    return members
