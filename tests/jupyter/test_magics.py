"""`%shapes` in a real IPython, with the Keras of its own interpreter."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

MODEL = """\
from keras import Input, Sequential, layers
net = Sequential([Input((28, 28, 1)), layers.Conv2D({filters}, 3), layers.Flatten(), layers.Dense(10)])
"""
WRONG = """\
bad = Sequential([Input((28, 28)), layers.Conv2D(8, 3)])
"""


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    """One shell for all tests, because Keras starts once for it."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("notebooks")
        patch.chdir(folder)
        patch.setenv("IPYTHONDIR", str(folder / "ipython"))
        InteractiveShell.clear_instance()
        shell = InteractiveShell.instance()
        run(shell, "%load_ext keras_shapes")
        yield shell
        run(shell, "%unload_ext keras_shapes")
        assert not shell.find_line_magic("shapes")
        InteractiveShell.clear_instance()


@pytest.fixture
def shell(session):
    """The shell, as if nothing had been run in it."""
    session.reset(new_session=True)
    session.history_manager.reset(new_session=True)
    session.execution_count = 1
    return session


def test_the_table_of_a_model(shell):
    run(shell, f"size = 4\n{MODEL.format(filters='size * 2')}")
    shown = repr(run(shell, "%shapes net").result).splitlines()
    assert shown[0] == 'Model: "net"'
    assert "flatten (Flatten)  (None, 5408)" in "\n".join(shown)
    assert shown[-3] == "Total params: 54,170 (211.60 KB)"


def test_it_is_a_table_in_a_notebook(shell):
    run(shell, MODEL.format(filters=8) + "odd = Sequential([Input((3,)), layers.Dense(2, name='a<b>')])")
    shapes = run(shell, "%shapes").result
    page = Page(shapes._repr_html_())
    assert ["conv2d (Conv2D)", "(None, 26, 26, 8)", "80"] in page.rows
    assert ["a<b> (Dense)", "(None, 2)", "8"] in page.rows


def test_a_cell_is_judged_and_not_run(shell):
    run(shell, MODEL.format(filters=8))
    shapes = run(shell, f"%%shapes\n{WRONG}").result
    assert "bad" not in shell.user_ns
    text = repr(shapes)
    assert "net" not in text
    assert "In [2], line 2: error[incompatible-input]: Conv2D needs (batch, height, width, channels)" in text
    assert "2 | bad = Sequential([Input((28, 28)), layers.Conv2D(8, 3)])" in text
    assert "= help: Change shape to (28, 28, 1)" in text
    assert "error[incompatible-input]" in shapes._repr_html_()


def test_a_cell_that_is_right_can_be_run_at_once(shell):
    run(shell, "from keras import Input, Sequential, layers")
    assert run(shell, f"%%shapes --run\n{WRONG}").result.has_errors
    assert "bad" not in shell.user_ns
    with capture_output() as shown:
        run(shell, "%%shapes --run\nfine = Sequential([Input((8,)), layers.Dense(3)])")
    assert '"fine"' in shown.stdout
    assert shell.user_ns["fine"].output_shape == (None, 3)


def test_the_last_of_two_models_with_one_name_counts(shell):
    run(shell, MODEL.format(filters=8))
    run(shell, MODEL.format(filters=16))
    text = repr(run(shell, "%shapes net").result)
    assert "(None, 26, 26, 16)" in text
    assert "(None, 26, 26, 8)" not in text


def test_a_cell_alone(shell):
    run(shell, "from keras import Input, Sequential, layers\nunits = 3")
    cell = "import keras\nnet = keras.Sequential([keras.Input((8,)), keras.layers.Dense(units)])"
    assert "(None, 3)" in repr(run(shell, f"%%shapes\n{cell}").result)
    assert "(None, units)" in repr(run(shell, f"%%shapes --alone\n{cell}").result)


def test_what_is_not_there_or_not_right_is_told(shell):
    assert repr(run(shell, "%shapes nothing").result) == "There is no Keras model nothing in the cells that were read."
    with capture_output() as shown:
        assert run(shell, "%shapes --no-such-option").result is None
    assert shown.stdout.startswith("%shapes: No such option")
    with capture_output() as shown:
        run(shell, "%shapes --help")
    assert "Usage: %shapes" in shown.stdout


def run(shell, source):
    result = shell.run_cell(source, store_history=True)
    assert result.success, source
    return result


class Page(HTMLParser):
    """The rows of the tables of a page."""

    def __init__(self, text):
        super().__init__()
        self.rows = []
        self.inside = False
        self.feed(text)

    def handle_starttag(self, tag, _attributes):
        if tag == "tr":
            self.rows.append([])
            self.inside = True

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "table"

    def handle_data(self, data):
        if self.inside:
            self.rows[-1].append(data)
