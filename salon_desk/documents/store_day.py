"""The part of a day report that is about the store's tills: which are closed, open or missing, and what came late.

Filled by `services/reports.py` from `storage/queries/store_day.py`. A Z stays as it was frozen, whatever comes late.
"""

from __future__ import annotations

from enum import StrEnum
from typing import assert_never

from msgspec import Struct

from salon_desk.documents.report_sheet import Line, Section
from salon_desk.domain.money import Money
from salon_desk.i18n import Catalogue


class TillState(StrEnum):
    """How a till's day stands here. MISSING: nothing of the day, and nothing later either: it has not been heard."""

    CLOSED = "closed"
    OPEN = "open"
    QUIET = "quiet"
    MISSING = "missing"


class TillDay(Struct, frozen=True, kw_only=True):
    """One till: its Zs of the day, and how many sales and refunds of it are known here with their total, tax included."""

    till: str
    state: TillState
    z_numbers: tuple[int, ...]
    documents: int
    total: Money


class LateDocument(Struct, frozen=True, kw_only=True):
    """A sale, top-up, refund or void that arrived after the store had begun a later day."""

    till: str
    receipt: str
    kind: str
    sold_at: str
    total: Money


def tills_section(tills: tuple[TillDay, ...], say: Catalogue) -> Section:
    """Every till of the store with its state."""
    columns = (say.text("State"), say.text("Sales"), say.text("Total"))
    lines = tuple(
        Line(
            one.till, (_state(one.state, say), one.documents, one.total), bold=one.state is TillState.MISSING
        )
        for one in tills
    )
    return Section(say.text("Tills"), lines, columns)


def late_section(late: tuple[LateDocument, ...], say: Catalogue) -> Section:
    """What came late; empty on most days."""
    lines = tuple(Line(f"{one.till} {one.receipt}", (one.total,)) for one in late)
    return Section(say.text("Came late"), lines)


def _state(state: TillState, say: Catalogue) -> str:
    match state:
        case TillState.CLOSED:
            return say.text("Closed")
        case TillState.OPEN:
            return say.text("Open")
        case TillState.QUIET:
            return say.text("Did not trade")
        case TillState.MISSING:
            return say.text("Not heard from")
        case _:
            assert_never(state)
