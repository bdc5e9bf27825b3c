"""Visits of a series at checkout: which line a series pays, what it takes from the purses, how it comes back.

The line keeps its list price, for tips; a discount brings it down to what was paid for the visit, and a tender of that amount pays it,
so that what was owed becomes revenue. The one rule: a visit is used where it lies, and given back once, whole, by a right of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from msgspec import structs

from salon_desk.domain.access import Permission
from salon_desk.domain.claim import visit_right
from salon_desk.domain.pricing import PricedTicket
from salon_desk.domain.refund import RefundedLine
from salon_desk.domain.series import SeriesPart, TaxPoint, Unit, VisitUse, taken, visit_of, worth
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.domain.ticket import Ticket, TicketLine, use_visit
from salon_desk.operations.card import ValueHeld
from salon_desk.operations.operation import Cause, Operation, PurseChange
from salon_desk.operations.payment import TenderPart
from salon_desk.operations.sale import SaleCompleted, SoldLine
from salon_desk.services import series, tickets
from salon_desk.services.errors import RightElsewhere
from salon_desk.services.series import SeriesView
from salon_desk.services.series_errors import (
    SeriesIsFrozen,
    SeriesOfAnother,
    VisitDoesNotFit,
    VisitsMissing,
)
from salon_desk.services.tickets import TicketView
from salon_desk.services.till import Actor, Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import cards, catalogue, moves
from salon_desk.storage.queries import series as stored
from salon_desk.storage.queries.series import Series
from salon_desk.wire.messages import Part


@dataclass(frozen=True, slots=True)
class Fitting:
    """A series that may pay a line: `part` of it, `needed` units, of which so many lie here."""

    view: SeriesView
    part: str
    needed: int
    here: int
    left: int


def fitting(till: Till, ticket_id: str, line: str) -> tuple[Fitting, ...]:
    """The series of the ticket's guest that are for this line's service. Database worker, reads only. Raises UnknownTicket, ..."""
    with till.read() as transaction:
        ticket = tickets.unpaid(transaction, ticket_id)
        wanted = ticket.line(line)
        found = stored.of_member(transaction, ticket.member) if ticket.member else []
        fits = [_fit(till, transaction, one, ticket, wanted) for one in found if not one.frozen]
        return tuple(one for one in fits if one is not None and one.left)


def cover(
    till: Till, command_id: str, actor: Actor, ticket_id: str, *, line: str, series_id: str
) -> TicketView:
    """Let a series pay a line. Nothing is taken before the ticket is paid.

    Raises UnknownSeries, SeriesIsFrozen, SeriesOfAnother, VisitDoesNotFit, VisitsMissing, LineMissing, TicketNotOpen.
    """

    def change(transaction: Transaction, ticket: Ticket) -> Ticket:
        found = series.known(transaction, series_id)
        _check(transaction, found, ticket.member)
        wanted = ticket.line(line)
        fit = _fit(till, transaction, found, ticket, wanted)
        if fit is None:
            raise VisitDoesNotFit(wanted.item_id)
        free = _free(fit.view.lying.here, ticket, but=line)
        units = taken(free, fit.part, fit.needed)
        if sum(units.values()) < fit.needed:
            raise VisitsMissing(fit.needed, sum(units.values()), fit.left - fit.here)
        use = VisitUse(
            series=series_id,
            part=fit.part,
            units=tuple(units.items()),
            worth=worth(units, ticket.currency),
            taxed=found.tax_point is TaxPoint.SALE,
            names=found.names,
        )
        return use_visit(ticket, line, use)

    return tickets.change(till, command_id, actor, ticket_id, change)


def uncover(till: Till, command_id: str, actor: Actor, ticket_id: str, *, line: str) -> TicketView:
    """Let a line be paid otherwise."""
    return tickets.change(
        till, command_id, actor, ticket_id, lambda _t, ticket: use_visit(ticket, line, None)
    )


def wanted(fit: Fitting) -> tuple[Part, ...]:
    """What to ask for so that a line can be paid here: of the units that lie elsewhere, those that would be used first."""
    lying = fit.view.lying
    missing = fit.needed - fit.here
    away = {asset: units - lying.here.get(asset, 0) for asset, units in lying.everywhere.items()}
    return tuple(Part(asset, units) for asset, units in taken(away, fit.part, max(missing, 0)).items())


def tenders(priced: PricedTicket) -> tuple[PlannedTender, ...]:
    """The tenders by which series pay their lines; a visit that was given for nothing pays nothing."""
    return tuple(
        PlannedTender(TenderKind.SERIES, one.net, card_id=one.line.visit.series, line=one.line.line_id)
        for one in priced.lines
        if one.line.visit is not None and one.net
    )


def released(parts: Sequence[TenderPart], ticket: Ticket) -> tuple[TenderPart, ...]:
    """The tenders with what the visits behind them were sold for."""
    sold_for = {line.line_id: line.visit.worth for line in ticket.lines if line.visit is not None}
    return tuple(
        structs.replace(one, from_paid=sold_for[one.line], from_bonus=one.amount * 0)
        if one.kind is TenderKind.SERIES
        else one
        for one in parts
    )


def spent(till: Till, transaction: Transaction, ticket: Ticket) -> tuple[PurseChange, ...]:
    """What a ticket that is paid takes of series, with the right to give each visit back.

    Raises UnknownSeries, SeriesIsFrozen, SeriesOfAnother, VisitsMissing: the visits may be gone since the line was covered.
    """
    changes: list[PurseChange] = []
    for line in ticket.lines:
        if line.visit is None:
            continue
        _check(transaction, series.known(transaction, line.visit.series), ticket.member)
        changes += [PurseChange(asset, -units, Cause.REDEEM) for asset, units in line.visit.units]
        changes.append(PurseChange(visit_right(ticket.ticket_id, line.line_id), 1, Cause.ISSUE))
    if changes:
        _require_here(till, transaction, _needed(ticket), _held(transaction, ticket.ticket_id))
    return tuple(changes)


def hold(till: Till, command_id: str, actor: Actor, ticket_id: str) -> None:
    """Set the visits of an open ticket aside while the card machine charges the rest, so that nobody else gets them.

    `cards.release` frees them with everything else that is held for the ticket. Raises VisitsMissing, UnknownTicket, TicketPaid.
    """
    actor.require(Permission.SELL)

    def decide(transaction: Transaction) -> list[Operation]:
        ticket = tickets.unpaid(transaction, ticket_id)
        held = _held(transaction, ticket_id)
        wanted = {asset: units - held.get(asset, 0) for asset, units in _needed(ticket).items()}
        _require_here(till, transaction, wanted, {})
        return [
            ValueHeld(hold=till.new_id(), asset=asset, units=units, ticket=ticket_id)
            for asset, units in wanted.items()
            if units > 0
        ]

    till.record(command_id, actor, decide)


def missing_rights(
    till: Till, transaction: Transaction, sale: SaleCompleted, lines: Iterable[RefundedLine]
) -> tuple[Part, ...]:
    """The rights to give visits back that are missing here and known to lie elsewhere."""
    found = []
    for line in _visited(sale, lines):
        right = visit_right(sale.ticket, line.line)
        here = cards.units_here(transaction, right, till.store.node, till.store.epoch)
        if not here and moves.everywhere(transaction, right) > 0:
            found.append(Part(right, 1))
    return tuple(found)


def put_back(
    till: Till, transaction: Transaction, sale: SaleCompleted, lines: Iterable[RefundedLine]
) -> tuple[PurseChange, ...]:
    """The visits of lines that are given back, by their rights. Raises RightElsewhere."""
    changes = []
    for line in _visited(sale, lines):
        right = visit_right(sale.ticket, line.line)
        if not cards.units_here(transaction, right, till.store.node, till.store.epoch):
            raise RightElsewhere(sale.receipt)
        assert line.visit is not None
        changes.append(PurseChange(right, -1, Cause.REDEEM))
        changes += [PurseChange(asset, units, Cause.UNDO) for asset, units in line.visit.units]
    return tuple(changes)


def _needed(ticket: Ticket) -> dict[str, int]:
    """By asset, the units that the lines of a ticket count on."""
    needed: dict[str, int] = {}
    for line in ticket.lines:
        for asset, units in line.visit.units if line.visit is not None else ():
            needed[asset] = needed.get(asset, 0) + units
    return needed


def _held(transaction: Transaction, ticket: str) -> dict[str, int]:
    """By asset, the units that are held for a ticket."""
    held: dict[str, int] = {}
    for one in cards.holds_of(transaction, ticket):
        held[one.asset] = held.get(one.asset, 0) + one.units
    return held


def _require_here(
    till: Till, transaction: Transaction, needed: Mapping[str, int], held: Mapping[str, int]
) -> None:
    """Raise VisitsMissing unless all that is needed lies here, free or held for this very ticket."""
    for asset, units in needed.items():
        free = cards.units_here(transaction, asset, till.store.node, till.store.epoch)
        here = free + held.get(asset, 0)
        if here < units:
            raise VisitsMissing(units, here, max(moves.everywhere(transaction, asset) - here, 0))


def _visited(sale: SaleCompleted, lines: Iterable[RefundedLine]) -> list[SoldLine]:
    back = {line.line_id for line in lines}
    return [line for line in sale.lines if line.line in back and line.visit is not None]


def _check(transaction: Transaction, found: Series, member: str | None) -> None:
    if found.frozen:
        raise SeriesIsFrozen(found.frozen_reason)
    if not member or not stored.may_use(transaction, found, member):
        raise SeriesOfAnother(found.series)


def _fit(
    till: Till, transaction: Transaction, found: Series, ticket: Ticket, line: TicketLine
) -> Fitting | None:
    item = catalogue.item(transaction, line.item_id, till.business_day(transaction))
    category = item.category if item is not None else ""
    parts = [one for one in found.parts if one.fits(line.item_id, category)]
    if not parts or found.price.currency != ticket.currency:
        return None
    view = series.viewed(till, transaction, found)
    fits = [_by_part(view, one, ticket, line) for one in parts]
    enough = [one for one in fits if one.here >= one.needed] or [
        one for one in fits if one.left >= one.needed
    ]
    return (enough or fits)[0]


def _by_part(view: SeriesView, part: SeriesPart, ticket: Ticket, line: TicketLine) -> Fitting:
    needed = line.quantity if part.unit is Unit.VISIT else max(line.minutes, 1) * line.quantity
    free = _free(view.lying.here, ticket, but=line.line_id)
    here = _of_part(free, part.part)
    planned = _of_part(view.lying.here, part.part) - here
    return Fitting(view, part.part, needed, here, _of_part(view.lying.everywhere, part.part) - planned)


def _free(here: Mapping[str, int], ticket: Ticket, *, but: str) -> dict[str, int]:
    """What lies here and no other line of the ticket counts on."""
    free = dict(here)
    for line in ticket.lines:
        if line.visit is not None and line.line_id != but:
            for asset, units in line.visit.units:
                free[asset] = free.get(asset, 0) - units
    return free


def _of_part(units: Mapping[str, int], part: str) -> int:
    found = ((visit_of(asset), number) for asset, number in units.items())
    return sum(number for visit, number in found if visit is not None and visit.part == part)
