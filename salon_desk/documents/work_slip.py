"""The slip that goes with a guest to the chair: who, what, how it is liked, what it must not be; never a price.

One slip for each technician, with what is hers. The one rule to know: allergies stand on top of every slip, white on
black, in both languages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from salon_desk.documents.bilingual import Bilingual
from salon_desk.documents.layout import Align, Banner, CutRow, Document, Row, Rule, Space, TextRow, amount_row
from salon_desk.documents.receipt_parts import indented, person, typed
from salon_desk.domain.names import Names
from salon_desk.i18n import N_

KIND: Final = "work_slip"


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One service or product. `minutes` of 0: nobody said how long."""

    names: Names
    quantity: int
    requested: bool
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class SlipGuest:
    """Who comes, as far as the one at the chair must know. `name` empty: a walk-in."""

    name: Names
    allergies: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slip:
    """What is for one technician; `technician` without a name: nobody has it yet."""

    technician: Names
    lines: tuple[SlipLine, ...]


@dataclass(frozen=True, slots=True)
class SlipHead:
    """What all slips of a ticket say: the ticket's number, and since when it is open as the shop's clocks say."""

    number: int
    opened: str


def work_slips(
    head: SlipHead, guest: SlipGuest, slips: Sequence[Slip], say: Bilingual, *, copy: bool = False
) -> Document:
    """The slips of one ticket, cut from each other; pure."""
    rows: list[Row] = []
    for slip in slips:
        if rows:
            rows.append(CutRow())
        rows += _slip(head, guest, slip, say, copy=copy)
    return Document(KIND, say.language, tuple(rows))


def _slip(head: SlipHead, guest: SlipGuest, slip: Slip, say: Bilingual, *, copy: bool) -> list[Row]:
    rows: list[Row] = [Banner(say.label(N_("COPY")))] if copy else []
    rows += [
        TextRow(say.label(N_("Work slip")), bold=True, align=Align.CENTRE),
        amount_row(say.first.text("Ticket {number}", number=head.number), head.opened),
        TextRow(_guest(guest, say), bold=True, size=2),
        *person(N_("Technician"), slip.technician, say),
    ]
    if guest.allergies:
        label = say.label(N_("Allergy"))
        rows.append(Banner(f"{label}: {', '.join(typed(one) for one in guest.allergies)}"))
    rows.append(Rule())
    for line in slip.lines:
        rows += _line(line, say)
    if guest.notes:
        rows += [Rule(), *(TextRow(typed(note)) for note in guest.notes)]
    return rows


def _guest(guest: SlipGuest, say: Bilingual) -> str:
    return typed(say.name(guest.name)) or say.label(N_("Walk-in"))


def _line(line: SlipLine, say: Bilingual) -> list[Row]:
    first, *second = [typed(name) for name in say.names(line.names)]
    counted = f"{first} ×{line.quantity}" if line.quantity != 1 else first
    rows: list[Row] = [TextRow(counted, bold=True, size=2), *(indented(name) for name in second)]
    if line.requested:
        rows.append(indented(say.label(N_("Requested"))))
    if line.minutes:
        rows.append(indented(say.first.text("{n} min", n=line.minutes * line.quantity)))
    return [*rows, Space()]
