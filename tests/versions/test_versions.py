"""What is said of programs, layers and examples with the Keras of one environment, beside what it really does."""

import asyncio
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from version_programs import PROGRAMS, source

ROOT = Path(__file__).parents[2]
sys.path += [str(ROOT / "tests"), str(ROOT / "tests" / "worker")]

UNKNOWN = "unknown"


def keras_of(environment, variables):
    from keras_shapes.environments import choose_interpreter
    from keras_shapes.keras_process import start_keras

    return start_keras(choose_interpreter(environment["python"], variables=variables))


def check(environment, variables, *paths):
    """The JSON of `keras-shapes check`."""
    command = [sys.executable, "-m", "keras_shapes", "check", "--output-format", "json"]
    finished = subprocess.run(
        [*command, "--interpreter", environment["python"], *map(str, paths)],
        capture_output=True,
        text=True,
        check=False,
        env=variables,
    )
    return json.loads(finished.stdout)


def in_environment(environment, variables, script, text):
    """What a script says under the interpreter of the environment, line by line."""
    finished = subprocess.run(
        [environment["python"], str(script)],
        input=text,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=False,
        env={**variables, "TF_CPP_MIN_LOG_LEVEL": "3"},
    )
    return list(map(json.loads, finished.stdout.splitlines()))


def test_programs(environment, variables, results, tmp_path):
    """Each program in each spelling: refused here where it is refused there, and every shape that is shown."""
    cases = [(start, name) for start in environment["programs"] for name in PROGRAMS]
    for number, (start, name) in enumerate(cases):
        (tmp_path / f"p{number:03}.py").write_text(source(start, name))
    text = json.dumps([source(start, name) for start, name in cases])
    real = in_environment(environment, variables, Path(__file__).with_name("real.py"), text)
    assert len(real) == len(cases)
    said = check(environment, variables, *sorted(tmp_path.glob("*.py")))
    found = {Path(each["filename"]).name: each for each in said["files"]}
    wrong, refused, missed, shapes = [], 0, [], 0
    for number, (case, truth) in enumerate(zip(cases, real, strict=True)):
        each = found[f"p{number:03}.py"]
        errors = [item["code"] for item in each["diagnostics"] if item["severity"] == "error"]
        status = [model["status"] for model in each["models"] if model["name"] == "model"]
        if "raised" in truth:
            refused += 1
            missed += [] if errors or "refused" in status else [(case, truth["raised"], truth["message"][:80])]
            continue
        if errors or "refused" in status:
            wrong.append((case, errors))
        for model in each["models"]:
            if model["name"] == "model":
                same, differs = compared(model["layers"], truth["layers"])
                shapes += same
                wrong += [(case, each) for each in differs]
    results["programs"] = {"all": len(cases), "refused": refused, "missed": len(missed), "shapes": shapes}
    print("not said:", *missed, sep="\n  ")
    assert wrong == []
    assert len(missed) <= refused // 10


def compared(said, real):
    """How many shapes are equal, and those that are not; what is not known is not compared."""
    said = [layer for layer in said if layer["class_name"] not in {"InputLayer", "Input"}]
    real = [layer for layer in real if layer[0] != "InputLayer"]
    if len(said) != len(real):
        return 0, [("layers", len(said), len(real))] if said else []
    known = [
        (layer["output_shape"][1:], shape[1:])
        for layer, (_, shape) in zip(said, real, strict=True)
        if shape is not None and isinstance(layer["output_shape"], list) and "?" not in layer["output_shape"]
    ]
    return sum(ours == theirs for ours, theirs in known), [pair for pair in known if pair[0] != pair[1]]


