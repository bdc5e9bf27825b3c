"""The dormancy report: by the law of the place, by the owner's last act, paid and bonus apart; what is dormant is still honoured."""

from __future__ import annotations

import pytest

from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.i18n import Catalogue
from salon_desk.operations import description as described
from salon_desk.operations.description import FieldValue
from salon_desk.operations.series import SeriesOfferDescribed
from salon_desk.services import gifts, series_sales, shifts
from salon_desk.services.describe import describe
from salon_desk.services.dormancy import dormancy_report
from salon_desk.services.gifts import GiftAsk
from salon_desk.services.report_files import ReportFormat, report_file
from salon_desk.services.series_sales import SeriesAsk
from tests.integration.services.shop import CASHIER, Shop, cash, dollars


@pytest.fixture
def old(shop: Shop) -> Shop:
    """A card, a gift card and a series of 2026-11-20, of which nothing was used since."""
    values: dict[str, FieldValue] = {
        "name_en": "Three",
        "price_cents": 10000,
        "parts": ["a;visit;3;1;gel;"],
    }
    describe(shop.till, shop.command(), None, [(SeriesOfferDescribed, "three", values)])
    shop.top_up("", offer="100")
    ask = GiftAsk(dollars("50.00"), code="OLD-1")
    gifts.sell(shop.till, shop.command(), CASHIER, ask, tenders=(cash(),))
    series_sales.sell(shop.till, shop.command(), CASHIER, SeriesAsk("three", shop.member), tenders=(cash(),))
    return shop


def report_of(shop: Shop, day: str) -> list[tuple[str, int, int]]:
    """Kind, paid and bonus of what was dormant on a day."""
    with shop.till.read() as transaction:
        found = dormancy_report(transaction, shop.till.rules, day)
    return [(one.kind, one.paid.cents, one.bonus.cents) for one in found.values]


def test_value_is_listed_five_years_after_the_owners_last_act_in_new_york(old: Shop) -> None:
    assert report_of(old, "2031-11-20") == []
    everything = [("card", 10000, 2000), ("gift", 5000, 0), ("series", 10000, 0)]
    assert report_of(old, "2031-11-21") == everything
    with old.till.read() as transaction:
        found = dormancy_report(transaction, old.till.rules, "2031-11-21")
    assert {one.last_act for one in found.values} == {"2026-11-20"}
    assert "张晓梅" in report_file(found, ReportFormat.TEXT, Catalogue.load("en")).decode()


def test_an_act_of_the_owner_starts_the_years_anew_and_what_is_dormant_still_pays(old: Shop) -> None:
    status = shifts.status(old.till).shift
    assert status is not None
    shifts.count(old.till, old.command(), CASHIER, denominations=())
    shifts.close(old.till, old.command(), CASHIER)
    old.clock.instant = old.clock.instant.replace(year=2032)
    old.open_shift()
    gift = next(one for one in gifts_of(old))
    tender = PlannedTender(TenderKind.GIFT_CARD, dollars("10.00"), card_id=gift)
    old.sell(old.ticket(("gel", "lily"), member=False), tender, cash())
    assert [kind for kind, *_rest in report_of(old, "2032-11-20")] == ["card", "series"]


def gifts_of(shop: Shop) -> list[str]:
    """The ids of all gift cards."""
    rows = shop.till.store.database.driver().execute("SELECT id FROM cards WHERE kind = 'gift'").fetchall()
    return [row[0] for row in rows]


def test_a_place_that_asks_for_nothing_gets_an_empty_list(old: Shop) -> None:
    describe(old.till, old.command(), None, [(described.StoreDescribed, "s1", {"jurisdiction": "CA-ON"})])
    assert report_of(old, "2040-01-01") == []
