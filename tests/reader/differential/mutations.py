"""Random programs that change lists, sets, dictionaries and iterators in place, under loops, conditions and errors."""

from __future__ import annotations

from hypothesis import strategies as st
from tests.reader.differential.programs import Writer, block

HEAD = """
import bisect, collections, copy, heapq, itertools, operator, os, random, statistics
from contextlib import suppress
HIDDEN = int(os.environ.get("KERAS_SHAPES_NOT_SET", "3"))
class Holder:
    total = 0
    def __init__(self, items):
        self.items = items
        self.count = len(items)
    def put(self, item):
        self.items.append(item)
        self.count += 1
        return self
    def __enter__(self):
        self.items.append(0)
        return self
    def __exit__(self, *error):
        self.count += 2
        return error[0] is None or issubclass(error[0], Exception)
def grow(items, by=1):
    if by > HIDDEN:
        return items
    items.append(by)
    return len(items)
def pick(items):
    for item in items:
        if item == HIDDEN:
            return item
    return -1
"""


@st.composite
def mutations(draw: st.DrawFn) -> str:
    """A program that only changes its own values."""
    w = Writer(draw, HEAD.strip().splitlines())
    for line in (
        f"a = [{w.small()}, {w.small()}, 3]",
        "b = a",
        f"c = [[{w.small()}], [2, 3]]",
        f"d = {{'x': {w.small()}, 'y': [1, 2]}}",
        f"s = {{{w.small()}, 2, 'q'}}",
        f"n = {w.small()}",
        "h = Holder([1])",
        "i = iter(a)",
        "z = zip([1, 2, 3], 'abc')",
        "q = collections.deque([1, 2], maxlen=4)",
        "t = (a, n)",
    ):
        w.write(line)
    for _ in range(w.small(3, 9)):
        statement(w, 2)
    return "\n".join(w.lines) + "\n"


def statement(w: Writer, depth: int) -> None:
    """One statement, or a block of some."""
    form = w.pick("plain", "plain", "plain", "plain", "for", "if", "try", "while", "with", "long") if depth else "plain"
    if form == "plain":
        w.write(simple(w))
        return
    counter = w.fresh("turn")
    if form == "while":
        w.write(f"{counter} = 0")
    heads = {
        "for": w.pick(
            "for k in range(3):",
            "for k in list(a):",
            "for k in range(HIDDEN):",
            "for k, v in zip(range(4), 'abcd'):",
            "for k in itertools.islice(i, 9):",
            "for k in sorted(s, key=str):",
            "for k in [x for x in range(5) if x != HIDDEN]:",
        ),
        "if": w.pick("if HIDDEN > 2:", "if n > 3:", "if HIDDEN in a:", "if a and not len(a) % 2:", "if HIDDEN == 9:"),
        "try": "try:",
        "while": f"while {counter} < 4:",
        "with": w.pick("with suppress(Exception):", "with h:", "with h as held:"),
        "long": w.pick("for k in range(150):", "for k in range(300):"),
    }
    w.write(heads[form])
    w.depth += 1
    if form == "while":
        w.write(f"{counter} += 1")
    for _ in range(w.small(1, 3)):
        if form in {"for", "while", "long"} and w.small() > 4:
            w.write(f"if {w.pick('HIDDEN > 1', 'n == 5', 'len(a) > 4', 'k == 2' if form != 'while' else 'n == 7')}:")
            block(w, w.pick("continue", "break"))
        statement(w, 0 if form == "long" else depth - 1)
    w.depth -= 1
    if form == "try":
        w.write("except Exception:")
        block(w, simple(w))
    if form == "if" and w.flag():
        w.write("else:")
        block(w, simple(w))


