"""What the left side of the pay screen shows, as frozen values ready to read. No Qt.

The right side's values are `ui.counter.tender_faces`.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.ui.counter.tender_faces import PaidFace, PlanFace, TenderTile
from salon_desk.ui.view_values import Heading


@dataclass(frozen=True, slots=True)
class TipFace:
    """A tip that can be chosen; the one that gives nothing stands like the others."""

    key: str
    title: str
    detail: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ValueFace:
    """A stored-value card: what it can pay, what it will, and what stays. `filled` is the part used, in thousandths.

    `elsewhere`: what lies at other stores, empty when nothing does.
    """

    key: str
    title: str
    usable: str
    after: str
    taken: str
    filled: int
    on: bool
    enabled: bool
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class OfferFace:
    """A band under the tenders: the card is short and may be topped up, or it will be. `second`: another way beside `action`."""

    title: str
    detail: str
    action: str
    planned: bool
    second: str = ""


@dataclass(frozen=True, slots=True)
class PayModel:
    """The screen. `fetch`: what a telephone could fetch, or a manager let pass; `paid` replaces everything else after the payment."""

    heading: Heading
    due_label: str
    due: str
    sums: tuple[tuple[str, str], ...]
    tip_title: str
    tip_split: str
    tip_note: str
    tips: tuple[TipFace, ...]
    values: tuple[ValueFace, ...]
    tiles: tuple[TenderTile, ...]
    offer: OfferFace | None
    fetch: OfferFace | None
    plan: PlanFace
    paid: PaidFace | None
