"""A code that goes to the member's telephone and is typed at the counter: it shows that whoever spends is the member.

Whether and how it is sent is the gate's and the sender's, as of any message; what it proves is `domain/proof.py`'s. The one rule: a code
is good once, for one member, for ten minutes, and against so many tries that guessing does not pay.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

from salon_desk.domain.clock import instant_text, parse_instant
from salon_desk.domain.consent import Channel, Purpose
from salon_desk.domain.member import Member
from salon_desk.domain.message import Trigger, message_id
from salon_desk.domain.proof import Debit, Proof, ProofKind
from salon_desk.i18n import Catalogue
from salon_desk.operations.message import MessageIntended
from salon_desk.services import channel_settings, consents
from salon_desk.services.proof_errors import CodeOver, CodeWrong, NoWayForCode
from salon_desk.services.sender import is_root
from salon_desk.services.till import Actor, Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import members
from salon_desk.storage.queries.merges import canonical

DIGITS: Final = 6
TRIES: Final = 3
LASTS: Final = timedelta(minutes=10)
TEMPLATE: Final = "spend_code"
_TAIL: Final = 4
_WAY: Final = (Channel.SMS, Purpose.TRANSACTIONAL)
"""A code belongs to a telephone; mail may be open on another machine."""


@dataclass(frozen=True, slots=True)
class SpendCode:
    """A code that was asked for: of whom, until when (an instant) it holds, the tail of the number, and the tries left."""

    member: str
    until: str
    tail: str
    left: int = TRIES
    digits: str = field(default="", repr=False)

    @property
    def after_a_wrong_try(self) -> SpendCode:
        """The same with a try less."""
        return replace(self, left=self.left - 1)

    @property
    def spent(self) -> SpendCode:
        """The same when it is good for nothing any more."""
        return replace(self, left=0, digits="")


def ask(till: Till, command_id: str, actor: Actor, debit: Debit) -> SpendCode:
    """Have a new code sent to whose value it is. Database worker; the network is the sender's.

    Raises NoWayForCode with the reason: member, phone, consent, account.
    """
    digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    now = till.store.clock.now()
    found: list[SpendCode] = []

    def decide(transaction: Transaction) -> MessageIntended:
        who = canonical(transaction, debit.owner) if debit.owner else ""
        member = _reached(till, transaction, who)
        until = instant_text(now + LASTS)
        found[:] = [SpendCode(debit.owner, until, member.phone[-_TAIL:], digits=digits)]
        return MessageIntended(
            message=message_id(Trigger.SPEND_CODE, who, command_id),
            member=who,
            trigger=Trigger.SPEND_CODE,
            subject=command_id,
            purpose=Purpose.TRANSACTIONAL,
            template=TEMPLATE,
            store=till.shop(transaction).store,
            due_at=instant_text(now - LASTS),  # head office's clock may be behind this till's
            expires_at=until,
            values=(("code", digits), ("amount", Catalogue.load(member.language).money(debit.amount))),
        )

    till.record(command_id, actor, decide)
    till.store.urge()
    return found[0]


def check(till: Till, code: SpendCode, debit: Debit, typed: str) -> Proof:
    """The digits that the guest read. Pure but for the clock. Raises CodeWrong (with the tries left), CodeOver."""
    if not code.digits or till.store.clock.now() > parse_instant(code.until) or code.member != debit.owner:
        raise CodeOver
    if not hmac.compare_digest(typed.encode(), code.digits.encode()):
        raise CodeWrong(code.left - 1) if code.left > 1 else CodeOver
    return Proof(ProofKind.CODE, debit.card, debit.owner, by=debit.owner)


def _reached(till: Till, transaction: Transaction, who: str) -> Member:
    """Whom a code would go to. Raises NoWayForCode."""
    member = members.member(transaction, who) if who else None
    if member is None:
        raise NoWayForCode("member")
    if not member.phone:
        raise NoWayForCode("phone")
    held = consents.of_member(till, transaction, who).standings
    if not any(one.allows for one in held if (one.channel, one.purpose) == _WAY):
        raise NoWayForCode("consent")
    if is_root(transaction) and channel_settings.read(transaction).sms is None:
        raise NoWayForCode("account")
    return member
