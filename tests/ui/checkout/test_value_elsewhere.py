"""Value of a member's card at another store, on the checkout screen: shown with its store, asked for, and followed."""

from __future__ import annotations

import pytest

from salon_desk.i18n import Catalogue
from salon_desk.ui.link_desk import Reach
from salon_desk.ui.screens.checkout.presenter import CheckoutPresenter
from salon_desk.ui.screens.checkout.state import CheckoutLinks
from salon_desk.ui.screens.checkout.ticket_model import TicketModel
from salon_desk.ui.screens.checkout.view_model import checkout_model
from salon_desk.ui.tasks import ImmediateTasks
from tests.ui.away import AT, BROOKLYN, Brooklyn, FakeLine
from tests.ui.counter_fakes import ManagerNearby, RememberingOutlet
from tests.ui.shop_fixture import MAY_ZHANG, CounterShop

LINKS = CheckoutLinks(*(lambda *_told: None for _ in range(5)))
ENGLISH = Catalogue.load("en")


class Desk:
    """The presenter with a line that the test answers for."""

    def __init__(self, shop: CounterShop) -> None:
        self.shop, self.line = shop, FakeLine()
        self.outlet = RememberingOutlet()
        self.presenter = CheckoutPresenter(
            shop.till,
            ImmediateTasks(),
            shop.session,
            self.outlet,
            links=LINKS,
            approvals=ManagerNearby(),
            line=self.line,
        )
        self.presenter.shown()

    @property
    def panel(self) -> TicketModel:
        found = checkout_model(self.presenter.state, ENGLISH).panel
        assert found is not None
        return found

    @property
    def figures(self) -> tuple[str, str, str, str]:
        balance = self.panel.balance
        assert balance is not None
        return balance.whole, balance.here, balance.elsewhere, balance.elsewhere_label


@pytest.fixture
def desk(shop: CounterShop, brooklyn: Brooklyn) -> Desk:
    brooklyn.take(4000)
    return Desk(shop)


def test_the_three_figures_name_the_store_that_the_rest_lies_at(desk: Desk) -> None:
    desk.presenter.code_scanned(MAY_ZHANG)
    assert desk.figures == ("$62.50", "$22.50", "$40.00", "At Brooklyn")


def test_a_scanned_card_is_asked_for_once_a_scan_and_nobody_waits(desk: Desk) -> None:
    desk.presenter.code_scanned(MAY_ZHANG)
    assert desk.line.wanted == [(desk.shop.card(),)]
    assert desk.presenter.idle
    desk.presenter.tap_item("gel-manicure")
    assert len(desk.line.wanted) == 1
    desk.presenter.code_scanned(MAY_ZHANG)
    assert len(desk.line.wanted) == 2


def test_a_card_that_is_whole_here_asks_nobody(shop: CounterShop) -> None:
    desk = Desk(shop)
    desk.presenter.code_scanned(MAY_ZHANG)
    assert desk.line.wanted == []
    assert desk.figures == ("$62.50", "$62.50", "$0.00", "")


def test_the_figures_follow_by_themselves_when_the_value_arrives(desk: Desk, brooklyn: Brooklyn) -> None:
    desk.presenter.code_scanned(MAY_ZHANG)
    desk.presenter.tap_item("gel-manicure")
    brooklyn.give_back(4000)
    desk.line.tell()
    assert desk.figures == ("$62.50", "$62.50", "$0.00", "")
    assert len(desk.panel.lines) == 1


def test_what_comes_from_head_office_reads_no_catalogue_again(desk: Desk, brooklyn: Brooklyn) -> None:
    desk.presenter.code_scanned(MAY_ZHANG)
    catalogue = desk.presenter.state.catalogue
    brooklyn.give_back(1500)
    desk.line.tell()
    assert desk.figures == ("$62.50", "$37.50", "$25.00", "At Brooklyn")
    assert desk.presenter.state.catalogue is catalogue


def test_a_line_that_is_down_says_since_when_beside_the_figures(desk: Desk) -> None:
    desk.presenter.code_scanned(MAY_ZHANG)
    desk.line.become(Reach(AT, "2026-11-20T15:20:00.000Z"))
    assert "Out of reach since 10:20" in [chip.text for chip in desk.panel.chips]
    desk.line.become(Reach(AT))
    assert not any("reach" in chip.text for chip in desk.panel.chips)


def test_a_store_that_nobody_hears_of_is_named(desk: Desk) -> None:
    desk.presenter.code_scanned(MAY_ZHANG)
    desk.line.become(Reach(AT, stores=((BROOKLYN, "2026-11-19T23:00:00.000Z"),)))
    assert "Brooklyn out of reach since Thu, Nov 19 18:00" in [chip.text for chip in desk.panel.chips]


def test_news_of_the_line_reads_nothing_while_nothing_lies_elsewhere(shop: CounterShop) -> None:
    desk = Desk(shop)
    desk.presenter.code_scanned(MAY_ZHANG)
    before = desk.presenter.state
    desk.line.tell()
    assert desk.presenter.state is before
