"""The two ends of the scripted day: the drawer counted in, tips paid, the batch closed, the drawer counted out, the Z.

Sales are in `trading_day.py`. The count is what lies in the drawer, now and then a little wrong.
"""

from __future__ import annotations

from salon_desk.bootstrap.day.counter import Counter
from salon_desk.domain.money import Money
from salon_desk.domain.shift import DENOMINATIONS, Denomination, ShiftState
from salon_desk.operations.shift import ShiftClosed
from salon_desk.services import shifts
from salon_desk.services.demo_shop import float_of


def open_shift(counter: Counter) -> None:
    """Go on with the open shift, or close one that is counted and open the next."""
    current = counter.ask(shifts.status).shift
    if current is not None and current.state is ShiftState.COUNTED:
        counter.act(shifts.close, print_language=counter.view.shop.receipt_language)
        current = None
    if current is None:
        counter.act(shifts.open_shift, denominations=float_of(counter.demo))


def close_shift(counter: Counter) -> ShiftClosed:
    """Pay the tips that are owed as far as the cash goes, compare the card batch, count blind, close."""
    _pay_tips(counter)
    status = counter.ask(shifts.status)
    counter.act(shifts.close_card_batch, machine=status.card_expected)
    counter.act(shifts.count, denominations=pieces(_counted(counter)))
    return counter.act(shifts.close, print_language=counter.view.shop.receipt_language)


def pieces(amount: Money) -> tuple[Denomination, ...]:
    """An amount in the fewest notes and coins."""
    left, found = amount.cents, []
    for worth in DENOMINATIONS[amount.currency]:
        number, left = divmod(left, worth)
        if number:
            found.append(Denomination(worth, number))
    return tuple(found)


def _pay_tips(counter: Counter) -> None:
    """Never out of the float: tomorrow begins with it."""
    left, paid = counter.drawer() - _float(counter), list[tuple[str, Money]]()
    for technician, owed in counter.ask(shifts.status).tips_due:
        if counter.money(0) < owed <= left:
            paid.append((technician, owed))
            left = left - owed
    if paid:
        counter.act(shifts.pay_tips, tips=tuple(paid))


def _float(counter: Counter) -> Money:
    return counter.money(sum(piece.cents * piece.count for piece in float_of(counter.demo)))


def _counted(counter: Counter) -> Money:
    """What lies there; one day in three somebody gave change wrongly."""
    lies = counter.drawer()
    if counter.chance(33):
        lies = lies + counter.money(counter.dice.randrange(-300, 300))
    return max(lies, counter.money(0))
