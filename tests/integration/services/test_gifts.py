"""Gift cards: sold, spent in part, given back, voided, frozen, paid out; the books say what the purses say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from salon_desk.documents.layout import QrRow, as_text
from salon_desk.domain import ledger
from salon_desk.domain.access import Role
from salon_desk.domain.claim import Receivable, receivable_asset
from salon_desk.domain.errors import AmountMissing, InsufficientValue, PermissionNeeded
from salon_desk.domain.gift import is_made, plain_code, written_code
from salon_desk.domain.ledger import Posting
from salon_desk.domain.refund import RefundAsk
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.i18n import Catalogue
from salon_desk.operations import description as described
from salon_desk.operations.operation import Cause, PurseChange
from salon_desk.operations.payout import WhyPaidOut
from salon_desk.operations.shift import CashPaidIn
from salon_desk.services import cards, gifts, payouts, refunds, search, shifts, voids
from salon_desk.services.describe import describe
from salon_desk.services.errors import (
    CardCodeTaken,
    CardIsFrozen,
    GiftVoided,
    UnknownCard,
    UnknownMember,
    ValueBuysValue,
)
from salon_desk.services.gifts import GiftAsk
from salon_desk.services.payment import TopUpAsk
from salon_desk.services.payout_errors import CashOutNotDue, NothingToPayOut, PayoutNotThisWay
from salon_desk.services.receipts import receipt_document
from salon_desk.services.reports import liability_report, x_or_z_report
from salon_desk.services.till import Actor
from salon_desk.storage.queries.gifts import Greeting, greeting_of
from salon_desk.storage.verify import verify
from salon_desk.ui.error_text import error_text
from tests.integration.services.ledger_sums import account_sums
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash, dollars, external

OWED = "Liabilities:GiftCards"


def sell(shop: Shop, amount: str = "50.00", **more: object) -> gifts.GiftMade:
    """A gift card for cash."""
    ask = GiftAsk(dollars(amount), **more)  # type: ignore[arg-type]
    return gifts.sell(shop.till, shop.command(), CASHIER, ask, tenders=(cash(),), print_language="en")


def with_gift(card: str, amount: str | None = None) -> PlannedTender:
    """A gift card as a tender."""
    return PlannedTender(TenderKind.GIFT_CARD, dollars(amount) if amount else None, card_id=card)


def value_of(shop: Shop, card: str) -> int:
    """What a card can pay here, in cents."""
    return cards.by_id(shop.till, card).value.usable.cents


def test_a_gift_card_is_sold_untaxed_and_pays_in_part(shop: Shop) -> None:
    made = sell(shop)
    gift = made.gift.gift
    assert is_made(made.gift.code)
    assert account_sums(shop.till)[OWED] == -5000
    assert not any("SalesTax" in account for account in account_sums(shop.till))
    sold = shop.sell(
        shop.ticket(("gel", "lily"), ("cream", ""), member=False), with_gift(gift, "30.00"), cash()
    )
    assert (sold.sale.tenders[0].kind, sold.sale.tenders[0].amount.cents) == (TenderKind.GIFT_CARD, 3000)
    assert value_of(shop, gift) == 2000
    assert account_sums(shop.till)[OWED] == -2000
    with pytest.raises(InsufficientValue):
        shop.sell(shop.ticket(("gel", "lily"), member=False), with_gift(gift, "20.01"), cash())


def test_what_a_gift_card_paid_goes_back_to_it(shop: Shop) -> None:
    gift = sell(shop).gift.gift
    before = account_sums(shop.till)
    sold = shop.sell(shop.ticket(("gel", "lily"), member=False), with_gift(gift))
    asked = (RefundAsk(sold.sale.lines[0].line),)
    refunds.refund(shop.till, shop.command(), MANAGER, sold.op_id, asked=asked, reason="unhappy")
    assert value_of(shop, gift) == 5000
    assert account_sums(shop.till) == before


def test_its_sale_is_voided_while_it_is_whole(shop: Shop) -> None:
    before = account_sums(shop.till)
    made = sell(shop)
    sold = shop.sell(shop.ticket(("six", "kim"), member=False), with_gift(made.gift.gift))
    with pytest.raises(InsufficientValue):
        voids.void(shop.till, shop.command(), MANAGER, made.gift.receipt, reason="typed wrongly")
    voids.void(shop.till, shop.command(), MANAGER, sold.op_id, reason="wrong guest")
    voided = voids.void(shop.till, shop.command(), MANAGER, made.gift.receipt, reason="typed wrongly")
    assert account_sums(shop.till) == before
    assert value_of(shop, made.gift.gift) == 0
    with shop.till.read() as transaction:
        assert "VOID" in as_text(receipt_document(transaction, voided.op_id, "en"))
    with pytest.raises(GiftVoided) as refused:  # whoever was shown the code already
        shop.sell(shop.ticket(("six", "kim"), member=False), with_gift(made.gift.gift, "1.00"), cash())
    assert "was voided" in error_text(refused.value, Catalogue.load("en"))
    with pytest.raises(GiftVoided):
        search.to_pay_with(shop.till, made.gift.code)


def test_a_buyer_whom_nobody_knows_is_refused(shop: Shop) -> None:
    with pytest.raises(UnknownMember):
        sell(shop, member="nobody")
    assert sell(shop, member=shop.member).gift.member == shop.member


def test_value_buys_no_value_and_a_gift_card_is_not_topped_up(shop: Shop) -> None:
    shop.top_up("100.00")
    gift = sell(shop).gift.gift
    ask = GiftAsk(dollars("20.00"))
    for tender in (shop.stored(), with_gift(gift)):
        with pytest.raises(ValueBuysValue):
            gifts.sell(shop.till, shop.command(), CASHIER, ask, tenders=(tender,))
    with pytest.raises(ValueBuysValue):
        shop.sell(shop.ticket(("six", "kim")), with_gift(gift), top_ups=(TopUpAsk(shop.card, offer="300"),))
    with pytest.raises(UnknownCard):
        cards.top_up(
            shop.till, shop.command(), CASHIER, TopUpAsk(gift, pay=dollars("5.00")), tenders=(cash(),)
        )
    with pytest.raises(UnknownCard):
        shop.sell(shop.ticket(("six", "kim")), PlannedTender(TenderKind.STORED_VALUE, None, card_id=gift))
    with pytest.raises(AmountMissing):
        sell(shop, "0.00")


def test_its_code_is_its_own_and_is_found_however_it_is_typed(shop: Shop) -> None:
    made = sell(shop, code="GIFT-77")
    assert made.gift.code == "GIFT-77"
    with pytest.raises(CardCodeTaken):
        sell(shop, code="GIFT-77")
    with pytest.raises(CardCodeTaken):
        sell(shop, code="4417")  # a member's card has it
    code = sell(shop).gift.code
    assert plain_code(written_code(code).lower()) == code
    found = search.by_code(shop.till, written_code(code).lower())
    assert found is not None
    assert found.card is not None
    assert found.card.is_gift
    assert found.member is None


def test_a_frozen_gift_card_pays_nothing_and_another_code_takes_its_value_along(shop: Shop) -> None:
    gift = sell(shop, code="LOST-1").gift.gift
    cards.freeze(shop.till, shop.command(), MANAGER, gift, reason="lost")
    with pytest.raises(CardIsFrozen):
        shop.sell(shop.ticket(("six", "kim"), member=False), with_gift(gift))
    cards.recode(shop.till, shop.command(), MANAGER, gift, code="NEW-1", reason="lost")
    shop.sell(shop.ticket(("six", "kim"), member=False), with_gift(gift))
    assert value_of(shop, gift) == 5000 - 627


def test_nine_years_later_it_pays_as_on_the_first_day(shop: Shop) -> None:
    gift = sell(shop).gift.gift
    shop.clock.instant = shop.clock.instant.replace(year=2035)
    shop.sell(shop.ticket(("six", "kim"), member=False), with_gift(gift))
    assert value_of(shop, gift) == 5000 - 627


def test_words_ride_in_an_operation_of_their_own_and_stand_on_the_paper(shop: Shop) -> None:
    words = Greeting("小美", "May", "生日快乐! Happy birthday")
    made = sell(shop, words=words)
    with shop.till.read() as transaction:
        assert greeting_of(transaction, made.gift.gift) == words
        paper = as_text(receipt_document(transaction, made.op_id, "zh_CN"))
    assert "小美" in paper
    assert written_code(made.gift.code) in paper
    assert "生日快乐" not in str(made.gift)
    later = replace(words, greeting="See you soon")
    gifts.greet(shop.till, shop.command(), CASHIER, made.gift.gift, later)
    with shop.till.read() as transaction:
        assert greeting_of(transaction, made.gift.gift) == later


def test_a_card_is_refunded_by_the_stated_formula(shop: Shop) -> None:
    """DOMAIN: $300 + $30, spent $100 (bonus first) -> unused paid $230.00 back, no bonus left."""
    shop.top_up("", offer="300")
    shop.sell(shop.ticket(*[("gel", "lily")] * 3), shop.stored("100.00"), cash())
    before = payouts.reckon(shop.till, shop.card, WhyPaidOut.REFUND)
    assert (before.put_on_paid, before.put_on_bonus) == (dollars("300.00"), dollars("30.00"))
    assert (before.spent.bonus, before.spent.paid) == (dollars("30.00"), dollars("70.00"))
    assert (before.returned, before.ends, before.owed) == (dollars("230.00"), dollars("0"), dollars("0"))
    with pytest.raises(PermissionNeeded):
        pay_out(shop, shop.card, actor=CASHIER)
    done = pay_out(shop, shop.card)
    assert done.document.tenders[0].taken == dollars("-230.00")
    assert shop.value() == (dollars("0"), dollars("0"))
    assert account_sums(shop.till).get("Liabilities:StoredValue:Paid", 0) == 0
    with shop.till.read() as transaction:
        assert "-$230.00" in as_text(receipt_document(transaction, done.op_id, "en")).replace("−", "-")
    with pytest.raises(NothingToPayOut):
        payouts.reckon(shop.till, shop.card, WhyPaidOut.REFUND)


def test_bonus_that_was_not_used_ends_with_the_card_and_a_void_brings_both_back(shop: Shop) -> None:
    shop.top_up("", offer="300")
    before = account_sums(shop.till)
    done = pay_out(shop, shop.card, tender=external())
    assert (done.document.returned, done.document.bonus) == (dollars("300.00"), dollars("30.00"))
    sums = account_sums(shop.till)
    assert "Liabilities:StoredValue:Bonus" not in sums
    assert "Expenses:Promotions:Bonus" not in sums
    voids.void(shop.till, shop.command(), MANAGER, done.document.receipt, reason="changed her mind")
    assert account_sums(shop.till) == before
    assert shop.value() == (dollars("300.00"), dollars("30.00"))


def pay_out(
    shop: Shop,
    card: str,
    why: WhyPaidOut = WhyPaidOut.REFUND,
    *,
    tender: PlannedTender | None = None,
    actor: Actor = MANAGER,
) -> payouts.PaidOut:
    """A payout by the manager, in cash unless said otherwise."""
    return payouts.pay_out(
        shop.till,
        shop.command(),
        actor,
        card,
        why=why,
        tender=tender or cash(),
        reason="moves away" if why is WhyPaidOut.REFUND else "",
    )


@pytest.mark.parametrize(("amount", "due"), [("4.99", True), ("5.00", False), ("0.01", True)])
def test_a_small_balance_is_paid_out_in_cash_where_the_law_says_so(
    shop: Shop, amount: str, due: bool
) -> None:
    """New York: below $5.00 (to check), and never what the law does not ask for."""
    gift = sell(shop, amount).gift.gift
    card = cards.by_id(shop.till, gift).card
    assert (payouts.cash_out_due(shop.till, card) is not None) is due
    if not due:
        with pytest.raises(CashOutNotDue):
            pay_out(shop, gift, WhyPaidOut.CASH_OUT, actor=CASHIER)
        return
    with pytest.raises(PayoutNotThisWay):
        pay_out(shop, gift, WhyPaidOut.CASH_OUT, tender=external())
    with pytest.raises(PermissionNeeded):
        pay_out(shop, gift, WhyPaidOut.CASH_OUT, actor=Actor("kim", Role.TECHNICIAN))
    pay_out(shop, gift, WhyPaidOut.CASH_OUT, actor=CASHIER)
    assert account_sums(shop.till).get(OWED, 0) == 0


def test_what_the_law_gives_back_is_never_rounded_down(shop: Shop) -> None:
    """RULES 10: without pennies $3.32 -> $3.35; a card refund by the shop's own terms is rounded as any cash."""
    describe(
        shop.till, shop.command(), None, [(described.StoreDescribed, "s1", {"cash_rounding": "nearest_five"})]
    )
    gift = sell(shop, "3.32").gift.gift
    done = pay_out(shop, gift, WhyPaidOut.CASH_OUT, actor=CASHIER)
    assert done.document.tenders[0].taken == dollars("-3.35")
    assert done.document.rounding == dollars("-0.03")
    other = sell(shop, "3.32").gift.gift
    assert pay_out(shop, other).document.tenders[0].taken == dollars("-3.30")


