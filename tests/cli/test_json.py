"""The JSON of `check`, against its schema."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from programs import write

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "check-output.schema.json").read_text(encoding="utf-8"))

FILES = {
    "sizes.py": """
        import keras
        from keras import layers
        num_classes = int(input())
        model = keras.Sequential([
            keras.Input((28, 28, 1)),
            layers.Conv2D(8, 3),
            layers.Flatten(),
            layers.Dense(num_classes),
        ])
        """,
    "several.py": """
        from keras import Input, Sequential, layers
        def build(units):
            return Sequential([Input((8, 2)), layers.LSTM(units, return_state=True)])
        build(3), build(4)
        """,
    "unknown.py": """
        from keras import Sequential, layers
        net = Sequential([layers.Dense(3), layers.Dense(2)])
        """,
    "refused.py": """
        from keras import Input, Sequential, layers
        net = Sequential([Input((8,)), layers.Dense(3), layers.Conv2D(2, 3), layers.Dense(1)])
        """,
    "graph.py": """
        import keras
        from keras import layers
        steps = keras.Input((5, 2), name="steps")
        all_steps, h, c = layers.LSTM(3, return_sequences=False, return_state=True)(steps)
        other = keras.Input((3,))
        model = keras.Model([steps, other], [layers.concatenate([h, other]), layers.Dense(4)(other)])
        """,
    "plain.py": "print('nothing')",
}


@pytest.fixture(scope="module")
def report(run, tmp_path_factory):
    result = run("check", "--output-format", "json", cwd=write(tmp_path_factory.mktemp("json"), FILES))
    assert (result.returncode, result.stderr) == (1, "")
    return json.loads(result.stdout)


@pytest.fixture(scope="module")
def models(report):
    return {file["filename"]: file["models"] for file in report["files"]}


def test_schema(report):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(report, SCHEMA)


def test_versions(report):
    assert report["keras"].startswith("3.")
    assert report["backend"].startswith("tensorflow 2.")


def test_every_file_is_there(report):
    assert [file["filename"] for file in report["files"]] == sorted(FILES)


def test_a_model(models):
    [model] = models["sizes.py"]
    layers = model.pop("layers")
    assert model == {
        "name": "model",
        "kind": "sequential",
        "location": {"row": 5, "column": 9, "cell": None},
        "variant": 1,
        "status": "built",
        "reason": None,
        "reason_location": None,
        "has_error": False,
        "answered": True,
        "input_shape": [None, 28, 28, 1],
        "input_shapes": [[None, 28, 28, 1]],
        "output_shapes": [[None, "num_classes"]],
        "params": None,
    }
    assert [(layer["class_name"], layer["output_shape"], layer["params"]) for layer in layers] == [
        ("Conv2D", [None, 26, 26, 8], 80),
        ("Flatten", [None, 5408], 0),
        ("Dense", [None, "num_classes"], None),
    ]
    assert [layer["inputs"] for layer in layers] == [["input_layer"], [0], [1]]
    assert layers[0]["location"] == {"row": 7, "column": 5, "cell": None}


def test_a_functional_model(models):
    [model] = models["graph.py"]
    assert (model["kind"], model["input_shapes"], model["output_shapes"]) == (
        "functional",
        [[None, 5, 2], [None, 3]],
        [[None, 6], [None, 4]],
    )
    assert [(layer["class_name"], layer["inputs"], layer["output_shapes"]) for layer in model["layers"]] == [
        ("LSTM", ["steps"], [[None, 3], [None, 3], [None, 3]]),
        ("Concatenate", [0, "input_layer"], [[None, 6]]),
        ("Dense", ["input_layer"], [[None, 4]]),
    ]
    assert [layer["output_shape"] for layer in model["layers"]] == [None, [None, 6], [None, 4]]
    assert model["layers"][0]["location"] == {"row": 5, "column": 19, "cell": None}


def test_two_models_of_one_site(models):
    first, second = models["several.py"]
    assert first["location"] == second["location"]
    assert (first["variant"], second["variant"]) == (1, 2)
    assert [model["layers"][0]["output_shapes"] for model in (first, second)] == [
        [[None, 3], [None, 3], [None, 3]],
        [[None, 4], [None, 4], [None, 4]],
    ]


def test_an_unknown_rank_is_null(models):
    [model] = models["unknown.py"]
    assert (model["status"], model["input_shape"]) == ("unknown", None)
    assert [layer["output_shape"] for layer in model["layers"]] == [None, None]
    assert model["layers"][1]["params"] == 8


def test_a_refusal(report, models):
    [model] = models["refused.py"]
    assert (model["status"], model["reason"]) == ("refused", "error at the 2nd layer (Conv2D)")
    assert [layer["status"] for layer in model["layers"]] == ["built", "refused", "unknown"]
    [file] = [file for file in report["files"] if file["filename"] == "refused.py"]
    [diagnostic] = file["diagnostics"]
    assert diagnostic["code"] == "incompatible-input"
    assert diagnostic["keras_message"] == model["layers"][1]["reason"]
    assert diagnostic["location"] == {"row": 3, "column": 56, "cell": None}
    assert diagnostic["end_location"] == {"row": 3, "column": 62, "cell": None}


def test_json_without_keras(run, tmp_path):
    write(tmp_path, {"a.py": FILES["refused.py"]})
    result = run(
        "check", "--output-format", "json", "--interpreter", "missing-python", "missing.py", "a.py", cwd=tmp_path
    )
    report = json.loads(result.stdout)
    assert result.returncode == 2
    jsonschema.validate(report, SCHEMA)
    assert report["keras"] is None
    [file] = report["files"]
    assert [layer["class_name"] for layer in file["models"][0]["layers"]] == ["Dense", "Conv2D", "Dense"]
