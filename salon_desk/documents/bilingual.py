"""A reader's language first and the shop's other language beside it, as receipts carry both (UI.md, Words).

No msgid of its own lives here. Labels are given as `N_("…")` and said in both languages; sentences with
parameters are said in the reader's language only, so that no line is built from pieces.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.i18n import Catalogue


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The words of a document: `first` is the reader's, `second` (if any) stands beside or below it."""

    first: Catalogue
    second: Catalogue | None = None

    @property
    def language(self) -> str:
        """The reader's language."""
        return self.first.language

    def label(self, msgid: str) -> str:
        """A label in both languages, once where they are the same. `msgid` was marked with `N_`."""
        first = self.first.text(msgid)
        second = self.second.text(msgid) if self.second else first
        return first if second == first else f"{first} {second}"

    def names(self, names: Names) -> tuple[str, ...]:
        """A thing's name for the reader and, where there is another, for the other language."""
        first = names.in_language(self.first.language)
        second = names.in_language(self.second.language) if self.second else first
        return (first,) if second in ("", first) else (first, second)

    def name(self, names: Names) -> str:
        """A thing's name for the reader alone."""
        return names.in_language(self.first.language)

    def money(self, amount: Money, *, signed: bool = False) -> str:
        """An amount as the whole house writes it."""
        return self.first.money(amount, signed=signed)
