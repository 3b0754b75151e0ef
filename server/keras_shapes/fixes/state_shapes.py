"""As many units as the state that a recurrent layer begins with."""

from __future__ import annotations

from collections.abc import Iterator

from keras_shapes.diagnostic import Edit
from keras_shapes.fixes.branch_sizes import width_of
from keras_shapes.fixes.mending_case import Candidate, Case
from keras_shapes.model import Call
from keras_shapes.rules.branches import branches, layer_call
from keras_shapes.rules.refusal_facts import bound_arguments


def candidates(case: Case) -> Iterator[Candidate]:
    """Other units in the layer, or in the one that gives the state."""
    refusal = case.subject.refusal
    states = branches(case.subject, refusal)[1:] if refusal is not None else []
    call = layer_call(case.subject.model.nodes[refusal.node]) if refusal is not None else None
    if refusal is None or call is None or not states or not states[0].sizes:
        return
    yield from _with_units(call, states[0].sizes[-1])
    maker = width_of(case, refusal.layers, states[0].node)
    if maker is not None:
        yield from _with_units(maker[0], dict(refusal.config).get("units"))


def _with_units(call: Call, wanted: object) -> Iterator[Candidate]:
    units = bound_arguments(call, ("units",)).get("units")
    if units is not None and isinstance(wanted, int) and units.value != wanted:
        title = f"Change units of {call.target.last} to {wanted}"
        yield Candidate(title, (Edit(units.value_span, str(wanted)),))
