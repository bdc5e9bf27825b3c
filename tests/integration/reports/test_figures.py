"""Sums in SQL against a plain loop over the journal, for shifts, Zs and business days of trade by chance."""

from __future__ import annotations

from datetime import timedelta

import pytest

from salon_desk.documents.figures import Breakdown
from salon_desk.domain.errors import ShiftNotOpen
from salon_desk.domain.money import Money, total
from salon_desk.domain.refund import RefundAsk
from salon_desk.domain.shift import MovementKind
from salon_desk.operations.shift import ShiftClosed, ZFigures
from salon_desk.services import refunds, reports, shifts
from salon_desk.services.report_errors import BadDay, DaysReversed, ReportMissing
from salon_desk.storage.journal import operation_of
from tests.integration.reports.fold import Folded, fold, journal
from tests.integration.reports.trade import close, trade_days
from tests.integration.services.ledger_sums import account_sums
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash, dollars, external

SUMS = (
    "gross", "discounts", "net", "tax", "refunded", "tips", "rounding", "paid_value_sold", "bonus_given",
    "paid_value_redeemed", "bonus_redeemed", "paid_in", "paid_out", "dropped", "tips_paid_out",
)  # fmt: skip
COUNTS = ("sales", "top_ups", "refunds", "voids", "no_sales")


def expect_figures(figures: ZFigures, folded: Folded) -> None:
    """The figures are those of the fold, and hang together."""
    assert {name: getattr(figures, name).cents for name in SUMS} == {name: folded.sums[name] for name in SUMS}
    assert {name: getattr(figures, name) for name in COUNTS} == {name: folded.counts[name] for name in COUNTS}
    taxes = {rate: (base.cents, tax.cents) for rate, base, tax in figures.taxes}
    assert taxes == {rate: (folded.tax_bases[rate], folded.taxes[rate]) for rate in folded.taxes}
    tenders = {one.tender: (one.amount.cents, one.count) for one in figures.tenders}
    assert tenders == {name: (folded.tenders[name], folded.payments[name]) for name in folded.tenders}
    assert {who: due.cents for who, due in figures.tips_due} == {
        w: c for w, c in folded.tips_due.items() if c
    }
    assert figures.gross - figures.discounts - figures.refunded == figures.net
    taken = total((one.amount for one in figures.tenders), "USD")
    parts = (figures.net, figures.tax, figures.tips, figures.paid_value_sold, figures.rounding)
    assert total(parts, "USD") == taken


def expect_breakdown(breakdown: Breakdown, folded: Folded) -> None:
    """Every side adds up to the fold's."""
    assert {one.technician: one.net.cents for one in breakdown.technicians} == dict(folded.technicians)
    assert {one.technician: one.services for one in breakdown.technicians} == dict(folded.services)
    items = (*breakdown.services, *breakdown.products)
    assert {one.item: one.net.cents for one in items} == dict(folded.items)
    assert {one.item: one.quantity for one in items} == dict(folded.pieces)
    assert sum(one.net.cents for one in breakdown.categories) == folded.sums["net"]
    assert {one.hour: one.net.cents for one in breakdown.hours} == dict(folded.hours)
    by_kind = {one.technician: (one.cash.cents, one.card.cents, one.other.cents) for one in breakdown.tips}
    for who, (in_cash, by_card, otherwise) in by_kind.items():
        assert in_cash == folded.tips[(who, "cash")]
        assert by_card == folded.tips[(who, "external_card")]
        assert otherwise == folded.tips[(who, "stored_value")] + folded.tips[(who, "custom")]


@pytest.mark.parametrize("seed", range(1, 7))
def test_zs_x_and_days_are_what_a_loop_over_the_journal_adds_up(untouched: Shop, seed: int) -> None:
    trade_days(untouched, seed=seed)
    recorded = journal(untouched.till)
    with untouched.till.read() as transaction:
        for number in (1, 2):
            z = reports.z_report(transaction, z_number=number)
            folded = fold(one for one in recorded if z.from_seq <= one[0].seq <= z.to_seq)
            expect_figures(z.figures, folded)
            expect_breakdown(z.breakdown, folded)
        x = reports.x_report(transaction)
        folded = fold(one for one in recorded if x.from_seq <= one[0].seq)
        expect_figures(x.figures, folded)
        expect_breakdown(x.breakdown, folded)
        for day in sorted({header.business_day for header, _one in recorded} - {""}):
            report = reports.daily_report(transaction, day)
            folded = fold(one for one in recorded if one[0].business_day == day)
            expect_figures(report.figures, folded)
            expect_breakdown(report.breakdown, folded)
        whole = reports.daily_report(transaction, "2026-11-01", "2026-12-31")
        expect_figures(whole.figures, fold(recorded))


def test_figures_and_ledger_tell_the_same(traded: Shop) -> None:
    sums = account_sums(traded.till)
    with traded.till.read() as transaction:
        figures = reports.daily_report(transaction, "2026-11-01", "2026-12-31").figures
    income = sums.get("Income:Services", 0) + sums.get("Income:Products", 0) + sums.get("Income:Discounts", 0)
    assert figures.net.cents == -income
    taxes = sum(cents for account, cents in sums.items() if account.startswith("Liabilities:SalesTax:"))
    assert figures.tax.cents == -taxes
    assert figures.card_liability_paid.cents == -sums.get("Liabilities:StoredValue:Paid", 0)
    assert figures.card_liability_bonus.cents == -sums.get("Liabilities:StoredValue:Bonus", 0)
    assert figures.rounding.cents == -sums.get("Expenses:CashRounding", 0)


