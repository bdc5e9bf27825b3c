"""The drawer and the shift: the worked example, the blind count, and a Z that never changes."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from salon_desk.domain.errors import (
    AmountMissing,
    NegativeAmount,
    PermissionNeeded,
    ShiftAlreadyCounted,
    ShiftAlreadyOpen,
    ShiftNotCounted,
    ShiftNotOpen,
)
from salon_desk.domain.money import Money
from salon_desk.domain.refund import RefundAsk
from salon_desk.domain.shift import Denomination
from salon_desk.operations.description import StoreDescribed
from salon_desk.operations.node import WhyAnew
from salon_desk.services import refunds, reports, shifts, tickets
from salon_desk.services.describe import describe
from salon_desk.services.errors import ReasonMissing
from salon_desk.storage import epochs
from salon_desk.storage.queries.shifts import expected
from tests.integration.services.ledger_sums import account_sums
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash, dollars, external


def expected_cash(shop: Shop) -> Money:
    """What the drawer should hold now."""
    with shop.till.read() as transaction:
        shift = shop.till.shift(transaction)
        assert shift is not None
        return expected(transaction, shift)


def sell_six(shop: Shop) -> None:
    """A $6.00 sale (in a place without tax on it) paid with $10, with a cash tip of $2."""
    describe(shop.till, shop.command(), None, [(StoreDescribed, "s1", {"jurisdiction": "US-OR"})])
    shop.sell(shop.ticket(("six", "kim"), member=False), cash(given="10.00"), tip="2.00")


def pay_out(shop: Shop, amount: str) -> None:
    """Money for something bought."""
    shifts.pay_out(shop.till, shop.command(), MANAGER, amount=dollars(amount), reason="towels")


def count(shop: Shop, cents: int) -> shifts.Counted:
    """The drawer counted in dollar notes and cents."""
    pieces = (Denomination(100, cents // 100), Denomination(1, cents % 100))
    return shifts.count(shop.till, shop.command(), CASHIER, denominations=pieces)


def test_expected_cash_is_86_when_the_cash_tip_leaves_with_the_technician(shop: Shop) -> None:
    sell_six(shop)
    pay_out(shop, "20.00")
    assert expected_cash(shop) == dollars("86.00")


def test_expected_cash_is_88_when_the_tip_stays_until_close(shop: Shop) -> None:
    describe(shop.till, shop.command(), None, [(StoreDescribed, "s1", {"cash_tips_stay": True})])
    sell_six(shop)
    pay_out(shop, "20.00")
    assert expected_cash(shop) == dollars("88.00")


def test_card_tips_paid_out_leave_71_and_nothing_owed(shop: Shop) -> None:
    sell_six(shop)
    pay_out(shop, "20.00")
    ticket = shop.ticket(("gel", "lily"), member=False)
    shop.sell(ticket, external(), tip="15.00")
    assert shifts.status(shop.till).tips_due == (("lily", dollars("15.00")),)
    shifts.pay_tips(shop.till, shop.command(), CASHIER, tips=(("lily", dollars("15.00")),))
    assert expected_cash(shop) == dollars("71.00")
    assert all(not amount for _who, amount in shifts.status(shop.till).tips_due)
    assert account_sums(shop.till).get("Liabilities:Tips", 0) == 0


def test_the_drawer_account_is_what_is_expected(shop: Shop) -> None:
    sell_six(shop)
    pay_out(shop, "20.00")
    shifts.pay_in(shop.till, shop.command(), CASHIER, amount=dollars("5.00"), reason="change")
    shifts.drop(shop.till, shop.command(), MANAGER, amount=dollars("40.00"))
    shop.top_up("60.00")
    sold = shop.sell(shop.ticket(("cream", "")), cash())
    ask = (RefundAsk(sold.sale.lines[0].line),)
    refunds.refund(shop.till, shop.command(), MANAGER, sold.op_id, asked=ask, reason="broken")
    assert account_sums(shop.till)["Assets:Drawer"] == expected_cash(shop).cents


def test_the_count_is_blind_once_and_over_short_is_booked(shop: Shop) -> None:
    sell_six(shop)
    counted = count(shop, 10550)
    assert (counted.expected, counted.over_short) == (dollars("106.00"), dollars("-0.50"))
    with pytest.raises(ShiftAlreadyCounted):
        count(shop, 10600)
    z = shifts.close(shop.till, shop.command(), CASHIER)
    assert (z.z_number, z.over_short) == (1, dollars("-0.50"))
    sums = account_sums(shop.till)
    assert sums["Expenses:OverShort"] == 50
    assert "Assets:Drawer" not in sums


def test_the_zs_of_a_till_cover_its_numbers_without_gap_or_overlap(shop: Shop) -> None:
    ranges = []
    for day in range(3):
        if day:
            shop.open_shift()
        shop.sell(shop.ticket(("gel", "lily")), cash())
        count(shop, 14703)
        z = shifts.close(shop.till, shop.command(), CASHIER)
        assert (z.figures.sales, z.figures.net) == (1, dollars("45.00"))
        ranges.append((z.from_seq, z.to_seq))
        shop.clock.instant += timedelta(days=1)
    assert ranges[0][0] == 1
    assert all(before[1] + 1 == after[0] for before, after in pairwise(ranges))


def test_a_z_has_what_was_sold_before_a_new_epoch_began_in_its_shift(shop: Shop) -> None:
    """Its tips too; and it is printed again as it was, and the next one goes on behind it."""
    for _time in range(2):
        shop.sell(shop.ticket(("gel", "lily")), external(), tip="6.00")
    epochs.open_anew_now(shop.till.store, WhyAnew.ANCHOR_MISSING)
    shop.sell(shop.ticket(("gel", "lily")), external(), tip="6.00")
    assert shifts.status(shop.till).tips_due == (("lily", dollars("18.00")),)
    with shop.till.read() as transaction:
        x = reports.x_report(transaction)
    count(shop, 10000)
    z = shifts.close(shop.till, shop.command(), CASHIER)
    for figures in (x.figures, z.figures):
        assert (figures.sales, figures.net, figures.tips) == (3, dollars("135.00"), dollars("18.00"))
    shop.open_shift()
    shop.sell(shop.ticket(("gel", "lily")), cash())
    count(shop, 14703)
    after = shifts.close(shop.till, shop.command(), CASHIER)
    assert (after.figures.sales, after.from_seq) == (1, z.to_seq + 1)
    with shop.till.read() as transaction:
        again = reports.z_report(transaction, z_number=z.z_number)
    assert sum(one.services for one in again.breakdown.technicians) == 3


def test_the_business_day_is_the_shifts_whatever_the_clock_says(shop: Shop) -> None:
    shop.clock.instant += timedelta(days=365 * 70)
    sold = shop.sell(shop.ticket(("gel", "lily")), cash())
    driver = shop.till.store.database.driver()
    row = driver.execute("SELECT business_day FROM sales WHERE op_id = ?", (sold.op_id,)).fetchone()
    assert row == ("2026-11-20",)


def test_nothing_is_sold_between_count_and_close(shop: Shop) -> None:
    ticket = shop.ticket(("gel", "lily"))
    count(shop, 10000)
    with pytest.raises(ShiftAlreadyCounted):
        shop.sell(ticket, cash())
    shifts.close(shop.till, shop.command(), CASHIER)
    with pytest.raises(ShiftNotOpen):
        shop.sell(ticket, cash())
    assert tickets.waiting(shop.till)


def test_a_shift_is_opened_once_and_closed_counted(shop: Shop) -> None:
    with pytest.raises(ShiftAlreadyOpen):
        shop.open_shift()
    with pytest.raises(ShiftNotCounted):
        shifts.close(shop.till, shop.command(), CASHIER)


def test_cash_moves_need_permission_reason_and_a_true_amount(shop: Shop) -> None:
    till = shop.till
    with pytest.raises(PermissionNeeded):
        shifts.pay_out(till, shop.command(), CASHIER, amount=dollars("1.00"), reason="x")
    with pytest.raises(PermissionNeeded):
        shifts.no_sale(till, shop.command(), CASHIER, reason="x")
    with pytest.raises(ReasonMissing):
        shifts.pay_in(till, shop.command(), CASHIER, amount=dollars("1.00"), reason=" ")
    with pytest.raises(AmountMissing):
        shifts.pay_in(till, shop.command(), CASHIER, amount=dollars("0"), reason="x")
    with pytest.raises(NegativeAmount):
        shifts.pay_in(till, shop.command(), CASHIER, amount=dollars("-1.00"), reason="x")


def test_a_no_sale_is_counted_and_opens_the_drawer(shop: Shop) -> None:
    shifts.no_sale(shop.till, shop.command(), MANAGER, reason="change for a guest")
    driver = shop.till.store.database.driver()
    assert driver.execute("SELECT COUNT(*) FROM local_print_jobs WHERE kind = 'drawer'").fetchone() == (1,)
    count(shop, 10000)
    assert shifts.close(shop.till, shop.command(), CASHIER).figures.no_sales == 1


def test_the_card_machines_batch_is_compared_with_the_shift(shop: Shop) -> None:
    shop.sell(shop.ticket(("gel", "lily")), external(), tip="5.00")
    assert shifts.status(shop.till).card_expected == dollars("52.03")
    difference = shifts.close_card_batch(shop.till, shop.command(), CASHIER, machine=dollars("50.00"))
    assert difference == dollars("-2.03")
