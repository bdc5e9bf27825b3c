"""What the rules refuse, as typed errors with parameters.

No sentence stands here: `ui/error_text.py` and `cli/error_text.py` turn an error into words in the
reader's language. One class a refusal; its fields are everything the sentence needs to name.
"""

from __future__ import annotations

from dataclasses import dataclass, fields


class DomainError(Exception):
    """A refusal by rule. Nothing was recorded when it is raised."""

    def parameters(self) -> dict[str, object]:
        """The error's fields by name, for the sentence that explains it."""
        return {f.name: getattr(self, f.name) for f in fields(self)}  # type: ignore[arg-type]

    def __str__(self) -> str:
        """The class and its parameters, for logs and tests; never shown to a cashier."""
        told = ", ".join(f"{name}={value}" for name, value in self.parameters().items())
        return f"{type(self).__name__}({told})"


@dataclass
class CurrencyMismatch(DomainError):
    """Two amounts of different currencies were brought together."""

    expected: str
    given: str


@dataclass
class NegativeAmount(DomainError):
    """An amount that must be zero or more is below zero. `field` names it."""

    field: str
    cents: int


@dataclass
class AmountTooLarge(DomainError):
    """An amount above what the till takes. `limit_cents` is the highest that is accepted."""

    field: str
    cents: int
    limit_cents: int


@dataclass
class InsufficientValue(DomainError):
    """A purse here holds less than is needed (units of the asset: cents, visits, points)."""

    asset: str
    needed: int
    here: int
    elsewhere: int = 0


@dataclass
class AmountMissing(DomainError):
    """An amount that must be above zero is zero. `field` names it."""

    field: str


@dataclass
class TextTooLong(DomainError):
    """A typed text is longer than the till keeps (characters)."""

    field: str
    length: int
    limit: int


@dataclass
class DuplicateId(DomainError):
    """A line, discount or card code is there already."""

    field: str
    value: str


@dataclass
class OfferNotValid(DomainError):
    """A top-up offer is not sold on this business day (ISO date)."""

    offer_id: str
    business_day: str


@dataclass
class BonusTermsMissing(DomainError):
    """A bonus that may lapse has no text to print; it must not be issued (RULES 2)."""

    offer_id: str


@dataclass
class RuleMissing(DomainError):
    """The rule pack says nothing about `key` for this place and day (ISO date)."""

    jurisdiction: str
    key: str
    day: str


@dataclass
class RulePackDamaged(DomainError):
    """A file of the rule pack cannot be used. `fault` is a code: toml, header, row, value, overlap."""

    file: str
    row: int
    fault: str


@dataclass
class TicketNotOpen(DomainError):
    """The ticket is parked, completed or discarded and takes no change."""

    ticket_id: str
    state: str


@dataclass
class TicketNotParked(DomainError):
    """Only a parked ticket can be taken up again."""

    ticket_id: str
    state: str


@dataclass
class TicketEmpty(DomainError):
    """A ticket without a line cannot be completed."""

    ticket_id: str


@dataclass
class TooManyLines(DomainError):
    """The ticket holds as many lines as the till takes."""

    limit: int


@dataclass
class TooManyDiscounts(DomainError):
    """The line or ticket holds as many discounts as the till takes."""

    limit: int


@dataclass
class QuantityOutOfRange(DomainError):
    """A quantity below 1 or above the limit."""

    quantity: int
    limit: int


@dataclass
class LineMissing(DomainError):
    """No line of this id is on the ticket or sale."""

    line_id: str


@dataclass
class DiscountMissing(DomainError):
    """No discount of this id is there to be taken off."""

    discount_id: str


@dataclass
class DiscountInvalid(DomainError):
    """A discount names neither or both of amount and percent, or a percent outside 0 to 100."""

    discount_id: str


@dataclass
class PriceMissing(DomainError):
    """An item of open price was chosen without a price."""

    item_id: str


@dataclass
class TechnicianMissing(DomainError):
    """A line cannot be requested from nobody."""

    line_id: str


@dataclass
class TenderShort(DomainError):
    """The planned tenders do not cover what is due (cents)."""

    due: int
    planned: int


@dataclass
class TenderOver(DomainError):
    """The planned tenders are more than what is due and none of them is cash (cents)."""

    due: int
    planned: int


@dataclass
class CashTenderTwice(DomainError):
    """Cash stands twice among the planned tenders; it is one leg, rounded once."""

    count: int


@dataclass
class BadLastFour(DomainError):
    """The last four of a card are not exactly four digits (what was typed is not repeated)."""

    length: int


@dataclass
class ReferenceMissing(DomainError):
    """This tender of the shop's own must be given a reference."""

    tender_id: str


@dataclass
class UnknownTender(DomainError):
    """No tender of the shop's own has this id."""

    tender_id: str


@dataclass
class CardMissing(DomainError):
    """Stored value was planned without naming the card."""

    amount: int


@dataclass
class TipWithoutTechnician(DomainError):
    """A tip (cents) with nobody to give it to."""

    amount: int


@dataclass
class TipsExceedTenders(DomainError):
    """Tips (cents) are more than the tenders that should pay them."""

    tips: int
    settled: int


@dataclass
class ShiftNotOpen(DomainError):
    """Nothing can be sold or moved while no shift is open."""


@dataclass
class ShiftAlreadyOpen(DomainError):
    """A shift is open; it is closed before another one opens."""


@dataclass
class ShiftAlreadyClosed(DomainError):
    """The shift was closed; its Z cannot change."""


@dataclass
class ShiftAlreadyCounted(DomainError):
    """The drawer was counted for this shift; a blind count is given once."""


@dataclass
class ShiftNotCounted(DomainError):
    """The drawer is counted before the shift closes."""


@dataclass
class PermissionNeeded(DomainError):
    """The role has no such permission, and nobody who has it approved."""

    permission: str


@dataclass
class SignInLocked(DomainError):
    """Too many wrong PINs; the next try counts from `until` (ISO instant)."""

    until: str


@dataclass
class BadPhone(DomainError):
    """What was typed is no telephone number of the US, Canada or, with a +, elsewhere."""

    typed: str


@dataclass
class BadEmail(DomainError):
    """What was typed is no e-mail address."""

    typed: str


@dataclass
class BadBirthday(DomainError):
    """What was typed is no birthday, "MM-DD" or an ISO date."""

    typed: str


@dataclass
class TierInvalid(DomainError):
    """A rule for a tier cannot be meant; `field` names what is wrong with it."""

    field: str


@dataclass
class NameMissing(DomainError):
    """A member needs a name."""

    field: str


@dataclass
class UnknownLanguage(DomainError):
    """No language of the house has this tag."""

    language: str


@dataclass
class AlreadyRefunded(DomainError):
    """More is asked back on a line than is left of it (cents)."""

    line: str
    asked: int
    left: int


@dataclass
class RefundExceedsTenders(DomainError):
    """More is asked back than the sale's tenders can still give (cents)."""

    asked: int
    left: int


@dataclass
class VisitIsWhole(DomainError):
    """A visit of a series is given back whole or not at all."""

    line: str


@dataclass
class SeriesOfferInvalid(DomainError):
    """An offer of a series that cannot be sold: outside its dates, or it says nothing that can be."""

    offer: str


@dataclass
class UnbalancedPostings(DomainError):
    """The postings of one operation do not add up to zero in this currency (cents)."""

    currency: str
    difference: int


@dataclass
class BadAccount(DomainError):
    """An account name that the ledger cannot keep."""

    account: str
