"""A member list of another program: what its columns mean, what each row says, and why a row cannot be taken.

Cells are text here; files are read in `services/importing_files.py`, and what is here already is asked in `services/importing.py`.
The one rule: a row is taken whole or not at all, and every amount in it is counted in the totals that the owner signs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from salon_desk.domain.errors import BadBirthday, BadEmail, BadPhone, NameMissing, TextTooLong
from salon_desk.domain.importing_columns import Column, Mapped, plain
from salon_desk.domain.limits import MAX_CENTS, MAX_REFERENCE
from salon_desk.domain.member import Member, check_member, normalise_phone
from salon_desk.domain.money import Money

MOST_UNITS = 10_000_000
OFTEN = 50
"""Rows between two pauses: under a millisecond or two of work."""


class Fault(StrEnum):
    """Why a row is not taken."""

    NAME_MISSING = "name-missing"
    BAD_PHONE = "bad-phone"
    BAD_AMOUNT = "bad-amount"
    NEGATIVE = "negative"
    BAD_NUMBER = "bad-number"
    BAD_BIRTHDAY = "bad-birthday"
    BAD_EMAIL = "bad-email"
    TEXT_TOO_LONG = "text-too-long"
    PHONE_TWICE = "phone-twice"
    CARD_TWICE = "card-twice"
    GIFT_TWICE = "gift-twice"
    NUMBER_TWICE = "number-twice"
    GIFT_WITHOUT_CODE = "gift-without-code"
    SERIES_UNKNOWN = "series-unknown"
    PHONE_TAKEN = "phone-taken"
    CARD_TAKEN = "card-taken"
    GIFT_TAKEN = "gift-taken"
    ALREADY_HERE = "already-here"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as text: the headers, and the rows below in the order of the file."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """A row that is not taken: its number in the file (the headers are row 1), why, and what stood there.

    `other`: the row, or the member here, that it collides with.
    """

    row: int
    fault: Fault
    column: Column | None = None
    value: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """What a list comes to, in the units of each: members, cents, visits, points, gift cards."""

    members: int = 0
    paid: int = 0
    bonus: int = 0
    points: int = 0
    visits: int = 0
    gifts: int = 0
    gift_value: int = 0

    def plus(self, other: Totals) -> Totals:
        """Both together."""
        return Totals(*(getattr(self, one) + getattr(other, one) for one in self.__slots__))

    def differing(self, other: Totals) -> tuple[str, ...]:
        """The names of the figures in which two differ."""
        return tuple(one for one in self.__slots__ if getattr(self, one) != getattr(other, one))


@dataclass(frozen=True, slots=True)
class Row:
    """What one row says, ready to be taken. `old_number`: how the other program tells its members apart, or empty."""

    number: int
    member: Member
    old_number: str
    card_code: str
    paid: Money
    bonus: Money
    points: int
    gift_code: str
    gift_value: Money
    series: str
    visits: int
    visit_worth: Money
    same_as: int = 0
    """The row of the same person, further up in the file; 0 for the first of them."""

    @property
    def has_value(self) -> bool:
        """Whether a card is needed."""
        return bool(self.paid or self.bonus)

    @property
    def totals(self) -> Totals:
        """What this row adds to what the owner signs."""
        return Totals(
            members=0 if self.same_as else 1,
            paid=self.paid.cents,
            bonus=self.bonus.cents,
            points=self.points,
            visits=self.visits,
            gifts=1 if self.gift_value else 0,
            gift_value=self.gift_value.cents,
        )


@dataclass(frozen=True, slots=True)
class Parsed:
    """A sheet read by a mapping."""

    rows: tuple[Row, ...]
    broken: tuple[Broken, ...]

    @property
    def totals(self) -> Totals:
        """Of the rows that can be taken."""
        found = Totals()
        for row in self.rows:
            found = found.plus(row.totals)
        return found


class _Bad(Exception):
    def __init__(self, fault: Fault, column: Column, value: str) -> None:
        super().__init__(fault)
        self.fault, self.column, self.value = fault, column, value


def parse(sheet: Sheet, mapped: Mapped, currency: str) -> Parsed:
    """What the rows say; rows without a single word are passed over."""
    work = parsing(sheet, mapped, currency)
    while True:
        try:
            next(work)
        except StopIteration as done:
            found: Parsed = done.value
            return found


def parsing(sheet: Sheet, mapped: Mapped, currency: str) -> Generator[None, None, Parsed]:
    """The same with a pause every OFTEN rows, for whoever has others waiting."""
    rows: list[Row] = []
    broken: list[Broken] = []
    seen = _Seen()
    for number, cells in enumerate(sheet.rows, start=2):
        if number % OFTEN == 0:
            yield
        said = {
            column: cells[at].strip()
            for at, column in enumerate(mapped)
            if column is not None and at < len(cells) and cells[at].strip()
        }
        if not any(cell.strip() for cell in cells):
            continue
        try:
            rows.append(seen.check(_row(number, said, currency)))
        except _Bad as bad:
            broken.append(Broken(number, bad.fault, bad.column, bad.value))
        except _Twice as twice:
            broken.append(Broken(number, twice.fault, None, twice.value, other=str(twice.row)))
    return Parsed(tuple(rows), tuple(broken))


def amount(text: str, currency: str, column: Column) -> Money:
    """An amount as people write it: "$1,234.50", "1234.5元", full-width digits; empty is nothing."""
    cents = _cents(text)
    if cents is None or abs(cents) > MAX_CENTS:
        raise _Bad(Fault.BAD_AMOUNT, column, text)
    if cents < 0:
        raise _Bad(Fault.NEGATIVE, column, text)
    return Money(cents, currency)


def typed_figure(text: str, *, money: bool) -> int:
    """A total as the owner types it, cents or a number; what is none is -1, so that it differs from any."""
    if money:
        cents = _cents(text)
        return -1 if cents is None else cents
    try:
        return units(text, Column.POINTS)
    except _Bad:
        return -1


def _cents(text: str) -> int | None:
    """None for what is no amount."""
    bare = unicodedata.normalize("NFKC", text).strip()
    bare = re.sub(r"^(US|CA|C|HK|NT)?[$¥]|[元円圓]$|\s|,", "", bare)
    try:
        cents = Decimal(bare or "0") * 100
    except InvalidOperation:
        return None
    return int(cents) if cents.is_finite() and cents == cents.to_integral_value() else None


def units(text: str, column: Column) -> int:
    """A whole number of points or visits."""
    bare = re.sub(r"[次分,\s]", "", unicodedata.normalize("NFKC", text))
    bare = re.sub(r"\.0+$", "", bare)
    if bare.startswith("-"):
        raise _Bad(Fault.NEGATIVE, column, text)
    if bare and not (bare.isascii() and bare.isdigit() and int(bare) <= MOST_UNITS):
        raise _Bad(Fault.BAD_NUMBER, column, text)
    return int(bare or "0")


def same_name(one: Member, other: Member) -> bool:
    """Whether two descriptions may be one person's by their names."""
    names = {plain(name) for name in (one.name, one.latin_name) if name}
    return bool(names & {plain(name) for name in (other.name, other.latin_name) if name})


