"""Keras' own helpers for data, run for real on small files and arrays, against what the reader says of them."""

from __future__ import annotations

import keras
import numpy as np
import pandas as pd
import pytest
import tensorflow as tf
from evaluation import evaluate
from PIL import Image
from truth import lie

from keras_shapes.data import Array, Dataset


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    """Three classes of four images each, with a text beside each image elsewhere."""
    root = tmp_path_factory.mktemp("data")
    for place, name in enumerate(("cats", "dogs", "emus")):
        images, texts = root / "images" / name, root / "texts" / name
        images.mkdir(parents=True)
        texts.mkdir(parents=True)
        for number in range(4):
            Image.fromarray(np.full((20, 30, 3), place, "uint8")).save(images / f"{number}.png")
            (texts / f"{number}.txt").write_text("some words")
    return root


@pytest.fixture(scope="module")
def two_classes(directory):
    root = directory.parent / "two"
    for name in ("cats", "dogs"):
        (root / name).mkdir(parents=True, exist_ok=True)
        Image.fromarray(np.zeros((20, 30, 3), "uint8")).save(root / name / "0.png")
    return root


DIRECTORY_CALLS = [
    "keras.utils.image_dataset_from_directory(ROOT + '/images')",
    "keras.utils.image_dataset_from_directory(ROOT + '/images', image_size=(16, 24), batch_size=5)",
    "keras.utils.image_dataset_from_directory(ROOT + '/images', color_mode='grayscale', label_mode='categorical')",
    "keras.utils.image_dataset_from_directory(ROOT + '/images', label_mode=None, color_mode='rgba', batch_size=None)",
    "keras.utils.image_dataset_from_directory(ROOT + '/images', labels=None)",
    "keras.utils.image_dataset_from_directory(ROOT + '/images', class_names=['cats', 'dogs', 'emus'])",
    "keras.utils.image_dataset_from_directory(ROOT + '/images', validation_split=0.25, subset='training', seed=1)",
    "keras.utils.image_dataset_from_directory(ROOT + '/images', validation_split=0.5, subset='both', seed=1)[1]",
    "keras.utils.image_dataset_from_directory(TWO, label_mode='binary')",
    "keras.preprocessing.image_dataset_from_directory(ROOT + '/images').map(lambda x, y: (x / 255.0, y)).cache()",
    "keras.utils.text_dataset_from_directory(ROOT + '/texts')",
    "keras.utils.text_dataset_from_directory(ROOT + '/texts', label_mode='categorical', batch_size=2)",
]


@pytest.mark.parametrize("source", DIRECTORY_CALLS)
def test_directories(source, directory, two_classes):
    names = {"ROOT": str(directory), "TWO": str(two_classes)}
    truth = eval(source, {**names, "keras": keras})
    claim = evaluate(source, **names)
    assert isinstance(claim, Dataset)
    assert lie(claim, truth) is None


def test_class_names(directory):
    claim = evaluate("len(keras.utils.image_dataset_from_directory('d', class_names=['a', 'b']).class_names)")
    assert claim == 2
    labels = evaluate("keras.utils.image_dataset_from_directory('d', label_mode='categorical').element_spec[1]")
    names = evaluate("len(keras.utils.image_dataset_from_directory('d').class_names)")
    assert labels.shape[-1].key == names.key


FLOWS = [
    "flow_from_directory(ROOT + '/images')",
    "flow_from_directory(ROOT + '/images', target_size=(16, 24), batch_size=5, class_mode='sparse')",
    "flow_from_directory(ROOT + '/images', color_mode='grayscale', class_mode=None)",
    "flow_from_directory(ROOT + '/images', class_mode='input')",
    "flow_from_directory(TWO, class_mode='binary')",
    "flow_from_directory(ROOT + '/images', classes=['cats', 'dogs'])",
    "flow(np.zeros((10, 8, 9, 3)), np.arange(10))",
    "flow(np.zeros((10, 8, 9, 3), 'uint8'), np.eye(10), batch_size=3)",
    "flow(np.zeros((10, 8, 9, 1)))",
    "flow_from_dataframe(FRAME, ROOT + '/images', x_col='file', y_col='number', class_mode='raw')",
    "flow_from_dataframe(FRAME, ROOT + '/images', x_col='file', y_col=['number', 'size'], class_mode='raw')",
    "flow_from_dataframe(FRAME, ROOT + '/images', x_col='file', y_col='kind', target_size=(5, 6))",
]


@pytest.mark.parametrize("flow", FLOWS)
def test_generators(flow, directory, two_classes):
    frame = pd.DataFrame(
        {"file": ["cats/0.png", "dogs/1.png"], "kind": ["cat", "dog"], "number": [1, 2], "size": [3, 4]}
    )
    names = {"ROOT": str(directory), "TWO": str(two_classes)}
    generator = tf.keras.preprocessing.image.ImageDataGenerator(rescale=1 / 255)
    batch = next(eval(f"generator.{flow}", {**names, "generator": generator, "np": np, "FRAME": frame}))
    claim = evaluate(f"keras.preprocessing.image.ImageDataGenerator(rescale=1 / 255).{flow}", **names, FRAME=None)
    assert isinstance(claim, Dataset)
    assert claim.library == "Sequence"
    assert _lie_about_batch(claim.element, batch) is None


