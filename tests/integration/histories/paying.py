"""How a due amount is paid and given back, reckoned once more from the rules: coins, change, tips, the way back.

Only cash is rounded (RULES 9) and gives change; bonus is spent before paid value (RULES 3); what paid a tip or a top-up is
not given back with a line (PITFALLS 36). Whole cents; nothing of the product.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

CASH, STORED, MACHINE, ZELLE = "cash", "stored_value", "external_card", "custom"


@dataclass(frozen=True)
class Pay:
    """What the cashier plans; no amount is all that is left. `fault`: the refusal that this tender deserves anyway."""

    kind: str
    amount: int | None = None
    given: int | None = None
    card: str = ""
    fault: str = ""


@dataclass
class Taken:
    """A tender of a document, and what of it was given back since. `kept` paid tips and top-ups."""

    kind: str
    amount: int
    taken: int
    change: int
    card: str = ""
    bonus: int = 0
    paid: int = 0
    kept: int = 0
    returned: int = 0
    coins_returned: int = 0


def coins(cents: int, rounding: str) -> int:
    """What changes hands for an amount; below zero it goes out."""
    match rounding:
        case "exact":
            return cents
        case "nearest_five":
            near = (abs(cents) + 2) // 5 * 5
            return near if cents >= 0 else -near
        case _:
            return cents // 5 * 5


def settle(due: int, plan: Sequence[Pay], rounding: str) -> tuple[list[Taken], set[str]]:
    """What each tender settles of what is due, and why it may be refused; with reasons the tenders mean nothing."""
    wrong = {pay.fault for pay in plan if pay.fault}
    if sum(pay.kind == CASH for pay in plan) > 1:
        wrong.add("CashTenderTwice")
    fixed = sum(pay.amount or 0 for pay in plan if pay.kind != CASH)
    if fixed > due:
        wrong.add("TenderOver")
    left = due - fixed
    shares: list[int] = []
    for pay in plan:
        share = pay.amount or 0
        if pay.kind == CASH and pay.amount is not None:
            share = left if pay.amount >= min(left, coins(left, rounding)) else pay.amount
            left -= share
        shares.append(share)
    for place, pay in enumerate(plan):
        if pay.amount is None:
            shares[place], left = left, 0
    if left > 0:
        wrong.add("TenderShort")
    taken = [_taken(pay, share, rounding) for pay, share in zip(plan, shares, strict=True) if share]
    if any(one.change < 0 for one in taken):
        wrong.add("TenderShort")
    return taken, wrong


def _taken(pay: Pay, share: int, rounding: str) -> Taken:
    if pay.kind != CASH:
        return Taken(pay.kind, share, share, 0, pay.card)
    came = coins(share, rounding)
    given = max(came, pay.amount or 0) if pay.given is None else pay.given
    return Taken(pay.kind, share, came, given - came)


def keep(taken: Sequence[Taken], tips: Sequence[tuple[str, int]], bought: int) -> list[tuple[str, int, int]]:
    """Say which tender pays what: top-ups from the first that may, tips from the last; gives (who, cents, tender)."""
    for one in taken:
        if one.kind != STORED:
            one.kept = min(one.amount, bought)
            bought -= one.kept
    named: list[tuple[str, int, int]] = []
    for who, cents in tips:
        while cents:
            place = max(n for n, one in enumerate(taken) if one.kept < one.amount)
            part = min(cents, taken[place].amount - taken[place].kept)
            taken[place].kept += part
            named.append((who, part, place))
            cents -= part
    return named


@dataclass(frozen=True)
class Back:
    """What goes back to one tender: its part of the amount, the coins, and how it falls on a card."""

    place: int
    amount: int
    coins: int
    bonus: int = 0
    paid: int = 0


def give_back(cents: int, taken: Sequence[Taken], rounding: str) -> list[Back]:
    """Give an amount back in the reverse order of taking; on a card paid value first, then bonus."""
    ways: list[Back] = []
    for place in reversed(range(len(taken))):
        one = taken[place]
        room = one.amount - one.kept - one.returned
        part = min(cents, room)
        if part <= 0:
            continue
        cents -= part
        if one.kind == STORED:
            paid = min(part, one.paid)
            ways.append(Back(place, part, part, part - paid, paid))
        elif one.kind == CASH:
            came_in = one.taken - one.kept - one.coins_returned
            owed = max(0, came_in if part == room else min(part, came_in))
            ways.append(Back(place, part, -coins(-owed, rounding)))
        else:
            ways.append(Back(place, part, part))
    assert not cents, "a sale's tenders can give back all that its lines cost"
    return ways


def apply_back(ways: Sequence[Back], taken: Sequence[Taken]) -> None:
    """Note on a sale's tenders what was given back."""
    for way in ways:
        one = taken[way.place]
        one.returned += way.amount
        one.coins_returned += way.coins
        one.bonus -= way.bonus
        one.paid -= way.paid
