"""What could mend a diagnostic. The fixes of a rule are in the module of this folder that has the rule's name.

Such a module has one function, `candidates(case)`, which gives the possible fixes, the likeliest first. Whether one
of them works is for `proof` to say.
"""

from __future__ import annotations

import logging
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from keras_shapes.fixes.mending_case import Candidate, Case

__all__ = ["Candidate", "Case", "candidates", "is_fixable"]

logger = logging.getLogger(__name__)


@cache
def _modules() -> frozenset[str]:
    return frozenset(module.name for module in iter_modules(__path__))


def is_fixable(rule: str) -> bool:
    """Whether fixes of a rule are known, given its name; of one diagnostic there may be none."""
    return _module(rule) in _modules()


def candidates(case: Case) -> list[Candidate]:
    """Possible fixes of a diagnostic, the likeliest first; none where its rule has none."""
    name = _module(case.diagnostic.code)
    if name not in _modules():
        return []
    try:
        found = list(import_module(f"{__name__}.{name}").candidates(case))
    except Exception:
        logger.exception("the fixes of %s failed; the diagnostic stands", case.diagnostic.code)
        return []
    by_title = {each.title: each for each in reversed(found) if each.edits}
    return sorted(by_title.values(), key=lambda each: (each.laundering, each.rank, found.index(each)))


def _module(rule: str) -> str:
    return rule.replace("-", "_")
