"""A made-up chain that writes to its members: nobody is annoyed, every message can be explained, the same again for the same seed.

A year of thousands is run from the command line (`simulate --messages --members N`); here forty days. The witness is shown what it has
to see.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta

import pytest

from salon_desk.bootstrap.rules import load_rules
from salon_desk.bootstrap.simulated_messages import simulate_messages
from salon_desk.cli import main as frame
from salon_desk.cli.messaging_year import told
from salon_desk.domain import message_gate
from salon_desk.domain.clock import instant_text
from salon_desk.domain.consent import Basis, Channel, Purpose
from salon_desk.domain.message import Delivered, Trigger
from salon_desk.operations.consent import ConsentGiven, ConsentWithdrawn
from salon_desk.operations.erasure import MemberErased
from salon_desk.operations.member import MembersMerged
from salon_desk.operations.message import (
    MessageAnswered,
    MessageAttempted,
    MessageIntended,
    MessageReceived,
)
from salon_desk.simulation.messages.explaining import _is_good
from salon_desk.simulation.messages.witness import Witness
from salon_desk.simulation.messages.year import Asked

MEMBERS = int(os.environ.get("SALON_DESK_MESSAGES_MEMBERS", "60"))
DAYS = int(os.environ.get("SALON_DESK_MESSAGES_DAYS", "40"))
NOON = datetime(2027, 3, 3, 17, 0, tzinfo=UTC)
"""A Wednesday's noon in New York."""
SMS, SELLS, ABOUT = Channel.SMS, Purpose.MARKETING, Purpose.TRANSACTIONAL


def test_some_weeks_of_all_triggers_break_no_rule_and_leave_nothing_unexplained() -> None:
    found = simulate_messages(Asked(MEMBERS, DAYS, seed=1))
    assert found.violations == ()
    assert {"capped", "consent_lapsed", "no_address", "no_consent", "opted_out"} <= set(found.withheld)
    assert {"capped", "quiet_hours"} <= set(found.held)
    assert set(found.triggers) >= set(Trigger) - {Trigger.ABSENT, Trigger.SPEND_CODE}
    sent = found.messages["sent"] + found.messages["delivered"]
    assert found.shares["sent"] == round(sent / sum(found.messages.values()), 4)


