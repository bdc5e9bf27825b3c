"""What a sentence is, and how cents stand in one.

No sentence lives here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from salon_desk.domain.errors import DomainError
from salon_desk.domain.money import Money
from salon_desk.i18n import Catalogue

Sentence = Callable[[Any, Catalogue], str]
Sentences = Mapping[type[DomainError], Sentence]


def plain(msgid: str) -> Sentence:
    """A sentence without parameters; the msgid is marked with `N_` where it stands."""
    return lambda _error, words: words.text(msgid)


def dollars(cents: int, words: Catalogue) -> str:
    """Cents of an error as money of the shop: refusals name no currency, and a shop has one."""
    return words.money(Money(cents, "USD"))
