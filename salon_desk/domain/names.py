"""What a thing is called in each language of the house.

No interface text lives here (that is `i18n`): these are the shop's own words for its services,
products, offers and tenders, kept with the sale as they were on that day.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Names:
    """A thing's name in English and Chinese; an empty one falls back to another that is there."""

    en: str
    zh_CN: str = ""  # noqa: N815 (the language's own tag)
    zh_TW: str = ""  # noqa: N815

    def in_language(self, language: str) -> str:
        """The name for "en", "zh_CN" or "zh_TW", or the nearest that is filled."""
        if language == "zh_TW":
            return self.zh_TW or self.zh_CN or self.en
        if language == "zh_CN":
            return self.zh_CN or self.zh_TW or self.en
        return self.en or self.zh_CN or self.zh_TW

    def second(self, language: str) -> str:
        """The other language's name for a bilingual line, empty when it is the same or missing."""
        other = (self.zh_CN or self.zh_TW) if language == "en" else self.en
        return "" if other == self.in_language(language) else other