def test_what_a_member_owes_is_taken_before_her_card_is_refunded(shop: Shop) -> None:
    shop.top_up("50.00")
    asset = receivable_asset(Receivable(shop.card, "USD", "s1"))
    owed = (PurseChange(asset, 800, Cause.ISSUE),)
    books = (Posting(ledger.RECEIVABLE, dollars("8.00")), Posting(ledger.CHARGEBACKS, dollars("-8.00")))
    shop.till.record(
        shop.command(),
        None,
        lambda _t: CashPaidIn(shift="", amount=dollars("0"), reason="", purse_changes=owed, postings=books),
    )
    plan = payouts.reckon(shop.till, shop.card, WhyPaidOut.REFUND)
    assert (plan.unused, plan.owed, plan.returned) == (dollars("50.00"), dollars("8.00"), dollars("42.00"))
    assert pay_out(shop, shop.card).document.tenders[0].taken == dollars("-42.00")
    assert account_sums(shop.till).get(ledger.RECEIVABLE, 0) == 0
    assert shop.value() == (dollars("0"), dollars("0"))


def test_the_z_tells_gift_cards_apart_and_adds_up(shop: Shop) -> None:
    gift = sell(shop, "80.00").gift.gift
    shop.top_up("20.00")
    shop.sell(shop.ticket(("gel", "lily"), member=False), with_gift(gift))
    pay_out(shop, gift)
    status = shifts.status(shop.till).shift
    assert status is not None
    with shop.till.read() as transaction:
        report = x_or_z_report(transaction, status.shift, show_expected=True)
    found = report.figures
    assert (found.gifts_sold, found.value_paid_out) == (dollars("80.00"), dollars("32.97"))
    assert (found.paid_value_sold, found.paid_value_redeemed) == (dollars("20.00"), dollars("0"))
    assert found.gift_liability == dollars("0")
    taken = sum(one.amount.cents for one in found.tenders)
    assert found.gifts_sold is not None
    assert found.value_paid_out is not None
    parts = (found.net, found.tax, found.tips, found.paid_value_sold, found.gifts_sold, -found.value_paid_out)
    assert taken == sum(one.cents for one in parts) == 4703 + 8000 + 2000 - 3297


