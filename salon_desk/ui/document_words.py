"""A sale, top-up, refund or void as a row of a list, the same on every screen that lists them.

Nothing is read or summed here: a `Document` comes from the service, the row goes to a `KineticList`.
"""

from __future__ import annotations

from typing import Final

from salon_desk.domain.money import Money
from salon_desk.i18n import N_, Catalogue
from salon_desk.storage.queries.sales import Document
from salon_desk.ui.shop_time import written
from salon_desk.ui.theme.tokens import Tone
from salon_desk.ui.view_values import ListRow

_KINDS: Final[dict[str, str]] = {
    "sale": N_("Sale"),
    "top_up": N_("Top-up"),
    "refund": N_("Refund"),
    "void": N_("Void"),
}


def kind_name(kind: str, words: Catalogue) -> str:
    """What kind of document it is."""
    return words.text(_KINDS[kind]) if kind in _KINDS else kind


def amount_of(document: Document) -> Money:
    """What was taken for it in all: goods and services, tips, value sold; negative when it went back."""
    return document.total + document.tip + document.funded


def document_row(document: Document, time_zone: str, words: Catalogue, *, who: str = "") -> ListRow:
    """The document as a row; `who` is the member's name where the list is not about one member."""
    parts = {"kind": kind_name(document.kind, words), "time": written(document.sold_at, time_zone, words)}
    detail = words.text("{kind} · {time}", **parts)
    if who:
        detail = words.text("{kind} · {time} · {name}", name=who, **parts)
    note = ""
    if document.voided_by:
        note = words.text("voided")
    elif document.tip:
        note = words.text("tip {amount}", amount=words.money(document.tip))
    tone = Tone.DANGER if document.kind in ("refund", "void") else Tone.PLAIN
    return ListRow(
        key=document.op_id,
        title=document.receipt,
        detail=detail,
        figure=words.money(amount_of(document)),
        figure_detail=note,
        tone=tone,
    )
