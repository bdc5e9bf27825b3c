"""Campaigns: launched once whatever cuts it off, written to by the root but for those held back, stopped, and compared afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from salon_desk.domain import campaign as rules
from salon_desk.domain.campaign import Finding, Terms, is_held_back
from salon_desk.domain.campaign_errors import AudienceEmpty, CampaignInvalid, UnknownCampaign
from salon_desk.domain.clock import instant_text, parse_instant
from salon_desk.domain.errors import PermissionNeeded
from salon_desk.domain.message import MessageState, Trigger
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.segment import Compare, Condition, Figure
from salon_desk.operations.description import StoreDescribed
from salon_desk.services import campaign_results, campaigns, members, merging
from salon_desk.services.campaigns import Draft, Launch
from salon_desk.services.describe import describe
from salon_desk.services.members import NewMember
from salon_desk.storage import parent
from salon_desk.storage.parent import ParentLink
from salon_desk.storage.putting import Rows
from salon_desk.storage.queries import campaigns as stored
from salon_desk.storage.queries import message_lists, messages
from salon_desk.storage.queries.campaigns import Campaign
from salon_desk.storage.queries.message_lists import Wanted
from salon_desk.storage.tables.sales import sales
from tests.integration.services.shop import CASHIER, MANAGER, Shop, open_shop
from tests.integration.storage.scenes_of_campaigns import audience, launched

AUTUMN = Terms("Autumn", "sleeping", "campaign", "s1", offer=Names("20 % off until Sunday.", "周日前八折。"))
SLEEPING = (Condition(Figure.LAST_VISIT, Compare.AT_LEAST, "60"),)
DRAFT = Draft(AUTUMN, SLEEPING, segments=300)
PEOPLE = tuple(f"m{number:05d}" for number in range(1_200))
_ADD_SALES = Rows(sales)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """A till that is its own root."""
    made = open_shop(tmp_path)
    yield made
    made.till.store.close()


def _rest(shop: Shop) -> int:
    """How many slices of the background's work there were."""
    for number in range(100):
        if not campaigns.rest(shop.till.store):
            return number
    pytest.fail("it does not end")


def _intended(shop: Shop, campaign: str) -> list[messages.Message]:
    with shop.till.read() as transaction:
        return message_lists.listed(transaction, Wanted(campaign=campaign, most=5_000))


def _audience(shop: Shop, campaign: str) -> list[str]:
    found: list[str] = []
    with shop.till.read() as transaction:
        for number in range(stored.batches(transaction, campaign)):
            batch = stored.batch(transaction, campaign, number)
            assert batch is not None
            assert batch[0] == number
            assert len(batch[1]) <= rules.MOST_IN_A_BATCH
            found += batch[1]
    return found


def test_a_launch_keeps_what_was_asked_for_whom_and_what_it_costs(shop: Shop) -> None:
    describe(shop.till, shop.command(), None, [(StoreDescribed, "s1", {"sms_price": "0.0079"})])
    made = campaigns.launch(shop.till, "launch", MANAGER, DRAFT, PEOPLE)
    held = sum(is_held_back(made.campaign, one, 10) for one in PEOPLE)
    assert (made.name, made.segment, made.template, made.store) == ("Autumn", "sleeping", "campaign", "s1")
    assert made.conditions == ("last_visit|at_least|0|60",)
    assert (made.audience, made.held_back, made.batches) == (1_200, held, 3)
    assert (made.segments, made.cost) == (300, Money(237, "USD"))
    assert made.offer.zh_CN == "周日前八折。"
    assert parse_instant(made.expires_at) - parse_instant(made.due_at) == timedelta(days=3)
    assert _audience(shop, made.campaign) == list(PEOPLE)
    assert campaigns.shown(shop.till) == [made]


def test_the_same_launch_again_changes_nothing(shop: Shop) -> None:
    first = campaigns.launch(shop.till, "launch", MANAGER, DRAFT, PEOPLE)
    head = shop.till.store.head
    assert campaigns.launch(shop.till, "launch", MANAGER, DRAFT, PEOPLE[:3]) == first
    assert shop.till.store.head == head


