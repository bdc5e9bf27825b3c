"""What a cashier of the faulty chain does: the product's own services where they move value, a plain sale around them.

Purses are decided by `services.payment`, top-ups, voids and refunds are the services' own; left out are tickets, prices and taxes.
Each function is one command and gives the ids of what it recorded.
"""

from __future__ import annotations

from collections.abc import Sequence

from salon_desk.domain import ledger
from salon_desk.domain.access import Role
from salon_desk.domain.card import card_assets, spend
from salon_desk.domain.catalog import ItemKind
from salon_desk.domain.claim import refund_right
from salon_desk.domain.errors import InsufficientValue
from salon_desk.domain.ledger import Posting
from salon_desk.domain.names import Names
from salon_desk.domain.refund import RefundAsk
from salon_desk.domain.tender import CashRounding, PlannedTender, TenderKind, settle
from salon_desk.operations.booking import BookingCancelled, BookingMade
from salon_desk.operations.card import HoldReleased, ValueHeld
from salon_desk.operations.description import MemberDescribed
from salon_desk.operations.operation import Cause, Operation, PurseChange
from salon_desk.operations.overdraft import OverdraftGiven
from salon_desk.operations.payment import Funding
from salon_desk.operations.sale import SaleCompleted, SoldLine
from salon_desk.services import cards as card_service
from salon_desk.services import carry_over, overdraft, payment, postings, refunds, shifts, voids
from salon_desk.services.checkout import next_receipt
from salon_desk.services.describe import described
from salon_desk.services.payment import TopUpAsk
from salon_desk.services.till import Actor, Till
from salon_desk.simulation.counter import CURRENCY, member_of, usd
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import Recorded
from salon_desk.storage.queries import cards

BOSS = Actor("boss", Role.OWNER)
LINE = "1"


def open_shift(till: Till, command: str) -> list[str]:
    """The drawer's shift, which stays open."""
    shifts.open_shift(till, command, BOSS, denominations=())
    return []


def close_shift(till: Till, command: str) -> None:
    """The drawer is counted, and the shift closed."""
    shifts.count(till, command, BOSS, denominations=())
    shifts.close(till, f"{command}/z", BOSS)


def top_up(till: Till, command: str, card: str, cents: int) -> list[str]:
    """Value is bought with cash."""
    ask, cash = TopUpAsk(card, pay=usd(cents)), (PlannedTender(TenderKind.CASH, None),)
    return [card_service.top_up(till, command, BOSS, ask, tenders=cash).op_id]


def carried(card: str, paid: int, bonus: int) -> Operation:
    """Value of before this journal, with bonus."""
    return carry_over.carried_over(Funding(card=card, paid=usd(paid), bonus=usd(bonus)), reason="before")


def void(till: Till, command: str, sale: str) -> list[str]:
    """A sale or top-up of this shift is undone."""
    return [voids.void(till, command, BOSS, sale, reason="mistake").op_id]


def refund(till: Till, command: str, sale: str) -> list[str]:
    """A sale's line is given back."""
    return [refunds.refund(till, command, BOSS, sale, asked=(RefundAsk(LINE),), reason="unhappy").op_id]


def note(till: Till, command: str, card: str, text: str) -> list[str]:
    """A member's note is changed."""
    thing = (MemberDescribed, member_of(card), {"note": text})
    return _ids(till.record(command, BOSS, lambda transaction: described(transaction, *thing)))


def book(till: Till, command: str, card: str, *, store: str, starts_at: str) -> list[str]:
    """A member is expected at a store; the booking is named like the command."""
    made = BookingMade(booking=command, member=member_of(card), store=store, starts_at=starts_at)
    return _ids(till.record(command, BOSS, lambda _transaction: made))


def call_off(till: Till, command: str, card: str, booking: str) -> list[str]:
    """And is not."""
    made = BookingCancelled(booking=booking, member=member_of(card))
    return _ids(till.record(command, BOSS, lambda _transaction: made))


def hold(till: Till, command: str, card: str, *, cents: int, ticket: str) -> list[str]:
    """Value is set aside for a payment in progress, bonus first."""

    def decide(transaction: Transaction) -> list[Operation]:
        known = payment.open_card(transaction, card, CURRENCY)
        here, names = _here(till, transaction, card), card_assets(card, CURRENCY)
        value = cards.value(transaction, known, till.store.node, till.store.epoch)
        if cents > here:
            raise InsufficientValue(names.paid, cents, here)
        parts = spend(usd(cents), bonus=value.bonus, paid=value.paid)
        wanted = ((names.bonus, parts.bonus.cents), (names.paid, parts.paid.cents))
        return [
            ValueHeld(hold=till.new_id(), asset=asset, units=units, ticket=ticket)
            for asset, units in wanted
            if units
        ]

    return _ids(till.record(command, BOSS, decide))