def _lie_about_batch(claim, batch):
    if isinstance(claim, tuple):
        assert len(claim) == len(batch)
        return next((found for pair in zip(claim, batch, strict=True) if (found := _lie_about_batch(*pair))), None)
    assert isinstance(claim, Array)
    return lie(claim, batch)


UTILITIES = """
keras.utils.to_categorical(np.array([0, 2, 1]))
keras.utils.to_categorical(np.array([[0], [2], [1]]))
keras.utils.to_categorical(np.arange(6).reshape(2, 3), 7)
keras.utils.to_categorical(np.array([0, 1]), num_classes=2)
keras.utils.to_categorical([0, 1, 2, 3])
keras.utils.to_categorical(np.random.randint(0, 4, 500))
keras.utils.to_categorical(np.array([3.0, 1.0]))
keras.utils.normalize(np.random.rand(5, 3))
keras.utils.normalize(np.random.rand(5))
keras.utils.pad_sequences([[1, 2], [3]])
keras.utils.pad_sequences([[1, 2], [3]], maxlen=5, padding="post")
keras.utils.pad_sequences([[0.5], [1, 2, 3]], dtype="float32", value=-1.0)
keras.utils.pad_sequences(np.arange(6).reshape(2, 3), maxlen=4)
keras.utils.timeseries_dataset_from_array(np.zeros((50, 4)), np.zeros(50), sequence_length=10)
keras.utils.timeseries_dataset_from_array(np.zeros((50, 4)), None, 7, batch_size=None)
keras.utils.timeseries_dataset_from_array(np.zeros(50), np.zeros((50, 2)), sequence_length=3, batch_size=8)
keras.utils.split_dataset(np.zeros((10, 3)), left_size=0.8)[0]
keras.utils.split_dataset((np.zeros((10, 3)), np.zeros(10)), left_size=4)[1]
keras.utils.split_dataset(tf.data.Dataset.range(10), right_size=3)[0]
keras.utils.img_to_array(keras.utils.array_to_img(np.zeros((4, 5, 1))))
"""


@pytest.mark.parametrize("source", UTILITIES.strip().splitlines())
def test_utilities(source):
    truth = eval(source, {"keras": keras, "np": np, "tf": tf})
    claim = evaluate(source)
    assert isinstance(claim, (Array, Dataset))
    assert lie(claim, truth) is None


def test_unknown_labels_give_one_unknown_number_of_classes():
    program = "y = np.load('y.npy')\n(keras.utils.to_categorical(y), keras.utils.to_categorical(y, 3))"
    unknown, known = evaluate(program)
    assert (unknown.shape, known.shape) == (None, None)
    assert "one-hot" in unknown.provenance


def test_one_hot_twice():
    array = evaluate("keras.utils.to_categorical(keras.utils.to_categorical(np.array([0, 1, 2])))")
    assert array.shape == (3, 3, 2)
    assert {"one-hot", "one-hot twice"} <= array.provenance


def test_a_tokenizer_knows_one_vocabulary():
    program = """
t = keras.preprocessing.text.Tokenizer()
t.fit_on_texts(["a b", "c"])
(len(t.word_index) + 1, t.texts_to_matrix(["a"]).shape[1], len(t.index_word) + 1)
"""
    first, second, third = evaluate(program)
    assert first.key == second.key == third.key


def test_a_tokenizer_with_a_bound():
    program = """
t = keras.preprocessing.text.Tokenizer(num_words=100)
t.fit_on_texts(["a b", "c"])
keras.utils.pad_sequences(t.texts_to_sequences(["a", "b", "c"]), maxlen=7)
"""
    array = evaluate(program)
    assert (array.shape, array.minimum, array.maximum) == ((3, 7), 0, 99)


@pytest.mark.parametrize("make", ["np.array", "np.asarray", "tf.constant"])
def test_lists_of_word_numbers_in_an_array_are_of_one_length(make):
    claim = evaluate(f't = tf.keras.preprocessing.text.Tokenizer()\n{make}(t.texts_to_sequences(["a b", "c d"]))')
    assert isinstance(claim, Array)
    assert (claim.shape[0], len(claim.shape), claim.provenance) == (2, 2, frozenset())


@pytest.mark.parametrize(
    ("name", "shape", "dtype"),
    [
        ("imdb_reviews", (), "string"),
        ("imdb_reviews/plain_text:1.0.0", (), "string"),
        ("imdb_reviews/subwords8k", (None,), "int64"),
    ],
)
def test_reviews_are_texts_or_word_numbers(name, shape, dtype):
    dataset = evaluate(f'tensorflow_datasets.load("{name}", split="train", as_supervised=True)')
    assert isinstance(dataset, Dataset)
    assert (dataset.element[0].shape, dataset.element[0].dtype) == (shape, dtype)


@pytest.mark.parametrize(
    "sequences",
    [
        "[np.random.rand(t, 13) for t in [20, 31, 17]]",
        "[[[1, 2], [3, 4]], [[5, 6]]]",
        "[[1, 2], [3]]",
        "np.ones((2, 5, 3))",
    ],
)
def test_padded_sequences_have_the_axes_of_their_items(sequences):
    claim = evaluate(f"keras.utils.pad_sequences({sequences}, maxlen=4)")
    truth = keras.utils.pad_sequences(eval(sequences), maxlen=4)
    assert lie(claim, truth) is None
    assert claim.shape == truth.shape


def test_padded_sequences_of_unknown_items_have_no_rank():
    assert evaluate("keras.utils.pad_sequences(np.load('a.npy'), maxlen=4)").shape is None
