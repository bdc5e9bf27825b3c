"""Consents: what a member agrees to be sent, with its evidence, and that it is taken back at once (RULES 19).

What holds of everything that was said is in `domain/consent.py`. Nothing is a condition of anything: no sale asks for one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from salon_desk.domain.access import Permission
from salon_desk.domain.consent import Basis, Channel, Purpose, Said, Standing, standings
from salon_desk.domain.limits import MAX_NOTE, MAX_REFERENCE, check_text
from salon_desk.domain.member import Member
from salon_desk.operations.consent import ConsentGiven, ConsentWithdrawn
from salon_desk.services.describe import require_day
from salon_desk.services.errors import UnknownMember
from salon_desk.services.member_errors import AddressMissing, ConsentTextMissing
from salon_desk.services.till import Actor, Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import members
from salon_desk.storage.queries.consents import said_by

COUNTER = "counter"
"""Asked by whoever stands at the till, who read the text out or turned the screen."""
IMPLIED_MONTHS = "consent.implied_months"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked and shown. `basis_day`: of an implied consent, the ISO date of the purchase."""

    channel: Channel
    purpose: Purpose
    text: str
    language: str
    place: str = COUNTER
    basis: Basis = Basis.EXPRESS
    basis_day: str = ""


@dataclass(frozen=True, slots=True)
class Consents:
    """What holds today for every channel and purpose, and everything that was said, newest first."""

    standings: tuple[Standing, ...]
    said: tuple[Said, ...]


def give(till: Till, command_id: str, actor: Actor, member: str, asked: Asked) -> None:
    """Record a consent with the text that was shown, the place, and the withdrawals that were known.

    Raises UnknownMember, ConsentTextMissing, AddressMissing, BadDay, TextTooLong, PermissionNeeded.
    """
    actor.require(Permission.EDIT_MEMBER)
    if not asked.text.strip():
        raise ConsentTextMissing()
    check_text("text", asked.text, MAX_NOTE)
    check_text("place", asked.place, MAX_REFERENCE)
    if asked.basis is Basis.IMPLIED:
        require_day(asked.basis_day)

    def decide(transaction: Transaction) -> ConsentGiven:
        found = _member(transaction, member)
        if not address(found, asked.channel):
            raise AddressMissing(asked.channel.value)
        said = said_by(transaction, member)
        return ConsentGiven(
            member=member,
            channel=asked.channel,
            purpose=asked.purpose,
            basis=asked.basis,
            text=asked.text.strip(),
            language=asked.language,
            store=till.shop(transaction).store,
            place=asked.place,
            given_at=till.now(),
            basis_day=asked.basis_day if asked.basis is Basis.IMPLIED else "",
            seen=tuple(_against(said, asked.channel, asked.purpose)),
        )

    till.record(command_id, actor, decide)


def withdraw(
    till: Till,
    command_id: str,
    actor: Actor,
    member: str,
    *,
    of: Sequence[tuple[Channel, Purpose]],
    said: str,
    place: str = COUNTER,
) -> None:
    """Record that a member wants no more of these, in the member's own word; at once, and for whoever asks.

    Needs no permission: nobody has to wait for a manager to be left alone. Raises UnknownMember, TextTooLong.
    """
    check_text("text", said, MAX_NOTE)
    check_text("place", place, MAX_REFERENCE)

    def decide(transaction: Transaction) -> list[ConsentWithdrawn]:
        _member(transaction, member)
        store = till.shop(transaction).store
        return [
            ConsentWithdrawn(
                member=member,
                channel=channel,
                purpose=purpose,
                said=said.strip(),
                store=store,
                place=place,
                withdrawn_at=till.now(),
            )
            for channel, purpose in of
        ]

    till.record(command_id, actor, decide)


def of_member(till: Till, transaction: Transaction, member: str) -> Consents:
    """What holds today, and what it rests on."""
    said = tuple(said_by(transaction, member))
    today = till.business_day(transaction)
    return Consents(standings(said, today=today, implied_months=_months(till, transaction, today)), said)


def address(member: Member, channel: Channel) -> str:
    """Where a member is reached by a channel, empty where nobody knows."""
    return {Channel.SMS: member.phone, Channel.EMAIL: member.email, Channel.WECHAT: member.wechat}[channel]


def _months(till: Till, transaction: Transaction, today: str) -> int:
    """For how long an implied consent holds here."""
    place = till.shop(transaction).jurisdiction
    return int(str(till.rules.lookup(place, IMPLIED_MONTHS, max(today, till.rules.issued))))


def _against(said: Sequence[Said], channel: Channel, purpose: Purpose) -> Iterator[str]:
    return (one.op_id for one in said if not one.given and (one.channel, one.purpose) == (channel, purpose))


def _member(transaction: Transaction, member: str) -> Member:
    found = members.member(transaction, member)
    if found is None:
        raise UnknownMember(member)
    return found
