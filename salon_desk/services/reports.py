"""Reports as frozen values, each read in the caller's one snapshot: X, Z, business days, what is owed.

Sums are in `storage/queries`, words in `documents`, files in `report_files.py`. The one rule: a Z shows the figures
that were frozen in its operation; only the tables beside them are read from the same numbers again.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import msgspec

from salon_desk.documents.day_report import ClosedShift, DayReport
from salon_desk.documents.figures import Breakdown
from salon_desk.documents.liability_report import LiabilityReport, OwedAccount
from salon_desk.documents.shift_report import ShiftReport
from salon_desk.domain import ledger as accounts
from salon_desk.domain.clock import instant_text, parse_instant
from salon_desk.domain.errors import ShiftNotOpen
from salon_desk.domain.gift import CardKind
from salon_desk.domain.money import Money, total
from salon_desk.domain.names import Names
from salon_desk.domain.shift import ShiftState
from salon_desk.domain.tender import TenderKind
from salon_desk.operations.hybrid_clock import COUNTER_BITS
from salon_desk.operations.shift import ShiftClosed
from salon_desk.services.errors import ShopMissing
from salon_desk.services.report_errors import BadDay, DaysReversed, ReportMissing
from salon_desk.services.till import business_day_at
from salon_desk.storage import heads
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import operation_of
from salon_desk.storage.queries import (
    closed_shifts,
    covers,
    ledger,
    liability,
    reports,
    shifts,
    staff,
    store_day,
)
from salon_desk.storage.queries.breakdowns import breakdown
from salon_desk.storage.queries.report_scope import ShiftNumbers, StoreDays
from salon_desk.storage.queries.shop import Shop, shop
from salon_desk.storage.queries.stores import StorePlace, place_of, store_of_till


def x_report(transaction: Transaction, *, show_expected: bool = True) -> ShiftReport:
    """The open shift as it stands, over this till's numbers since the last Z.

    `show_expected` False leaves out what should lie in the drawer and its movements, for those who may not see them;
    sales and tenders still let it be reckoned, so who is to count truly blind gets no X. Raises ShiftNotOpen,
    ShopMissing.
    """
    place, epoch = _place(transaction)
    current = shifts.current_shift(transaction, place.till)
    if current is None:
        raise ShiftNotOpen
    last = shifts.last_closed(transaction, place.till, epoch)
    first = last.z_range.last + 1 if last and last.z_range else 1
    head = transaction.one(heads.OWN_HEAD, node=place.till, epoch=epoch)
    numbers = ShiftNumbers(current.shift, place.till, epoch, first, head.seq if head else 0)
    currency = current.opening_float.currency
    sides = breakdown(transaction, numbers, currency=currency, time_zone=place.time_zone)
    return ShiftReport(
        shop=place.names,
        till=place.till_name,
        time_zone=place.time_zone,
        shift=current.shift,
        business_day=current.business_day,
        z_number=0,
        from_seq=numbers.first,
        to_seq=numbers.last,
        opened_at=current.opened_at,
        opened_by=_person(transaction, current.opened_by),
        closed_at="",
        closed_by=Names(""),
        as_of=known_until(transaction),
        figures=reports.z_figures(
            transaction,
            node=numbers.node,
            epoch=numbers.epoch,
            shift=numbers.shift,
            from_seq=numbers.first,
            to_seq=numbers.last,
            currency=currency,
        ),
        breakdown=sides if show_expected else msgspec.structs.replace(sides, cash=()),
        opening_float=current.opening_float,
        expected=shifts.expected(transaction, current) if show_expected else None,
        counted=current.counted if current.state is ShiftState.COUNTED and show_expected else None,
        over_short=None,
        denominations=(),
        card_expected=_by_card(sides, currency),
        card_batch=current.card_batch,
    )


def z_report(transaction: Transaction, *, z_number: int | None = None, business_day: str = "") -> ShiftReport:
    """This till's Z by its number, or the last one of a business day (ISO date), or the newest. Raises ReportMissing."""
    own = _own_node(transaction)
    if z_number is not None:
        found, missing = (
            closed_shifts.by_number(transaction, own, z_number),
            ReportMissing("z", str(z_number)),
        )
    elif business_day:
        of_day = closed_shifts.of_days(transaction, own, business_day, business_day)
        found, missing = next(reversed(of_day), None), ReportMissing("z_day", business_day)
    else:
        found, missing = closed_shifts.latest(transaction, own), ReportMissing("z", "")
    if found is None:
        raise missing
    return _z(transaction, found)


