"""Savings cards: deposits come to the target, the bonus is granted once whatever tills were cut off, and undone with a deposit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from salon_desk.documents.layout import as_text
from salon_desk.domain.errors import InsufficientValue, OfferNotValid
from salon_desk.domain.names import Names
from salon_desk.domain.savings import SAVED, SAVING
from salon_desk.operations.description import FieldValue
from salon_desk.operations.payout import WhyPaidOut
from salon_desk.operations.savings import SavingsGranted, SavingsPlanDescribed
from salon_desk.services import captures, cards, chargebacks, payouts, savings, top_up_undo, voids
from salon_desk.services.chargebacks import Choice
from salon_desk.services.describe import describe
from salon_desk.services.errors import RightElsewhere
from salon_desk.services.payment import TopUpAsk
from salon_desk.services.receipts import receipt_document
from salon_desk.services.savings_errors import AlreadySaving, UnknownSavingsPlan
from salon_desk.storage.verify import verify
from tests.integration.cover.facts import operations
from tests.integration.services.ledger_sums import account_sums
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash, dollars, external, open_shop
from tests.integration.undoing.two_stores import TwoStores, value_of

PLAN: dict[str, FieldValue] = {
    "name_en": "Save 1,000",
    "target_cents": 100000,
    "bonus_cents": 10000,
    "currency": "USD",
    "to_day": "2026-12-31",
}


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Shop]:
    """A shop with one till that describes the plan; nobody joined it."""
    shop = open_shop(tmp_path / "till")
    shop.open_shift()
    described(shop)
    yield shop
    shop.till.store.close()
    assert verify(tmp_path / "till").problems == ()


@pytest.fixture
def saving(stores: TwoStores) -> TwoStores:
    """May's card saves 1,000 for 100, which both stores know; the right lies at the first."""
    described(stores.first)
    stores.settle()
    savings.join(stores.first.till, stores.first.command(), CASHIER, stores.first.card, "plan")
    stores.settle()
    return stores


def described(shop: Shop) -> None:
    """The plan, as the owner describes it."""
    describe(shop.till, shop.command(), None, [(SavingsPlanDescribed, "plan", PLAN)])


def granted(stores: TwoStores) -> int:
    """How often the bonus was granted, after all have heard of everything."""
    for _time in range(2):
        stores.settle()
        for shop in (stores.first, stores.second):
            savings.grant_due(shop.till)
    stores.settle()
    return grants(stores)


def grants(stores: TwoStores) -> int:
    """How many head office knows of."""
    return sum(isinstance(one, SavingsGranted) for one in operations(stores.chain.office))


def deposited(shop: Shop) -> int:
    """As this till knows it, in cents."""
    (one,) = savings.of_card(shop.till, shop.card)
    return one.progress.deposited.cents


def void(shop: Shop, document: str) -> None:
    """By the manager."""
    voids.void(shop.till, shop.command(), MANAGER, document, reason="mistake")


def refund(shop: Shop, document: str) -> int:
    """By the manager; what went out, in cents."""
    done = top_up_undo.undo(shop.till, shop.command(), MANAGER, document, reason="moving")
    return -sum(tender.taken.cents for tender in done.document.tenders)


def refund_card(shop: Shop) -> payouts.PaidOut:
    """All of it in cash, by the manager."""
    return payouts.pay_out(
        shop.till,
        shop.command(),
        MANAGER,
        shop.card,
        why=WhyPaidOut.REFUND,
        tender=cash(),
        reason="moves away",
    )


def test_the_bonus_comes_with_the_deposit_that_reaches_the_target_and_not_a_cent_before(alone: Shop) -> None:
    savings.join(alone.till, alone.command(), CASHIER, alone.card, "plan")
    alone.top_up("", offer="100")  # an offer has its own bonus: no deposit
    alone.top_up("999.99")
    assert (deposited(alone), value_of(alone)) == (99999, (109999, 2000))
    last = alone.top_up("0.01")
    assert (deposited(alone), value_of(alone)) == (100000, (110000, 12000))
    with alone.till.read() as transaction:
        lines = as_text(receipt_document(transaction, last.op_id, "en"), 48).splitlines()
    (row,) = [one.split() for one in lines if one.startswith("Save 1,000")]
    assert row[-1] == "$1,000.00"
    alone.top_up("1000.00")  # it is full: no deposit any more
    assert (deposited(alone), savings.grant_due(alone.till)) == (100000, 0)
    sums = account_sums(alone.till)
    assert sums["Liabilities:StoredValue:Bonus"] == -12000
    assert sum(sums.values()) == 0


