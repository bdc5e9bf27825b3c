"""Covering stranded value: the customer is made whole at once with the merchant's own money, at head office.

Up to a limit for each card nobody is asked; above it the owner says so. Nothing is taken from where the value is stranded, and
how a cover ends is in `recovering.py`. The one rule: never more is covered than lies stranded and is not covered yet.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from salon_desk.domain.cover import DEFAULT_LIMIT_CENTS, Covered, may_be_covered, may_cover
from salon_desk.head_office import cover_entries, placement
from salon_desk.head_office.recording import business_day, once
from salon_desk.head_office.restored import may_send
from salon_desk.operations.cover import CoverOpened, DebtCarriedOver, WhyCovered
from salon_desk.operations.envelope import Envelope
from salon_desk.operations.move import ValueSent
from salon_desk.operations.node import EpochOpened
from salon_desk.operations.operation import Cause, Operation, PurseChange
from salon_desk.operations.registry import decode_known
from salon_desk.storage import children, journal, local
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import Command
from salon_desk.storage.queries import covers, stranded
from salon_desk.storage.queries.feed import chain_end
from salon_desk.storage.store import Store

_LIMIT = "cover-limit-cents"
_DEBTS = ("overdraft/", "cover/", "receivable/")
"""What is owed to whoever holds it; once-only rights are none: a copy of one would be a second one."""
MOST_AT_ONCE = 200
"""Covers in one transaction."""

Parts = Mapping[Covered, int]
"""Units by the purse that they are covered for; all of one card and one holder."""
Decide = Callable[[Transaction], Iterable[Parts]]


@dataclass(frozen=True, slots=True)
class Uncovered:
    """Value of a card that is stranded and not covered: `units` in cents. `comes_home`: its epoch will be closed with proof."""

    covered: Covered
    units: int
    comes_home: bool


def limit_of(transaction: Transaction) -> int:
    """What may be covered of one card without a person, in cents."""
    kept = local.setting(transaction, _LIMIT)
    return int(kept) if kept else DEFAULT_LIMIT_CENTS


def set_limit(office: Store, cents: int) -> None:
    """Change it; 0 covers nothing without a person. The thread that writes, or a command's own."""
    local.save_setting(office, _LIMIT, str(cents))


def covered_cards(office: Store) -> set[str]:
    """Every card on which a cover is open."""
    with office.database.read() as transaction:
        return {one.covered.card for one in covers.open_covers(transaction)}


def uncovered(transaction: Transaction, office: Store) -> list[Uncovered]:
    """What is stranded on cards and not covered, paid value before bonus, by holder and card."""
    units: dict[Covered, int] = {}
    proven: dict[Covered, bool] = {}
    for one in stranded.stranded(transaction, office.node, office.epoch):
        if may_be_covered(one.asset):
            covered = Covered(one.asset, one.node, one.epoch)
            units[covered] = units.get(covered, 0) + one.units
            proven[covered] = one.proven
    if units:
        for cover in covers.open_covers(transaction):
            if cover.covered in units:
                units[cover.covered] -= cover.units
    found = [Uncovered(covered, number, proven[covered]) for covered, number in units.items() if number > 0]
    return sorted(found, key=_paid_first)


def after_push(office: Store, recorded: Sequence[Envelope]) -> int:
    """Cover within the limit what has just become stranded: by a new epoch, late words of one that was left, a late move there.

    How many covers. The thread that writes. Raises CannotRecord.
    """
    with office.database.read() as transaction:
        now = {one.node: one.epoch for one in children.all_children(transaction)}
    if any(_may_strand(office, now, one) for one in recorded):
        return cover_within_limit(office)
    return 0


def cover_within_limit(office: Store) -> int:
    """Cover all that may be covered without a person, and place it; how many covers. The thread that writes.

    What will come home by itself, because its end is proven, is left alone.
    """

    def decide(transaction: Transaction) -> list[Parts]:
        limit = limit_of(transaction)
        open_on: dict[str, int] = {}
        for cover in covers.open_covers(transaction):
            open_on[cover.covered.card] = open_on.get(cover.covered.card, 0) + cover.units
        wanted: dict[Covered, int] = {}
        for one in uncovered(transaction, office):
            card = one.covered.card
            if one.comes_home:
                continue
            units = may_cover(one.units, limit=limit, open_on_card=open_on.get(card, 0))
            open_on[card] = open_on.get(card, 0) + units
            wanted |= {one.covered: units} if units else {}
        return _by_card(wanted)

    return _cover(office, decide, WhyCovered.AUTOMATIC)


