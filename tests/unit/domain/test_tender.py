"""Tenders: what each settles, cash rounding and change, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salon_desk.domain.errors import (
    AmountMissing,
    AmountTooLarge,
    BadLastFour,
    CardMissing,
    CashTenderTwice,
    CurrencyMismatch,
    NegativeAmount,
    ReferenceMissing,
    TenderOver,
    TenderShort,
    TextTooLong,
    UnknownTender,
)
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.tender import (
    CashRounding,
    CustomTender,
    PlannedTender,
    plan_tenders,
    round_cash,
    settle,
)
from tests.unit.domain.shop import cash, external_card, stored_value, usd, zelle

ZELLE = CustomTender("zelle", Names("Zelle"), needs_reference=True, opens_drawer=False)
VENMO = CustomTender("venmo", Names("Venmo"), needs_reference=False, opens_drawer=False)
EXACT, NEAREST, FAVOUR = CashRounding.EXACT, CashRounding.NEAREST_FIVE, CashRounding.CUSTOMER_FAVOUR


def test_cash_of_45_12_is_rounded_to_45_10_and_a_card_is_not() -> None:
    settlement = settle(usd(4512), [cash()], NEAREST)
    assert settlement.tenders[0].taken == usd(4510)
    assert settlement.rounding == usd(-2)
    assert settle(usd(4512), [external_card()], NEAREST).tenders[0].taken == usd(4512)


def test_the_balance_pays_first_and_the_rest_is_48_39() -> None:
    settlement = settle(usd(11_089), [stored_value(6250), external_card()], EXACT)
    assert [tender.amount for tender in settlement.tenders] == [usd(6250), usd(4839)]


def test_a_sale_of_six_paid_with_ten_gives_four_back() -> None:
    tender = settle(usd(600), [cash(given=1000)], EXACT).tenders[0]
    assert (tender.amount, tender.taken, tender.given, tender.change) == (
        usd(600),
        usd(600),
        usd(1000),
        usd(400),
    )


def test_cash_planned_above_the_due_counts_as_handed_over() -> None:
    settlement = settle(usd(4512), [cash(5000)], NEAREST)
    assert (settlement.tenders[0].given, settlement.change) == (usd(5000), usd(490))


def test_only_the_cash_leg_is_rounded_after_the_others_took_their_part() -> None:
    settlement = settle(usd(10_003), [cash(), stored_value(5000), zelle(2001)], NEAREST, customs=[ZELLE])
    assert [tender.amount for tender in settlement.tenders] == [usd(3002), usd(5000), usd(2001)]
    assert [tender.taken for tender in settlement.tenders] == [usd(3000), usd(5000), usd(2001)]
    assert settlement.rounding == usd(-2)


def test_a_fixed_part_in_cash_leaves_the_rest_to_the_tender_without_an_amount() -> None:
    settlement = settle(usd(4512), [external_card(), cash(2000)], NEAREST)
    assert [tender.amount for tender in settlement.tenders] == [usd(2512), usd(2000)]


def test_the_rounded_coins_pay_the_whole_due() -> None:
    tender = settle(usd(4512), [cash(4510)], NEAREST).tenders[0]
    assert (tender.amount, tender.taken, tender.change) == (usd(4512), usd(4510), usd(0))


def test_cash_that_is_rounded_up_is_handed_over_rounded_up() -> None:
    tender = settle(usd(4513), [cash(4513)], NEAREST).tenders[0]
    assert (tender.taken, tender.given, tender.rounding) == (usd(4515), usd(4515), usd(2))


@pytest.mark.parametrize("cents", range(100, 110))
def test_nearest_five_is_symmetric(cents: int) -> None:
    down, up = {0: 0, 1: 0, 2: 0, 5: 5, 6: 5, 7: 5}, {3: 5, 4: 5, 8: 10, 9: 10}
    rounded = 100 + {**down, **up}[cents - 100]
    assert round_cash(usd(cents), NEAREST) == usd(rounded)
    assert round_cash(usd(-cents), NEAREST) == usd(-rounded)


@given(st.integers(min_value=-100_000, max_value=100_000))
def test_the_customers_favour_is_never_against_the_customer(cents: int) -> None:
    rounded = round_cash(usd(cents), FAVOUR)
    assert rounded.cents % 5 == 0
    assert 0 <= cents - rounded.cents < 5


@given(st.integers(min_value=-100_000, max_value=100_000))
def test_exact_cash_is_not_rounded(cents: int) -> None:
    assert round_cash(usd(cents), EXACT) == usd(cents)


def test_a_tender_for_which_nothing_is_left_is_left_out() -> None:
    settlement = settle(usd(1000), [stored_value(1000), external_card()], EXACT)
    assert len(settlement.tenders) == 1
    assert settle(usd(0), [cash()], EXACT).tenders == ()
    assert settle(usd(0), [], EXACT).change == usd(0)


def test_short_is_refused_with_both_sums() -> None:
    with pytest.raises(TenderShort) as refused:
        settle(usd(4512), [stored_value(1000), cash(2000)], NEAREST)
    assert (refused.value.due, refused.value.planned) == (4512, 3000)


def test_too_little_cash_handed_over_is_refused() -> None:
    with pytest.raises(TenderShort) as refused:
        settle(usd(4512), [cash(given=4500)], NEAREST)
    assert (refused.value.due, refused.value.planned) == (4510, 4500)


def test_no_cash_handed_over_is_not_the_same_as_none_counted() -> None:
    with pytest.raises(TenderShort):
        settle(usd(4512), [cash(given=0)], NEAREST)


def test_only_cash_may_exceed_the_due() -> None:
    with pytest.raises(TenderOver) as refused:
        settle(usd(4512), [external_card(4000), stored_value(1000)], EXACT)
    assert (refused.value.due, refused.value.planned) == (4512, 5000)


@pytest.mark.parametrize("last_four", ["", "123", "12345", "12a4", "１２３４", "²²²²"])
def test_the_last_four_are_four_digits_and_are_not_repeated_in_the_error(last_four: str) -> None:
    with pytest.raises(BadLastFour) as refused:
        settle(usd(100), [external_card(last_four=last_four)], EXACT)
    assert refused.value.parameters() == {"length": len(last_four)}


def test_a_tender_of_the_shops_own_follows_its_rule() -> None:
    assert (
        settle(usd(100), [zelle(reference=" QX81 ")], EXACT, customs=[ZELLE]).tenders[0].reference == "QX81"
    )
    with pytest.raises(ReferenceMissing):
        settle(usd(100), [zelle(reference="  ")], EXACT, customs=[ZELLE])
    settle(usd(100), [replace(zelle(reference=""), tender_id="venmo")], EXACT, customs=[ZELLE, VENMO])
    with pytest.raises(UnknownTender):
        settle(usd(100), [zelle()], EXACT, customs=[VENMO])
    with pytest.raises(TextTooLong):
        settle(usd(100), [zelle(reference="x" * 65)], EXACT, customs=[ZELLE])


@pytest.mark.parametrize("amount", [None, 50])
def test_stored_value_names_its_card(amount: int | None) -> None:
    with pytest.raises(CardMissing):
        settle(usd(100), [replace(stored_value(amount), card_id=""), cash()], EXACT)


def test_a_plan_still_being_typed_is_reckoned_without_its_details() -> None:
    settlement = plan_tenders(usd(4512), [external_card(2000, last_four=""), cash()], NEAREST)
    assert [tender.taken for tender in settlement.tenders] == [usd(2000), usd(2510)]


def test_amounts_that_are_no_payment_are_refused() -> None:
    for planned, error in (
        ([cash(0)], AmountMissing),
        ([external_card(-1)], NegativeAmount),
        ([cash(given=-1)], NegativeAmount),
        ([cash(given=10_000_001)], AmountTooLarge),
        ([replace(cash(), amount=Money(100, "CAD"))], CurrencyMismatch),
        ([cash(), cash(100)], CashTenderTwice),
    ):
        with pytest.raises(error):
            settle(usd(100), planned, EXACT)
    with pytest.raises(NegativeAmount):
        settle(usd(-1), [], EXACT)


plans = st.lists(
    st.one_of(
        st.integers(min_value=1, max_value=4000).map(stored_value),
        st.integers(min_value=1, max_value=4000).map(external_card),
    ),
    max_size=4,
)


@given(
    st.integers(min_value=0, max_value=20_000),
    plans,
    st.one_of(st.none(), st.integers(min_value=1, max_value=30_000)),
    st.sampled_from(CashRounding),
)
def test_a_settlement_pays_the_due_to_the_cent(
    due: int, planned: list[PlannedTender], coins: int | None, rounding: CashRounding
) -> None:
    try:
        settlement = settle(usd(due), [*planned, cash(coins)], rounding)
    except (TenderOver, TenderShort):
        return
    assert sum((tender.amount for tender in settlement.tenders), usd(0)) == usd(due)
    for tender in settlement.tenders:
        assert tender.taken == tender.amount + tender.rounding == tender.given - tender.change
        assert tender.change >= usd(0)
    assert abs(settlement.rounding.cents) <= 4
