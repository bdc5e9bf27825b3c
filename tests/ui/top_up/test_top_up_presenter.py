"""What the top-up screen does with taps, scans and digits; without Qt, on the real services."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from salon_desk.domain.errors import ShiftNotOpen, TenderOver
from salon_desk.i18n import Catalogue
from salon_desk.services import cards
from salon_desk.services.errors import CardIsFrozen, UnknownCard
from salon_desk.storage.print_jobs import JobState
from salon_desk.ui.counter.tender_plan import CARD, CASH
from salon_desk.ui.counter.value_sale import OTHER
from salon_desk.ui.screens.top_up.presenter import TopUpPresenter
from salon_desk.ui.screens.top_up.view_model import top_up_model
from salon_desk.ui.tasks import ImmediateTasks
from tests.ui.counter_fakes import RememberingOutlet
from tests.ui.shop_fixture import GRACE, MAY_ZHANG, CounterShop, usd

ENGLISH = Catalogue.load("en")


@dataclass
class Selling:
    """A presenter with everything around it."""

    shop: CounterShop
    outlet: RememberingOutlet = field(default_factory=RememberingOutlet)
    left: int = 0

    def __post_init__(self) -> None:
        self.presenter = TopUpPresenter(
            self.shop.till, ImmediateTasks(), self.shop.session, self.outlet, on_done=self._leave
        )

    def _leave(self) -> None:
        self.left += 1

    def type(self, digits: str) -> None:
        for digit in digits:
            self.presenter.press(digit)

    @property
    def complete_says(self) -> str:
        return top_up_model(self.presenter.state, ENGLISH).plan.complete


@pytest.fixture
def selling(shop: CounterShop) -> Selling:
    """May Zhang's card, with $62.50 on it."""
    made = Selling(shop)
    made.presenter.begin(shop.card())
    return made


def test_an_offer_paid_in_cash_puts_value_and_bonus_on_the_card(selling: Selling) -> None:
    selling.presenter.choose("offer-300")
    selling.presenter.choose_tender(CASH)
    assert selling.complete_says == "Complete: cash $300.00"
    selling.presenter.complete()
    assert selling.shop.usable() == 6250 + 33000
    assert selling.presenter.state.after is not None
    assert selling.presenter.state.after.value.balance == usd(39250)


def test_an_amount_of_ones_own_brings_no_bonus(selling: Selling) -> None:
    selling.presenter.choose(OTHER)
    selling.type("4200")
    selling.presenter.choose_tender(CASH)
    selling.presenter.complete()
    funding = selling.shop.last_top_up().funding
    assert (funding.paid, funding.bonus, funding.offer) == (usd(4200), usd(0), "")


def test_nothing_is_sold_before_an_amount_and_a_tender_are_chosen(selling: Selling) -> None:
    assert selling.complete_says == "Choose how much"
    selling.presenter.complete()
    selling.presenter.choose("offer-100")
    assert selling.complete_says == "Choose how $100.00 is paid"
    selling.presenter.complete()
    assert selling.presenter.state.done is None


def test_the_card_machine_needs_its_last_four_digits(selling: Selling) -> None:
    selling.presenter.choose("offer-100")
    selling.presenter.choose_tender(CARD)
    assert selling.complete_says == "Type the last four digits of the card"
    selling.type("0042")
    assert selling.complete_says == "Complete: card $100.00"
    selling.presenter.complete()
    (part,) = selling.shop.last_top_up().tenders
    assert part.last_four == "0042"


def test_a_top_up_can_be_paid_by_two_tenders(selling: Selling) -> None:
    selling.presenter.choose("offer-100")
    selling.presenter.choose_tender(CASH)
    selling.type("4000")
    assert selling.complete_says == "Still to take: $60.00"
    selling.presenter.choose_tender("custom/zelle")
    assert selling.complete_says == "Complete: cash $40.00 and Zelle $60.00"
    selling.presenter.complete()
    assert [part.taken for part in selling.shop.last_top_up().tenders] == [usd(4000), usd(6000)]


