"""How a text becomes search terms: its normal form, its pinyin and initials, and every suffix with its rank.

No SQL lives here (`search.py`). The index can always be made again from the words, so these rules may change with a
migration that does so.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from enum import IntEnum

MAX_TERM = 40
_FIRST_CHINESE = 0x3400


class Rank(IntEnum):
    """Where in its text a term begins. The commonest is the smallest number, which SQLite keeps in no byte at all."""

    INSIDE = 0
    WORD = 1
    BEGINNING = 2


BEST_FIRST = (Rank.BEGINNING, Rank.WORD, Rank.INSIDE)


def normal(text: str) -> str:
    """A text as it is compared: lower case, no spaces or punctuation, at most 40 characters."""
    return "".join(char for char in text.casefold() if char.isalnum())[:MAX_TERM]


def ranked_terms(words: Iterable[str]) -> dict[str, Rank]:
    """Every suffix of every word with its best rank; one Latin letter or digit from inside a word says nothing."""
    terms: dict[str, Rank] = {}
    for word in words:
        whole, starts = normal(word), _word_starts(word)
        for start in range(len(whole)):
            rank = (Rank.WORD if start else Rank.BEGINNING) if start in starts else Rank.INSIDE
            suffix = whole[start:]
            if rank > terms.get(suffix, -1) and (rank or len(suffix) > 1):
                terms[suffix] = rank
    return terms


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
        found.append(" ".join([first, *rest]))
        found.append("".join(syllable[0] for syllable in [first, *rest]))
    return found


def telephone(phone: str) -> str:
    """A telephone in E.164 as words that people know it by: country, area, exchange, and the last four."""
    digits = phone.lstrip("+")
    if len(digits) == 11 and digits.startswith("1"):
        return f"{digits[0]} {digits[1:4]} {digits[4:7]} {digits[7:]}"
    return f"{digits[:-4]} {digits[-4:]}"


def _word_starts(word: str) -> set[int]:
    starts, length, fresh = set(), 0, True
    for char in word.casefold():
        if not char.isalnum():
            fresh = True
            continue
        if fresh or ord(char) >= _FIRST_CHINESE:
            starts.add(length)
        fresh, length = False, length + 1
    return starts


@functools.lru_cache(maxsize=4096)
def _pinyin(name: str) -> tuple[tuple[str, ...], ...]:
    from pypinyin import Style, pinyin

    read: Sequence[Sequence[str]] = pinyin(name, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(tuple(dict.fromkeys(options)) for options in read if options)
