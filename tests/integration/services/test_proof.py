"""Proof of who spends, as sales record it: asked above the limit, by card, PIN, signature or a manager; listed where it is none."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from salon_desk.documents.layout import ImageRow, as_text
from salon_desk.documents.signed_slip import signature_png
from salon_desk.domain.access import Role
from salon_desk.domain.errors import PermissionNeeded
from salon_desk.domain.member import Relation
from salon_desk.domain.proof import Debit, Proof, ProofKind
from salon_desk.domain.signature import pack
from salon_desk.domain.tender import TenderKind
from salon_desk.i18n import Catalogue
from salon_desk.operations.description import StoreDescribed
from salon_desk.operations.erasure import WhyErased
from salon_desk.operations.proof import SpendSigned
from salon_desk.services import erasing, family, members, printing, proof, receipts, voids
from salon_desk.services.checkout import Sold
from salon_desk.services.describe import describe
from salon_desk.services.errors import BadPin
from salon_desk.services.members import NewMember
from salon_desk.services.proof_errors import (
    MemberPinLocked,
    MemberPinMissing,
    MemberPinWrong,
    NotSigned,
    ProofNeeded,
)
from salon_desk.services.proof_report import proof_report
from salon_desk.services.report_files import ReportFormat, report_file
from salon_desk.services.till import Actor
from salon_desk.storage.verify import verify
from tests.integration.services.shop import CASHIER, MANAGER, Shop, dollars

LENT = Actor("amy", Role.CASHIER, "wang", Role.MANAGER)
OWNER = Actor("owner", Role.OWNER)
STROKES = pack([[(n * 50, (n % 3) * 300) for n in range(20)]])


@pytest.fixture
def limited(shop: Shop) -> Shop:
    """A proof is asked above $50.00; $300 and $30 bonus lie on the card."""
    set_shop(shop, unproven_limit_cents=5000)
    shop.top_up("", offer="300")
    return shop


def set_shop(shop: Shop, **values: int) -> None:
    describe(shop.till, shop.command(), None, [(StoreDescribed, "s1", dict(values))])


def debit(shop: Shop) -> Debit:
    """What the member's card would pay of two manicures."""
    (holder,) = planned(shop, "94.05").holders
    return holder.debit


def planned(shop: Shop, amount: str) -> proof.Spending:
    """A plan that takes so much from the member's card."""
    return proof.spending(shop.till, [(TenderKind.STORED_VALUE, shop.card, dollars(amount))])


def spend(shop: Shop, *shown: Proof) -> Sold:
    """Two manicures for $94.05 of stored value."""
    ticket = shop.ticket(("gel", "lily"), ("gel", "kim"))
    return shop.sell(ticket, shop.stored(), proofs=shown)


def how(sold: Sold) -> tuple[str, str]:
    (tender,) = sold.sale.tenders
    return tender.proof, tender.proven_by


def test_above_the_limit_a_sale_without_proof_is_refused_and_takes_nothing(limited: Shop) -> None:
    before = limited.value()
    with pytest.raises(ProofNeeded) as refused:
        spend(limited)
    assert (refused.value.amount, refused.value.limit) == (9405, 5000)
    assert limited.value() == before


def test_up_to_the_limit_nothing_is_asked_and_the_sale_says_so(limited: Shop) -> None:
    sold = limited.sell(limited.ticket(("gel", "lily")), limited.stored())
    assert how(sold) == ("", "")
    assert planned(limited, "50.00").lacking(()) == ()
    assert len(planned(limited, "50.01").lacking(())) == 1


def test_a_shop_without_a_limit_asks_for_nothing(limited: Shop) -> None:
    set_shop(limited, unproven_limit_cents=0)
    assert how(spend(limited)) == ("", "")


def test_a_card_that_was_read_is_proof_and_somebody_elses_is_none(limited: Shop) -> None:
    new = NewMember(name="李", phone="(718) 555-0199", card_code="9911")
    other = members.add(limited.till, limited.command(), CASHIER, new).cards[0][0].card
    with pytest.raises(ProofNeeded):
        spend(limited, proof.present(limited.till, other))
    assert how(spend(limited, Proof(ProofKind.PRESENT, limited.card))) == ("present", "")


def test_a_member_sets_a_pin_with_a_manager_beside_and_spends_with_it(limited: Shop, tmp_path: Path) -> None:
    with pytest.raises(MemberPinMissing):
        proof.by_pin(limited.till, debit(limited), "4321")
    with pytest.raises(PermissionNeeded):
        proof.set_pin(limited.till, limited.command(), CASHIER, limited.member, "4321")
    with pytest.raises(BadPin):
        proof.set_pin(limited.till, limited.command(), LENT, limited.member, "43a1")
    proof.set_pin(limited.till, limited.command(), LENT, limited.member, "4321")
    assert how(spend(limited, proof.by_pin(limited.till, debit(limited), "4321"))) == ("pin", limited.member)
    proof.set_pin(limited.till, limited.command(), CASHIER, limited.member, "8765", old="4321")
    assert proof.by_pin(limited.till, debit(limited), "8765").kind is ProofKind.PIN
    assert verify(tmp_path / "till").problems == ()


