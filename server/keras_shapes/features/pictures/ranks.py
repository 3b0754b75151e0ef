"""The columns of a graph that is drawn from left to right, and the order in each, with few lines that cross."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

_SWEEPS = 4


@dataclass(frozen=True, slots=True)
class Item:
    """A box, or where a link passes the column `rank` between its ends: `box` is then where it comes from."""

    box: int
    link: int | None = None
    rank: int = -1


@dataclass(frozen=True, slots=True)
class Column:
    """Items from above to below; `before` and `after` are those that they are joined to, left and right."""

    items: list[Item]
    before: dict[Item, list[Item]] = field(default_factory=dict)
    after: dict[Item, list[Item]] = field(default_factory=dict)


def columns_of(boxes: int, links: Sequence[tuple[int, int]]) -> list[Column]:
    """The columns of so many boxes. A link goes from a box to one with a larger number."""
    ranks = _ranks(boxes, links)
    columns = [Column([]) for _ in range(max(ranks, default=-1) + 1)]
    chains = [_chain(ranks, number, link) for number, link in enumerate(links)]
    for item in sorted({item for chain in chains for item in chain[1:-1]}, key=_passing):
        columns[item.rank].items.append(item)
    for box, rank in enumerate(ranks):
        columns[rank].items.append(Item(box))
    for (source, _), chain in zip(links, chains, strict=True):
        for place, (left, right) in enumerate(itertools.pairwise(chain)):
            columns[ranks[source] + place].after.setdefault(left, []).append(right)
            columns[ranks[source] + place + 1].before.setdefault(right, []).append(left)
    _uncross(columns)
    return columns


def _ranks(boxes: int, links: Sequence[tuple[int, int]]) -> list[int]:
    """The longest way from a beginning; what nothing leads to stands right before what it leads to."""
    ranks = [0] * boxes
    for source, target in sorted(links, key=lambda link: link[1]):
        ranks[target] = max(ranks[target], ranks[source] + 1)
    targets = {target for _, target in links}
    for box in set(range(boxes)) - targets:
        ranks[box] = min((ranks[target] - 1 for source, target in links if source == box), default=0)
    return ranks


def _chain(ranks: Sequence[int], number: int, link: tuple[int, int]) -> list[Item]:
    source, target = link
    between = range(ranks[source] + 1, ranks[target])
    return [Item(source), *(Item(source, number, rank) for rank in between), Item(target)]


def _passing(item: Item) -> tuple[int, int]:
    return item.rank, item.link or 0


def _uncross(columns: Sequence[Column]) -> None:
    """Order each column by the mean place of its neighbours, from left to right and back; the best order stays."""
    best, fewest = [list(column.items) for column in columns], _crossings(columns)
    for sweep in range(2 * _SWEEPS):
        forward = sweep % 2 == 0
        for number in range(1, len(columns)) if forward else range(len(columns) - 2, -1, -1):
            column = columns[number]
            beside = columns[number - 1 if forward else number + 1].items
            column.items.sort(key=_mean_place(column, beside, forward=forward))
        if (crossings := _crossings(columns)) < fewest:
            best, fewest = [list(column.items) for column in columns], crossings
    for column, items in zip(columns, best, strict=True):
        column.items[:] = items


def _mean_place(column: Column, beside: Sequence[Item], *, forward: bool) -> Callable[[Item], tuple[float, bool]]:
    """The key to sort a column by; lines that pass go above boxes that would be at the same place."""
    joined = column.before if forward else column.after
    places = {item: place for place, item in enumerate(beside)}
    own = {item: place for place, item in enumerate(column.items)}

    def key(item: Item) -> tuple[float, bool]:
        near = joined.get(item, ())
        mean = sum(places[each] for each in near) / len(near) if near else float(own[item])
        return mean, item.link is None

    return key


def _crossings(columns: Sequence[Column]) -> int:
    """How many pairs of lines cross between neighbouring columns."""
    total = 0
    for column, following in itertools.pairwise(columns):
        places = {item: place for place, item in enumerate(following.items)}
        ends = [sorted(places[each] for each in column.after.get(item, ())) for item in column.items]
        below: list[int] = []
        for targets in reversed(ends):
            total += sum(sum(other < target for other in below) for target in targets)
            below += targets
    return total
