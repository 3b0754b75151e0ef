"""Functions of Python's standard library over the program's own containers: made, copied, changed in place."""

from __future__ import annotations

import ast
import bisect
import heapq
import itertools
import statistics
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from keras_shapes.model import Argument, Unknown
from keras_shapes.reader.choices import settled
from keras_shapes.reader.contents import is_guarded, length_of, look_of, unknown_length
from keras_shapes.reader.copies import copy_of
from keras_shapes.reader.dict_methods import is_key, store, update
from keras_shapes.reader.forgetting import forget_arguments, use_up
from keras_shapes.reader.iteration import items_of
from keras_shapes.reader.iterators import once
from keras_shapes.reader.library_calls import library_call
from keras_shapes.reader.list_methods import extend
from keras_shapes.reader.operators import number_kind
from keras_shapes.reader.ordering import in_order, is_comparable
from keras_shapes.reader.records import named_tuple, namespace
from keras_shapes.reader.subscripts import delete_subscript, set_subscript, subscript
from keras_shapes.reader.values import Builtin, Defaulting, Deque, Items, Once, Rest, Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter

Arguments = tuple[Argument, ...]
Standard = Callable[["Interpreter", Arguments, ast.AST], Value]
_MOST_COMBINATIONS = 2_000


def _given(arguments: Arguments, position: int, name: str, default: Value = None) -> Value:
    for argument in arguments:
        if argument.name == name:
            return argument.value
    values = [argument.value for argument in arguments if argument.name is None]
    return values[position] if position < len(values) else default