def test_wrong_pins_lock_the_members_and_not_the_staffs(limited: Shop) -> None:
    proof.set_pin(limited.till, limited.command(), MANAGER, limited.member, "4321")
    for left in (4, 3, 2, 1):
        with pytest.raises(MemberPinWrong) as wrong:
            proof.by_pin(limited.till, debit(limited), "0000")
        assert wrong.value.left == left
    for pin in ("0000", "4321"):
        with pytest.raises(MemberPinLocked):
            proof.by_pin(limited.till, debit(limited), pin)
    limited.clock.instant += timedelta(minutes=1)
    assert proof.by_pin(limited.till, debit(limited), "4321").by == limited.member


def test_linked_family_spends_with_its_own_pin_unless_the_shop_forbids_it(limited: Shop) -> None:
    child = members.add(
        limited.till, limited.command(), CASHIER, NewMember(name="女儿", phone="(718) 555-0177")
    ).member.member_id
    family.link(
        limited.till, limited.command(), CASHIER, limited.member, other=child, relation=Relation.CHILD
    )
    proof.set_pin(limited.till, limited.command(), MANAGER, child, "2468")
    assert proof.by_pin(limited.till, debit(limited), "2468").by == child
    set_shop(limited, family_spends=0)
    with pytest.raises(MemberPinMissing):
        proof.by_pin(limited.till, debit(limited), "2468")


def test_a_signature_is_kept_beside_the_sale_and_goes_when_the_member_is_erased(
    limited: Shop, tmp_path: Path
) -> None:
    with pytest.raises(NotSigned):
        proof.by_signature(debit(limited), "")
    shown = proof.by_signature(debit(limited), STROKES)
    ticket = limited.ticket(("gel", "lily"), ("gel", "kim"))
    sold = limited.sell(ticket, limited.stored(), proofs=(shown,), print_language="en")
    assert how(sold) == ("signature", "")
    (kept,) = signatures(limited)
    assert (kept.receipt, kept.cards, kept.amount, kept.strokes) == (
        sold.sale.receipt,
        (limited.card,),
        dollars("94.05"),
        STROKES,
    )
    (job,) = [one for one in printing.recent(limited.till, 9) if one.kind == "signed"]
    with limited.till.read() as transaction:
        paper = receipts.document(limited.till, transaction, job)
    assert sold.sale.receipt in as_text(paper)
    assert "$94.05" in as_text(paper)
    (drawn,) = [row for row in paper.rows if isinstance(row, ImageRow)]
    assert drawn.png == signature_png(STROKES) != signature_png("")
    proof.set_pin(limited.till, limited.command(), MANAGER, limited.member, "4321")
    erasing.erase(limited.till, limited.command(), OWNER, limited.member, WhyErased.ASKED)
    assert signatures(limited) == []
    assert verify(tmp_path / "till").problems == ()


def test_a_manager_vouches_and_is_named_and_a_cashier_is_not_believed(limited: Shop) -> None:
    with pytest.raises(PermissionNeeded):
        proof.vouched(CASHIER, debit(limited))
    with pytest.raises(ProofNeeded):
        spend(limited, Proof(ProofKind.APPROVER, limited.card, by="amy"))
    assert how(spend(limited, proof.vouched(LENT, debit(limited)))) == ("approver", "wang")


def test_debits_without_the_members_own_proof_are_listed_by_cashier_with_how(limited: Shop) -> None:
    limited.sell(limited.ticket(("gel", "lily")), limited.stored())
    vouched = spend(limited, proof.vouched(LENT, debit(limited)))
    spend(limited, Proof(ProofKind.PRESENT, limited.card))
    voided = limited.sell(limited.ticket(("six", "kim")), limited.stored())
    voids.void(limited.till, limited.command(), MANAGER, voided.op_id, reason="wrong")
    with limited.till.read() as transaction:
        report = proof_report(transaction)
    (amy,) = report.cashiers
    assert (amy.cashier, amy.count, amy.amount, report.limit) == (
        "amy",
        2,
        dollars("141.08"),
        dollars("50.00"),
    )
    assert {one.member.en for one in amy.debits} == {"May Zhang"}
    assert [(one.amount, one.proof, one.tail, one.approver.en) for one in amy.debits] == [
        (dollars("47.03"), "", "4417", ""),
        (dollars("94.05"), "approver", "4417", "wang"),
    ]
    text = " ".join(report_file(report, ReportFormat.TEXT, Catalogue.load("en")).decode().split())
    for word in (vouched.sale.receipt, "••4417", "wang vouched", "nothing was asked", "$141.08"):
        assert word in text


def signatures(shop: Shop) -> list[SpendSigned]:
    """What is kept of signatures at the till."""
    from salon_desk.operations.registry import decode

    rows = shop.till.store.database.driver().execute(
        "SELECT kind, version, body FROM journal WHERE kind = 'sale.signed' AND body IS NOT NULL"
    )
    found = [decode(*row) for row in rows]
    return [one for one in found if isinstance(one, SpendSigned)]
