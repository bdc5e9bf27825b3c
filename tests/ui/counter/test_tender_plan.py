"""The plan of tenders as values: what a tap and a digit make of it, and what the Complete button says."""

from __future__ import annotations

import pytest

from salon_desk.domain.names import Names
from salon_desk.domain.tender import CashRounding, CustomTender, PlannedTender, TenderKind, plan_tenders
from salon_desk.i18n import Catalogue
from salon_desk.storage.print_jobs import JobState
from salon_desk.ui.counter.quick_cash import next_notes
from salon_desk.ui.counter.receipt_words import receipt_words
from salon_desk.ui.counter.tender_plan import CARD, CASH, Field, Focus, TenderDraft, TenderPlan, missing_field
from salon_desk.ui.counter.tender_words import TenderNames, complete_words, quick_chips, state_chip
from tests.ui.shop_fixture import usd

ENGLISH = Catalogue.load("en")
ZELLE = CustomTender("zelle", Names("Zelle"), needs_reference=False, opens_drawer=False)
NAMES = TenderNames(ENGLISH, (ZELLE,))


def says(due: int, *planned: PlannedTender) -> str:
    return complete_words(NAMES, plan_tenders(usd(due), planned, CashRounding.EXACT).tenders)


def planned(kind: TenderKind, cents: int | None = None, tender: str = "") -> PlannedTender:
    return PlannedTender(kind, None if cents is None else usd(cents), tender_id=tender, card_id="c")


def test_a_tender_is_for_all_that_is_left_until_an_amount_is_typed() -> None:
    plan = TenderPlan().choose(CASH)
    assert plan.drafts[0].planned("USD").amount is None
    assert plan.press("2").press("00").drafts[0].planned("USD").amount == usd(200)


def test_digits_go_to_the_field_in_use() -> None:
    plan = TenderPlan().choose(CARD)
    assert plan.focus == Focus(Field.LAST_FOUR, CARD)
    for digit in ("0", "0", "4", "2", "9"):
        plan = plan.press(digit)
    assert plan.drafts[0].last_four == "0042"
    assert plan.erase().drafts[0].last_four == "004"


def test_a_field_taken_up_again_begins_anew() -> None:
    plan = TenderPlan().choose(CASH).set_amount(CASH, usd(5000))
    assert plan.press("7").drafts[0].amount.number == 7


def test_four_digits_keep_a_card_when_another_tender_is_tapped_and_three_do_not() -> None:
    plan = TenderPlan().choose(CARD).press("4").press("4").press("1")
    assert [draft.key for draft in plan.choose(CASH).drafts] == [CASH]
    assert [draft.key for draft in plan.press("7").choose(CASH).drafts] == [CARD, CASH]


def test_removing_the_tender_in_use_leaves_no_field() -> None:
    plan = TenderPlan().choose(CASH).remove(CASH)
    assert (plan.drafts, plan.focus) == ((), None)


def test_without_a_field_digits_go_nowhere() -> None:
    plan = TenderPlan().choose(CASH).focus_on(None)
    assert plan.press("5").drafts[0].amount.empty


@pytest.mark.parametrize(
    ("draft", "needs", "missing"),
    [
        (TenderDraft(CASH), False, None),
        (TenderDraft(CARD, last_four="441"), False, Field.LAST_FOUR),
        (TenderDraft(CARD, last_four="4417"), False, None),
        (TenderDraft("custom/groupon"), True, Field.REFERENCE),
        (TenderDraft("custom/groupon", reference=" "), True, Field.REFERENCE),
        (TenderDraft("custom/zelle"), False, None),
    ],
)
def test_what_a_tender_still_needs(draft: TenderDraft, needs: bool, missing: Field | None) -> None:
    assert missing_field(draft, needs_reference=needs) is missing


def test_complete_says_exactly_what_happens() -> None:
    stored = planned(TenderKind.STORED_VALUE, 6250)
    assert says(0) == "Complete: nothing to pay"
    assert says(6250, stored) == "Complete: stored value $62.50"
    assert says(11089, stored, planned(TenderKind.EXTERNAL_CARD)) == "Complete: card $48.39"
    assert says(4839, planned(TenderKind.CASH, 5000)) == "Complete: cash $50.00, change $1.61"
    assert (
        says(4839, planned(TenderKind.CASH, 2000), planned(TenderKind.CUSTOM, tender="zelle"))
        == "Complete: cash $20.00 and Zelle $28.39"
    )
    three = (
        planned(TenderKind.CASH, 1000),
        planned(TenderKind.CUSTOM, 1000, "zelle"),
        planned(TenderKind.EXTERNAL_CARD),
    )
    assert says(4839, *three) == "Complete: $48.39 in 3 payments"


@pytest.mark.parametrize(
    ("cents", "notes"),
    [
        (4839, [5000, 6000, 10000]),
        (600, [1000, 2000, 5000]),
        (10000, []),
        (11000, [12000, 15000, 20000]),
        (435, [500, 1000, 2000]),
        (100000, []),
    ],
)
def test_only_notes_that_somebody_would_hand_over_are_offered(cents: int, notes: list[int]) -> None:
    assert [note.cents for note in next_notes(usd(cents))] == notes


def test_exact_comes_first() -> None:
    assert [chip.text for chip in quick_chips(usd(4839), ENGLISH)] == [
        "Exact $48.39",
        "$50.00",
        "$60.00",
        "$100.00",
    ]


@pytest.mark.parametrize("kind", list(TenderKind))
def test_nothing_is_called_taken_before_it_was(kind: TenderKind) -> None:
    before, after = state_chip(kind, ENGLISH, done=False), state_chip(kind, ENGLISH, done=True)
    assert before.text in ("to be taken", "will be deducted")
    assert after.text in ("taken", "deducted")


@pytest.mark.parametrize("state", [None, *JobState])
def test_whatever_becomes_of_a_receipt_it_is_named(state: JobState | None) -> None:
    assert "S1-1-000042" in receipt_words(state, "S1-1-000042", ENGLISH)
