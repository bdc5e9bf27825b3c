"""Carrying over what a list says, in batches: each is one command, durable and whole, and is done once however often it is asked.

What a list would bring is `importing.py`'s, taking it back `importing_reversing.py`'s. Nothing is carried over before the owner has
signed, with name and PIN, for the figures of the old program (sign-off); killed anywhere, the same list goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from msgspec import structs

from salon_desk.domain import ledger
from salon_desk.domain.access import Permission
from salon_desk.domain.gift import gift_asset
from salon_desk.domain.importing import Broken, Row, Totals
from salon_desk.domain.importing_columns import plain
from salon_desk.domain.ledger import Posting
from salon_desk.domain.member import Member
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.points import points_asset
from salon_desk.domain.series import SeriesPart, Unit, Visit, visit_asset
from salon_desk.operations.card import CardIssued
from salon_desk.operations.carried_over import REASON, AssetCarriedOver, ImportSigned, Owned
from salon_desk.operations.description import AllergyNoted, FieldValue, MemberDescribed
from salon_desk.operations.operation import Cause, Operation, PurseChange
from salon_desk.operations.payment import Funding
from salon_desk.services import postings, sign_in
from salon_desk.services.carry_over import carried_over
from salon_desk.services.describe import described
from salon_desk.services.importing import Person, Plan, card_of, judge, member_of, services_by_name
from salon_desk.services.importing_errors import NameNotSigned, NotSigned, TotalsDiffer
from salon_desk.services.till import Actor, Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import imports

PEOPLE_AT_ONCE = 20
"""In one commit, so that a cashier's own never waits long for one."""
PART = "1"
"""The one part of a series that was carried over."""


@dataclass(frozen=True, slots=True)
class SignOff:
    """What the owner signs: the figures of the old program, a name and a PIN. `differs`: they may differ from the list's."""

    told: Totals
    name: str
    staff: str
    pin: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Carried:
    """What one batch did: the rows that were taken, and those that could not be any more. `again`: it had been done before."""

    taken: Totals
    broken: tuple[Broken, ...]
    again: bool = False


def command_of(list_id: str) -> str:
    """What the commands of a list begin with."""
    return f"import/{list_id}"


