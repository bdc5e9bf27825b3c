"""Requests to a PAX terminal and what its answers say, as values: which field is what.

Nothing is sent and nothing is believed here (see `pax_belief`). The one rule to know: texts of the terminal pass
`card_digits` on their way into a value, and an amount is one to nine plain digits or the answer is `Unreadable`.
The order of fields and the codes: public sources of globalpayments/dotnet-sdk and PAX' published result codes.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum

from salon_desk.devices.terminal.card_digits import kept, last_four, shown
from salon_desk.devices.terminal.pax_frames import WITHIN_FIELD, Frame, encode
from salon_desk.domain.charge import Entry

_LONGEST_REFERENCE = 16
_CARD_DIGITS = 12
_LETTERS = str.maketrans("0123456789abcdef", "ABCDEFGHIJKLMNOP")
_AMOUNT = re.compile(r"[0-9]{1,9}")
_ENTRIES = {
    "0": Entry.KEYED,
    "1": Entry.SWIPED,
    "2": Entry.CONTACTLESS,
    "3": Entry.CODE,
    "4": Entry.CHIP,
    "5": Entry.SWIPED,
}
_BRANDS = {
    "1": "Visa",
    "2": "Mastercard",
    "3": "American Express",
    "4": "Discover",
    "5": "Diners Club",
    "7": "JCB",
}


class Command(StrEnum):
    """What is asked for; the answer bears the next number."""

    INITIALISE = "A00"
    CANCEL = "A14"
    CREDIT = "T00"
    DEBIT = "T02"
    CLOSE = "B00"
    RECORD = "R02"

    @property
    def answer(self) -> str:
        """How its answer is called."""
        return f"{self.value[0]}{int(self.value[1:]) + 1:02}"


class Deed(StrEnum):
    """What a transaction does, as a terminal calls it."""

    SALE = "01"
    RETURN = "02"
    ADJUST = "06"
    VOID = "16"
    VOIDED_SALE = "17"
    VOIDED_RETURN = "18"


class Code:
    """Result codes that mean something to us."""

    OK = "000000"
    APPROVED = frozenset({"000000", "000001", "000002", "000003"})
    PARTLY = "000002"
    DECLINED = "000100"
    OUT_OF_BALANCE = "000300"
    DUPLICATE = "100011"
    NOT_FOUND = "100023"


class Unreadable(Exception):
    """An answer that cannot be read. Says nothing of what stood in it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a terminal told of one transaction; cents. An empty reference: it told none. `approved` None: no amount."""

    code: str
    said: str
    deed: str = ""
    reference: str = ""
    approved: int | None = None
    due: int = 0
    tip: int = 0
    fee: int = 0
    host_code: str = ""
    host_said: str = ""
    authorization: str = ""
    host_reference: str = ""
    batch: str = ""
    transaction: str = ""
    last_four: str = ""
    brand: str = ""
    entry: Entry = Entry.UNKNOWN
    records: int = 0
    record: int = 0

    @property
    def found(self) -> bool:
        """Whether it says anything of a transaction."""
        return self.code == Code.OK


def wire_reference(reference: str) -> str:
    """Our reference as a terminal takes it: 16 letters and digits at most, and nothing that could be a card's number.

    Any other goes as a digest of 64 bits in letters, the same each time.
    """
    few_digits = sum(letter.isdigit() for letter in reference) < _CARD_DIGITS
    if (
        0 < len(reference) <= _LONGEST_REFERENCE
        and reference.isascii()
        and reference.isalnum()
        and few_digits
    ):
        return reference
    digest = hashlib.sha256(reference.encode()).hexdigest()[:_LONGEST_REFERENCE]
    return digest.translate(_LETTERS)


def initialise() -> bytes:
    """How are you? Answered by an idle terminal only."""
    return encode(Command.INITIALISE)


def cancel() -> bytes:
    """Stop waiting for the guest. Has no answer of its own."""
    return encode(Command.CANCEL)


@dataclass(frozen=True, slots=True)
class Trace:
    """By what a transaction and the one before it are called; the two of the one before are for voids and tips."""

    reference: str
    of_reference: str = ""
    of_transaction: str = ""

    def group(self) -> str:
        """As one field."""
        before = wire_reference(self.of_reference) if self.of_reference else ""
        parts = (wire_reference(self.reference), "", "", self.of_transaction, "", "", before)
        return WITHIN_FIELD.join(parts).rstrip(WITHIN_FIELD)


def transaction(command: Command, deed: Deed, cents: int, trace: Trace, *, ask_tip: bool = False) -> bytes:
    """A request that moves money, by credit or by debit; a void says no amount."""
    amounts = "" if deed is Deed.VOID else str(cents)
    extended = "TIPREQ=1" if ask_tip else ""
    between = ("", "", "", "") if command is Command.CREDIT else ("",)
    return encode(command, deed, amounts, "", trace.group(), *between, extended)


def record_of(reference: str) -> bytes:
    """The record of a transaction by our reference."""
    return encode(Command.RECORD, "00", "", "", "", "", "", wire_reference(reference), "")


def record_at(number: int) -> bytes:
    """The record of a transaction by its place in the batch, from 0."""
    return encode(Command.RECORD, "00", "", "", str(number), "", "", "", "")


def close() -> bytes:
    """Close the batch."""
    return encode(Command.CLOSE)


def read_code(frame: Frame) -> Told:
    """Only the result; every answer has one."""
    return Told(kept(frame.at(3)), shown(frame.at(4)))


def read_transaction(frame: Frame) -> Told:
    """The answer to a request that moves money. Raises Unreadable."""
    if not frame.at(5) and not frame.at(6):
        return read_code(frame)
    return _told(frame, host=5, deed=6, amounts=7)


def read_record(frame: Frame) -> Told:
    """The record of a transaction. Raises Unreadable."""
    code = read_code(frame)
    if code.code != Code.OK:
        return code
    return _told(frame, host=7, deed=9, amounts=11, counts=5)


def read_close(frame: Frame) -> Told:
    """The answer to the closing of a batch: its result and the batch's number."""
    plain, host = read_code(frame), frame.group(5)
    return Told(plain.code, plain.said, batch=kept(_part(host, 5)))


