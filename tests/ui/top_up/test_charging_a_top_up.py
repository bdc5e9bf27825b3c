"""Value sold over the terminal: on the card only once its payment was captured, given back when it is left, cash only with the line down."""

from __future__ import annotations

import pytest

from salon_desk.domain.charge import ChargeKind, TerminalState
from salon_desk.i18n import Catalogue
from salon_desk.ui.counter.charge_talk import Answer
from salon_desk.ui.counter.tender_plan import CARD, CASH
from salon_desk.ui.counter.value_sale_model import ValueSaleModel
from salon_desk.ui.screens.top_up.presenter import TopUpPresenter
from salon_desk.ui.screens.top_up.view_model import top_up_model
from salon_desk.ui.tasks import ImmediateTasks
from tests.ui.counter_fakes import ManagerNearby, RememberingOutlet
from tests.ui.shop_fixture import CounterShop, usd
from tests.ui.terminal import Charged

ENGLISH = Catalogue.load("en")
TERMINAL = "external_card/terminal"


class Selling:
    """A top-up of $300 on May Zhang's card, which has $62.50."""

    def __init__(self, shop: CounterShop) -> None:
        self.shop, self.charged, self.outlet = shop, Charged(shop.till), RememberingOutlet()
        self.left: list[str] = []
        self.presenter = TopUpPresenter(
            shop.till,
            ImmediateTasks(),
            shop.session,
            self.outlet,
            on_done=lambda: self.left.append("left"),
            approvals=ManagerNearby(),
            terminal=self.charged.line,
        )
        self.presenter.begin(shop.card())
        self.presenter.choose("offer-300")

    @property
    def model(self) -> ValueSaleModel:
        return top_up_model(self.presenter.state, ENGLISH)


@pytest.fixture
def selling(shop: CounterShop) -> Selling:
    return Selling(shop)


def test_value_is_on_the_card_once_its_payment_was_captured(selling: Selling) -> None:
    selling.presenter.choose_tender(TERMINAL)
    assert selling.model.plan.complete == "Charge $300.00 on the terminal"
    selling.presenter.complete()
    selling.presenter.complete()
    assert (len(selling.charged.terminal.asked), selling.shop.usable()) == (1, 6250)
    selling.charged.terminal.approve()
    assert selling.shop.usable() == 6250 + 33000
    (part,) = selling.shop.last_top_up().tenders
    assert (part.taken, part.last_four) == (usd(30000), "4417")
    paid = selling.model.paid
    assert paid is not None
    assert [(one.title, one.state.text) for one in paid.rows] == [("Visa ∙∙4417", "taken")]


def test_with_the_terminals_line_down_value_is_sold_for_cash_only(selling: Selling) -> None:
    selling.charged.become(TerminalState.OFFLINE)
    tiles = {one.key: (one.enabled, one.detail) for one in selling.model.ways}
    assert tiles[CASH] == (True, "the drawer opens")
    assert tiles[CARD] == tiles[TERMINAL] == (False, "terminal off line: cash only")
    selling.presenter.choose_tender(CARD)
    assert selling.presenter.state.tenders.drafts == ()


def test_declined_it_may_be_paid_another_way(selling: Selling) -> None:
    selling.presenter.choose_tender(TERMINAL)
    selling.presenter.complete()
    selling.charged.terminal.decline()
    selling.presenter.charging.talk.answer(Answer.OTHER_WAY)
    selling.presenter.choose_tender(CASH)
    selling.presenter.complete()
    assert selling.shop.usable() == 6250 + 33000


def test_a_captured_part_is_voided_before_the_sale_is_left(selling: Selling) -> None:
    selling.presenter.choose_tender(TERMINAL)
    selling.presenter.complete()
    selling.charged.terminal.approve(usd(10000))
    selling.presenter.leave()
    assert [one.title for one in selling.outlet.questions] == ["$100.00 was charged: give it back?"]
    assert (selling.charged.terminal.asked[-1].kind, selling.left) == (ChargeKind.VOID, [])
    selling.charged.terminal.approve()
    assert (selling.left, selling.charged.line.unsettled()) == (["left"], ())


def test_left_while_nobody_knows_nothing_is_on_the_card_and_it_stays_to_be_seen_to(selling: Selling) -> None:
    selling.presenter.choose_tender(TERMINAL)
    selling.presenter.complete()
    selling.charged.terminal.fall_silent()
    selling.presenter.charging.talk.answer(Answer.LEAVE)
    assert (selling.left, selling.shop.usable()) == (["left"], 6250)
    assert [one.open for one in selling.charged.line.unsettled()] == [True]
