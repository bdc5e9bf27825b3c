"""Proving who spends: which debits of a payment ask for it, a member's PIN, a signature, and how a sale keeps it.

What counts is decided in `domain/proof.py`. All of it works offline: hashes and limits lie at the till. The one rule: a sale that takes
more than the limit from cards that nobody has shown is refused, whatever the screen did.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msgspec import structs

from salon_desk.domain.access import Permission, allowed
from salon_desk.domain.member import Member
from salon_desk.domain.money import Money, total
from salon_desk.domain.proof import Debit, Proof, ProofKind, lacking, proof_of
from salon_desk.domain.signature import unpack
from salon_desk.domain.tender import VALUE, TenderKind
from salon_desk.operations.payment import TenderPart
from salon_desk.operations.proof import MemberPinSet, SpendSigned
from salon_desk.operations.sale import SaleCompleted
from salon_desk.services import pins
from salon_desk.services.errors import UnknownMember
from salon_desk.services.proof_errors import (
    MemberPinLocked,
    MemberPinMissing,
    MemberPinWrong,
    NotSigned,
    ProofNeeded,
)
from salon_desk.services.till import Actor, Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import cards, members, proofs, series, staff
from salon_desk.storage.queries.family import relatives
from salon_desk.storage.queries.merges import canonical, group
from salon_desk.storage.queries.shop import Shop

_COUNTED_FOR = "member/"
"""Wrong tries of a member stand beside those of staff, under a name that no staff has."""


Taken = tuple[TenderKind, str, Money]
"""A tender of a plan: its kind, the card, gift card or series, and how much of it."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose value a debit takes, as the screen that asks needs it. `tail`: the end of the card's code, empty for a series."""

    debit: Debit
    member: Member | None
    tail: str
    has_pin: bool


@dataclass(frozen=True, slots=True)
class Spending:
    """The debits of a plan and the limit above which they have to be proven; without a limit nothing is asked."""

    holders: tuple[Holder, ...] = ()
    limit: Money | None = None

    def lacking(self, shown: Sequence[Proof]) -> tuple[Holder, ...]:
        """Those who still have to prove that it is theirs."""
        if self.limit is None:
            return ()
        bare = lacking([one.debit for one in self.holders], shown, self.limit)
        return tuple(one for one in self.holders if one.debit in bare)


NOTHING_SPENT = Spending()


def spending(till: Till, tenders: Iterable[Taken]) -> Spending:
    """What a plan takes of stored value, gift cards and series, and who may spend that. Database worker, reads only."""
    taking = [one for one in tenders if one[0] in VALUE]
    if not taking:
        return NOTHING_SPENT
    with till.read() as transaction:
        shop = till.shop(transaction)
        if shop.unproven_limit is None:
            return NOTHING_SPENT
        day = till.business_day(transaction)
        debits = _debits(transaction, shop, taking)
        return Spending(tuple(_holder(transaction, one, day) for one in debits), shop.unproven_limit)


def present(till: Till, card_id: str) -> Proof:
    """A card was read by a reader: it proves itself, and whoever owns it. Database worker, reads only."""
    with till.read() as transaction:
        return _present(transaction, card_id)


def by_pin(till: Till, debit: Debit, pin: str) -> Proof:
    """The PIN of the owner, or of somebody who may spend for them.

    Database worker; a wrong try is kept. Raises MemberPinMissing, MemberPinWrong, MemberPinLocked.
    """
    with till.read() as transaction:
        hashes = proofs.pin_hashes(transaction, _ids(transaction, debit.persons))
        spender = {one: canonical(transaction, one) for one in hashes}
    if not hashes:
        raise MemberPinMissing(debit.owner)
    tried = pins.attempt(till, f"{_COUNTED_FOR}{debit.owner}", hashes, pin)
    if tried.until:
        raise MemberPinLocked(tried.until)
    if not tried.who:
        raise MemberPinWrong(tried.left)
    who = spender[tried.who]
    return Proof(ProofKind.PIN, debit.card, debit.owner, by=who)


def has_pin(till: Till, member: str) -> bool:
    """Whether a PIN of this member, under any id that was merged, is known here. Database worker, reads only."""
    with till.read() as transaction:
        return bool(proofs.pin_hashes(transaction, _ids(transaction, [member])))


def own_pin(till: Till, member: str, pin: str) -> None:
    """Try the member's own PIN, nobody else's; a wrong try is kept. Database worker.

    Raises MemberPinMissing, MemberPinWrong, MemberPinLocked.
    """
    by_pin(till, Debit("", (member,), Money.zero("USD")), pin)


def by_signature(debit: Debit, strokes: str) -> Proof:
    """A signature on the screen (`domain/signature.pack`). Pure. Raises NotSigned."""
    if not unpack(strokes):
        raise NotSigned
    return Proof(ProofKind.SIGNATURE, debit.card, debit.owner, strokes=strokes)


def vouched(actor: Actor, debit: Debit) -> Proof:
    """A manager vouches for whoever spends. Pure. Raises PermissionNeeded."""
    actor.require(Permission.VOUCH)
    by = actor.staff if allowed(actor.role, Permission.VOUCH) else actor.approver
    return Proof(ProofKind.APPROVER, debit.card, debit.owner, by=by)


