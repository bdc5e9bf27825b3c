"""A campaign from its preview to its messages: what the preview says is what the gate then does; a stopped one sends no more."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from salon_desk.domain.campaign import Terms, is_held_back
from salon_desk.domain.campaign_errors import CampaignInvalid
from salon_desk.domain.consent import Channel, Purpose
from salon_desk.domain.message import MessageState
from salon_desk.domain.message_gate import Reason
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.operations.description import StoreDescribed
from salon_desk.services import campaign_preview, campaigns, consents, members
from salon_desk.services.campaign_preview import Preview, Previewing
from salon_desk.services.campaigns import Draft
from salon_desk.services.describe import describe
from salon_desk.services.members import NewMember
from salon_desk.storage.queries import message_lists
from tests.integration.messages.desk import Provider, asker, desk
from tests.integration.services.shop import CASHIER, MANAGER, Shop

OFFER = Names("20 % off until Sunday.", "周日前八折。")
EVERYBODY = Draft(Terms("Autumn", "", "campaign", "s1", held_back_percent=0, offer=OFFER))


def _member(shop: Shop, number: int, *, language: str = "en", agrees: bool = True, phone: bool = True) -> str:
    new = NewMember(f"May {number}", phone=f"(718) 555-{1000 + number}" if phone else "", language=language)
    who = members.add(shop.till, shop.command(), CASHIER, new).member.member_id
    if agrees and phone:
        asked = consents.Asked(Channel.SMS, Purpose.MARKETING, text="Offers?", language="en")
        consents.give(shop.till, shop.command(), CASHIER, who, asked)
    return who


def _previewed(shop: Shop, draft: Draft, audience: list[str]) -> Preview:
    looking = Previewing(asker(shop), "launch", draft, audience, shop.clock.now())
    steps = 1
    while True:
        with shop.till.read() as transaction:
            if not looking.step(transaction):
                break
        steps += 1
    assert looking.result is not None
    assert looking.progress == (looking.result.looked_at, looking.result.looked_at)
    return looking.result


def test_the_preview_says_who_is_written_to_how_who_not_and_why_and_what_it_costs(shop: Shop) -> None:
    describe(shop.till, shop.command(), None, [(StoreDescribed, "s1", {"sms_price": "0.01"})])
    agree = [_member(shop, 1), _member(shop, 2, language="zh_CN"), _member(shop, 3)]
    others = [_member(shop, 4, agrees=False), _member(shop, 5, phone=False)]
    head = shop.till.store.head
    found = _previewed(shop, EVERYBODY, [*agree, *others])
    assert shop.till.store.head == head
    assert (found.audience, found.held_back, found.looked_at, found.is_estimate) == (5, 0, 5, False)
    assert found.by_channel == ((Channel.SMS, 3),)
    assert found.later == ()
    assert dict(found.never) == {Reason.NO_CONSENT.value: 1, Reason.NO_ADDRESS.value: 1}
    assert found.segments >= 3
    assert found.price == Decimal("0.01")
    assert found.cost == Money(found.segments, "USD")
    texts = {one.name: one.outgoing.text for one in found.examples}
    assert "20 % off until Sunday." in texts["May 1"]
    assert "周日前八折。" in texts["May 2"]
    assert len(texts) == 3


def test_at_night_it_says_that_they_would_wait_and_what_they_would_read_then(shop: Shop) -> None:
    shop.clock.instant = shop.clock.instant.replace(hour=4)
    found = _previewed(shop, EVERYBODY, [_member(shop, 1)])
    assert found.by_channel == ((Channel.SMS, 1),)
    assert found.later == ((Reason.QUIET_HOURS.value, 1),)
    assert len(found.examples) == 1
    soon = replace(EVERYBODY, expires_at="2026-11-20T10:00:00.000Z")
    assert _previewed(shop, soon, [_member(shop, 2)]).by_channel == ()


def test_of_a_large_audience_some_are_looked_at_and_the_cost_is_for_all(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaign_preview, "MOST_LOOKED_AT", 3)
    monkeypatch.setattr(campaign_preview, "DRAWN_AT_ONCE", 2)
    found = _previewed(shop, EVERYBODY, [_member(shop, number) for number in range(5)])
    assert (found.looked_at, found.is_estimate) == (3, True)
    assert found.by_channel == ((Channel.SMS, 3),)
    assert found.of_everybody(3) == 5
    each = found.segments / 5
    assert each == int(each) > 0
    assert found.cost is None


def test_those_held_back_are_the_ones_of_the_launch_and_a_text_that_lacks_its_offer_reaches_nobody(
    shop: Shop,
) -> None:
    audience = [_member(shop, number) for number in range(8)]
    half = replace(EVERYBODY, terms=replace(EVERYBODY.terms, held_back_percent=50))
    found = _previewed(shop, half, audience)
    made = campaigns.launch(shop.till, "launch", MANAGER, half, audience)
    assert (found.campaign, found.held_back) == (made.campaign, made.held_back)
    bare = replace(EVERYBODY, terms=replace(EVERYBODY.terms, offer=Names("")))
    assert _previewed(shop, bare, audience).never == ((Reason.NO_TEMPLATE.value, 8),)
    with pytest.raises(CampaignInvalid):
        Previewing(asker(shop), "launch", replace(EVERYBODY, due_at="soon"), audience, shop.clock.now())


def test_what_was_launched_is_sent_but_to_those_held_back(shop: Shop) -> None:
    audience = [_member(shop, number) for number in range(8)]
    half = replace(EVERYBODY, terms=replace(EVERYBODY.terms, held_back_percent=50))
    made = campaigns.launch(shop.till, "launch", MANAGER, half, audience)
    while campaigns.rest(shop.till.store):
        pass
    provider = Provider()
    desk(shop, provider).until_nothing()
    wanted = {number for number, one in enumerate(audience) if not is_held_back(made.campaign, one, 50)}
    assert {one.address for one in provider.taken} == {f"+1718555{1000 + number}" for number in wanted}


def test_what_waits_when_a_campaign_is_stopped_is_withheld_and_says_so(shop: Shop) -> None:
    made = campaigns.launch(shop.till, "launch", MANAGER, EVERYBODY, [_member(shop, 1), _member(shop, 2)])
    while campaigns.rest(shop.till.store):
        pass
    campaigns.stop(shop.till, shop.command(), MANAGER, made.campaign)
    provider = Provider()
    desk(shop, provider).until_nothing()
    assert provider.taken == []
    with shop.till.read() as transaction:
        counted = message_lists.counts(transaction, made.campaign)
    assert counted == [(MessageState.WITHHELD, "campaign_stopped", 2)]
