"""Sharing out what is at hand: bonus first, never more than was asked for or is there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from salon_desk.head_office.allotting import allot, of_same_card, tidy

BONUS, PAID, VISITS = "card/c/USD/bonus", "card/c/USD/paid", "series/one"
units = st.integers(min_value=0, max_value=50)
amounts = st.dictionaries(st.sampled_from([BONUS, PAID, VISITS, "card/d/USD/paid"]), units)


def test_what_is_here_is_sent_and_the_rest_is_missing() -> None:
    shares = allot(((BONUS, 10), (PAID, 40)), {BONUS: 4, PAID: 100})
    assert shares.sent == ((BONUS, 4), (PAID, 40))
    assert shares.missing == ((BONUS, 6),)


def test_bonus_is_sent_before_paid_value_whatever_was_asked_for() -> None:
    shares = allot(((PAID, 40), (BONUS, 10)), {BONUS: 30, PAID: 100})
    assert shares.sent == ((BONUS, 30), (PAID, 20))
    assert shares.missing == ()
    assert allot(((PAID, 40),), {BONUS: 90, PAID: 100}).sent == ((BONUS, 40),)


def test_bonus_that_nobody_in_reach_has_is_made_up_in_paid_value() -> None:
    shares = allot(((BONUS, 10), (PAID, 40)), {PAID: 45}, {BONUS: 3})
    assert shares.sent == ((PAID, 45),)
    assert shares.missing == ((BONUS, 3), (PAID, 2))


def test_other_assets_stand_for_themselves() -> None:
    shares = allot(((VISITS, 3),), {VISITS: 2, BONUS: 9}, {})
    assert (shares.sent, shares.missing) == (((VISITS, 2),), ((VISITS, 1),))
    assert of_same_card(VISITS) == (VISITS,)
    assert of_same_card(PAID) == of_same_card(BONUS) == (BONUS, PAID)
    assert of_same_card("card/c/USD/points") == ("card/c/USD/points",)


def test_what_cannot_be_asked_for_is_left_out() -> None:
    assert tidy([(PAID, 3), (PAID, 4), (BONUS, 0), (VISITS, -1), ("", 4), ("a\0b", 4)]) == ((PAID, 7),)


@given(asked=amounts, at_hand=amounts, reach=st.none() | amounts)
def test_no_more_is_sent_than_was_asked_for_or_is_there(
    asked: dict[str, int], at_hand: dict[str, int], reach: dict[str, int] | None
) -> None:
    shares = allot(tidy(list(asked.items())), at_hand, reach)
    sent, missing = dict(shares.sent), dict(shares.missing)
    assert all(0 < sent[asset] <= at_hand[asset] for asset in sent)
    assert all(count > 0 for count in missing.values())
    assert sum(sent.values()) + sum(missing.values()) == sum(asked.values())
    for group in ((BONUS, PAID), (VISITS,), ("card/d/USD/paid",)):
        assert sum(sent.get(one, 0) for one in group) <= sum(asked.get(one, 0) for one in group)
    if sent.get(PAID):
        assert sent.get(BONUS, 0) == min(at_hand.get(BONUS, 0), asked.get(BONUS, 0) + asked.get(PAID, 0))


@given(asked=amounts, first=amounts, later=amounts)
def test_what_comes_later_is_shared_out_like_what_was_here(
    asked: dict[str, int], first: dict[str, int], later: dict[str, int]
) -> None:
    shares = allot(tidy(list(asked.items())), first)
    again = allot(shares.missing, later)
    whole = sum(units for _asset, units in (*shares.sent, *again.sent, *again.missing))
    assert whole == sum(asked.values())
