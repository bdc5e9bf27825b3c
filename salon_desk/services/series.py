"""Series (次卡, 疗程): looked at, frozen, given to another, shared in a family.

Selling one is `series_sales.py`, using a visit `visits.py`, paying out what is not used `series_payouts.py`. What was paid for never
expires (RULES 1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from salon_desk.domain.access import Permission
from salon_desk.domain.limits import MAX_REFERENCE, check_text
from salon_desk.domain.money import Money
from salon_desk.domain.series import SeriesPart, visit_of, worth
from salon_desk.operations.card import CardFrozen, CardUnfrozen
from salon_desk.operations.operation import Operation
from salon_desk.operations.series import SeriesShared, SeriesTransferred
from salon_desk.services.errors import ReasonMissing, UnknownMember
from salon_desk.services.series_errors import SeriesIsFrozen, UnknownSeries
from salon_desk.services.till import Actor, Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import members
from salon_desk.storage.queries import series as stored
from salon_desk.storage.queries.series import Lying, Series


@dataclass(frozen=True, slots=True)
class PartLeft:
    """A part of a series: units usable here now, and left in all."""

    part: SeriesPart
    here: int
    left: int


@dataclass(frozen=True, slots=True)
class SeriesView:
    """A series with what is left of it. `unused`: what was paid for all that is left, wherever it lies."""

    series: Series
    parts: tuple[PartLeft, ...]
    unused: Money
    lying: Lying

    @property
    def here(self) -> int:
        """Visits and minutes usable here now."""
        return sum(one.here for one in self.parts)

    @property
    def left(self) -> int:
        """Visits and minutes left in all."""
        return sum(one.left for one in self.parts)


def view(till: Till, series_id: str) -> SeriesView:
    """One series with what is left of it. Raises UnknownSeries."""
    with till.read() as transaction:
        return viewed(till, transaction, known(transaction, series_id))


def of_member(till: Till, member: str) -> tuple[SeriesView, ...]:
    """What a member owns or may use, what is used up included."""
    with till.read() as transaction:
        return tuple(viewed(till, transaction, one) for one in stored.of_member(transaction, member))


def freeze(till: Till, command_id: str, actor: Actor, series_id: str, *, reason: str) -> SeriesView:
    """Let a series pay nothing. Raises PermissionNeeded, ReasonMissing, TextTooLong, UnknownSeries."""
    actor.require(Permission.FREEZE_CARD)
    if not reason.strip():
        raise ReasonMissing("freeze")
    check_text("reason", reason, MAX_REFERENCE)
    return _change(till, command_id, actor, series_id, CardFrozen(card=series_id, reason=reason.strip()))


def unfreeze(till: Till, command_id: str, actor: Actor, series_id: str, *, reason: str = "") -> SeriesView:
    """Let a series pay again. Raises PermissionNeeded, TextTooLong, UnknownSeries."""
    actor.require(Permission.FREEZE_CARD)
    check_text("reason", reason, MAX_REFERENCE)
    return _change(till, command_id, actor, series_id, CardUnfrozen(card=series_id, reason=reason.strip()))


def transfer(
    till: Till, command_id: str, actor: Actor, series_id: str, *, member: str, reason: str = ""
) -> SeriesView:
    """Give a series to another member; its visits stay where they lie.

    Raises PermissionNeeded, UnknownMember, UnknownSeries, SeriesIsFrozen: it may be disputed.
    """
    actor.require(Permission.CARD_REFUND)
    check_text("reason", reason, MAX_REFERENCE)
    done = SeriesTransferred(series=series_id, member=member, reason=reason.strip())
    return _change(till, command_id, actor, series_id, done, member=member)


def share(
    till: Till, command_id: str, actor: Actor, series_id: str, *, member: str, allowed: bool
) -> SeriesView:
    """Let somebody of the family use a series, or not any more. Raises PermissionNeeded, UnknownMember, UnknownSeries."""
    actor.require(Permission.EDIT_MEMBER)
    done = SeriesShared(series=series_id, member=member, allowed=allowed)
    return _change(till, command_id, actor, series_id, done, member=member)


def known(transaction: Transaction, series_id: str) -> Series:
    """A series by id. Raises UnknownSeries."""
    found = stored.one(transaction, series_id)
    if found is None:
        raise UnknownSeries(series_id)
    return found


def viewed(till: Till, transaction: Transaction, found: Series) -> SeriesView:
    """A series with what is left of it, in the caller's snapshot."""
    lying = stored.lying(transaction, found.series, till.store.node, till.store.epoch)
    parts = tuple(
        PartLeft(one, _of_part(lying.here, one.part), _of_part(lying.everywhere, one.part))
        for one in found.parts
    )
    return SeriesView(found, parts, worth(lying.everywhere, found.price.currency), lying)


def _of_part(units: Mapping[str, int], part: str) -> int:
    return sum(number for asset, number in units.items() if (visit := visit_of(asset)) and visit.part == part)


def _change(
    till: Till, command_id: str, actor: Actor, series_id: str, operation: Operation, *, member: str = ""
) -> SeriesView:
    def decide(transaction: Transaction) -> Operation:
        found = known(transaction, series_id)
        if found.frozen and isinstance(operation, SeriesTransferred):
            raise SeriesIsFrozen(found.frozen_reason)
        if member and members.member(transaction, member) is None:
            raise UnknownMember(member)
        return operation

    till.record(command_id, actor, decide)
    return view(till, series_id)
