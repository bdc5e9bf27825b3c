"""A root that was put back from an old copy has forgotten what it sent: what it meant to say before is not said again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from salon_desk.bootstrap.rules import load_rules
from salon_desk.domain.consent import Channel, Purpose
from salon_desk.domain.message import Delivered, Delivery, Incoming, MessageState, Trigger
from salon_desk.operations.campaign import CampaignLaunched
from salon_desk.operations.node import WhyAnew
from salon_desk.services import message_epochs, message_inbound, message_intents, message_log, trigger_marks
from salon_desk.services.trigger_marks import Marks
from salon_desk.storage import journal
from salon_desk.storage.office import Office, open_anew
from salon_desk.storage.place import Place
from salon_desk.storage.queries import message_lists
from salon_desk.storage.queries.message_lists import Wanted
from tests.integration.messages.desk import Desk, Provider, agree, asker, intend, intent, stands
from tests.integration.services.shop import Shop
from tests.integration.storage.neighbours import hand
from tests.integration.storage.offices import office_at
from tests.integration.storage.tills import command


def test_a_message_goes_out_and_is_listed_on_either_database(place: Place, shop: Shop) -> None:
    agree(shop)
    office = office_at(place)
    hand(shop.till.store, office)
    one = intent(shop)
    assert message_intents.intend(office, [one, one, intent(shop, "other")]) == 2
    provider = Provider(answers=[Delivery(Delivered.UNKNOWN), Delivery(Delivered.NOT_SENT)])
    Desk(office, shop.clock, asker(shop), [provider]).until_nothing()
    message_inbound.received(office, Incoming(Channel.SMS, "+17185550137", "STOP", "SM9"), load_rules())
    for wanted in (Wanted(), Wanted(member=shop.member), Wanted(state="sent", trigger="after_sale")):
        with office.database.read() as transaction:
            found = message_log.entries(transaction, wanted)
        assert {entry.message.subject for entry in found} >= {"sale", "other"}
    with office.database.read() as transaction:
        assert message_lists.counts(transaction) == [
            (MessageState.INTENDED, "", 1),
            (MessageState.SENT, "", 2),
        ]
        assert message_lists.listed(transaction, Wanted(campaign="none")) == []
    office.close()


@pytest.fixture
def office(tmp_path: Path, shop: Shop) -> Iterator[Office]:
    agree(shop)
    found = office_at(Place(folder=tmp_path / "office"))
    hand(shop.till.store, found)
    yield found
    found.close()


def look(office: Office, shop: Shop) -> Provider:
    provider = Provider()
    Desk(office, shop.clock, asker(shop), [provider]).until_nothing()
    return provider


def test_what_was_meant_before_is_withheld_and_what_is_meant_since_goes_out(
    office: Office, shop: Shop
) -> None:
    before = [
        intent(shop),
        intent(shop, "offer", trigger=Trigger.ABSENT, purpose=Purpose.MARKETING, template="absent"),
    ]
    message_intents.intend(office, before)
    open_anew(office, WhyAnew.CHILD_KNOWS_MORE)
    assert look(office, shop).taken == []
    assert {stands(office, one.message).reason for one in before} == {"may_have_gone"}
    message_intents.intend(office, [intent(shop, "since")])
    assert len(look(office, shop).taken) == 1


def test_a_campaign_that_was_launched_before_goes_no_further(office: Office, shop: Shop) -> None:
    launched = CampaignLaunched(
        campaign="c",
        name="May",
        segment="",
        conditions=(),
        template="absent",
        store="s1",
        held_back_percent=0,
        audience=1,
        held_back=0,
        batches=1,
        launched_at="2026-11-20T15:00:00.000Z",
        due_at="2026-11-20T15:00:00.000Z",
        expires_at="2026-11-27T15:00:00.000Z",
    )
    journal.record(office, command(), lambda _transaction: launched)
    open_anew(office, WhyAnew.CHILD_KNOWS_MORE)
    one = replace(
        intent(shop, "c", trigger=Trigger.CAMPAIGN, purpose=Purpose.MARKETING, template="absent"),
        campaign="c",
    )
    message_intents.intend(office, [one])
    assert look(office, shop).taken == []
    assert stands(office, one.message).reason == "may_have_gone"


def test_what_a_till_meant_while_it_was_alone_is_sent_by_the_head_office_it_joined(
    office: Office, shop: Shop
) -> None:
    message = intend(shop, intent(shop))
    hand(shop.till.store, office)
    assert len(look(office, shop).taken) == 1
    assert stands(office, message).state is MessageState.SENT


def test_triggers_look_at_nothing_that_was_before(office: Office) -> None:
    message_epochs.settle(office)
    trigger_marks.save(office, Marks(seen=7))
    message_epochs.settle(office)
    assert _marks(office) == Marks(seen=7)
    open_anew(office, WhyAnew.CHILD_KNOWS_MORE)
    message_epochs.settle(office)
    assert _marks(office) == Marks()


def _marks(office: Office) -> Marks:
    with office.database.read() as transaction:
        return trigger_marks.read(transaction)
