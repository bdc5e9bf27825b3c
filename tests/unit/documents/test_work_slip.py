"""The slip for the chair and the label for the shelf: what must stand there, and what must not."""

from __future__ import annotations

import re

import pytest

from salon_desk.documents.label import COLUMNS, LabelKind, Labelled, labels
from salon_desk.documents.layout import Banner, CutRow, TextRow, as_text, cells
from salon_desk.documents.work_slip import Slip, SlipGuest, SlipHead, SlipLine, work_slips
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from tests.unit.documents.flushing import say

HEAD = SlipHead(17, "2:35 PM")
COLOUR = SlipLine(Names("Hair Color", "染发"), 1, requested=True, minutes=90)
GEL = SlipLine(Names("Gel Manicure", "凝胶美甲"), 2, requested=False, minutes=45)
KIM, LILY = Names("Kim", "陈嘉敏"), Names("Lily", "李丽")
GUEST = SlipGuest(
    Names("Na Ouyang", "欧阳娜娜"), ("Acrylic", "对苯二胺 PPD"), ("likes it quiet", "4111 1111 1111 1111")
)


def test_each_technician_gets_a_slip_with_what_is_hers() -> None:
    document = work_slips(HEAD, GUEST, [Slip(KIM, (COLOUR,)), Slip(LILY, (GEL,))], say("zh_CN"))
    assert sum(isinstance(row, CutRow) for row in document.rows) == 1
    kims, lilys = as_text(document).split("- - - ", 1)
    assert "染发" in kims
    assert "Hair Color" in kims
    assert "陈嘉敏" in kims
    assert "凝胶美甲 ×2" in lilys
    assert "染发" not in lilys
    assert "90" in kims
    assert "90" in lilys


def test_that_she_was_requested_is_said_where_she_was() -> None:
    asked = as_text(work_slips(HEAD, GUEST, [Slip(KIM, (COLOUR,))], say("en")))
    in_turn = as_text(work_slips(HEAD, GUEST, [Slip(LILY, (GEL,))], say("en")))
    assert "Requested" in asked
    assert "Requested" not in in_turn


def test_allergies_stand_white_on_black_on_every_slip() -> None:
    document = work_slips(HEAD, GUEST, [Slip(KIM, (COLOUR,)), Slip(LILY, (GEL,))], say("en"))
    banners = [row.text for row in document.rows if isinstance(row, Banner)]
    assert len(banners) == 2
    assert all("Acrylic, 对苯二胺 PPD" in text for text in banners)


def test_no_price_no_telephone_and_no_card_number_stands_on_a_slip() -> None:
    text = as_text(work_slips(HEAD, GUEST, [Slip(KIM, (COLOUR, GEL))], say("zh_CN")))
    assert "$" not in text
    assert "4111" not in text
    assert "likes it quiet" in text
    assert not re.search(r"\d{7}", text)


def test_a_walk_in_has_no_name_and_a_copy_says_so() -> None:
    slips = [Slip(Names(""), (GEL,))]
    text = as_text(work_slips(HEAD, SlipGuest(Names("")), slips, say("en"), copy=True))
    assert "COPY" in text
    assert "Walk-in" in text
    assert "Technician" not in text


CREAM = Labelled(Names("Hand Cream", "护手霜"), Money(1800, "USD"), "6901234567892")


@pytest.mark.parametrize("kind", LabelKind)
@pytest.mark.parametrize("width", COLUMNS)
def test_a_label_has_both_names_the_price_and_the_barcode(kind: LabelKind, width: int) -> None:
    text = as_text(labels([(CREAM, 1)], kind, say("zh_CN"), width_mm=width), COLUMNS[width])
    assert [line.strip() for line in text.splitlines()] == ["护手霜", "Hand Cream", "$18.00", "6901234567892"]


def test_so_many_labels_are_so_many_papers() -> None:
    document = labels([(CREAM, 3), (CREAM, 1)], LabelKind.SHELF, say("en"))
    assert sum(isinstance(row, CutRow) for row in document.rows) == 3


def test_a_long_name_has_two_lines_and_ends_at_a_word() -> None:
    long = Labelled(Names("Nail Lacquer Big Apple Red Limited Edition of the Year 15 ml", "护" * 40), None)
    first, second = [
        row.text for row in labels([(long, 1)], LabelKind.SHELF, say("en")).rows if isinstance(row, TextRow)
    ]
    assert first == "Nail Lacquer Big Apple Red\nLimited Edition of the"
    assert cells(second) <= COLUMNS[40]