@pytest.mark.parametrize("steps", range(5))
def test_a_launch_that_was_cut_off_anywhere_goes_on_and_asks_nobody_twice(shop: Shop, steps: int) -> None:
    """In between somebody left the segment, and somebody came to belong to it."""
    cut = Launch(shop.till, "launch", MANAGER, DRAFT, PEOPLE)
    assert cut.progress == (0, 1_200)
    for _step in range(steps):
        assert cut.step()
    assert _rest(shop) == 0
    assert campaigns.shown(shop.till) == []
    made = campaigns.launch(shop.till, "launch", MANAGER, DRAFT, (*PEOPLE[1:], "new"))
    found = _audience(shop, made.campaign)
    assert len(found) == len(set(found)) == made.audience
    assert set(PEOPLE[1:]) | {"new"} <= set(found)
    assert ("m00000" in found) is (steps > 1)


def test_all_but_those_held_back_are_written_to_once(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    made = campaigns.launch(shop.till, "launch", MANAGER, DRAFT, PEOPLE)
    assert _rest(shop) > 3
    intended = _intended(shop, made.campaign)
    wanted = [one for one in PEOPLE if not is_held_back(made.campaign, one, 10)]
    assert sorted(one.member for one in intended) == wanted
    assert made.audience - made.held_back == len(wanted)
    one = intended[0]
    assert (one.trigger, one.template, one.store) == (Trigger.CAMPAIGN, "campaign", "s1")
    assert (one.due_at, one.expires_at) == (made.due_at, made.expires_at)
    assert _rest(shop) == 0
    monkeypatch.setattr(campaigns, "_MARK", "forgotten/")
    assert _rest(shop) > 3
    assert len(_intended(shop, made.campaign)) == len(wanted)


def test_each_reads_the_offer_in_the_own_language_and_who_was_merged_is_written_to_once(shop: Shop) -> None:
    english = members.add(shop.till, shop.command(), CASHIER, NewMember("May", language="en"))
    other = members.add(shop.till, shop.command(), CASHIER, NewMember("May", language="en"))
    who, twin = english.member.member_id, other.member.member_id
    draft = replace(DRAFT, terms=replace(AUTUMN, held_back_percent=0))
    made = campaigns.launch(shop.till, "launch", MANAGER, draft, [shop.member, who, twin])
    merging.merge(shop.till, shop.command(), MANAGER, who, duplicate=twin)
    _rest(shop)
    offers = {one.member: dict(one.values)["offer"] for one in _intended(shop, made.campaign)}
    assert offers == {shop.member: "周日前八折。", who: "20 % off until Sunday."}


def test_a_child_launches_and_leaves_the_writing_to_its_root(shop: Shop) -> None:
    with shop.till.store.local() as transaction:
        parent.write(transaction, ParentLink("http://hq", "office", "e", "key", "hash", confirmed=True))
    made = campaigns.launch(shop.till, "launch", MANAGER, DRAFT, PEOPLE)
    assert _rest(shop) == 0
    assert _intended(shop, made.campaign) == []


def test_a_stopped_campaign_intends_no_more_and_is_stopped_once(shop: Shop) -> None:
    made = campaigns.launch(shop.till, "launch", MANAGER, DRAFT, PEOPLE)
    assert campaigns.rest(shop.till.store)
    campaigns.stop(shop.till, shop.command(), MANAGER, made.campaign, "the wrong text")
    campaigns.stop(shop.till, shop.command(), MANAGER, made.campaign, "again")
    found = campaigns.page(shop.till, made.campaign)
    assert (found.stopped_by, found.stop_reason) == ("wang", "the wrong text")
    assert _rest(shop) == 0
    assert 0 < len(_intended(shop, made.campaign)) <= 100
    with shop.till.read() as transaction:
        assert stored.is_stopped(transaction, made.campaign)
        assert stored.named(transaction, [made.campaign, "other"]) == {made.campaign: "Autumn"}


def test_a_batch_that_has_not_arrived_holds_up_its_own_campaign_only(shop: Shop) -> None:
    shop.till.record(shop.command(), MANAGER, lambda _read: launched("first"))
    second = campaigns.launch(shop.till, "launch", MANAGER, DRAFT, PEOPLE[:20])
    assert _rest(shop) == 2
    assert len(_intended(shop, second.campaign)) == second.audience - second.held_back
    assert _intended(shop, "first") == []
    shop.till.record(shop.command(), MANAGER, lambda _read: audience("first", "a", "b"))
    assert _rest(shop) == 2
    assert {one.member for one in _intended(shop, "first")} <= {"a", "b"}


def test_a_campaign_whose_time_is_over_writes_to_nobody_who_was_not_asked_for_yet(shop: Shop) -> None:
    made = campaigns.launch(shop.till, "launch", MANAGER, DRAFT, PEOPLE)
    shop.clock.instant += timedelta(days=4)
    assert _rest(shop) == 0
    assert _intended(shop, made.campaign) == []


def test_what_cannot_be_meant_or_is_not_allowed_launches_nothing(shop: Shop) -> None:
    with pytest.raises(PermissionNeeded):
        campaigns.launch(shop.till, "launch", CASHIER, DRAFT, PEOPLE)
    with pytest.raises(AudienceEmpty):
        campaigns.launch(shop.till, "launch", MANAGER, DRAFT, ())
    with pytest.raises(CampaignInvalid):
        campaigns.launch(shop.till, "launch", MANAGER, replace(DRAFT, terms=replace(AUTUMN, name="")), PEOPLE)
    for expires in ("never", "2026-11-20T15:00:00.000Z"):
        with pytest.raises(CampaignInvalid):
            campaigns.launch(shop.till, "launch", MANAGER, replace(DRAFT, expires_at=expires), PEOPLE)
    with pytest.raises(UnknownCampaign):
        campaigns.page(shop.till, "none")
    with pytest.raises(UnknownCampaign):
        campaigns.stop(shop.till, shop.command(), MANAGER, "none")
    with pytest.raises(PermissionNeeded):
        campaigns.stop(shop.till, shop.command(), CASHIER, "none")
    assert campaigns.shown(shop.till) == []


def _sold(member: str, at: str, cents: int, **other: str) -> dict[str, object]:
    row: dict[str, object] = {
        column.name: 0 if column.name == "seq" or column.name.endswith("_cents") else ""
        for column in sales.columns
    }
    said = {"op_id": f"{member}/{at}", "kind": "sale", "member": member, "currency": "USD", "sold_at": at}
    amounts = {"business_day": at[:10], "total_cents": cents + 5, "tax_cents": 5}
    return row | said | amounts | other


def _result(shop: Shop, campaign: Campaign) -> campaign_results.Result:
    tallying = campaign_results.Tallying(campaign, shop.clock.now())
    while True:
        with shop.till.read() as transaction:
            if not tallying.step(transaction):
                break
    assert tallying.progress == (campaign.audience, campaign.audience)
    assert tallying.result is not None
    return tallying.result


def test_who_came_back_within_thirty_days_is_told_against_those_held_back(shop: Shop) -> None:
    made = campaigns.launch(shop.till, "launch", MANAGER, DRAFT, PEOPLE)
    _rest(shop)
    due = parse_instant(made.due_at)
    soon, late, before = (instant_text(due + timedelta(days=days)) for days in (5, 31, -1))
    held = [one for one in PEOPLE if is_held_back(made.campaign, one, 10)]
    written = [one for one in PEOPLE if one not in set(held)]
    rows = [_sold(one, soon, 4_000) for one in [*written[:300], *held[:5]]]
    rows += [_sold(one, late, 9_000) for one in written[300:400]]
    rows += [_sold(one, before, 9_000) for one in held]
    rows += [_sold(written[0], instant_text(due + timedelta(days=6)), -1_000, kind="refund")]
    rows += [_sold(one, instant_text(due + timedelta(days=7)), 9_000, voided_by="x") for one in held]
    with shop.till.store.local() as transaction:
        transaction.run_many(_ADD_SALES, rows)
    shop.clock.instant += timedelta(days=40)
    found = _result(shop, made)
    assert found.is_over
    assert (found.written.size, found.held_back.size) == (len(written), len(held))
    assert (found.written.came_back, found.held_back.came_back) == (300, 5)
    assert (found.written.spent_cents, found.held_back.spent_cents) == (300 * 4_000 - 1_000, 5 * 4_000)
    assert len(found.people) == 300
    assert found.people[-1] == campaign_results.Came(written[0], 1, 3_000)
    assert found.people[0] == campaign_results.Came(written[1], 1, 4_000)
    assert found.came_back is not None
    assert found.came_back.finding is Finding.MORE
    assert found.came_back.low < found.came_back.difference < found.came_back.high
    assert found.spent is not None
    assert found.spent.finding is Finding.MORE
    assert found.sent == ((MessageState.INTENDED, "", len(written)),)


def test_too_small_a_group_says_nothing_and_what_is_not_over_says_so(shop: Shop) -> None:
    made = campaigns.launch(shop.till, "launch", MANAGER, DRAFT, PEOPLE[:40])
    found = _result(shop, made)
    assert (found.came_back, found.spent, found.is_over) == (None, None, False)
