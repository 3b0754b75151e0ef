from keras_shapes.keras_process import failures as module
from keras_shapes.keras_process.failures import IN_A_ROW, REST_SECONDS, Failures


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
    clock.now = REST_SECONDS
    assert failures.reason("model") is not None
    clock.now = REST_SECONDS + 1
    assert failures.reason("model") is None
    failures.add("model", "it died")
    assert failures.reason("model") is None


def test_not_all_are_remembered(monkeypatch):
    monkeypatch.setattr(module, "_REMEMBERED", 2)
    failures = Failures()
    for name in ("a", "b", "c"):
        for _ in range(IN_A_ROW):
            failures.add(name, "it died")
    assert [failures.reason(name) is None for name in ("a", "b", "c")] == [True, False, False]
