"""What is done at a counter of the made-up chain, as operations: a visit paid, value bought, a coupon, a consent.

Purses are decided by `services.payment` as at a real counter; tickets, shifts, taxes and paper are left out. Everything runs inside
a recording transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from salon_desk.domain import ledger
from salon_desk.domain.clock import instant_text
from salon_desk.domain.consent import Basis, Channel, Purpose
from salon_desk.domain.ledger import Posting
from salon_desk.domain.money import Money
from salon_desk.domain.tender import CashRounding, PlannedTender, TenderKind, settle
from salon_desk.operations.card import CardToppedUp
from salon_desk.operations.consent import ConsentGiven, ConsentWithdrawn
from salon_desk.operations.coupon import CouponIssued
from salon_desk.operations.description import FieldValue
from salon_desk.operations.payment import Funding
from salon_desk.operations.sale import SaleCompleted
from salon_desk.services import coupons, payment, postings
from salon_desk.services.coupons import Gift, Giver
from salon_desk.services.till import Till
from salon_desk.simulation.messages.people import Agreed, Person
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import cards
from salon_desk.storage.queries.consents import said_by

PROMOTION = "gift"
GIFT: dict[str, FieldValue] = {
    "name_en": "Gift",
    "name_zh_cn": "礼券",
    "terms_en": "valid until the day printed here",
    "currency": "USD",
    "amount_cents": 2_000,
    "needs_coupon": True,
    "valid_days": 45,
    "position": 1,
}
"""The promotion that coupons are given for, as it is described."""


@dataclass(frozen=True, slots=True)
class Counter:
    """One recording transaction at a counter, on a business day (ISO date)."""

    till: Till
    transaction: Transaction
    day: str

    @property
    def now(self) -> str:
        """The present instant as operations keep it."""
        return instant_text(self.till.store.clock.now())

    def balance(self, person: Person) -> int:
        """Cents on a member's card."""
        known = cards.card(self.transaction, person.card)
        store = self.till.store
        if known is None:
            return 0
        return cards.value(self.transaction, known, store.node, store.epoch).usable.cents

    def topped_up(self, person: Person, cents: int, bonus: int, ends_after: int) -> CardToppedUp:
        """Value is bought in cash, with bonus that lapses some days later."""
        currency = person.shop.currency
        funding = Funding(
            card=person.card,
            paid=Money(cents, currency),
            bonus=Money(bonus, currency),
            bonus_terms="valid until the day printed here" if bonus else "",
            bonus_expires=_later(self.day, ends_after) if bonus else "",
        )
        cash = (PlannedTender(TenderKind.CASH, None),)
        settled = settle(funding.paid, cash, CashRounding.EXACT)
        paid = payment.pay(self.till, self.transaction, settled.tenders, fundings=[funding])
        return CardToppedUp(
            top_up=self.till.new_id(),
            receipt="",
            store=person.shop.id,
            shift="",
            sold_at=self.now,
            member=person.id,
            funding=funding,
            tenders=paid.tenders,
            purse_changes=paid.purse_changes,
            postings=postings.balanced(
                [*postings.of_tenders(paid.tenders), *postings.of_fundings([funding])]
            ),
        )

    def sold(self, person: Person, cents: int) -> SaleCompleted:
        """A visit, paid from the card as far as that goes."""
        total, none = Money(cents, person.shop.currency), Money(0, person.shop.currency)
        own = min(self.balance(person), cents)
        planned = [PlannedTender(TenderKind.CASH, None)] if own < cents else []
        if own:
            value = Money(own, total.currency)
            planned.insert(0, PlannedTender(TenderKind.STORED_VALUE, value, card_id=person.card))
        settled = settle(total, planned, CashRounding.EXACT)
        paid = payment.pay(self.till, self.transaction, settled.tenders)
        income = Posting(ledger.INCOME_SERVICES, -total)
        return SaleCompleted(
            ticket=self.till.new_id(),
            receipt="",
            store=person.shop.id,
            shift="",
            sold_at=self.now,
            member=person.id,
            lines=(),
            taxes=(),
            tenders=paid.tenders,
            tips=(),
            fundings=(),
            subtotal=total,
            discount=none,
            tax=none,
            total=total,
            rounding=settled.rounding,
            rule_pack=self.till.rules.version,
            purse_changes=paid.purse_changes,
            postings=postings.balanced([*postings.of_tenders(paid.tenders), income]),
        )

    def gift(self, person: Person) -> CouponIssued:
        """A coupon with an end."""
        giver = Giver(person.shop.id, "en", self.day)
        return coupons.made(self.transaction, giver, person.id, Gift(PROMOTION), coupon=self.till.new_id())

    def agreed(self, person: Person, one: Agreed) -> ConsentGiven:
        """A member agrees, who saw what was withdrawn before."""
        of = (one.channel, one.purpose)
        said = said_by(self.transaction, person.id)
        return ConsentGiven(
            member=person.id,
            channel=one.channel,
            purpose=one.purpose,
            basis=Basis.IMPLIED if one.basis_day else Basis.EXPRESS,
            text="May we write to you?",
            language=person.language or "en",
            store=person.shop.id,
            place="counter",
            given_at=self.now,
            basis_day=one.basis_day,
            seen=tuple(was.op_id for was in said if not was.given and (was.channel, was.purpose) == of),
        )

    def withdrawn(self, person: Person, channel: Channel, purpose: Purpose) -> ConsentWithdrawn:
        """A member says at the counter that it is enough."""
        return ConsentWithdrawn(
            member=person.id,
            channel=channel,
            purpose=purpose,
            said="no more, please",
            store=person.shop.id,
            place="counter",
            withdrawn_at=self.now,
        )


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
