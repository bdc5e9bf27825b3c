"""Consent: an opt-out beats what did not know of it, whatever the clocks and the order; implied consent has an end."""

from __future__ import annotations

from itertools import permutations

import pytest

from salon_desk.domain.consent import (
    Basis,
    Channel,
    Purpose,
    Said,
    State,
    lapse_day,
    standing,
    standings,
)

TODAY = "2026-11-20"
OFFERS = (Channel.SMS, Purpose.MARKETING)


def said(
    op_id: str, *, given: bool = True, at: str = "1", seen: tuple[str, ...] = (), basis_day: str = ""
) -> Said:
    return Said(
        op_id=op_id,
        member="may",
        channel=Channel.SMS,
        purpose=Purpose.MARKETING,
        given=given,
        at=at,
        actor="amy",
        store="S1",
        place="counter",
        text="Offers?" if given else "STOP",
        basis=Basis.IMPLIED if basis_day else Basis.EXPRESS,
        basis_day=basis_day,
        seen=seen,
    )


def state(*everything: Said, today: str = TODAY) -> State:
    """What holds, the same in every order."""
    found = {
        standing(order, of=OFFERS, today=today, implied_months=24).state for order in permutations(everything)
    }
    assert len(found) == 1
    return found.pop()


def test_nothing_said_allows_nothing() -> None:
    assert state() is State.NEVER
    assert not any(one.allows for one in standings([], today=TODAY, implied_months=24))


def test_a_consent_holds_for_its_own_channel_and_purpose_only() -> None:
    found = standings([said("a")], today=TODAY, implied_months=24)
    assert [(one.channel, one.purpose) for one in found if one.allows] == [OFFERS]


def test_stop_beats_an_opt_in_that_is_older_or_did_not_know_of_it() -> None:
    assert state(said("a", at="1"), said("stop", given=False, at="2")) is State.WITHDRAWN
    # made at a till that was cut off, by a clock that ran ahead
    assert state(said("a", at="9"), said("stop", given=False, at="2")) is State.WITHDRAWN
    assert state(said("a"), said("b", at="3"), said("stop", given=False, at="2")) is State.WITHDRAWN


def test_who_knew_of_the_stop_and_agrees_again_is_written_to_again() -> None:
    assert state(said("a"), said("stop", given=False), said("b", seen=("stop",))) is State.GIVEN
    two = (said("stop", given=False), said("stop2", given=False))
    assert state(*two, said("b", seen=("stop",))) is State.WITHDRAWN
    assert state(*two, said("b", seen=("stop", "stop2"))) is State.GIVEN


@pytest.mark.parametrize(
    ("today", "wanted"),
    [("2026-11-19", State.IMPLIED), ("2026-11-20", State.IMPLIED), ("2026-11-21", State.LAPSED)],
)
def test_an_implied_consent_lapses_two_years_after_the_purchase(today: str, wanted: State) -> None:
    assert state(said("a", basis_day="2024-11-20"), today=today) is wanted


def test_an_express_consent_outlives_an_implied_one_and_the_newest_purchase_counts() -> None:
    assert state(said("a"), said("b", basis_day="2020-01-01")) is State.GIVEN
    assert state(said("a", basis_day="2020-01-01"), said("b", basis_day="2026-01-01")) is State.IMPLIED


def test_the_last_day_is_the_months_last_where_the_day_is_not_in_it() -> None:
    assert lapse_day("2024-02-29", 24) == "2026-02-28"
    assert lapse_day("2026-01-31", 1) == "2026-02-28"
    assert lapse_day("2026-12-31", 0) == "2026-12-31"
