"""Which kinds of operation describe a person: every kind that names a member says whether its body goes with them."""

from __future__ import annotations

from salon_desk.operations.description import ChangePlanned, Field, ItemDescribed, MemberDescribed
from salon_desk.operations.personal import PERSONAL, people_of
from salon_desk.operations.registry import KINDS

IDS_ONLY = {
    "asset.carried_over": "moves units",
    "booking.cancelled": "who and where, by ids; what for rides in operations of its own",
    "booking.made": "who and where, by ids",
    "campaign.audience": "whom it is for, by ids",
    "card.issued": "whose card it is, by id; the card stays as nobody's",
    "card.topped_up": "moves money",
    "card.transferred": "whose it is, by ids",
    "coupon.issued": "moves a coupon",
    "gift.sold": "moves money",
    "member.erased": "says who goes",
    "member.merge_proposed": "ids of one person",
    "member.merged": "ids of one person",
    "member.tier_changed": "an id and what was counted",
    "points.converted": "moves points",
    "points.granted": "moves points",
    "sale.completed": "moves money",
    "sale.refunded": "moves money",
    "sale.voided": "moves money",
    "series.sold": "moves money",
    "series.shared": "who may use it, by ids",
    "series.transferred": "whose it is, by ids",
    "value.paid_out": "moves money",
}
"""Kinds that name a member and stay, and why."""


def test_every_kind_that_names_a_member_goes_with_them_or_says_why_it_stays() -> None:
    naming = {
        kind
        for kind, operation in KINDS.items()
        if {"member", "members", "other", "duplicate"} & set(operation.__struct_fields__)
    }
    assert naming - PERSONAL == set(IDS_ONLY) & naming
    assert not PERSONAL & set(IDS_ONLY)


def test_a_plan_describes_a_person_when_its_subject_is_one() -> None:
    def planned(subject: str) -> ChangePlanned:
        return ChangePlanned(
            subject=subject, id="x", from_day="2027-01-01", fields={"tier": Field(1, "gold")}
        )

    assert people_of(planned(MemberDescribed.KIND)) == ("x",)
    assert people_of(planned(ItemDescribed.KIND)) == ()
