"""A reminder as a slip of paper, handed to the member at the counter: the shop's name and what it has to say.

What it says is a message's text (`services/reminder_slips.py`). The one rule: it is for one person, so it is in that person's language alone.
"""

from __future__ import annotations

from salon_desk.documents.layout import Align, Banner, Document, Row, Rule, Space, TextRow
from salon_desk.documents.receipt_parts import typed
from salon_desk.domain.names import Names
from salon_desk.i18n import N_, Catalogue


def reminder_slip(shop: Names, text: str, say: Catalogue, *, copy: bool = False) -> Document:
    """The slip in the member's language; a line a paragraph. Pure."""
    rows: list[Row] = [Banner(say.text(N_("COPY")))] if copy else []
    rows += [TextRow(shop.in_language(say.language), bold=True, align=Align.CENTRE), Rule()]
    rows += [TextRow(line) if line else Space() for line in typed(text).splitlines()]
    return Document("reminder", say.language, (*rows, Rule()))
