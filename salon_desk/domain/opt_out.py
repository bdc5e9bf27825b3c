"""What somebody means who writes back: no more messages, help, messages again, or something else (RULES 19).

The words are in `opt_out_words.py`; what follows from a STOP is the services'. START takes nothing back by itself: who said STOP is
asked again, with the text shown. The one rule where it is doubtful: a short text is a STOP, a long one is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from salon_desk.domain import opt_out_words as words

SHORT_WORDS = 4
"""A text of at most so many words that says "stop" is a STOP, unless it asks, negates it, or names a stop on the way."""
SHORT_SIGNS = 12
"""The same for Chinese, in characters."""
LONGEST = 1_600
"""More than a channel hands over in one message is not read."""

_ENDS = re.compile(r"[.!?;,\n\r。！？；，、…~～|]+")
_APOSTROPHES = re.compile("['’‘ʼ`´]")
_NOT_WORDS = re.compile(r"[\W_]+")
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_RUN = re.compile(rf"[{_HAN}]+|[^\s{_HAN}]+")
_NOT_HAN = re.compile(rf"[^{_HAN}]+")
_ONLY_HAN = re.compile(rf"[{_HAN}]+")
_TOGETHER = (
    ("opt out", "optout"),
    ("opt in", "optin"),
    ("stop all", "stopall"),
    ("un subscribe", "unsubscribe"),
)
_STRETCHED = re.compile(r"^sto+p+$")


class Meaning(StrEnum):
    """What it means."""

    STOP = "stop"
    HELP = "help"
    START = "start"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Read:
    """What a text means, and by which rule: "word" alone, "sentence" of its own, a name of `opt_out_words`, or none."""

    meaning: Meaning
    rule: str = ""


_ALONE = ((Meaning.STOP, words.STOP), (Meaning.HELP, words.HELP), (Meaning.START, words.START))
_Compiled = tuple[tuple[str, re.Pattern[str]], ...]


def _compiled(rules: words.Rules) -> _Compiled:
    return tuple((name, re.compile(pattern)) for name, pattern in rules)


_ENGLISH, _ENGLISH_SHORT = _compiled(words.ENGLISH), _compiled(words.ENGLISH_SHORT)
_CHINESE, _CHINESE_SHORT = _compiled(words.CHINESE), _compiled(words.CHINESE_SHORT)
_NEGATED, _CHINESE_NOT = re.compile(words.NEGATED), re.compile(words.CHINESE_NOT)
_DOUBTFUL, _NOT_A_STOP = re.compile(words.DOUBTFUL), re.compile(words.NOT_A_STOP)


def read(text: str) -> Read:
    """What an inbound text means, in English or Chinese, however it is written. Never fails."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).casefold().translate(words.SIMPLER)
    sentences = [tidy for part in _ENDS.split(plain.replace("🛑", " stop ")) if (tidy := _tidy(part))]
    whole = _told(" ".join(sentences))
    for meaning, known in _ALONE:
        if _says(whole, known):
            return Read(meaning, "word")
    if any(_says(_told(sentence), words.SURE) for sentence in (*sentences[:1], *sentences[-1:])):
        return Read(Meaning.STOP, "sentence")
    rule = _first(_ENGLISH, (_NEGATED.sub(" ", one) for one in sentences))
    rule = rule or _first(_CHINESE, (_CHINESE_NOT.sub("", _NOT_HAN.sub("", one)) for one in sentences))
    rule = rule or _doubtful(sentences, asks="?" in plain)
    return Read(Meaning.STOP, rule) if rule else Read(Meaning.OTHER)


def _doubtful(sentences: list[str], *, asks: bool) -> str:
    """The rule by which a short text is a STOP, if any."""
    whole = " ".join(sentences)
    chinese = _NOT_HAN.sub("", whole)
    if chinese:
        return _first(_CHINESE_SHORT, (chinese,)) if len(chinese) <= SHORT_SIGNS else ""
    kept = [word for word in whole.split() if word not in words.POLITE]
    if rule := _first(_ENGLISH_SHORT, (" ".join(kept),)):
        return rule
    counted = [word for word in whole.split() if word not in words.POLITE - words.PRONOUNS]
    short = len(counted) <= SHORT_WORDS and not asks and not _NOT_A_STOP.search(whole)
    return "doubtful_short" if short and _DOUBTFUL.search(whole) else ""


def _tidy(part: str) -> str:
    """A sentence as words with one blank between them."""
    return " ".join(_NOT_WORDS.sub(" ", _APOSTROPHES.sub("", part)).split())


def _told(sentence: str) -> list[str]:
    """The words of a text without what is only polite; letters that stand alone, such as s t o p, are one word."""
    for apart, together in _TOGETHER:
        sentence = sentence.replace(apart, together)
    runs = _RUN.findall(sentence)
    if len(runs) > 2 and all(len(run) == 1 and run.isascii() for run in runs):
        runs = ["".join(runs)]
    bare = (_bare(run) if _ONLY_HAN.fullmatch(run) else _STRETCHED.sub("stop", run) for run in runs)
    return [run for run in bare if run and run not in words.POLITE]


def _bare(run: str) -> str:
    """Chinese without what is only polite at its ends; a word that is known as it is stays."""
    while run not in words.STOP | words.HELP | words.START:
        shorter = run
        for before in words.POLITE_BEFORE:
            shorter = shorter.removeprefix(before)
        for after in words.POLITE_AFTER:
            shorter = shorter.removesuffix(after)
        if shorter == run:
            break
        run = shorter
    return run


def _says(told: list[str], known: frozenset[str]) -> bool:
    return bool(told) and set(told) <= known


def _first(rules: _Compiled, texts: Iterable[str]) -> str:
    """The name of the first rule that is found in any of the texts."""
    return next((name for text in texts for name, pattern in rules if pattern.search(text)), "")
