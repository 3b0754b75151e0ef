"""One program in many styles: forms of lists, imports, indentation, line breaks, names beyond ASCII, notebooks."""

from __future__ import annotations

import re
from dataclasses import dataclass

FORMS = ("lines", "one line", "add", "function")
IMPORTS = ("names", "layers", "tf", "keras")
TEXTS = ("plain", "tabs", "crlf", "beyond ascii", "notebook", "single quotes")


@dataclass(frozen=True)
class Program:
    """Layers as a file that imports their names writes them, and what is done with the model."""

    layers: tuple[str, ...]
    use: str = ""


def written(program: Program, form: str, imports: str, text: str) -> str:
    """The program in one style."""
    head, prefix, keras = _head(program, imports)
    layers = [re.sub(r"(?<![\w.])(?=[A-Z]\w*\()", prefix, layer) for layer in program.layers]
    body = _model(layers, form, keras)
    whole = f"{head}import numpy as np\n\n{body}{program.use}"
    match text:
        case "tabs":
            return re.sub(r"(?m)^ {4}", "\t", whole)
        case "crlf":
            return whole.replace("\n", "\r\n")
        case "beyond ascii":
            return re.sub(r"\bmodel\b", "modèle", whole)
        case "single quotes":
            return whole.replace('"', "'")
    return whole


def _head(program: Program, imports: str) -> tuple[str, str, str]:
    match imports:
        case "names":
            names = dict.fromkeys(re.findall(r"\b([A-Z]\w*)\(", " ".join(program.layers)))
            return f"from keras import Sequential\nfrom keras.layers import {', '.join(names)}\n", "", ""
        case "layers":
            return "from tensorflow import keras\nfrom tensorflow.keras import layers\n", "layers.", "keras."
        case "tf":
            return "import tensorflow as tf\n", "tf.keras.layers.", "tf.keras."
    return "import keras\n", "keras.layers.", "keras."


def _model(layers: list[str], form: str, keras: str) -> str:
    match form:
        case "lines":
            items = "".join(f"    {layer},\n" for layer in layers)
            return f"model = {keras}Sequential([\n{items}])\n"
        case "one line":
            return f"model = {keras}Sequential([{', '.join(layers)}])\n"
        case "add":
            return f"model = {keras}Sequential()\n" + "".join(f"model.add({layer})\n" for layer in layers)
    lines = "".join(f"    model.add({layer})\n" for layer in layers)
    return f"def build():\n    model = {keras}Sequential()\n{lines}    return model\n\n\nmodel = build()\n"
