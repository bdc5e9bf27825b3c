"""Documents as dots: what stands on the paper, what a scanner reads from it, what cannot be drawn."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageOps

from salon_desk.devices.codes import barcode_picture, qr_picture
from salon_desk.devices.glyphs import glyph, measure
from salon_desk.devices.receipt_raster import Cut, NativeText, Part, Picture, preview, render
from salon_desk.documents.layout import (
    Align,
    Banner,
    BarcodeRow,
    CutRow,
    Document,
    ImageRow,
    QrRow,
    Row,
    Space,
    TextRow,
    amount_row,
)
from tests.devices.receipts import BARCODE, NUMBER, QR, long_receipt, receipt

GOLDEN = Path(__file__).parent / "golden"
WIDTHS = pytest.mark.parametrize("width", [576, 384, 512])


def drawn(*rows: Row, width: int = 384) -> Image.Image:
    return preview(render(Document("sale", "en", rows), width), width)


def ink(picture: Image.Image) -> tuple[int, int, int, int] | None:
    return ImageOps.invert(picture).getbbox()


@WIDTHS
def test_the_codes_of_a_receipt_are_read_by_a_decoder(width: int) -> None:
    read = zxingcpp.read_barcodes(preview(render(receipt(), width), width))
    assert {code.text for code in read} == {QR, BARCODE}


@pytest.mark.parametrize("width", [576, 384])
def test_a_receipt_of_forty_lines_looks_as_it_was_looked_at(width: int) -> None:
    """The golden pictures: a person has looked at them. `python -m tests.devices.draw_golden` draws them anew."""
    drawn_now = preview(render(long_receipt(), width), width)
    with Image.open(GOLDEN / f"receipt_{width}.png") as golden:
        wanted = golden.convert("L")
    assert wanted.height >= 40 * 30
    assert drawn_now.size == wanted.size
    other_dots = ImageChops.difference(drawn_now, wanted).histogram()[255]
    assert other_dots <= wanted.width * wanted.height // 1000  # another FreeType may round a curve


@pytest.mark.parametrize("data", ["A", "T1-0042-9F", "123456789012345678", "https://x.example/?a=b&c=d~%"])
def test_a_barcode_is_read_back_or_not_drawn_at_all(data: str) -> None:
    for width in (576, 384):
        picture = barcode_picture(data, width)
        if picture is None:
            assert data.encode() in drawn_text(BarcodeRow(data), width)
            continue
        page = Image.new("L", (width + 80, picture.height + 40), 255)
        page.paste(ImageOps.invert(picture.convert("L")), (40 + (width - picture.width) // 2, 20))
        assert [code.text for code in zxingcpp.read_barcodes(page)] == [data]


def drawn_text(row: Row, width: int) -> bytes:
    """The words that a row falls back to, as far as it has ink."""
    assert ink(drawn(row, width=width))
    return getattr(row, "data", "").encode()


def test_a_module_of_a_code_is_at_least_three_dots() -> None:
    narrow = qr_picture("x" * 60, 384)
    assert narrow is not None
    assert narrow.width % 3 == 0 or narrow.width % 4 == 0
    assert qr_picture("x" * 2000, 384) is None
    assert qr_picture("x" * 4000, 576) is None


@pytest.mark.parametrize("row", [QrRow("x" * 2000), BarcodeRow("x" * 60), BarcodeRow("会员")])
def test_a_code_that_does_not_fit_becomes_text(row: Row) -> None:
    assert ink(drawn(row))


@WIDTHS
def test_amounts_end_at_the_edge_of_the_paper_to_the_dot(width: int) -> None:
    ends = {
        ink(drawn(amount_row(name, "$1,234.50"), width=width))[2] for name in ("染发", "Haircut", "x" * 90)
    }  # type: ignore[index]
    assert len(ends) == 1
    assert width - 3 <= ends.pop() <= width


def test_figures_have_one_width_and_a_chinese_character_two_native_cells() -> None:
    assert len({measure(digit) for digit in "0123456789"}) == 1
    assert measure("染") == 24


def test_every_character_of_a_salon_in_america_has_a_glyph() -> None:
    nothing = glyph("\U0010ffff", 24, False).dots
    assert nothing is not None
    missing = [
        c
        for c in "染发喆堃镕龘鷄麵嘅喺ễữộĐơñ¥￥€“”（）－−×·①"
        if (dots := glyph(c, 24, False).dots) is None or dots.tobytes() == nothing.tobytes()
    ]
    assert missing == []


def test_bold_has_more_ink_in_the_same_place() -> None:
    plain, bold = drawn(TextRow("合计 Total")), drawn(TextRow("合计 Total", bold=True))
    assert plain.size == bold.size
    assert sum(bold.histogram()[:1]) > sum(plain.histogram()[:1])


def test_a_banner_is_white_on_black_across_the_paper() -> None:
    picture = drawn(Banner("VOID 作废"))
    assert picture.histogram()[0] > picture.histogram()[255]
    assert ink(picture)[0::2] == (0, 384)  # type: ignore[index]


def test_a_copy_says_so_first_and_its_number_stands_in_native_text() -> None:
    parts = render(receipt(), 576, copy=True)
    native = [part for part in parts if isinstance(part, NativeText)]
    assert parts[0] is native[0]
    assert [part.text.strip() for part in native] == ["COPY", NUMBER]
    assert not [part for part in render(receipt(), 576)[:1] if isinstance(part, NativeText)]


def test_native_text_that_the_printer_has_no_letters_for_is_drawn() -> None:
    parts = render(Document("sale", "zh_CN", (TextRow("单号 42", native=True),)), 576)
    assert [type(part) for part in parts] == [Picture, Cut]


def test_every_document_ends_with_one_cut() -> None:
    def kinds(*rows: Row) -> list[type[Part]]:
        return [type(part) for part in render(Document("slip", "en", rows), 576)]

    assert kinds() == [Cut]
    assert kinds(TextRow("a"), CutRow(), TextRow("b"), CutRow()) == [Picture, Cut, Picture, Cut]


def test_long_paper_grows() -> None:
    assert drawn(*[TextRow(f"line {n}") for n in range(200)]).height == 200 * 30


def test_indented_and_aligned_text_stands_where_it_should() -> None:
    assert ink(drawn(TextRow("x", indent=4)))[0] >= 48  # type: ignore[index]
    assert ink(drawn(TextRow("x", align=Align.RIGHT)))[2] >= 382  # type: ignore[index]
    assert ink(drawn(Space(4), TextRow("x")))[1] >= 60  # type: ignore[index]


def _png(size: tuple[int, int], colour: tuple[int, int, int, int]) -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", size, colour).save(out, "PNG")
    return out.getvalue()


def test_a_logo_is_reduced_to_the_paper_and_its_transparency_stays_white() -> None:
    black = drawn(ImageRow(_png((800, 200), (0, 0, 0, 255))))
    assert black.size == (384, 96)
    assert black.histogram()[0] == 384 * 96
    assert ink(drawn(ImageRow(_png((100, 20), (0, 0, 0, 0))), TextRow("x")))[1] > 20  # type: ignore[index]


@pytest.mark.parametrize(
    "damaged", [b"", b"\x89PNG\r\n\x1a\n", _png((4000, 3000), (0, 0, 0, 255)), b"GIF89a"]
)
def test_a_logo_that_is_none_gives_way_to_its_words(damaged: bytes) -> None:
    assert ink(drawn(ImageRow(damaged, "Lily")))


def test_drawing_again_gives_the_same_dots() -> None:
    first, second = (preview(render(receipt(), 384), 384) for _ in range(2))
    assert ImageChops.difference(first, second).getbbox() is None
