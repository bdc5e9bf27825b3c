"""What the receipt of a series (次卡, 疗程) says: what was bought, how many visits of what, the tax if it is taxed now, the tenders.

The one rule: visits that were given besides stand as what they are, and that what was paid for never expires stands on the paper.
"""

from __future__ import annotations

from collections.abc import Iterable

from salon_desk.documents import receipt_parts as parts
from salon_desk.documents.bilingual import Bilingual
from salon_desk.documents.layout import Document, Row, Rule, TextRow
from salon_desk.documents.receipt_words import ReceiptWords
from salon_desk.domain.money import total
from salon_desk.domain.series import SeriesPart, TaxPoint, Unit
from salon_desk.i18n import N_
from salon_desk.operations.series import SeriesSold


def series_receipt(sold: SeriesSold, words: ReceiptWords, say: Bilingual, *, copy: bool = False) -> Document:
    """The receipt of a series; pure."""
    paper = parts.Paper(N_("Series receipt"), sold.receipt, sold.store, sold.sold_at, copy)
    rows: list[Row] = [*parts.head(paper, words, say), Rule()]
    rows += parts.named(sold.names, sold.amount, say)
    for one in sold.parts:
        rows += _part(one, words, say)
    rows += parts.tax_rows(sold.taxes, say)
    if sold.tax_point is TaxPoint.VISIT:
        rows.append(parts.indented(say.first.text("Tax is taken at each visit.")))
    due = sold.amount + total((one.tax for one in sold.taxes), sold.amount.currency)
    rows += parts.total_rows(N_("To pay"), due, say)
    rows += [Rule(), *parts.tender_rows(sold.tenders, words, say)]
    rows += [Rule(), TextRow(say.label(N_("What was paid for never expires.")))]
    rows += parts.foot(paper, words, say)
    return Document("series", say.language, tuple(rows))


def _part(one: SeriesPart, words: ReceiptWords, say: Bilingual) -> Iterable[Row]:
    names = [say.name(words.items[item]) for item in one.items if item in words.items]
    if names:
        yield parts.indented(" · ".join(names))
    if one.unit is Unit.VISIT:
        yield parts.indented(say.first.plural("{n} visit", "{n} visits", one.paid))
        if one.given:
            yield parts.indented(say.first.plural("and {n} visit given", "and {n} visits given", one.given))
    else:
        yield parts.indented(say.first.plural("{n} minute", "{n} minutes", one.paid))
        if one.given:
            yield parts.indented(say.first.plural("and {n} minute given", "and {n} minutes given", one.given))