def cover_card(office: Store, card: str) -> int:
    """The owner covers all that is stranded of a card, whatever the limit; how many cents. A command's own."""
    with office.database.read() as transaction:
        cents = sum(one.units for one in uncovered(transaction, office) if one.covered.card == card)

    def decide(transaction: Transaction) -> list[Parts]:
        found = uncovered(transaction, office)
        return _by_card({one.covered: one.units for one in found if one.covered.card == card})

    return cents if _cover(office, decide, WhyCovered.OWNER) else 0


def cover_backup(office: Store, old_epoch: str) -> int:
    """After a restore: all that the backup shows in this node's own old epoch is covered, and what was owed to it carried on.

    How many covers. A command's own. Raises CannotRecord.
    """
    command = once(office, f"debts/{old_epoch}", business_day(office))
    journal.record(office, command, lambda transaction: _debts(office, transaction, old_epoch))

    def decide(transaction: Transaction) -> list[Parts]:
        found = uncovered(transaction, office)
        own = (office.node, old_epoch)
        return _by_card(
            {one.covered: one.units for one in found if (one.covered.node, one.covered.epoch) == own}
        )

    return _cover(office, decide, WhyCovered.BACKUP)


def _may_strand(office: Store, now: Mapping[str, str], one: Envelope) -> bool:
    """Whether after this operation value may lie where nobody can be asked for it. `now`: by child, the epoch that it is in."""
    header = one.header
    if header.kind == EpochOpened.KIND or now.get(header.node, header.epoch) != header.epoch:
        return True
    if header.kind != ValueSent.KIND:
        return False
    sent = decode_known(header.kind, header.version, one.body)
    return isinstance(sent, ValueSent) and (sent.to_node, sent.to_epoch) != (office.node, office.epoch)


def _cover(office: Store, decide: Decide, why: WhyCovered) -> int:
    """Record covers in batches until nothing is left to cover, and let the value find its place."""
    made = 0

    def is_needed() -> bool:
        with office.database.read() as transaction:
            return may_send(transaction, office.epoch) and any(decide(transaction))

    while is_needed():

        def opened(transaction: Transaction) -> list[CoverOpened]:
            if not may_send(transaction, office.epoch):
                return []
            return [_opened(transaction, parts, why) for parts in islice(decide(transaction), MOST_AT_ONCE)]

        done = journal.record(office, _command(office, "cover"), opened).operations
        if not done:
            return made
        made += len(done)
        placement.place(office, _assets(done))
    return made


def _opened(transaction: Transaction, parts: Parts, why: WhyCovered) -> CoverOpened:
    one = next(iter(parts))
    seq, _hash = chain_end(transaction, one.node, one.epoch)
    return cover_entries.opened(parts, why=why, known_seq=seq)


def _debts(office: Store, transaction: Transaction, old_epoch: str) -> list[DebtCarriedOver]:
    """What is owed to the old epoch and is no value of a card; once, for the command's name is that of both epochs."""
    changes = [
        PurseChange(one.asset, one.units, Cause.ISSUE)
        for one in stranded.stranded(transaction, office.node, office.epoch)
        if (one.node, one.epoch, one.under_way) == (office.node, old_epoch, False)
        and one.asset.startswith(_DEBTS)
    ]
    return [DebtCarriedOver(from_epoch=old_epoch, purse_changes=tuple(changes))] if changes else []


def _by_card(wanted: Mapping[Covered, int]) -> list[Parts]:
    groups: dict[tuple[str, str, str], dict[Covered, int]] = {}
    for covered, units in wanted.items():
        groups.setdefault((covered.card, covered.node, covered.epoch), {})[covered] = units
    return list(groups.values())


def _assets(done: Collection[Operation]) -> set[str]:
    return {
        change.asset
        for one in done
        if isinstance(one, CoverOpened)
        for change in one.purse_changes
        if may_be_covered(change.asset)
    }


def _command(office: Store, what: str) -> Command:
    return Command(f"{what}/{office.new_id()}", "", business_day(office))


def _paid_first(one: Uncovered) -> tuple[str, str, str, bool]:
    of = one.covered
    return of.node, of.epoch, of.card, of.asset.endswith("/bonus")