def is_not_found(told: Told) -> bool:
    """Whether it says that it knows no such transaction."""
    return told.code == Code.NOT_FOUND or (told.code.startswith("1000") and told.said.upper() == "NOT FOUND")


def _told(frame: Frame, *, host: int, deed: int, amounts: int, counts: int | None = None) -> Told:
    by_host, cents = frame.group(host), frame.group(amounts)
    account, trace = frame.group(amounts + 1), frame.group(amounts + 2)
    return Told(
        kept(frame.at(3)),
        shown(frame.at(4)),
        deed=kept(frame.at(deed)),
        reference=kept(_part(trace, 1)),
        approved=_cents(_part(cents, 0)),
        due=_cents(_part(cents, 1)) or 0,
        tip=_cents(_part(cents, 2)) or 0,
        fee=_cents(_part(cents, 4)) or 0,
        host_code=kept(_part(by_host, 0)),
        host_said=shown(_part(by_host, 1)),
        authorization=kept(_part(by_host, 2)),
        host_reference=kept(_part(by_host, 3)),
        batch=kept(_part(by_host, 5)),
        transaction=kept(_part(trace, 0)),
        last_four=last_four(_part(account, 0)),
        brand=_BRANDS.get(_part(account, 6).lstrip("0"), ""),
        entry=_ENTRIES.get(_part(account, 1), Entry.UNKNOWN),
        records=_cents(frame.at(counts)) or 0 if counts is not None else 0,
        record=_cents(frame.at(counts + 1)) or 0 if counts is not None else 0,
    )


def _part(group: tuple[str, ...], place: int) -> str:
    return group[place] if place < len(group) else ""


def _cents(text: str) -> int | None:
    if not text:
        return None
    if not _AMOUNT.fullmatch(text):
        raise Unreadable
    return int(text)
