"""The first screen after a crash names the last sale by the till's own numbers, whatever its clock did."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from salon_desk.services import recovery
from salon_desk.services.recovery import Recovery
from tests.integration.histories.restarting import lose, restart
from tests.integration.services.shop import Shop, cash


def started(shop: Shop) -> Recovery:
    """What the till says at its start."""
    found = recovery.start(shop.till)
    assert found is not None
    return found


def test_a_clock_set_back_does_not_make_an_older_sale_the_last_one(shop: Shop, tmp_path: Path) -> None:
    recovery.start(shop.till)
    shop.clock.instant = datetime(2100, 1, 1, tzinfo=UTC)
    shop.sell(shop.ticket(("gel", "lily")), cash())
    shop.clock.instant = datetime(2026, 11, 20, 15, tzinfo=UTC)
    last = shop.sell(shop.ticket(("gel", "lily")), cash())
    restart(shop, tmp_path / "till")
    found = started(shop).last
    assert found is not None
    assert found.receipt == last.sale.receipt


def test_a_sale_that_only_the_anchor_had_is_said_to_be_recorded(shop: Shop, tmp_path: Path) -> None:
    ticket = shop.ticket(("gel", "lily"))
    lose(shop, tmp_path / "till", lambda: shop.sell(ticket, cash(), print_language="en"))
    found = started(shop)
    assert found.last is not None
    assert (found.last.kind, found.replayed, found.receipt) == ("sale", True, "queued")


def test_a_ticket_that_only_the_anchor_had_says_nothing_of_the_sale_before_it(
    shop: Shop, tmp_path: Path
) -> None:
    recovery.start(shop.till)
    shop.sell(shop.ticket(("gel", "lily")), cash())
    lose(shop, tmp_path / "till", lambda: shop.ticket(("gel", "lily")))
    found = started(shop)
    assert found.last is not None
    assert (found.last.kind, found.replayed, found.open_tickets) == ("sale", False, 1)


def test_a_till_that_sold_nothing_yet_names_no_sale(shop: Shop, tmp_path: Path) -> None:
    recovery.start(shop.till)
    restart(shop, tmp_path / "till")
    assert started(shop).last is None
