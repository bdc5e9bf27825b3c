"""Who belongs to whom, seen from either side.

The links themselves are made in `services/family.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, or_, select

from salon_desk.domain.member import Relation
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries.merges import canonical, group
from salon_desk.storage.tables.members import family_links

_OF = Statement(
    lambda: (
        select(family_links)
        .where(
            or_(family_links.c.member == bindparam("member"), family_links.c.other == bindparam("other")),
            family_links.c.removed == 0,
        )
        .order_by(family_links.c.link)
    )
)
_ONE = Statement(lambda: select(family_links).where(family_links.c.link == bindparam("link")))


@dataclass(frozen=True, slots=True)
class Relative:
    """Somebody who belongs to a member: what `member` is to the one who was asked about, and the link that says so."""

    link: str
    member: str
    relation: Relation


def relatives(transaction: Transaction, member: str) -> list[Relative]:
    """Whoever belongs to a person, under whichever id it was said, each link once, in no order of rank."""
    ids = group(transaction, member)
    found: dict[str, Relative] = {}
    for one in ids:
        for row in transaction.all(_OF, member=one, other=one):
            relation = Relation(row.relation)
            if row.member != one:
                relation = relation.reverse
            other = row.other if row.member == one else row.member
            if other not in ids:
                found[row.link] = Relative(row.link, canonical(transaction, other), relation)
    return list(found.values())


def linked(transaction: Transaction, link: str) -> tuple[str, str] | None:
    """Who is linked by this one to whom; None when it was never made, or taken back."""
    row = transaction.one(_ONE, link=link)
    return (row.member, row.other) if row is not None and row.member and not row.removed else None
