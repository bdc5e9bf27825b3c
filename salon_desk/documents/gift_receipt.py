"""What the receipt of a gift card says, and the card itself on paper: whose it is, from whom, its value, code and QR.

What the buyer keeps ends at the cut; below it stands what is given away, without what was paid with. The one rule: a code that was
made here is printed whole, because nobody has it otherwise; that of a card of plastic by its last four.
"""

from __future__ import annotations

from salon_desk.documents import receipt_parts as parts
from salon_desk.documents.bilingual import Bilingual
from salon_desk.documents.card_numbers import masked_tail
from salon_desk.documents.layout import (
    Align,
    Banner,
    CutRow,
    Document,
    QrRow,
    Row,
    Rule,
    Space,
    TextRow,
    amount_row,
)
from salon_desk.documents.receipt_words import ReceiptWords
from salon_desk.domain.gift import is_made, written_code
from salon_desk.i18n import N_
from salon_desk.operations.gift import GiftSold


def gift_receipt(gift: GiftSold, words: ReceiptWords, say: Bilingual, *, copy: bool = False) -> Document:
    """The receipt of a gift card with the card below it; pure."""
    paper = parts.Paper(N_("Gift card receipt"), gift.receipt, gift.store, gift.sold_at, copy)
    rows: list[Row] = [*parts.head(paper, words, say), Rule()]
    named = say.label(N_("Gift card"))
    name = f"{named} {masked_tail(gift.code[-4:])}"
    rows.append(amount_row(name, say.money(gift.amount)))
    rows += parts.total_rows(N_("To pay"), gift.amount, say)
    rows += [Rule(), *parts.tender_rows(gift.tenders, words, say)]
    rows += parts.foot(paper, words, say)
    if is_made(gift.code):
        rows += [CutRow(), *_card(gift, words, say, copy=copy)]
    return Document("gift", say.language, tuple(rows))


def _card(gift: GiftSold, words: ReceiptWords, say: Bilingual, *, copy: bool) -> list[Row]:
    """What is given away: the shop, the words, the value, the code as letters and as QR."""
    rows: list[Row] = [Banner(say.label(N_("COPY")))] if copy else []
    first, *second = say.names(words.shop)
    rows.append(TextRow(first, bold=True, size=2, align=Align.CENTRE))
    rows += [TextRow(name, align=Align.CENTRE) for name in second]
    rows += [Space(), TextRow(say.label(N_("Gift card")), bold=True, size=2, align=Align.CENTRE), Space()]
    if words.recipient:
        rows.append(amount_row(say.label(N_("Gift to")), parts.typed(words.recipient)))
    if words.sender:
        rows.append(amount_row(say.label(N_("From")), parts.typed(words.sender)))
    if words.greeting:
        rows += [Space(), TextRow(parts.typed(words.greeting), align=Align.CENTRE), Space()]
    rows.append(TextRow(say.money(gift.amount), bold=True, size=3, align=Align.CENTRE))
    rows.append(QrRow(gift.code, written_code(gift.code)))
    rows.append(TextRow(say.label(N_("Never expires. No fees.")), align=Align.CENTRE))
    rows += [
        TextRow(line, align=Align.CENTRE) for line in (words.address, parts.telephone(words.phone)) if line
    ]
    return rows
