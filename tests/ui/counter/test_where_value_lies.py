"""Wherever a card's three figures stand, the third names the store that its value lies at."""

from __future__ import annotations

from salon_desk.i18n import Catalogue
from salon_desk.ui.screens.cards import reading as card_reading
from salon_desk.ui.screens.cards.view_model import card_model
from salon_desk.ui.screens.members import reading as member_reading
from salon_desk.ui.screens.members.bands import Band
from salon_desk.ui.screens.members.view_model import page_model
from salon_desk.ui.screens.top_up.presenter import TopUpPresenter
from salon_desk.ui.screens.top_up.view_model import top_up_model
from salon_desk.ui.tasks import ImmediateTasks
from salon_desk.ui.view_values import Balance
from tests.ui.away import Brooklyn
from tests.ui.counter_fakes import RememberingOutlet
from tests.ui.shop_fixture import CounterShop

ENGLISH = Catalogue.load("en")
FIGURES = Balance("$62.50", "$22.50", "$40.00", "At Brooklyn")


def test_a_members_page_names_the_store(shop: CounterShop, brooklyn: Brooklyn) -> None:
    brooklyn.take(4000)
    opened = member_reading.open_page(shop.till, shop.member())
    assert page_model(opened, Band.OWNED, ENGLISH).balance == FIGURES


def test_a_cards_page_names_the_store(shop: CounterShop, brooklyn: Brooklyn) -> None:
    brooklyn.take(4000)
    opened = card_reading.open_card(shop.till, shop.card())
    assert card_model(opened, ENGLISH).balance == FIGURES


def test_a_top_up_names_the_store(shop: CounterShop, brooklyn: Brooklyn) -> None:
    brooklyn.take(4000)
    presenter = TopUpPresenter(
        shop.till, ImmediateTasks(), shop.session, RememberingOutlet(), on_done=lambda: None
    )
    presenter.begin(shop.card())
    assert top_up_model(presenter.state, ENGLISH).balance == FIGURES
