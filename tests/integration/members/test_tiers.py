"""Tiers at a root: tried before they go live, members moved up and down by themselves with the reason, never by a child."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from salon_desk.cli.main import main
from salon_desk.domain.names import Names
from salon_desk.domain.tier import Measure, TierRule
from salon_desk.operations.description import MemberDescribed
from salon_desk.services import members, merging, tiers, voids
from salon_desk.services.describe import describe
from salon_desk.services.members import NewMember
from salon_desk.storage import parent
from salon_desk.storage.parent import ParentLink
from salon_desk.storage.queries import members as stored_members
from salon_desk.storage.queries import tiers as stored
from salon_desk.storage.queries.tiers import called
from tests.integration.descriptions.nodes import Nodes, command, record
from tests.integration.head_office.facts import member, sale
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash, open_shop

SILVER = TierRule("silver", Names("Silver", "银卡"), 1, Measure.VISITS, 1)
GOLD = TierRule("gold", Names("Gold", "金卡"), 2, Measure.SPEND, 4_500, window_days=30)
FRIEND = TierRule("friend", Names("Friend", "好友"), 3, Measure.REFERRALS, 1)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """The shop with an open shift."""
    made = open_shop(tmp_path)
    made.open_shift()
    yield made
    made.till.store.close()


def _rest(shop: Shop) -> None:
    for _piece in range(20):
        if not tiers.rest(shop.till.store):
            return
    pytest.fail("the round does not end")


def _tier(shop: Shop, member: str = "") -> str:
    return members.page(shop.till, member or shop.member).figures.member.tier


def _set(shop: Shop, *rules: TierRule) -> None:
    tiers.set_rules(shop.till, shop.command(), MANAGER, rules)


def test_a_member_moves_up_after_a_sale_and_down_when_the_window_has_passed(shop: Shop) -> None:
    _set(shop, SILVER, GOLD)
    _rest(shop)
    assert _tier(shop) == ""
    sold = shop.sell(shop.ticket(("gel", "lily")), cash())
    _rest(shop)
    assert _tier(shop) == "gold"
    shop.clock.instant += timedelta(days=40)
    _rest(shop)
    assert _tier(shop) == "silver"
    with shop.till.read() as transaction:
        down, up = stored.changes(transaction, shop.member)
        assert called(transaction, up.tier).zh_CN == "金卡"
    assert (up.before, up.tier, up.measure, up.measured, up.least) == ("", "gold", "spend", 4500, 4500)
    assert (down.before, down.tier, down.measure, down.measured) == ("gold", "silver", "visits", 1)
    voids.void(shop.till, shop.command(), MANAGER, sold.op_id, reason="wrong")
    _rest(shop)
    assert _tier(shop) == ""


def test_the_preview_says_who_would_move_and_that_is_what_happens(shop: Shop) -> None:
    shop.sell(shop.ticket(("gel", "lily")), cash())
    other = members.add(shop.till, shop.command(), CASHIER, NewMember("Li", referred_by=shop.member))
    with shop.till.read() as transaction:
        tried = tiers.preview(transaction, (SILVER, GOLD), "2026-11-20")
    assert tried.counted == (("", "gold", 1),)
    assert (tried.moved, tried.stay) == (1, 1)
    assert tried.first[0].member == shop.member
    assert _tier(shop) == ""
    _set(shop, SILVER, GOLD)
    _rest(shop)
    assert (_tier(shop), _tier(shop, other.member.member_id)) == ("gold", "")
    with shop.till.read() as transaction:
        assert tiers.preview(transaction, (SILVER, GOLD), "2026-11-20").moved == 0


def test_a_referral_counts_once_the_one_who_was_brought_has_come(shop: Shop) -> None:
    _set(shop, FRIEND)
    brought = members.add(shop.till, shop.command(), CASHIER, NewMember("Li", referred_by=shop.member))
    _rest(shop)
    assert _tier(shop) == ""
    shop.member, who = brought.member.member_id, shop.member
    shop.sell(shop.ticket(("gel", "lily")), cash())
    shop.clock.instant += timedelta(days=1)
    _rest(shop)
    assert _tier(shop, who) == "friend"


def test_a_tier_of_the_owners_own_is_left_alone_and_one_that_ended_too(shop: Shop) -> None:
    _set(shop, SILVER)
    named = [(MemberDescribed, shop.member, {"tier": "Friends of the house"})]
    describe(shop.till, shop.command(), None, named)
    shop.sell(shop.ticket(("gel", "lily")), cash())
    _rest(shop)
    assert _tier(shop) == "Friends of the house"


def test_figures_of_merged_members_count_together(shop: Shop) -> None:
    first = shop.member
    shop.member = members.add(shop.till, shop.command(), CASHIER, NewMember("Mei")).member.member_id
    shop.sell(shop.ticket(("gel", "lily")), cash())
    merging.merge(shop.till, shop.command(), MANAGER, first, duplicate=shop.member)
    with shop.till.read() as transaction:
        tried = tiers.preview(transaction, (GOLD,), "2026-11-20")
        slice_ = tiers.preview_slice(transaction, (GOLD, FRIEND), "2026-11-20")
    assert [one.member for one in tried.first] == [first]
    assert (slice_.found, slice_.members) == (tried, 2)
    _set(shop, GOLD)
    _rest(shop)
    assert _tier(shop, first) == "gold"


def test_a_till_in_a_chain_moves_nobody(shop: Shop) -> None:
    _set(shop, SILVER)
    with shop.till.store.local() as transaction:
        parent.write(transaction, ParentLink("http://hq", "office", "e", "key", "hash", confirmed=True))
    shop.sell(shop.ticket(("gel", "lily")), cash())
    assert not tiers.rest(shop.till.store)
    assert _tier(shop) == ""


def test_the_owner_tries_and_sets_rules_at_head_office(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    rules = tmp_path / "tiers.toml"
    rules.write_text(
        '[[tier]]\ntier = "gold"\nen = "Gold"\nrank = 1\nmeasure = "spend"\nleast = "45.00"\nwindow_days = 30\n'
    )
    folder = str(tmp_path / "office")

    def said(*words: str) -> dict[str, Any]:
        assert main(["head-office", "tiers", *words, "--data", folder, "--json"]) == 0
        told: dict[str, Any] = json.loads(capsysbinary.readouterr().out)
        return told

    assert said()["tiers"] == []
    assert said("--preview", str(rules)) == {"moved": [], "stay": 0, "first": []}
    assert [one["least"] for one in said("--set", str(rules))["tiers"]] == [4500]
    assert main(["head-office", "tiers", "--data", folder]) == 0
    assert b"Gold" in capsysbinary.readouterr().out
    rules.write_text("[[tier]]\n")
    assert main(["head-office", "tiers", "--set", str(rules), "--data", folder, "--json"]) == 2


def test_head_office_moves_a_member_of_the_chain_and_every_till_reads_it(tmp_path: Path) -> None:
    nodes = Nodes(tmp_path)
    for name, store in (("S1-1", "S1"), ("S2-1", "S2")):
        nodes.add(name, store)
    nodes.at_office(member("mei", name="Mei"))
    nodes.sync()
    tiers.set_rules(nodes.desk(), command(), MANAGER, (SILVER,))
    record(nodes.tills["S1-1"], sale("S1"))
    nodes.sync()
    for _piece in range(20):
        if not tiers.rest(nodes.office):
            break
    nodes.sync()
    for node in nodes.every():
        with node.database.read() as transaction:
            found = stored_members.member(transaction, "mei")
            assert found is not None
            assert (found.tier, found.tier_called("zh_CN")) == ("silver", "银卡")
    nodes.close()
