"""Which accounts a sale, refund or shift moves: the double entry under every operation that moves money.

Amounts were decided before, in `domain`; here they only get their accounts. Every list returned adds up to zero, or
UnbalancedPostings is raised before anything is recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from salon_desk.domain import ledger
from salon_desk.domain.catalog import ItemKind
from salon_desk.domain.ledger import Posting
from salon_desk.domain.money import Money, total
from salon_desk.domain.tax import TaxPart
from salon_desk.domain.tender import TenderKind
from salon_desk.operations.payment import Funding, TenderPart
from salon_desk.operations.sale import SoldLine


def balanced(postings: Iterable[Posting]) -> tuple[Posting, ...]:
    """The postings without zeros. Raises UnbalancedPostings."""
    kept = tuple(posting for posting in postings if posting.amount)
    ledger.require_balanced(kept)
    return kept


def of_tenders(tenders: Sequence[TenderPart]) -> list[Posting]:
    """What came in (or went out, negative) by each tender, cash rounding beside it."""
    postings: list[Posting] = []
    for tender in tenders:
        match tender.kind:
            case TenderKind.CASH:
                postings.append(Posting(ledger.DRAWER, tender.taken))
                postings.append(Posting(ledger.CASH_ROUNDING, tender.amount - tender.taken))
            case TenderKind.EXTERNAL_CARD:
                postings.append(Posting(ledger.CARD_CLEARING, tender.amount))
            case TenderKind.WALLET:
                postings.append(Posting(ledger.wallet_account(tender.tender), tender.amount))
            case TenderKind.CUSTOM:
                postings.append(Posting(ledger.tender_account(tender.tender), tender.amount))
            case TenderKind.STORED_VALUE:
                assert tender.from_bonus is not None
                assert tender.from_paid is not None
                swapped = tender.swapped or tender.amount - tender.amount
                postings.append(Posting(ledger.STORED_VALUE_BONUS, tender.from_bonus + swapped))
                postings.append(Posting(ledger.STORED_VALUE_PAID, tender.from_paid - swapped))
            case TenderKind.GIFT_CARD:
                postings.append(Posting(ledger.GIFT_CARDS, tender.amount))
            case TenderKind.SERIES:
                released = tender.from_paid or tender.amount - tender.amount
                postings.append(Posting(ledger.SERIES, released))
                # visits that were sold dearer than the list price of today are earned with their use
                postings.append(Posting(ledger.INCOME_SERIES, tender.amount - released))
    return postings


def of_lines(lines: Sequence[SoldLine], taxes: Sequence[TaxPart]) -> list[Posting]:
    """Income at list price, discounts beside it, and the taxes owed."""
    postings: list[Posting] = []
    for line in lines:
        postings.append(Posting(_income(line), -line.list_total))
        postings.append(Posting(ledger.INCOME_DISCOUNTS, line.list_total - line.net))
    return postings + [Posting(ledger.sales_tax_account(part.rate_id), -part.tax) for part in taxes]


def of_returned(lines: Sequence[tuple[SoldLine, Money]], taxes: Sequence[TaxPart]) -> list[Posting]:
    """Income and taxes given back; amounts are positive."""
    postings = [Posting(_income(line), net) for line, net in lines]
    return postings + [Posting(ledger.sales_tax_account(part.rate_id), part.tax) for part in taxes]


def of_fundings(fundings: Sequence[Funding]) -> list[Posting]:
    """Value owed to members: what they paid, and the bonus as the shop's own expense."""
    postings: list[Posting] = []
    for funding in fundings:
        postings.append(Posting(ledger.STORED_VALUE_PAID, -funding.paid))
        postings.append(Posting(ledger.STORED_VALUE_BONUS, -funding.bonus))
        postings.append(Posting(ledger.PROMOTIONS_BONUS, funding.bonus))
    return postings


def of_carried_over(funding: Funding) -> list[Posting]:
    """Value owed to a member since before the books began, bonus included: it was no expense of these books."""
    return [
        Posting(ledger.STORED_VALUE_PAID, -funding.paid),
        Posting(ledger.STORED_VALUE_BONUS, -funding.bonus),
        Posting(ledger.VALUE_CARRIED_OVER, funding.paid + funding.bonus),
    ]


def of_tips(tips: Sequence[Money], left_in_cash: Money) -> list[Posting]:
    """Tips owed to staff, less those that left the drawer at once."""
    postings = [Posting(ledger.TIPS, -tip) for tip in tips]
    postings.append(Posting(ledger.TIPS, left_in_cash))
    postings.append(Posting(ledger.DRAWER, -left_in_cash))
    return postings


def cash_tips(tips: Iterable[tuple[int, Money]], tenders: Sequence[TenderPart], currency: str) -> Money:
    """The part of (tender index, tip) that cash pays."""
    return total((tip for index, tip in tips if tenders[index].kind is TenderKind.CASH), currency)


def reversed_postings(postings: Sequence[Posting]) -> list[Posting]:
    """The same postings the other way round."""
    return [Posting(posting.account, -posting.amount) for posting in postings]


def _income(line: SoldLine) -> str:
    return ledger.INCOME_SERVICES if line.item_kind is ItemKind.SERVICE else ledger.INCOME_PRODUCTS
