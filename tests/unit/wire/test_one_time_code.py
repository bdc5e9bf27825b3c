"""A code is the same code however a person writes it down."""

from __future__ import annotations

import pytest

from salon_desk.wire.one_time_code import ALPHABET, LENGTH, grouped, plain


@pytest.mark.parametrize("typed", ["K7M2Q-9XD4T", "k7m2q9xd4t", " K7M2Q 9XD4T\n", "k7m2q–9xd4t"])
def test_dashes_blanks_and_case_make_no_other_code(typed: str) -> None:
    assert plain(typed) == "K7M2Q9XD4T"


def test_a_code_reads_letters_that_look_like_digits_as_digits() -> None:
    assert plain("o1il-u z") == "0111Z"


def test_a_code_is_read_out_in_two_groups() -> None:
    assert grouped("K7M2Q9X") == "K7M2Q-9X"
    assert grouped("K7M2Q") == "K7M2Q"
    assert plain(grouped(ALPHABET[:LENGTH])) == ALPHABET[:LENGTH]
