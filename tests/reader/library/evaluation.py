"""A tiny interpreter of expressions over the reader's values: enough to ask the library about array code."""

from __future__ import annotations

import ast
import builtins
import operator

import numpy as np

from keras_shapes.data import Array, Dataset
from keras_shapes.model import Argument, NumpyNumber, PublicName, Unknown
from keras_shapes.reader import library
from keras_shapes.reader.library import LibraryCall, LibraryObject
from keras_shapes.reader.library.indexing import stored
from keras_shapes.reader.library.polynomials import add, multiply, subtract
from keras_shapes.reader.values import Builtin, Items
from keras_shapes.source import Span

MODULES = {
    "np": "numpy",
    "tf": "tensorflow",
    "keras": "keras",
    "ops": "keras.ops",
    "pd": "pandas",
    "sklearn": "sklearn",
    "math": "math",
    "scipy": "scipy",
    "PIL": "PIL",
    "tensorflow_datasets": "tensorflow_datasets",
}
_OPERATORS = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.Div: "truediv",
    ast.FloorDiv: "floordiv",
    ast.Mod: "mod",
    ast.Pow: "pow",
    ast.MatMult: "matmul",
    ast.BitAnd: "and_",
    ast.BitOr: "or_",
    ast.BitXor: "xor",
}
_UNARY = {ast.USub: "neg", ast.UAdd: "pos", ast.Invert: "invert"}
_WHOLE = {"add": add, "sub": subtract, "mul": multiply}


