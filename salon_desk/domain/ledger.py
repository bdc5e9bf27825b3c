"""Double entry: account names and the one law that postings add up to zero.

No amount is decided here. Debits are positive, credits negative, as Beancount has it; every name below
is one that Beancount accepts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from salon_desk.domain.errors import BadAccount, UnbalancedPostings
from salon_desk.domain.money import Money

DRAWER = "Assets:Drawer"
SAFE = "Assets:Safe"
CARD_CLEARING = "Assets:CardClearing"
WALLET_PREFIX = "Assets:WalletClearing:"
TENDER_PREFIX = "Assets:Tender:"
STORED_VALUE_PAID = "Liabilities:StoredValue:Paid"
STORED_VALUE_BONUS = "Liabilities:StoredValue:Bonus"
STORED_VALUE_PENDING = "Liabilities:StoredValue:Pending"
GIFT_CARDS = "Liabilities:GiftCards"
SERIES = "Liabilities:Series"
OVERDRAFT = "Assets:Overdraft"
COVER = "Assets:Cover"
RECEIVABLE = "Assets:Receivable"
TIPS = "Liabilities:Tips"
SALES_TAX_PREFIX = "Liabilities:SalesTax:"
INCOME_SERVICES = "Income:Services"
INCOME_PRODUCTS = "Income:Products"
INCOME_DISCOUNTS = "Income:Discounts"
INCOME_PAID_IN = "Income:PaidIn"
INCOME_SERIES = "Income:Series"
PROMOTIONS_BONUS = "Expenses:Promotions:Bonus"
CASH_ROUNDING = "Expenses:CashRounding"
PAID_OUT = "Expenses:PaidOut"
OVER_SHORT = "Expenses:OverShort"
COVER_LOST = "Expenses:CoverLost"
CHARGEBACKS = "Expenses:Chargebacks"
FLOAT = "Equity:Float"
VALUE_CARRIED_OVER = "Equity:StoredValue:CarriedOver"

FIXED_ACCOUNTS = (
    DRAWER, SAFE, CARD_CLEARING, STORED_VALUE_PAID, STORED_VALUE_BONUS, TIPS, INCOME_SERVICES, INCOME_PRODUCTS,
    INCOME_DISCOUNTS, INCOME_PAID_IN, PROMOTIONS_BONUS, CASH_ROUNDING, PAID_OUT, OVER_SHORT, FLOAT, VALUE_CARRIED_OVER,
    OVERDRAFT, COVER, COVER_LOST, RECEIVABLE, CHARGEBACKS, STORED_VALUE_PENDING, GIFT_CARDS,
    SERIES, INCOME_SERIES,
)  # fmt: skip
"""Every account that does not depend on the shop's own tenders and taxes."""

_ACCOUNT = re.compile(r"(Assets|Liabilities|Equity|Income|Expenses)(:[A-Z0-9][A-Za-z0-9-]*)+")


@dataclass(frozen=True, slots=True)
class Posting:
    """An amount on an account; positive is a debit."""

    account: str
    amount: Money


def tender_account(tender_id: str) -> str:
    """The clearing account of a tender of the shop's own: "zelle" -> Assets:Tender:Zelle."""
    return TENDER_PREFIX + _component(tender_id)


def wallet_account(means: str) -> str:
    """What a wallet still has to pay out: "wechat_pay" -> Assets:WalletClearing:Wechat-pay."""
    return WALLET_PREFIX + _component(means.replace("_", "-"))


def sales_tax_account(rate_id: str) -> str:
    """The account on which one tax is owed: "ny-nyc" -> Liabilities:SalesTax:Ny-nyc."""
    return SALES_TAX_PREFIX + _component(rate_id)


def check_account(account: str) -> str:
    """The account itself if the ledger can keep it; BadAccount otherwise."""
    if not _ACCOUNT.fullmatch(account):
        raise BadAccount(account)
    return account


def require_balanced(postings: Sequence[Posting]) -> None:
    """Refuse postings that do not add up to zero in every currency, or that name no valid account.

    Raises UnbalancedPostings, BadAccount.
    """
    sums: dict[str, int] = {}
    for posting in postings:
        check_account(posting.account)
        sums[posting.amount.currency] = sums.get(posting.amount.currency, 0) + posting.amount.cents
    for currency, difference in sums.items():
        if difference:
            raise UnbalancedPostings(currency, difference)


def _component(text: str) -> str:
    """A part of an account name: other characters become their code, the first letter a capital."""
    kept = "".join(c if (c.isascii() and c.isalnum()) or c == "-" else f"-{ord(c):x}-" for c in text)
    if not kept:
        raise BadAccount(text)
    first = kept[0].upper() if kept[0] != "-" else f"X{kept[0]}"
    return first + kept[1:]