def x_or_z_report(transaction: Transaction, shift: str, *, show_expected: bool = True) -> ShiftReport:
    """The X of this shift, or its Z when it was closed meanwhile. Raises ShiftNotOpen for an unknown shift."""
    closed = closed_shifts.by_shift(transaction, shift)
    return _z(transaction, closed) if closed else x_report(transaction, show_expected=show_expected)


def z_report_of(transaction: Transaction, op_id: str) -> ShiftReport:
    """The Z that this operation froze. Raises ReportMissing."""
    found = closed_shifts.by_operation(transaction, op_id)
    if found is None:
        raise ReportMissing("z", op_id)
    return _z(transaction, found)


def daily_report(
    transaction: Transaction, day: str = "", last_day: str = "", *, store: str = ""
) -> DayReport:
    """A store's business day (or the days from `day` to `last_day`), by default the newest of this till's own store.

    All its tills together, as far as this node has heard of them; all zero without trade. Raises BadDay, DaysReversed,
    ShopMissing.
    """
    place, first, last = days_asked(transaction, day, last_day, store=store)
    days = StoreDays(place.store, first, last)
    return DayReport(
        shop=place.names,
        time_zone=place.time_zone,
        first_day=first,
        last_day=last,
        as_of=known_until(transaction),
        figures=reports.day_figures(transaction, days, currency=place.currency),
        breakdown=breakdown(transaction, days, currency=place.currency, time_zone=place.time_zone),
        shifts=tuple(
            ClosedShift(
                till=till,
                z_number=one.z_number,
                expected=one.expected,
                counted=one.counted,
                over_short=one.over_short,
            )
            for till, one in closed_shifts.of_store(transaction, place.store, first, last)
        ),
        tills=store_day.tills_of_day(
            transaction, store=place.store, first=first, last=last, currency=place.currency
        ),
        late=store_day.late(transaction, store=place.store, first=first, last=last),
    )


def liability_report(transaction: Transaction) -> LiabilityReport:
    """What is owed now: cards by their purses and by the ledger, the rest by the ledger. Raises ShopMissing."""
    place, _epoch = _place(transaction)
    owed = liability.card_liability(transaction, place.currency)
    counts = liability.card_counts(transaction, place.currency)
    besides = liability.other_liability(transaction, place.currency)
    by_ledger = ledger.owed(transaction, place.currency)
    points, coupons = liability.loyalty(transaction, _day_of(transaction, place))
    zero = Money.zero(place.currency)
    return LiabilityReport(
        shop=place.names,
        time_zone=place.time_zone,
        as_of=known_until(transaction),
        cards=counts.issued,
        cards_with_value=counts.with_value,
        frozen_cards=counts.frozen,
        paid=owed.paid,
        bonus=owed.bonus,
        held=owed.held,
        twice=Money(covers.doubled_in(transaction, place.currency), place.currency),
        gifts_twice=Money(covers.doubled_in(transaction, place.currency, CardKind.GIFT), place.currency),
        ledger_paid=by_ledger.pop(accounts.STORED_VALUE_PAID, zero),
        ledger_bonus=by_ledger.pop(accounts.STORED_VALUE_BONUS, zero),
        gifts=besides.gifts,
        gift_cards_with_value=besides.gift_cards,
        series=besides.series,
        visits=besides.visits,
        ledger_gifts=by_ledger.pop(accounts.GIFT_CARDS, zero),
        ledger_series=by_ledger.pop(accounts.SERIES, zero),
        points=points,
        coupons=coupons,
        others=tuple(OwedAccount(account=name, amount=amount) for name, amount in by_ledger.items()),
    )


