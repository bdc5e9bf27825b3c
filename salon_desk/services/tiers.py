"""Tiers: rules written by the owner and tried before they go live, members moved up and down in the background.

What is reached is decided in `domain/tier.py`. Only a root moves anybody, in small pieces when nobody waits and never while somebody
pays; an operation says why. A round over all members is made each business day, and whoever bought something is looked at at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from salon_desk.domain.access import Permission
from salon_desk.domain.tier import (
    Measure,
    Measured,
    Reached,
    TierRule,
    check_rules,
    first_day,
    known,
    moves,
    reached,
)
from salon_desk.operations.description import FieldValue, MemberDescribed, TierDescribed
from salon_desk.operations.member import TierChanged
from salon_desk.operations.operation import Operation
from salon_desk.services.describe import Description, describe, edited
from salon_desk.services.till import Actor, Till
from salon_desk.storage import journal, local, parent
from salon_desk.storage.engine import Transaction
from salon_desk.storage.heads import LAST_POSITION
from salon_desk.storage.journal import Command
from salon_desk.storage.queries import members, tiers
from salon_desk.storage.queries.merges import canonical, merged_between, merged_ids
from salon_desk.storage.store import Store

A_PIECE = 20
"""Members at a time on the thread that writes: some milliseconds."""
A_SLICE = 100
"""Members at a time of a preview."""
LOOKED_THROUGH = 500
_ROUND, _SEEN = "tiers-round", "tiers-seen"
_DONE = "done"


@dataclass(frozen=True, slots=True)
class Move:
    """A member who would move, and why."""

    member: str
    before: str
    to: Reached


@dataclass(frozen=True, slots=True)
class Preview:
    """Who would move if rules held today: how many from where to where, and the first of them by id."""

    counted: tuple[tuple[str, str, int], ...]
    first: tuple[Move, ...]
    stay: int

    @property
    def moved(self) -> int:
        """How many move."""
        return sum(count for _before, _tier, count in self.counted)

    def with_more(self, other: Preview, most: int) -> Preview:
        """The two as one, with no more than `most` by name."""
        counted = Counter({(before, tier): n for before, tier, n in self.counted})
        counted.update({(before, tier): n for before, tier, n in other.counted})
        groups = sorted((before, tier, n) for (before, tier), n in counted.items())
        return Preview(tuple(groups), (*self.first, *other.first)[:most], self.stay + other.stay)


NOBODY = Preview((), (), 0)


@dataclass(frozen=True, slots=True)
class Looked:
    """One slice of a preview: what it found of how many members, and the last of them; empty when there are no more."""

    found: Preview
    members: int
    last: str


def set_rules(till: Till, command_id: str, actor: Actor | None, rules: Sequence[TierRule]) -> None:
    """Let these be the tiers from now on; one that is left out ends, and whoever has it is looked at in the next round.

    Raises TierInvalid, TextTooLong, PermissionNeeded.
    """
    if actor is not None:
        actor.require(Permission.EDIT_CATALOG)
    check_rules(rules)
    with till.read() as transaction:
        before = tiers.rules(transaction, till.business_day(transaction))
    kept = {one.tier for one in rules}
    ended: list[Description] = [
        (TierDescribed, one.tier, {"active": False}) for one in before if one.tier not in kept
    ]
    describe(till, command_id, actor, [*((TierDescribed, one.tier, _fields(one)) for one in rules), *ended])
    local.save_setting(till.store, _ROUND, "")


def preview(transaction: Transaction, rules: Sequence[TierRule], today: str, most: int = 200) -> Preview:
    """Who would move today if these rules held. Reads every document at once: seconds in a large chain, so not where
    somebody sells (`preview_slice`). Raises as `check_rules`.
    """
    check_rules(rules)
    sums = {
        one: _by_person(transaction, tiers.figures_of_all(transaction, *one)) for one in _asked(rules, today)
    }
    merged = merged_ids(transaction)
    people = {who: tier for who, tier in tiers.standing(transaction).items() if who not in merged}

    def measured(who: str) -> Measured:
        return lambda measure, day: sums[measure, day].get(who, 0)

    return _compared(rules, people, measured, today, most)


def preview_slice(
    transaction: Transaction, rules: Sequence[TierRule], today: str, after: str = "", *, most: int = 200
) -> Looked:
    """The same for A_SLICE members behind the id `after`: some milliseconds, so that a sale goes in between two."""
    check_rules(rules)
    page = tiers.standing_behind(transaction, after, A_SLICE)
    if not page:
        return Looked(NOBODY, 0, "")
    first, *_rest, last = (*page, *page)
    sums = {
        one: tiers.figures_between(transaction, *one, after=after, upto=last) for one in _asked(rules, today)
    }
    several = merged_between(transaction, first, last)
    people = {
        who: tier for who, tier in page.items() if who not in several or canonical(transaction, who) == who
    }

    def measured(who: str) -> Measured:
        if who in several:
            return tiers.figures(transaction, who)
        return lambda measure, day: sums[measure, day].get(who, 0)

    return Looked(_compared(rules, people, measured, today, most), len(page), last)


def _asked(rules: Sequence[TierRule], today: str) -> set[tuple[Measure, str]]:
    return {(one.measure, first_day(today, one.window_days)) for one in rules}


def _compared(
    rules: Sequence[TierRule],
    people: Mapping[str, str],
    measured: Callable[[str], Measured],
    today: str,
    most: int,
) -> Preview:
    """Who of these would move from the tier that stands."""
    counted: Counter[tuple[str, str]] = Counter()
    first: list[Move] = []
    stay = 0
    for member, tier in sorted(people.items()):
        to = reached(rules, measured(member), today)
        if not moves(rules, tier, to):
            stay += 1
            continue
        counted[tier, to.tier] += 1
        if len(first) < most:
            first.append(Move(member, tier, to))
    groups = sorted((before, tier, count) for (before, tier), count in counted.items())
    return Preview(tuple(groups), tuple(first), stay)


def rest(store: Store) -> bool:
    """One piece of the background's work at a root; whether there is more. The thread that writes, when nobody waits."""
    with store.database.read() as transaction:
        today = store.clock.now().date().isoformat()
        rules = tiers.rules(transaction, today)
        if not rules or parent.read(transaction) is not None:
            return False
        piece = _piece(transaction, today)
        if piece is None:
            return False
        changed = [
            move for member in sorted(piece.members) if (move := _move(transaction, rules, member, today))
        ]
    if changed:
        _record(store, rules, changed, today)
    with store.local() as transaction:
        local.put_setting(transaction, _ROUND, piece.round)
        local.put_setting(transaction, _SEEN, str(piece.seen))
    return True


