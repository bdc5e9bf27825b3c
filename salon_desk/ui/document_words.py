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
    "gift": N_("Gift card"),
    "series": N_("Series"),
    "pay_out": N_("Paid back"),
}


def kind_name(kind: str, words: Catalogue) -> str:
    """What kind of document it is."""
    return words.text(_KINDS[kind]) if kind in _KINDS else kind


def amount_of(document: Document) -> Money:
    """What was taken for it in all: goods and services, tips, value sold; negative when it went back."""
    return document.total + document.tip + document.funded


def document_row(document: Document, time_zone: str, words: Catalogue) -> ListRow:
    """The document as a row of a list about one member or card."""
    return ListRow(
        key=document.op_id,
        title=document.receipt,
        detail=words.text(
            "{kind} · {time}",
            kind=kind_name(document.kind, words),
            time=written(document.sold_at, time_zone, words),
        ),
        figure=words.money(amount_of(document)),
        figure_detail=_note(document, words),
        tone=_tone(document),
    )


def named_row(document: Document, name: str, time_zone: str, words: Catalogue) -> ListRow:
    """The document as a row of a list about many: `name` is the member's, empty for a walk-in."""
    return ListRow(
        key=document.op_id,
        title=name or words.text("Walk-in"),
        detail=words.text(
            "{receipt} · {time}", receipt=document.receipt, time=written(document.sold_at, time_zone, words)
        ),
        figure=words.money(amount_of(document)),
        figure_detail=words.text("voided") if document.voided_by else kind_name(document.kind, words),
        tone=_tone(document),
    )


def _note(document: Document, words: Catalogue) -> str:
    if document.voided_by:
        return words.text("voided")
    return words.text("tip {amount}", amount=words.money(document.tip)) if document.tip else ""


def _tone(document: Document) -> Tone:
    return Tone.DANGER if document.kind in ("refund", "void", "pay_out") else Tone.PLAIN
