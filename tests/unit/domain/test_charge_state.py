"""What is known of a charge after each word: money that moved is never unsaid, a manager's decision gives way to that alone."""

from __future__ import annotations

from itertools import permutations

import pytest

from salon_desk.domain.charge_state import (
    APPROVED,
    DECIDED_CHARGED,
    DECIDED_NOT_CHARGED,
    MOST_TRIES,
    ChargeState,
    Heard,
    after,
    progress,
    reference_of,
)


def test_the_highest_word_about_the_newest_try_holds_in_whatever_order_they_come() -> None:
    for words in permutations((Heard.UNKNOWN, Heard.NOT_CHARGED, Heard.DECLINED)):
        state = ChargeState.ASKED
        for word in words:
            state = after(state, word, newest_try=True)
        assert state is ChargeState.DECLINED


@pytest.mark.parametrize("state", list(ChargeState))
def test_money_that_moved_is_never_unsaid(state: ChargeState) -> None:
    assert after(state, Heard.APPROVED, newest_try=False, decided=True) is ChargeState.APPROVED
    for word in Heard:
        assert after(ChargeState.APPROVED, word, newest_try=True) is ChargeState.APPROVED


def test_an_earlier_try_and_a_decided_charge_hear_of_nothing_but_money() -> None:
    assert after(ChargeState.ASKED, Heard.DECLINED, newest_try=False) is ChargeState.ASKED
    assert after(ChargeState.NOT_CHARGED, Heard.DECLINED, newest_try=True, decided=True) is (
        ChargeState.NOT_CHARGED
    )


def test_a_later_try_a_decision_and_money_are_worth_more_than_what_was_said_before() -> None:
    known = [
        progress(ChargeState.ASKED, 1),
        progress(ChargeState.UNKNOWN, 1),
        progress(ChargeState.NOT_CHARGED, 1),
        progress(ChargeState.DECLINED, 1),
        progress(ChargeState.ASKED, 2),
        progress(ChargeState.DECLINED, MOST_TRIES - 1),
        DECIDED_NOT_CHARGED,
        DECIDED_CHARGED,
        progress(ChargeState.APPROVED, 1),
    ]
    assert known == sorted(known)
    assert known[-1] == progress(ChargeState.APPROVED, 7) == APPROVED
    for attempt in (0, MOST_TRIES):
        with pytest.raises(ValueError, match="attempt"):
            progress(ChargeState.ASKED, attempt)


def test_a_reference_is_what_every_terminal_and_wallet_takes() -> None:
    made = {reference_of(f"id-{number}") for number in range(500)}
    assert len(made) == 500
    assert all(len(one) == 16 and one.isalnum() and one.isupper() for one in made)
