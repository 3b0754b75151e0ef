"""Which layers of a model are the ones of before: also of very many, without taking long."""

from __future__ import annotations

from keras_shapes.features.changes import Changes, Earlier

CHAIN = "m = Sequential([Input((8,))"


def changed(analysed, before, now):
    old, new = analysed(before), analysed(now)
    return Changes(Earlier(old, ""), new).of(new.models[0])


def test_a_layer_of_another_class_is_new_and_one_is_removed(analysed):
    change = changed(
        analysed, f"{CHAIN}, layers.Dense(4), layers.ReLU()])", f"{CHAIN}, layers.Dense(4), layers.ELU()])"
    )
    assert (change.text, change.removed) == ("1 new, 1 removed", 1)


def test_models_of_one_name_are_compared_in_their_order(analysed):
    one, two = f"{CHAIN}, layers.Dense(4)])\n", f"{CHAIN}, layers.Dense(5)])\n"
    old, new = analysed(one + two), analysed(one + two.replace("5", "6"))
    changes = Changes(Earlier(old, ""), new)
    assert [changes.of(model).text for model in new.models] == ["", "1 layer changed, +9 parameters"]
    assert changes.sums() == {1: 9}


def test_a_model_that_is_refused_says_what_changed_above(analysed):
    change = changed(
        analysed,
        f"{CHAIN}, layers.Dense(4), layers.Dense(2)])",
        f"{CHAIN}, layers.Dense(5), layers.Conv2D(2, 3)])",
    )
    assert [each.text for each in change.layers.values()] == ["(None, 4) → (None, 5), +9 parameters"]
    assert change.params is None


def test_so_many_layers_that_nobody_reads_the_marks_are_not_compared(analysed):
    many = "".join(f", layers.Dense({size})" for size in range(1, 401))
    other = "".join(f", layers.Dense({size})" for size in range(2, 402))
    change = changed(analysed, f"{CHAIN}{many}])", f"{CHAIN}{other}])")
    assert all(each.new for each in change.layers.values())
    inserted = many.replace(", layers.Dense(7)", ", layers.ReLU(), layers.Dense(7)")
    change = changed(analysed, f"{CHAIN}{many}])", f"{CHAIN}{inserted}])")
    assert change.text == "1 new"