def test_the_same_seed_gives_the_same_trace_by_the_command_as_well(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["simulate", "--messages", "--members", "12", "--days", "8", "--seed", "3"]
    assert frame.main([*words, "--json"]) == frame.SUCCESS
    said = json.loads(capsys.readouterr().out)
    assert (said["ok"], said["violated"], said["members"], said["days"]) == (True, 0, 12, 8)
    assert frame.main(words) == frame.SUCCESS
    for_people = capsys.readouterr().out
    assert f"0 violations, trace {said['trace_hash'][:16]}\n" in for_people
    assert f"  sent {said['shares']['sent']:.2%}\n" in for_people


def test_a_gate_that_lets_everything_through_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    for check in ("_of_consent", "_waits"):
        monkeypatch.setattr(message_gate, check, lambda _asked: None)
    found = simulate_messages(Asked(40, 9, seed=2))
    assert {"above the cap", "at night", "without a consent"} <= {one.rule for one in found.violations}
    assert not found.ok
    assert "  at night: " in told(found)


class Desk:
    """A witness that is told what happened; the members live in New York."""

    def __init__(self) -> None:
        self.witness = Witness(load_rules(), {"m1": "+17185550100", "m2": "+17185550100"})

    def hear(self, *operations: object, at: datetime = NOON) -> Desk:
        for one in operations:
            self.witness.hear(at, one)  # type: ignore[arg-type]
        return self

    def rules(self) -> list[str]:
        return [one.rule for one in self.witness.violations]


def intended(
    message: str, purpose: Purpose = SELLS, *, member: str = "m1", store: str = "s-ny"
) -> MessageIntended:
    return MessageIntended(
        message=message,
        member=member,
        trigger=Trigger.BIRTHDAY if purpose is SELLS else Trigger.AFTER_SALE,
        subject=message,
        purpose=purpose,
        template="",
        store=store,
        due_at=instant_text(NOON),
        expires_at=instant_text(NOON + timedelta(days=9)),
    )


def attempted(
    message: str, attempt: int = 1, *, verdict: str = "allowed", member: str = "m1"
) -> MessageAttempted:
    return MessageAttempted(
        message=message,
        member=member,
        attempt=attempt,
        reference=f"{message}-{attempt}",
        channel=SMS,
        address="+17185550100",
        language="en",
        text="",
        verdict=verdict,
    )


def answered(message: str, state: Delivered) -> MessageAnswered:
    return MessageAnswered(message=message, member="m1", attempt=1, reference=f"{message}-1", state=state)


def given(purpose: Purpose = SELLS, *, basis_day: str = "") -> ConsentGiven:
    return ConsentGiven(
        member="m1",
        channel=SMS,
        purpose=purpose,
        basis=Basis.IMPLIED if basis_day else Basis.EXPRESS,
        text="",
        language="en",
        store="s-ny",
        place="counter",
        given_at=instant_text(NOON),
        basis_day=basis_day,
    )


def withdrawn() -> ConsentWithdrawn:
    return ConsentWithdrawn(
        member="m1",
        channel=SMS,
        purpose=SELLS,
        said="no",
        store="",
        place="counter",
        withdrawn_at=instant_text(NOON),
    )


def stopped() -> MessageReceived:
    now = instant_text(NOON)
    return MessageReceived(
        received="in", channel=SMS, address="+17185550100", text="STOP", meaning="stop", received_at=now
    )


def test_the_witness_sees_a_second_offer_within_a_day_also_to_somebody_merged() -> None:
    desk = Desk().hear(
        given(), intended("a"), attempted("a"), MembersMerged(merge="x", member="m1", duplicate="m2")
    )
    later = NOON + timedelta(hours=23)
    desk.hear(intended("b", member="m2"), attempted("b", member="m2"), at=later)
    assert desk.rules() == ["above the cap"]
    desk = Desk().hear(given(), intended("a"), attempted("a"), intended("b"))
    assert desk.hear(attempted("b"), at=NOON + timedelta(hours=24)).rules() == []


def test_the_witness_counts_thirty_days_and_not_what_was_certainly_not_sent() -> None:
    desk = Desk().hear(given())
    for day in (0, 2):
        name = f"o{day}"
        desk.hear(intended(name, store="s-tx"), attempted(name), at=NOON + timedelta(days=day))
    third = (intended("late", store="s-tx"), attempted("late"))
    assert desk.hear(*third, at=NOON + timedelta(days=29)).rules() == ["above the cap"]
    desk = Desk().hear(given(), intended("a"), attempted("a"), answered("a", Delivered.NOT_SENT))
    assert desk.hear(intended("b"), attempted("b")).rules() == []


def test_the_witness_sees_what_comes_without_a_consent_or_after_a_withdrawal_a_stop_or_an_erasure() -> None:
    sent = (intended("a"), attempted("a"))
    assert Desk().hear(*sent).rules() == ["without a consent"]
    assert Desk().hear(given(), withdrawn(), *sent).rules() == ["after a STOP"]
    assert Desk().hear(given(), stopped(), *sent).rules() == ["after a STOP"]
    assert Desk().hear(withdrawn(), stopped(), given(), *sent).rules() == []
    assert Desk().hear(given(), MemberErased(members=("m1",), reason="asked"), *sent).rules() == [
        "after an erasure"
    ]


def test_the_witness_sees_an_implied_consent_that_has_lapsed_by_the_law_of_the_shop() -> None:
    for store, basis, rules in (
        ("s-on", "2025-03-03", []),
        ("s-on", "2025-03-02", ["after an implied consent"]),
        ("s-ny", "2027-03-02", ["after an implied consent"]),
    ):
        desk = Desk().hear(given(basis_day=basis), intended("a", store=store), attempted("a"))
        assert desk.rules() == rules


def test_the_witness_sees_the_night() -> None:
    for hours, rules in ((-3.0, []), (-3.02, ["at night"]), (7.98, []), (8.0, ["at night"])):
        desk = Desk().hear(given(), intended("a"), at=NOON)
        assert desk.hear(attempted("a"), at=NOON + timedelta(hours=hours)).rules() == rules


def test_the_witness_sees_what_is_said_twice_but_a_flagged_reminder() -> None:
    twice = (attempted("a"), answered("a", Delivered.UNKNOWN), attempted("a", 2, verdict="repeated"))
    assert Desk().hear(given(), intended("a"), *twice).rules() == ["said twice"]
    desk = Desk().hear(given(ABOUT), intended("a", ABOUT), *twice)
    assert desk.rules() == []
    assert desk.hear(attempted("a", 3, verdict="repeated")).rules() == ["said twice"]
    plain = (attempted("a"), attempted("a", 2))
    assert Desk().hear(given(ABOUT), intended("a", ABOUT), *plain).rules() == ["said twice"]


def test_the_witness_counts_what_really_went_out_by_the_book_of_the_provider() -> None:
    for purpose, times, rules in ((SELLS, 1, []), (SELLS, 2, ["went out twice"]), (ABOUT, 2, [])):
        desk = Desk().hear(given(purpose), intended("a", purpose), attempted("a"))
        desk.witness.count({"a-1": times})
        assert desk.rules() == rules


def test_a_sentence_that_says_nothing_is_no_explanation() -> None:
    assert _is_good("Not sent: the member was erased.", "未发送：该会员已删除。")
    for english, chinese in (("", "好"), ("Same", "Same"), ("Waits {until}", "等"), ("Waits", "waits")):
        assert not _is_good(english, chinese)
    assert not _is_good("Not sent: a rule was against it.", "未发送。")
