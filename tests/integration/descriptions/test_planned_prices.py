"""A price planned for a day holds from that day on, at a till that hears from nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from salon_desk.domain.money import Money
from salon_desk.operations.description import (
    CategoryDescribed,
    ChangePlanned,
    DiscountDescribed,
    ItemDescribed,
    MemberDescribed,
    OfferDescribed,
    StaffDescribed,
    StoreDescribed,
    TenderDescribed,
)
from salon_desk.services import cards, catalogue, members, search, sign_in
from salon_desk.services.describe import cancel_plan, describe, plan, plans
from salon_desk.services.payment import TopUpAsk
from salon_desk.services.report_errors import BadDay
from salon_desk.storage.queries import catalogue as stored
from salon_desk.storage.queries import staff
from tests.integration.descriptions.nodes import Nodes, digest_of
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash, dollars

TOMORROW, LATER = "2026-11-21", "2026-11-25"


def next_day(shop: Shop, days: int = 1) -> None:
    shop.clock.instant += timedelta(days=days)


def price(shop: Shop, item: str = "gel") -> Money | None:
    """The price as the tiles show it."""
    tiles = [one for group in catalogue.view(shop.till).tiles for one in group.items]
    return next(one.price for one in tiles if one.item_id == item)


def plan_price(shop: Shop, cents: int, day: str, item: str = "gel") -> None:
    plan(shop.till, shop.command(), MANAGER, [(ItemDescribed, item, {"price_cents": cents})], day)


def edit_price(shop: Shop, cents: int, item: str = "gel") -> None:
    describe(shop.till, shop.command(), MANAGER, [(ItemDescribed, item, {"price_cents": cents})])


def test_a_planned_price_holds_from_its_day_on_and_not_before(tiled: Shop) -> None:
    plan_price(tiled, 5000, TOMORROW)
    assert price(tiled) == dollars("45.00")
    next_day(tiled)
    assert price(tiled) == dollars("50.00")
    assert price(tiled, "pedicure") == dollars("38.00")
    next_day(tiled, 300)
    assert price(tiled) == dollars("50.00")


def test_tiles_search_barcode_and_ticket_show_the_same_planned_price(tiled: Shop) -> None:
    describe(tiled.till, tiled.command(), MANAGER, [(ItemDescribed, "cream", {"code": "690"})])
    plan_price(tiled, 2100, TOMORROW, "cream")
    next_day(tiled)
    by_code, found = search.by_code(tiled.till, "690"), search.search(tiled.till, "cream")
    assert by_code is not None
    seen = [by_code.item, *(one.item for one in found)]
    assert [one.price for one in seen if one] == [dollars("21.00"), dollars("21.00")]
    tiled.open_shift()
    sale = tiled.sell(tiled.ticket(("cream", "")), cash()).sale
    assert sale.lines[0].unit_price == dollars("21.00")


def test_the_day_is_that_of_the_open_shift_whatever_the_clock_says(tiled: Shop) -> None:
    tiled.open_shift()
    plan_price(tiled, 5000, TOMORROW)
    next_day(tiled, 3)
    assert price(tiled) == dollars("45.00")


def test_a_ticket_and_a_sale_keep_the_price_they_were_made_with(tiled: Shop) -> None:
    plan_price(tiled, 5000, "2026-11-20")
    tiled.open_shift()
    waiting = tiled.ticket(("gel", "kim"))
    sold = tiled.sell(tiled.ticket(("gel", "kim")), cash())
    edit_price(tiled, 6000)
    assert price(tiled) == dollars("60.00")
    later = tiled.sell(waiting, cash())
    assert {one.sale.lines[0].unit_price for one in (sold, later)} == {dollars("50.00")}


def test_an_edit_now_leaves_what_is_planned_for_later_alone(tiled: Shop) -> None:
    plan_price(tiled, 5000, TOMORROW)
    plan_price(tiled, 5500, LATER)
    edit_price(tiled, 4700)
    assert price(tiled) == dollars("47.00")
    next_day(tiled)
    assert price(tiled) == dollars("50.00")
    next_day(tiled, 4)
    assert price(tiled) == dollars("55.00")


def test_an_edit_outranks_a_plan_whose_day_has_come(tiled: Shop) -> None:
    plan_price(tiled, 5000, TOMORROW)
    next_day(tiled)
    edit_price(tiled, 4900)
    assert price(tiled) == dollars("49.00")
    next_day(tiled, 30)
    assert price(tiled) == dollars("49.00")


def test_planning_for_an_earlier_day_leaves_the_later_plan_alone(tiled: Shop) -> None:
    plan_price(tiled, 5500, LATER)
    plan_price(tiled, 5000, TOMORROW)
    assert [(one.from_day, one.values) for one in plans(tiled.till, ItemDescribed, "gel")] == [
        (TOMORROW, {"price_cents": 5000}),
        (LATER, {"price_cents": 5500}),
    ]
    next_day(tiled)
    assert price(tiled) == dollars("50.00")
    next_day(tiled, 4)
    assert price(tiled) == dollars("55.00")


def test_another_plan_for_the_same_day_replaces_the_first(tiled: Shop) -> None:
    plan_price(tiled, 5500, TOMORROW)
    plan_price(tiled, 5200, TOMORROW)
    (one,) = plans(tiled.till, ItemDescribed, "gel")
    assert one.values == {"price_cents": 5200}
    next_day(tiled)
    assert price(tiled) == dollars("52.00")


def test_a_cancelled_plan_changes_nothing_and_does_not_come_back_with_a_later_edit(tiled: Shop) -> None:
    plan_price(tiled, 5000, TOMORROW)
    plan_price(tiled, 5500, LATER)
    assert cancel_plan(tiled.till, tiled.command(), MANAGER, (ItemDescribed, "gel"), TOMORROW) is not None
    assert [one.from_day for one in plans(tiled.till, ItemDescribed, "gel")] == [LATER]
    edit_price(tiled, 4700)
    next_day(tiled)
    assert price(tiled) == dollars("47.00")
    next_day(tiled, 4)
    assert price(tiled) == dollars("55.00")


def test_a_field_never_said_before_goes_back_to_nothing_when_its_plan_is_cancelled(tiled: Shop) -> None:
    things = [(StaffDescribed, "lily", {"stores": ["s1"], "hat": "red"})]
    plan(tiled.till, tiled.command(), MANAGER, things, TOMORROW)
    done = cancel_plan(tiled.till, tiled.command(), MANAGER, (StaffDescribed, "lily"), TOMORROW)
    assert done is not None
    (again,) = done.operations
    assert isinstance(again, ChangePlanned)
    assert {name: (one.n, one.value) for name, one in again.fields.items()} == {
        "stores": (2, []),
        "hat": (2, None),
    }
    assert plans(tiled.till, StaffDescribed, "lily") == ()


def test_to_cancel_what_nobody_planned_records_nothing(tiled: Shop) -> None:
    before = tiled.till.store.head
    assert cancel_plan(tiled.till, tiled.command(), MANAGER, (ItemDescribed, "gel"), TOMORROW) is None
    assert tiled.till.store.head == before


def test_a_price_that_goes_down_for_some_days_comes_up_again(tiled: Shop) -> None:
    plan_price(tiled, 3900, TOMORROW)
    plan_price(tiled, 4500, LATER)
    edit_price(tiled, 4500)
    next_day(tiled)
    assert price(tiled) == dollars("39.00")
    next_day(tiled, 4)
    assert price(tiled) == dollars("45.00")


def test_an_edit_of_one_field_restates_no_other_field_s_plan(tiled: Shop) -> None:
    plan_price(tiled, 5000, TOMORROW)
    done = describe(tiled.till, tiled.command(), MANAGER, [(ItemDescribed, "gel", {"minutes": 50})])
    assert len(done.operations) == 1


@pytest.mark.parametrize("day", ["", "tomorrow", "20261121", "2026-11-31", "2026-W47-6"])
def test_a_day_that_is_none_is_refused(tiled: Shop, day: str) -> None:
    with pytest.raises(BadDay):
        plan_price(tiled, 5000, day)


def test_tiles_appear_disappear_move_and_are_renamed_on_their_day(tiled: Shop) -> None:
    till = tiled.till
    describe(till, tiled.command(), None, [(ItemDescribed, "new", {"category": "nails", "active": False})])
    things = [
        (ItemDescribed, "new", {"active": True, "name_en": "New", "position": -1}),
        (ItemDescribed, "cream", {"active": False}),
        (ItemDescribed, "six", {"category": "rest"}),
        (CategoryDescribed, "rest", {"name_en": "Rest"}),
        (CategoryDescribed, "nails", {"name_en": "Hands"}),
    ]
    describe(till, tiled.command(), None, [(CategoryDescribed, "rest", {"position": 2})])
    plan(till, tiled.command(), MANAGER, things, TOMORROW)
    before = {
        one.category.names.en: [item.item_id for item in one.items] for one in catalogue.view(till).tiles
    }
    next_day(tiled)
    after = {
        one.category.names.en: [item.item_id for item in one.items] for one in catalogue.view(till).tiles
    }
    assert before == {"N": ["cream", "gel", "pedicure", "six"], "": []}
    assert after == {"Hands": ["new", "gel", "pedicure"], "Rest": ["six"]}


def test_a_barcode_that_moves_to_another_product_is_read_so_on_its_day(tiled: Shop) -> None:
    till = tiled.till
    describe(till, tiled.command(), None, [(ItemDescribed, "cream", {"code": "690"})])
    plan(
        till,
        tiled.command(),
        MANAGER,
        [(ItemDescribed, "cream", {"code": ""}), (ItemDescribed, "six", {"code": "690"})],
        TOMORROW,
    )
    with till.read() as transaction:
        found = [stored.item_by_code(transaction, "690", day) for day in ("2026-11-20", TOMORROW)]
    assert [one.item_id if one else "" for one in found] == ["cream", "six"]


def test_offers_discounts_tenders_staff_shop_and_members_change_on_their_day(tiled: Shop) -> None:
    till = tiled.till
    describe(till, tiled.command(), None, [(TenderDescribed, "zelle", {"name_en": "Zelle"})])
    things = [
        (OfferDescribed, "300", {"bonus_cents": 9900}),
        (DiscountDescribed, "birthday", {"amount_cents": 1500}),
        (TenderDescribed, "zelle", {"opens_drawer": True}),
        (StaffDescribed, "kim", {"active": False}),
        (StaffDescribed, "amy", {"role": "manager"}),
        (StoreDescribed, "s1", {"address": "1 New Street"}),
        (MemberDescribed, tiled.member, {"tier": "gold"}),
    ]
    plan(till, tiled.command(), MANAGER, things, TOMORROW)

    def seen() -> tuple[object, ...]:
        view = catalogue.view(till)
        with till.read() as transaction:
            amy = staff.staff_member(transaction, "amy", till.business_day(transaction))
        return (
            next(one.bonus for one in view.offers if one.offer_id == "300"),
            view.discounts[0].amount,
            view.tenders[0].opens_drawer,
            [one.staff for one in sign_in.technicians(till)],
            amy.role.value if amy else "",
            view.shop.address,
            members.page(till, tiled.member).figures.member.tier,
        )

    before = seen()
    next_day(tiled)
    after = seen()
    changed = (
        dollars("99.00"),
        dollars("15.00"),
        True,
        ["amy", "lily", "wang"],
        "manager",
        "1 New Street",
        "gold",
    )
    assert after == changed
    assert all(one != other for one, other in zip(before, after, strict=True))


def test_an_offer_is_sold_with_what_was_planned_for_the_day(tiled: Shop) -> None:
    plan(tiled.till, tiled.command(), MANAGER, [(OfferDescribed, "300", {"bonus_cents": 9900})], TOMORROW)
    next_day(tiled)
    tiled.open_shift()
    ask = TopUpAsk(tiled.card, offer="300")
    topped = cards.top_up(tiled.till, tiled.command(), CASHIER, ask, tenders=(cash(),))
    assert topped.top_up.funding.bonus == dollars("99.00")


def test_a_member_edited_on_a_form_keeps_what_a_plan_had_changed(tiled: Shop) -> None:
    plan(tiled.till, tiled.command(), MANAGER, [(MemberDescribed, tiled.member, {"tier": "gold"})], TOMORROW)
    next_day(tiled)
    shown = members.page(tiled.till, tiled.member).figures.member
    members.edit(tiled.till, tiled.command(), MANAGER, replace(shown, note="quiet"))
    again = members.page(tiled.till, tiled.member).figures.member
    assert (again.tier, again.note) == ("gold", "quiet")


def test_tills_cut_off_change_together_with_those_that_are_not(nodes: Nodes) -> None:
    describe(nodes.desk(), "item", None, [(ItemDescribed, "gel", {"price_cents": 4500, "kind": "service"})])
    plan(nodes.desk(), "plan", None, [(ItemDescribed, "gel", {"price_cents": 5000})], TOMORROW)
    nodes.sync()
    before = digest_of(nodes.tills["S1-1"])
    prices = {}
    for name in nodes.tills:
        till = nodes.till(name)
        for day in ("2026-11-20", TOMORROW):
            with till.read() as transaction:
                found = stored.item(transaction, "gel", day)
            prices[name, day] = found.price.cents if found and found.price else 0
    assert prices == {
        ("S1-1", "2026-11-20"): 4500,
        ("S1-1", TOMORROW): 5000,
        ("S2-1", "2026-11-20"): 4500,
        ("S2-1", TOMORROW): 5000,
    }
    assert {digest_of(store) for store in nodes.every()} == {before}
