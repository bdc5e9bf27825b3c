"""The engine finds what brute force finds on small random carts; equal combinations are told apart as stated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from itertools import product as choices
from os import environ
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salon_desk.domain import promotion_search
from salon_desk.domain.catalog import ItemKind
from salon_desk.domain.coupon import HeldCoupon
from salon_desk.domain.money import Money, total
from salon_desk.domain.pricing import parts_of, price_ticket
from salon_desk.domain.promotion import Choice, Guest, Outcome, Promotion
from salon_desk.domain.ticket import Discount, DiscountScope, Ticket, TicketLine, promote
from tests.unit.domain.promotions import CATEGORIES, DAY, chosen, held, rule
from tests.unit.domain.shop import FLUSHING, product, service, ticket_of, usd

EXAMPLES = int(environ.get("SALON_DESK_CARTS", "60"))


@dataclass(frozen=True)
class Use:
    """One use of a rule in a combination: with a coupon, for points, or just so."""

    rule: Promotion
    coupon: HeldCoupon | None = None


@dataclass(frozen=True)
class Tried:
    """A lawful combination by brute force: what each use takes, what comes to nothing left away."""

    taken: tuple[tuple[Use, int], ...]

    @property
    def cents(self) -> int:
        return sum(cents for _use, cents in self.taken)

    @property
    def spent(self) -> list[tuple[str, str]]:
        """The coupons, by when they lapse."""
        coupons = [use.coupon for use, _cents in self.taken if use.coupon is not None]
        return sorted((one.to_day or "9999-99-99", one.coupon_id) for one in coupons)


def by_brute_force(ticket: Ticket, rules: Sequence[Promotion], guest: Guest) -> Tried:
    """The best of all lawful combinations, reckoned from what the rules say and from prices alone; nothing of the engine is used."""
    uses = [_uses_of(one, guest) for one in rules]
    numbers = choices(*(range(len(some) + 1) for some in uses))
    tried = []
    for chosen_numbers in numbers:
        some = [use for held, number in zip(uses, chosen_numbers, strict=True) for use in held[:number]]
        names = {one.rule.rule_id: one.rule for one in some}
        if not any(_together(*pair) for pair in combinations(names.values(), 2)):
            tried.append(what_it_comes_to(ticket, some, guest))
    return min(tried, key=lambda one: (-one.cents, len(one.spent), one.spent))


def _uses_of(one: Promotion, guest: Guest) -> list[Use]:
    """How often a rule may be used: its coupons that lapse first in front, once for points, or once."""
    if not one.conditions.needs_coupon:
        return [Use(one)]
    mine = [coupon for coupon in guest.coupons if coupon.promotion == one.rule_id and coupon.here]
    good = [coupon for coupon in mine if coupon.from_day <= DAY <= (coupon.to_day or DAY)]
    mine = sorted(good, key=lambda coupon: (coupon.to_day or "9999-99-99", coupon.coupon_id))
    return [Use(one, coupon) for coupon in mine[: one.most]]


def _together(one: Promotion, other: Promotion) -> bool:
    """Whether two rules may not stand on one ticket."""
    return one.alone or other.alone or (one.exclusive != "" and one.exclusive == other.exclusive)


def what_it_comes_to(ticket: Ticket, some: Sequence[Use], guest: Guest) -> Tried:
    """Percentages first, then amounts, then points, each in the owner's order; every one on what those before it left."""
    left = [line.list_total for line in ticket.lines]
    points = min(guest.points, ticket.wishes.points)
    taken = []
    for use in sorted(some, key=_place):
        lines = [at for at, line in enumerate(ticket.lines) if _is_for(use.rule, line)]
        open_cents = sum(left[at].cents for at in lines)
        amount = use.rule.amount
        if use.rule.block and amount is not None:
            blocks = min(points // use.rule.block, -(-open_cents // amount.cents))
            amount = amount * blocks
        off = Discount("x", use.rule.names, use.rule.bearer, amount, use.rule.percent)
        parts = parts_of(off, lines, left)
        for at, part in parts:
            left[at] = left[at] - part
        cents = sum(part.cents for _at, part in parts)
        taken += [(use, cents)] if cents else []
    return Tried(tuple(taken))


def _place(use: Use) -> tuple[int, int, str, str]:
    kind = 3 if use.rule.block else 1 if use.rule.percent else 2
    lapses = (use.coupon.to_day or "9999-99-99") + use.coupon.coupon_id if use.coupon else ""
    return kind, use.rule.order, use.rule.rule_id, lapses


def _is_for(one: Promotion, line: TicketLine) -> bool:
    kinds = {DiscountScope.SERVICES: ItemKind.SERVICE, DiscountScope.PRODUCTS: ItemKind.PRODUCT}
    if one.scope is not DiscountScope.ALL and line.kind is not kinds[one.scope]:
        return False
    return not one.categories or CATEGORIES.get(line.item_id, "") in one.categories


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
    days = st.sampled_from(["", "", "2026-11-19", DAY, "2026-11-30", "2026-12-31"])
    begins = st.sampled_from(["", "", "", DAY, "2026-11-21"])
    coupons = tuple(
        held(f"r{number}", f"c{number}{n}", to_day=draw(days), from_day=draw(begins))
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
def test_the_engine_finds_what_brute_force_finds_and_says_why_of_every_rule(
    cart: tuple[Ticket, list[Promotion], Guest],
) -> None:
    ticket, rules, guest = cart
    choice = promotion_search.best(ticket, rules, guest, day=DAY, categories=CATEGORIES)
    best = by_brute_force(ticket, rules, guest)
    spent = [one.asset.removeprefix("coupon/") for one in choice.discounts if one.asset[:7] == "coupon/"]
    assert (choice.exact, choice.total.cents, len(spent)) == (True, best.cents, len(best.spent))
    lapses = {one.coupon_id: one.to_day or "9999-99-99" for one in guest.coupons}
    assert sorted(lapses[one] for one in spent) == [day for day, _coupon in best.spent]
    priced = price_ticket(promote(ticket, choice.discounts), FLUSHING)
    assert priced.discount == choice.total  # what is said is what the till takes off
    _says_why(ticket, rules, guest, choice)


def _says_why(ticket: Ticket, rules: Sequence[Promotion], guest: Guest, choice: Choice) -> None:
    """Every rule has one verdict; what was passed over says by which, or that nothing is left, and what it would have taken."""
    assert [one.rule for one in choice.verdicts] == list(rules)
    used = {one.rule for one in choice.discounts}
    applied = [one.rule for one in choice.verdicts if one.outcome is Outcome.APPLIED]
    assert {one.rule_id for one in applied} == used
    assert total((one.amount for one in choice.verdicts if one.rule in applied), "USD") == choice.total
    points = min(guest.points, ticket.wishes.points)
    for one in choice.verdicts:
        match one.outcome:
            case Outcome.APPLIED:
                assert one.amount > usd(0)
            case Outcome.BETTER:
                assert one.by in applied
                assert one.by is not None
                assert _together(one.rule, one.by)
                assert one.amount.cents == _alone(ticket, one.rule, guest)
            case Outcome.NOTHING_LEFT:
                assert not any(_together(one.rule, other) for other in applied)
                assert one.amount.cents == _alone(ticket, one.rule, guest)
                uses = [Use(other) for other in applied if not other.conditions.needs_coupon]
                uses += [use for other in applied for use in _uses_of(other, guest) if use.coupon]
                more = what_it_comes_to(ticket, [*uses, *_uses_of(one.rule, guest)[:1]], guest)
                assert more.cents <= choice.total.cents
            case Outcome.NO_COUPON:
                assert one.rule.conditions.needs_coupon
                assert not any(held.promotion == one.rule.rule_id for held in guest.coupons)
            case Outcome.COUPON_LAPSED | Outcome.COUPON_NOT_YET:
                mine = [held for held in guest.coupons if held.promotion == one.rule.rule_id]
                lapsed = [held.to_day for held in mine if held.to_day and held.to_day < DAY]
                to_come = [held.from_day for held in mine if held.to_day not in lapsed]
                assert _uses_of(one.rule, guest) == []
                assert one.day == (min(to_come) if to_come else max(lapsed))
            case Outcome.NOTHING_FITS:
                assert not any(_is_for(one.rule, line) for line in ticket.lines)
            case Outcome.TOO_FEW_POINTS:
                assert (one.units, one.short) == (guest.points, one.rule.block - guest.points)
                assert one.short > 0
            case Outcome.NOT_ASKED:
                assert ticket.wishes.points < one.rule.block <= guest.points
            case other:
                raise AssertionError(other)
        if one.rule.block and one.outcome is Outcome.APPLIED:
            assert 0 < one.units <= points


def _alone(ticket: Ticket, one: Promotion, guest: Guest) -> int:
    return what_it_comes_to(ticket, _uses_of(one, guest)[:1], guest).cents


def test_one_that_is_better_by_a_cent_is_found_though_it_comes_later() -> None:
    rules = [rule("early", 1000, exclusive="x", order=1), rule("late", 1001, exclusive="x", order=2)]
    assert [one.rule for one in chosen(rules).discounts] == ["late"]


def test_two_coupons_of_one_rule_together_are_weighed_against_one_of_another() -> None:
    rules = [
        rule("one", 1000, exclusive="x"),
        rule("two", 600, exclusive="x", needs_coupon=True, most=2, order=1),
    ]
    guest = Guest("may", coupons=(held("two", "a"), held("two", "b")))
    assert [one.rule for one in chosen(rules, guest).discounts] == ["two", "two"]


def test_percentages_come_before_amounts_and_points_last() -> None:
    rules = [rule("points", 500, block=100, most=0), rule("ten", 1000), rule("tenth", percent="10", order=9)]
    ticket = ticket_of(service("gel", 4500))
    found = chosen(rules, Guest("may", points=100), ticket=ticket, points=100)
    assert [one.rule for one in found.discounts] == ["tenth", "ten", "points"]
    assert found.total == usd(450 + 1000 + 500)


def test_no_more_points_are_spent_than_there_are_whatever_is_asked() -> None:
    rules = [rule("points", 500, block=100, most=0)]
    found = chosen(rules, Guest("may", points=250), points=900)
    assert [one.units for one in found.discounts] == [200]


def test_what_the_cashier_wants_is_taken_though_the_same_could_be_had_for_nothing() -> None:
    rules = [rule("voucher", 1000, needs_coupon=True), rule("free", 4500, order=1)]
    guest, ticket = Guest("may", coupons=(held("voucher", "c"),)), ticket_of(service("gel", 4500))
    assert [one.rule for one in chosen(rules, guest, ticket=ticket).discounts] == ["free"]
    wanted = chosen(rules, guest, ticket=ticket, on=("voucher",))
    assert [one.rule for one in wanted.discounts] == ["voucher", "free"]


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
