"""Models made by hand, as the reader would make them."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

from keras_shapes.keras_process.recipe import encode_model, request
from keras_shapes.keras_process.replies import decode_recipes
from keras_shapes.model import (
    Apply,
    Argument,
    Attribute,
    Call,
    InputSource,
    Item,
    Model,
    Node,
    NumpyNumber,
    Operation,
    Parameter,
    PublicName,
    ReadableFunction,
    Settings,
    Unknown,
    UserCode,
)
from keras_shapes.source import Span

HERE = Span(0, 0)
WORKER = Path(__file__).parents[2] / "server" / "keras_shapes" / "worker" / "main.py"

_LOOP = """
import gc, json, sys
from importlib import import_module
from importlib.machinery import SourceFileLoader
package = SourceFileLoader("entry", sys.argv[1]).load_module().load_package()
evaluate = import_module(package + ".build").evaluate
if sys.argv[2] == "without memo":
    import_module(package + ".memo").MEMO.distrust()
gc.collect()
gc.freeze()
print("ready", flush=True)
for line in sys.stdin:
    print(json.dumps(evaluate(json.loads(line))), flush=True)
"""


class Worker:
    """The evaluation itself in a process of its own, without the rest of the worker."""

    def __init__(self, *, memo=True, python=sys.executable, variables=os.environ):
        environment = {**variables, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
        self.process = subprocess.Popen(
            [python, "-I", "-c", _LOOP, str(WORKER), "with memo" if memo else "without memo"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if os.environ.get("BT") else subprocess.DEVNULL,
            text=True,
            env=environment,
        )
        assert self.process.stdout.readline() == "ready\n"

    def answer(self, data):
        self.process.stdin.write(json.dumps(data) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def verdicts(self, *models):
        recipes = [encode_model(model) for model in models]
        return decode_recipes(self.answer(request(recipes)), recipes, models)

    def verdict(self, made):
        return self.verdicts(made)[0]

    def verdict_in_time(self, made):
        """The verdict; None where the search for what is behind something unknown was ended by the clock."""
        recipe = encode_model(made)
        reply = self.answer(request([recipe]))
        return None if reply["models"][0].get("passing") else decode_recipes(reply, [recipe], [made])[0]

    def resident_bytes(self):
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    def processor_seconds(self):
        """How long the processor has worked for it."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=60)
        self.process.stdout.close()


def model(source, *, settings=None, input_shape=None, flavour="keras", **names):
    """A model from the source of the list of its layers; `names` are values that the source can use.

    `L` is keras.layers; a name that is not given is an unknown number of that name.
    """
    maker = _Maker(names, flavour)
    elements = tuple(Node(maker.make(item), HERE) for item in ast.parse(source, mode="eval").body.elts)
    given = None if input_shape is None else InputSource(tuple(input_shape), None, "fit", HERE, "input from x")
    return Model("model", HERE, HERE, elements, settings=settings or Settings(), input=given, flavour=flavour)


_OPERATORS = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.Div: "truediv",
    ast.MatMult: "matmul",
    ast.Pow: "pow",
}
_ROOTS = {"L": "keras.layers", "keras": "keras", "tf": "tensorflow", "K": "keras.backend"}


class _Maker:
    def __init__(self, names, flavour):
        self.names = dict(names)
        self.flavour = flavour
        self.parameters = {}

    def make(self, node):
        match node:
            case ast.Constant(value=value):
                return value
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=value)):
                return -value
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return Operation("neg", (self.make(operand),), HERE)
            case ast.List(elts=items):
                return [self.make(item) for item in items]
            case ast.Tuple(elts=items):
                return tuple(self.make(item) for item in items)
            case ast.Dict(keys=keys, values=values):
                return {self.make(key): self.make(value) for key, value in zip(keys, values, strict=True)}
            case ast.Slice(lower=lower, upper=upper, step=step):
                return slice(*(part and self.make(part) for part in (lower, upper, step)))
            case ast.Name(id=name) if name in self.parameters:
                return self.parameters[name]
            case ast.Name(id=name):
                return self.names.setdefault(name, Unknown(f"{name} has no value", HERE, name, key=name))
            case ast.Lambda(args=args, body=body):
                self.parameters = {arg.arg: Parameter(index) for index, arg in enumerate(args.args)}
                return ReadableFunction(len(args.args), self.make(body), HERE)
            case ast.BinOp(left=left, op=operator, right=right):
                return Operation(_OPERATORS[type(operator)], (self.make(left), self.make(right)), HERE)
            case ast.Subscript(value=value, slice=index):
                return Item(self.make(value), self.make(index), HERE)
            case ast.Call():
                return self.call(node)
            case ast.Attribute():
                path = _path(node)
                return PublicName(path, self.flavour) if path else Attribute(self.make(node.value), node.attr, HERE)
        raise AssertionError(ast.dump(node))

    def call(self, node):
        arguments = tuple(
            [Argument(None, self.make(value), HERE, HERE) for value in node.args]
            + [Argument(keyword.arg, self.make(keyword.value), HERE, HERE) for keyword in node.keywords]
        )
        path = _path(node.func)
        if path == "keras.Sequential":
            layers = tuple(Node(layer, HERE) for layer in arguments[0].value)
            return Model(None, HERE, HERE, layers, arguments[1:])
        if path:
            return Call(PublicName(path, self.flavour), arguments, HERE, HERE)
        if isinstance(node.func, ast.Name) and node.func.id.istitle() and node.func.id not in self.names:
            return UserCode(node.func.id, arguments, HERE, HERE, f"{node.func.id} is defined in this file")
        if isinstance(node.func, ast.Name) and node.func.id == "int64":
            return NumpyNumber("int64", arguments[0].value)
        return Apply(self.make(node.func), arguments, HERE)


def _path(node):
    """The dotted public name of an expression, or an empty string."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if isinstance(node, ast.Name) and node.id in _ROOTS:
        return ".".join([_ROOTS[node.id], *reversed(parts)])
    return ""
