"""What the receipt of a top-up on its own says: value bought, its bonus and terms, tenders, the balance afterwards.

A top-up inside a sale stands on the sale's receipt. The one rule: a bonus that may lapse carries its text (RULES 2).
"""

from __future__ import annotations

from salon_desk.documents import receipt_parts as parts
from salon_desk.documents.bilingual import Bilingual
from salon_desk.documents.layout import Document, Row, Rule, amount_row
from salon_desk.documents.loyalty_rows import coupon_rows, savings_rows
from salon_desk.documents.receipt_words import ReceiptWords
from salon_desk.domain.money import total
from salon_desk.i18n import N_
from salon_desk.operations.card import CardToppedUp


def top_up_receipt(
    top_up: CardToppedUp, words: ReceiptWords, say: Bilingual, *, copy: bool = False
) -> Document:
    """The receipt of a top-up; pure."""
    paper = parts.Paper(N_("Top-up receipt"), top_up.receipt, top_up.store, top_up.sold_at, copy)
    rows: list[Row] = [*parts.head(paper, words, say), Rule()]
    rows += parts.funding_rows(top_up.funding, words, say)
    tips = parts.tip_rows(top_up.tips, words, say)
    if tips:
        due = total((tender.amount for tender in top_up.tenders), top_up.funding.paid.currency)
        rows += [*tips, amount_row(say.label(N_("To pay")), say.money(due), bold=True)]
    rows += [Rule(), *parts.tender_rows(top_up.tenders, words, say)]
    rows += parts.balance_rows([top_up.funding.card], words, say)
    rows += [*savings_rows(words, say), *coupon_rows(words, say)]
    rows += parts.foot(paper, words, say)
    return Document("top_up", say.language, tuple(rows))