def test_more_by_card_than_is_due_is_said_beside_the_figures(selling: Selling) -> None:
    selling.presenter.choose("offer-100")
    selling.presenter.choose_tender(CARD)
    selling.presenter.tap_field("amount")
    selling.type("20000")
    assert isinstance(selling.presenter.state.problem, TenderOver)
    assert not selling.presenter.state.ready


def test_the_seller_can_be_named_and_taken_back(selling: Selling) -> None:
    selling.presenter.choose("offer-100")
    selling.presenter.choose_seller("kim")
    selling.presenter.choose_seller("kim")
    selling.presenter.choose_seller("lily")
    selling.presenter.choose_tender(CASH)
    selling.presenter.complete()
    assert selling.shop.last_top_up().funding.seller == "lily"


def test_completing_twice_sells_once(selling: Selling) -> None:
    selling.presenter.choose("offer-100")
    selling.presenter.choose_tender(CASH)
    selling.presenter.complete()
    selling.presenter.complete()
    assert selling.shop.usable() == 6250 + 11000


def test_without_a_shift_nothing_is_taken_and_everything_is_kept(closed_shop: CounterShop) -> None:
    selling = Selling(closed_shop)
    selling.presenter.begin(closed_shop.card())
    selling.presenter.choose("offer-100")
    selling.presenter.choose_tender(CASH)
    selling.presenter.complete()
    assert [type(error) for error in selling.outlet.refusals] == [ShiftNotOpen]
    assert selling.presenter.state.ready


def test_a_frozen_card_is_not_topped_up(shop: CounterShop) -> None:
    cards.freeze(shop.till, shop.command(), GRACE, shop.card(), reason="lost")
    selling = Selling(shop)
    selling.presenter.begin(shop.card())
    assert [type(error) for error in selling.outlet.refusals] == [CardIsFrozen]
    assert selling.presenter.state.card is None


def test_the_card_is_scanned_or_its_member_searched(shop: CounterShop) -> None:
    selling = Selling(shop)
    selling.presenter.begin()
    selling.presenter.code_scanned("nothing")
    assert [type(error) for error in selling.outlet.refusals] == [UnknownCard]
    selling.presenter.search("0137")
    rows = top_up_model(selling.presenter.state, ENGLISH).results
    assert rows is not None
    assert [row.title for row in rows] == ["May Zhang"]
    selling.presenter.choose_member(rows[0].key)
    owned = selling.presenter.state.card
    assert owned is not None
    assert owned.view.card.code == MAY_ZHANG
    assert selling.presenter.state.query == ""


def test_a_member_without_a_card_is_told_where_to_get_one(shop: CounterShop) -> None:
    selling = Selling(shop)
    selling.presenter.begin()
    selling.presenter.search("Charlie")
    (found,) = selling.presenter.state.found or ()
    assert found.member is not None
    selling.presenter.choose_member(found.member.member_id)
    assert len(selling.outlet.notices) == 1
    assert selling.presenter.state.card is None


def test_a_bonus_that_lapses_stands_with_its_terms_before_it_is_sold(selling: Selling) -> None:
    selling.presenter.choose("offer-100")
    assert top_up_model(selling.presenter.state, ENGLISH).terms == ""
    selling.presenter.choose("offer-1000")
    assert "365 days" in top_up_model(selling.presenter.state, ENGLISH).terms


def test_the_receipt_is_in_the_members_language_and_can_be_printed_again(selling: Selling) -> None:
    selling.presenter.choose("offer-100")
    selling.presenter.choose_tender(CASH)
    selling.presenter.complete()
    assert selling.shop.last_top_up().print_language == "zh_CN"
    assert selling.presenter.state.receipt is JobState.QUEUED
    selling.presenter.reprint()
    assert selling.presenter.state.receipt is JobState.QUEUED


def test_a_payment_card_is_sent_to_the_terminal(selling: Selling) -> None:
    selling.presenter.payment_card_swiped()
    assert "card terminal" in selling.outlet.notices[0].title


def test_leaving_forgets_what_was_only_planned(selling: Selling) -> None:
    selling.presenter.choose("offer-100")
    selling.presenter.leave()
    selling.presenter.begin(selling.shop.card())
    assert (selling.left, selling.presenter.state.choice) == (1, "")