def _shuffle(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
    """`random.shuffle(items)`: the same items, in an order that is not known."""
    items = settled(_given(arguments, 0, "x"), it.guards)
    if not isinstance(items, list):
        from keras_shapes.model import PublicName

        return library_call(it, PublicName("random.shuffle"), arguments, node)
    if len(items) > 1 or is_guarded(items):
        it.replace(items, [Rest(look_of(items), _as_many(items))])
    return None


def _as_many(items: list[Value]) -> Unknown:
    length = length_of(items)
    if isinstance(length, Unknown):
        return length
    return Unknown("in another order", kind="int", low=length, high=length, key=object())


def _on_heap(function: Callable[..., Any]) -> Standard:
    """`heapq` on a list that is known to its last item; else its order is not known, nor how long it is."""

    def call(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
        values = [settled(argument.value, it.guards) for argument in arguments if argument.name is None]
        heap = values[0] if values else None
        if not isinstance(heap, list) or is_guarded(heap) or not all(map(is_comparable, (*heap, *values[1:]))):
            forget_arguments(it, arguments, node)
            return it.unknown("the order of a heap", node)
        changed = list(heap)
        try:
            result: Value = function(changed, *values[1:])
        except (IndexError, TypeError):
            return it.unknown("this raises an error", node)
        it.replace(heap, changed)
        return result

    return call


def _best(*, largest: bool) -> Standard:
    def call(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
        count, items = _given(arguments, 0, "n"), items_of(it, _given(arguments, 1, "iterable"), node)
        if not isinstance(items, list):
            return it.unknown("the order of these items", node)
        keywords = {"key": _given(arguments, 2, "key"), "reverse": largest}
        ordered = in_order(it, items, keywords, node)
        return ordered[:count] if isinstance(count, int) and not is_guarded(ordered) else ordered

    return call


def _insort(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
    items, value = settled(_given(arguments, 0, "a"), it.guards), _given(arguments, 1, "x")
    if not isinstance(items, list) or len(arguments) != 2 or is_guarded(items):
        forget_arguments(it, arguments, node)
    elif all(map(is_comparable, (*items, value))):
        changed: list[Any] = list(items)
        bisect.insort(changed, value)
        it.replace(items, changed)
    else:
        it.replace(items, [Rest(look_of([*items, value]), _as_many([*items, value]))])
    return None


def _counter(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
    """`Counter(items)`: how often each comes; a missing one counts 0."""
    counts = Defaulting(Builtin("int"))
    if not arguments:
        return counts
    given = settled(arguments[0].value, it.guards)
    if isinstance(given, dict) or len(arguments) > 1 or arguments[0].name is not None:
        made = Defaulting(Builtin("int"))
        update(it, made, given, node)
        return made if len(arguments) == 1 else it.unknown("a Counter that is not read", node)
    items = items_of(it, given, node)
    for item in items if isinstance(items, list) and not is_guarded(items) else [_some(items)]:
        before = counts.get(item, 0) if is_key(item) else None
        known = isinstance(before, int) and is_key(item)
        store(it, counts, item, before + 1 if known else it.unknown("a count", node, kind="int"))  # type: ignore[operator]
    return counts


def _some(items: list[Value] | Unknown | Items) -> Value:
    return items.item if isinstance(items, Items) else look_of(items) if isinstance(items, list) else items


def _defaultdict(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
    factory = _given(arguments, 0, "default_factory")
    made: dict[Value, Value] = {} if factory is None else Defaulting(factory)
    for more in [argument.value for argument in arguments if argument.name is None][1:]:
        update(it, made, more, node)
    update(it, made, {argument.name: argument.value for argument in arguments if argument.name is not None}, node)
    return made


def _ordered(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
    made: dict[Value, Value] = {}
    for argument in arguments:
        update(it, made, argument.value if argument.name is None else {argument.name: argument.value}, node)
    return made


def _deque(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
    most = _given(arguments, 1, "maxlen")
    if most is not None and not isinstance(most, int):
        return it.unknown("a queue of unknown length", node)
    made = Deque((), most)
    given = _given(arguments, 0, "iterable")
    if given is not None:
        extend(it, made, given, node)
    if most is not None and not is_guarded(made):
        del made[: max(0, len(made) - most)]
    return made


def _chain(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
    found: list[Value] = []
    for argument in arguments:
        extend(it, found, argument.value, node)
    return once(it, found, [argument.value for argument in arguments])


def _chain_of(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
    """`chain.from_iterable(parts)`."""
    found: list[Value] = []
    parts = items_of(it, _given(arguments, 0, "iterable"), node)
    if not isinstance(parts, list) or is_guarded(parts):
        inner = items_of(it, _some(parts), node)
        return Once([Rest(_some(inner), unknown_length(it.unknown("chained items of unknown number", node)))])
    for part in parts:
        extend(it, found, part, node)
    return once(it, found, [_given(arguments, 0, "iterable"), *parts])


def _combined(function: Callable[..., Iterable[Any]], size: Callable[..., int]) -> Standard:
    """`product`, `combinations` and the like of known items, where there are not too many."""

    def call(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
        keywords = {argument.name: argument.value for argument in arguments if argument.name is not None}
        values = [settled(argument.value, it.guards) for argument in arguments if argument.name is None]
        numbers = [value for value in (*values, *keywords.values()) if isinstance(value, int)]
        columns = [items_of(it, value, node) for value in values if not isinstance(value, int)]
        if not all(isinstance(column, list) and not is_guarded(column) for column in columns):
            return Items(it.unknown("a combination", node), unknown_length(it.unknown("combinations", node)))
        if not set(keywords) <= {"repeat", "r"} or size([len(c) for c in columns], *numbers) > _MOST_COMBINATIONS:  # type: ignore[arg-type]
            return it.unknown("very many combinations", node)
        return once(it, list(itertools.islice(function(*columns, *numbers), _MOST_COMBINATIONS)), [])

    return call


def _product(*columns: Any) -> Iterable[Any]:
    repeat = columns[-1] if columns and isinstance(columns[-1], int) else 1
    return itertools.product(*(column for column in columns if not isinstance(column, int)), repeat=repeat)


def _size_of_product(lengths: Sequence[int], repeat: int = 1) -> int:
    size = 1
    for length in [*lengths] * min(repeat, 16):
        size *= length
    return size


def _size_of_choice(lengths: Sequence[int], count: int = 2) -> int:
    return int(lengths[0] ** min(count, 16)) if lengths else 0


def _repeat(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
    item, times = _given(arguments, 0, "object"), _given(arguments, 1, "times")
    if isinstance(times, int) and times <= _MOST_COMBINATIONS:
        return Once([item] * times)
    return Items(item, unknown_length(it.unknown("repeated without end", node)))


def _islice(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
    values = [settled(argument.value, it.guards) for argument in arguments]
    bounds: list[Any] = values[1:]
    if values and isinstance(values[0], (list, tuple, range)) and all(b is None or isinstance(b, int) for b in bounds):
        items = items_of(it, values[0], node)
        if isinstance(items, list) and not is_guarded(items):
            return once(it, list(itertools.islice(items, *bounds)), values[:1])
    look = _some(items_of(it, values[0], node)) if values else None
    for value in values:
        use_up(it, value, it.unknown("an iterator that was used", node))
    return Items(look, unknown_length(it.unknown("a part of an iterator", node)))


def _copy(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
    return copy_of(it, settled(_given(arguments, 0, "x"), it.guards), node, deep=False)


def _deepcopy(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
    return copy_of(it, settled(_given(arguments, 0, "x"), it.guards), node, deep=True)


def _reduce(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
    values = [argument.value for argument in arguments if argument.name is None]
    items = items_of(it, values[1], node) if len(values) > 1 else None
    if not isinstance(items, list) or is_guarded(items) or not (items or len(values) > 2):
        return it.unknown("reduce() over items that are not known", node)
    result, *rest = [*values[2:3], *items]
    span = it.span(node)
    for item in rest:
        result = it.call(values[0], [Argument(None, value, span, span) for value in (result, item)], node, it.globals)
    return result


def _statistic(function: Callable[..., Any]) -> Standard:
    def call(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
        items = items_of(it, _given(arguments, 0, "data"), node)
        if (
            isinstance(items, list)
            and items
            and len(arguments) == 1
            and {number_kind(item) for item in items} <= {"int", "float"}
        ):
            try:
                result: Value = function(items)
            except (statistics.StatisticsError, TypeError):
                return it.unknown("this raises an error", node)
            return result if isinstance(result, (int, float)) else it.unknown("a statistic", node)
        return it.unknown("a statistic of values that are not known", node)

    return call


def _setitem(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
    match [settled(argument.value, it.guards) for argument in arguments]:
        case [list() | dict() as owner, index, value]:
            set_subscript(it, owner, index, value)
        case _:
            forget_arguments(it, arguments, node)
    return None


def _delitem(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
    match [settled(argument.value, it.guards) for argument in arguments]:
        case [list() | dict() as owner, index]:
            delete_subscript(it, owner, index)
        case _:
            forget_arguments(it, arguments, node)
    return None


def _getitem(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
    match [settled(argument.value, it.guards) for argument in arguments]:
        case [owner, index]:
            return subscript(it, owner, index, node)
        case _:
            return it.unknown("getitem() is not read", node)


def _iconcat(it: Interpreter, arguments: Arguments, node: ast.AST) -> Value:
    match [settled(argument.value, it.guards) for argument in arguments]:
        case [list() as owner, more]:
            extend(it, owner, more, node)
            return owner
        case _:
            forget_arguments(it, arguments, node)
            return it.unknown("this is not read", node)


STANDARD: dict[str, Standard] = {
    "random.shuffle": _shuffle,
    "heapq.heapify": _on_heap(heapq.heapify),
    "heapq.heappush": _on_heap(heapq.heappush),
    "heapq.heappop": _on_heap(heapq.heappop),
    "heapq.heappushpop": _on_heap(heapq.heappushpop),
    "heapq.heapreplace": _on_heap(heapq.heapreplace),
    "heapq.nlargest": _best(largest=True),
    "heapq.nsmallest": _best(largest=False),
    "bisect.insort": _insort,
    "bisect.insort_right": _insort,
    "bisect.insort_left": _insort,
    "collections.Counter": _counter,
    "collections.defaultdict": _defaultdict,
    "collections.OrderedDict": _ordered,
    "collections.deque": _deque,
    "collections.namedtuple": named_tuple,
    "types.SimpleNamespace": namespace,
    "argparse.Namespace": namespace,
    "itertools.chain": _chain,
    "itertools.chain.from_iterable": _chain_of,
    "itertools.product": _combined(_product, _size_of_product),
    "itertools.combinations": _combined(itertools.combinations, _size_of_choice),
    "itertools.permutations": _combined(itertools.permutations, _size_of_choice),
    "itertools.repeat": _repeat,
    "itertools.islice": _islice,
    "copy.copy": _copy,
    "copy.deepcopy": _deepcopy,
    "functools.reduce": _reduce,
    "statistics.mean": _statistic(statistics.mean),
    "statistics.median": _statistic(statistics.median),
    "statistics.median_low": _statistic(statistics.median_low),
    "statistics.median_high": _statistic(statistics.median_high),
    "statistics.mode": _statistic(statistics.mode),
    "statistics.stdev": _statistic(statistics.stdev),
    "statistics.pstdev": _statistic(statistics.pstdev),
    "operator.setitem": _setitem,
    "operator.delitem": _delitem,
    "operator.getitem": _getitem,
    "operator.iadd": _iconcat,
    "operator.iconcat": _iconcat,
}
"""By the public name of the function."""
