"""A receipt in a printer's own characters: cells and not characters, nothing as a question mark, the self-test's profile."""

from __future__ import annotations

import itertools

import msgspec
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from salon_desk.devices.emulators.command_stream import CommandStream
from salon_desk.devices.emulators.printer import EmulatedPrinter
from salon_desk.devices.escpos import encode, longest_piece
from salon_desk.devices.printer_alphabet import Alphabet
from salon_desk.devices.profile import PrinterProfile, PrintMode, load_profile, profile_names
from salon_desk.devices.self_test import SelfTestAnswers, is_slow, profile_by_answers
from salon_desk.devices.url import SerialUrl, TcpUrl
from salon_desk.documents.layout import (
    Align,
    Banner,
    BarcodeRow,
    CutRow,
    Document,
    ImageRow,
    QrRow,
    Row,
    Rule,
    Space,
    TextRow,
    Way,
    amount_row,
    as_text,
)
from salon_desk.documents.self_test import SAMPLES, self_test_page
from tests.devices.receipts import BARCODE, NUMBER, QR, receipt

SLOW = tuple(name for name in profile_names() if load_profile(name).mode is not PrintMode.RASTER)


def printed(
    document: Document, profile: PrinterProfile, *, chinese: bool = True, copy: bool = False
) -> EmulatedPrinter:
    """The document on an emulated printer, sent piece by piece."""
    printer = EmulatedPrinter(None, lambda _event: None, width_dots=profile.width_dots)
    printer.chinese = chinese
    for piece in encode(document, profile, copy=copy):
        printer.receive(piece)
    printer.idle()
    return printer


def lines(*rows: Row, profile: str = "gb18030-80mm") -> list[str]:
    return printed(Document("sale", "zh_CN", rows), load_profile(profile)).receipts[-1].text.split("\n")


def test_chinese_takes_two_cells_and_amounts_end_at_the_edge() -> None:
    for name in (
        "剪发",
        "剪发 Haircut（全头）",
        "Haircut",
        "深层组织按摩九十分钟 Deep Tissue Massage 90 min",
    ):
        shown = lines(amount_row(name, "$45.00"))
        assert [Alphabet(Way.GB18030).cells(line) for line in shown if line.endswith("$45.00")] == [48]


def test_signs_that_a_rom_has_under_another_name_are_sent_as_that() -> None:
    assert lines(TextRow("−$5 ¥20 – “好”")) == ["-$5 ￥20 — “好”"]
    assert lines(TextRow("−$5 ￥20 – “ok” 2×3…"), profile="text-cp437-80mm") == ['-$5 ¥20 - "ok" 2x3...']


@pytest.mark.parametrize("name", SLOW)
def test_a_slow_lines_receipt_has_its_words_codes_and_no_question_mark(name: str) -> None:
    profile = load_profile(name)
    printer = printed(receipt(), profile, copy=True)
    text = printer.receipts[-1].text
    assert "?" not in text
    assert "COPY" in text
    assert NUMBER in text
    if profile.draws:
        assert {code.text for code in zxingcpp.read_barcodes(printer.receipts[-1].image)} == {QR, BARCODE}
    else:
        assert QR in text.replace("\n", "")
        assert "Nguyen" in text.replace("  ", "") or "Nguy" in text


def test_a_row_with_a_sign_that_the_rom_has_not_is_drawn_and_none_other() -> None:
    assert lines(
        TextRow("喆堃 in the ROM"), TextRow("𠮷野家"), TextRow("Nguyễn Thị Hà"), TextRow("last")
    ) == [
        "喆堃 in the ROM",
        "last",
    ]
    assert lines(TextRow("染发"), TextRow("José"), profile="text-cp437-80mm") == ["José"]


def test_a_chinese_receipt_is_a_fraction_of_the_drawn_one() -> None:
    plain = Document(
        "sale", "zh_CN", tuple(row for row in receipt().rows if not isinstance(row, QrRow | BarcodeRow))
    )
    drawn = b"".join(encode(plain, load_profile("generic-80mm")))
    told = b"".join(encode(plain, load_profile("gb18030-80mm")))
    assert len(told) < len(drawn) / 4


