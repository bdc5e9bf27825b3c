"""One round of the sender over a real store: what the gate lets through goes out once, the rest waits or is withheld, and says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from salon_desk.domain.access import Role
from salon_desk.domain.consent import Channel, Purpose
from salon_desk.domain.errors import RuleMissing
from salon_desk.domain.message import Delivered, Delivery, MessageState, Trigger
from salon_desk.domain.message_gate import Caps
from salon_desk.operations.erasure import WhyErased
from salon_desk.services import erasing, members, message_records, shop_rules
from salon_desk.services.message_asking import Answer, Asker
from salon_desk.services.message_sending import Round
from salon_desk.services.till import Actor
from salon_desk.storage.engine import Transaction
from salon_desk.storage.errors import CannotRecord, PersonErased
from salon_desk.storage.queries.messages import Message
from salon_desk.storage.verify import verify
from tests.integration.messages.desk import (
    Provider,
    agree,
    attempts,
    desk,
    intend,
    intent,
    stands,
    state,
    stop,
)
from tests.integration.services.shop import CASHIER, MANAGER, Shop

MARKETING = Purpose.MARKETING


def test_what_is_due_goes_out_once_in_the_members_language_with_the_balance_of_that_moment(
    shop: Shop,
) -> None:
    agree(shop)
    message = intend(shop, intent(shop))
    shop.top_up("50.00")
    provider = Provider()
    desk(shop, provider).until_nothing()
    assert [(one.address, one.text) for one in provider.taken] == [
        ("+17185550137", "【法拉盛店】张晓梅，您的储值卡余额为 $50.00。")
    ]
    assert provider.taken[0].reference == f"{message}-1"
    assert state(shop.till.store, message) is MessageState.SENT
    assert attempts(shop.till.store, message)[0].verdict == "allowed"


def test_the_same_reason_member_and_subject_are_intended_once(shop: Shop) -> None:
    agree(shop)
    provider = Provider()
    here = desk(shop, provider)
    for _time in range(2):
        intend(shop, intent(shop), intent(shop))
        here.until_nothing()
    intend(shop, intent(shop, "another"))
    here.until_nothing()
    assert len(provider.taken) == 2


def test_none_goes_to_one_who_opted_out_meanwhile(shop: Shop) -> None:
    agree(shop)
    message = intend(shop, intent(shop))
    stop(shop)
    provider = Provider()
    desk(shop, provider).until_nothing()
    assert provider.taken == []
    found = stands(shop.till.store, message)
    assert (found.state, found.reason) == (MessageState.WITHHELD, "opted_out")


def test_none_goes_at_night_and_it_goes_in_the_morning(shop: Shop) -> None:
    agree(shop)
    shop.clock.instant = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)  # ten in the evening in New York
    message = intend(shop, intent(shop))
    provider = Provider()
    here = desk(shop, provider)
    here.round()
    here.round()
    found = stands(shop.till.store, message)
    assert (found.state, found.reason, found.until) == (
        MessageState.INTENDED,
        "quiet_hours",
        "2026-11-21T14:00:00.000Z",
    )
    before = shop.till.store.head.seq
    here.restart()
    here.round()
    assert shop.till.store.head.seq == before
    here.until_nothing()
    assert len(provider.taken) == 1
    assert shop.clock.instant >= datetime(2026, 11, 21, 14, 0, tzinfo=UTC)


def test_no_more_than_the_cap_goes_out_and_the_rest_waits_or_ends(shop: Shop) -> None:
    agree(shop)
    intents = [
        intent(shop, str(number), trigger=Trigger.ABSENT, purpose=MARKETING, template="absent", hours=24 * 60)
        for number in range(6)
    ]
    intend(shop, *intents)
    provider = Provider()
    desk(shop, provider).until_nothing()
    assert len(provider.taken) == 6
    with_days = [datetime.fromisoformat(one.attempted_at) for one in provider.taken]
    assert all(later - before >= timedelta(days=1) for before, later in pairwise(with_days))
    assert with_days[4] - with_days[0] >= timedelta(days=30)


def test_the_shop_says_how_often_offers_go_out_and_from_which_day_on(shop: Shop) -> None:
    agree(shop)
    before = shop_rules.standing(shop.till).rules
    for caps, day in ((Caps(most=2, most_a_day=2), ""), (Caps(most=0, most_a_day=1), "2026-12-01")):
        wanted = replace(before, caps=caps)
        shop_rules.save(shop.till, shop.command(), MANAGER, before, wanted, from_day=day)
    offers = [
        intent(shop, str(number), trigger=Trigger.ABSENT, purpose=MARKETING, template="absent", hours=24 * 60)
        for number in range(3)
    ]
    intend(shop, *offers)
    provider = Provider()
    here = desk(shop, provider)
    here.round()
    assert len(provider.taken) == 2
    (waits,) = {stands(shop.till.store, one.message).until for one in offers} - {""}
    assert waits.startswith("2026-12-")
    here.until_nothing()
    assert len(provider.taken) == 2
    assert sorted(stands(shop.till.store, one.message).detail for one in offers) == ["", "", "never"]


def test_what_comes_too_late_or_has_no_template_is_withheld(shop: Shop) -> None:
    agree(shop)
    late, gone = intent(shop, "late", hours=1), intent(shop, "gone", template="gone")
    intend(shop, late, gone)
    shop.clock.instant += timedelta(hours=2)
    desk(shop).until_nothing()
    assert stands(shop.till.store, late.message).reason == "expired"
    assert stands(shop.till.store, gone.message).reason == "no_template"


def test_the_first_channel_with_an_address_and_a_consent_is_taken(shop: Shop) -> None:
    known = members.page(shop.till, shop.member).figures.member
    members.edit(shop.till, shop.command(), CASHIER, replace(known, email="may@example.com"))
    agree(shop, channel=Channel.EMAIL)
    intend(shop, intent(shop))
    texts, mails = Provider(), Provider(Channel.EMAIL)
    desk(shop, texts, mails).until_nothing()
    assert (len(texts.taken), [one.address for one in mails.taken]) == (0, ["may@example.com"])


def test_what_was_certainly_not_sent_is_tried_again_until_it_is_or_is_too_late(shop: Shop) -> None:
    agree(shop)
    message = intend(shop, intent(shop, hours=12))
    out_of_reach = Delivery(Delivered.NOT_SENT, code="no-network")
    provider = Provider(answers=[out_of_reach] * 3)
    desk(shop, provider).until_nothing()
    assert len(provider.taken) == 1
    assert [one.state for one in attempts(shop.till.store, message)] == [Delivered.NOT_SENT] * 3 + [
        Delivered.ACCEPTED
    ]
    late = intend(shop, intent(shop, "never", hours=12))
    provider.answers = [out_of_reach] * 100
    desk(shop, provider).until_nothing()
    assert stands(shop.till.store, late).state is MessageState.WITHHELD
    assert len(attempts(shop.till.store, late)) < 25


def test_a_channel_that_takes_nothing_rests_and_does_not_fill_the_journal(shop: Shop) -> None:
    agree(shop)
    intend(shop, *(intent(shop, str(number)) for number in range(10)))
    provider = Provider(answers=[Delivery(Delivered.NOT_SENT, retry_after=600)] * 50)
    here = desk(shop, provider)
    before = shop.till.store.head.seq
    for _time in range(5):
        here.round()
    assert shop.till.store.head.seq == before + 2


def test_the_journal_and_its_projections_agree(shop: Shop, tmp_path: Path) -> None:
    agree(shop)
    intend(
        shop,
        intent(shop),
        intent(shop, "b", purpose=MARKETING, trigger=Trigger.BIRTHDAY, template="birthday"),
    )
    desk(shop, Provider(answers=[Delivery(Delivered.UNKNOWN)] * 2)).until_nothing()
    shop.till.store.close()
    assert verify(tmp_path / "till").problems == ()


def test_one_message_that_cannot_be_looked_at_and_a_channel_with_a_bug_hold_up_no_other(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    agree(shop)
    poison, sound = intend(shop, intent(shop, "poison")), intend(shop, intent(shop, "sound"))
    provider = Provider()
    here = desk(shop, provider)
    ask = Asker.ask

    def asked(self: Asker, transaction: Transaction, message: Message, **more: Any) -> Answer:
        if message.message == poison:
            raise RuleMissing("US", "none", "2026-11-20")
        return ask(self, transaction, message, **more)

    monkeypatch.setattr(Asker, "ask", asked)
    assert here.round().sent == 1
    assert not here.round().more
    assert [one.reference for one in provider.taken] == [f"{sound}-1"]
    monkeypatch.undo()

    def bug() -> None:
        raise ValueError

    provider.before = bug
    third = intend(shop, intent(shop, "third", purpose=MARKETING, template="absent"))
    here.until_nothing()
    assert state(shop.till.store, third) is MessageState.UNKNOWN
    assert attempts(shop.till.store, third)[0].code == "given-up"


def test_a_sender_without_channels_does_nothing_and_one_that_is_stopped_stops(shop: Shop) -> None:
    agree(shop)
    intend(shop, intent(shop))
    idle = desk(shop)
    idle.providers.clear()
    idle.restart()
    assert idle.round() == Round()
    provider = Provider()
    assert desk(shop, provider).sender.round(lambda: True).sent == 0
    assert provider.taken == []


def test_a_disk_that_refuses_ends_the_round_and_a_person_who_is_erased_meanwhile_is_no_trouble(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    agree(shop)
    intend(shop, intent(shop))
    here = desk(shop)
    refusal: list[Exception] = [CannotRecord(reason="disk-full")]

    def refused(*_given: object) -> None:
        raise refusal[0]

    with monkeypatch.context() as patch:
        patch.setattr(message_records.journal, "record", refused)
        with pytest.raises(CannotRecord):
            here.round()
        refusal[0] = PersonErased("m")
        assert here.round().sent == 0
    provider = Provider(behind=lambda: erase(shop))
    desk(shop, provider).round()
    assert len(provider.taken) == 1


def erase(shop: Shop) -> None:
    erasing.erase(shop.till, shop.command(), Actor("owner", Role.OWNER), shop.member, WhyErased.ASKED)
