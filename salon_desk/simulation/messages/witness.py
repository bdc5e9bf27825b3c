"""The witness: reads what the journal says of messages, in its order, and holds it against the rules, without the gate's code.

Caps, consents, STOPs, the hour on the wall, repetition. Hours come from the rows of the rule pack, clocks from `people.py`. The one
rule: it knows a person by what was recorded, and an attempt counts until it is known that it was not sent.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from salon_desk.domain.consent import Basis, Channel, Purpose
from salon_desk.domain.message import Delivered, Trigger
from salon_desk.domain.rule_pack import RulePack
from salon_desk.operations.consent import ConsentGiven, ConsentWithdrawn
from salon_desk.operations.erasure import MemberErased
from salon_desk.operations.member import MembersMerged
from salon_desk.operations.message import (
    MessageAnswered,
    MessageAttempted,
    MessageHeld,
    MessageIntended,
    MessageReceived,
    MessageStatus,
    MessageWithheld,
)
from salon_desk.operations.operation import Operation
from salon_desk.services.consents import IMPLIED_MONTHS
from salon_desk.simulation.messages.people import FAR_APART, HOMES, SHOPS, Home, Shop

_HOURS = ("weekday",) * 5 + ("saturday", "sunday")
_SHOPS = {one.id: one for one in SHOPS}
_DAY, _SPAN = timedelta(days=1), timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Violation:
    """What may never be, of which message, when."""

    rule: str
    message: str
    detail: str


@dataclass(slots=True)
class _Attempt:
    message: str
    at: datetime
    verdict: str
    went: bool = True


@dataclass(slots=True)
class _Word:
    """What was said last of a channel and purpose: the place of a consent and of a withdrawal in the journal."""

    given: int = -1
    withdrawn: int = -1
    express: int = -1
    basis_day: str = ""


@dataclass
class Witness:
    """`phones`: the telephone of each member as it is now. `violations` stays empty."""

    rules: RulePack
    phones: Mapping[str, str]
    violations: list[Violation] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    withheld: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    _number: int = 0
    _intended: dict[str, MessageIntended] = field(default_factory=dict)
    _attempts: dict[str, list[_Attempt]] = field(default_factory=lambda: defaultdict(list))
    _offers: dict[str, list[_Attempt]] = field(default_factory=lambda: defaultdict(list))
    _by_reference: dict[str, _Attempt] = field(default_factory=dict)
    _words: dict[tuple[str, Channel, Purpose], _Word] = field(default_factory=lambda: defaultdict(_Word))
    _stops: dict[tuple[Channel, str], int] = field(default_factory=dict)
    _same: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _main: dict[str, str] = field(default_factory=dict)
    _erased: set[str] = field(default_factory=set)
    _hash: hashlib._Hash = field(default_factory=hashlib.sha256)

    @property
    def trace_hash(self) -> str:
        """The same for the same year."""
        return self._hash.hexdigest()

    def hear(self, at: datetime, operation: Operation) -> None:
        """The next operation of the journal, recorded at an instant."""
        self._number += 1
        match operation:
            case MessageIntended():
                self._intended[operation.message] = operation
                self.counts["intended"] += 1
            case MessageAttempted():
                self._attempted(at, operation)
            case MessageAnswered() | MessageStatus():
                self._learned(operation.reference, operation.state)
            case MessageWithheld():
                self.withheld[operation.reason] += 1
            case MessageHeld():
                self.held[operation.reason] += 1
            case ConsentGiven():
                self._given(operation)
            case ConsentWithdrawn():
                word = self._words[operation.member, operation.channel, operation.purpose]
                word.withdrawn = self._number
            case MessageReceived():
                self._received(operation)
            case MembersMerged():
                both = tuple(sorted({*self._person(operation.member), *self._person(operation.duplicate)}))
                self._same |= dict.fromkeys(both, both)
                self._main |= dict.fromkeys(both, operation.member)
            case MemberErased():
                self._erased |= set(operation.members)
            case _:
                return
        self._note(at, operation)

    def count(self, taken: Mapping[str, int]) -> None:
        """In the end: how often each attempt, by its reference, really went out by the provider's own book."""
        went: Counter[str] = Counter()
        for reference, times in taken.items():
            went[self._by_reference[reference].message] += times
        for message, times in went.items():
            intended = self._intended[message]
            if times > (2 if intended.purpose is Purpose.TRANSACTIONAL else 1):
                detail = f"{intended.member} {intended.trigger} {times} times"
                self.violations.append(Violation("went out twice", message, detail))

    def _note(self, at: datetime, operation: Operation) -> None:
        of = getattr(operation, "message", "") or getattr(operation, "member", "")
        more = getattr(operation, "reason", "") or getattr(operation, "text", "")
        self._hash.update(f"{at.isoformat()} {operation.KIND} {of} {more}\n".encode())

    def _attempted(self, at: datetime, operation: MessageAttempted) -> None:
        self.counts["attempted"] += 1
        intended = self._intended[operation.message]
        if intended.member in self._erased:
            self._violated("after an erasure", operation, at)
        before = [one for one in self._attempts[operation.message] if one.went]
        this = _Attempt(operation.message, at, operation.verdict)
        if before:
            self._repeated(at, operation, intended, len(before))
        if intended.trigger is not Trigger.CONFIRMATION:
            self._by_consent(at, operation, intended)
            self._by_day(at, operation, intended)
            if intended.purpose is Purpose.MARKETING:
                self._by_caps(this, operation, intended)
        self._attempts[operation.message].append(this)
        self._by_reference[operation.reference] = this

    def _repeated(
        self, at: datetime, operation: MessageAttempted, intended: MessageIntended, before: int
    ) -> None:
        self.counts["repeated"] += 1
        flagged = operation.verdict == "repeated"
        if intended.purpose is Purpose.MARKETING or before > 1 or not flagged:
            self._violated("said twice", operation, at, f"{intended.purpose} {before} {operation.verdict}")

    def _by_caps(self, this: _Attempt, operation: MessageAttempted, intended: MessageIntended) -> None:
        shop = _SHOPS[intended.store]
        ids = self._person(intended.member)
        others = {
            one.message: one.at
            for id_ in ids
            for one in self._offers[id_]
            if one.went and one.message != this.message
        }
        for most, span in ((1, _DAY), (shop.most, _SPAN)):
            if sum(at > this.at - span for at in others.values()) >= most:
                self._violated("above the cap", operation, this.at, f"{most} in {span}")
        self._offers[intended.member].append(this)

    def _by_consent(self, at: datetime, operation: MessageAttempted, intended: MessageIntended) -> None:
        words = [
            self._words[id_, operation.channel, intended.purpose] for id_ in self._person(intended.member)
        ]
        given = max(one.given for one in words)
        stopped = self._stops.get((operation.channel, operation.address.lower()), -1)
        withdrawn = max(stopped, *(one.withdrawn for one in words))
        if given < 0:
            self._violated("without a consent", operation, at)
        elif withdrawn > given:
            self._violated("after a STOP", operation, at)
        elif max(one.express for one in words) <= withdrawn:
            basis = max(one.basis_day for one in words)
            shop = _SHOPS[intended.store]
            today = at.astimezone(ZoneInfo(shop.zone)).date().isoformat()
            years = int(str(self.rules.lookup(shop.jurisdiction, IMPLIED_MONTHS, today))) // 12
            if today > f"{int(basis[:4]) + years}{basis[4:]}":
                self._violated("after an implied consent", operation, at, basis)

    def _by_day(self, at: datetime, operation: MessageAttempted, intended: MessageIntended) -> None:
        called = self._main.get(intended.member, intended.member)
        phone = operation.address if operation.channel is Channel.SMS else self.phones.get(called, "")
        for home in homes(phone):
            local = at.astimezone(ZoneInfo(home.zone))
            key = f"messages.hours.{_HOURS[local.weekday()]}"
            opens, closes = str(self.rules.lookup(home.jurisdiction, key, local.date().isoformat())).split(
                "-"
            )
            if not opens <= local.strftime("%H:%M") < closes:
                self._violated("at night", operation, at, f"{local:%a %H:%M} {home.jurisdiction}")

    def _learned(self, reference: str, state: Delivered) -> None:
        attempt = self._by_reference.get(reference)
        if attempt is not None and state is Delivered.NOT_SENT:
            attempt.went = False

    def _given(self, operation: ConsentGiven) -> None:
        word = self._words[operation.member, operation.channel, operation.purpose]
        word.given = self._number
        if operation.basis is Basis.EXPRESS:
            word.express = self._number
        else:
            word.basis_day = max(word.basis_day, operation.basis_day)

    def _received(self, operation: MessageReceived) -> None:
        self.counts[f"received_{operation.meaning}"] += 1
        if operation.meaning == "stop":
            self._stops[operation.channel, operation.address.lower()] = self._number

    def _person(self, member: str) -> tuple[str, ...]:
        return self._same.get(member, (member,))

    def _violated(self, rule: str, operation: MessageAttempted, at: datetime, more: str = "") -> None:
        intended = self._intended[operation.message]
        detail = f"{at.isoformat()} {intended.member} {intended.trigger} {operation.channel} {more}".strip()
        self.violations.append(Violation(rule, operation.message, detail))


def homes(phone: str) -> tuple[Home, ...]:
    """Where a telephone is at home; places far apart for one that says nothing."""
    known = HOMES.get(phone[2:5]) if phone.startswith("+1") else None
    return FAR_APART if known is None else (known,)


def shop_of(store: str) -> Shop:
    """A store by its id."""
    return _SHOPS[store]
