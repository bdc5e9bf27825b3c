"""Coming from the old system: what a list would bring, seen before anything is recorded.

Files are read in `importing_files.py`, rows by `domain/importing.py`; carrying over is `importing_carrying.py`. The one rule: every
id follows from the list and the row, so that whatever is done twice is done once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from salon_desk.domain.access import Permission
from salon_desk.domain.importing import Broken, Fault, Parsed, Row, Sheet, Totals, parsing, same_name
from salon_desk.domain.importing_columns import Column, Mapped, plain
from salon_desk.domain.points import points_asset
from salon_desk.domain.series import TaxPoint
from salon_desk.services.importing_errors import ColumnMissing
from salon_desk.services.importing_files import content_slices
from salon_desk.services.slices import Pausing, at_once
from salon_desk.services.till import Actor, Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import cards, imports, members

LIST_DIGITS = 24
MADE_CODE = "OLD-"
"""What the code of a card begins with that the old program had no number for."""


@dataclass(frozen=True, slots=True)
class Person:
    """The rows of one person, the first of them with its description; `key` tells them from all others."""

    key: str
    rows: tuple[Row, ...]

    @property
    def first(self) -> Row:
        """The row that describes the person."""
        return self.rows[0]

    def id_of(self, what: str) -> str:
        """An id that follows from the person: opaque, and the same whenever it is asked for."""
        return derived(self.key, what)


@dataclass(frozen=True, slots=True)
class Plan:
    """A list as it would be taken over: `list_id` names what stands in it (`content`), how its columns are read, and the store."""

    list_id: str
    content: str
    file: str
    store: str
    currency: str
    tax_point: TaxPoint
    people: tuple[Person, ...]
    parsed: Parsed

    @property
    def totals(self) -> Totals:
        """What the rows come to that can be taken."""
        return self.parsed.totals


def derived(key: str, what: str) -> str:
    """An opaque id."""
    return hashlib.sha256(f"salon-desk import\n{key}\n{what}".encode()).hexdigest()[:32]


def plan(till: Till, actor: Actor, file: str, sheet: Sheet, mapped: Mapped) -> Plan:
    """Read a sheet by a mapping. Database worker. Raises PermissionNeeded, ColumnMissing, ShopMissing, RuleMissing."""
    return at_once(planning(till, actor, file, sheet, mapped))


def planning(till: Till, actor: Actor, file: str, sheet: Sheet, mapped: Mapped) -> Pausing[Plan]:
    """The same in slices, with one read between two pauses."""
    actor.require(Permission.IMPORT)
    if not {Column.NAME, Column.LATIN_NAME} & set(mapped):
        raise ColumnMissing(Column.NAME.value)
    content = yield from content_slices(sheet)
    with till.read() as transaction:
        shop = till.shop(transaction)
        tax_point = till.rules.series_tax_point(shop.jurisdiction, till.business_day(transaction))
        told = msgspec.json.encode([content, [one.value if one else "" for one in mapped], shop.store])
        base = hashlib.sha256(told).hexdigest()[:LIST_DIGITS]
        again = imports.times_reversed(transaction, till.store.node, base)
    parsed = yield from parsing(sheet, mapped, shop.currency)
    return Plan(
        list_id=f"{base}-{again}" if again else base,
        content=content,
        file=file,
        store=shop.store,
        currency=shop.currency,
        tax_point=tax_point,
        people=_people(parsed.rows, shop.store, content),
        parsed=parsed,
    )


def collisions(till: Till, people: Sequence[Person]) -> list[Broken]:
    """Rows of these people that are here already, or collide with somebody who is. One read; give it some hundreds at a time."""
    with till.read() as transaction:
        services = services_by_name(transaction)
        return [broken for one in people for broken in judge(transaction, one, services)[1]]


def judge(
    transaction: Transaction, person: Person, services: dict[str, str]
) -> tuple[list[Row], list[Broken]]:
    """The rows of a person that can be taken now, and why the others cannot."""
    member = member_of(transaction, person)
    if isinstance(member, Broken):
        return [], [
            Broken(row.number, member.fault, member.column, member.value, member.other) for row in person.rows
        ]
    good, bad = list[Row](), list[Broken]()
    for row in person.rows:
        broken = _collision(transaction, person, row, services)
        if broken is None:
            good.append(row)
        else:
            bad.append(broken)
    return good, bad


def member_of(transaction: Transaction, person: Person) -> str | Broken:
    """The member that a person is: a new one's id, or that of somebody here with this telephone and name."""
    new, first = person.id_of("member"), person.first
    if imports.stands(transaction, new):
        return Broken(first.number, Fault.ALREADY_HERE, None, "", other=new)
    phone = first.member.phone
    known = members.member_by_phone(transaction, phone) if phone else None
    if known is None or known.member_id == new:
        return new
    if not same_name(known, first.member):
        return Broken(first.number, Fault.PHONE_TAKEN, Column.PHONE, phone, other=known.member_id)
    assets = [f"card/{one.card}/" for one in cards.cards_of(transaction, known.member_id)]
    for asset in (*assets, points_asset(known.member_id)):
        if imports.was_carried_to(transaction, asset):
            return Broken(first.number, Fault.ALREADY_HERE, None, "", other=known.member_id)
    return known.member_id


def card_of(person: Person, row: Row) -> tuple[str, str]:
    """Id and code of the card that bears a row's value."""
    card = person.id_of(f"card/{row.card_code or row.number}")
    return card, row.card_code or f"{MADE_CODE}{card[:10].upper()}"


def services_by_name(transaction: Transaction) -> dict[str, str]:
    """By every name and code, the service that is called so."""
    return {plain(name): one.item for one in imports.services(transaction) for name in one.names}


def _collision(transaction: Transaction, person: Person, row: Row, services: dict[str, str]) -> Broken | None:
    card, code = card_of(person, row)
    needed = row.card_code or row.has_value
    if needed and any(one.card != card for one in cards.ever_of_code(transaction, code)):
        return Broken(row.number, Fault.CARD_TAKEN, Column.CARD_CODE, code)
    if row.gift_code and row.gift_value:
        gift = person.id_of(f"gift/{row.gift_code}")
        if any(one.card != gift for one in cards.ever_of_code(transaction, row.gift_code)):
            return Broken(row.number, Fault.GIFT_TAKEN, Column.GIFT_CODE, row.gift_code)
    if row.visits and plain(row.series) not in services:
        return Broken(row.number, Fault.SERIES_UNKNOWN, Column.SERIES, row.series)
    return None


def _people(rows: Sequence[Row], store: str, content: str) -> tuple[Person, ...]:
    """Rows by whose they are, in the order of the file."""
    grouped: dict[int, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row.same_as or row.number, []).append(row)
    return tuple(Person(_key(some[0], store, content), tuple(some)) for some in grouped.values())


def _key(row: Row, store: str, content: str) -> str:
    """What the old program told a member by; where it had nothing, the list and the row.

    Never a telephone or a name: whoever was erased must not be guessed from an id that stays.
    """
    if row.old_number:
        return f"{store}/number/{row.old_number}"
    if row.card_code:
        return f"{store}/card/{row.card_code}"
    return f"{content}/{row.number}"
