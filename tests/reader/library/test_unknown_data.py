"""What is not known keeps its reason, and its identity: the same size is the same unknown wherever it is asked for."""

from __future__ import annotations

from evaluation import evaluate

from keras_shapes.data import Array
from keras_shapes.model import Unknown


def same(program):
    first, second = evaluate(program)
    assert isinstance(first, Unknown)
    assert isinstance(second, Unknown)
    return first.key == second.key


def test_columns_of_a_file():
    program = 'df = pd.read_csv("a.csv")\n'
    assert same(program + "X = df.drop('y', axis=1)\n(X.shape[1], X.values.shape[1])")
    assert same(program + "X = df.drop('y', axis=1).values\n(X.shape[1], (X / 255).astype('float32').shape[1])")
    assert not same(program + "X = df.drop('y', axis=1)\n(df.shape[1], X.shape[1])")
    assert same(program + "(df['y'].shape[0], df.values.shape[0])")
    assert same(program + "(len(df), df.shape[0])")


def test_parts_of_unknown_data_belong_together():
    program = """
df = pd.read_csv("a.csv")
X = df.drop("y", axis=1)
y = df["y"]
X_train, X_test, y_train, y_test = sklearn.model_selection.train_test_split(X, y, test_size=0.2)
"""
    assert same(program + "(X_train.shape[0], y_train.shape[0])")
    assert not same(program + "(X_train.shape[0], y_test.shape[0])")
    assert same(program + "(X_train.shape[1], X_test.shape[1])")


def test_an_array_of_unknown_rank():
    program = 'X = np.load("x.npy")\n'
    assert same(program + "(X.shape[1], X.shape[1])")
    assert not same(program + "(X.shape[1], X.shape[2])")
    assert same(program + "(len(X), X.shape[0])")
    assert evaluate(program + "X.shape[1]").kind == "int"
    assert "np.load('x.npy')" in evaluate(program + "X.shape[1]").reason


def test_two_files_are_two():
    assert not same('a = pd.read_csv("a.csv")\nb = pd.read_csv("a.csv")\n(a.shape[1], b.shape[1])')


def test_reshape_of_unknown_samples():
    program = 'X = pd.read_csv("a.csv", names=["a", "b", "c"]).values\n'
    assert evaluate(program + "X.reshape(X.shape[0], 1, X.shape[1]).shape[1:]") == (1, 3)
    assert evaluate(program + "X.reshape(len(X), -1).shape[1]") == 3
    assert same(program + "(X.reshape((-1, 3, 1)).shape[0], X.shape[0])")


def test_named_columns_are_counted():
    program = 'df = pd.read_csv("a.csv", names=["a", "b", "c", "y"])\n'
    assert evaluate(program + "df.drop('y', axis=1).shape[1]") == 3
    assert evaluate(program + "df[['a', 'b']].values.shape[1]") == 2
    assert evaluate('pd.read_csv("a.csv", usecols=[0, 2, 5]).shape[1]') == 3


def test_written_slices_are_taken_to_fit():
    program = 'data = np.loadtxt("pima.csv", delimiter=",")\n'
    assert evaluate(program + "data[:, 0:8].shape[1]") == 8
    assert evaluate('pd.read_csv("a.csv").iloc[:, 3:13].values.shape[1]') == 10
    assert isinstance(evaluate(program + "data[:100].shape"), Unknown)
    assert evaluate('pd.read_csv("a.csv").values[:100].shape[0]').high == 100


def test_windows_of_one_length():
    assert evaluate("x[i : i + 5].shape", x=Array((100,), source=1), i=Unknown("i", kind="int", key="i")) == (5,)


def test_a_frame_is_changed_where_it_is():
    assert evaluate('df = pd.DataFrame({"a": [1], "b": [2]})\ndf["c"] = 0\ndf.shape') == (1, 3)
    assert evaluate('df = pd.DataFrame({"a": [1], "b": [2]})\ndf["a"] = 0\ndf.shape') == (1, 2)
    assert not same('df = pd.read_csv("a")\nbefore = df.shape[1]\ndf["c"] = 0\n(before, df.shape[1])')


def test_assigning_items_forgets_values():
    array = evaluate("x = np.array([1, 2, 3])\nx[0] = 9\nx")
    assert (array.shape, array.values, array.maximum) == ((3,), None, 9)
    assert evaluate("x = np.array([1, 2, 3])\nx[np.random.randint(3)] = 9\nx").maximum is None
    array = evaluate("y = np.random.randint(0, 3, 500)\ny[y == 2] = 7\ny")
    assert array.maximum is None


def test_impossible_operations_are_unknown_with_the_reason():
    assert "do not fit" in evaluate("np.zeros((3, 4)) + np.zeros((2, 4))").reason
    assert "cannot be reshaped" in evaluate("np.zeros((3, 4)).reshape(5, 2)").reason
    assert "groups of 5" in evaluate("np.zeros((3, 4)).reshape(5, -1)").reason
    assert "no column 'z'" in evaluate('pd.DataFrame({"a": [1]})["z"]').reason
    assert "sizes that do not fit" in evaluate("np.concatenate([np.zeros((2, 3)), np.zeros((2, 4))])").reason


def test_rows_of_different_length_are_ragged():
    array = evaluate("np.array([[1, 2], [3]])")
    assert (array.shape, array.dtype) == ((2,), "object")
    assert "ragged" in array.provenance


def test_huge_numbers_are_only_numbers():
    assert evaluate("np.zeros((10**12, 10**12)).reshape(-1).shape") == (10**24,)
    assert evaluate("np.arange(10**15).shape") == (10**15,)
    assert evaluate("np.split(np.zeros(10**9), 10**9)").reason == "too many parts"
