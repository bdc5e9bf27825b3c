"""What the receipt of a completed sale says: lines, discounts, taxes, tips, top-ups in it, tenders, balances.

Parts that all receipts share are in `receipt_parts`. The one rule: every figure is the operation's own, nothing is
reckoned anew but the sum of what was due.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from salon_desk.documents import receipt_parts as parts
from salon_desk.documents.bilingual import Bilingual
from salon_desk.documents.layout import Document, Row, Rule, amount_row
from salon_desk.documents.loyalty_rows import coupon_rows, loyalty_rows, savings_rows
from salon_desk.documents.receipt_words import ReceiptWords
from salon_desk.domain.money import total
from salon_desk.domain.pricing import LineDiscount
from salon_desk.domain.ticket import Bearer
from salon_desk.i18n import N_
from salon_desk.operations.sale import SaleCompleted, SoldLine


def sale_receipt(sale: SaleCompleted, words: ReceiptWords, say: Bilingual, *, copy: bool = False) -> Document:
    """The receipt of a sale; pure. A copy says so in its first row."""
    paper = parts.Paper(N_("Receipt"), sale.receipt, sale.store, sale.sold_at, copy)
    rows: list[Row] = [*parts.head(paper, words, say), Rule()]
    for line in sale.lines:
        rows += _line(line, words, say)
    rows += _sums(sale, words, say)
    rows += [Rule(), *parts.tender_rows(sale.tenders, words, say)]
    cards = [tender.card for tender in sale.tenders if tender.card]
    rows += parts.balance_rows([*cards, *(funding.card for funding in sale.fundings)], words, say)
    rows += [*loyalty_rows(sale, words, say), *savings_rows(words, say), *coupon_rows(words, say)]
    rows += parts.foot(paper, words, say)
    return Document("sale", say.language, tuple(rows))


def _line(line: SoldLine, words: ReceiptWords, say: Bilingual) -> list[Row]:
    rows = parts.named(line.names, line.list_total, say)
    if line.quantity != 1:
        each = say.first.text("{n} at {price}", n=line.quantity, price=say.money(line.unit_price))
        rows.append(parts.indented(each))
    technician = say.name(words.person(line.technician))
    if technician and line.requested:
        rows.append(parts.indented(say.first.text("{name} (requested)", name=technician)))
    elif technician:
        rows.append(parts.indented(technician))
    rows += [_discount(discount, say) for discount in line.discounts]
    return rows


def _discount(discount: LineDiscount, say: Bilingual) -> Row:
    name = parts.typed(say.name(discount.names))
    match discount.bearer:
        case Bearer.SALON:
            said = say.first.text("{discount} (shop)", discount=name)
        case Bearer.TECHNICIAN:
            said = say.first.text("{discount} (technician)", discount=name)
        case Bearer.SPLIT:
            said = say.first.text("{discount} (shared)", discount=name)
        case _:
            assert_never(discount.bearer)
    return parts.indented_amount(said, say.money(-discount.amount))


def _sums(sale: SaleCompleted, words: ReceiptWords, say: Bilingual) -> Iterable[Row]:
    if sale.lines:
        yield Rule()
        if sale.discount or sale.taxes:
            yield amount_row(say.label(N_("Subtotal")), say.money(sale.subtotal))
        if sale.discount:
            yield amount_row(say.label(N_("Discounts")), say.money(-sale.discount))
        yield from parts.tax_rows(sale.taxes, say)
        yield from parts.total_rows(N_("Total"), sale.total, say)
    yield from parts.tip_rows(sale.tips, words, say)
    for funding in sale.fundings:
        yield from parts.funding_rows(funding, words, say)
    due = total((tender.amount for tender in sale.tenders), sale.total.currency)
    if due != sale.total:
        yield amount_row(say.label(N_("To pay")), say.money(due), bold=True)