def _row(number: int, said: Mapping[Column, str], currency: str) -> Row:
    gift_code, gift = said.get(Column.GIFT_CODE, ""), said.get(Column.GIFT_VALUE, "")
    row = Row(
        number=number,
        member=_member(said),
        old_number=_reference(said, Column.OLD_NUMBER),
        card_code=_reference(said, Column.CARD_CODE),
        paid=amount(said.get(Column.PAID, ""), currency, Column.PAID),
        bonus=amount(said.get(Column.BONUS, ""), currency, Column.BONUS),
        points=units(said.get(Column.POINTS, ""), Column.POINTS),
        gift_code=_reference(said, Column.GIFT_CODE),
        gift_value=amount(gift, currency, Column.GIFT_VALUE),
        series=_reference(said, Column.SERIES),
        visits=units(said.get(Column.VISITS, ""), Column.VISITS),
        visit_worth=amount(said.get(Column.VISIT_WORTH, ""), currency, Column.VISIT_WORTH),
    )
    if row.gift_value and not gift_code:
        raise _Bad(Fault.GIFT_WITHOUT_CODE, Column.GIFT_CODE, gift)
    if row.visits and not row.series:
        raise _Bad(Fault.SERIES_UNKNOWN, Column.SERIES, "")
    return row


def _member(said: Mapping[Column, str]) -> Member:
    typed = said.get(Column.PHONE, "")
    try:
        member = Member(
            member_id="",
            name=said.get(Column.NAME, ""),
            latin_name=said.get(Column.LATIN_NAME, ""),
            phone=normalise_phone(re.sub(r"\.0$", "", typed)) if typed else "",
            birthday=_birthday(said.get(Column.BIRTHDAY, "")),
            email=said.get(Column.EMAIL, ""),
            wechat=said.get(Column.WECHAT, ""),
            note=said.get(Column.NOTE, ""),
            allergies=tuple(filter(None, re.split(r"[,，、;；]\s*", said.get(Column.ALLERGIES, "")))),
        )
        check_member(member)
    except NameMissing:
        raise _Bad(Fault.NAME_MISSING, Column.NAME, "") from None
    except BadPhone:
        raise _Bad(Fault.BAD_PHONE, Column.PHONE, typed) from None
    except BadBirthday as bad:
        raise _Bad(Fault.BAD_BIRTHDAY, Column.BIRTHDAY, str(bad.typed)) from None
    except BadEmail as bad:
        raise _Bad(Fault.BAD_EMAIL, Column.EMAIL, str(bad.typed)) from None
    except TextTooLong as long:
        column = Column(long.field)
        raise _Bad(Fault.TEXT_TOO_LONG, column, said[column][:80]) from None
    return member


