"""The best lawful combination of promotions for a guest, and what became of each rule.

Percentages are taken first, then amounts, then points, each in the owner's order, behind what the cashier picked. Best is the
greatest discount; of equal ones that which spends the fewest coupons, then those that lapse first, then the owner's order. The
search is exact until MOST_STEPS, which no real ticket comes near; from there on it keeps the best found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from salon_desk.domain.coupon import HeldCoupon, coupon_asset
from salon_desk.domain.money import Money, total
from salon_desk.domain.points import points_asset
from salon_desk.domain.pricing import left_of, lowers, parts_of
from salon_desk.domain.promotion import Choice, Guest, Outcome, Promotion, Verdict
from salon_desk.domain.promotion_conditions import refused, usable
from salon_desk.domain.ticket import Discount, Ticket, TicketLine, promote

MOST_STEPS = 20_000

Taken = tuple["Candidate", Discount, Money]
"""A candidate as it was taken: its discount and what that came to."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One use of a rule, its `nth`: which lines it is for, which items where it is for some only, its coupon or blocks of points."""

    rule: Promotion
    scope: tuple[int, ...]
    items: tuple[str, ...] = ()
    coupon: HeldCoupon | None = None
    blocks: int = 0
    nth: int = 0

    @property
    def place(self) -> tuple[int, int, str, int]:
        """Its place in the order in which discounts are taken."""
        kind = 2 if self.rule.block else int(self.rule.percent is None)
        return kind, self.rule.order, self.rule.rule_id, self.nth


Key = tuple[int, int, tuple[tuple[str, str], ...], tuple[int, ...]]
"""How good a combination is, the least first: minus its cents, coupons, when they lapse, which candidates were left out."""


def best(
    ticket: Ticket, rules: Sequence[Promotion], guest: Guest, *, day: str, categories: Mapping[str, str]
) -> Choice:
    """What the shop's promotions do for a ticket on a business day; `categories`: of its items. The ticket's wishes hold."""
    bare = promote(ticket, ())
    left, zero = left_of(bare), Money.zero(ticket.currency)
    found, refusals = candidates(bare, rules, guest, day=day, categories=categories)
    wanted, passed = _by_hand(found, ticket.wishes.on)
    alone = {one.rule.rule_id: _alone(one, left, guest) for one in reversed(found)}
    taken, exact = _search([one for one in found if one.rule.rule_id not in passed], left, wanted, guest)
    by_rule = {rule.rule_id: [one for one in taken if one[0].rule == rule] for rule in rules}
    chosen = _greatest_first([uses for uses in by_rule.values() if uses], zero)
    return Choice(
        discounts=tuple(discount for _one, discount, _amount in taken),
        verdicts=tuple(
            refusals.get(rule.rule_id)
            or _verdict(rule, by_rule[rule.rule_id], chosen, alone[rule.rule_id], passed)
            for rule in rules
        ),
        total=total((amount for *_x, amount in taken), zero.currency),
        exact=exact,
    )


def candidates(
    ticket: Ticket, rules: Sequence[Promotion], guest: Guest, *, day: str, categories: Mapping[str, str]
) -> tuple[list[Candidate], dict[str, Verdict]]:
    """What may be taken, in the order in which it is, and by rule why others may not."""
    zero, left = Money.zero(ticket.currency), left_of(ticket)
    found: list[Candidate] = []
    refusals: dict[str, Verdict] = {}
    for rule in rules:
        scope = _scope(rule, ticket.lines, categories)
        items = tuple(dict.fromkeys(ticket.lines[at].item_id for at in scope)) if _is_narrow(rule) else ()
        verdict = refused(rule, guest, [ticket.lines[at] for at in scope], day, zero)
        if verdict is None and rule.block:
            verdict = _by_points(rule, guest, ticket.wishes.points, [left[at] for at in scope], zero)
        uses = [] if verdict else _uses(Candidate(rule, scope, items), guest, day, ticket.wishes.points)
        if uses and rule.rule_id in ticket.wishes.off:
            verdict = Verdict(rule, Outcome.TAKEN_OFF, _alone(uses[0], left, guest))
        if verdict is None:
            found += uses
        else:
            refusals[rule.rule_id] = verdict
    return sorted(found, key=lambda one: one.place), refusals


