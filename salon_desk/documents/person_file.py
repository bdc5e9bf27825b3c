"""Everything that is kept of one person, as a file to hand out: the same value as JSON and as head and sections.

Filled by `services/exporting.py`. The one rule: nothing of another person stands in it: of relatives neither name nor id, of
staff no more than whom the member prefers.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from salon_desk.documents.report_sheet import Line, Section, Sheet
from salon_desk.documents.statement import StatementReport, statement_sheet
from salon_desk.domain.clock import parse_instant
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.i18n import N_, Catalogue

_FIELDS = {
    "name": N_("Name"),
    "latin_name": N_("Name in Latin letters"),
    "phone": N_("Phone"),
    "email": N_("E-mail"),
    "wechat": N_("WeChat"),
    "birthday": N_("Birthday"),
    "language": N_("Language"),
    "tier": N_("Tier"),
    "tags": N_("Tags"),
    "colours": N_("Colours"),
    "pressure": N_("Pressure"),
    "preferences": N_("Preferences"),
    "allergies": N_("Allergies"),
    "note": N_("Note"),
}


class Said(Struct, frozen=True, kw_only=True):
    """A consent, or its withdrawal, with the words that were shown or said."""

    given: bool
    channel: str
    purpose: str
    words: str
    place: str
    at: str


class Visited(Struct, frozen=True, kw_only=True):
    """A sale, top-up, refund or void, and what was on it."""

    kind: str
    receipt: str
    store: Names
    day: str
    total: Money
    lines: tuple[tuple[Names, int, Money], ...] = ()


class PersonFile(Struct, frozen=True, kw_only=True):
    """One person: `profile` by field, `described` every entry that ever said something of them, as it was recorded."""

    shop: Names
    as_of: str
    ids: tuple[str, ...]
    profile: dict[str, Any]
    relatives: tuple[str, ...]
    consents: tuple[Said, ...]
    owned: tuple[StatementReport, ...]
    visits: tuple[Visited, ...]
    bookings: tuple[str, ...]
    described: tuple[dict[str, Any], ...] = ()


def person_sheet(person: PersonFile, say: Catalogue) -> Sheet:
    """The file to be read by people; pure."""
    profile = tuple(
        Line(say.text(_FIELDS[name]), (_text(value),))
        for name, value in person.profile.items()
        if name in _FIELDS and value
    )
    consents = tuple(
        Line(
            one.at[:10], (say.text("Agreed") if one.given else say.text("Withdrawn"), one.channel, one.words)
        )
        for one in person.consents
    )
    visits = tuple(Line(_visit(one, say), (one.total,)) for one in person.visits)
    return Sheet(
        kind="person",
        language=say.language,
        shop=person.shop.in_language(say.language),
        title=say.text("What we keep about you"),
        head=((say.text("Entries"), say.number(len(person.described))),),
        sections=(
            Section(say.text("Profile"), profile),
            Section(say.text("Consents"), consents, (say.text("Word"), say.text("By"), say.text("Text"))),
            *(_asset(one, say) for one in person.owned),
            Section(say.text("Visits and purchases"), visits),
        ),
        as_of=parse_instant(person.as_of),
    )


def _asset(one: StatementReport, say: Catalogue) -> Section:
    (moved,) = statement_sheet(one, say).sections
    return Section(one.title, moved.lines, moved.columns)


def _visit(one: Visited, say: Catalogue) -> str:
    what = (names.in_language(say.language) for names, _quantity, _net in one.lines)
    return " · ".join(filter(None, (one.day, one.receipt, one.store.in_language(say.language), *what)))


def _text(value: object) -> str:
    return " / ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
