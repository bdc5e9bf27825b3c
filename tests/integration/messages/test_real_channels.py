"""The sender over the real channels and servers that fail on command: what a member gets, whatever the network does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from salon_desk.channels.letter import Sender
from salon_desk.channels.mail import Mail, MailAccount
from salon_desk.channels.rest import Rest
from salon_desk.channels.twilio import Twilio, TwilioAccount
from salon_desk.domain.consent import Channel, Purpose
from salon_desk.domain.message import Delivered, Incoming, MessageState, Trigger
from salon_desk.operations.description import MemberDescribed, StoreDescribed
from salon_desk.services import message_inbound, message_way_out
from salon_desk.services.channel_settings import MailSecurity
from salon_desk.services.describe import describe
from salon_desk.storage.store import Store
from salon_desk.wire.exchange import Line
from tests.integration.messages.desk import Desk, Provider, agree, asker, attempts, intend, intent, state
from tests.integration.services.shop import Shop
from tests.unit.channels.mail_server import MailServer
from tests.unit.channels.provider import Answer, Fault
from tests.unit.channels.test_twilio import Moments
from tests.unit.channels.twilio_server import ACCOUNT, SENDER, TOKEN, TwilioServer, refusal

MARKETING = Purpose.MARKETING
OFFER = {"purpose": MARKETING, "trigger": Trigger.BIRTHDAY, "template": "birthday"}


@pytest.fixture
def twilio(shop: Shop) -> Iterator[TwilioServer]:
    server = TwilioServer()
    server.clock = lambda: shop.clock.instant
    yield server
    server.close()
    assert server.problems == []


def sms_desk(shop: Shop, server: TwilioServer) -> Desk:
    moments = Moments()
    moments.now = lambda: shop.clock.instant.timestamp()  # type: ignore[method-assign]
    account = TwilioAccount(ACCOUNT, ACCOUNT, TOKEN, SENDER, per_second=0)
    channel = Twilio(
        account,
        shop.clock,
        base=server.url,
        line=Line(read_within=0.15),
        rest=Rest(0, moments.now, moments.sleep),
    )
    return Desk(shop.till.store, shop.clock, asker(shop), [channel])  # type: ignore[list-item]


@pytest.mark.parametrize(
    "trouble",
    [*Fault, Answer(502, b"<html>"), Answer(429, refusal(20429, 429), {"Retry-After": "90"})],
    ids=str,
)
def test_an_offer_goes_out_exactly_once_whatever_becomes_of_the_answer(
    shop: Shop, twilio: TwilioServer, trouble: Fault | Answer
) -> None:
    agree(shop)
    message = intend(shop, intent(shop, **OFFER))  # type: ignore[arg-type]
    twilio.planned.append(trouble)
    here = sms_desk(shop, twilio)
    here.until_nothing()
    here.restart()
    here.until_nothing()
    assert len(twilio.messages) == 1
    assert state(shop.till.store, message) is MessageState.SENT
    assert attempts(shop.till.store, message)[-1].provider_id == twilio.messages[0]["sid"]


def test_a_stop_that_only_twilio_knows_ends_offers_here(shop: Shop, twilio: TwilioServer) -> None:
    agree(shop)
    first = intend(shop, intent(shop, **OFFER))  # type: ignore[arg-type]
    twilio.planned.append(Answer(400, refusal(21610, 400)))
    here = sms_desk(shop, twilio)
    here.until_nothing()
    assert state(shop.till.store, first) is MessageState.REFUSED
    second = intend(shop, intent(shop, "next year", **OFFER))  # type: ignore[arg-type]
    here.until_nothing()
    assert state(shop.till.store, second) is MessageState.WITHHELD
    assert twilio.messages == []


@pytest.mark.parametrize(("purpose", "letters"), [(MARKETING, 1), (Purpose.TRANSACTIONAL, 2)])
def test_a_letter_of_which_nobody_knows_is_repeated_once_at_most_and_an_offer_never(
    shop: Shop, purpose: Purpose, letters: int
) -> None:
    server = MailServer()
    try:
        described = [
            (MemberDescribed, shop.member, {"email": "mei@example.org", "phone": ""}),
            (StoreDescribed, "s1", {"address": "135-24 Roosevelt Ave, Flushing"}),
        ]
        describe(shop.till, shop.command(), None, described)
        agree(shop, channel=Channel.EMAIL)
        told = OFFER if purpose is MARKETING else {}
        message = intend(shop, intent(shop, **told))  # type: ignore[arg-type]
        server.said["DATA"] = None
        sender = Sender("salon@example.com", "玉兰美甲")
        account = MailAccount("127.0.0.1", server.port, MailSecurity.NONE, sender)
        channel = Mail(account, shop.clock, patience=5)
        Desk(shop.till.store, shop.clock, asker(shop), [channel]).until_nothing()  # type: ignore[list-item]
        assert len(server.taken) == letters
        assert {one["List-Unsubscribe"] is not None for one in server.letters} == {purpose is MARKETING}
        assert state(shop.till.store, message) is MessageState.UNKNOWN
        assert {one.state for one in attempts(shop.till.store, message)} == {Delivered.UNKNOWN}
    finally:
        server.close()


def test_the_link_of_a_letter_ends_offers_for_the_address_it_went_to_and_again_changes_nothing(
    shop: Shop,
) -> None:
    store, rules = shop.till.store, shop.till.rules
    described = [
        (MemberDescribed, shop.member, {"email": "mei@example.org", "phone": ""}),
        (StoreDescribed, "s1", {"address": "135-24 Roosevelt Ave, Flushing"}),
    ]
    describe(shop.till, shop.command(), None, described)
    agree(shop, channel=Channel.EMAIL)
    first = intend(shop, intent(shop, **OFFER))  # type: ignore[arg-type]
    here = Desk(store, shop.clock, asker(shop), [Provider(Channel.EMAIL)])
    here.until_nothing()
    (attempt,) = attempts(store, first)

    def received(store: Store, came: Incoming) -> object:
        return message_inbound.received(store, came, rules)

    assert message_way_out.stopped(store, attempt.outgoing.reference, received)
    recorded = store.head.seq
    assert message_way_out.stopped(store, attempt.outgoing.reference, received)
    assert store.head.seq == recorded
    assert not message_way_out.stopped(store, "of nobody", received)
    second = intend(shop, intent(shop, "next year", **OFFER))  # type: ignore[arg-type]
    here.until_nothing()
    assert state(store, second) is MessageState.WITHHELD