def batches(plan: Plan) -> int:
    """How many batches a list has."""
    return -(-len(plan.people) // PEOPLE_AT_ONCE)


def sign(till: Till, plan: Plan, off: SignOff) -> None:
    """The owner takes the list over; the same list is signed for once.

    Raises the refusals of a PIN, PermissionNeeded, NameNotSigned, TotalsDiffer, CannotRecord.
    """
    person = sign_in.sign_in(till, off.staff, off.pin)
    person.actor.require(Permission.IMPORT)
    names = {plain(one) for one in (person.person.name, person.person.latin_name) if one}
    if plain(off.name) not in names:
        raise NameNotSigned(off.name)
    figures = plan.totals.differing(off.told)
    if figures and not off.differs:
        raise TotalsDiffer(figures)
    signed = ImportSigned(
        list_id=plan.list_id,
        file=plan.file[:60],
        store=plan.store,
        rows=len(plan.parsed.rows),
        broken=len(plan.parsed.broken),
        counted=asdict(plan.totals),
        told=asdict(off.told),
        signed_by=off.name.strip(),
        content=plan.content,
    )
    till.record(f"{command_of(plan.list_id)}/signed", person.actor, lambda _transaction: signed)


def is_signed(till: Till, plan: Plan) -> bool:
    """Whether the owner has signed for this very list on this till."""
    with till.read() as transaction:
        return _is_signed(till, transaction, plan.list_id)


def done(till: Till, list_id: str) -> frozenset[int]:
    """The batches of a list that are recorded."""
    command = f"{command_of(list_id)}/batch"
    with till.read() as transaction:
        found = imports.commands_done(transaction, till.store.node, command)
    numbers = (one.removeprefix(f"{command}/").partition("/")[0] for one in found)
    return frozenset(int(one) for one in numbers if one.isdecimal())


def carry(till: Till, actor: Actor, plan: Plan, batch: int) -> Carried:
    """Carry one batch over, in one commit. Raises NotSigned, PermissionNeeded, CannotRecord; then nothing of it is there."""
    actor.require(Permission.IMPORT)
    people = plan.people[batch * PEOPLE_AT_ONCE : (batch + 1) * PEOPLE_AT_ONCE]
    taken, broken = [Totals()], list[Broken]()

    def decide(transaction: Transaction) -> list[Operation]:
        if not _is_signed(till, transaction, plan.list_id):
            raise NotSigned(plan.list_id)
        services = services_by_name(transaction)
        writer = _Writer(transaction, plan, services)
        operations: list[Operation] = []
        for person in people:
            good, bad = judge(transaction, person, services)
            broken.extend(bad)
            if good:
                operations += writer.person(person, good)
                for row in good:
                    taken[0] = taken[0].plus(row.totals)
        return operations

    recorded = till.record(f"{command_of(plan.list_id)}/batch/{batch}", actor, decide)
    return Carried(taken[0], tuple(broken), again=recorded.repeated)


def _is_signed(till: Till, transaction: Transaction, list_id: str) -> bool:
    return imports.is_done(transaction, till.store.node, f"{command_of(list_id)}/signed")


@dataclass(frozen=True, slots=True)
class _Writer:
    """Makes the operations of people inside one recording transaction."""

    transaction: Transaction
    plan: Plan
    services: dict[str, str]

    def person(self, person: Person, rows: Sequence[Row]) -> Iterator[Operation]:
        """The description, unless the member is here already, and what is owed by each row."""
        member = member_of(self.transaction, person)
        assert isinstance(member, str)
        if member == person.id_of("member"):
            values = _fields(person.first.member, self.plan.store)
            yield described(self.transaction, MemberDescribed, member, values)
            for number, substance in enumerate(person.first.member.allergies):
                allergy = person.id_of(f"allergy/{number}/{self.plan.list_id}")
                yield AllergyNoted(allergy_id=allergy, member=member, substance=substance)
        for row in rows:
            yield from self._card(person, member, row)
            yield from self._others(person, member, row)

    def _card(self, person: Person, member: str, row: Row) -> Iterator[Operation]:
        card, code = card_of(person, row)
        if (row.card_code or row.has_value) and not imports.is_card(self.transaction, card):
            yield CardIssued(card=card, code=code, currency=self.plan.currency, member=member)
        if row.has_value:
            funding = Funding(card=card, paid=row.paid, bonus=row.bonus)
            yield carried_over(funding, reason=f"{REASON}{self.plan.list_id}", row=row.number)

    def _others(self, person: Person, member: str, row: Row) -> Iterator[AssetCarriedOver]:
        nothing = Money.zero(self.plan.currency)
        if row.points:
            points = AssetCarriedOver(
                list_id=self.plan.list_id,
                owned_kind=Owned.POINTS.value,
                owned=member,
                member=member,
                store=self.plan.store,
                units=row.points,
                worth=nothing,
                row=row.number,
            )
            yield _issued(points, points_asset(member))
        if row.gift_value:
            gift = AssetCarriedOver(
                list_id=self.plan.list_id,
                owned_kind=Owned.GIFT.value,
                owned=person.id_of(f"gift/{row.gift_code}"),
                member="",
                store=self.plan.store,
                units=row.gift_value.cents,
                worth=row.gift_value,
                code=row.gift_code,
                row=row.number,
            )
            yield _issued(gift, gift_asset(gift.owned, self.plan.currency))
        if row.visits:
            series = AssetCarriedOver(
                list_id=self.plan.list_id,
                owned_kind=Owned.SERIES.value,
                owned=person.id_of(f"series/{row.number}/{plain(row.series)}"),
                member=member,
                store=self.plan.store,
                units=row.visits,
                worth=row.visit_worth * row.visits,
                names=Names(row.series, row.series, row.series),
                parts=(_part(row, self.services[plain(row.series)]),),
                tax_point=self.plan.tax_point.value,
                row=row.number,
            )
            yield _issued(series, visit_asset(Visit(series.owned, PART, row.visit_worth)))


def _part(row: Row, item: str) -> SeriesPart:
    """Visits of one service; those without a worth were given."""
    paid = row.visits if row.visit_worth else 0
    return SeriesPart(PART, Unit.VISIT, paid=paid, given=row.visits - paid, items=(item,))


def _issued(operation: AssetCarriedOver, asset: str) -> AssetCarriedOver:
    """With its units in the purse of whoever records it, and what is owed for them."""
    account = {Owned.GIFT: ledger.GIFT_CARDS, Owned.SERIES: ledger.SERIES}.get(Owned(operation.owned_kind))
    entries = (
        [Posting(account, -operation.worth), Posting(ledger.VALUE_CARRIED_OVER, operation.worth)]
        if account
        else []
    )
    return structs.replace(
        operation,
        purse_changes=(PurseChange(asset, operation.units, Cause.ISSUE),),
        postings=postings.balanced(entries),
    )


def _fields(member: Member, store: str) -> dict[str, FieldValue]:
    """What the list says of a member; what it does not say is left as it is."""
    said: dict[str, FieldValue] = {
        "name": member.name,
        "latin_name": member.latin_name,
        "phone": member.phone,
        "birthday": member.birthday,
        "email": member.email,
        "wechat": member.wechat,
        "note": member.note,
    }
    kept = {name: value for name, value in said.items() if value}
    return {**kept, "home_store": store, "active": 1}