def test_expected_cash_is_the_sum_of_the_drawers_movements(traded: Shop) -> None:
    with traded.till.read() as transaction:
        x = reports.x_report(transaction)
    assert x.expected == total((one.amount for one in x.breakdown.cash), "USD")
    assert x.breakdown.cash[0].kind is MovementKind.FLOAT


def test_who_counts_blind_is_not_shown_what_gives_the_drawer_away(traded: Shop) -> None:
    with traded.till.read() as transaction:
        x = reports.x_report(transaction, show_expected=False)
    assert x.expected is None
    assert x.counted is None
    assert x.breakdown.cash == ()


def test_a_z_keeps_its_frozen_figures_whatever_happens_later(untouched: Shop) -> None:
    trade_days(untouched, seed=7)
    with untouched.till.read() as transaction:
        before = reports.z_report(transaction, z_number=1)
        entry = operation_of(transaction, _close_op(untouched, 1))
    assert entry is not None
    assert isinstance(entry[1], ShiftClosed)
    assert before.figures == entry[1].figures
    close(untouched)
    trade_days(untouched, seed=99, days=2)
    with untouched.till.read() as transaction:
        assert reports.z_report(transaction, z_number=1) == before


def test_a_refund_of_an_earlier_shift_counts_in_the_shift_that_gave_it_back(untouched: Shop) -> None:
    shop = untouched
    shop.open_shift()
    sold = shop.sell(shop.ticket(("cream", "")), cash())
    close(shop)
    shop.clock.instant += timedelta(days=1)
    shop.open_shift()
    ask = (RefundAsk(sold.sale.lines[0].line),)
    refunds.refund(shop.till, shop.command(), MANAGER, sold.op_id, asked=ask, reason="broken")
    with shop.till.read() as transaction:
        first, second = reports.z_report(transaction), reports.x_report(transaction)
    assert (first.figures.net, first.figures.refunded) == (dollars("18.00"), dollars("0"))
    assert (second.figures.net, second.figures.refunded) == (dollars("-18.00"), dollars("18.00"))


def test_tips_due_end_with_their_payment(untouched: Shop) -> None:
    shop = untouched
    shop.open_shift()
    shop.sell(shop.ticket(("gel", "lily"), ("pedicure", "kim")), external(), tip="15.00")
    with shop.till.read() as transaction:
        due = reports.x_report(transaction).figures.tips_due
    assert due == (("kim", dollars("6.87")), ("lily", dollars("8.13")))
    shifts.pay_tips(shop.till, shop.command(), CASHIER, tips=(("lily", dollars("8.13")),))
    with shop.till.read() as transaction:
        x = reports.x_report(transaction)
    assert x.figures.tips_due == (("kim", dollars("6.87")),)
    assert [(tip.technician, tip.paid_out) for tip in x.breakdown.tips] == [
        ("kim", dollars("0")),
        ("lily", dollars("8.13")),
    ]


def test_hours_are_the_shops_own(untouched: Shop) -> None:
    shop = untouched
    shop.open_shift()
    shop.sell(shop.ticket(("cream", "")), cash())
    with shop.till.read() as transaction:
        hours = reports.x_report(transaction).breakdown.hours
    assert [(one.hour, one.sales) for one in hours] == [(10, 1)]


def test_what_is_owed_is_the_same_by_purses_and_by_ledger(traded: Shop) -> None:
    with traded.till.read() as transaction:
        owed = reports.liability_report(transaction)
    paid, bonus = traded.value()
    assert owed.agrees
    assert (owed.paid, owed.bonus) == (paid, bonus)
    assert (owed.cards, owed.cards_with_value, owed.frozen_cards) == (1, 1, 0)
    sums = account_sums(traded.till)
    assert {one.account: -one.amount.cents for one in owed.others if one.amount} == {
        account: cents
        for account, cents in sums.items()
        if account.startswith("Liabilities:") and "StoredValue" not in account
    }


def test_what_was_owed_on_an_earlier_day_stays_that_days(untouched: Shop) -> None:
    shop = untouched
    shop.open_shift()
    shop.top_up("", offer="100")
    close(shop)
    shop.clock.instant += timedelta(days=1)
    shop.open_shift()
    shop.sell(shop.ticket(("cream", "")), shop.stored())
    with shop.till.read() as transaction:
        first = reports.daily_report(transaction, "2026-11-20").figures
        second = reports.daily_report(transaction).figures
    assert (first.card_liability_paid, first.card_liability_bonus) == (dollars("100.00"), dollars("20.00"))
    assert (second.card_liability_paid, second.card_liability_bonus) == (dollars("100.00"), dollars("0.40"))


def test_a_day_without_trade_is_all_zero(untouched: Shop) -> None:
    with untouched.till.read() as transaction:
        report = reports.daily_report(transaction)
        day = reports.daily_report(transaction, "2020-02-29")
    for figures in (report.figures, day.figures):
        assert figures.net == Money(0, "USD")
        assert figures.tenders == ()


def test_what_is_not_there_is_refused(untouched: Shop) -> None:
    with untouched.till.read() as transaction:
        with pytest.raises(ShiftNotOpen):
            reports.x_report(transaction)
        for asked in ({}, {"z_number": 4}, {"business_day": "2026-11-20"}):
            with pytest.raises(ReportMissing):
                reports.z_report(transaction, **asked)  # type: ignore[arg-type]
        with pytest.raises(ReportMissing):
            reports.z_report_of(transaction, "none")
        with pytest.raises(BadDay):
            reports.daily_report(transaction, "yesterday")
        with pytest.raises(DaysReversed):
            reports.daily_report(transaction, "2026-11-20", "2026-11-19")


def _close_op(shop: Shop, z_number: int) -> str:
    return next(
        header.op_id
        for header, one in journal(shop.till)
        if isinstance(one, ShiftClosed) and one.z_number == z_number
    )
