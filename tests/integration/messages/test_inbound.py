"""What comes in: a STOP ends everything on its channel for everybody with that address, at once, whoever says what later; and once confirmed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from salon_desk.bootstrap.rules import load_rules
from salon_desk.domain.access import Role
from salon_desk.domain.consent import Channel, Purpose, State
from salon_desk.domain.message import Delivered, Delivery, Incoming, MessageState, StatusNews
from salon_desk.domain.opt_out import Meaning
from salon_desk.operations.description import MemberDescribed
from salon_desk.services import consents, exporting, members, message_inbound
from salon_desk.services.describe import describe
from salon_desk.services.members import NewMember
from salon_desk.services.till import Actor
from tests.integration.messages.desk import (
    SMS,
    Provider,
    agree,
    attempts,
    desk,
    intend,
    intent,
    stands,
    state,
)
from tests.integration.services.shop import CASHIER, Shop

PHONE = "+17185550137"


def wrote(shop: Shop, text: str, name: str = "SM7", address: str = PHONE) -> message_inbound.Heard:
    return message_inbound.received(shop.till.store, Incoming(SMS, address, text, name), load_rules())


def standing(shop: Shop, member: str = "", channel: Channel = SMS) -> set[State]:
    with shop.till.read() as transaction:
        found = consents.of_member(shop.till, transaction, member or shop.member).standings
    return {one.state for one in found if one.channel is channel}


@pytest.mark.parametrize("text", ["STOP", "please stop texting me", "退订", "不要再給我發短信了"])
def test_a_stop_in_usual_words_ends_reminders_and_offers_and_is_confirmed_once(shop: Shop, text: str) -> None:
    agree(shop)
    agree(shop, channel=SMS)
    message = intend(shop, intent(shop))
    for _time in range(2):
        assert wrote(shop, text).meaning is Meaning.STOP
    wrote(shop, "STOP", "SM8")
    assert standing(shop) == {State.WITHDRAWN}
    provider = Provider()
    desk(shop, provider).until_nothing()
    assert stands(shop.till.store, message).reason == "opted_out"
    assert [one.text for one in provider.taken] == [
        "【法拉盛店】您已退订，我们不会再给您发消息。以后想再收到，请到店告诉我们。"
    ]


def test_a_stop_ends_it_for_everybody_who_has_the_number_and_on_no_other_channel(shop: Shop) -> None:
    agree(shop)
    husband = members.add(shop.till, shop.command(), CASHIER, NewMember("先生", phone="(347) 555-0100"))
    known = husband.member.member_id
    me = members.page(shop.till, shop.member).figures.member
    describe(shop.till, shop.command(), None, [(MemberDescribed, known, {"phone": PHONE})])
    members.edit(shop.till, shop.command(), CASHIER, replace(me, email="may@example.com"))
    agree(shop, channel=Channel.EMAIL)
    heard = wrote(shop, "stop")
    assert set(heard.members) == {shop.member, known}
    assert standing(shop) == standing(shop, known) == {State.WITHDRAWN}
    assert standing(shop, channel=Channel.EMAIL) == {State.GIVEN}
    owner = Actor("owner", Role.OWNER)
    told = exporting.person(shop.till, owner, shop.member, "en").described
    assert [one["said"]["text"] for one in told if one["kind"] == "message.received"] == ["stop"]
    assert known not in str(told)


def test_another_word_changes_nothing_and_is_kept(shop: Shop) -> None:
    agree(shop)
    before = shop.till.store.head.seq
    assert wrote(shop, "Can I come at three?").meaning is Meaning.OTHER
    assert shop.till.store.head.seq == before + 1
    assert standing(shop) == {State.GIVEN}


def test_whoever_asks_for_help_is_told_who_writes_even_where_nothing_else_may_go(shop: Shop) -> None:
    wrote(shop, "HELP")
    provider = Provider()
    desk(shop, provider).until_nothing()
    (said,) = provider.taken
    assert said.address == PHONE
    assert "法拉盛店" in said.text
    assert "退订" in said.text


def test_an_answer_that_comes_too_late_or_whose_outcome_is_unknown_is_not_sent_again(shop: Shop) -> None:
    agree(shop)
    wrote(shop, "STOP")
    provider = Provider(answers=[Delivery(Delivered.UNKNOWN)] * 3)
    desk(shop, provider).until_nothing()
    assert len(provider.taken) == 1
    wrote(shop, "HELP", "SM9")
    shop.clock.instant += timedelta(minutes=6)
    desk(shop, provider).until_nothing()
    assert len(provider.taken) == 1


def test_a_stop_of_a_number_that_nobody_has_holds_for_whoever_is_found_to_have_had_it(shop: Shop) -> None:
    other = "+13475550100"
    agree(shop)
    heard = wrote(shop, "STOP", address=other)
    assert heard.members == ()
    known = members.page(shop.till, shop.member).figures.member
    members.edit(shop.till, shop.command(), CASHIER, replace(known, phone=other))
    first = intend(shop, intent(shop))
    here = desk(shop)
    here.until_nothing()
    assert stands(shop.till.store, first).reason == "opted_out"
    agree(shop)
    second = intend(shop, intent(shop, "another"))
    here.until_nothing()
    assert state(shop.till.store, second) is MessageState.SENT


def test_later_news_of_an_attempt_is_kept_once_and_never_takes_anything_back(shop: Shop) -> None:
    agree(shop)
    message = intend(shop, intent(shop))
    desk(shop).until_nothing()
    store = shop.till.store

    def news(state: Delivered, reference: str = "", name: str = "", **more: object) -> bool:
        delivery = Delivery(state, name, **more)  # type: ignore[arg-type]
        return message_inbound.status(store, StatusNews(SMS, reference, delivery))

    assert news(Delivered.DELIVERED, f"{message}-1")
    assert not news(Delivered.DELIVERED, f"{message}-1")
    assert not news(Delivered.ACCEPTED, name="SM1")
    assert not news(Delivered.DELIVERED, name="nobody's")
    assert state(store, message) is MessageState.DELIVERED


def test_an_opt_out_that_the_provider_knows_ends_it_here_too(shop: Shop) -> None:
    agree(shop)
    message = intend(shop, intent(shop))
    refused = Delivery(Delivered.REFUSED, "SM1", "21610", opted_out=True)
    desk(shop, Provider(answers=[refused])).until_nothing()
    assert state(shop.till.store, message) is MessageState.REFUSED
    assert standing(shop) == {State.WITHDRAWN}
    made = attempts(shop.till.store, message)
    assert not message_inbound.status(shop.till.store, StatusNews(SMS, f"{message}-1", refused))
    assert [(one.state, one.code) for one in made] == [(Delivered.REFUSED, "21610")]


def test_consent_stays_apart_by_purpose(shop: Shop) -> None:
    agree(shop, Purpose.TRANSACTIONAL)
    offer = intend(shop, intent(shop, purpose=Purpose.MARKETING, template="absent"))
    desk(shop).until_nothing()
    assert stands(shop.till.store, offer).reason == "no_consent"
