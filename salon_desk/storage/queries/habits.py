"""What habits are made of, for the members of a page or for one person: documents, balances, bookings, what lapses.

What follows from it is `domain/habit.py`. Whoever asks for a page gets each id's own; merged ids are brought together by whoever
asks (`merged_in`). Figures are sums over the projections as they lie; value under way or stranded is looked up exactly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, or_, select

from salon_desk.domain.card import card_assets
from salon_desk.domain.coupon import COUPON
from salon_desk.domain.gift import CardKind
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries.covers import covered_cards
from salon_desk.storage.queries.moves import everywhere
from salon_desk.storage.tables.bookings import bookings
from salon_desk.storage.tables.cards import card_freezes, cards, moves, purses
from salon_desk.storage.tables.journal import journal
from salon_desk.storage.tables.members import members
from salon_desk.storage.tables.merges import member_merges
from salon_desk.storage.tables.promotions import coupons
from salon_desk.storage.tables.sales import sales
from salon_desk.storage.tables.triggers import bonus_ends


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose figures are asked for: the members behind an id up to another, that one included, or one id alone."""

    after: str = ""
    upto: str = ""
    member: str = ""


class Asked:
    """One question, for the members of a range of ids or for one of them."""

    def __init__(self, column: Any, build: Callable[[], Any]) -> None:
        self._range = Statement(
            lambda: build().where(column > bindparam("after"), column <= bindparam("upto"))
        )
        self._one = Statement(lambda: build().where(column == bindparam("member")))

    def rows(self, transaction: Transaction, whose: Whose, **more: Any) -> list[Any]:
        """The rows of those who are asked for."""
        if whose.member:
            return transaction.all(self._one, member=whose.member, **more)
        return transaction.all(self._range, after=whose.after, upto=whose.upto, **more)


_PAGE = Statement(
    lambda: (
        select(members.c.id, members.c.birthday, members.c.home_store)
        .where(members.c.id > bindparam("after"), members.c.active == 1)
        .order_by(members.c.id)
        .limit(bindparam("most"))
    )
)
_ONE = Statement(
    lambda: select(members.c.id, members.c.birthday, members.c.home_store).where(
        members.c.id == bindparam("member")
    )
)
_MERGED = Statement(
    lambda: (
        select(member_merges.c.duplicate.label("id"))
        .where(
            member_merges.c.duplicate > bindparam("after"),
            member_merges.c.duplicate <= bindparam("upto"),
            member_merges.c.undone == 0,
        )
        .union(
            select(member_merges.c.member).where(
                member_merges.c.member > bindparam("behind"),
                member_merges.c.member <= bindparam("to"),
                member_merges.c.undone == 0,
            )
        )
    )
)
_DOCUMENTS = Asked(
    sales.c.member,
    lambda: select(
        sales.c.member,
        sales.c.op_id,
        sales.c.kind,
        sales.c.of_sale,
        sales.c.business_day,
        sales.c.sold_at,
        sales.c.store,
        sales.c.currency,
        (sales.c.total_cents - sales.c.tax_cents).label("cents"),
        sales.c.funded_cents.label("funded"),
        sales.c.voided_by,
    ).where(sales.c.kind.in_(("sale", "refund", "top_up"))),
)


def purses_of_card() -> Any:
    """The names of the two purses of a row of `cards`, as SQL."""
    card = "card/" + cards.c.id + "/" + cards.c.currency
    return card + "/paid", card + "/bonus"


IS_SPENDABLE = (cards.c.kind == CardKind.STORED_VALUE.value) & (func.coalesce(card_freezes.c.frozen, 0) == 0)
"""Whether a row of `cards`, with its freeze if there was one, is a member's card that pays."""
_VALUE = Asked(
    cards.c.member,
    lambda: (
        select(cards.c.member, cards.c.currency, func.sum(purses.c.units).label("units"))
        .join(purses, purses.c.asset.in_(purses_of_card()))
        .outerjoin(card_freezes, card_freezes.c.card == cards.c.id)
        .where(IS_SPENDABLE)
        .group_by(cards.c.member, cards.c.currency)
    ),
)
_MOVING = Asked(
    cards.c.member,
    lambda: (
        select(cards.c.member)
        .join(moves, moves.c.asset.in_(purses_of_card()))
        .where(or_(moves.c.received_by == "", moves.c.sent_by == ""))
        .distinct()
    ),
)
_CARDS = Asked(
    cards.c.member,
    lambda: (
        select(cards.c.member, cards.c.id, cards.c.currency)
        .outerjoin(card_freezes, card_freezes.c.card == cards.c.id)
        .where(IS_SPENDABLE)
    ),
)
_EXPECTED = Asked(
    bookings.c.member,
    lambda: (
        select(
            bookings.c.member,
            bookings.c.id,
            bookings.c.store,
            bookings.c.starts_at,
            journal.c.at.label("made_at"),
        )
        .join(journal, journal.c.op_id == bookings.c.made_by)
        .where(bookings.c.cancelled == 0, bookings.c.starts_at >= bindparam("since"))
        .order_by(bookings.c.starts_at, bookings.c.id)
    ),
)


