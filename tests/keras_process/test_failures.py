from keras_shapes.keras_process import failures as module
from keras_shapes.keras_process.failures import (
    FIRST_REST_SECONDS,
    IN_A_ROW,
    LONGEST_REST_SECONDS,
    Failures,
    rest_seconds,
)


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_three_in_a_row_are_enough():
    failures = Failures()
    for _ in range(IN_A_ROW):
        assert failures.reason("model") is None
        failures.add("model", "it died")
    assert failures.reason("model") == "it died (3 times in a row)"
    assert failures.reason("another") is None


def test_a_success_counts_from_the_beginning():
    failures = Failures()
    for _ in range(IN_A_ROW - 1):
        failures.add("model", "it died")
    failures.forget("model")
    failures.add("model", "it died")
    assert failures.reason("model") is None


def test_a_model_rests_and_is_tried_again():
    clock = Clock()
    failures = Failures(clock)
    for _ in range(IN_A_ROW):
        failures.add("model", "it died")
    clock.now = FIRST_REST_SECONDS
    assert failures.reason("model") is not None
    clock.now = FIRST_REST_SECONDS + 1
    assert failures.reason("model") is None
    failures.add("model", "it died")
    assert failures.reason("model") == "it died (4 times in a row)"
    clock.now += 2 * FIRST_REST_SECONDS
    assert failures.reason("model") is not None
    clock.now += 1
    assert failures.reason("model") is None


def test_rests_grow_to_some_minutes():
    rests = [rest_seconds(times) for times in range(100)]
    assert rests == sorted(rests)
    assert rests[-1] == LONGEST_REST_SECONDS


def test_not_all_are_remembered(monkeypatch):
    monkeypatch.setattr(module, "_REMEMBERED", 2)
    failures = Failures()
    for name in ("a", "b", "c"):
        for _ in range(IN_A_ROW):
            failures.add(name, "it died")
    assert [failures.reason(name) is None for name in ("a", "b", "c")] == [True, False, False]