class Evaluator:
    """Runs the statements of a program: assignments and expressions."""

    def __init__(self, **names):
        self.names = {**{name: PublicName(path) for name, path in MODULES.items()}, **names}

    def run(self, source):
        """The value of the last expression of a program."""
        result = None
        for statement in ast.parse(source).body:
            match statement:
                case ast.Assign(targets=[target], value=value):
                    self.assign(target, self.value(value))
                case ast.Expr(value=value):
                    result = self.value(value)
                case ast.Delete(targets=[ast.Subscript(value=owner, slice=index)]):
                    library.delete(self.value(owner), self.value(index), self.library_call("del"))
                case ast.Delete():
                    pass
                case ast.AugAssign(target=target, op=op, value=value):
                    self.augment(target, _OPERATORS[type(op)], self.value(value))
                case _:
                    raise NotImplementedError(ast.dump(statement))
        return result

    def assign(self, target, value):
        match target:
            case ast.Name(id=name):
                self.names[name] = value
            case ast.Tuple(elts=targets) | ast.List(elts=targets):
                items = value if isinstance(value, (tuple, list)) else library.iterate(value)
                for one, item in zip(targets, items, strict=True):
                    self.assign(one, item)
            case ast.Subscript(value=owner, slice=index):
                before = self.value(owner)
                if isinstance(before, dict):
                    before[self.value(index)] = value
                library.store(before, self.value(index), value, self.library_call("store"))
            case ast.Attribute(value=owner, attr=name):
                library.set_attribute(self.value(owner), name, value, self.library_call("store"))

    def augment(self, target, name, given):
        """`target <name>= given`."""
        load = ast.parse(ast.unparse(target), mode="eval").body
        old = self.value(load)
        changed = library.augmented(name, old, given, self.library_call("augmented"))
        self.assign(target, self.binary(name, old, given) if changed is None else changed)

    def library_call(self, path, arguments=(), text=""):
        """A call that can change what the names stand for."""
        return LibraryCall(path, arguments, Span(0, 0), text, invoke=self.invoke, become=self.become, write=self.write)

    def become(self, old, new):
        """Every name of `old` stands for `new`; views of it have lost their values."""
        self.exchange(lambda value: new if value is old else _written(value, old))

    def write(self, array):
        """Items of an array were written."""
        self.exchange(lambda value: _written(value, array))

    def exchange(self, change):
        """Change what names, lists and dictionaries hold."""
        for holder in [self.names, *(value for value in self.names.values() if isinstance(value, (dict, list)))]:
            for key, value in holder.items() if isinstance(holder, dict) else enumerate(holder):
                holder[key] = change(value)

    def value(self, node):
        match node:
            case ast.Constant(value=value):
                return value
            case ast.Name(id=name):
                if name in self.names:
                    return self.names[name]
                return Builtin(name)
            case ast.Tuple(elts=items):
                return tuple(map(self.value, items))
            case ast.List(elts=items):
                return list(map(self.value, items))
            case ast.Dict(keys=keys, values=values):
                return {self.value(key): self.value(value) for key, value in zip(keys, values, strict=True)}
            case ast.ListComp(elt=item, generators=[ast.comprehension(target=target, iter=many, ifs=[])]):
                many = self.value(many)
                items = []
                found = many if isinstance(many, (list, tuple, range)) else library.iterate(many)
                if found is None:
                    return Unknown("items that are not known")
                if isinstance(found, Unknown):
                    self.assign(target, library.one_of(many))
                    return Items(self.value(item), found)
                for one in found:
                    self.assign(target, one)
                    items.append(self.value(item))
                return items
            case ast.Slice(lower=lower, upper=upper, step=step):
                return slice(*(None if part is None else self.value(part) for part in (lower, upper, step)))
            case ast.Attribute(value=owner, attr=name):
                return self.attribute(self.value(owner), name)
            case ast.Subscript(value=owner, slice=index):
                return self.item(self.value(owner), self.value(index))
            case ast.BinOp(left=left, op=op, right=right):
                return self.binary(_OPERATORS[type(op)], self.value(left), self.value(right))
            case ast.UnaryOp(op=op, operand=operand):
                return self.unary(_UNARY[type(op)], self.value(operand))
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return self.compare(type(op).__name__, self.value(left), self.value(right))
            case ast.Lambda():
                return node
            case ast.Call(func=func, args=args, keywords=keywords):
                return self.call(func, args, keywords, node)
        raise NotImplementedError(ast.dump(node))

    def attribute(self, owner, name):
        if isinstance(owner, PublicName):
            path = f"{owner.path}.{name}".replace("tensorflow.keras.", "keras.")
            known = library.constant(path)
            return PublicName(path) if known is None else known[0]
        value = library.attribute(owner, name)
        return Unknown("not read") if value is None else value

    def item(self, owner, index):
        if isinstance(owner, (tuple, list, dict)):
            return owner[index]
        value = library.index(owner, index)
        return Unknown("not read") if value is None else value

    def binary(self, name, left, right):
        plain = (int, float, str, tuple, list)
        if isinstance(left, plain) and isinstance(right, plain):
            return getattr(operator, name)(left, right)
        known = library.binary(name, left, right)
        if known is not None:
            return known
        numbers = [_real(value) for value in (left, right)]
        if all(isinstance(value, (int, float, np.generic)) for value in numbers):
            result = getattr(operator, name)(*numbers)
            return NumpyNumber(str(result.dtype), result.item()) if result.dtype != bool else bool(result)
        whole = all(isinstance(v, int) or (isinstance(v, Unknown) and v.kind == "int") for v in (left, right))
        return _WHOLE[name](left, right) if whole and name in _WHOLE else Unknown("arithmetic")

    def unary(self, name, value):
        if isinstance(value, (int, float)):
            return getattr(operator, name)(value)
        known = library.unary(name, value)
        return Unknown("arithmetic") if known is None else known

    def compare(self, name, left, right):
        known = library.compare(name, left, right)
        return Unknown("comparison") if known is None else known

    def call(self, func, args, keywords, node):
        span = Span(0, 0)
        arguments = tuple(
            [Argument(None, self.value(arg), span, span) for arg in args]
            + [Argument(keyword.arg, self.value(keyword.value), span, span) for keyword in keywords]
        )
        values = [argument.value for argument in arguments]
        if isinstance(func, ast.Attribute):
            owner = self.value(func.value)
            if not isinstance(owner, PublicName):
                handler = library.method(owner, func.attr)
                if handler is None:
                    library.unread_method(owner, func.attr, self.library_call(func.attr, arguments))
                if handler is None and isinstance(owner, dict):
                    return getattr(owner, func.attr)(*values)
                return self.handled(handler, func.attr, arguments, node, owner)
        function = self.value(func)
        if isinstance(function, Builtin):
            return self.builtin(function.name, values, arguments, node)
        assert isinstance(function, PublicName), function
        return self.handled(library.find(function.path), function.path, arguments, node)

    def handled(self, handler, path, arguments, node, owner=None):
        if handler is None:
            return Unknown(f"{path} is not read")
        call = self.library_call(path, arguments, ast.unparse(node))
        result = handler(call)
        library.written_by(call, owner)
        return result

    def invoke(self, function, arguments):
        """Call a lambda of the program."""
        if not isinstance(function, ast.Lambda):
            return Unknown("a function of a library")
        inner = Evaluator(**self.names)
        for parameter, value in zip(function.args.args, arguments, strict=function.args.vararg is None):
            inner.names[parameter.arg] = value
        if function.args.vararg is not None:
            inner.names[function.args.vararg.arg] = tuple(arguments)
        return inner.value(function.body)

    def builtin(self, name, values, arguments, node):
        if name == "len":
            size = library.length(values[0])
            return size if size is not None else values[0] if isinstance(values[0], Unknown) else len(values[0])
        if any(isinstance(value, (Array, Dataset, LibraryObject)) for value in values):
            return self.handled(library.find(f"builtins.{name}"), name, arguments, node)
        if isinstance(values[0], Unknown):
            return values[0]
        return getattr(builtins, name)(*map(_real, values))


def _written(value, array):
    views = isinstance(value, Array) and isinstance(array, Array) and value.memory is array.memory
    return stored(value) if views else value


def _real(value):
    return np.dtype(value.dtype).type(value.value) if isinstance(value, NumpyNumber) else value


def evaluate(source, **names):
    """The reader's value of a program's last expression."""
    return Evaluator(**names).run(source)


__all__ = ["Array", "Dataset", "Evaluator", "LibraryObject", "evaluate"]
