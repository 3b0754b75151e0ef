"""Every argument of a library's function is read, known to have no influence, or makes the result unknown."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from evaluation import evaluate
from scripts import library_signatures

from keras_shapes.data import Array
from keras_shapes.model import Unknown
from keras_shapes.reader import library
from keras_shapes.reader.library.signatures import NONE, signature_of

ROOM = Path(library.__file__).parent


@pytest.mark.keras  # the signatures are those of the installed libraries
def test_generated_signatures_are_up_to_date():
    text = library_signatures.TARGET.read_text(encoding="utf-8")
    made = library_signatures.table()
    assert text.partition('"""\n\nSIG')[2] == made.partition('"""\n\nSIG')[2], "run scripts/library_signatures.py"


def test_every_function_that_exists_has_a_signature():
    nameless = {path for path in library_signatures.paths() if signature_of(path) is NONE}
    existing = {path for path in nameless if any(map(library_signatures.found, library_signatures.places(path)))}
    assert existing <= {"numpy.random.Generator.bit_generator", "Series.cat.codes"}


def test_no_handler_counts_positions():
    asking = {"value", "array", "has", "number", "flag"}
    for file in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in asking:
                numbers = [one for one in node.args if isinstance(one, ast.Constant) and not isinstance(one.value, str)]
                assert not numbers, f"{file.name} line {node.lineno}"


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("np.var(np.ones((2, 3)), 0, where=[[True], [False]])", "`where` of numpy.var is not read"),
        ("np.sum(np.ones((2, 3)), where=[[True], [False]])", "`where` of numpy.sum is not read"),
        ("np.ones((2, 3)).view('uint8')", "`dtype` of ndarray.view is not read"),
        ("np.ones((2, 3)).flatten('C', 3)", "ndarray.flatten has more arguments than are read"),
        ("np.expand_dims(np.ones(3), 0, 1)", "numpy.expand_dims has more arguments than are read"),
        ("np.mean(np.ones((2, 3)), 0, None, None, True)", None),
        ("sklearn.preprocessing.OneHotEncoder(sparse_output=False)", None),
    ],
)
def test_what_is_not_read_is_unknown(source, reason):
    claim = evaluate(source)
    assert isinstance(claim, Unknown) == (reason is not None)
    assert reason is None or claim.reason == reason


def test_what_is_given_by_position_is_read_by_its_name():
    assert evaluate("np.mean(np.ones((2, 3)), 0, None, None, True)").shape == (1, 3)
    assert evaluate("np.array([1, 2], None, ndmin=3)").shape == (1, 1, 2)
    assert evaluate("np.insert(np.ones((6, 3)), 0, np.ones((2, 3)), 0)").shape == (8, 3)


def test_arguments_of_a_constructor_count_where_they_matter():
    data = "sklearn.impute.SimpleImputer(add_indicator=True)"
    assert isinstance(evaluate(f"{data}.fit_transform(np.random.rand(3, 2))"), Unknown)
    shape = evaluate("sklearn.preprocessing.StandardScaler(with_mean=False).fit_transform(np.random.rand(3, 2))").shape
    assert shape == (3, 2)


def test_what_a_function_does_without_an_argument_is_no_influence():
    assert isinstance(evaluate("np.concatenate([np.ones(3)], 0, None, dtype=None)"), Array)