def set_pin(till: Till, command_id: str, actor: Actor, member: str, pin: str, *, old: str = "") -> None:
    """A member chooses a PIN at the counter; without the `old` one a manager vouches that it is the member.

    Raises BadPin, UnknownMember, PermissionNeeded, and of the old PIN MemberPinWrong, MemberPinLocked, MemberPinMissing.
    """
    hashed = pins.hash_pin(pins.checked(pin))
    if old:
        own_pin(till, member, old)
    else:
        actor.require(Permission.VOUCH)

    def decide(transaction: Transaction) -> MemberPinSet:
        who = canonical(transaction, member)
        if members.member(transaction, who) is None:
            raise UnknownMember(member)
        return MemberPinSet(member=who, pin_hash=hashed)

    till.record(command_id, actor, decide)


def prove(
    transaction: Transaction, shop: Shop, parts: Sequence[TenderPart], shown: Sequence[Proof]
) -> tuple[TenderPart, ...]:
    """The tenders with how each was proven, inside the transaction that records them. Raises ProofNeeded."""
    if shop.unproven_limit is None and not shown:
        return tuple(parts)
    debits = {
        one.card: one
        for one in _debits(
            transaction, shop, ((part.kind, part.card, part.amount) for part in parts if part.kind in VALUE)
        )
    }
    known = [_known(transaction, one) for one in shown]
    good = [one for one in known if one is not None]
    if shop.unproven_limit is not None:
        bare = lacking(tuple(debits.values()), good, shop.unproven_limit)
        if bare:
            raise ProofNeeded(
                total((one.amount for one in bare), shop.currency).cents, shop.unproven_limit.cents
            )
    proven = {card: proof_of(debit, good) for card, debit in debits.items()}
    return tuple(
        structs.replace(part, proof=one.kind.value, proven_by=one.by)
        if part.kind in VALUE and (one := proven[part.card]) is not None
        else part
        for part in parts
    )


def signed(sale: SaleCompleted, shown: Sequence[Proof]) -> tuple[SpendSigned, ...]:
    """What was signed for a sale, one operation a signature; beside it, so that its body can be erased."""
    found = []
    for one in shown:
        taken = [
            part
            for part in sale.tenders
            if part.proof == ProofKind.SIGNATURE and (part.card == one.card or one.person)
        ]
        if one.kind is ProofKind.SIGNATURE and taken:
            found.append(
                SpendSigned(
                    ticket=sale.ticket,
                    receipt=sale.receipt,
                    member=one.person,
                    cards=tuple(dict.fromkeys(part.card for part in taken)),
                    amount=total((part.amount for part in taken), sale.total.currency),
                    strokes=one.strokes,
                    print_language=sale.print_language,
                )
            )
    return tuple(found)


def _known(transaction: Transaction, shown: Proof) -> Proof | None:
    """A proof as it is good for: whose card was read, and whether whoever vouches may."""
    match shown.kind:
        case ProofKind.PRESENT:
            return _present(transaction, shown.card)
        case ProofKind.APPROVER:
            found = staff.staff_member(transaction, shown.by)
            return shown if found is not None and allowed(found.role, Permission.VOUCH) else None
        case _:
            return shown


def _present(transaction: Transaction, card_id: str) -> Proof:
    found = cards.card(transaction, card_id)
    person = canonical(transaction, found.member) if found is not None and found.member else ""
    return Proof(ProofKind.PRESENT, card_id, person)


def _debits(transaction: Transaction, shop: Shop, taking: Iterable[Taken]) -> tuple[Debit, ...]:
    """One debit for each card, gift card or series."""
    sums: dict[tuple[TenderKind, str], Money] = {}
    for kind, card, amount in taking:
        sums[kind, card] = sums.get((kind, card), amount * 0) + amount
    return tuple(
        Debit(card, _spenders(transaction, shop, kind, card), amount) for (kind, card), amount in sums.items()
    )


def _spenders(transaction: Transaction, shop: Shop, kind: TenderKind, card_id: str) -> tuple[str, ...]:
    """Who may spend it, the owner first."""
    if kind is TenderKind.SERIES:
        found = series.one(transaction, card_id)
        owner = found.owner if found is not None else ""
        others = series.sharers(transaction, card_id) if owner else []
    else:
        card = cards.card(transaction, card_id)
        owner = card.member if card is not None else ""
        others = [one.member for one in relatives(transaction, owner)] if owner and shop.family_spends else []
    if not owner:
        return ()
    return tuple(dict.fromkeys(canonical(transaction, one) for one in (owner, *others)))


def _ids(transaction: Transaction, persons: Iterable[str]) -> list[str]:
    """Every id of these persons: a PIN may have been set under one that was merged since."""
    return [one for person in persons for one in group(transaction, person)]


def _holder(transaction: Transaction, debit: Debit, day: str) -> Holder:
    card = cards.card(transaction, debit.card)
    member = members.member(transaction, debit.owner, day) if debit.owner else None
    has_pin = bool(proofs.pin_hashes(transaction, _ids(transaction, debit.persons)))
    return Holder(debit, member, card.tail if card is not None else "", has_pin)