def test_layer_table(environment, variables, results):
    """Every layer class on every input, beside an eager build."""
    from layer_table import pairs
    from making import model

    every = int(os.environ.get("KERAS_SHAPES_EVERY", "1"))
    asked = list(pairs())[::every]
    text = "\n".join(f"[{given}, {layer}]" for given, layer in asked)
    legacy = {"TF_USE_LEGACY_KERAS": "1"} if environment.get("legacy") else {}
    real = in_environment(environment, {**variables, **legacy}, ROOT / "tests" / "worker" / "eager.py", text)
    assert len(real) == len(asked)
    keras = keras_of(environment, variables)
    flavour = "tf_keras" if environment.get("legacy") else "keras"
    equal, absent, different, wrong = 0, 0, [], []
    for pair, said in zip(asked, real, strict=True):
        if "has no attribute" in said.get("message", "") and said["error"] == "AttributeError":
            absent += 1
            continue
        truth = {**said, "message": plain(said["message"])} if "message" in said else said
        [verdict] = keras.evaluate([model("[{}, {}]".format(*pair), flavour=flavour)])
        ours = told(verdict)
        if ours == truth:
            equal += 1
        else:
            different.append((pair, truth, ours))
            if "shapes" in truth and "error" in ours:
                wrong.append((pair, truth, ours))
    keras.close()
    results["layers"] = {"all": len(asked) - absent, "equal": equal}
    print("different:", *different, sep="\n  ")
    assert wrong == []
    assert equal >= environment.get("layers", 1) * (len(asked) - absent)


def told(verdict):
    from keras_shapes.verdict import Built, Refused

    match verdict:
        case Refused():
            return {"error": verdict.exception, "message": plain(verdict.message)}
        case Built(complete=True):
            last = verdict.layers[-1]
            shapes = last.output_shapes or (last.output_shape,)
            return {"shapes": [list(shape) for shape in shapes], "params": verdict.params}
        case Built():
            return {"unbuilt": True}
    return {"unavailable": verdict.reason}


def plain(message):
    return re.sub(r"\s|\x1b\[\d*m| at 0x[0-9A-Fa-f]+", "", message)


def test_examples(environment, variables, results):
    """Of the five examples with a mistake, those are reported that are refused there, and nothing in the others."""
    from test_examples import EXAMPLES, MISTAKES

    text = json.dumps([(EXAMPLES / name).read_text(encoding="utf-8") for name in MISTAKES])
    real = in_environment(environment, variables, Path(__file__).with_name("real.py"), text)
    refused = {
        name
        for name, truth in zip(MISTAKES, real, strict=True)
        if truth.get("raised") not in (None, "ImportError", "ModuleNotFoundError")
    }
    said = check(environment, variables, EXAMPLES)
    errors = {
        Path(each["filename"]).name
        for each in said["files"]
        if any(item["severity"] == "error" for item in each["diagnostics"])
    }
    models = [model["status"] for each in said["files"] for model in each["models"]]
    results["examples"] = {"models": len(models), "unknown": models.count(UNKNOWN)}
    results["keras"], results["backend"] = said["keras"], said["backend"]
    assert errors == refused


def test_a_large_layer_takes_no_memory(environment, variables, results):
    from making import Worker, model

    legacy = {"TF_USE_LEGACY_KERAS": "1"} if environment.get("legacy") else {}
    worker = Worker(python=environment["python"], variables={**variables, **legacy})
    worker.verdict(model("[keras.Input((4, 4, 3)), L.Flatten(), L.Dense(10)]"))
    before = worker.resident_bytes()
    verdict = worker.verdict(model("[keras.Input((224, 224, 3)), L.Flatten(), L.Dense(100_000), L.Dense(10)]"))
    grown = worker.resident_bytes() - before
    worker.close()
    assert verdict.params > 15_000_000_000
    results["memory"] = round(grown / 2**20)
    assert grown < 200 * 2**20


def test_the_first_minute_of_an_editor(environment, variables, results, monkeypatch, tmp_path):
    """Shapes and a mistake are shown in a document that was just opened."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    results["editor"] = asyncio.run(first_minute(environment, tmp_path))
    assert results["editor"] == ["(None, 26, 26, 8)", "incompatible-input"]


async def first_minute(environment, folder):
    sys.path.append(str(ROOT / "tests" / "lsp"))
    from clients import visual_studio_code
    from editor import started

    start = environment["programs"][0]
    text = source(start, "cnn").replace("layers.Flatten()", "layers.LSTM(4)")
    async with started(visual_studio_code(), settings={"interpreter": environment["python"], "delay": 0}) as editor:
        uri = (folder / "model.py").as_uri()
        editor.open(uri, text)
        await editor.settled(uri)
        hints = await editor.hints(uri)
        return [shown(hints), *(each.code for each in await editor.diagnostics(uri))]


def shown(hints):
    return next((label.strip("→ ") for _, label in hints), "nothing")


@pytest.mark.parametrize("name", sorted(PROGRAMS))
def test_programs_can_be_read(name):
    compile(source("import keras", name), name, "exec")
