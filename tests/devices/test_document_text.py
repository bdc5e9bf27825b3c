"""A document in plain text: golden receipts for 58 and 80 mm, and the rules of cells and lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salon_desk.documents.flow import flow_columns, wrap
from salon_desk.documents.layout import (
    COLUMNS_58_MM,
    COLUMNS_80_MM,
    Align,
    Banner,
    Cell,
    CutRow,
    Document,
    ImageRow,
    Space,
    TextRow,
    amount_row,
    as_text,
    cells,
    document_from_json,
    document_to_json,
)
from tests.devices.receipts import receipt

_GOLDEN = Path(__file__).parent / "golden"
_mixed = st.text(alphabet="染发护理全头，。（）！ Hair Color-$¥￥0123456789éễ", max_size=60)


@pytest.mark.parametrize("columns", [COLUMNS_58_MM, COLUMNS_80_MM])
def test_a_receipt_of_chinese_english_and_amounts_reads_as_the_golden_one(columns: int) -> None:
    assert as_text(receipt(), columns) == (_GOLDEN / f"receipt_{columns}.txt").read_text("utf-8")


@pytest.mark.parametrize("columns", [COLUMNS_58_MM, COLUMNS_80_MM])
def test_no_line_is_wider_than_the_paper_and_amounts_end_at_its_edge(columns: int) -> None:
    lines = as_text(receipt(), columns).splitlines()
    assert max(map(cells, lines)) == columns
    assert all(cells(line) == columns for line in lines if line.endswith((".00", ".80", ".60", ".40")))


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("染发", 4),
        ("Hair", 4),
        ("，。！", 6),
        ("￥88", 4),
        ("¥88", 3),
        ("e\u0301", 1),
        ("ễ", 1),
        ("\x1b@", 1),
    ],
)
def test_a_chinese_character_is_two_cells_and_a_mark_none(text: str, width: int) -> None:
    assert cells(text) == width


@given(_mixed, st.integers(4, 60))
def test_wrapping_keeps_every_character_within_the_width(text: str, width: int) -> None:
    lines = wrap(text, width, cells)
    assert all(cells(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_punctuation_stays_with_the_character_before_it() -> None:
    assert wrap("含护理（资深），好", 8, cells) == ("含护理", "（资", "深），好")


@given(_mixed, st.integers(1, 9_999_999), st.integers(20, 60))
def test_an_amount_is_never_broken_and_ends_flush_right(name: str, cents: int, width: int) -> None:
    amount = f"${cents // 100:,}.{cents % 100:02}"
    lines = flow_columns((Cell(name), Cell(amount, align=Align.RIGHT, wraps=False)), width, 1, cells)
    found = [piece for line in lines for piece in line if piece.text == amount]
    assert found
    assert found[-1].at + cells(amount) == width


def test_a_name_gets_a_line_of_its_own_where_amounts_leave_no_room() -> None:
    row = (Cell("深层组织按摩"), *(Cell(f"${n},123,456.00", align=Align.RIGHT, wraps=False) for n in (1, 2)))
    texts = [[piece.text for piece in line] for line in flow_columns(row, 32, 1, cells)]
    assert texts == [["深层组织按摩"], ["$1,123,456.00", "$2,123,456.00"]]


def test_columns_of_a_width_stand_under_each_other_whatever_the_names() -> None:
    rows = [
        (Cell(name), Cell("1", width=8, align=Align.RIGHT, wraps=False))
        for name in ("短", "一个长得多的名字")
    ]
    ends = {line[-1].at for row in rows for line in flow_columns(row, 32, 1, cells)[:1]}
    assert len(ends) == 1


def test_control_characters_in_a_name_steer_nothing() -> None:
    said = as_text(Document("sale", "en", (TextRow("Eve\x1b@\x10\x14"), amount_row("\x1dV0", "$1\x07.00"))))
    assert not {c for c in said if ord(c) < 32} - {"\n"}


def test_every_row_has_its_words_in_the_text() -> None:
    rows = (Banner("COPY"), Space(2), ImageRow(b"", "LOGO"), TextRow("x", indent=3), CutRow())
    lines = as_text(Document("sale", "en", rows), 20).splitlines()
    assert lines == ["    *** COPY ***", "", "        LOGO", "   x", "- - - - - - - - - -"]


def test_a_document_survives_the_print_queue() -> None:
    assert document_from_json(document_to_json(receipt())) == receipt()
