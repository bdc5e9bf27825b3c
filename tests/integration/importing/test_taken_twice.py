"""One list taken over at two tills that were cut off from each other: found when they meet, said plainly, and taken back at one of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from salon_desk.domain.access import Role
from salon_desk.domain.importing import Totals
from salon_desk.domain.importing_columns import guess
from salon_desk.head_office.exceptions import What, for_a_person
from salon_desk.i18n import Catalogue
from salon_desk.operations import description as described
from salon_desk.services import (
    importing,
    importing_carrying,
    importing_files,
    importing_mending,
    importing_reversing,
    link,
    sign_in,
)
from salon_desk.services.importing import Plan
from salon_desk.services.importing_carrying import SignOff
from salon_desk.services.till import Actor
from salon_desk.storage.queries.imports import stands
from salon_desk.ui import twice_words
from tests.integration.importing.lists import as_csv
from tests.integration.moves.chain import described_at
from tests.integration.services.shop import Shop
from tests.integration.undoing.two_stores import TwoStores, open_two_stores

OWNER = Actor("helen", Role.OWNER)
LIST = [
    ["A1", "李梅", "212-222-0001", "8801", "100.00", "20.00", "30", "Service", "6次", "30.00", "", "", ""],
    ["A2", "王芳", "212-222-0002", "", "", "", "", "", "", "", "GC1", "50", ""],
    ["A3", "没有余额", "212-222-0003", "", "", "", "", "", "", "", "", "", ""],
]
TWICE = Totals(members=2, paid=10000, bonus=2000, points=30, visits=6, gifts=1, gift_value=5000)


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[TwoStores]:
    """Two stores and an owner; a second till in the first one is `stores.second` moved there where a test says so."""
    found = open_two_stores(tmp_path)
    described_at(found.chain.office, (described.StaffDescribed, "helen", {"name": "Helen", "role": "owner"}))
    found.settle()
    for shop in (found.first, found.second):
        sign_in.set_pin(shop.till, shop.command(), OWNER, "helen", "9999")
    found.settle()
    yield found
    for store in found.chain.stores():
        store.close()


def planned(shop: Shop) -> Plan:
    """The list as this till reads it."""
    sheet = importing_files.read(as_csv(LIST, "utf-8"), "old.csv")
    return importing.plan(shop.till, OWNER, "old.csv", sheet, guess(sheet.headers))


def take_over(shop: Shop, plan: Plan | None = None) -> Plan:
    """Sign for it and carry it over."""
    plan = plan or planned(shop)
    importing_carrying.sign(shop.till, plan, SignOff(plan.totals, "helen", "helen", "9999"))
    importing_carrying.carry(shop.till, OWNER, plan, 0)
    return plan


def take_back(shop: Shop, plan: Plan) -> None:
    """All of it."""
    for step in range(importing_reversing.steps(shop.till, plan.list_id)):
        importing_reversing.take_back(shop.till, OWNER, plan.list_id, step)


def said(stores: TwoStores) -> list[Totals]:
    """What every node says, which must be the same: both tills and head office."""
    views = [link.view(shop.till).twice for shop in (stores.first, stores.second)]
    with stores.chain.office.database.read() as transaction:
        found = [one for one in for_a_person(transaction) if one.what is What.LIST_TWICE]
    assert views[0] == views[1]
    assert [one.cents for one in found] == [one.cents for one in views[0]]
    return [one.beyond for one in views[0]]


def member_stands(shop: Shop, plan: Plan, at: int) -> bool | None:
    """Whether a person of the list is a member at this till."""
    with shop.till.read() as transaction:
        return stands(transaction, plan.people[at].id_of("member"))


@pytest.fixture
def at_one_store(stores: TwoStores, monkeypatch: pytest.MonkeyPatch) -> TwoStores:
    """Both tills read the list as the same store's, so that every id of it is the same at both."""
    real = importing.plan

    def as_first(*given: object) -> Plan:
        return real(stores.first.till, *given[1:])  # type: ignore[arg-type]

    monkeypatch.setattr(importing, "plan", as_first)
    return stores


@pytest.mark.parametrize("one_store", [True, False])
def test_a_list_that_two_tills_took_over_is_found_when_they_meet_and_ends_when_one_takes_it_back(
    stores: TwoStores, one_store: bool, request: pytest.FixtureRequest
) -> None:
    if one_store:
        request.getfixturevalue("at_one_store")
    plans = [take_over(shop) for shop in (stores.first, stores.second)]
    assert (plans[0].list_id == plans[1].list_id) is one_store
    assert (plans[0].content, [*map(bool, said_apart(stores))]) == (plans[1].content, [False, False])
    stores.settle()
    assert said(stores) == [TWICE]
    (told,) = link.view(stores.second.till).twice
    words = Catalogue.load("en")
    assert twice_words.title(told, words) == 'The list "old.csv" was taken over twice'
    assert "2 rows of it are owed twice, $170.00 too much" in twice_words.detail(told, words)
    lists = importing_reversing.lists(stores.first.till, OWNER)
    assert [one.twice for one in lists] == [told, told]
    take_back(stores.second, plans[1])
    stores.settle()
    assert said(stores) == []
    for shop in (stores.first, stores.second):
        assert all(member_stands(shop, plans[0], at) for at in range(3))
    stores.check()


def said_apart(stores: TwoStores) -> list[tuple[object, ...]]:
    """What each till says before they met."""
    return [link.view(shop.till).twice for shop in (stores.first, stores.second)]


def test_when_both_are_taken_back_the_members_go_with_the_last(at_one_store: TwoStores) -> None:
    stores = at_one_store
    plans = [take_over(shop) for shop in (stores.first, stores.second)]
    stores.settle()
    take_back(stores.second, plans[1])
    stores.settle()
    assert member_stands(stores.first, plans[0], 2)
    take_back(stores.first, plans[0])
    stores.settle()
    assert [member_stands(stores.second, plans[0], at) for at in range(3)] == [False] * 3
    stores.check()


def test_a_till_that_heard_of_the_list_takes_nothing_twice_and_nothing_is_said(
    at_one_store: TwoStores,
) -> None:
    stores = at_one_store
    take_over(stores.first)
    stores.settle()
    take_over(stores.second)
    stores.settle()
    assert said(stores) == []


def test_one_taken_back_before_the_tills_met_hides_nobody_once_they_did(at_one_store: TwoStores) -> None:
    stores = at_one_store
    plans = [take_over(shop) for shop in (stores.first, stores.second)]
    take_back(stores.second, plans[1])
    stores.settle()
    assert member_stands(stores.first, plans[0], 2) is False
    assert [importing_mending.mend(stores.first.till) for _time in range(2)] == [3, 0]
    stores.settle()
    for shop in (stores.first, stores.second):
        assert all(member_stands(shop, plans[0], at) for at in range(3))
        assert importing_mending.mend(shop.till) == 0
    take_back(stores.first, plans[0])
    stores.settle()
    assert importing_mending.mend(stores.second.till) == 0
    assert [member_stands(stores.second, plans[0], at) for at in range(3)] == [False] * 3
    stores.check()
