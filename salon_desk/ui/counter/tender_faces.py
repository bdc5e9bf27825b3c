"""What the tender panel and the paid page show, as frozen values ready to read. No Qt.

No word is chosen here (`tender_words`, and each screen's view model).
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.ui.view_values import Chip


@dataclass(frozen=True, slots=True)
class TenderTile:
    """A way of paying that can be tapped. `enabled` False keeps it readable; `detail` then says why."""

    key: str
    title: str
    detail: str = ""
    chosen: bool = False
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One planned or taken tender. `taken` draws a tick; `remove` names the button that plans without it."""

    key: str
    title: str
    amount: str
    state: Chip
    detail: str = ""
    chosen: bool = False
    remove: str = ""
    taken: bool = False


@dataclass(frozen=True, slots=True)
class EntryField:
    """A number the pad can write into, as a button; its key is a `tender_plan.Field`."""

    key: str
    label: str
    text: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class PlanFace:
    """The right side of paying. `reference` is the label of a text field, `problem` what does not fit yet."""

    title: str
    state: Chip
    rows: tuple[PlanRow, ...] = ()
    fields: tuple[EntryField, ...] = ()
    quick: tuple[Chip, ...] = ()
    reference: str = ""
    reference_text: str = ""
    pad: bool = False
    problem: str = ""
    complete: str = ""
    can_complete: bool = False


@dataclass(frozen=True, slots=True)
class PaidFace:
    """What stands until the next ticket: the change due, what was taken, what became of the receipt; `remind` empty: no reminder to print."""

    label: str
    figure: str
    detail: str
    title: str
    rows: tuple[PlanRow, ...]
    receipt: str
    receipt_waits: bool
    reprint: str
    next: str
    remind: str = ""
    reminded: bool = False
