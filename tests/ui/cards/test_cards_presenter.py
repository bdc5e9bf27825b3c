"""Cards without a window: looked up, frozen and let go, given out, and a statement that adds up."""

from __future__ import annotations

from salon_desk.documents.receipt_parts import reference
from salon_desk.domain.access import Permission
from salon_desk.domain.errors import DomainError
from salon_desk.domain.money import Money
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.services.errors import CardCodeTaken
from salon_desk.ui.screens.cards.presenter import CardsPresenter, CardWays
from salon_desk.ui.tasks import ImmediateTasks
from tests.ui.approvals import ManagerBeside
from tests.ui.back_office import Shop, session_of


def _presenter(shop: Shop) -> tuple[CardsPresenter, ManagerBeside]:
    session = session_of(shop, "amy")
    beside = ManagerBeside(shop, session)
    presenter = CardsPresenter(
        shop.till,
        ImmediateTasks(),
        session,
        approvals=beside,
        ways=CardWays(print, print, print, print, print),
    )
    presenter.begin()
    return presenter, beside


def _value_of(shop: Shop, card: str, cents: int) -> PlannedTender:
    return PlannedTender(TenderKind.STORED_VALUE, Money(cents, "USD"), card_id=card)


def test_a_card_is_found_by_its_code_and_by_its_member(shop: Shop) -> None:
    presenter, _beside = _presenter(shop)
    for fragment in ("8600000137", "zxm", "0137"):
        presenter.search(fragment)
        assert "8600000137" in [one.card.code for one in presenter.state.cards], fragment


def test_without_a_search_the_cards_that_moved_last_stand_there(shop: Shop) -> None:
    presenter, _beside = _presenter(shop)
    assert presenter.state.cards
    assert presenter.state.cards[0].card.code == "8600000141"


def test_a_scan_opens_the_card_with_its_three_figures(shop: Shop) -> None:
    presenter, _beside = _presenter(shop)
    presenter.scanned("8600000102")
    assert presenter.state.card is not None
    value = presenter.state.card.found.value
    assert (value.balance, value.usable, value.bonus) == (
        Money(33_000, "USD"),
        Money(33_000, "USD"),
        Money(3_000, "USD"),
    )


def test_a_receipts_code_opens_the_card_that_it_moved(shop: Shop) -> None:
    presenter = _presenter(shop)[0]
    value = PlannedTender(TenderKind.STORED_VALUE, Money(2000, "USD"), card_id=shop.card_of("张晓梅"))
    sold = shop.sell(
        "凝胶美甲", member=shop.member("张晓梅"), tenders=(value, PlannedTender(TenderKind.CASH, None))
    )
    presenter.scanned(reference("S1", sold.sale.receipt))
    assert presenter.state.card is not None
    assert presenter.state.card.found.card.card == shop.card_of("张晓梅")


def test_the_statement_names_every_movement_and_the_balance_after_it(shop: Shop) -> None:
    card = shop.card_of("单雪")
    shop.sell(
        "凝胶美甲",
        member=shop.member("单雪"),
        tenders=(_value_of(shop, card, 4000), PlannedTender(TenderKind.CASH, None)),
    )
    presenter, _beside = _presenter(shop)
    presenter.open(card)
    assert presenter.state.card is not None
    told = [(one.kind, *one.units, one.after) for one in presenter.state.card.movements]
    assert told == [("sale", -1000, -3000, 29_000), ("top_up", 30_000, 3000, 33_000)]


def test_what_somebody_else_paid_with_the_card_is_in_its_statement(shop: Shop) -> None:
    card = shop.card_of("单雪")
    shop.sell("凝胶美甲", tenders=(_value_of(shop, card, 4000), PlannedTender(TenderKind.CASH, None)))
    presenter, _beside = _presenter(shop)
    presenter.open(card)
    assert presenter.state.card is not None
    assert [one.after for one in presenter.state.card.movements] == [29_000, 33_000]


def test_an_unknown_code_is_said_and_can_be_given_out(shop: Shop) -> None:
    presenter, _beside = _presenter(shop)
    presenter.scanned("9900005555")
    assert presenter.state.unknown == "9900005555"
    presenter.begin_issue(presenter.state.unknown)
    presenter.find_member("查理")
    assert presenter.state.issue is not None
    presenter.choose_member(presenter.state.issue.found[0].member_id)
    presenter.issue()
    assert presenter.state.issue is None
    assert presenter.state.card is not None
    assert presenter.state.card.found.card.code == "9900005555"
    assert presenter.state.card.movements == ()


def test_a_card_is_given_to_the_member_whose_page_asked_for_it(shop: Shop) -> None:
    presenter, _beside = _presenter(shop)
    presenter.scanned("8600000102")
    presenter.issue_to(shop.member("查理"))
    presenter.begin()
    presenter.scanned("9900006666")
    presenter.issue()
    assert presenter.state.card is not None
    assert presenter.state.card.found.member is not None
    assert presenter.state.card.found.member.name == "查理"


def test_a_code_that_is_taken_is_refused_and_can_be_changed(shop: Shop) -> None:
    presenter, _beside = _presenter(shop)
    presenter.issue_to(shop.member("查理"))
    presenter.scanned("8600000137")
    presenter.issue()
    assert presenter.state.issue is not None
    assert isinstance(presenter.state.issue.refusal, CardCodeTaken)
    presenter.type_code("9900007777")
    assert presenter.state.issue.refusal is None
    presenter.cancel_issue()
    assert presenter.state.issue is None


def test_a_cashier_freezes_with_a_manager_beside_and_the_card_can_be_let_go(shop: Shop) -> None:
    presenter, beside = _presenter(shop)
    refused: list[DomainError] = []
    presenter.refuse = refused.append
    presenter.scanned("8600000137")
    presenter.freeze("lost")
    assert beside.asked == [Permission.FREEZE_CARD]
    assert presenter.state.card is not None
    assert presenter.state.card.found.card.frozen_reason == "lost"
    presenter.unfreeze()
    assert not presenter.state.card.found.card.frozen
    assert refused == []
