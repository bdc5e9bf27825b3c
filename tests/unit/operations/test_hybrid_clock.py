"""The hybrid clock: never backwards, whatever the machine's clock does, and always a number a database can keep."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from salon_desk.operations.hybrid_clock import COUNTER_BITS, HIGHEST, next_reading

INSTANTS = st.datetimes(timezones=st.just(UTC))


def test_a_reading_carries_the_milliseconds_of_its_instant() -> None:
    now = datetime(2026, 11, 20, 15, 0, 0, 123_000, tzinfo=UTC)
    assert next_reading(0, now) >> COUNTER_BITS == 1_795_186_800_123


@given(st.lists(INSTANTS, min_size=1, max_size=30))
def test_readings_only_grow_and_fit_into_64_bits(instants: list[datetime]) -> None:
    last = 0
    for now in instants:
        reading = next_reading(last, now)
        assert last < reading < 1 << 63
        last = reading


def test_a_clock_that_went_to_1970_and_to_2100_and_back_goes_on_counting() -> None:
    present = datetime(2026, 11, 20, tzinfo=UTC)
    readings = [next_reading(0, present)]
    for now in (
        datetime(1970, 1, 1, tzinfo=UTC),
        present,
        datetime(2100, 1, 1, tzinfo=UTC),
        present,
        present,
    ):
        readings.append(next_reading(readings[-1], now))
    assert readings == sorted(set(readings))
    assert readings[-1] - readings[-3] == 2


def test_a_clock_before_1970_reads_as_1970() -> None:
    assert next_reading(0, datetime(1900, 1, 1, tzinfo=UTC)) == 1


def test_the_last_year_there_is_does_not_overflow_a_database() -> None:
    assert next_reading(0, datetime(9999, 12, 31, tzinfo=UTC)) == HIGHEST
