"""What the receipt of a card refund (退卡) or of a statutory cash-out says: how it was reckoned, and what went back.

The reckoning itself is `services/payouts.py`'s. The one rule: the paper shows the formula that the customer was shown before.
"""

from __future__ import annotations

from salon_desk.documents import receipt_parts as parts
from salon_desk.documents.bilingual import Bilingual
from salon_desk.documents.card_numbers import masked_tail
from salon_desk.documents.layout import Document, Row, Rule, Space, TextRow, amount_row
from salon_desk.documents.receipt_words import ReceiptWords
from salon_desk.domain.money import total
from salon_desk.domain.tender import TenderKind
from salon_desk.i18n import N_
from salon_desk.operations.payout import ValuePaidOut, WhyPaidOut


def payout_receipt(
    payout: ValuePaidOut, words: ReceiptWords, say: Bilingual, *, copy: bool = False
) -> Document:
    """The receipt of what was paid out; pure."""
    title = N_("Card refund") if payout.why is WhyPaidOut.REFUND else N_("Balance paid out in cash")
    paper = parts.Paper(title, payout.receipt, payout.store, payout.sold_at, copy)
    rows: list[Row] = [*parts.head(paper, words, say)]
    rows += parts.person(N_("Approved by"), words.approver, say)
    if payout.reason:
        rows.append(amount_row(say.label(N_("Reason")), parts.typed(payout.reason)))
    rows.append(Rule())
    if payout.owned in words.items:
        rows.append(TextRow(say.name(words.items[payout.owned]), bold=True))
    unused = say.label(N_("Paid for and not used"))
    name = f"{unused} {masked_tail(payout.tail)}".strip()
    rows.append(amount_row(name, say.money(payout.unused)))
    owed = payout.unused - payout.returned
    if owed:
        rows.append(amount_row(say.label(N_("Kept for what is owed")), say.money(-owed)))
    card = words.cards.get(payout.owned)
    if payout.why is WhyPaidOut.REFUND and card is not None and not card.is_gift:
        rows.append(amount_row(say.label(N_("Bonus that ends with it")), say.money(payout.bonus)))
    if payout.savings:
        rows.append(TextRow(say.label(N_("The card saves towards no plan any more"))))
    if payout.limit is not None:
        rows.append(amount_row(say.label(N_("Limit of the law here")), say.money(payout.limit)))
    rows += parts.tax_rows(payout.taxes, say, sign=-1)
    back = total((one.amount for one in payout.tenders), payout.amount.currency)
    rows += parts.total_rows(N_("Given back"), back, say)
    rows += [Rule(), *parts.tender_rows(payout.tenders, words, say)]
    rows += parts.balance_rows([payout.owned], words, say)
    if any(tender.kind is TenderKind.CASH for tender in payout.tenders):
        rows += [Space(6), Rule(), TextRow(say.label(N_("Signature")))]
    rows += parts.foot(paper, words, say)
    return Document("payout", say.language, tuple(rows))