def test_two_tills_that_were_cut_off_and_both_took_deposits_grant_it_once(saving: TwoStores) -> None:
    saving.second.top_up("600.00")
    saving.first.top_up("400.00")
    assert grants(saving) == 0
    assert granted(saving) == 1
    assert (deposited(saving.first), deposited(saving.second)) == (100000, 100000)
    saving.check()
    assert saving.lying("card/") == 110000


def test_a_till_that_completes_it_without_the_right_wants_the_right_and_grants_then(
    saving: TwoStores,
) -> None:
    saving.second.top_up("1000.00")
    (part,) = savings.wanted(saving.second.till, saving.second.card)
    assert value_of(saving.second)[1] == 0
    saving.fetch(saving.second, [part])
    assert savings.wanted(saving.second.till, saving.second.card) == ()
    assert savings.grant_due(saving.second.till) == 1
    assert value_of(saving.second)[1] == 10000
    assert granted(saving) == 1
    saving.check()


def test_tills_that_were_cut_off_when_the_card_joined_at_both_keep_two_savings_apart(
    stores: TwoStores,
) -> None:
    described(stores.first)
    stores.settle()
    for shop in (stores.first, stores.second):
        savings.join(shop.till, shop.command(), CASHIER, shop.card, "plan")
        shop.top_up("600.00")
    assert granted(stores) == 0  # no deposit counts twice
    for shop in (stores.first, stores.second):
        shop.top_up("400.00")
    assert granted(stores) == 1
    stores.check()


def test_a_void_of_the_completing_deposit_takes_the_bonus_back_and_the_next_may_complete_it_again(
    saving: TwoStores,
) -> None:
    void(saving.second, saving.second.top_up("600.00").op_id)  # before it was reached: no deposit
    saving.settle()
    saving.first.top_up("600.00")
    void(saving.first, saving.first.top_up("400.00").op_id)
    assert (deposited(saving.first), value_of(saving.first)) == (60000, (60000, 0))
    saving.first.top_up("400.00")
    assert value_of(saving.first) == (100000, 10000)
    assert granted(saving) == 2
    saving.check()


def test_a_refund_takes_back_what_is_left_of_the_bonus_and_it_is_not_granted_again(saving: TwoStores) -> None:
    document = saving.first.top_up("1000.00").op_id
    saving.first.sell(saving.first.ticket(("service-3000", "lily")), saving.first.stored())
    with pytest.raises(InsufficientValue):
        void(saving.first, document)
    assert refund(saving.first, document) == 100000
    assert value_of(saving.first) == (0, 0)
    saving.first.top_up("1000.00")
    assert granted(saving) == 1
    saving.check()
    assert saving.lying(SAVING) == saving.lying(SAVED) == 0


def test_where_the_right_to_take_it_back_lies_elsewhere_a_void_waits_and_a_refund_leaves_the_bonus(
    saving: TwoStores,
) -> None:
    document = saving.second.top_up("500.00").op_id
    saving.first.top_up("500.00")
    assert granted(saving) == 1
    saving.fetch(saving.second, top_up_undo.wanted(saving.second.till, document)[:1])
    with pytest.raises((RightElsewhere, InsufficientValue)):
        void(saving.second, document)
    saving.fetch(saving.second, top_up_undo.wanted(saving.second.till, document))
    assert refund(saving.second, document) == 50000
    assert value_of(saving.second)[1] == 0
    saving.check()


def test_a_deposit_whose_payment_is_waited_for_counts_once_it_is_captured(alone: Shop) -> None:
    savings.join(alone.till, alone.command(), CASHIER, alone.card, "plan")
    ask = TopUpAsk(alone.card, pay=dollars("1000.00"))
    cards.top_up(alone.till, alone.command(), CASHIER, ask, tenders=(external(),), payment_id="p1")
    assert (deposited(alone), value_of(alone)) == (0, (0, 0))
    captures.captured(alone.till, alone.command(), CASHIER, "p1")
    assert (deposited(alone), value_of(alone)) == (100000, (100000, 10000))


