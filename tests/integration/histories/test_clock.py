"""A clock that is years off: nothing lapses, nothing is lost, and what cannot be is refused before it is recorded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from salon_desk.domain.errors import RuleMissing, SignInLocked
from salon_desk.operations.description import FieldValue, ItemDescribed, OfferDescribed
from salon_desk.services import sign_in, tickets
from salon_desk.services.describe import describe
from salon_desk.services.errors import UnknownStaff, WrongPin
from tests.integration.histories.giving_back import close_shift
from tests.integration.histories.restarting import restart
from tests.integration.services.shop import CASHIER, Shop, cash, dollars

EARLY = datetime(1970, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 21, 15, tzinfo=UTC)
LATE = datetime(2100, 1, 1, tzinfo=UTC)


def test_no_shift_is_opened_on_a_day_before_the_law(closed_shop: Shop) -> None:
    """Nothing could be sold in it, and its tickets could not even be shown."""
    closed_shop.clock.instant = EARLY
    head = closed_shop.till.store.head
    with pytest.raises(RuleMissing):
        closed_shop.open_shift()
    assert closed_shop.till.store.head == head
    closed_shop.clock.instant = NOW
    closed_shop.open_shift()


def test_open_tickets_are_shown_and_kept_while_the_clock_stands_in_1970(shop: Shop) -> None:
    ticket = shop.ticket(("gel", "lily"))
    close_shift(shop, 10000)
    shop.clock.instant = EARLY
    assert tickets.waiting(shop.till)[0].priced.total == dollars("47.03")
    tickets.add_line(shop.till, shop.command(), CASHIER, ticket, tickets.NewLine("cream"))
    shop.clock.instant = NOW
    shop.open_shift()
    assert shop.sell(ticket, cash()).sale.total == dollars("66.63")


def test_an_item_that_nobody_can_price_is_refused_and_the_strip_stays(shop: Shop) -> None:
    values: dict[str, FieldValue] = {
        "kind": "product",
        "name_en": "?",
        "price_cents": 100,
        "tax_class": "no such class",
    }
    describe(shop.till, shop.command(), None, [(ItemDescribed, "odd", values)])
    ticket = shop.ticket(("gel", "lily"))
    head = shop.till.store.head
    with pytest.raises(RuleMissing):
        tickets.add_line(shop.till, shop.command(), CASHIER, ticket, tickets.NewLine("odd"))
    assert shop.till.store.head == head
    assert tickets.waiting(shop.till)[0].priced.total == dollars("47.03")


def test_a_sale_goes_on_under_any_clock_in_the_day_of_its_shift(shop: Shop, tmp_path: Path) -> None:
    shop.top_up("", offer="300")
    for instant in (EARLY, LATE, NOW, EARLY):
        shop.clock.instant = instant
        sold = shop.sell(shop.ticket(("six", "kim")), shop.stored())
        assert sold.sale.total == dollars("6.27")
        restart(shop, tmp_path / "till")
    driver = shop.till.store.database.driver()
    assert driver.execute("SELECT DISTINCT business_day FROM sales").fetchall() == [("2026-11-20",)]
    readings = [at for (at,) in driver.execute("SELECT at FROM journal ORDER BY position")]
    assert readings == sorted(set(readings))


def test_no_clock_lapses_a_bonus_or_a_paid_value(shop: Shop, tmp_path: Path) -> None:
    """The day is recorded and printed; only the parent's time may let a bonus lapse (PROTOCOL 11, RULES 1)."""
    values: dict[str, FieldValue] = {"bonus_expires_days": 30, "terms_en": "The bonus lapses after 30 days"}
    describe(shop.till, shop.command(), None, [(OfferDescribed, "100", values)])
    funding = shop.top_up("", offer="100").top_up.funding
    assert (funding.bonus_terms, funding.bonus_expires) == ("The bonus lapses after 30 days", "2026-12-20")
    close_shift(shop, 20000)
    shop.clock.instant += timedelta(days=9 * 366)
    restart(shop, tmp_path / "till")
    shop.open_shift()
    assert shop.value() == (dollars("100.00"), dollars("20.00"))
    shop.sell(shop.ticket(("six", "kim")), shop.stored())
    assert shop.value() == (dollars("100.00"), dollars("13.73"))


def test_who_does_not_work_here_gets_no_line_and_no_tip(shop: Shop) -> None:
    ticket = shop.ticket(("gel", "lily"))
    line = tickets.view(shop.till, ticket).ticket.lines[0].line_id
    head = shop.till.store.head
    with pytest.raises(UnknownStaff):
        tickets.add_line(shop.till, shop.command(), CASHIER, ticket, tickets.NewLine("gel", "nobody"))
    with pytest.raises(UnknownStaff):
        tickets.assign(
            shop.till, shop.command(), CASHIER, ticket, line=line, technician="nobody", requested=True
        )
    with pytest.raises(UnknownStaff):
        shop.sell(ticket, cash(), tips=(("nobody", dollars("3.00")),))
    assert shop.till.store.head == head


def test_a_lock_made_under_a_late_clock_ends_within_minutes_of_the_right_one(shop: Shop) -> None:
    sign_in.set_pin(shop.till, shop.command(), None, "amy", "1234")
    shop.clock.instant = LATE
    for _ in range(5):
        with pytest.raises((WrongPin, SignInLocked)):
            sign_in.sign_in(shop.till, "amy", "9999")
    shop.clock.instant = NOW
    with pytest.raises(SignInLocked):
        sign_in.sign_in(shop.till, "amy", "1234")
    shop.clock.instant = NOW + timedelta(minutes=16)
    assert sign_in.sign_in(shop.till, "amy", "1234").person.staff == "amy"