def test_the_paper_carries_the_code_as_letters_and_as_qr_and_plastic_by_its_last_four(shop: Shop) -> None:
    made, plastic = sell(shop), sell(shop, code="PLASTIC-7788")
    with shop.till.read() as transaction:
        paper = receipt_document(transaction, made.op_id, "en")
        other = receipt_document(transaction, plastic.op_id, "en")
    codes = [row for row in paper.rows if isinstance(row, QrRow)]
    assert codes[-1].data == made.gift.code
    assert codes[-1].caption == written_code(made.gift.code)
    assert "PLASTIC-7788" not in as_text(other)
    assert "7788" in as_text(other)


def test_a_gift_card_is_held_while_the_card_machine_charges_the_rest(shop: Shop) -> None:
    gift = sell(shop).gift.gift
    ticket = shop.ticket(("gel", "lily"), ("cream", ""), member=False)
    cards.hold(shop.till, shop.command(), CASHIER, ticket, card_id=gift, amount=dollars("30.00"))
    assert value_of(shop, gift) == 2000
    with pytest.raises(InsufficientValue):
        shop.sell(shop.ticket(("gel", "lily"), member=False), with_gift(gift, "25.00"), cash())
    shop.sell(ticket, with_gift(gift, "30.00"), external())
    assert value_of(shop, gift) == 2000


def test_purses_books_report_and_statement_agree_to_the_cent(shop: Shop, tmp_path: Path) -> None:
    gift = sell(shop, "80.00").gift.gift
    sell(shop, "25.00")
    shop.sell(shop.ticket(("gel", "lily"), member=False), with_gift(gift))
    with shop.till.read() as transaction:
        report = liability_report(transaction)
    assert report.agrees
    assert report.gifts.cents == -account_sums(shop.till)[OWED] == 10500 - 4703
    assert report.gift_cards_with_value == 2
    assert (report.cards, report.cards_with_value) == (1, 0)
    assert verify(tmp_path / "till").problems == ()
