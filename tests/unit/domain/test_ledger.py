"""Double entry: postings add up to zero, on accounts that Beancount accepts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salon_desk.domain import ledger
from salon_desk.domain.errors import BadAccount, UnbalancedPostings
from salon_desk.domain.ledger import (
    Posting,
    check_account,
    require_balanced,
    sales_tax_account,
    tender_account,
)
from salon_desk.domain.money import Money
from tests.unit.domain.shop import usd


def test_balanced_postings_pass() -> None:
    require_balanced(
        [
            Posting(ledger.DRAWER, usd(4510)),
            Posting(ledger.CASH_ROUNDING, usd(2)),
            Posting(ledger.INCOME_SERVICES, usd(-4300)),
            Posting(sales_tax_account("US-NY-NYC-Services"), usd(-212)),
        ]
    )
    require_balanced([])


def test_a_cent_too_many_is_named() -> None:
    with pytest.raises(UnbalancedPostings) as refused:
        require_balanced([Posting(ledger.DRAWER, usd(100)), Posting(ledger.INCOME_PRODUCTS, usd(-99))])
    assert (refused.value.currency, refused.value.difference) == ("USD", 1)


def test_one_currency_never_balances_another() -> None:
    with pytest.raises(UnbalancedPostings):
        require_balanced([Posting(ledger.DRAWER, usd(100)), Posting(ledger.FLOAT, Money(-100, "CAD"))])


def test_a_wrong_account_is_refused_with_the_postings() -> None:
    with pytest.raises(BadAccount):
        require_balanced([Posting("Assets:drawer", usd(0))])


@pytest.mark.parametrize("account", ledger.FIXED_ACCOUNTS)
def test_every_fixed_account_has_a_name_that_the_ledger_keeps(account: str) -> None:
    assert check_account(account) == account


@pytest.mark.parametrize(
    ("tender_id", "account"),
    [
        ("zelle", "Assets:Tender:Zelle"),
        ("groupon-2", "Assets:Tender:Groupon-2"),
        ("7eleven", "Assets:Tender:7eleven"),
        ("gift_x", "Assets:Tender:Gift-5f-x"),
        ("微信", "Assets:Tender:X-5fae--4fe1-"),
    ],
)
def test_a_tender_of_the_shops_own_has_its_account(tender_id: str, account: str) -> None:
    assert tender_account(tender_id) == account


@given(st.text(min_size=1, max_size=20))
def test_whatever_a_tender_is_called_its_account_is_valid(tender_id: str) -> None:
    check_account(tender_account(tender_id))


def test_a_tender_without_an_id_has_no_account() -> None:
    with pytest.raises(BadAccount):
        tender_account("")
