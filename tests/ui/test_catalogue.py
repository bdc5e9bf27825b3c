"""What a catalogue value writes: words, counts, money, times and days, and where it finds its words."""

from __future__ import annotations

import os
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po

from salon_desk import i18n
from salon_desk.domain.money import Money
from salon_desk.i18n import LANGUAGES, N_, Catalogue, ClockFormat

EN = Catalogue("en")


def _folder(tmp_path: Path, words: str, *, compiled: bool) -> Path:
    """A catalogue folder whose Chinese for "Pay {amount}" is `words`."""
    catalog = Catalog(locale="zh_CN")
    catalog.add("Pay {amount}", words)
    catalog.add(("{n} line", "{n} lines"), ("{n} 项",))
    place = tmp_path / "zh_CN" / "LC_MESSAGES"
    place.mkdir(parents=True, exist_ok=True)
    buffer = BytesIO()
    (write_mo if compiled else write_po)(buffer, catalog)
    (place / f"salon_desk.{'mo' if compiled else 'po'}").write_bytes(buffer.getvalue())
    return place


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(i18n, "_folders", lambda: [tmp_path])
    i18n._translations.cache_clear()
    monkeypatch.setattr(i18n, "_translations", i18n._translations.__wrapped__)
    return tmp_path


def test_a_sentence_is_filled_by_name() -> None:
    assert EN.text("Pay {amount}", amount="$45.00") == "Pay $45.00"


def test_a_sentence_without_parameters_may_hold_braces() -> None:
    assert EN.text("{}") == "{}"


def test_no_msgid_is_no_words_and_not_the_header_of_the_file() -> None:
    assert all(Catalogue.load(language).text("") == "" for language in LANGUAGES)


def test_a_count_takes_the_right_form() -> None:
    assert EN.plural("{n} line", "{n} lines", 1) == "1 line"
    assert EN.plural("{n} line", "{n} lines", 3) == "3 lines"


def test_marking_a_literal_leaves_it_as_it_is() -> None:
    assert N_("Checkout") == "Checkout"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="fr"):
        Catalogue.load("fr")


def test_a_language_without_a_file_speaks_english(folder: Path) -> None:
    assert Catalogue.load("zh_CN").text("Pay {amount}", amount=1) == "Pay 1"


def test_words_come_from_the_compiled_file(folder: Path) -> None:
    _folder(folder, "收款 {amount}", compiled=True)
    assert Catalogue.load("zh_CN").text("Pay {amount}", amount="$1.00") == "收款 $1.00"
    assert Catalogue.load("zh_CN").plural("{n} line", "{n} lines", 3) == "3 项"


def test_words_come_from_the_source_where_nothing_is_compiled(folder: Path) -> None:
    _folder(folder, "收款 {amount}", compiled=False)
    assert Catalogue.load("zh_CN").text("Pay {amount}", amount="$1.00") == "收款 $1.00"


def test_a_source_that_is_newer_than_the_compiled_file_wins(folder: Path) -> None:
    place = _folder(folder, "旧 {amount}", compiled=True)
    _folder(folder, "新 {amount}", compiled=False)
    os.utime(place / "salon_desk.mo", (1, 1))
    assert Catalogue.load("zh_CN").text("Pay {amount}", amount=1) == "新 1"


def test_a_compiled_file_that_is_newer_is_used_without_reading_the_source(folder: Path) -> None:
    place = _folder(folder, "对 {amount}", compiled=True)
    (place / "salon_desk.po").write_text("this is no catalogue")
    os.utime(place / "salon_desk.po", (1, 1))
    assert Catalogue.load("zh_CN").text("Pay {amount}", amount=1) == "对 1"


@pytest.mark.parametrize(
    ("cents", "currency", "written"),
    [
        (4500, "USD", "$45.00"),
        (-1000, "USD", "−$10.00"),
        (0, "USD", "$0.00"),
        (5, "CAD", "$0.05"),
        (124050000, "USD", "$1,240,500.00"),
        (-99, "EUR", "−EUR 0.99"),
    ],
)
def test_money_is_written_with_two_places_and_a_true_minus(cents: int, currency: str, written: str) -> None:
    assert EN.money(Money(cents, currency)) == written


def test_an_addition_shows_its_sign() -> None:
    assert EN.money(Money(800, "USD"), signed=True) == "+$8.00"
    assert EN.money(Money(-800, "USD"), signed=True) == "−$8.00"
    assert EN.money(Money(0, "USD"), signed=True) == "$0.00"


def test_a_count_has_separators() -> None:
    assert (EN.number(1240), EN.number(-1240)) == ("1,240", "−1,240")


@pytest.mark.parametrize(
    ("hour", "minute", "written"),
    [(0, 5, "12:05 AM"), (9, 30, "9:30 AM"), (12, 0, "12:00 PM"), (15, 5, "3:05 PM"), (23, 59, "11:59 PM")],
)
def test_the_clock_of_twelve_hours(hour: int, minute: int, written: str) -> None:
    assert Catalogue("en", ClockFormat.HOURS_12).time(time(hour, minute)) == written


def test_the_clock_of_twenty_four_hours() -> None:
    assert EN.time(time(15, 5)) == "15:05"
    assert EN.time(time(0, 0)) == "00:00"


def test_days_and_moments() -> None:
    assert EN.day(date(2026, 11, 22)) == "Sun, Nov 22"
    assert EN.day(date(2026, 1, 2), year=True) == "Fri, Jan 2, 2026"
    assert EN.moment(datetime(2026, 11, 22, 15, 5)) == "Sun, Nov 22 15:05"  # noqa: DTZ001 (a local time)
    assert EN.minutes(45) == "45 min"
