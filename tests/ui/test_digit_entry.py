"""Digits typed on a pad come to money through the cents, or to a count."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from salon_desk.domain.money import Money
from salon_desk.ui.digit_entry import DigitEntry


def test_digits_come_in_through_the_cents() -> None:
    entry = DigitEntry()
    for key in "4839":
        entry = entry.press(key)
    assert entry.money("USD") == Money(4839, "USD")
    assert entry.erase().money("USD") == Money(483, "USD")
    assert entry.clear().empty


def test_two_noughts_are_one_key() -> None:
    assert DigitEntry().press("5").press("00").number == 500
    assert DigitEntry().press("00").empty


def test_a_key_over_the_limit_does_nothing() -> None:
    full = DigitEntry(most=3).press("9").press("9").press("9")
    assert full.press("1") == full
    assert DigitEntry(most=3).press("9").press("9").press("00").number == 99


@given(st.lists(st.sampled_from(["0", "1", "9", "00"]), max_size=20))
def test_whatever_is_typed_is_a_number_within_the_limit(keys: list[str]) -> None:
    entry = DigitEntry(most=4)
    for key in keys:
        entry = entry.press(key)
    assert 0 <= entry.number <= 9_999
