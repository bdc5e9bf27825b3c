"""The work slip of a ticket: queued at checkout, written when it is printed, one slip for each technician.

What it says is in `documents/work_slip.py`. The one rule: a print job names the ticket alone, so that no row of the queue
keeps what a guest is allergic to.
"""

from __future__ import annotations

from typing import Final
from zoneinfo import ZoneInfo

from salon_desk.documents import work_slip
from salon_desk.documents.bilingual import Bilingual
from salon_desk.documents.layout import Document
from salon_desk.documents.work_slip import Slip, SlipGuest, SlipHead, SlipLine
from salon_desk.domain.access import Permission
from salon_desk.domain.clock import parse_instant
from salon_desk.domain.member import Member
from salon_desk.domain.names import Names
from salon_desk.domain.ticket import Ticket, TicketLine
from salon_desk.services.errors import UnknownTicket
from salon_desk.services.till import Actor, Till
from salon_desk.storage import print_jobs
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import members, staff, tickets
from salon_desk.storage.queries.merges import canonical

PRINTED: Final = work_slip.KIND
_NOBODY: Final = Names("")


def print_slips(till: Till, actor: Actor, ticket: str, language: str) -> str:
    """Queue the slips of a ticket; gives the job's id. Database worker. Raises UnknownTicket, PermissionNeeded."""
    actor.require(Permission.SELL)
    with till.read() as transaction:
        _found(transaction, ticket)
    return print_jobs.queue_report(till.store, PRINTED, language, ticket)


def printed(
    till: Till, transaction: Transaction, ticket: str, say: Bilingual, *, copy: bool = False
) -> Document:
    """What queued slips say as they are printed. Raises UnknownTicket."""
    told = _found(transaction, ticket)
    shop = till.shop(transaction)
    opened = parse_instant(told.opened_at).astimezone(ZoneInfo(shop.time_zone))
    head = SlipHead(told.number, say.first.time(opened))
    return work_slip.work_slips(head, _guest(transaction, told), _slips(transaction, told), say, copy=copy)


def _found(transaction: Transaction, ticket: str) -> Ticket:
    """A ticket with something on it."""
    stored = tickets.ticket(transaction, ticket)
    if stored is None or stored.ticket is None or not stored.ticket.lines:
        raise UnknownTicket(ticket)
    return stored.ticket


def _guest(transaction: Transaction, ticket: Ticket) -> SlipGuest:
    member = members.member(transaction, canonical(transaction, ticket.member)) if ticket.member else None
    if member is None:
        return SlipGuest(_NOBODY)
    name = Names(member.latin_name or member.name, member.name or member.latin_name)
    return SlipGuest(name, member.allergies, _notes(member))


def _notes(member: Member) -> tuple[str, ...]:
    said = (member.note, member.preferences, member.colours, member.pressure)
    return tuple(one for one in said if one)


def _slips(transaction: Transaction, ticket: Ticket) -> list[Slip]:
    """By technician in the order of the lines; what nobody has yet stands on a slip of its own."""
    by_technician: dict[str, list[TicketLine]] = {}
    for line in ticket.lines:
        by_technician.setdefault(line.technician or "", []).append(line)
    return [
        Slip(_person(transaction, who), tuple(_line(line) for line in lines))
        for who, lines in by_technician.items()
    ]


def _line(line: TicketLine) -> SlipLine:
    return SlipLine(line.names, line.quantity, line.requested, line.minutes)


def _person(transaction: Transaction, staff_id: str) -> Names:
    found = staff.staff_member(transaction, staff_id) if staff_id else None
    return Names(found.called("en"), found.called("zh_CN")) if found else _NOBODY
