"""Tips: suggested on list price, split by it, and each naming the tender that pays it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salon_desk.domain.errors import NegativeAmount, TipsExceedTenders, TipWithoutTechnician
from salon_desk.domain.tender import TenderKind
from salon_desk.domain.tip import TipPart, name_tenders, split_tip, suggested_tips
from tests.unit.domain.shop import settled, usd

SERVED = [("lily", usd(4500)), ("kim", usd(3800))]


def test_suggested_tips_are_on_the_list_price_before_the_coupon() -> None:
    assert suggested_tips(usd(8300), ["15", "18", "20"]) == (usd(1245), usd(1494), usd(1660))


def test_quebec_suggests_on_the_amount_before_tax() -> None:
    assert suggested_tips(usd(10_000), ["15"]) == (usd(1500),)


def test_fifteen_dollars_by_list_price_45_to_38() -> None:
    assert split_tip(usd(1500), SERVED) == (("lily", usd(813)), ("kim", usd(687)))


def test_who_served_twice_gets_one_share() -> None:
    shares = split_tip(usd(1000), [("lily", usd(1000)), ("kim", usd(2000)), ("lily", usd(1000))])
    assert shares == (("lily", usd(500)), ("kim", usd(500)))


def test_a_tip_on_a_free_redo_is_split_evenly() -> None:
    assert split_tip(usd(501), [("lily", usd(0)), ("kim", usd(0))]) == (("lily", usd(251)), ("kim", usd(250)))


def test_a_tip_needs_somebody() -> None:
    assert split_tip(usd(0), []) == ()
    with pytest.raises(TipWithoutTechnician):
        split_tip(usd(100), [])


def test_negative_tips_and_prices_are_refused() -> None:
    with pytest.raises(NegativeAmount):
        split_tip(usd(-1), SERVED)
    with pytest.raises(NegativeAmount):
        split_tip(usd(1), [("lily", usd(-1))])
    with pytest.raises(NegativeAmount):
        name_tenders([("lily", usd(-1))], [])


def test_the_last_tender_carries_the_tips_first_then_the_one_before() -> None:
    tenders = [settled(TenderKind.STORED_VALUE, 9000), settled(TenderKind.EXTERNAL_CARD, 1000)]
    assert name_tenders([("lily", usd(813)), ("kim", usd(687))], tenders) == (
        TipPart("lily", usd(813), 1),
        TipPart("kim", usd(187), 1),
        TipPart("kim", usd(500), 0),
    )


def test_no_tip_names_no_tender() -> None:
    assert name_tenders([("lily", usd(0))], []) == ()


def test_tips_that_nobody_paid_are_refused() -> None:
    with pytest.raises(TipsExceedTenders) as refused:
        name_tenders([("lily", usd(1100))], [settled(TenderKind.CASH, 1000)])
    assert (refused.value.tips, refused.value.settled) == (1100, 1000)


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(min_value=0, max_value=5000)), max_size=5),
    st.lists(st.integers(min_value=0, max_value=9000), max_size=4),
)
def test_every_tip_is_paid_whole_and_no_tender_pays_more_than_it_took(
    drawn: list[tuple[str, int]], taken: list[int]
) -> None:
    tips = [(technician, usd(cents)) for technician, cents in drawn]
    tenders = [settled(TenderKind.CASH, cents) for cents in taken]
    if sum(cents for _, cents in drawn) > sum(taken):
        with pytest.raises(TipsExceedTenders):
            name_tenders(tips, tenders)
        return
    parts = name_tenders(tips, tenders)
    for index, tender in enumerate(tenders):
        assert sum((p.amount for p in parts if p.tender == index), usd(0)) <= tender.amount
    for technician in "abc":
        given_to = sum((p.amount for p in parts if p.technician == technician), usd(0))
        assert given_to == sum((tip for name, tip in tips if name == technician), usd(0))
