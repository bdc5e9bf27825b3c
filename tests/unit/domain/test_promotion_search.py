"""The engine finds what brute force finds on small random carts; equal combinations are told apart as stated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from os import environ
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salon_desk.domain import promotion_search
from salon_desk.domain.money import Money, total
from salon_desk.domain.pricing import left_of, price_ticket
from salon_desk.domain.promotion import Guest, Outcome, Promotion
from salon_desk.domain.promotion_search import Candidate, Taken, candidates, key_of, lawful, take
from salon_desk.domain.ticket import DiscountScope, Ticket, promote
from tests.unit.domain.promotions import CATEGORIES, DAY, chosen, held, rule, verdict
from tests.unit.domain.shop import FLUSHING, product, service, ticket_of, usd

EXAMPLES = int(environ.get("SALON_DESK_CARTS", "60"))


def by_brute_force(ticket: Ticket, rules: Sequence[Promotion], guest: Guest) -> tuple[Any, list[Taken]]:
    """The best of all lawful sets, each taken in the stated order; what takes nothing is left away."""
    found, _why = candidates(ticket, rules, guest, day=DAY, categories=CATEGORIES)
    tried = []
    for count in range(len(found) + 1):
        for some in combinations(found, count):
            if all(lawful(one, some[:at]) for at, one in enumerate(some)):
                taken = taken_of(ticket, some, guest)
                tried.append((key_of(found, taken)[:3], taken))
    return min(tried, key=lambda one: one[0])


def taken_of(ticket: Ticket, some: Sequence[Candidate], guest: Guest) -> list[Taken]:
    """What a set of candidates comes to."""
    left, taken = left_of(ticket), list[Taken]()
    for one in some:
        discount, parts = take(one, left, guest)
        for at, part in parts:
            left[at] = left[at] - part
        taken.append((one, discount, total((part for _at, part in parts), "USD")))
    return taken


amounts = st.sampled_from([1, 99, 500, 1000, 1200, 2500, 4500])
percents = st.sampled_from(["5", "10", "33.3", "50", "100"])
LINES = [service("gel", 4500), service("pedicure", 3801), product("cream", 1799), service("wax", 999, "kim")]


@st.composite
def rules_of(draw: st.DrawFn, number: int) -> Promotion:
    """A rule of any kind that the guest could have."""
    money: dict[str, Any] = {"cents": draw(amounts)} if draw(st.booleans()) else {"percent": draw(percents)}
    return rule(
        f"r{number}",
        **money,
        scope=draw(st.sampled_from(list(DiscountScope))),
        categories=draw(st.sampled_from([(), (), ("nails",), ("feet", "shelf")])),
        exclusive=draw(st.sampled_from(["", "", "a", "b"])),
        alone=draw(st.sampled_from([False, False, False, True])),
        needs_coupon=draw(st.booleans()),
        most=draw(st.integers(1, 2)),
        order=draw(st.integers(0, 2)),
    )


@st.composite
def carts(draw: st.DrawFn) -> tuple[Ticket, list[Promotion], Guest]:
    """A small cart, some rules, and a guest with coupons and points."""
    lines = draw(st.lists(st.sampled_from(LINES), min_size=1, max_size=3, unique_by=lambda one: one.line_id))
    rules = [draw(rules_of(number)) for number in range(draw(st.integers(0, 5)))]
    days = st.sampled_from(["", "2026-11-30", "2026-12-31"])
    coupons = tuple(
        held(f"r{number}", f"c{number}{n}", to_day=draw(days))
        for number in range(len(rules))
        for n in range(draw(st.integers(0, 2)))
    )
    if draw(st.booleans()):
        rules.append(rule("points", 300, block=50, most=0, order=draw(st.integers(0, 2))))
    ticket = ticket_of(*lines)
    points = draw(st.integers(0, 300))
    return (
        replace(ticket, wishes=replace(ticket.wishes, points=points)),
        rules,
        Guest("may", coupons=coupons, points=draw(st.integers(0, 300))),
    )


@settings(max_examples=EXAMPLES)
@given(carts())
def test_the_engine_finds_what_brute_force_finds(cart: tuple[Ticket, list[Promotion], Guest]) -> None:
    ticket, rules, guest = cart
    choice = promotion_search.best(ticket, rules, guest, day=DAY, categories=CATEGORIES)
    key, _taken = by_brute_force(ticket, rules, guest)
    spent = [one.asset for one in choice.discounts if one.asset.startswith("coupon/")]
    assert (choice.exact, choice.total.cents, len(spent)) == (True, -key[0], key[1])
    assert sorted(one.removeprefix("coupon/") for one in spent) == sorted(one[1] for one in key[2])
    priced = price_ticket(promote(ticket, choice.discounts), FLUSHING)
    assert priced.discount == choice.total  # what is said is what the till takes off
    applied = [one.amount for one in choice.verdicts if one.outcome is Outcome.APPLIED]
    assert total(applied, "USD") == choice.total
    assert [one.rule for one in choice.verdicts] == rules  # every rule has its reason
    for one in choice.verdicts:
        if one.outcome is Outcome.BETTER:
            assert one.by is not None
            assert verdict(choice, one.by.rule_id).outcome is Outcome.APPLIED


def test_of_two_equal_ones_the_coupon_stays_with_the_guest() -> None:
    paid, free = (
        rule("paid", 1000, exclusive="x", needs_coupon=True),
        rule("free", 1000, exclusive="x", order=5),
    )
    guest = Guest("may", coupons=(held("paid", "c"),))
    assert [one.rule for one in chosen([paid, free], guest).discounts] == ["free"]


def test_of_two_equal_coupons_the_one_that_lapses_first_is_spent() -> None:
    one, other = (rule(name, 1000, exclusive="x", needs_coupon=True) for name in ("one", "other"))
    guest = Guest("may", coupons=(held("one", "a"), held("other", "b", to_day="2026-11-30")))
    assert [got.rule for got in chosen([one, other], guest).discounts] == ["other"]


def test_of_two_equal_ones_the_owners_order_decides() -> None:
    rules = [rule("late", 1000, exclusive="x", order=2), rule("early", 1000, exclusive="x", order=1)]
    assert [one.rule for one in chosen(rules).discounts] == ["early"]


def test_fifteen_rules_that_all_go_together_are_found_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = [rule(f"r{number:02}", percent="3", order=number) for number in range(15)]
    coupons = tuple(held(f"v{number}", f"c{number}") for number in range(6))
    rules += [rule(f"v{number}", 900, needs_coupon=True) for number in range(6)]
    guest = Guest("may", coupons=coupons)
    assert chosen(rules, guest).exact
    monkeypatch.setattr(promotion_search, "MOST_STEPS", 10)
    cut = chosen(rules, guest)
    assert (cut.exact, cut.total > Money(0, "USD")) == (False, True)


def test_without_rules_or_lines_there_is_nothing_to_choose() -> None:
    assert chosen([]).discounts == ()
    nothing = chosen([rule("r", 100)], ticket=ticket_of())
    assert nothing.verdicts[0].outcome is Outcome.NOTHING_FITS
    assert nothing.total == usd(0)
