"""What can be set on this till, under which name it is kept, and what holds when nothing is.

No Qt and no database here: `LocalSettings` is fulfilled by bootstrap, which also asks `chosen` at start.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from salon_desk.i18n import LANGUAGES, ClockFormat
from salon_desk.ui.theme.tokens import ThemeName

E = TypeVar("E", bound=StrEnum)

LANGUAGE = "language"
THEME = "theme"
CLOCK_FORMAT = "clock_format"
RECEIPT_LANGUAGE = "receipt_language"


class LocalSettings(Protocol):
    """Settings of this machine by name. Neither method waits; what is set is kept on the database worker."""

    def get(self, name: str) -> str:
        """The value, empty when it was never set."""
        ...

    def set(self, name: str, value: str) -> None:
        """Set it now, and keep it."""
        ...


class ReceiptLanguage(StrEnum):
    """In which language receipts are printed. AS_SHOP: what the shop's own settings say."""

    AS_SHOP = ""
    SIMPLIFIED = "zh_CN"
    TRADITIONAL = "zh_TW"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything that is set here. `language` is empty when it was never chosen."""

    language: str = ""
    theme: ThemeName = ThemeName.LIGHT
    clock: ClockFormat = ClockFormat.HOURS_24
    receipt: ReceiptLanguage = ReceiptLanguage.AS_SHOP


def chosen(kept: LocalSettings) -> Choices:
    """What is kept; a value that this version does not know counts as never set."""
    language = kept.get(LANGUAGE)
    return Choices(
        language=language if language in LANGUAGES else "",
        theme=_known(ThemeName, kept.get(THEME), ThemeName.LIGHT),
        clock=_known(ClockFormat, kept.get(CLOCK_FORMAT), ClockFormat.HOURS_24),
        receipt=_known(ReceiptLanguage, kept.get(RECEIPT_LANGUAGE), ReceiptLanguage.AS_SHOP),
    )


def _known(kind: type[E], value: str, otherwise: E) -> E:
    return kind(value) if value in list(kind) else otherwise
