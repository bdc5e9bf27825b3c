"""The books of an emulated PAX terminal: what was charged, given back, voided, tipped, and its answers as fields.

No byte and no fault lives here (see `terminal`). The one rule to know: a booking is the truth about money in a test, and
is never taken out of `history`, whatever is answered, voided or closed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

US = "\x1f"
SERIAL = "53812345"


@dataclass(frozen=True, slots=True)
class Booking:
    """Money that moved. `cents` is all of it, `deed` as the protocol calls it: 17 and 18 are a voided 01 and 02."""

    reference: str
    deed: str
    cents: int
    tip: int = 0
    due: int = 0
    transaction: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that moves money, as it was understood."""

    command: str
    deed: str
    cents: int
    reference: str
    transaction: str
    before: str
    tip_wanted: bool


def asked(fields: list[str]) -> Asked:
    """The fields of a T request; those that are missing are empty."""
    padded = [*fields, *[""] * 12]
    trace = [*padded[5].split(US), *[""] * 7]
    cents = padded[3].split(US)[0]
    return Asked(
        command=padded[0],
        deed=padded[2],
        cents=int(cents) if cents.isdigit() else 0,
        reference=trace[0],
        transaction=trace[3],
        before=trace[6],
        tip_wanted=any("TIPREQ=1" in field for field in padded[6:]),
    )


class Books:
    """What one terminal booked; `batch` is what is not closed yet."""

    def __init__(self) -> None:
        self.batch: list[Booking] = []
        self.history: list[Booking] = []
        self.number = 1
        self.voids_have_records = False
        self._count = 0

    def charges(self, reference: str) -> list[Booking]:
        """All that was ever charged under a reference."""
        return [one for one in self.history if one.reference == reference and one.deed == "01"]

    def find(self, reference: str) -> Booking | None:
        """What stands in the batch under a reference."""
        return next((one for one in self.batch if one.reference == reference), None)

    def book(self, request: Asked, *, cents: int, tip: int = 0, due: int = 0) -> Booking:
        """A sale or a return."""
        self._count += 1
        booked = Booking(request.reference, request.deed, cents, tip, due, str(self._count))
        self.batch.append(booked)
        self.history.append(booked)
        return booked

    def void(self, request: Asked) -> Booking | None:
        """Undo one of the batch; None if there is none, or the two ways of calling it do not agree."""
        found = self._before(request)
        if found is None or found.deed not in ("01", "02"):
            return None
        self._put(found, replace(found, deed="17" if found.deed == "01" else "18"))
        if self.voids_have_records:
            return self.book(request, cents=found.cents)
        self._count += 1
        void = Booking(request.reference, "16", found.cents, transaction=str(self._count))
        self.history.append(void)
        return void

    def adjust(self, request: Asked) -> Booking | None:
        """Put a tip on one of the batch."""
        found = self._before(request)
        if found is None or found.deed != "01":
            return None
        tipped = replace(found, cents=found.cents - found.tip + request.cents, tip=request.cents)
        self._put(found, tipped)
        return tipped

    def close(self) -> tuple[str, int, int]:
        """Close the batch: its number, how many, how much."""
        number, count, cents = str(self.number), len(self.batch), sum(one.cents for one in self.batch)
        self.batch = []
        self.number += 1
        return number, count, cents

    def _before(self, request: Asked) -> Booking | None:
        return next(
            (
                one
                for one in self.batch
                if request.before in ("", one.reference) and request.transaction in ("", one.transaction)
            ),
            None,
        )

    def _put(self, old: Booking, new: Booking) -> None:
        self.batch[self.batch.index(old)] = new


@dataclass(frozen=True, slots=True)
class Card:
    """The card a guest holds out, and where its number turns up if the terminal tells all."""

    number: str = "4005554444444460"
    entry: str = "4"
    brand: str = "01"
    tells_all: bool = False


def host(batch: int, card: Card, booked: Booking | None, code: str = "00", said: str = "APPROVAL") -> str:
    """The group of the host."""
    if card.tells_all:
        return US.join((code, f"{said} {card.number}", card.number, card.number, "7", str(batch)))
    number = booked.transaction if booked is not None else ""
    return US.join((code, said, "A1B2C3" if booked else "", f"HR{number}", number, str(batch)))


def amounts(booked: Booking | None) -> str:
    """The group of amounts."""
    if booked is None:
        return US.join(("0", "", "", "", ""))
    return US.join((str(booked.cents), str(booked.due or ""), str(booked.tip or ""), "", ""))


def account(card: Card) -> str:
    """The group of the card: its last four digits, or all there is to know."""
    shown = card.number if card.tells_all else card.number[-4:]
    holder = f"{card.number}=30121011000012345678" if card.tells_all else ""
    return US.join(
        (shown, card.entry, "1230" if card.tells_all else "", "", "", "", card.brand, holder, "", "", "0")
    )


def trace(reference: str, booked: Booking | None) -> str:
    """The group of references."""
    return US.join((booked.transaction if booked is not None else "", reference, "20261122101500"))


def transaction_fields(command: str, deed: str, groups: tuple[str, str, str, str]) -> tuple[str, ...]:
    """What follows code and text in the answer to a T request: host, amounts, account and trace."""
    by_host, cents, card, references = groups
    more = ("", "", "") if command == "T00" else ()
    return (by_host, deed, cents, card, references, *more, "HREF=1")


def record_fields(books: Books, card: Card, booked: Booking) -> tuple[str, ...]:
    """What follows code and text in the answer to R02."""
    place = str(books.batch.index(booked))
    return (
        str(len(books.batch)),
        place,
        host(books.number, card, booked),
        "01",
        booked.deed,
        "01" if booked.deed == "17" else "",
        amounts(booked),
        account(card),
        trace(booked.reference, booked),
        *("", "", ""),
        "HREF=1",
    )
