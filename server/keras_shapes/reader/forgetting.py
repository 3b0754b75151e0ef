"""What was done to a value and was not read: from here on the value is not known, under every name that it has."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from keras_shapes.data import Array
from keras_shapes.model import Argument, NumpyNumber, Unknown
from keras_shapes.reader.contents import OneOf, common_look, leaves_of, open_contents, unknown_length
from keras_shapes.reader.library.arrays import opaque
from keras_shapes.reader.library.objects import FRAME, LibraryObject
from keras_shapes.reader.replacing import written
from keras_shapes.reader.scopes import Container, Missing
from keras_shapes.reader.values import Choice, Guarded, Instance, Items, Once, Rest, Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter

PURE = frozenset(
    "IPython PIL albumentations argparse ast astropy base64 bisect bs4 catboost codecs collections copy csv cv2 "
    "datasets datetime decimal eli5 emoji fractions functools gensim geopandas glob google graphviz gym gymnasium "
    "gzip h5py hashlib hyperopt imageio imblearn imgaug ipywidgets itertools jax joblib json keras keras_nlp "
    "keras_tuner kerastuner librosa lightgbm lime livelossplot locale logging lxml matplotlib math missingno mlflow "
    "mlxtend mpl_toolkits networkx nltk numbers numpy openpyxl operator optuna os pandas pandas_datareader pathlib "
    "pickle plotly pprint prophet psutil pydot pylab pywt random re requests scikeras scikitplot scipy seaborn shap "
    "shapely shutil skimage sklearn soundfile spacy sqlite3 statistics statsmodels string struct subprocess sys "
    "tabulate tempfile tensorboard tensorflow tensorflow_addons tensorflow_datasets tensorflow_hub tensorflow_text "
    "textblob textwrap time torch torchvision tqdm transformers types typing unicodedata urllib uuid visualkeras "
    "wandb warnings wordcloud xgboost xml yaml yellowbrick yfinance zipfile".split()
)
"""Libraries whose functions leave the lists and dictionaries alone that they are given."""
IN_PLACE = frozenset(
    {
        "bisect.insort",
        "bisect.insort_left",
        "bisect.insort_right",
        "heapq.heapify",
        "heapq.heappop",
        "heapq.heappush",
        "heapq.heappushpop",
        "heapq.heapreplace",
        "numpy.random.shuffle",
        "operator.delitem",
        "operator.iadd",
        "operator.iconcat",
        "operator.ior",
        "operator.setitem",
        "random.shuffle",
    }
)
"""The functions of these libraries that do change what they are given."""


def forget_arguments(it: Interpreter, arguments: tuple[Argument, ...], node: ast.AST) -> None:
    """A function that is not read got these values, and may have changed them.

    Data frames are left alone by the methods of objects: those of libraries, which fit and draw, take them as data.
    """
    reason = it.unknown("it was given to something that is not read", node)
    seen: set[int] = set()
    is_method = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    for argument in arguments:
        if not (is_method and isinstance(argument.value, LibraryObject)):
            forget(it, argument.value, reason, seen)


def forget(it: Interpreter, value: Value, reason: Unknown, seen: set[int] | None = None) -> None:
    """Whatever a value holds may have changed. What cannot change stays: numbers, texts, the length of a tuple."""
    seen = set() if seen is None else seen
    if id(value) in seen:
        return
    seen.add(id(value))
    it.budget.step()
    for part in _parts(value):
        forget(it, part, reason, seen)
    match value:
        case list() | set() | dict():
            it.replace(value, opened(value, unknown_length(reason), Unknown(reason.reason, reason.span), known=False))
        case Once(items=items):
            it.replace(items, open_contents(reason))
        case Instance(attributes=attributes):
            for name, held in list(attributes.items()):
                if isinstance(held, (bool, int, float, str, tuple, Array, NumpyNumber)):
                    it.set_entry(attributes, name, Unknown(reason.reason, reason.span))  # type: ignore[arg-type]
        case LibraryObject(kind=kind, facts=facts) if kind == FRAME and isinstance(facts.get("array"), Array):
            it.set_entry(facts, "array", opaque(facts["array"]))  # type: ignore[arg-type]
        case Array():
            written(it, value)
        case _:
            return


def use_up(it: Interpreter, value: Value, reason: Unknown) -> None:
    """Nobody knows what an iterator, or whichever of several it is, gives from here on."""
    for leaf in leaves_of(value):
        if isinstance(leaf, Once):
            it.replace(leaf.items, open_contents(reason))


def lose(it: Interpreter, values: Iterable[Value], reason: Unknown) -> None:
    """A name for one of these values is not known any more: whatever is done to it, is done to them."""
    seen: set[int] = set()
    for value in values:
        if isinstance(value, (list, tuple, set, dict, Once, Instance, Choice)):
            forget(it, value, reason, seen)


def opened(container: Container, length: Unknown, item: Value, *, known: bool = True) -> Container:
    """Contents for a container of which nothing is known but what its items look like.

    `known` says that the values of a dictionary look as before.
    """
    match container:
        case list():
            return [Rest(item, length)]
        case set():
            return {Rest(item, length)}
        case _:
            return {Rest(item, length): common_look(list(container.values())) if container and known else item}


def is_pure(path: str) -> bool:
    """Whether a library's function leaves the containers alone that it is given."""
    return path not in IN_PLACE and path.partition(".")[0] in PURE


def lose_options(it: Interpreter, value: Value | Missing, options: Sequence[Value | Missing]) -> None:
    """Where a value that is one of too many becomes unknown, what is done to it is done to one of them."""
    if isinstance(value, Unknown):
        lose(it, [option for option in options if not isinstance(option, Missing)], value)


def _parts(value: Value) -> list[Value]:
    match value:
        case list() | tuple() | set():
            return list(value)
        case dict():
            return list(value.values())
        case Once(items=items):
            return list(items)
        case Instance(attributes=attributes):
            return list(attributes.values())
        case Choice(options=options):
            return list(options)
        case OneOf(rows=rows):
            return list(rows)
        case Guarded(value=inner) | Rest(item=inner) | Items(item=inner):
            return [inner]
        case _:
            return []