@dataclass(frozen=True, slots=True)
class _Piece:
    """Whom to look at, and how far the round and the looking through the journal are then."""

    members: Collection[str]
    round: str
    seen: int


def _piece(transaction: Transaction, today: str) -> _Piece | None:
    """The next piece: who bought something since, else the next page of the day's round; None when all is done."""
    last = int(transaction.value(LAST_POSITION) or 0)
    seen = int(local.setting(transaction, _SEEN, str(last)))
    day, _, after = local.setting(transaction, _ROUND).partition("|")
    if seen < last:
        upto, bought = tiers.touched(transaction, seen, LOOKED_THROUGH)
        return _Piece({canonical(transaction, one) for one in bought}, f"{day}|{after}", upto)
    if day == today and after == _DONE:
        return None
    page = tiers.page(transaction, after if day == today else "", A_PIECE)
    return _Piece(page, f"{today}|{page[-1] if len(page) == A_PIECE else _DONE}", last)


def _move(transaction: Transaction, rules: Sequence[TierRule], member: str, today: str) -> Move | None:
    found = members.member(transaction, member)
    if found is None or canonical(transaction, member) != member:
        return None
    to = reached(rules, tiers.figures(transaction, member), today)
    return Move(member, found.tier, to) if moves(rules, found.tier, to) else None


def _record(store: Store, rules: Sequence[TierRule], changed: Sequence[Move], today: str) -> None:
    """Both in one transaction, looked at again inside it: somebody may have changed the tier by hand meanwhile."""

    def decide(transaction: Transaction) -> list[Operation]:
        made: list[Operation] = []
        for one in changed:
            move = _move(transaction, rules, one.member, today)
            if move is not None:
                made += edited(transaction, MemberDescribed, move.member, {"tier": move.to.tier}, today=today)
                made.append(_why(rules, move))
        return made

    journal.record(store, Command(f"tiers/{store.new_id()}", "", today), decide)


def _why(rules: Sequence[TierRule], move: Move) -> TierChanged:
    rule = move.to.rule
    stood = known(rules, move.before)
    return TierChanged(
        member=move.member,
        before=stood.tier if stood else move.before,
        tier=move.to.tier,
        measure=rule.measure.value if rule else "",
        measured=move.to.measured,
        least=rule.least if rule else 0,
        window_days=rule.window_days if rule else 0,
    )


def _by_person(transaction: Transaction, sums: dict[str, int]) -> dict[str, int]:
    """Figures of merged members together, under the id that stands for them."""
    merged = merged_ids(transaction)
    found: Counter[str] = Counter()
    for member, figure in sums.items():
        found[merged.get(member, member)] += figure
    return found


def _fields(rule: TierRule) -> dict[str, FieldValue]:
    return {
        "name_en": rule.names.en,
        "name_zh_cn": rule.names.zh_CN,
        "name_zh_tw": rule.names.zh_TW,
        "rank": rule.rank,
        "measure": rule.measure.value,
        "least": rule.least,
        "window_days": rule.window_days,
        "active": True,
    }
