"""`keras-shapes check docs/examples`, as the README shows it, with the Keras that is installed here."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "docs" / "examples"

PARAMETERS = {
    "autoencoder.py": [55_008, 56_513, 111_521],
    "digits.ipynb": [9_930],
    "embedding_classifier.py": [325_345],
    "gan.py": [118_849, 6_817, 125_666],
    "mlp.py": [4_801],
    "mnist_cnn.py": [34_826],
    "residual_block.py": [77_706],
    "stacked_lstm.py": [29_857],
    "subclassed.py": [],
    "transformer_block.py": [648_610],
    "two_inputs.py": [649_793],
    "unet.py": [482_033],
    "vgg_blocks.py": [289_194],
}
"""What `model.count_params()` gives for each `Sequential` and `Model` of a file, in source order, when it is run."""

MISTAKES = {
    "conv2d_without_channels.py": ("incompatible-input", "Conv2D"),
    "filter_too_large.py": ("negative-dimension", "Conv2D"),
    "input_shape_number.py": ("input-shape-not-a-tuple", "Dense"),
    "lstm_without_sequences.py": ("missing-return-sequences", "LSTM"),
    "wrong_reshape.py": ("reshape-size", "Reshape"),
}
"""The rule that reports a file, and the layer that Keras refuses."""


@pytest.fixture(scope="module")
def report():
    command = [
        Path(sysconfig.get_path("scripts")) / "keras-shapes",
        "check",
        "docs/examples",
        "--output-format",
        "json",
    ]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 1, result.stderr
    return {Path(file["filename"]).name: file for file in json.loads(result.stdout)["files"]}


def test_every_example_is_expected(report):
    assert report.keys() == PARAMETERS.keys() | MISTAKES.keys() == {path.name for path in EXAMPLES.iterdir()}


@pytest.mark.parametrize("name", PARAMETERS)
def test_right_example_is_built(report, name):
    models = [model for model in report[name]["models"] if model["kind"] in ("sequential", "functional")]
    assert [(model["status"], model["params"]) for model in models] == [
        ("built", parameters) for parameters in PARAMETERS[name]
    ]
    assert report[name]["diagnostics"] == []


@pytest.mark.parametrize("name", MISTAKES)
def test_classic_mistake_is_reported_once(report, name):
    rule, layer = MISTAKES[name]
    (model,) = report[name]["models"]
    (diagnostic,) = report[name]["diagnostics"]
    assert model["status"] == "refused"
    assert [entry["class_name"] for entry in model["layers"] if entry["status"] == "refused"] == [layer]
    assert (diagnostic["code"], diagnostic["severity"]) == (rule, "error")


def test_readme_shows_what_the_commands_print():
    spec = importlib.util.spec_from_file_location("readme", ROOT / "scripts" / "readme.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "18 files, 21 models: 16 built, 5 with errors" in text
    assert text == script.updated(text), "run `python scripts/readme.py`"