def coupon_is_left() -> Any:
    """Whether the coupon of a row of `coupons` was not used, as SQL: its unit lies in a purse or is under way."""
    asset = COUPON + coupons.c.id
    return or_(
        select(purses.c.asset).where(purses.c.asset == asset, purses.c.units > 0).exists(),
        select(moves.c.asset).where(moves.c.asset == asset, moves.c.received_by == "").exists(),
    )


_COUPONS = Asked(
    coupons.c.member,
    lambda: (
        select(coupons.c.member, coupons.c.id, coupons.c.promotion, coupons.c.to_day, coupons.c.issued_on)
        .where(
            coupons.c.from_day <= bindparam("day"),
            or_(coupons.c.to_day == "", coupons.c.to_day >= bindparam("today")),
            coupon_is_left(),
        )
        .order_by(coupons.c.member, coupons.c.to_day, coupons.c.id)
    ),
)
_BONUS_ENDS = Asked(
    cards.c.member,
    lambda: (
        select(
            cards.c.member,
            cards.c.id.label("card"),
            cards.c.currency,
            bonus_ends.c.until,
            bonus_ends.c.given_on,
        )
        .join(bonus_ends, bonus_ends.c.card == cards.c.id)
        .where(bonus_ends.c.until >= bindparam("today"))
    ),
)


def page(transaction: Transaction, after: str, most: int) -> list[Any]:
    """Members behind an id in the order of their ids: `id`, `birthday`, `home_store`; those who are active."""
    return transaction.all(_PAGE, after=after, most=most)


def one(transaction: Transaction, member: str) -> Any | None:
    """The same of one member, active or not."""
    return transaction.one(_ONE, member=member)


def merged_in(transaction: Transaction, whose: Whose) -> list[str]:
    """Of a range, the ids that stand in any merge: for these the whole group has to be looked at."""
    rows = transaction.all(_MERGED, after=whose.after, upto=whose.upto, behind=whose.after, to=whose.upto)
    return [row.id for row in rows]


def documents(transaction: Transaction, whose: Whose) -> dict[str, list[Any]]:
    """By member, the sales, refunds and top-ups, voided ones too, in no order (`domain.habit.Document`)."""
    return _by_member(_DOCUMENTS.rows(transaction, whose))


def balances(transaction: Transaction, whose: Whose) -> Counter[tuple[str, str]]:
    """By (member, currency), the cents on cards that are not frozen, paid and bonus, wherever they lie or are under way."""
    found: Counter[tuple[str, str]] = Counter()
    for row in _VALUE.rows(transaction, whose):
        found[row.member, row.currency] = int(row.units)
    for member in unsettled(transaction, whose):
        for key in [key for key in found if key[0] == member]:
            del found[key]
        for row in _CARDS.rows(transaction, Whose(member=member)):
            both = card_assets(row.id, row.currency)
            units = everywhere(transaction, both.paid) + everywhere(transaction, both.bonus)
            found[member, row.currency] += units
    return found


def expected(transaction: Transaction, whose: Whose, since: str) -> dict[str, list[Any]]:
    """By member, the bookings that stand from an instant on: `id`, `store`, `starts_at`, `made_at` (a hybrid clock reading)."""
    return _by_member(_EXPECTED.rows(transaction, whose, since=since))


def coupons_left(transaction: Transaction, whose: Whose, today: str) -> dict[str, list[Any]]:
    """By member, the coupons that were not used and count on a day, those that lapse first in front but for endless ones."""
    return _by_member(_COUPONS.rows(transaction, whose, day=today, today=today))


def bonus_ending(transaction: Transaction, whose: Whose, today: str) -> dict[str, list[Any]]:
    """By member, bonus that was given and counts until a day that is not over: `card`, `until`, `given_on`."""
    return _by_member(_BONUS_ENDS.rows(transaction, whose, today=today))


def unsettled(transaction: Transaction, whose: Whose) -> set[str]:
    """Who has cards of which something is under way, or covered."""
    found = {row.member for row in _MOVING.rows(transaction, whose)}
    owners: dict[str, str] = {}

    def asked() -> Iterable[str]:
        owners.update((row.id, row.member) for row in _CARDS.rows(transaction, whose))
        return owners

    return found | {owners[card] for card in covered_cards(transaction, _Late(asked))}


class _Late:
    """Cards that are read when somebody goes through them, for nearly nobody does."""

    def __init__(self, read: Callable[[], Iterable[str]]) -> None:
        self._read = read

    def __iter__(self) -> Any:
        return iter(list(self._read()))


def _by_member(rows: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.member, []).append(row)
    return found
