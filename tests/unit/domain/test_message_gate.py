"""The gate: RULES 19 to 21 at their boundaries, the caps, what waits and what never goes, and in which order it is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from salon_desk.domain.consent import Basis, Channel, Purpose, Said, Standing, State, standing
from salon_desk.domain.message_gate import (
    Asked,
    Asking,
    Caps,
    Outcome,
    Reason,
    SentBefore,
    Verdict,
    Wording,
    verdict,
)
from salon_desk.domain.quiet_hours import Quiet

NOW = datetime(2026, 11, 20, 17, tzinfo=UTC)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
ABOUT, SELLS = Purpose.TRANSACTIONAL, Purpose.MARKETING


def asked(purpose: Purpose = ABOUT, **others: Any) -> Asked:
    """A message that may go, but for what is said otherwise."""
    state = others.pop("state", State.GIVEN)
    good = Asked(
        now=NOW,
        message="this",
        purpose=purpose,
        address="+17185550100",
        standing=Standing(Channel.SMS, purpose, state),
        quiet=Quiet(True),
        wording=Wording(purpose),
        expires_at=NOW + 2 * DAY,
    )
    return replace(good, **others)


def before(*ago: timedelta, purpose: Purpose = SELLS) -> list[SentBefore]:
    return [SentBefore(f"m{number}", NOW - one, purpose) for number, one in enumerate(ago)]


def told(one: Asked) -> tuple[Outcome, Reason]:
    found = verdict(one)
    return found.outcome, found.reason


@pytest.mark.parametrize("purpose", Purpose)
def test_what_nothing_speaks_against_goes(purpose: Purpose) -> None:
    assert verdict(asked(purpose)) == Verdict(Outcome.SEND, Reason.ALLOWED)
    assert verdict(asked(purpose, expires_at=None)) == Verdict(Outcome.SEND, Reason.ALLOWED)
    unknown = verdict(asked(purpose, quiet=Quiet(True, zone_known=False)))
    assert unknown == Verdict(Outcome.SEND, Reason.ALLOWED, "zone_unknown")


NEVER: list[tuple[dict[str, Any], Reason]] = [
    ({"erased": True}, Reason.ERASED),
    ({"active": False}, Reason.INACTIVE),
    ({"sent": [SentBefore("this", NOW - 20 * DAY, ABOUT)]}, Reason.ALREADY_SENT),
    ({"expires_at": NOW}, Reason.EXPIRED),
    ({"wording": None}, Reason.NO_TEMPLATE),
    ({"wording": Wording(ABOUT, "promotional")}, Reason.PURPOSE_MISMATCH),
    ({"address": " "}, Reason.NO_ADDRESS),
    ({"state": State.WITHDRAWN}, Reason.OPTED_OUT),
    ({"quiet": Quiet(False)}, Reason.QUIET_HOURS),
]


@pytest.mark.parametrize(("wrong", "reason"), NEVER)
def test_what_never_goes_says_why(wrong: dict[str, Any], reason: Reason) -> None:
    assert told(asked(**wrong)) == (Outcome.WITHHELD, reason)


def test_of_several_reasons_the_first_in_their_order_is_said() -> None:
    together: dict[str, Any] = {}
    for wrong, reason in reversed(NEVER):
        together |= wrong
        assert told(asked(**together)) == (Outcome.WITHHELD, reason)
    order = list(Reason)
    assert [order.index(reason) for _wrong, reason in NEVER] == sorted(
        order.index(reason) for _wrong, reason in NEVER
    )


# RULES 19


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize(
    ("state", "said"),
    [
        (State.GIVEN, (Outcome.SEND, Reason.ALLOWED)),
        (State.IMPLIED, (Outcome.SEND, Reason.ALLOWED)),
        (State.NEVER, (Outcome.WITHHELD, Reason.NO_CONSENT)),
        (State.LAPSED, (Outcome.WITHHELD, Reason.CONSENT_LAPSED)),
        (State.WITHDRAWN, (Outcome.WITHHELD, Reason.OPTED_OUT)),
    ],
)
def test_without_a_consent_on_record_nothing_goes_reminders_neither(
    purpose: Purpose, state: State, said: tuple[Outcome, Reason]
) -> None:
    assert told(asked(purpose, state=state)) == said


def test_a_consent_to_reminders_is_none_to_offers() -> None:
    other = Standing(Channel.SMS, ABOUT, State.GIVEN)
    assert verdict(asked(SELLS, standing=other)) == Verdict(Outcome.WITHHELD, Reason.NO_CONSENT, "sms")


def said(op_id: str, at: str, *, given: bool, seen: tuple[str, ...] = (), basis_day: str = "") -> Said:
    return Said(
        op_id, "may", Channel.SMS, SELLS, given, at, "amy", "S1", "counter", "words",
        basis=Basis.IMPLIED if basis_day else Basis.EXPRESS, basis_day=basis_day, seen=seen,
    )  # fmt: skip


def by(*everything: Said, today: str = "2026-11-20") -> set[tuple[Outcome, Reason]]:
    """What the gate says, whatever the order in which it was heard."""
    return {
        told(asked(SELLS, standing=standing(order, of=(Channel.SMS, SELLS), today=today, implied_months=24)))
        for order in permutations(everything)
    }


def test_a_stop_at_one_till_beats_a_consent_at_another_that_did_not_know_of_it() -> None:
    stop = said("stop", "2026-11-19T10:00:00.000Z", given=False)
    older, newer = said("a", "2026-11-18", given=True), said("b", "2026-11-20", given=True)
    assert (
        by(stop, older) == by(stop, newer) == by(stop, older, newer) == {(Outcome.WITHHELD, Reason.OPTED_OUT)}
    )
    knowing = said("c", "2026-11-20", given=True, seen=("stop",))
    assert by(stop, older, knowing) == {(Outcome.SEND, Reason.ALLOWED)}


@pytest.mark.parametrize(
    ("days", "reason"), [(729, Reason.ALLOWED), (730, Reason.ALLOWED), (731, Reason.CONSENT_LAPSED)]
)
def test_an_implied_consent_holds_on_day_730_and_not_on_day_731(days: int, reason: Reason) -> None:
    today = (datetime(2024, 11, 20, tzinfo=UTC) + days * DAY).date().isoformat()
    implied = said("a", "2024-11-20", given=True, basis_day="2024-11-20")
    assert {found for _outcome, found in by(implied, today=today)} == {reason}


def test_a_lapsed_consent_says_its_last_day() -> None:
    lapsed = Standing(Channel.SMS, SELLS, State.LAPSED, until="2026-11-19")
    assert verdict(asked(SELLS, standing=lapsed)).detail == "2026-11-19"


def test_the_answer_to_a_stop_goes_once_at_any_hour_and_without_a_consent() -> None:
    answer = asked(state=State.WITHDRAWN, quiet=Quiet(False, NOW + DAY), asking=Asking.ANSWER)
    assert verdict(answer) == Verdict(Outcome.SEND, Reason.ANSWERED)
    assert told(replace(answer, sent=[SentBefore("this", NOW, ABOUT)]))[1] is Reason.ALREADY_SENT
    assert told(replace(answer, address=""))[1] is Reason.NO_ADDRESS
    assert told(replace(answer, expires_at=NOW))[1] is Reason.EXPIRED


# RULES 20


@pytest.mark.parametrize("purpose", Purpose)
def test_quiet_hours_hold_reminders_and_offers_alike(purpose: Purpose) -> None:
    night = Quiet(False, NOW + DAY)
    assert verdict(asked(purpose, quiet=night)) == Verdict(Outcome.HELD, Reason.QUIET_HOURS, "", NOW + DAY)
    nowhere = Quiet(False, NOW + DAY, zone_known=False)
    assert verdict(asked(purpose, quiet=nowhere)) == Verdict(Outcome.HELD, Reason.ZONE_UNKNOWN, "", NOW + DAY)


def test_what_a_member_just_asked_for_comes_at_any_hour_with_a_consent() -> None:
    receipt = asked(quiet=Quiet(False, NOW + DAY), asking=Asking.MEMBER)
    assert verdict(receipt) == Verdict(Outcome.SEND, Reason.ALLOWED)
    assert told(replace(receipt, standing=Standing(Channel.SMS, ABOUT, State.NEVER)))[1] is Reason.NO_CONSENT


def test_what_would_wait_beyond_its_end_is_not_sent_at_all() -> None:
    night = Quiet(False, NOW + DAY)
    for ends, outcome, detail in (
        (NOW + DAY + SECOND, Outcome.HELD, ""),
        (NOW + DAY, Outcome.WITHHELD, "too_late"),
    ):
        found = verdict(asked(quiet=night, expires_at=ends))
        assert (found.outcome, found.reason, found.detail) == (outcome, Reason.QUIET_HOURS, detail)
    assert verdict(asked(quiet=Quiet(False, None))).detail == "never"


# RULES 21


def test_an_advertisement_does_not_go_as_a_reminder() -> None:
    assert told(asked(ABOUT, wording=Wording(SELLS)))[1] is Reason.PURPOSE_MISMATCH
    assert told(asked(SELLS, wording=Wording(ABOUT)))[1] is Reason.ALLOWED
    assert verdict(asked(SELLS, wording=Wording(SELLS, "stop_missing"))) == Verdict(
        Outcome.WITHHELD, Reason.PURPOSE_MISMATCH, "stop_missing"
    )


# how often


def test_one_offer_a_day() -> None:
    for ago, outcome in ((DAY - SECOND, Outcome.HELD), (DAY, Outcome.SEND), (SECOND, Outcome.HELD)):
        found = verdict(asked(SELLS, sent=before(ago)))
        assert found.outcome is outcome
        if outcome is Outcome.HELD:
            assert (found.reason, found.until) == (Reason.CAPPED, NOW - ago + DAY)


def test_four_offers_in_thirty_days_and_then_when_the_first_of_them_is_old() -> None:
    three = before(29 * DAY, 20 * DAY, 10 * DAY)
    assert told(asked(SELLS, sent=three))[0] is Outcome.SEND
    four = [*three, *before(2 * DAY)]
    found = verdict(asked(SELLS, sent=four))
    assert (found.outcome, found.reason, found.until) == (Outcome.HELD, Reason.CAPPED, NOW + DAY)
    old = [*before(30 * DAY), *three]
    assert told(asked(SELLS, sent=old))[0] is Outcome.SEND
    five = [*four, *before(28 * DAY)]
    assert verdict(asked(SELLS, sent=five, expires_at=None)).until == NOW + 2 * DAY


def test_both_caps_must_let_it_go() -> None:
    sent = before(29 * DAY + timedelta(hours=12), 20 * DAY, 10 * DAY, SECOND)
    assert verdict(asked(SELLS, sent=sent)).until == NOW - SECOND + DAY
    sent = before(28 * DAY, 20 * DAY, 10 * DAY, SECOND)
    found = verdict(asked(SELLS, sent=sent, expires_at=None))
    assert found.until == NOW + 2 * DAY
    assert told(asked(SELLS, sent=sent)) == (Outcome.WITHHELD, Reason.CAPPED)


def test_the_shop_says_how_many() -> None:
    two = Caps(most=2, days=7, most_a_day=2)
    assert told(asked(SELLS, caps=two, sent=before(SECOND)))[0] is Outcome.SEND
    assert told(asked(SELLS, caps=two, sent=before(SECOND, DAY), expires_at=None))[0] is Outcome.HELD
    for none in (Caps(most=0), Caps(most_a_day=0)):
        assert verdict(asked(SELLS, caps=none)) == Verdict(Outcome.WITHHELD, Reason.CAPPED, "never")


def test_reminders_are_not_capped_and_count_for_no_cap() -> None:
    many: Sequence[SentBefore] = before(*[timedelta(minutes=n) for n in range(20)], purpose=ABOUT)
    assert told(asked(ABOUT, sent=many))[0] is Outcome.SEND
    assert told(asked(ABOUT, sent=before(SECOND, SECOND, SECOND, SECOND, SECOND)))[0] is Outcome.SEND
    assert told(asked(SELLS, sent=many))[0] is Outcome.SEND


def test_a_cap_is_said_before_the_hour() -> None:
    both = asked(SELLS, sent=before(SECOND), quiet=Quiet(False, NOW + SECOND))
    assert verdict(both).reason is Reason.CAPPED


# once


@pytest.mark.parametrize("purpose", Purpose)
def test_what_went_does_not_go_again(purpose: Purpose) -> None:
    assert verdict(asked(purpose, sent=[SentBefore("this", NOW - DAY, purpose)])) == Verdict(
        Outcome.WITHHELD, Reason.ALREADY_SENT
    )


def test_an_offer_of_which_nobody_knows_is_never_repeated() -> None:
    assert verdict(asked(SELLS, attempts=1)) == Verdict(Outcome.WITHHELD, Reason.ALREADY_SENT, "1")


def test_a_reminder_of_which_nobody_knows_goes_a_second_time_with_a_flag_and_no_third() -> None:
    assert verdict(asked(ABOUT, attempts=1)) == Verdict(Outcome.SEND, Reason.REPEATED, "2")
    assert verdict(asked(ABOUT, attempts=2)) == Verdict(Outcome.WITHHELD, Reason.ALREADY_SENT, "2")