def release(till: Till, command: str, ticket: str) -> list[str]:
    """The payment did not happen."""

    def decide(transaction: Transaction) -> list[Operation]:
        return [HoldReleased(hold=one.hold) for one in cards.holds_of(transaction, ticket)]

    return _ids(till.record(command, BOSS, decide))


def pay(
    till: Till, command: str, card: str, *, cents: int, overdraft_cents: int = 0, ticket: str = ""
) -> list[str]:
    """A ticket is paid with as much of the card as lies here, then with overdraft, the rest in cash; what is held is posted."""

    def decide(transaction: Transaction) -> Sequence[Operation]:
        known = payment.open_card(transaction, card, CURRENCY)
        held = sum(one.units for one in cards.holds_of(transaction, ticket)) if ticket else 0
        own = min(_here(till, transaction, card) + held, cents)
        most, missing = usd(overdraft_cents), usd(cents - own)
        more = (
            overdraft.may_give(till, transaction, known, missing, most=most) if most and missing else usd(0)
        )
        shop = till.shop(transaction)
        given = overdraft.given(known, shop.store, more) if more else None
        from_card = own + more.cents
        sold = _sale(till, transaction, card, cents, from_card=from_card, given=given, ticket=ticket)
        return [given, sold] if given else [sold]

    return _ids(till.record(command, BOSS, decide))


def with_units(till: Till, command: str, card: str, change: PurseChange) -> list[str]:
    """A ticket in cash that issues or takes units of another asset: visits, points, a coupon."""

    def decide(transaction: Transaction) -> Operation:
        here = cards.units_here(transaction, change.asset, till.store.node, till.store.epoch)
        if here + change.units < 0:
            raise InsufficientValue(change.asset, -change.units, here)
        return _sale(till, transaction, card, 1_000, more=(change,))

    return _ids(till.record(command, BOSS, decide))


def issuing(asset: str, units: int) -> PurseChange:
    """Units are sold or earned."""
    return PurseChange(asset, units, Cause.ISSUE)


def redeeming(asset: str, units: int) -> PurseChange:
    """Units are taken."""
    return PurseChange(asset, -units, Cause.REDEEM)


def _here(till: Till, transaction: Transaction, card: str) -> int:
    names = card_assets(card, CURRENCY)
    return sum(
        cards.units_here(transaction, asset, till.store.node, till.store.epoch)
        for asset in (names.bonus, names.paid)
    )


def _sale(
    till: Till,
    transaction: Transaction,
    card: str,
    cents: int,
    *,
    from_card: int = 0,
    given: OverdraftGiven | None = None,
    ticket: str = "",
    more: tuple[PurseChange, ...] = (),
) -> SaleCompleted:
    total, name = usd(cents), ticket or till.new_id()
    planned = [PlannedTender(TenderKind.CASH, None)] if from_card < cents else []
    if from_card:
        planned.insert(0, PlannedTender(TenderKind.STORED_VALUE, usd(from_card), card_id=card))
    settled = settle(total, planned, CashRounding.EXACT)
    before = given.purse_changes if given else ()
    paid = payment.pay(till, transaction, settled.tenders, ticket=ticket, before=before)
    shop, shift = till.shop(transaction), till.trading_shift(transaction)
    line = _line(cents)
    right = PurseChange(refund_right(name, LINE), cents, Cause.ISSUE)
    booked = [*postings.of_tenders(paid.tenders), Posting(ledger.INCOME_SERVICES, -total)]
    return SaleCompleted(
        ticket=name,
        receipt=next_receipt(till, transaction, shop),
        store=shop.store,
        shift=shift.shift,
        sold_at=till.now(),
        member=member_of(card),
        lines=(line,),
        taxes=(),
        tenders=paid.tenders,
        tips=(),
        fundings=(),
        subtotal=total,
        discount=usd(0),
        tax=usd(0),
        total=total,
        rounding=settled.rounding,
        rule_pack=till.rules.version,
        purse_changes=(*paid.purse_changes, right, *more),
        postings=postings.balanced(booked),
    )


def _line(cents: int) -> SoldLine:
    amount = usd(cents)
    return SoldLine(
        line=LINE,
        item="cut",
        item_kind=ItemKind.SERVICE,
        names=Names("Cut"),
        quantity=1,
        unit_price=amount,
        list_total=amount,
        net=amount,
        tax_class="",
    )


def _ids(recorded: Recorded) -> list[str]:
    return [one.header.op_id for one in recorded.envelopes]