def simple(w: Writer) -> str:
    """A statement of one line. What can fail is guarded, so that every program runs to its end."""
    m = w.small()
    target = w.pick("a", "b", "c[0]", "h.items", "d['y']")
    return w.pick(
        f"{target}.append({m})",
        f"{target}.extend([{m}, n])",
        f"{target}.extend(x for x in range({m}))",
        f"{target} += [n]",
        f"{target}.insert(0, n)",
        f"{target}.insert({m}, 9)",
        f"if {target}: {target}.pop()",
        f"if {target}: {target}.pop(0)",
        f"if n in {target}: {target}.remove(n)",
        f"{target}.reverse()",
        f"{target}.sort(key=lambda v: -v)" if target != "h.items" else "h.items.sort()",
        f"{target}.clear()",
        f"{target}[1:2] = [7, 8, 9]",
        f"{target}[:] = [{m}]",
        f"del {target}[:1]",
        f"{target} = {target} + [1]" if target in {"a", "b"} else f"a = list({target})",
        f"if len({target}) < 20: {target} *= 2",
        "a = a[::-1]",
        "b = a.copy()",
        "b = copy.copy(c)[0]",
        "c = copy.deepcopy(c)",
        "c = [list(x) for x in c]",
        "c.append(a)",
        "if len(a) < 40: a.extend(a)",
        "a, b = b, a",
        f"d['k{m}'] = n",
        "d[HIDDEN] = n",
        "d.update(x=n, w=1)",
        f"d.update([('p{m}', 2)])",
        "d.pop('x', None)",
        f"d.setdefault('k{m}', [])",
        "if 'w' in d: del d['w']",
        "d = {**d, 'z': 0}",
        "d = dict(sorted(d.items(), key=lambda p: str(p[0])))",
        "d |= {'o': 1}",
        f"s.add({m})",
        "s.add(HIDDEN)",
        f"s.discard({m})",
        "s.update([1, n])",
        "s |= {11, 12}",
        "s = s - {2}",
        "s = s | set(range(3))",
        "s.intersection_update({1, 2, 'q'})",
        "n += 1",
        "n = len(a)",
        "n = len(d) + len(s)",
        "n = sum(x for x in range(4))",
        "n = max(a, default=0)" if not w.flag() else "n = len(list(map(str, a)))",
        "n = h.count",
        "n = next(i, 0)",
        "n = len(list(z))",
        "n = pick([1, 2, 3])",
        "n = len([x for x in range(6) if x > HIDDEN])",
        "n = statistics.median([1, 5, 3])",
        "n = any(x == 2 for x in range(3)) + 1",
        "m0 = 2 in i",
        "z = zip(a, range(9))",
        "z = enumerate('ab', start=n)",
        "i = iter(a[:])",
        "i = itertools.chain(a, [1], range(2))",
        f"h.put({m})",
        "h.put(n).put(2)",
        "h.total += 1",
        "Holder.total += 2",
        "h = Holder(a)",
        "setattr(h, 'extra', n)",
        "grow(a)",
        f"grow(h.items, {m})",
        "g = grow(b, by=2)",
        "random.Random(1)",
        "random.shuffle(a)",
        "random.shuffle(c)",
        "for k in c: k.append(n)",
        "for k in c: k[0] = n",
        "r, *e = c[0]",
        "bisect.insort(sorted(range(3)), n)",
        "heapq.heapify(c[0])",
        "heapq.heappush(c[0], n)",
        "q.append(n)",
        "q.appendleft(n)" if w.flag() else "q.extend([1, 2, 3])",
        "e = collections.Counter(map(str, a)).most_common(2)",
        "e = collections.Counter('abca')['a']",
        "f = collections.defaultdict(list); f['u'].append(n); f['v']",
        "operator.methodcaller('append', 3)(a)",
        "operator.setitem(d, 'op', n)",
        "list.append(a, n)",
        "globals()['n'] = 4",
        "t = (*t, n)",
        "_, *r = [1, 2, 3, n]",
        "r = [*a, *range(2)]",
        "r = dict(zip('abc', a))",
        "r = [y for x in c for y in x if isinstance(y, int)]",
        "r = {x % 3: x for x in range(7)}",
        "r = list(filter(lambda x: x > 1, range(5)))",
        "r = sorted({3, 1, 2}, reverse=True)",
        "n = int('7' if HIDDEN else '8')",
        "n = (w1 := len(a)) + 1",
        "for k, v in ((1, 2) if HIDDEN > 2 else (2, 3), (3, 4)): n += v",
        "for k in ([1], [2, 3])[HIDDEN > 1]: n += k",
        "w2 = (1, 2) if HIDDEN == 9 else (3, 4); w2 += (n,); n = w2[0]",
        "[][1]" if w.depth and any("try" in line or "suppress" in line for line in w.lines[-3:]) else "pass",
    )