def test_a_refunded_card_saves_no_more_and_it_is_said_before(alone: Shop) -> None:
    savings.join(alone.till, alone.command(), CASHIER, alone.card, "plan")
    alone.top_up("600.00")
    (ends,) = payouts.reckon(alone.till, alone.card, WhyPaidOut.REFUND).savings
    assert (ends.names.en, ends.progress.deposited.cents) == ("Save 1,000", 60000)
    done = refund_card(alone)
    with alone.till.read() as transaction:
        paper = as_text(receipt_document(transaction, done.op_id, "en"), 48)
    assert "saves towards no plan any more" in paper
    alone.top_up("400.00")  # no deposit any more: nothing was saved
    (over,) = savings.of_card(alone.till, alone.card)
    assert (over.open, over.granted, value_of(alone)) == (False, False, (40000, 0))
    savings.join(alone.till, alone.command(), CASHIER, alone.card, "plan")


def test_a_refund_that_is_voided_lets_the_card_save_on(alone: Shop) -> None:
    savings.join(alone.till, alone.command(), CASHIER, alone.card, "plan")
    alone.top_up("600.00")
    void(alone, refund_card(alone).op_id)
    alone.top_up("400.00")
    assert value_of(alone) == (100000, 10000)


def test_a_refund_where_the_right_is_out_of_reach_ends_the_savings_once_that_is_heard_of(
    saving: TwoStores,
) -> None:
    saving.second.top_up("600.00")
    refund_card(saving.second)
    saving.settle()
    saving.first.top_up("400.00")
    assert granted(saving) == 0
    assert not savings.of_card(saving.first.till, saving.first.card)[0].open
    saving.check()


@pytest.mark.parametrize("spent", [0, 3000])
def test_a_deposit_that_the_bank_takes_back_takes_the_bonus_with_it_as_was_said_before(
    alone: Shop, spent: int
) -> None:
    savings.join(alone.till, alone.command(), CASHIER, alone.card, "plan")
    alone.top_up("600.00")
    ask = TopUpAsk(alone.card, pay=dollars("400.00"))
    last = cards.top_up(alone.till, alone.command(), CASHIER, ask, tenders=(external(),)).op_id
    if spent:
        alone.sell(alone.ticket(("gel", "lily")), alone.stored("30.00"), cash())
    told = chargebacks.preview(alone.till, last)
    assert (told.savings, told.bonus.cents) == (Names("Save 1,000"), 10000)
    assert (told.amount.cents, told.there.cents, told.bonus_there.cents) == (40000, 40000, 10000 - spent)
    chargebacks.charge_back(
        alone.till, alone.command(), MANAGER, last, reason="disputed", choice=Choice(freeze=False)
    )
    assert value_of(alone) == (60000, 0)
    assert sum(account_sums(alone.till).values()) == 0
    alone.top_up("400.00")
    assert value_of(alone) == (100000, 0 if spent else 10000)  # used bonus was given away: not a second one


def test_a_chargeback_leaves_the_bonus_where_its_right_is_out_of_reach_and_says_so(saving: TwoStores) -> None:
    ask = TopUpAsk(saving.second.card, pay=dollars("600.00"))
    first = cards.top_up(
        saving.second.till, saving.second.command(), CASHIER, ask, tenders=(external(),)
    ).op_id
    saving.settle()
    saving.first.top_up("400.00")
    assert granted(saving) == 1
    told = chargebacks.preview(saving.second.till, first)
    assert (told.savings, told.kept, told.bonus.cents) == (None, Names("Save 1,000"), 0)
    saving.fetch(saving.second, top_up_undo.wanted(saving.second.till, first))
    assert chargebacks.preview(saving.second.till, first).bonus_there.cents == 10000
    chargebacks.charge_back(saving.second.till, saving.second.command(), MANAGER, first, reason="disputed")
    assert value_of(saving.second)[1] == 0
    saving.check()


def test_a_plan_is_joined_on_its_days_and_once_at_a_time(alone: Shop) -> None:
    def join(plan: str) -> None:
        savings.join(alone.till, alone.command(), CASHIER, alone.card, plan)

    over: dict[str, FieldValue] = {**PLAN, "to_day": "2026-01-31"}
    describe(alone.till, alone.command(), None, [(SavingsPlanDescribed, "over", over)])
    assert [one.plan_id for one in savings.plans(alone.till)] == ["plan"]
    with pytest.raises(UnknownSavingsPlan):
        join("another")
    with pytest.raises(OfferNotValid):
        join("over")
    join("plan")
    with pytest.raises(AlreadySaving):
        join("plan")
