"""The barest facts about members, staff and visits that the tests of visibility need."""

from __future__ import annotations

from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.series import TaxPoint
from salon_desk.operations.card import CardToppedUp
from salon_desk.operations.description import AllergyNoted, Field, FieldValue, MemberDescribed, StaffDescribed
from salon_desk.operations.payment import Funding
from salon_desk.operations.sale import SaleCompleted
from salon_desk.operations.series import SeriesSold
from tests.integration.storage.tills import new_id

USD = Money.zero("USD")


def member(who: str, n: int = 1, **values: FieldValue) -> MemberDescribed:
    return MemberDescribed(id=who, fields={name: Field(n, value) for name, value in values.items()})


def employed(who: str, n: int = 1, **values: FieldValue) -> StaffDescribed:
    return StaffDescribed(id=who, fields={name: Field(n, value) for name, value in values.items()})


def noted(allergy: str = "a1", who: str = "mei", substance: str = "acetone") -> AllergyNoted:
    return AllergyNoted(allergy_id=allergy, member=who, substance=substance)


def sale(store: str, who: str = "mei") -> SaleCompleted:
    """The barest sale that there is."""
    return SaleCompleted(
        ticket=new_id(),
        receipt=new_id(),
        store=store,
        shift="shift",
        sold_at="2026-11-20T15:00:00.000Z",
        member=who,
        lines=(),
        taxes=(),
        tenders=(),
        tips=(),
        fundings=(),
        subtotal=USD,
        discount=USD,
        tax=USD,
        total=USD,
        rounding=USD,
        rule_pack="",
    )


def series_sold(store: str, who: str = "mei") -> SeriesSold:
    """The barest series that there is."""
    return SeriesSold(
        document=new_id(),
        receipt=new_id(),
        store=store,
        shift="shift",
        sold_at="2026-11-20T15:00:00.000Z",
        member=who,
        amount=USD,
        rounding=USD,
        tenders=(),
        series=new_id(),
        offer="",
        names=Names("Twelve"),
        parts=(),
        tax_point=TaxPoint.VISIT,
        rule_pack="",
    )


def top_up(store: str, who: str = "mei") -> CardToppedUp:
    return CardToppedUp(
        top_up=new_id(),
        receipt=new_id(),
        store=store,
        shift="shift",
        sold_at="2026-11-20T15:00:00.000Z",
        member=who,
        funding=Funding(card="card", paid=USD, bonus=USD),
        tenders=(),
    )
