"""Words in a given language: a `Catalogue` is a value, and nothing here has a current one.

No Qt and no sentence lives here; English msgids stand where they are used. Money, times and days
are written here so that a screen and a receipt agree. A language without a file speaks English.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from salon_desk.domain.money import Money

LANGUAGES: Final = ("zh_CN", "zh_TW", "en")
OWN_NAMES: Final[Mapping[str, str]] = {"zh_CN": "简体中文", "zh_TW": "繁體中文", "en": "English"}
DOMAIN: Final = "salon_desk"
MINUS: Final = "\N{MINUS SIGN}"

_DOLLARS: Final = ("USD", "CAD")
_STRAIGHT: Final = str.maketrans("“”", '""')
"""For English: the one family that is bundled draws curved quotes as wide as Chinese characters."""


def N_(msgid: str) -> str:  # noqa: N802 (the name extractors know)
    """Mark a literal for extraction without translating it."""
    return msgid


_WEEKDAYS: Final = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_MONTHS: Final = (
    *(N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun")),
    *(N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")),
)


class ClockFormat(StrEnum):
    """How a time of day is written, by the shop's setting."""

    HOURS_24 = "24h"
    HOURS_12 = "12h"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The words of one language. Make it with `load`."""

    language: str
    clock: ClockFormat = ClockFormat.HOURS_24
    _words: gettext.NullTranslations = field(
        default_factory=gettext.NullTranslations, repr=False, compare=False
    )

    @staticmethod
    def load(language: str, clock: ClockFormat = ClockFormat.HOURS_24) -> Catalogue:
        """The catalogue of one of `LANGUAGES`; English words where there is no file. ValueError if unknown."""
        if language not in LANGUAGES:
            raise ValueError(f"no such language: {language!r}")
        return Catalogue(language, clock, _translations(language))

    def text(self, msgid: str, **params: object) -> str:
        """A sentence, with `{name}` places filled when parameters are given."""
        words = self._words.gettext(msgid) if msgid else ""
        if self.language == "en":
            words = words.translate(_STRAIGHT)
        return words.format(**params) if params else words

    def plural(self, singular: str, plural: str, n: int, **params: object) -> str:
        """A sentence that counts; `{n}` is the count."""
        return self._words.ngettext(singular, plural, n).format(n=n, **params)

    def money(self, amount: Money, *, signed: bool = False) -> str:
        """ "$45.00", "−$10.00", with `signed` "+$8.00". A dollar is the shop's own; others show their code."""
        sign = MINUS if amount.cents < 0 else "+" if signed and amount.cents > 0 else ""
        whole, cents = divmod(abs(amount.cents), 100)
        unit = "$" if amount.currency in _DOLLARS else f"{amount.currency} "
        return f"{sign}{unit}{whole:,}.{cents:02d}"

    def number(self, value: int) -> str:
        """A count or points, with separators: "1,240"."""
        return f"{MINUS if value < 0 else ''}{abs(value):,}"

    def time(self, moment: time | datetime) -> str:
        """A local time of day: "15:05", "3:05 PM", "下午3:05"."""
        if self.clock is ClockFormat.HOURS_24:
            return f"{moment.hour:02d}:{moment.minute:02d}"
        hour = moment.hour % 12 or 12
        written = f"{hour}:{moment.minute:02d}"
        if moment.hour < 12:
            return self.text("{time} AM", time=written)
        return self.text("{time} PM", time=written)

    def day(self, day: date, *, year: bool = False) -> str:
        """A local day: "Sun, Nov 22", "11月22日 周日"; with the year when asked."""
        parts = {
            "weekday": self.text(_WEEKDAYS[day.weekday()]),
            "month": self.text(_MONTHS[day.month - 1]),
            "day": day.day,
        }
        if year:
            return self.text("{weekday}, {month} {day}, {year}", year=day.year, **parts)
        return self.text("{weekday}, {month} {day}", **parts)

    def month_day(self, day: date) -> str:
        """A day of every year: "Nov 28", "11月28日"."""
        return self.text("{month} {day}", month=self.text(_MONTHS[day.month - 1]), day=day.day)

    def moment(self, moment: datetime) -> str:
        """A local day and time: "Sun, Nov 22 15:05"."""
        return self.text("{day} {time}", day=self.day(moment.date()), time=self.time(moment))

    def minutes(self, minutes: int) -> str:
        """A length of service: "45 min", "45 分"."""
        return self.plural("{n} min", "{n} min", minutes)


@cache
def _translations(language: str) -> gettext.NullTranslations:
    """The compiled catalogue if there is one no older than its source, else the source, else nothing."""
    for folder in _folders():
        compiled = folder / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
        source = compiled.with_suffix(".po")
        has_source = source.is_file()
        if compiled.is_file() and not (has_source and source.stat().st_mtime > compiled.stat().st_mtime):
            with compiled.open("rb") as file:
                return gettext.GNUTranslations(file)
        if has_source and (read := _from_source(source)):
            return read
    return gettext.NullTranslations()


def _folders() -> list[Path]:
    """Where catalogues may lie: inside the installed package, or beside it in the source tree."""
    package = Path(str(files("salon_desk")))
    return [package / "_locale", package.parent / "i18n"]


def _from_source(source: Path) -> gettext.NullTranslations | None:
    """Compile a .po in memory, as a source tree does that has Babel; None where Babel is missing."""
    try:
        from io import BytesIO

        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po
    except ImportError:
        return None
    with source.open("rb") as file:
        catalogue = read_po(file)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
