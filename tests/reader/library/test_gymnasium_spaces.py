"""The spaces of gymnasium's environments, and vocabularies of layers: sizes that are not known, of a type that is."""

from __future__ import annotations

from keras_shapes.reader import read
from keras_shapes.source import Document


def names(text: str) -> dict[str, object]:
    return {seen.name: seen.value for seen in read(Document("", text, text)).names}


def test_the_number_of_actions_is_a_number_of_numpy():
    found = names(
        "import gymnasium as gym\nenv = gym.make('CartPole-v1')\nobs, info = env.reset()\n"
        "n = env.action_space.n\nm = env.action_space.n\nd = env.observation_space.shape[0]"
    )
    assert (found["n"].kind, found["d"].kind) == ("numpy int", "int")
    assert found["n"].key == found["m"].key != found["d"].key


def test_a_vocabulary_has_at_most_its_tokens():
    found = names(
        "from keras import layers\nv = layers.TextVectorization(max_tokens=100)\n"
        "k = v.vocabulary_size()\nw = v.vocabulary_size()"
    )
    assert (found["k"].kind, found["k"].high) == ("int", 100)
    assert found["k"].key == found["w"].key


def test_dummies_can_be_put_together():
    found = names(
        "import numpy as np, pandas as pd\ndf = pd.read_csv('a.csv')\n"
        "x = np.concatenate([pd.get_dummies(df['a']), pd.get_dummies(df['b'])], axis=1)"
    )
    assert len(found["x"].shape) == 2


def test_labels_of_texts_keep_their_type():
    found = names(
        "import numpy as np, tensorflow as tf\ny = np.array(['aa', 'bb'])\n"
        "ds = tf.data.Dataset.from_tensor_slices((np.zeros((2, 3)), y)).batch(2)"
    )
    assert found["y"].dtype == "str"
    assert found["ds"].element[1].dtype == "string"
