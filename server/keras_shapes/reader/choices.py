"""Values that depend on decisions: how they are computed with, and how the ways of a branch are put together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from keras_shapes.data import Array
from keras_shapes.model import NumberKind, NumpyNumber, PublicName, Unknown
from keras_shapes.reader.contents import common_look, leaves_of, look_of, unknown_length
from keras_shapes.reader.forgetting import lose_options
from keras_shapes.reader.scopes import MISSING, Container, Journal, Missing, Outcome, undo
from keras_shapes.reader.values import Choice, Decision, Guard, Guarded, Guards, Rest, Value

if TYPE_CHECKING:
    from keras_shapes.reader.interpreter import Interpreter

MOST_OPTIONS = 8
NO_WAY = Unknown("not on this way through the program")


def allowed(guards: Guards, decision: Decision) -> frozenset[int]:
    """The ways that a decision may still go under some guards."""
    ways = frozenset(range(decision.count))
    for guard in guards:
        if guard.decision is decision:
            ways &= guard.allowed
    return ways


def settled(value: Value, guards: Guards) -> Value:
    """The value as it is under guards: a choice that they decide is taken."""
    while isinstance(value, Choice):
        ways = allowed(guards, value.decision)
        if len(ways) != 1:
            return value
        value = value.options[next(iter(ways))]
    return value


def choose(decision: Decision, options: Sequence[Value]) -> Value:
    """A choice between options, or the one value that all of them are."""
    first = options[0]
    if all(same(option, first) for option in options[1:]):
        return first
    if count(options) > MOST_OPTIONS:
        return Unknown(f"several values, depending on {decision.text}", decision.span)
    return Choice(decision, tuple(options))


def count(options: Iterable[Value]) -> int:
    """How many plain values there are to choose from."""
    return sum(count(option.options) if isinstance(option, Choice) else 1 for option in options)


def spread(it: Interpreter, function: Callable[..., Value], *values: Value) -> Value:
    """`function` of values some of which are choices: a choice between its results, each as if it went that way."""
    if not any(type(value) is Choice for value in values):
        return function(*values)
    values = tuple(settled(value, it.guards) for value in values)
    choice = next((value for value in values if isinstance(value, Choice)), None)
    if choice is None:
        return function(*values)
    decision = choice.decision
    ways = it.ways(decision)
    results: list[Value] = []
    for way in range(decision.count):
        if way in ways:
            with it.guarded(decision, [way]):
                results.append(spread(it, function, *values))
        else:
            results.append(NO_WAY)
    known = [result for way, result in enumerate(results) if way in ways]
    if not known:
        return NO_WAY
    return choose(decision, [results[way] if way in ways else known[0] for way in range(decision.count)])


def same(left: Value, right: Value) -> bool:
    """Whether two values need not be told apart."""
    if left is right:
        return True
    if type(left) is not type(right):
        return False
    if isinstance(left, (bool, int, float, str, bytes, NumpyNumber, PublicName)):
        return left == right
    if isinstance(left, tuple) and isinstance(right, tuple):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, Unknown) and isinstance(right, Unknown):
        return left.key is not None and left.key == right.key
    if isinstance(left, Array) and isinstance(right, Array):
        return left.dtype == right.dtype and left.shape is not None and _same_shape(left, right)
    return False


Join = Callable[[Decision, Sequence[Value]], Value]


def unknown_after_loop(decision: Decision, options: Sequence[Value]) -> Value:
    """What a loop of unknown length leaves: a number or text that its turns change is not known afterwards."""
    joined = choose(decision, options)
    leaves = [leaf for option in options for leaf in leaves_of(option)]
    if isinstance(joined, Choice) and all(map(_is_plain, leaves)):
        kinds = {type(option) for option in leaves}
        kind: NumberKind | None = "int" if kinds == {int} else "float" if kinds == {float} else None
        return Unknown(f"changed in {decision.text}", decision.span, kind=kind)
    if isinstance(joined, Choice) and all(isinstance(leaf, Array) for leaf in leaves):
        return common_look(leaves)
    return joined


def each_way(it: Interpreter, choice: Choice, function: Callable[[Value], Value]) -> Value:
    """`function` of each option, as if the decision went its way; what it changes is changed on that way only."""
    decision, ways = choice.decision, it.ways(choice.decision)
    journals: list[Journal] = []
    outcomes: list[Outcome | None] = []
    results: list[Value] = []
    for way, option in enumerate(choice.options):
        if way not in ways:
            outcomes.append(None)
            results.append(None)
            continue
        with it.guarded(decision, [way]), it.journal() as journal:
            inner = settled(option, it.guards)
            results.append(each_way(it, inner, function) if isinstance(inner, Choice) else function(inner))
            journals.append(journal)
            outcomes.append(undo(journal))
    merge(it, decision, journals, outcomes)
    known = [result for way, result in enumerate(results) if way in ways]
    if not known:
        return NO_WAY
    value = choose(decision, [result if way in ways else known[0] for way, result in enumerate(results)])
    lose_options(it, value, known)
    return value


def _is_plain(value: Value) -> bool:
    return isinstance(value, (type(None), bool, int, float, str, bytes, tuple, Unknown, NumpyNumber))


def merge(
    it: Interpreter,
    decision: Decision,
    journals: Sequence[Journal],
    outcomes: Sequence[Outcome | None],
    join: Join = choose,
) -> None:
    """Put the ways of a decision together. An outcome of None is a way that ended (returned, raised)."""
    live = [way for way, outcome in enumerate(outcomes) if outcome is not None]
    if not live:
        return
    for journal in journals:
        for name, (container, key, old) in list(journal.entries.items()):
            states = [state_in(outcome, name, old) for outcome in outcomes if outcome is not None]
            value = joined(decision, live, states, join)
            lose_options(it, value, states)
            if isinstance(value, Missing):
                it.remove_entry(container, key)
            elif container.get(key, MISSING) is not value:
                it.set_entry(container, key, value)
        for number, (items, before) in list(journal.contents.items()):
            found = [outcome.contents.get(number, before) for outcome in outcomes if outcome is not None]
            it.replace(items, joined_contents(decision, live, before, found, join))


def state_in(outcome: Outcome, name: tuple[int, object], old: Value | Missing) -> Value | Missing:
    """What an entry was in an outcome."""
    return outcome.entries.get(name, old)


def joined(decision: Decision, live: list[int], states: Sequence[Value | Missing], join: Join) -> Value | Missing:
    """What an entry is after it was `states` on the ways that go on."""
    bound = [state for state in states if not isinstance(state, Missing)]
    if not bound:
        return MISSING
    # where the name is unbound the program would stop: the ways on which it is bound are what is left
    filler = bound[0]
    options = [filler] * decision.count
    for way, state in zip(live, states, strict=True):
        options[way] = filler if isinstance(state, Missing) else state
    return join(decision, options)


def joined_contents(
    decision: Decision, live: list[int], before: Container, contents: list[Container], join: Join = choose
) -> Container:
    """What a container holds after its contents on the ways of a decision."""
    match before:
        case list():
            return _joined_lists(decision, live, before, contents)  # type: ignore[arg-type]
        case set():
            return _joined_sets(decision, contents)  # type: ignore[arg-type]
        case _:
            return _joined_dicts(decision, live, contents, join)  # type: ignore[arg-type]


def _joined_lists(decision: Decision, live: list[int], before: list[Value], lists: list[list[Value]]) -> list[Value]:
    first = lists[0]
    if all(len(items) == len(first) and all(map(same, items, first)) for items in lists[1:]):
        return first
    if not all(_begins_with(items, before) for items in lists):
        reason = Unknown(f"the list depends on {decision.text}", decision.span)
        return [Rest(look_of([item for items in lists for item in items]), unknown_length(reason))]
    joined = list(before)
    for way, items in zip(live, lists, strict=True):
        guard = Guard(decision, frozenset({way}))
        joined += [_guarded(guard, item) for item in items[len(before) :]]
    return joined


def _joined_sets(decision: Decision, sets: list[set[Value]]) -> set[Value]:
    union = set[Value]().union(*sets)
    if all(members == union for members in sets):
        return union
    reason = Unknown(f"the set depends on {decision.text}", decision.span)
    return {Rest(look_of(union), unknown_length(reason))}


def _joined_dicts(
    decision: Decision, live: list[int], dicts: list[dict[Value, Value]], join: Join
) -> dict[Value, Value]:
    """Entries that are there on every way stay; those that are there on some ways only are not known one by one."""
    keys = list(dict.fromkeys(key for entries in dicts for key in entries))
    if all(len(entries) == len(keys) for entries in dicts):
        return {key: joined(decision, live, [entries[key] for entries in dicts], join) for key in keys}
    reason = Unknown(f"the dictionary depends on {decision.text}", decision.span)
    looks = look_of(keys), common_look([value for entries in dicts for value in entries.values()])
    return {Rest(looks[0], unknown_length(reason)): looks[1]}


def _guarded(guard: Guard, item: Value) -> Guarded | Rest:
    if isinstance(item, Rest):
        return Rest(item.item, unknown_length(item.length))
    if isinstance(item, Guarded):
        return Guarded((guard, *item.guards), item.value)
    return Guarded((guard,), item)


def _begins_with(items: list[Value], start: list[Value]) -> bool:
    return len(items) >= len(start) and all(a is b or same(a, b) for a, b in zip(items, start, strict=False))


def _same_shape(left: Array, right: Array) -> bool:
    if left.shape is None or right.shape is None or len(left.shape) != len(right.shape):
        return False
    return all(same(a, b) for a, b in zip(left.shape, right.shape, strict=True)) and left.maximum == right.maximum
