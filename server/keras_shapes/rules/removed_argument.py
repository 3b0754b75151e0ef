"""An argument of Keras 1 or 2 that Keras 3 no longer has, or calls by another name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from keras_shapes.diagnostic import Diagnostic
from keras_shapes.model import Call
from keras_shapes.rules.refusal_facts import bound_arguments, name_of, one_line, refused_expression
from keras_shapes.rules.rule import Rule, Subject

RENAMED: dict[str, tuple[str, ...]] = {
    "nb_filter": ("filters",),
    "nb_row": ("kernel_size",),
    "nb_col": ("kernel_size",),
    "filter_length": ("kernel_size",),
    "border_mode": ("padding",),
    "subsample": ("strides",),
    "subsample_length": ("strides",),
    "stride": ("strides",),
    "pool_length": ("pool_size",),
    "dim_ordering": ("data_format",),
    "atrous_rate": ("dilation_rate",),
    "output_dim": ("units", "filters"),
    "nb_classes": ("units",),
    "init": ("kernel_initializer", "embeddings_initializer"),
    "inner_init": ("recurrent_initializer",),
    "inner_activation": ("recurrent_activation",),
    "forget_bias_init": ("unit_forget_bias",),
    "W_regularizer": ("kernel_regularizer", "embeddings_regularizer"),
    "U_regularizer": ("recurrent_regularizer",),
    "b_regularizer": ("bias_regularizer",),
    "W_constraint": ("kernel_constraint", "embeddings_constraint"),
    "U_constraint": ("recurrent_constraint",),
    "b_constraint": ("bias_constraint",),
    "dropout_W": ("dropout",),
    "dropout_U": ("recurrent_dropout",),
    "bias": ("use_bias",),
    "p": ("rate",),
    "sigma": ("stddev",),
    "alpha": ("negative_slope",),
    "beta_init": ("beta_initializer",),
    "gamma_init": ("gamma_initializer",),
    "gamma_regularizer": ("gamma_regularizer",),
    "length": ("size",),
}
"""Old names, and the new ones of which a layer has one."""

_GONE = {
    "batch_input_shape": "Input(batch_shape=…) as the first element says it",
    "batch_size": "Input(…, batch_size=…) as the first element says it",
    "input_length": "the shape of the input tells the steps",
    "weights": "call set_weights() on the layer when it is built",
    "mode": "Keras has one way left",
    "merge_mode": "Keras has one way left",
    "implementation": "Keras chooses by itself",
    "consume_less": "Keras chooses by itself",
    "time_major": "steps always come after the batch axis",
    "dynamic": "Keras chooses by itself",
    "dropout_rate": "put a Dropout layer before it",
    "dropout": "put a Dropout layer before it",
}


def check(subject: Subject) -> Iterator[Diagnostic]:
    """A keyword that the layer does not take now and took once."""
    refusal = subject.refusal
    expression = None if refusal is None else refused_expression(subject, refusal)
    if refusal is None or refusal.stage != "constructor" or not isinstance(expression, Call):
        return
    bound = bound_arguments(expression, refusal.parameters)
    for name in refusal.blamed:
        if name in refusal.parameters or name not in bound:
            continue
        why = _why(name, refusal.parameters)
        if why is not None:
            yield RULE.report(
                one_line(subject.document, bound[name].span),
                f"{name_of(subject.document, expression)} has no argument {name} any more: {why}",
                keras_message=refusal.message,
            )


def new_name(name: str, parameters: Sequence[str]) -> str | None:
    """What a layer with these parameters calls the argument today."""
    return next((new for new in RENAMED.get(name, ()) if new in parameters), None)


def _why(name: str, parameters: Sequence[str]) -> str | None:
    new = new_name(name, parameters)
    return f"it is called {new}" if new else _GONE.get(name)


RULE = Rule("removed-argument", check, severity="error", needs="shapes", since="0.1.0")
