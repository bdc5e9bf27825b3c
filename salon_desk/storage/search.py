"""The search index: every suffix of a name, its pinyin, its initials, a phone tail or a code (PITFALLS 11, 15).

One prefix look-up answers any fragment. The index is local: it follows from the descriptions and can be rebuilt.
How a text becomes terms is `domain/search_terms.py` plus pinyin readings, which are read here.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, insert, select

from salon_desk.operations.card import CardIssued
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.catalogue import items
from salon_desk.storage.tables.local import search_terms
from salon_desk.storage.tables.members import members

MAX_TERM = 40
_LAST = "\U0010ffff"

_CLEAR = Statement(
    lambda: delete(search_terms).where(
        search_terms.c.subject == bindparam("of_subject"), search_terms.c.id == bindparam("of_id")
    )
)
_ADD = Statement(lambda: insert(search_terms))
_FIND = Statement(
    lambda: (
        select(search_terms.c.subject, search_terms.c.id, search_terms.c.weight, search_terms.c.suffix)
        .where(search_terms.c.suffix >= bindparam("low"), search_terms.c.suffix < bindparam("high"))
        .order_by(search_terms.c.suffix)
        .limit(bindparam("most"))
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
    """What contains the fragment, whole beginnings first; empty text finds nothing."""
    low = normal(fragment)
    if not low:
        return []
    rows = transaction.all(_FIND, low=low, high=low + _LAST, most=limit * 4)
    rows.sort(key=lambda row: (row.suffix != low, -row.weight, row.suffix, row.id))
    hits = dict.fromkeys(Hit(row.subject, row.id) for row in rows)
    return list(hits)[:limit]


def index_member(transaction: Transaction, member: str) -> None:
    """Index a member by name, Latin name, pinyin, initials and phone."""
    row = transaction.one(_MEMBER, id=member)
    if row is not None:
        words = [*readings(row.name), row.latin_name, row.phone.lstrip("+")] if row.active else []
        _index(transaction, "member", member, words)


def index_item(transaction: Transaction, item: str) -> None:
    """Index a service or product by its names, pinyin, initials and code."""
    row = transaction.one(_ITEM, id=item)
    if row is not None:
        names = [row.name_en, *readings(row.name_zh_cn), row.name_zh_tw, row.code]
        _index(transaction, "item", item, names if row.active else [])


def index_card(transaction: Transaction, operation: CardIssued) -> None:
    """Index a card by its code."""
    _index(transaction, "card", operation.card, [operation.code])


def _index(transaction: Transaction, subject: str, id_: str, words: Iterable[str]) -> None:
    transaction.run(_CLEAR, of_subject=subject, of_id=id_)
    weights: dict[str, int] = {}
    for word in words:
        for suffix, weight in suffixes(word):
            weights[suffix] = max(weight, weights.get(suffix, 0))
    transaction.run_many(
        _ADD, [{"suffix": s, "subject": subject, "id": id_, "weight": w} for s, w in weights.items()]
    )


def normal(text: str) -> str:
    """A text as it is compared: lower case, no spaces or punctuation, at most 40 characters."""
    return "".join(char for char in text.casefold() if char.isalnum())[:MAX_TERM]


def suffixes(word: str) -> list[tuple[str, int]]:
    """Every suffix of a word's normal form with its weight: 2 from a beginning of a word, 1 from within."""
    whole = normal(word)
    starts = _word_starts(word)
    return [(whole[start:], 2 if start in starts else 1) for start in range(len(whole))]


def _word_starts(word: str) -> set[int]:
    starts, length, fresh = set(), 0, True
    for char in word.casefold():
        if not char.isalnum():
            fresh = True
            continue
        if fresh or ord(char) >= 0x3400:
            starts.add(length)
        fresh, length = False, length + 1
    return starts


def readings(name: str) -> list[str]:
    """A Chinese text with its pinyin and initials; every reading of a surname (PITFALLS 27)."""
    if not any("\u3400" <= char <= "\u9fff" for char in name):
        return [name]
    syllables = _pinyin(name)
    if not syllables:
        return [name]
    found = [name]
    rest = [options[0] for options in syllables[1:]]
    for first in syllables[0]:
        found.append("".join([first, *rest]))
        found.append("".join(syllable[0] for syllable in [first, *rest]))
    return found


@functools.lru_cache(maxsize=4096)
def _pinyin(name: str) -> tuple[tuple[str, ...], ...]:
    from pypinyin import Style, pinyin

    read: Sequence[Sequence[str]] = pinyin(name, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(tuple(dict.fromkeys(options)) for options in read if options)