def _birthday(text: str) -> str:
    """As this program writes it: 1987/6/5, 6月5日 and what a spreadsheet makes of a date; anything else as it is."""
    bare = unicodedata.normalize("NFKC", text).split(" ")[0]
    found = re.fullmatch(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?", bare)
    if found is None:
        return text
    year, month, day = found.groups()
    short = f"{int(month):02d}-{int(day):02d}"
    return f"{year}-{short}" if year else short


def _reference(said: Mapping[Column, str], column: Column) -> str:
    text = re.sub(r"\.0$", "", said.get(column, ""))
    if len(text) > MAX_REFERENCE:
        raise _Bad(Fault.TEXT_TOO_LONG, column, text[:80])
    return text


class _Twice(Exception):
    def __init__(self, fault: Fault, value: str, row: int) -> None:
        super().__init__(fault)
        self.fault, self.value, self.row = fault, value, row


@dataclass
class _Seen:
    """What stood in the rows before."""

    phones: dict[str, Row] = field(default_factory=dict)
    numbers: dict[str, Row] = field(default_factory=dict)
    cards: dict[str, int] = field(default_factory=dict)
    gifts: dict[str, int] = field(default_factory=dict)

    def check(self, row: Row) -> Row:
        """The row, as the same person's as one before it where number or telephone and name are. Raises _Twice."""
        for fault, value, before in (
            (Fault.CARD_TWICE, row.card_code, self.cards),
            (Fault.GIFT_TWICE, row.gift_code, self.gifts),
        ):
            if value and value in before:
                raise _Twice(fault, value, before[value])
        first = self._same(row)
        if row.card_code:
            self.cards[row.card_code] = row.number
        if row.gift_code:
            self.gifts[row.gift_code] = row.number
        if first is None:
            if row.member.phone:
                self.phones[row.member.phone] = row
            if row.old_number:
                self.numbers[row.old_number] = row
            return row
        return replace(row, same_as=first.number)

    def _same(self, row: Row) -> Row | None:
        for fault, value, before in (
            (Fault.NUMBER_TWICE, row.old_number, self.numbers),
            (Fault.PHONE_TWICE, row.member.phone, self.phones),
        ):
            other = before.get(value) if value else None
            if other is not None:
                if not same_name(other.member, row.member):
                    raise _Twice(fault, value, other.number)
                return other
        return None
