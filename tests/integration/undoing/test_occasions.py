"""Coupons that give themselves: once a year and not once a visit, by the root alone, never two at tills that are cut off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from salon_desk.domain.coupon import CouponReason
from salon_desk.domain.promotion import Outcome
from salon_desk.operations import description as described
from salon_desk.operations.coupon import CouponIssued
from salon_desk.operations.description import FieldValue
from salon_desk.operations.node import WhyAnew
from salon_desk.services import coupons, members, merging, occasions, promotions, tickets
from salon_desk.services.coupons import Gift
from salon_desk.services.describe import describe
from salon_desk.services.members import NewMember
from salon_desk.storage import parent
from salon_desk.storage.office import Office, open_anew
from salon_desk.storage.parent import ParentLink
from salon_desk.storage.queries.coupons import Coupon
from salon_desk.storage.verify import verify
from salon_desk.wire.messages import Part
from tests.integration.cover.facts import operations
from tests.integration.services.loyal import on, outcomes, rule
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash, open_shop
from tests.integration.undoing.two_stores import Store2, TwoStores

GIVEN: tuple[tuple[str, dict[str, FieldValue]], ...] = (
    ("birthday", {"gives": "birthday", "birthday": "month", "position": 1}),
    ("friday", {"gives": "member_day", "weekdays": ["5"], "position": 2}),
    ("feast", {"gives": "holiday", "from_day": "2026-11-18", "to_day": "2026-11-30", "position": 3}),
    ("trial", {"gives": "newcomer", "valid_days": 30, "position": 4}),
    ("seasons", {"gives": "seasons", "valid_days": 90, "position": 5}),
)


def describe_gifts(shop: Shop, *ids: str) -> None:
    """These promotions, and that May's birthday is in November."""
    things = [
        rule(id_, {"amount_cents": 1000, "needs_coupon": True, **values})
        for id_, values in GIVEN
        if id_ in ids
    ]
    birthday = (described.MemberDescribed, shop.member, {"birthday": "11-28"})
    describe(shop.till, shop.command(), None, [*things, birthday])


def owned(shop: Shop, member: str = "") -> dict[str, Coupon]:
    """By promotion, what a member has left."""
    return {one.promotion: one for one in coupons.of_member(shop.till, member or shop.member)}


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Shop]:
    """A shop of one till, its own root."""
    shop = open_shop(tmp_path / "till")
    shop.open_shift()
    yield shop
    shop.till.store.close()
    assert verify(tmp_path / "till").problems == ()


@pytest.fixture
def chain(stores: TwoStores) -> TwoStores:
    """Both stores belong to head office and know the birthday coupon."""
    office = stores.chain.office
    for shop in (stores.first, stores.second):
        link = ParentLink("https://office.example", office.node, office.epoch, "", "", confirmed=True)
        with shop.till.store.local() as transaction:
            parent.write(transaction, link)
    describe_gifts(stores.first, "birthday")
    stores.settle()
    return stores


def comes_in(stores: TwoStores, shop: Store2, *, online: bool = True) -> tuple[Part, ...]:
    """May checks in; what is asked for, which arrives where there is a line."""
    shop.ticket()
    asked = promotions.elsewhere(shop.till, shop.member)
    if online and asked:
        stores.settle(shop)
        stores.fetch(shop, asked)
        stores.settle(shop)
    return asked


def given(stores: TwoStores) -> int:
    """How many coupons head office knows of."""
    return sum(isinstance(one, CouponIssued) for one in operations(stores.chain.office))


def test_who_comes_in_gets_what_the_day_gives_and_once_only(alone: Shop) -> None:
    describe_gifts(alone, "birthday", "friday", "feast")
    ticket = alone.ticket(("gel", "lily"))
    assert set(on(alone, ticket)) == {"birthday", "friday", "feast"}
    assert {one.reason for one in owned(alone).values()} == {
        CouponReason.BIRTHDAY,
        CouponReason.MEMBER_DAY,
        CouponReason.HOLIDAY,
    }
    alone.sell(ticket, cash())
    assert owned(alone) == {}
    again = alone.ticket(("gel", "lily"), member=False)
    tickets.attach_member(alone.till, alone.command(), CASHIER, again, member=alone.member)
    assert on(alone, again) == []
    assert outcomes(alone, again)["birthday"] is Outcome.NO_COUPON


def test_what_was_taken_back_by_hand_is_not_given_again(alone: Shop) -> None:
    describe_gifts(alone, "birthday")
    alone.ticket()
    coupons.withdraw(
        alone.till, alone.command(), MANAGER, owned(alone)["birthday"].coupon, reason="no birthday"
    )
    alone.ticket()
    assert owned(alone) == {}


