"""The search index: every suffix of a name, its pinyin, its initials, a telephone or a code (PITFALLS 11, 15).

One prefix look-up for each rank answers any fragment, whole beginnings first. The index is local: it follows from the
descriptions and can be rebuilt. How a text becomes terms is in `search_terms.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, func, insert, select, update

from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries.cards import codes_of
from salon_desk.storage.search_terms import BEST_FIRST, normal, ranked_terms, readings, telephone
from salon_desk.storage.tables.catalogue import items
from salon_desk.storage.tables.local import search_entries, search_terms
from salon_desk.storage.tables.members import members

_LAST = "\U0010ffff"
_MATCHES_AN_ENTRY = 3
"""Terms of one entry that may begin alike in one rank (a pinyin, a Latin name): so many more rows are read."""

_FIND = Statement(
    lambda: (
        select(search_entries.c.subject, search_entries.c.id)
        .join_from(search_terms, search_entries, search_entries.c.number == search_terms.c.entry)
        .where(
            search_terms.c.rank == bindparam("rank"),
            search_terms.c.suffix >= bindparam("low"),
            search_terms.c.suffix < bindparam("high"),
        )
        .order_by(search_terms.c.suffix, search_terms.c.entry)
        .limit(bindparam("most"))
    )
)
_ENTRY = Statement(
    lambda: select(search_entries.c.number, search_entries.c.words).where(
        search_entries.c.subject == bindparam("subject"), search_entries.c.id == bindparam("id")
    )
)
_NEXT_ENTRY = Statement(lambda: select(func.coalesce(func.max(search_entries.c.number), 0) + 1))
_ADD_ENTRY = Statement(lambda: insert(search_entries))
_CHANGE_ENTRY = Statement(
    lambda: (
        update(search_entries)
        .where(search_entries.c.number == bindparam("entry"))
        .values(words=bindparam("words"))
    )
)
_ADD_TERM = Statement(lambda: insert(search_terms))
_DROP_ENTRY = Statement(lambda: delete(search_entries).where(search_entries.c.number == bindparam("entry")))
_DROP_TERM = Statement(
    lambda: delete(search_terms).where(
        search_terms.c.rank == bindparam("rank"),
        search_terms.c.suffix == bindparam("suffix"),
        search_terms.c.entry == bindparam("entry"),
    )
)
_MEMBER = Statement(lambda: select(members).where(members.c.id == bindparam("id")))
_ITEM = Statement(lambda: select(items).where(items.c.id == bindparam("id")))


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: "member", "item" or "card", and its id."""

    subject: str
    id: str


def find(transaction: Transaction, fragment: str, limit: int = 20) -> list[Hit]:
    """What contains the fragment: whole beginnings first, then beginnings of words, then what lies within.

    Alike in that, the shorter comes first. Reads so many index rows at most, however common the fragment is.
    """
    low = normal(fragment)
    if not low:
        return []
    hits: dict[Hit, None] = {}
    most = limit * _MATCHES_AN_ENTRY
    for rank in BEST_FIRST:
        rows = transaction.all(_FIND, rank=int(rank), low=low, high=low + _LAST, most=most)
        hits |= dict.fromkeys(Hit(row.subject, row.id) for row in rows)
        if len(hits) >= limit:
            break
    return list(hits)[:limit]


def index_member(transaction: Transaction, member: str) -> None:
    """Index a member by name, Latin name, pinyin, initials and phone."""
    row = transaction.one(_MEMBER, id=member)
    if row is not None:
        words = [*readings(row.name), row.latin_name, telephone(row.phone)] if row.active else []
        _index(transaction, "member", member, words)


def index_item(transaction: Transaction, item: str) -> None:
    """Index a service or product by its names, pinyin, initials and code."""
    row = transaction.one(_ITEM, id=item)
    if row is not None:
        names = [row.name_en, *readings(row.name_zh_cn), row.name_zh_tw, row.code]
        _index(transaction, "item", item, names if row.active else [])


def index_card(transaction: Transaction, card: str) -> None:
    """Index a card by its code, and by those that it had: whoever finds it again learns whose it is."""
    _index(transaction, "card", card, codes_of(transaction, card))


def forget_member(transaction: Transaction, member: str) -> None:
    """Take a member out of the index, without a trace."""
    entry = transaction.one(_ENTRY, subject="member", id=member)
    if entry is not None:
        transaction.run_many(_DROP_TERM, _rows(entry.words, entry.number))
        transaction.run(_DROP_ENTRY, entry=entry.number)


def _index(transaction: Transaction, subject: str, id_: str, words: Iterable[str]) -> None:
    """Bring the terms of one thing to these words: what they were before stands in its entry."""
    known = "\n".join(word for word in words if word)
    entry = transaction.one(_ENTRY, subject=subject, id=id_)
    if entry is None:
        number = transaction.value(_NEXT_ENTRY)
        transaction.run(_ADD_ENTRY, number=number, subject=subject, id=id_, words=known)
    elif entry.words == known:
        return
    else:
        number = entry.number
        transaction.run_many(_DROP_TERM, _rows(entry.words, number))
        transaction.run(_CHANGE_ENTRY, entry=number, words=known)
    transaction.run_many(_ADD_TERM, _rows(known, number))


def _rows(words: str, number: int) -> list[dict[str, object]]:
    terms = ranked_terms(words.split("\n"))
    return [{"rank": int(rank), "suffix": suffix, "entry": number} for suffix, rank in terms.items()]
