"""Who spends: below the limit nothing is asked, what was shown proves the person, and signatures stay small."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from salon_desk.domain import signature
from salon_desk.domain.money import Money
from salon_desk.domain.proof import Debit, Proof, ProofKind, lacking, proof_of

LIMIT = Money(5000, "USD")
MAY = Debit("card-1", ("may", "li"), Money(4000, "USD"))
GIFT = Debit("gift-1", (), Money(1001, "USD"))


def test_up_to_the_limit_of_a_ticket_nothing_is_asked_and_a_cent_above_it_everything() -> None:
    just = Debit("gift-1", (), Money(1000, "USD"))
    assert lacking([MAY, just], [], LIMIT) == ()
    assert lacking([MAY, GIFT], [], LIMIT) == (MAY, GIFT)


def test_only_what_nobody_has_proven_counts_towards_the_limit() -> None:
    assert lacking([MAY, GIFT], [Proof(ProofKind.PRESENT, "gift-1")], LIMIT) == ()


def test_without_a_limit_nothing_is_asked() -> None:
    assert lacking([MAY, GIFT], [], Money(0, "USD")) == ()


def test_who_shows_a_card_has_proven_everything_that_this_person_may_spend() -> None:
    series = Debit("series-1", ("mother", "may"), Money(9000, "USD"))
    shown = [Proof(ProofKind.PRESENT, "card-1", "may")]
    assert lacking([series, MAY], shown, LIMIT) == ()
    assert lacking([Debit("card-2", ("somebody",), Money(9000, "USD"))], shown, LIMIT)


def test_a_card_of_nobody_proves_itself_alone() -> None:
    other = Debit("gift-2", (), Money(9000, "USD"))
    assert lacking([GIFT, other], [Proof(ProofKind.PRESENT, "gift-1")], LIMIT) == (other,)


def test_the_members_own_proof_stands_before_what_others_vouch_for() -> None:
    vouched = Proof(ProofKind.APPROVER, "card-1", by="grace")
    pin = Proof(ProofKind.PIN, "card-1", "may", by="may")
    assert proof_of(MAY, [vouched, pin]) == pin


_STROKES = st.lists(
    st.lists(st.tuples(st.integers(-100, 1100), st.integers(-100, 1100)), max_size=900), max_size=5
)


@settings(max_examples=30)
@given(_STROKES)
def test_a_signature_is_never_large_and_comes_back_as_it_was_kept(
    strokes: list[list[tuple[int, int]]],
) -> None:
    packed = signature.pack(strokes)
    kept = signature.unpack(packed)
    assert sum(len(one) for one in kept) <= signature.MOST_POINTS
    assert all(x <= signature.WIDTH and y <= signature.HEIGHT for one in kept for x, y in one)
    again = [[(x * 1000 // signature.WIDTH, y * 1000 // signature.HEIGHT) for x, y in one] for one in kept]
    assert signature.pack(again) == packed


def test_a_slip_of_the_finger_is_no_signature_and_garbage_draws_nothing() -> None:
    assert signature.pack([[(100, 100), (200, 200)]]) == ""
    assert signature.unpack("no base64!") == ()
