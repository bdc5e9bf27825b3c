"""What the receipts of a refund and of a void say: the lines given back, the taxes in them, where the money went.

The sale's own receipt is in `sale_receipt`. The one rule: everything that goes back stands as a negative amount, and
cash that goes out has a line to sign on.
"""

from __future__ import annotations

from collections.abc import Iterable

from salon_desk.documents import receipt_parts as parts
from salon_desk.documents.bilingual import Bilingual
from salon_desk.documents.layout import Document, Row, Rule, Space, TextRow, amount_row
from salon_desk.documents.loyalty_rows import returned_rows
from salon_desk.documents.receipt_words import ReceiptWords
from salon_desk.domain.money import total
from salon_desk.domain.tender import TenderKind
from salon_desk.i18n import N_
from salon_desk.operations.payment import TenderPart
from salon_desk.operations.sale import RefundedLine, SaleRefunded, SaleVoided


def refund_receipt(
    refund: SaleRefunded, words: ReceiptWords, say: Bilingual, *, copy: bool = False
) -> Document:
    """The receipt of a refund; pure."""
    paper = parts.Paper(N_("Refund"), refund.receipt, refund.store, refund.sold_at, copy)
    rows: list[Row] = [*parts.head(paper, words, say), *_what(refund, words, say), Rule()]
    rows += _lines(refund.lines, say)
    rows += parts.tax_rows(refund.taxes, say, sign=-1)
    for funding in refund.fundings:
        rows += parts.funding_rows(funding, words, say, sign=-1)
    rows += _used(refund, say)
    rows += _money_back(refund.tenders, words, say, [funding.card for funding in refund.fundings])
    rows += returned_rows(refund, words, say)
    rows += [*_signature(refund.tenders, say), *parts.foot(paper, words, say)]
    return Document("refund", say.language, tuple(rows))


def void_receipt(void: SaleVoided, words: ReceiptWords, say: Bilingual, *, copy: bool = False) -> Document:
    """The receipt of a void: a whole sale or top-up undone, tips included; pure."""
    paper = parts.Paper(N_("Void"), void.receipt, void.store, void.sold_at, copy, banner=N_("VOID"))
    rows: list[Row] = [*parts.head(paper, words, say), *_what(void, words, say), Rule()]
    rows += _lines(void.lines, say)
    rows += parts.tax_rows(void.taxes, say, sign=-1)
    rows += parts.tip_rows(void.tips, words, say)
    for funding in void.fundings:
        rows += parts.funding_rows(funding, words, say, sign=-1)
    rows += _money_back(void.tenders, words, say, [funding.card for funding in void.fundings])
    rows += [*_signature(void.tenders, say), *parts.foot(paper, words, say)]
    return Document("void", say.language, tuple(rows))


def _what(document: SaleRefunded | SaleVoided, words: ReceiptWords, say: Bilingual) -> Iterable[Row]:
    if words.original_receipt:
        yield amount_row(say.label(N_("For receipt")), words.original_receipt)
    yield from parts.person(N_("Approved by"), words.approver, say)
    if document.reason:
        yield amount_row(say.label(N_("Reason")), parts.typed(document.reason))


def _lines(lines: Iterable[RefundedLine], say: Bilingual) -> Iterable[Row]:
    for line in lines:
        yield from parts.named(line.sold.names, -line.net, say)


def _used(refund: SaleRefunded, say: Bilingual) -> Iterable[Row]:
    """What of a top-up had been used: deducted, or owed from now on."""
    if refund.kept:
        yield amount_row(say.label(N_("Kept for value used")), say.money(refund.kept, signed=True))
    if refund.owed:
        yield amount_row(say.label(N_("Owed for value used")), say.money(refund.owed))


def _money_back(
    tenders: tuple[TenderPart, ...], words: ReceiptWords, say: Bilingual, funded: Iterable[str] = ()
) -> Iterable[Row]:
    if tenders:
        back = total((tender.amount for tender in tenders), tenders[0].amount.currency)
        yield from parts.total_rows(N_("Given back"), back, say)
        yield Rule()
    yield from parts.tender_rows(tenders, words, say)
    cards = [tender.card for tender in tenders if tender.card]
    yield from parts.balance_rows([*cards, *funded], words, say)


def _signature(tenders: Iterable[TenderPart], say: Bilingual) -> Iterable[Row]:
    if any(tender.kind is TenderKind.CASH for tender in tenders):
        yield from (Space(6), Rule(), TextRow(say.label(N_("Signature"))))
