"""How a text becomes search terms: its normal form, its pinyin and initials, and every suffix with its rank.

No SQL lives here (`search.py`). The index can always be made again from the words, so these rules may change with a
migration that does so.
"""

from __future__ import annotations

import functools
import os
import unicodedata
from collections.abc import Iterable
from enum import IntEnum

# pypinyin's phrases would hold the interpreter, and with it the screen, for 150 ms; all readings are indexed instead
os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")

MAX_TERM = 40
_MOST_READINGS = 8
_FIRST_CHINESE = "\u3400"


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
    """A Chinese text with its pinyin and initials, usual and unusual (PITFALLS 27): one character is varied at a time."""
    syllables = [options for options in map(_syllables, name) if options]
    if not syllables:
        return [name]
    usual = [options[0] for options in syllables]
    spelled = [usual]
    for place, options in enumerate(syllables):
        spelled += [[*usual[:place], other, *usual[place + 1 :]] for other in options[1:]]
    found = [name]
    for one in spelled[:_MOST_READINGS]:
        found += [" ".join(one), "".join(syllable[0] for syllable in one)]
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
        if fresh or char >= _FIRST_CHINESE:
            starts.add(length)
        fresh, length = False, length + 1
    return starts


@functools.lru_cache(maxsize=8192)
def _syllables(character: str) -> tuple[str, ...]:
    """Every reading of a Chinese character without tones, the usual one first; none of any other character.

    The table is read at first use, in 40 ms.
    """
    if character < _FIRST_CHINESE:
        return ()
    from pypinyin.pinyin_dict import pinyin_dict

    toned = pinyin_dict.get(ord(character), "")
    return tuple(dict.fromkeys(_without_tone(reading) for reading in toned.split(",") if reading))


def _without_tone(reading: str) -> str:
    """A syllable in plain letters, ü as it is typed: v."""
    letters = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(letter for letter in letters if "a" <= letter <= "z")
