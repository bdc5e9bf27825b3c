"""The drawer and the shift: opened with a float, cash in and out, counted blind, closed with a Z.

Figures are summed in `storage/queries/reports.py`. The count is recorded before anybody is shown what is expected;
a Z covers this till's own numbers from the last Z on, once, and is frozen in its operation.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain import ledger
from salon_desk.domain import shift as rules
from salon_desk.domain.access import Permission
from salon_desk.domain.clock import instant_text
from salon_desk.domain.errors import AmountMissing, AmountTooLarge, DuplicateId
from salon_desk.domain.ledger import Posting
from salon_desk.domain.limits import MAX_REFERENCE, check_amount, check_text
from salon_desk.domain.money import Money, total
from salon_desk.domain.shift import Denomination, ZRange
from salon_desk.domain.tender import CashRounding, round_cash
from salon_desk.operations.operation import Operation
from salon_desk.operations.shift import (
    CardBatchClosed,
    CashDropped,
    CashPaidIn,
    CashPaidOut,
    DrawerOpened,
    ShiftClosed,
    ShiftCounted,
    ShiftOpened,
    TipsPaidOut,
)
from salon_desk.services import postings
from salon_desk.services.errors import ReasonMissing, UnknownStaff
from salon_desk.services.till import Actor, Till, business_day_at
from salon_desk.storage import print_jobs
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import closed_shifts, reports, takings
from salon_desk.storage.queries import shifts as stored
from salon_desk.storage.queries.report_scope import Days
from salon_desk.storage.queries.shifts import Shift
from salon_desk.storage.queries.shop import Shop
from salon_desk.storage.queries.staff import staff_member
from salon_desk.storage.queries.tickets import counted as numbers_used
from salon_desk.storage.queries.tickets import waiting_tickets

_FIRST_DAY, _LAST_DAY = "", "9999-12-31"
"""Every business day there is: tips stay owed until they are paid."""


@dataclass(frozen=True, slots=True)
class ShiftStatus:
    """What the shift screen needs without giving the expected cash away."""

    shift: Shift | None
    open_tickets: int
    card_expected: Money
    tips_due: tuple[tuple[str, Money], ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """A counted drawer: only now is it said what was expected."""

    expected: Money
    counted: Money
    over_short: Money


def open_shift(
    till: Till, command_id: str, actor: Actor, *, denominations: tuple[Denomination, ...]
) -> ShiftOpened:
    """Open the drawer's shift with its float; its business day is the clock's.

    Raises ShiftAlreadyOpen, PermissionNeeded, QuantityOutOfRange, and RuleMissing when the clock shows a day for which
    the law here is not known: nothing could be sold on it.
    """
    actor.require(Permission.OPEN_SHIFT)

    def decide(transaction: Transaction) -> ShiftOpened:
        shop, current = till.shop(transaction), till.shift(transaction)
        rules.check_open(current.state if current else None)
        opening = rules.count_total(denominations, shop.currency)
        check_amount("float", opening, shop.currency)
        now = till.store.clock.now()
        day = business_day_at(now, shop.time_zone, shop.day_cut_off)
        _require_law(till, shop, day)
        return ShiftOpened(
            shift=till.new_id(),
            store=shop.store,
            opened_at=instant_text(now),
            business_day=day,
            opening_float=opening,
            denominations=_pieces(denominations),
            postings=postings.balanced([Posting(ledger.DRAWER, opening), Posting(ledger.FLOAT, -opening)]),
        )

    opened = till.record(command_id, actor, decide).operations[0]
    assert isinstance(opened, ShiftOpened)
    return opened


def pay_in(till: Till, command_id: str, actor: Actor, *, amount: Money, reason: str) -> None:
    """Put cash into the drawer. Raises PermissionNeeded, ReasonMissing, AmountMissing, ShiftNotOpen."""
    actor.require(Permission.PAID_IN)

    def decide(transaction: Transaction) -> Operation:
        shift = _checked(till, transaction, amount, reason, "paid_in")
        return CashPaidIn(
            shift=shift.shift,
            amount=amount,
            reason=reason.strip(),
            postings=_moved(ledger.INCOME_PAID_IN, amount),
        )

    till.record(command_id, actor, decide)


def pay_out(till: Till, command_id: str, actor: Actor, *, amount: Money, reason: str) -> None:
    """Take cash for something bought. Raises PermissionNeeded, ReasonMissing, AmountMissing, ShiftNotOpen."""
    actor.require(Permission.PAID_OUT)

    def decide(transaction: Transaction) -> Operation:
        shift = _checked(till, transaction, amount, reason, "paid_out")
        return CashPaidOut(
            shift=shift.shift,
            amount=amount,
            reason=reason.strip(),
            approver=actor.approver,
            postings=_moved(ledger.PAID_OUT, -amount),
        )

    till.record(command_id, actor, decide)


def drop(till: Till, command_id: str, actor: Actor, *, amount: Money, reason: str = "") -> None:
    """Move cash to the safe. Raises PermissionNeeded, AmountMissing, ShiftNotOpen."""
    actor.require(Permission.DROP)

    def decide(transaction: Transaction) -> Operation:
        shift = _checked(till, transaction, amount, reason or "-", "drop")
        return CashDropped(
            shift=shift.shift, amount=amount, reason=reason.strip(), postings=_moved(ledger.SAFE, -amount)
        )

    till.record(command_id, actor, decide)


def no_sale(till: Till, command_id: str, actor: Actor, *, reason: str) -> None:
    """Open the drawer without a sale. Raises PermissionNeeded, ReasonMissing, ShiftNotOpen."""
    actor.require(Permission.NO_SALE)
    if not reason.strip():
        raise ReasonMissing("no_sale")
    check_text("reason", reason, MAX_REFERENCE)

    def decide(transaction: Transaction) -> Operation:
        shift = till.trading_shift(transaction)
        return DrawerOpened(shift=shift.shift, reason=reason.strip(), approver=actor.approver)

    till.record(command_id, actor, decide)


def pay_tips(till: Till, command_id: str, actor: Actor, *, tips: tuple[tuple[str, Money], ...]) -> None:
    """Pay tips that are owed, of this shift or an earlier one, in cash from the drawer.

    Without pennies each goes up to the next five cents, at the shop's expense (RULES 10). Raises PermissionNeeded,
    AmountMissing, NegativeAmount, UnknownStaff, DuplicateId (somebody twice), AmountTooLarge (more than is owed),
    ShiftNotOpen.
    """
    actor.require(Permission.CLOSE_SHIFT)

    def decide(transaction: Transaction) -> Operation:
        shop, shift = till.shop(transaction), till.trading_shift(transaction)
        _check_owed(till, transaction, tips, shop.currency)
        exact = till.rounding(shop, shift.business_day) is CashRounding.EXACT
        owed = total((tip for _who, tip in tips), shop.currency)
        amount = total((tip if exact else _up_to_five(tip) for _who, tip in tips), shop.currency)
        return TipsPaidOut(
            shift=shift.shift,
            tips=tips,
            amount=amount,
            postings=postings.balanced(
                [
                    Posting(ledger.DRAWER, -amount),
                    Posting(ledger.TIPS, owed),
                    Posting(ledger.CASH_ROUNDING, amount - owed),
                ]
            ),
        )

    till.record(command_id, actor, decide)


def close_card_batch(till: Till, command_id: str, actor: Actor, *, machine: Money) -> Money:
    """Note the card machine's batch total beside what this shift expects; gives the difference.

    Raises PermissionNeeded, ShiftNotOpen.
    """
    actor.require(Permission.CLOSE_SHIFT)

    def decide(transaction: Transaction) -> Operation:
        shift = till.shift(transaction)
        if shift is None:
            rules.check_trading(None)
        assert shift is not None
        check_amount("batch", machine, shift.opening_float.currency)
        expected = reports.card_machine_total(transaction, shift=shift.shift, currency=machine.currency)
        return CardBatchClosed(shift=shift.shift, machine=machine, expected=expected)

    batch = till.record(command_id, actor, decide).operations[0]
    assert isinstance(batch, CardBatchClosed)
    return batch.machine - batch.expected


def count(till: Till, command_id: str, actor: Actor, *, denominations: tuple[Denomination, ...]) -> Counted:
    """Count the drawer, once and blind. Raises ShiftNotOpen, ShiftAlreadyCounted, PermissionNeeded, AmountTooLarge."""
    actor.require(Permission.CLOSE_SHIFT)

    def decide(transaction: Transaction) -> ShiftCounted:
        shop, shift = till.shop(transaction), till.shift(transaction)
        rules.check_count(shift.state if shift else None)
        assert shift is not None
        counted = rules.count_total(denominations, shop.currency)
        check_amount("counted", counted, shop.currency)
        return ShiftCounted(shift=shift.shift, denominations=_pieces(denominations), counted=counted)

    done = till.record(command_id, actor, decide).operations[0]
    assert isinstance(done, ShiftCounted)
    with till.read() as transaction:
        return _compared(till, transaction, done)


def close(till: Till, command_id: str, actor: Actor, *, print_language: str = "") -> ShiftClosed:
    """Close the counted shift: its Z. Raises ShiftNotOpen, ShiftNotCounted, PermissionNeeded."""
    actor.require(Permission.CLOSE_SHIFT)

    def decide(transaction: Transaction) -> ShiftClosed:
        shift = till.shift(transaction)
        rules.check_close(shift.state if shift else None)
        assert shift is not None
        return _z(till, transaction, shift, print_language)

    closed = till.record(command_id, actor, decide).operations[0]
    assert isinstance(closed, ShiftClosed)
    return closed


def status(till: Till) -> ShiftStatus:
    """The shift without its expected cash: nobody who is about to count may see it."""
    with till.read() as transaction:
        shift = till.shift(transaction)
        currency = till.shop(transaction).currency
        zero = Money.zero(currency)
        waiting = len(waiting_tickets(transaction, till.store.node))
        if shift is None:
            return ShiftStatus(None, waiting, zero, ())
        card = reports.card_machine_total(transaction, shift=shift.shift, currency=currency)
        due = reports.tips_due(
            transaction,
            node=till.store.node,
            epoch=till.store.epoch,
            shift=shift.shift,
            currency=currency,
        )
        return ShiftStatus(shift, waiting, card, due)


def print_x(till: Till, actor: Actor, language: str) -> str:
    """Queue an X report for printing; gives the job's id. Raises PermissionNeeded, ShiftNotOpen.

    On the paper of someone who may not see the expected cash, it and the drawer's movements are left out.
    """
    actor.require(Permission.REPORTS)
    with till.read() as transaction:
        shift = till.shift(transaction)
        if shift is None:
            rules.check_trading(None)
        assert shift is not None
    sees = actor.may(Permission.VIEW_EXPECTED_CASH)
    return print_jobs.queue_report(till.store, "x" if sees else "x_blind", language, shift.shift)


def _require_law(till: Till, shop: Shop, day: str) -> None:
    """Refuse a day on which a class that is taxed or free today is neither. Raises RuleMissing."""
    on_the_day = till.taxes(shop, day)
    for tax_class in till.taxes(shop, till.rules.issued).by_class:
        on_the_day.rates(tax_class)


def _compared(till: Till, transaction: Transaction, done: ShiftCounted) -> Counted:
    """A count beside what was expected in its own shift, which may be closed by now when the command comes again."""
    closed = closed_shifts.by_shift(transaction, done.shift)
    if closed is not None:
        return Counted(closed.expected, closed.counted, closed.over_short)
    shift = till.shift(transaction)
    assert shift is not None
    expected = stored.expected(transaction, shift)
    return Counted(expected, done.counted, rules.over_short(expected, done.counted))


def _check_owed(
    till: Till, transaction: Transaction, tips: tuple[tuple[str, Money], ...], currency: str
) -> None:
    """Refuse tips that are no amount, name nobody or somebody twice, or are more than is owed at this till."""
    if not tips:
        raise AmountMissing("tips")
    every = takings.tips(transaction, Days(till.store.node, _FIRST_DAY, _LAST_DAY), currency)
    owed = {one.technician: one.due for one in every}
    paid: set[str] = set()
    for who, tip in tips:
        check_amount("tips", tip, currency)
        if not tip:
            raise AmountMissing("tips")
        if who in paid:
            raise DuplicateId("tips", who)
        if staff_member(transaction, who) is None:
            raise UnknownStaff(who)
        most = max(owed.get(who, Money.zero(currency)), Money.zero(currency))
        if tip > most:
            raise AmountTooLarge("tips", tip.cents, most.cents)
        paid.add(who)


def _up_to_five(amount: Money) -> Money:
    return -round_cash(-amount, CashRounding.CUSTOMER_FAVOUR)


def _z(till: Till, transaction: Transaction, shift: Shift, print_language: str) -> ShiftClosed:
    node, epoch = till.store.node, till.store.epoch
    last = stored.last_closed(transaction, node, epoch)
    own = till.store.head.seq + 1
    covered: ZRange = rules.next_z_range(last.z_range if last else None, own)
    currency = shift.opening_float.currency
    expected = stored.expected(transaction, shift)
    difference = rules.over_short(expected, shift.counted)
    return ShiftClosed(
        shift=shift.shift,
        store=shift.store,
        z_number=numbers_used(transaction, node, "z") + 1,
        from_seq=covered.first,
        to_seq=covered.last,
        opened_at=shift.opened_at,
        closed_at=till.now(),
        opening_float=shift.opening_float,
        denominations=shift.denominations,
        expected=expected,
        counted=shift.counted,
        over_short=difference,
        figures=reports.z_figures(
            transaction,
            node=node,
            epoch=epoch,
            shift=shift.shift,
            from_seq=covered.first,
            to_seq=covered.last,
            currency=currency,
        ),
        card_batch=shift.card_batch,
        print_language=print_language,
        postings=postings.balanced(
            [
                Posting(ledger.DRAWER, difference),
                Posting(ledger.OVER_SHORT, -difference),
                Posting(ledger.DRAWER, -shift.counted),
                Posting(ledger.FLOAT, shift.opening_float),
                Posting(ledger.SAFE, shift.counted - shift.opening_float),
            ]
        ),
    )


def _checked(till: Till, transaction: Transaction, amount: Money, reason: str, act: str) -> Shift:
    if not reason.strip():
        raise ReasonMissing(act)
    check_text("reason", reason, MAX_REFERENCE)
    check_amount("amount", amount, till.shop(transaction).currency)
    if not amount:
        raise AmountMissing("amount")
    return till.trading_shift(transaction)


def _moved(account: str, into_drawer: Money) -> tuple[Posting, ...]:
    return postings.balanced([Posting(ledger.DRAWER, into_drawer), Posting(account, -into_drawer)])


def _pieces(denominations: tuple[Denomination, ...]) -> tuple[Denomination, ...]:
    return tuple(piece for piece in denominations if piece.count)
