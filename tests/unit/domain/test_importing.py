"""A row of an old list is taken whole or not at all, and says why not."""

from __future__ import annotations

import pytest

from salon_desk.domain.importing import Fault, Parsed, Sheet, parse, typed_figure
from salon_desk.domain.importing_columns import Column


def read(*rows: dict[Column, str]) -> Parsed:
    """A sheet of these rows, with a column for everything that any of them says."""
    columns = tuple(dict.fromkeys(column for row in rows for column in row)) or (Column.NAME,)
    cells = tuple(tuple(row.get(column, "") for column in columns) for row in rows)
    return parse(Sheet(tuple(columns), cells), columns, "USD")


ANN = {Column.NAME: "Ann"}


@pytest.mark.parametrize(
    ("row", "fault", "column"),
    [
        ({Column.NAME: "", Column.NOTE: "x"}, Fault.NAME_MISSING, Column.NAME),
        ({**ANN, Column.PHONE: "12"}, Fault.BAD_PHONE, Column.PHONE),
        ({**ANN, Column.PAID: "ten"}, Fault.BAD_AMOUNT, Column.PAID),
        ({**ANN, Column.PAID: "1.005"}, Fault.BAD_AMOUNT, Column.PAID),
        ({**ANN, Column.PAID: "1e30"}, Fault.BAD_AMOUNT, Column.PAID),
        ({**ANN, Column.BONUS: "-1"}, Fault.NEGATIVE, Column.BONUS),
        ({**ANN, Column.POINTS: "-3"}, Fault.NEGATIVE, Column.POINTS),
        ({**ANN, Column.POINTS: "3.5"}, Fault.BAD_NUMBER, Column.POINTS),
        ({**ANN, Column.POINTS: "10000001"}, Fault.BAD_NUMBER, Column.POINTS),
        ({**ANN, Column.BIRTHDAY: "31 June"}, Fault.BAD_BIRTHDAY, Column.BIRTHDAY),
        ({**ANN, Column.EMAIL: "ann"}, Fault.BAD_EMAIL, Column.EMAIL),
        ({**ANN, Column.WECHAT: "w" * 500}, Fault.TEXT_TOO_LONG, Column.WECHAT),
        ({**ANN, Column.CARD_CODE: "c" * 500}, Fault.TEXT_TOO_LONG, Column.CARD_CODE),
        ({**ANN, Column.GIFT_VALUE: "5"}, Fault.GIFT_WITHOUT_CODE, Column.GIFT_CODE),
        ({**ANN, Column.VISITS: "3"}, Fault.SERIES_UNKNOWN, Column.SERIES),
    ],
)
def test_a_row_that_cannot_be_kept_is_not_taken(row: dict[Column, str], fault: Fault, column: Column) -> None:
    parsed = read(row)
    assert parsed.rows == ()
    assert [(one.row, one.fault, one.column) for one in parsed.broken] == [(2, fault, column)]


def test_amounts_and_numbers_are_read_as_people_write_them() -> None:
    parsed = read(
        {**ANN, Column.PAID: "$1,234.50", Column.BONUS: "２０元", Column.POINTS: "1,200分"},
        {Column.NAME: "Bea", Column.SERIES: "足疗", Column.VISITS: "3次", Column.VISIT_WORTH: "CA$30"},
    )
    assert parsed.broken == ()
    totals = parsed.totals
    assert (totals.members, totals.paid, totals.bonus, totals.points, totals.visits) == (
        2, 123_450, 2_000, 1_200, 3,
    )  # fmt: skip
    assert parsed.rows[0].has_value
    assert not parsed.rows[1].has_value


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1987/6/5", "1987-06-05"),
        ("6月5日", "06-05"),
        ("1987-06-05 00:00:00", "1987-06-05"),
    ],
)
def test_a_birthday_is_read_as_people_and_spreadsheets_write_it(typed: str, kept: str) -> None:
    assert read({**ANN, Column.BIRTHDAY: typed}).rows[0].member.birthday == kept


def test_an_empty_row_and_a_short_one_are_no_faults() -> None:
    columns = (Column.NAME, None, Column.NOTE)
    parsed = parse(Sheet(("name", "?", "note"), (("", " ", ""), ("Ann",))), columns, "USD")
    assert [row.number for row in parsed.rows] == [3]
    assert parsed.broken == ()


@pytest.mark.parametrize(
    ("column", "fault"),
    [
        (Column.CARD_CODE, Fault.CARD_TWICE),
        (Column.OLD_NUMBER, Fault.NUMBER_TWICE),
        (Column.PHONE, Fault.PHONE_TWICE),
    ],
)
def test_what_is_one_persons_is_not_anothers(column: Column, fault: Fault) -> None:
    value = "7185550137"
    parsed = read({**ANN, column: value}, {Column.NAME: "Bea", column: value})
    assert [row.number for row in parsed.rows] == [2]
    assert [(one.row, one.fault, one.other) for one in parsed.broken] == [(3, fault, "2")]


def test_a_gift_card_stands_once_in_a_list() -> None:
    row = {Column.GIFT_CODE: "G1", Column.GIFT_VALUE: "5"}
    parsed = read({**ANN, **row}, {Column.NAME: "Bea", **row})
    assert [one.fault for one in parsed.broken] == [Fault.GIFT_TWICE]
    assert (parsed.totals.gifts, parsed.totals.gift_value) == (1, 500)


def test_two_rows_of_one_person_are_one_member_with_both_values() -> None:
    parsed = read(
        {**ANN, Column.PHONE: "7185550137", Column.PAID: "1"},
        {**ANN, Column.PHONE: "7185550137", Column.PAID: "2"},
        {**ANN, Column.PHONE: "7185550137", Column.PAID: "3"},
    )
    assert [row.same_as for row in parsed.rows] == [0, 2, 2]
    assert (parsed.totals.members, parsed.totals.paid) == (1, 600)


def test_a_figure_that_the_owner_types_wrong_differs_from_any() -> None:
    assert typed_figure("12.50", money=True) == 1_250
    assert typed_figure("1,200", money=False) == 1_200
    assert typed_figure("a lot", money=True) == typed_figure("a lot", money=False) == -1


def test_figures_that_differ_are_named() -> None:
    one, other = read({**ANN, Column.PAID: "1"}).totals, read({**ANN, Column.PAID: "2"}).totals
    assert one.differing(other) == ("paid",)
    assert one.differing(one) == ()