def test_every_row_has_its_text() -> None:
    rows: tuple[Row, ...] = (
        TextRow("Lily", bold=True, size=3, align=Align.CENTRE),
        TextRow("under", indent=2),
        Rule(),
        Rule(double=True),
        Space(),
        amount_row("Total", "$9.00", bold=True, size=2),
        Banner("练习 PRACTICE"),
        QrRow("SD:1", "scan"),
        BarcodeRow("T1-1"),
        ImageRow(b"", "a logo"),
        ImageRow(b""),
        CutRow(),
        TextRow("a slip"),
        CutRow(),
    )
    printer = printed(Document("sale", "en", rows), load_profile("gb18030-plain-58mm"))
    text = "\n".join(receipt.text for receipt in printer.receipts)
    wanted = [
        "Lily",
        "  under",
        "-" * 32,
        "=" * 32,
        "Total",
        "$9.00",
        "练习 PRACTICE",
        "SD:1",
        "scan",
        "T1-1",
        "a logo",
    ]
    for said in wanted:
        assert said in text
    assert text.endswith("a slip")


def test_without_dots_a_letter_is_bare_and_a_rare_sign_a_square() -> None:
    assert lines(TextRow("Nguyễn 𠮷"), profile="gb18030-plain-80mm") == ["Nguy en □"]
    plain = msgspec.structs.replace(load_profile("text-cp437-80mm"), draws=False)
    assert printed(Document("sale", "en", (TextRow("Nguyễn 李"),)), plain).receipts[-1].text == "Nguyen ?"


@settings(max_examples=40)
@given(st.text(max_size=60))
def test_no_text_steers_the_printer_or_is_wider_than_the_paper(text: str) -> None:
    profile = load_profile("gb18030-58mm")
    pieces = encode(Document("sale", "en", (TextRow(text), amount_row(text, "$1.00"))), profile)
    assert all(len(piece) <= longest_piece(profile) for piece in pieces)
    commands = CommandStream().feed(b"".join(pieces))
    assert not any(command.real_time for command in commands)
    for piece in pieces:
        assert b"\x1dv0" in piece or len(piece) < 120


def test_the_self_test_shows_each_way_as_the_printer_knows_it() -> None:
    page = self_test_page("en")
    for profile in ("generic-80mm", "gb18030-80mm", "text-cp437-58mm"):
        text = printed(page, load_profile(profile)).receipts[-1].text
        assert "PRINTER SELF-TEST" in text
        for sample in SAMPLES[1:]:
            assert sample.line in text
        american = printed(page, load_profile(profile), chinese=False).receipts[-1].text
        assert SAMPLES[1].line not in american
        assert SAMPLES[2].line in american
    for sample in SAMPLES:
        assert sample.line in as_text(page)


@pytest.mark.parametrize(
    ("right", "slow", "profile"),
    [
        ({Way.DRAWN, Way.GB18030, Way.CP437}, False, "generic-80mm"),
        ({Way.DRAWN, Way.GB18030, Way.CP437}, True, "gb18030-80mm"),
        ({Way.GB18030}, False, "gb18030-plain-80mm"),
        ({Way.DRAWN, Way.CP437}, True, "text-cp437-80mm"),
        ({Way.DRAWN, Way.CP437, Way.CP858}, True, "text-cp858-80mm"),
        ({Way.DRAWN, Way.CP1252}, True, "text-cp1252-80mm"),
        ({Way.DRAWN}, True, "generic-80mm"),
        ({Way.CP437}, False, None),
        (set(), True, None),
    ],
)
def test_the_profile_follows_from_what_was_seen(right: set[Way], slow: bool, profile: str | None) -> None:
    assert profile_by_answers(SelfTestAnswers(frozenset(right), 80, slow)) == profile


def test_every_answer_leads_to_a_profile_of_the_product_or_to_none() -> None:
    for count in range(len(Way) + 1):
        for right in itertools.combinations(Way, count):
            for paper, slow in ((58, True), (58, False), (80, True), (80, False)):
                name = profile_by_answers(SelfTestAnswers(frozenset(right), paper, slow))
                assert name is None or load_profile(name).paper_mm == paper


def test_a_serial_line_is_slow_and_the_network_is_not() -> None:
    assert is_slow(SerialUrl("/dev/ttyS0", 115200))
    assert not is_slow(TcpUrl("printer"))
