"""What a member may be sent: consent by channel and purpose, and what holds of all that was said (RULES 19).

No message is sent here, and no figure of law stands here: for how long an implied consent holds is handed in from the rule
pack. An opt-out beats every consent that did not know of it, whatever the clocks say.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Channel(StrEnum):
    """How a member is written to."""

    SMS = "sms"
    EMAIL = "email"
    WECHAT = "wechat"


class Purpose(StrEnum):
    """What for: about what was bought or booked, or to sell something."""

    TRANSACTIONAL = "transactional"
    MARKETING = "marketing"


class Basis(StrEnum):
    """Said by the member, or implied by a purchase or an inquiry (CASL)."""

    EXPRESS = "express"
    IMPLIED = "implied"


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was said of a channel and purpose: a consent with its evidence, or its withdrawal.

    `at` is an instant as operations keep it, `text` what was shown or, of a withdrawal, the member's own word.
    """

    op_id: str
    member: str
    channel: Channel
    purpose: Purpose
    given: bool
    at: str
    actor: str
    store: str
    place: str
    text: str
    language: str = ""
    basis: Basis = Basis.EXPRESS
    basis_day: str = ""
    seen: tuple[str, ...] = ()


class State(StrEnum):
    """What holds for a channel and purpose."""

    NEVER = "never"
    GIVEN = "given"
    IMPLIED = "implied"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds, resting on which of the things that were said. `until`: the last day of an implied consent."""

    channel: Channel
    purpose: Purpose
    state: State
    said: Said | None = None
    until: str = ""

    @property
    def allows(self) -> bool:
        """Whether something may be sent."""
        return self.state in (State.GIVEN, State.IMPLIED)


def standings(said: Iterable[Said], *, today: str, implied_months: int) -> tuple[Standing, ...]:
    """What holds on a day for every channel and purpose, in their order. `implied_months`: of an implied consent (RULES 19)."""
    everything = tuple(said)
    return tuple(
        standing(
            [one for one in everything if (one.channel, one.purpose) == (channel, purpose)],
            of=(channel, purpose),
            today=today,
            implied_months=implied_months,
        )
        for channel in Channel
        for purpose in Purpose
    )


def standing(
    said: Iterable[Said], *, of: tuple[Channel, Purpose], today: str, implied_months: int
) -> Standing:
    """What holds of everything said about one channel and purpose, in any order.

    A consent stands when it names every withdrawal there is; an express one before an implied one, the newest before others.
    """
    everything = sorted(said, key=lambda one: (one.at, one.op_id))
    withdrawn = [one for one in everything if not one.given]
    against = {one.op_id for one in withdrawn}
    standing_by = [one for one in everything if one.given and against <= set(one.seen)]
    express = [one for one in standing_by if one.basis is Basis.EXPRESS]
    if express:
        return Standing(*of, State.GIVEN, express[-1])
    if standing_by:
        newest = max(standing_by, key=lambda one: (one.basis_day, one.at, one.op_id))
        until = lapse_day(newest.basis_day, implied_months)
        state = State.IMPLIED if today <= until else State.LAPSED
        return Standing(*of, state, newest, until)
    if withdrawn:
        return Standing(*of, State.WITHDRAWN, withdrawn[-1])
    return Standing(*of, State.NEVER)


def lapse_day(from_day: str, months: int) -> str:
    """The last ISO day on which a consent implied on a day holds: so many calendar months on, the month's last at most."""
    first = date.fromisoformat(from_day)
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(first.day, last)).isoformat()
