"""Gift cards at two tills that are cut off from each other: value is spent where it lies, none of it twice."""

from __future__ import annotations

import pytest

from salon_desk.domain.errors import InsufficientValue
from salon_desk.domain.gift import gift_asset
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.head_office import lost_tills
from salon_desk.head_office.exceptions import for_a_person
from salon_desk.i18n import Catalogue
from salon_desk.operations.payout import WhyPaidOut
from salon_desk.services import cards, gifts, moves, payouts, search, voids
from salon_desk.services.errors import CardCodeShared, GiftVoided, UnknownCard
from salon_desk.services.gifts import GiftAsk
from salon_desk.services.reports import liability_report
from salon_desk.storage.queries.covers import OpenCover, open_covers
from salon_desk.ui.error_text import error_text
from tests.integration.services.ledger_sums import account_sums
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash, dollars
from tests.integration.undoing.two_stores import TwoStores, nets

OWED = "Liabilities:GiftCards"


def sell(shop: Shop, amount: str) -> str:
    """A gift card for cash."""
    return sold(shop, amount).gift.gift


def sold(shop: Shop, amount: str) -> gifts.GiftMade:
    """The same with its document."""
    ask = GiftAsk(dollars(amount), code=f"PLASTIC-{amount}")
    return gifts.sell(shop.till, shop.command(), CASHIER, ask, tenders=(cash(),))


def shared(stores: TwoStores) -> list[str]:
    """What head office says of codes."""
    with stores.chain.office.database.read() as transaction:
        return [one.about for one in for_a_person(transaction)]


def spend(shop: Shop, gift: str, amount: str) -> None:
    """A service of $30 with so much of the gift card, the rest in cash."""
    tender = PlannedTender(TenderKind.GIFT_CARD, dollars(amount), card_id=gift)
    rest = (cash(),) if dollars(amount) < dollars("30.00") else ()
    shop.sell(shop.ticket(("service-3000", "lily"), member=False), tender, *rest)


def test_what_lies_elsewhere_is_wanted_and_spent_apart_without_overspending(stores: TwoStores) -> None:
    first, second = stores.first, stores.second
    gift = sell(first, "50.00")
    with pytest.raises(UnknownCard):
        spend(second, gift, "10.00")  # nobody has heard of it there
    stores.settle()
    view = cards.by_id(second.till, gift)
    assert view.value.elsewhere == dollars("50.00")
    stores.fetch(second, moves.wanted(second.till, view.card, dollars("20.00")))
    # from here on neither hears of the other
    spend(second, gift, "20.00")
    with pytest.raises(InsufficientValue):
        spend(second, gift, "0.01")
    spend(first, gift, "30.00")
    with pytest.raises(InsufficientValue):
        spend(first, gift, "0.01")
    stores.settle()
    assert stores.chain.total(gift_asset(gift, "USD")) == 0
    assert account_sums(first.till).get(OWED, 0) == 0
    assert nets(stores.chain.office) == {"S1": -2000, "S2": 2000}  # who sold it owes whoever took it
    stores.check()


def test_a_refund_pays_out_what_lies_here_and_leaves_the_rest_on_the_card(stores: TwoStores) -> None:
    first, second = stores.first, stores.second
    gift = sell(first, "40.00")
    stores.settle()
    stores.fetch(second, moves.wanted(second.till, cards.by_id(second.till, gift).card, dollars("15.00")))
    plan = payouts.reckon(first.till, gift, WhyPaidOut.REFUND)
    assert (plan.returned, plan.elsewhere) == (dollars("25.00"), dollars("15.00"))
    payouts.pay_out(
        first.till, first.command(), MANAGER, gift, why=WhyPaidOut.REFUND, tender=cash(), reason="moves"
    )
    spend(second, gift, "15.00")
    stores.settle()
    assert account_sums(second.till).get(OWED, 0) == 0
    assert nets(stores.chain.office) == {"S1": -1500, "S2": 1500}
    stores.check()


def test_one_number_sold_in_two_stores_pays_for_nobody_until_one_of_the_sales_is_voided(
    stores: TwoStores,
) -> None:
    first, second = stores.first, stores.second
    kept, mistake = sell(first, "50.00"), sold(second, "50.00")
    stores.settle()
    for shop in (first, second):
        with pytest.raises(CardCodeShared) as refused:
            search.to_pay_with(shop.till, "PLASTIC-50.00")
        assert "Two gift cards" in error_text(refused.value, Catalogue.load("en"))
    assert shared(stores) == ["PLASTIC-50.00"]
    voids.void(second.till, second.command(), MANAGER, mistake.op_id, reason="typed wrongly")
    stores.settle()
    assert shared(stores) == []
    for shop in (first, second):
        found = search.to_pay_with(shop.till, "PLASTIC-50.00")
        assert found is not None
        assert found.card is not None
        assert found.card.card == kept
        with pytest.raises(GiftVoided):
            spend(shop, mistake.gift.gift, "1.00")
    spend(first, kept, "30.00")
    stores.check()


def test_a_gift_card_whose_value_is_stranded_is_covered_and_the_cover_is_repaid_when_the_till_returns(
    stores: TwoStores,
) -> None:
    first, second, office = stores.first, stores.second, stores.chain.office
    gift = sell(first, "50.00")
    stores.settle()
    assert lost_tills.declare_dead(office, first.till.store.node, "flooded")
    assert [(one.covered.card, one.units) for one in open_covers_of(stores)] == [(gift, 5000)]
    stores.settle(second)
    view = cards.by_id(second.till, gift)
    stores.fetch(second, moves.wanted(second.till, view.card, dollars("30.00")))
    # it lies there twice and is the guest's once
    assert cards.by_id(second.till, gift).value.balance == dollars("50.00")
    spend(second, gift, "30.00")
    with second.till.read() as transaction:
        report = liability_report(transaction)
    assert (report.gifts_twice, report.agrees) == (dollars("50.00"), True)
    lost_tills.found_again(office, first.till.store.node)
    assert first.counter is not None
    first.counter.return_all()
    stores.settle()
    assert open_covers_of(stores) == []
    assert stores.chain.total(gift_asset(gift, "USD")) == 2000
    assert account_sums(first.till).get("Assets:Cover", 0) == 0
    stores.check()


def open_covers_of(stores: TwoStores) -> list[OpenCover]:
    """As head office knows them."""
    with stores.chain.office.database.read() as transaction:
        return open_covers(transaction)