def days_asked(
    transaction: Transaction, day: str, last_day: str, *, store: str
) -> tuple[StorePlace, str, str]:
    """The store and the business days that a report is asked for. Raises BadDay, DaysReversed, ShopMissing."""
    place = place_of_report(transaction, store)
    newest = (
        closed_shifts.last_day_of_store(transaction, place.store)
        or parse_instant(known_until(transaction)).date().isoformat()
    )
    first = checked_day(day) if day else newest
    last = checked_day(last_day) if last_day else first
    if last < first:
        raise DaysReversed(first, last)
    return place, first, last


def checked_day(typed: str) -> str:
    """A typed day as an ISO date. Raises BadDay."""
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError:
        raise BadDay(typed) from None


def _z(transaction: Transaction, found: closed_shifts.ClosedShift) -> ShiftReport:
    entry = operation_of(transaction, found.close_op)
    if entry is None or not isinstance(entry[1], ShiftClosed):
        raise ReportMissing("z", str(found.z_number))
    header, closed = entry[0], entry[1]
    place = shop(transaction, found.node, found.business_day)
    if place is None:
        raise ShopMissing(found.node)
    numbers = ShiftNumbers(found.shift, found.node, header.epoch, closed.from_seq, closed.to_seq)
    currency = closed.opening_float.currency
    sides = breakdown(transaction, numbers, currency=currency, time_zone=place.time_zone)
    return ShiftReport(
        shop=place.names,
        till=place.till_name,
        time_zone=place.time_zone,
        shift=found.shift,
        business_day=found.business_day,
        z_number=closed.z_number,
        from_seq=closed.from_seq,
        to_seq=closed.to_seq,
        opened_at=closed.opened_at,
        opened_by=_person(transaction, found.opened_by),
        closed_at=closed.closed_at,
        closed_by=_person(transaction, found.closed_by),
        as_of=closed.closed_at,
        figures=closed.figures,
        breakdown=sides,
        opening_float=closed.opening_float,
        expected=closed.expected,
        counted=closed.counted,
        over_short=closed.over_short,
        denominations=closed.denominations,
        card_expected=_by_card(sides, currency),
        card_batch=closed.card_batch,
    )


def _own_node(transaction: Transaction) -> str:
    own = transaction.one(heads.IDENTITY)
    return str(own.node) if own else ""


def place_of_report(transaction: Transaction, store: str) -> StorePlace:
    """The store that was asked for, else the one that this till stands in. Raises ShopMissing."""
    own = store_of_till(transaction, _own_node(transaction))
    found = place_of(transaction, store or own)
    if found is None:
        raise ShopMissing(store or _own_node(transaction))
    return found


def _day_of(transaction: Transaction, place: Shop) -> str:
    """The business day, here, of what a report knows."""
    return business_day_at(parse_instant(known_until(transaction)), place.time_zone, place.day_cut_off)


def _place(transaction: Transaction) -> tuple[Shop, str]:
    """This node's shop and epoch. Raises ShopMissing."""
    own = transaction.one(heads.IDENTITY)
    node = own.node if own else ""
    found = shop(transaction, node)
    if found is None:
        raise ShopMissing(node)
    return found, own.epoch if own else ""


def _person(transaction: Transaction, staff_id: str) -> Names:
    found = staff.staff_member(transaction, staff_id) if staff_id else None
    return Names(found.called("en"), found.called("zh_CN")) if found else Names("")


def _by_card(sides: Breakdown, currency: str) -> Money:
    return total((one.amount for one in sides.tenders if one.kind is TenderKind.EXTERNAL_CARD), currency)


def known_until(transaction: Transaction) -> str:
    """The instant of the newest operation: what a report knows."""
    reading = transaction.value(heads.HIGHEST_AT)
    return instant_text(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=reading >> COUNTER_BITS))
