"""What a member owns, and the statement of any of it: read in one snapshot, for the profile and for paper.

Which assets there are is said in `storage/queries/owned.py`, what a statement says in `documents/statement.py`. Nothing is recorded
here; a paper is a local row.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.documents.card_numbers import masked_tail
from salon_desk.documents.statement import StatementLine, StatementReport
from salon_desk.domain.member import Member
from salon_desk.domain.names import Names
from salon_desk.i18n import Catalogue
from salon_desk.services.errors import ShopMissing, UnknownMember
from salon_desk.services.member_errors import UnknownAsset
from salon_desk.services.till import Till
from salon_desk.storage import print_jobs
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import members, owned, staff, stores
from salon_desk.storage.queries.holders import names_of_store
from salon_desk.storage.queries.merges import canonical
from salon_desk.storage.queries.owned import Named, Owned, OwnedKind
from salon_desk.storage.queries.statement import Movement, statement

PRINTED = "statement"
_MARK = "|"


@dataclass(frozen=True, slots=True)
class Standing:
    """A store as a paper names it, and the zone in which its times are told."""

    names: Names
    time_zone: str


def of_member(till: Till, transaction: Transaction, member: str) -> tuple[Owned, ...]:
    """Everything the member owns with its figures at this till."""
    return tuple(owned.owned(transaction, member, (till.store.node, till.store.epoch)))


def report(till: Till, transaction: Transaction, member: str, asset: str, language: str) -> StatementReport:
    """The statement of one of a member's assets, named by its first purse. Raises UnknownMember, UnknownAsset."""
    say = Catalogue.load(language)
    found = members.member(transaction, canonical(transaction, member), till.business_day(transaction))
    if found is None:
        raise UnknownMember(member)
    named = next((one for one in owned.assets_of(transaction, member) if one.assets[0] == asset), None)
    if named is None:
        raise UnknownAsset(asset)
    shop = standing(till, transaction, found)
    moved = statement(transaction, named.assets)
    lines = [_line(transaction, one) for one in reversed(moved.movements)]
    return StatementReport(
        shop=shop.names,
        time_zone=shop.time_zone,
        as_of=till.now(),
        title=asset_name(named, say),
        owner=found.called(language),
        currency=named.currency,
        before=moved.before,
        after=moved.after,
        lines=tuple(lines),
    )


def standing(till: Till, transaction: Transaction, member: Member) -> Standing:
    """Whose paper it is. Head office stands in no shop: there it is that of the member's home store, told in UTC where there is none."""
    try:
        shop = till.shop(transaction)
    except ShopMissing:
        home = stores.place_of(transaction, member.home_store)
        return Standing(home.names, home.time_zone) if home else Standing(Names(""), "UTC")
    return Standing(shop.names, shop.time_zone)


def read(till: Till, member: str, asset: str, language: str) -> StatementReport:
    """The same in a snapshot of its own. Raises UnknownMember, UnknownAsset."""
    with till.read() as transaction:
        return report(till, transaction, member, asset, language)


def print_statement(till: Till, member: str, asset: str, language: str) -> str:
    """Queue the statement for the receipt printer; gives the job's id. Raises UnknownMember, UnknownAsset."""
    read(till, member, asset, language)
    return print_jobs.queue_report(till.store, PRINTED, language, f"{member}{_MARK}{asset}")


def printed(till: Till, transaction: Transaction, detail: str, language: str) -> StatementReport:
    """What a queued statement is about, as it stands when it is printed."""
    member, _mark, asset = detail.partition(_MARK)
    return report(till, transaction, member, asset, language)


def asset_name(named: Named, say: Catalogue) -> str:
    """What an asset is called: by the shop's own name, else by its kind and the end of its code."""
    own = named.names.in_language(say.language)
    match named.kind:
        case OwnedKind.CARD:
            return say.text("Card {tail}", tail=masked_tail(named.tail))
        case OwnedKind.GIFT:
            return say.text("Gift card {tail}", tail=masked_tail(named.tail))
        case OwnedKind.SERIES:
            return own or say.text("Series")
        case OwnedKind.COUPON:
            return own or say.text("Coupon")
        case OwnedKind.POINTS:
            return say.text("Points")


def _line(transaction: Transaction, moved: Movement) -> StatementLine:
    person = staff.staff_member(transaction, moved.actor) if moved.actor else None
    return StatementLine(
        day=moved.business_day,
        kind=moved.kind,
        receipt=moved.receipt,
        store=names_of_store(transaction, moved.store),
        person=Names(person.called("en"), person.called("zh_CN")) if person else Names(""),
        change=moved.change,
        after=moved.after,
        document=moved.document,
    )
