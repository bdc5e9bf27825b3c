"""ESC/POS bytes: what an emulated printer draws of them is what was rendered, in fewer bytes than others need."""

from __future__ import annotations

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from salon_desk.devices.emulators.command_stream import CommandStream
from salon_desk.devices.emulators.paper import Printed
from salon_desk.devices.emulators.printer import EmulatedPrinter, KickEvent
from salon_desk.devices.escpos import (
    encode,
    encode_parts,
    kick,
    kick_in_real_time,
    library_raster,
    longest_piece,
)
from salon_desk.devices.profile import Cutter, PrinterProfile, load_profile, profile_names
from salon_desk.devices.receipt_raster import Cut, NativeText, Picture, preview, render
from salon_desk.documents import label
from salon_desk.documents.bilingual import Bilingual
from salon_desk.documents.layout import Align
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.i18n import Catalogue
from tests.devices.receipts import NUMBER, receipt

ALIKE = ("cp858", "cp1252", "label")
"""Profiles that differ from others in nothing that is looked at here."""

PROFILES = pytest.mark.parametrize(
    "profile",
    [load_profile(name) for name in profile_names() if not any(word in name for word in ALIKE)],
    ids=lambda p: p.name,
)


def printed(data: bytes, profile: PrinterProfile) -> Printed:
    printer = EmulatedPrinter(None, lambda _event: None, width_dots=profile.width_dots)
    printer.receive(data)
    printer.idle()
    (receipt,) = printer.receipts
    return receipt


@PROFILES
@pytest.mark.parametrize("copy", [False, True])
def test_the_paper_shows_exactly_what_was_rendered(profile: PrinterProfile, copy: bool) -> None:
    parts = render(receipt(), profile.width_dots, copy=copy)
    paper = printed(b"".join(encode_parts(parts, profile)), profile)
    wanted = preview(parts, profile.width_dots)
    shown = paper.image.crop((0, 0, *wanted.size))
    assert ImageChops.difference(shown, wanted).getbbox() is None
    assert paper.text.split("\n") == ([" COPY "] if copy else []) + [NUMBER]


@PROFILES
def test_copy_and_number_stand_in_the_byte_stream(profile: PrinterProfile) -> None:
    data = b"".join(encode(receipt(), profile, copy=True))
    assert b" COPY \n" in data
    assert NUMBER.encode() + b"\n" in data
    assert b"COPY" not in b"".join(encode(receipt(), profile))


@PROFILES
def test_every_piece_is_whole_commands_that_zero_bytes_can_end(profile: PrinterProfile) -> None:
    pieces = encode(receipt(), profile)
    apart = [command for piece in pieces for command in CommandStream().feed(piece)]
    assert CommandStream().feed(b"".join(pieces)) == apart
    for torn in (max(pieces, key=len)[:-1], max(pieces, key=len)[:12]):
        after = CommandStream().feed(torn + bytes(longest_piece(profile)) + b"after")
        assert after[-1].data == b"after"


def test_the_raster_is_smaller_than_the_librarys_own_of_the_same_picture() -> None:
    profile = load_profile("generic-80mm")
    ours = sum(map(len, encode(receipt(), profile)))
    theirs = len(library_raster(preview(render(receipt(), 576), 576)))
    assert ours < 0.7 * theirs


@given(st.lists(st.binary(min_size=6, max_size=6), min_size=1, max_size=200))
def test_any_picture_arrives_dot_for_dot_but_for_hidden_commands(rows: list[bytes]) -> None:
    profile = PrinterProfile("test", "test", 58, 48)
    dots = Image.frombytes("1", (48, len(rows)), b"".join(rows))
    pieces = encode_parts((Picture(dots), NativeText("end", Align.LEFT), Cut()), profile)
    paper = printed(b"".join(pieces), profile).image.crop((0, 0, 48, len(rows)))
    shown = paper.point([255 - n for n in range(256)]).convert("1").tobytes()
    for wanted, got in zip(b"".join(rows), shown, strict=True):
        assert got == wanted or (wanted == 0x10 and got == 0x18)


@pytest.mark.parametrize("hidden", [b"\x10\x04\x01", b"\x10\x05\x02", b"\x10\x14\x01\x00\x02"])
def test_no_real_time_command_hides_in_a_picture(hidden: bytes) -> None:
    row = hidden.ljust(72, b"\x01")
    dots = Image.frombytes("1", (576, 30), row * 30)
    data = b"".join(encode_parts((Picture(dots), Cut()), load_profile("generic-80mm")))
    assert hidden[:2] not in data


def test_white_paper_is_fed_and_not_sent() -> None:
    data = b"".join(encode_parts((Picture(Image.new("1", (576, 600))), Cut()), load_profile("generic-80mm")))
    assert b"\x1dv0" not in data
    assert data.count(b"\x1bJ") == 3
    assert len(data) < 30


@pytest.mark.parametrize(
    ("cutter", "end"), [(Cutter.FULL, b"\x1dV\0"), (Cutter.PARTIAL, b"\x1dVB\0"), (Cutter.NONE, b"\x1bd\x04")]
)
def test_the_end_of_the_paper_is_cut_as_the_model_can(cutter: Cutter, end: bytes) -> None:
    profile = PrinterProfile("test", "test", 80, 576, cutter=cutter, feed_lines=4)
    assert encode_parts((Cut(),), profile)[-1].endswith(end)


@pytest.mark.parametrize("pin", [2, 5])
@pytest.mark.parametrize("pulse", [kick, kick_in_real_time])
def test_a_kick_opens_the_drawer_of_the_profiles_pin(pin: int, pulse: object) -> None:
    kicked: list[object] = []
    printer = EmulatedPrinter(None, kicked.append)
    printer.receive(pulse(PrinterProfile("test", "test", 80, 576, drawer_pin=pin)))  # type: ignore[operator]
    assert kicked == [KickEvent(pin)]


@pytest.mark.parametrize("width", label.COLUMNS)
@pytest.mark.parametrize("kind", label.LabelKind)
def test_each_label_is_as_high_as_one_label_and_its_code_is_read(width: int, kind: label.LabelKind) -> None:
    name = Names("Nail Lacquer Big Apple Red Limited Edition 15 ml", "大苹果红限量版指甲油十五毫升")
    thing = label.Labelled(name, Money(111_800, "USD"), "6901234567892")
    say = Bilingual(Catalogue.load("en"), Catalogue.load("zh_CN"))
    document = label.labels([(thing, 3)], kind, say, width_mm=width)
    profile = load_profile(f"label-{width}x30mm")
    printer = EmulatedPrinter(None, lambda _event: None, width_dots=profile.width_dots)
    printer.receive(b"".join(encode(document, profile)))
    printer.idle()
    pitch = profile.label_rows + profile.gap_rows
    sheet = printer.receipts[0].image
    assert sheet.height == 3 * pitch
    for top in range(0, 3 * pitch, pitch):
        one = sheet.crop((0, top, profile.width_dots, top + pitch))
        assert [code.text for code in zxingcpp.read_barcodes(one)] == ["6901234567892"]
        assert one.crop((0, profile.label_rows, profile.width_dots, pitch)).getextrema() == (255, 255)
