"""Describing things: the one way to change names, prices, offers, staff and settings, now or from a business day on.

What may be described is in `operations/description.py`. Each field gets n = 1 + the highest n that this node has seen of it,
in the row or in a plan; an edit restates the plans that are still to come, for without that it would outrank them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from salon_desk.operations.description import ChangePlanned, Described, Field, FieldValue
from salon_desk.operations.operation import Operation
from salon_desk.services.report_errors import BadDay
from salon_desk.services.till import Actor, Till
from salon_desk.storage.apply.descriptions import edit_numbers, merged
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import Recorded
from salon_desk.storage.queries import planned

Description = tuple[type[Described], str, Mapping[str, FieldValue]]
"""What is described, its id, and the new values of some of its fields."""


@dataclass(frozen=True, slots=True)
class Plan:
    """New values of some fields from a business day (ISO date) on."""

    from_day: str
    values: Mapping[str, FieldValue]


def describe(till: Till, command_id: str, actor: Actor | None, things: Sequence[Description]) -> Recorded:
    """Record new values for some fields of some things, in one transaction. The caller has checked permission.

    Plans for later days still take effect on their day.
    """
    return till.record(command_id, actor, lambda transaction: _edits(till, transaction, things))


def plan(
    till: Till, command_id: str, actor: Actor | None, things: Sequence[Description], from_day: str
) -> Recorded:
    """Record new values that hold from a business day (ISO date) on; tills change by themselves on that day.

    The caller has checked permission. Raises BadDay.
    """
    require_day(from_day)

    def decide(transaction: Transaction) -> list[Operation]:
        made: list[Operation] = []
        for kind, id_, values in things:
            later = _Timeline(transaction, kind, id_).plans(after=from_day)
            made += _planned(transaction, kind, id_, [Plan(from_day, values), *_of_fields(later, values)])
        return made

    return till.record(command_id, actor, decide)


def cancel_plan(
    till: Till, command_id: str, actor: Actor | None, thing: tuple[type[Described], str], from_day: str
) -> Recorded | None:
    """Take back what is planned of a thing for a day: the values before that day go on. None when nothing was planned.

    The caller has checked permission.
    """
    kind, id_ = thing

    def decide(transaction: Transaction) -> list[Operation]:
        line = _Timeline(transaction, kind, id_)
        values = {
            name: line.value_before(name, from_day)
            for one in line.plans(after="")
            if one.from_day == from_day
            for name in one.values
        }
        if not values:
            return []
        later = _of_fields(line.plans(after=from_day), values)
        return _planned(transaction, kind, id_, [Plan(from_day, values), *later])

    recorded = till.record(command_id, actor, decide)
    return recorded if recorded.operations else None


def plans(till: Till, kind: type[Described], id_: str) -> tuple[Plan, ...]:
    """What will change of a thing, in the order of the days after today's; what changes nothing is not named."""
    with till.read() as transaction:
        return tuple(_Timeline(transaction, kind, id_).plans(after=till.business_day(transaction)))


def edited(
    transaction: Transaction, kind: type[Described], id_: str, values: Mapping[str, FieldValue], *, today: str
) -> list[Operation]:
    """The operations that give fields new values now, and restate their plans for the days after `today`."""
    later = _of_fields(_Timeline(transaction, kind, id_).plans(after=today), values)
    now = described(transaction, kind, id_, values)
    if not later:
        return [now]
    above = {name: field.n for name, field in now.fields.items()}
    return [now, *_numbered(kind, id_, later, above)]


def described(
    transaction: Transaction, kind: type[Described], id_: str, values: Mapping[str, FieldValue]
) -> Described:
    """The operation that gives fields new values over all that this node has seen, plans included."""
    seen = edit_numbers(transaction, kind, id_)
    fields = {name: Field(seen.get(name, 0) + 1, value) for name, value in values.items()}
    return kind(id=id_, fields=fields)


def require_day(day: str) -> None:
    """Raise BadDay unless this is an ISO date."""
    try:
        good = date.fromisoformat(day).isoformat() == day
    except ValueError:
        good = False
    if not good:
        raise BadDay(day)


def _edits(till: Till, transaction: Transaction, things: Sequence[Description]) -> list[Operation]:
    today = till.business_day(transaction)
    return [
        operation
        for kind, id_, values in things
        for operation in edited(transaction, kind, id_, values, today=today)
    ]


def _planned(
    transaction: Transaction, kind: type[Described], id_: str, wanted: Sequence[Plan]
) -> list[Operation]:
    return list(_numbered(kind, id_, wanted, edit_numbers(transaction, kind, id_)))


def _numbered(
    kind: type[Described], id_: str, wanted: Sequence[Plan], seen: Mapping[str, int]
) -> Iterator[ChangePlanned]:
    """One operation a day, each field's n above what was seen and above the day before."""
    highest = dict(seen)
    for one in wanted:
        fields = {}
        for name, value in one.values.items():
            highest[name] = highest.get(name, 0) + 1
            fields[name] = Field(highest[name], value)
        yield ChangePlanned(subject=kind.KIND, id=id_, from_day=one.from_day, fields=fields)


def _of_fields(wanted: Sequence[Plan], names: Mapping[str, Any]) -> list[Plan]:
    """The part of some plans that concerns these fields."""
    cut = (
        Plan(one.from_day, {name: one.values[name] for name in one.values if name in names}) for one in wanted
    )
    return [one for one in cut if one.values]


class _Timeline:
    """What stands of one thing from day to day: the row as merged, and every plan."""

    def __init__(self, transaction: Transaction, kind: type[Described], id_: str) -> None:
        self._stamps, self._values = merged(transaction, kind, id_)
        self._all = planned.of_one(transaction, kind, id_)

    def plans(self, *, after: str) -> list[Plan]:
        """What really changes on days after one: overtaken plans and those that repeat the value before are none."""
        found = []
        for day in sorted({one.from_day for one in self._all if one.from_day > after}):
            standing = self._on(day)
            values = {
                name: one.value
                for name, one in sorted(standing.items())
                if one.from_day == day and one.value != self.value_before(name, day)
            }
            if values:
                found.append(Plan(day, values))
        return found

    def value_before(self, name: str, day: str) -> FieldValue:
        """A field's value on the day before a day."""
        there = planned.standing(self._stamps, (one for one in self._all if one.from_day < day)).get(name)
        return there.value if there else self._values.get(name)

    def _on(self, day: str) -> dict[str, planned.PlannedValue]:
        return planned.standing(self._stamps, (one for one in self._all if one.from_day <= day))