def test_one_that_was_given_by_hand_meanwhile_counts(alone: Shop) -> None:
    describe_gifts(alone, "birthday")
    coupons.give(alone.till, alone.command(), MANAGER, [alone.member], Gift("birthday"))
    alone.ticket()
    assert len(operations_of(alone)) == 1


def test_a_person_with_two_entries_has_one_birthday(alone: Shop) -> None:
    describe_gifts(alone, "birthday")
    twin = members.add(alone.till, alone.command(), CASHIER, NewMember("May W", birthday="11-28")).member
    alone.ticket()
    merging.merge(alone.till, alone.command(), MANAGER, twin.member_id, duplicate=alone.member)
    tickets.open_ticket(alone.till, alone.command(), CASHIER, member=twin.member_id)
    assert len(operations_of(alone)) == 1


def operations_of(shop: Shop) -> list[CouponIssued]:
    """The coupons that a till gave."""
    return [one for one in operations(shop.till.store) if isinstance(one, CouponIssued)]


def test_a_newcomer_gets_the_trial_coupon_with_the_entry_and_nobody_else_does(alone: Shop) -> None:
    describe_gifts(alone, "trial")
    alone.ticket()
    new = members.add(alone.till, alone.command(), CASHIER, NewMember("Ann")).member
    assert owned(alone) == {}
    assert owned(alone, new.member_id)["trial"].reason is CouponReason.TRIAL


def test_the_coupons_of_an_offer_begin_season_after_season(alone: Shop) -> None:
    describe_gifts(alone, "seasons")
    offer = {"coupon": "seasons", "coupon_count": 3}
    describe(alone.till, alone.command(), None, [(described.OfferDescribed, "300", offer)])
    alone.top_up("300.00", offer="300")
    found = coupons.of_member(alone.till, alone.member)
    assert [(one.from_day, one.to_day) for one in found] == [
        ("", "2027-02-17"),
        ("2027-02-20", "2027-05-20"),
        ("2027-05-20", "2027-08-17"),
    ]


def test_a_coupon_without_its_text_is_not_given_and_the_ticket_opens(alone: Shop) -> None:
    describe_gifts(alone, "birthday")
    silent = {"terms_en": "", "valid_days": 30}
    describe(alone.till, alone.command(), None, [(described.PromotionDescribed, "birthday", silent)])
    assert alone.ticket()
    assert owned(alone) == {}


def test_one_of_two_tills_gets_the_birthday_coupon_and_the_other_hears_where_it_is(chain: TwoStores) -> None:
    first, second = chain.first, chain.second
    (asked,) = comes_in(chain, first)
    assert asked == Part(f"coupon/birthday/{first.member}/2026", 1)
    assert owned(first)["birthday"].here
    ticket = first.ticket(("service-3000", "lily"))
    assert on(first, ticket) == ["birthday"]
    comes_in(chain, second, online=False)
    chain.settle()
    assert not owned(second)["birthday"].here
    first.sell(ticket, cash())
    chain.settle()
    assert comes_in(chain, second) == () == comes_in(chain, first)
    assert given(chain) == 1
    chain.check()


def test_two_tills_that_are_cut_off_give_none(chain: TwoStores) -> None:
    for shop in (chain.first, chain.second):
        assert len(comes_in(chain, shop, online=False)) == 1
        assert owned(shop) == {}
    comes_in(chain, chain.second)
    comes_in(chain, chain.first)
    assert given(chain) == 1
    assert sum(owned(shop)["birthday"].here for shop in (chain.first, chain.second)) == 1
    chain.check()


def test_head_office_gives_nothing_that_is_not_due(chain: TwoStores) -> None:
    office, node = chain.chain.office, chain.first.till.store.node
    wrong = [f"coupon/{one}" for one in ("birthday/may/2025", "birthday/nobody/2026", "x/may/2026", "y", "")]
    assert occasions.give_asked(office, node, wrong) == 0
    assert occasions.give_asked(office, "nobody", ["coupon/birthday/may/2026"]) == 0
    assert given(chain) == 0


def test_a_head_office_that_was_put_back_gives_nothing_that_it_may_have_given(chain: TwoStores) -> None:
    office = chain.chain.office
    assert isinstance(office, Office)
    open_anew(office, WhyAnew.CHILD_KNOWS_MORE)
    comes_in(chain, chain.first)
    assert given(chain) == 0
    chain.chain.clock.instant = chain.chain.clock.instant.replace(year=2027)
    node = chain.first.till.store.node
    assert occasions.give_asked(office, node, [f"coupon/birthday/{chain.first.member}/2027"]) == 1