def take(
    candidate: Candidate, left: Sequence[Money], guest: Guest
) -> tuple[Discount, list[tuple[int, Money]]]:
    """A candidate's discount on what is left of the lines, and its parts by line; no point is spent for nothing."""
    rule, blocks = candidate.rule, 1
    if rule.block:
        assert rule.amount is not None
        open_cents = sum(left[at].cents for at in candidate.scope)
        blocks = min(candidate.blocks, -(-open_cents // rule.amount.cents))
    discount = Discount(
        discount_id=f"promotion/{rule.rule_id}" + (f"#{candidate.nth + 1}" if candidate.nth else ""),
        names=rule.names,
        bearer=rule.bearer,
        amount=None if rule.amount is None else rule.amount * blocks,
        percent=rule.percent,
        scope=rule.scope,
        items=candidate.items,
        rule=rule.rule_id,
        asset=_asset(candidate, guest),
        units=rule.block * blocks if rule.block else int(candidate.coupon is not None),
    )
    return discount, parts_of(discount, candidate.scope, left)


def _asset(candidate: Candidate, guest: Guest) -> str:
    if candidate.rule.block:
        return points_asset(guest.member)
    return coupon_asset(candidate.coupon.coupon_id) if candidate.coupon else ""


def key_of(found: Sequence[Candidate], taken: Sequence[Taken]) -> Key:
    """How good a combination of the candidates is; see Key."""
    coupons = [one.coupon for one, *_x in taken if one.coupon is not None]
    ins = {one.place for one, *_x in taken}
    return (
        -sum(amount.cents for *_x, amount in taken),
        len(coupons),
        tuple(sorted(one.expiry for one in coupons)),
        tuple(int(one.place not in ins) for one in found),
    )


def lawful(candidate: Candidate, taken: Sequence[Candidate]) -> bool:
    """Whether a candidate may stand beside those that were taken; a further coupon of a rule only behind the one before."""
    if candidate.nth and not any(
        one.rule == candidate.rule and one.nth == candidate.nth - 1 for one in taken
    ):
        return False
    return not any(candidate.rule.clashes(one.rule) for one in taken)


def _scope(rule: Promotion, lines: Sequence[TicketLine], categories: Mapping[str, str]) -> tuple[int, ...]:
    """The lines that a rule is for."""
    wide = Discount(rule.rule_id, rule.names, rule.bearer, scope=rule.scope)
    among = [at for at, line in enumerate(lines) if lowers(wide, line)]
    if not _is_narrow(rule):
        return tuple(among)
    items = {at: lines[at].item_id for at in among}
    return tuple(
        at for at, item in items.items() if item in rule.items or categories.get(item, "") in rule.categories
    )


def _is_narrow(rule: Promotion) -> bool:
    return bool(rule.items or rule.categories)


def _uses(one: Candidate, guest: Guest, day: str, asked: int) -> list[Candidate]:
    """How often a rule may be taken: once, once a coupon, or once for as many points as are asked for."""
    rule = one.rule
    if rule.block:
        blocks = min(asked, guest.points) // rule.block
        return [replace(one, blocks=min(blocks, rule.most) if rule.most else blocks)]
    if not rule.conditions.needs_coupon:
        return [one]
    held = usable(rule, guest, day)[: rule.most]
    return [replace(one, coupon=coupon, nth=nth) for nth, coupon in enumerate(held)]


def _by_points(
    rule: Promotion, guest: Guest, asked: int, left: Sequence[Money], zero: Money
) -> Verdict | None:
    """Why no points are redeemed: there are too few, they are elsewhere, nobody asked for it."""
    whole = guest.points + guest.points_elsewhere
    if whole < rule.block:
        return Verdict(rule, Outcome.TOO_FEW_POINTS, zero, units=whole, short=rule.block - whole)
    if guest.points < rule.block:
        return Verdict(rule, Outcome.POINTS_ELSEWHERE, zero, units=guest.points_elsewhere)
    if asked >= rule.block:
        return None
    assert rule.amount is not None
    worth = rule.amount * (guest.points // rule.block)
    most = total(left, zero.currency)
    return Verdict(rule, Outcome.NOT_ASKED, min(worth, most), units=guest.points)


def _by_hand(found: Sequence[Candidate], on: Sequence[str]) -> tuple[set[str], dict[str, Promotion]]:
    """The rules that the cashier wants on, the last one first, and by rule those that may not stand beside one of them."""
    rules = {one.rule.rule_id: one.rule for one in found}
    wanted: list[Promotion] = []
    for rule_id in reversed(on):
        rule = rules.get(rule_id)
        if rule is not None and not any(rule.clashes(one) for one in wanted):
            wanted.append(rule)
    passed = {
        rule.rule_id: next(one for one in wanted if rule.clashes(one))
        for rule in rules.values()
        if any(rule.clashes(one) for one in wanted)
    }
    return {one.rule_id for one in wanted}, passed


class _Search:
    """Depth first over the candidates in their order, each taken before it is left out; cut where no more can come of it."""

    def __init__(
        self, found: Sequence[Candidate], left: Sequence[Money], wanted: set[str], guest: Guest
    ) -> None:
        self._found, self._wanted, self._guest = found, wanted, guest
        self._zero = left[0] - left[0]
        self._most = [_alone(one, left, guest).cents for one in found]
        self._best: tuple[Key, tuple[Taken, ...]] | None = None
        self.steps = 0
        self._visit(0, (), list(left), 0)

    @property
    def taken(self) -> tuple[Taken, ...]:
        """The best combination, without what came to nothing."""
        return tuple(one for one in self._best[1] if one[2]) if self._best else ()

    def _visit(self, at: int, taken: tuple[Taken, ...], left: list[Money], cents: int) -> None:
        self.steps += 1
        if self._best is not None and self.steps > MOST_STEPS:
            return
        if at == len(self._found):
            key = key_of(self._found, taken)
            if self._best is None or key < self._best[0]:
                self._best = key, taken
            return
        inside, one = [one for one, *_x in taken], self._found[at]
        if not self._promises(at, inside, cents):
            return
        if lawful(one, inside):
            discount, parts = take(one, left, self._guest)
            after = list(left)
            for index, part in parts:
                after[index] = after[index] - part
            amount = total((part for _at, part in parts), self._zero.currency)
            self._visit(at + 1, (*taken, (one, discount, amount)), after, cents + amount.cents)
        if one.nth or one.rule.rule_id not in self._wanted:
            self._visit(at + 1, taken, left, cents)

    def _promises(self, at: int, inside: Sequence[Candidate], cents: int) -> bool:
        """Whether this may become better than the best: no rule takes more than it would alone.

        What is equal and comes later is better by its coupons only.
        """
        if self._best is None:
            return True
        rest = sum(
            most
            for one, most in zip(self._found[at:], self._most[at:], strict=True)
            if not any(one.rule.clashes(other.rule) for other in inside)
        )
        most_so_far, coupons = -self._best[0][0], self._best[0][1]
        if cents + rest == most_so_far:
            return 0 < coupons >= sum(one.coupon is not None for one in inside)
        return cents + rest > most_so_far


def _search(
    found: Sequence[Candidate], left: Sequence[Money], wanted: set[str], guest: Guest
) -> tuple[tuple[Taken, ...], bool]:
    if not found:
        return (), True
    search = _Search(found, left, wanted, guest)
    return search.taken, search.steps <= MOST_STEPS


def _alone(candidate: Candidate, left: Sequence[Money], guest: Guest) -> Money:
    """What a candidate would take if it were the only one."""
    zero = left[0] - left[0]
    return total((part for _at, part in take(candidate, left, guest)[1]), zero.currency)


def _greatest_first(uses: Sequence[Sequence[Taken]], zero: Money) -> list[Promotion]:
    """The rules that were taken, the one that came to most in front."""
    sums = [(total((amount for *_x, amount in one), zero.currency), one[0][0].rule) for one in uses]
    return [
        rule for _sum, rule in sorted(sums, key=lambda one: (-one[0].cents, one[1].order, one[1].rule_id))
    ]


def _verdict(
    rule: Promotion,
    uses: Sequence[Taken],
    chosen: Sequence[Promotion],
    alone: Money,
    passed: Mapping[str, Promotion],
) -> Verdict:
    """What became of a rule that meets its conditions."""
    if uses:
        amount = total((amount for *_x, amount in uses), alone.currency)
        units = sum(discount.units for _one, discount, _amount in uses)
        return Verdict(rule, Outcome.APPLIED, amount, units=units)
    if rule.rule_id in passed:
        return Verdict(rule, Outcome.BY_HAND, alone, by=passed[rule.rule_id])
    by = next((other for other in chosen if rule.clashes(other)), None)
    if by is not None:
        return Verdict(rule, Outcome.BETTER, alone, by=by)
    return Verdict(rule, Outcome.NOTHING_LEFT, alone)
