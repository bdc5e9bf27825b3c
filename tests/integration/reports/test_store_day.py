"""A store's day over several tills: added up, the missing named, what came late listed, no Z ever changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from salon_desk.documents.day_report import DayReport, day_sheet
from salon_desk.documents.store_day import TillState
from salon_desk.domain.shift import Denomination
from salon_desk.i18n import Catalogue
from salon_desk.services import reports, shifts
from tests.integration.services.shop import MANAGER, Shop, cash, dollars
from tests.integration.storage.neighbours import Neighbours, hand, open_neighbours


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Neighbours]:
    found = open_neighbours(tmp_path, 3)
    yield found
    found.close()


def trade(shop: Shop, sales: int) -> None:
    """A whole shift with so many hand creams."""
    shop.open_shift()
    for _sale in range(sales):
        shop.sell(shop.ticket(("cream", "")), cash())
    shifts.count(shop.till, shop.command(), MANAGER, denominations=(Denomination(2000, 9),))
    shifts.close(shop.till, shop.command(), MANAGER)


def next_day(here: Neighbours) -> None:
    for shop in here.shops:
        shop.clock.instant += timedelta(days=1)


def day_of(shop: Shop, day: str) -> DayReport:
    with shop.till.read() as transaction:
        return reports.daily_report(transaction, day)


def today(shop: Shop) -> str:
    with shop.till.read() as transaction:
        return shop.till.business_day(transaction)


def test_the_day_of_a_store_is_that_of_all_its_tills(here: Neighbours) -> None:
    first, second, third = here.shops
    day = today(first)
    trade(first, 2)
    trade(second, 3)
    assert day_of(first, day).figures.sales == 2
    here.share()
    reported = {shop.till.store.node: day_of(shop, day) for shop in (first, second, third)}
    assert {one.figures.sales for one in reported.values()} == {5}
    told = reported[third.till.store.node]
    assert [(one.till, one.z_number) for one in told.shifts] == [("1", 1), ("2", 1)]
    assert [(one.till, one.documents) for one in told.tills] == [("1", 2), ("2", 3), ("3", 0)]


def test_a_till_that_was_not_heard_from_is_named_until_it_is(here: Neighbours) -> None:
    first, second, third = here.shops
    day = today(first)
    trade(first, 1)
    second.open_shift()
    hand(second.till.store, first.till.store)
    states = [one.state for one in day_of(first, day).tills]
    assert states == [TillState.CLOSED, TillState.OPEN, TillState.MISSING]
    next_day(here)
    trade(third, 1)
    hand(third.till.store, first.till.store)
    assert day_of(first, day).tills[2].state is TillState.QUIET


def test_what_comes_after_the_store_went_on_is_listed_as_late_and_no_z_changes(here: Neighbours) -> None:
    first, second, _third = here.shops
    day = today(first)
    trade(first, 1)
    trade(second, 2)
    with first.till.read() as transaction:
        frozen = reports.z_report(transaction)
    next_day(here)
    trade(first, 1)
    assert day_of(first, day).late == ()
    hand(second.till.store, first.till.store)
    told = day_of(first, day)
    assert [one.till for one in told.late] == ["2", "2"]
    assert told.figures.sales == 3
    assert day_of(second, day).late == ()
    with first.till.read() as transaction:
        assert reports.z_report(transaction, z_number=1) == frozen


def test_the_report_names_tills_and_late_documents_in_both_languages(here: Neighbours) -> None:
    first, second, _third = here.shops
    day = today(first)
    trade(first, 1)
    trade(second, 1)
    next_day(here)
    trade(first, 1)
    here.share()
    told = day_of(first, day)
    for language, words in (("en", ("Tills", "Came late")), ("zh_CN", ("收银机", "迟到的单据"))):
        titles = [section.title for section in day_sheet(told, Catalogue.load(language)).sections]
        assert titles[-2:] == list(words)
    assert told.late[0].total == dollars("19.60")
