"""A logo: small, black and white, from a file that is a picture; what is damaged prints nothing."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from salon_desk.documents.layout import ImageRow
from salon_desk.documents.sale_receipt import sale_receipt
from salon_desk.services.receipt_logo import MOST_KEPT, pictures, png_of, prepared
from salon_desk.services.shop_rule_errors import LogoUnreadable
from tests.unit.documents.flushing import flushing_sale, say, words


def test_a_picture_is_kept_small_and_in_black_and_white(tmp_path: Path) -> None:
    Image.effect_noise((1200, 1200), 80).convert("RGBA").save(tmp_path / "noise.png")
    kept = prepared(tmp_path / "noise.png")
    assert len(kept) < MOST_KEPT
    with Image.open(io.BytesIO(png_of(kept))) as logo:
        assert (logo.size, logo.mode) == ((200, 200), "1")


@pytest.mark.parametrize("data", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"x" * 50])
def test_what_is_no_picture_is_refused_by_its_name(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "logo.png").write_bytes(data)
    with pytest.raises(LogoUnreadable) as refused:
        prepared(tmp_path / "logo.png")
    assert refused.value.name == "logo.png"


def test_the_newest_pictures_are_offered_and_nothing_else(tmp_path: Path) -> None:
    for name in ("a.png", "b.JPG", "c.txt", ".hidden.png"):
        (tmp_path / name).write_bytes(b"x")
    assert {path.name for path in pictures((tmp_path, tmp_path / "none"))} == {"a.png", "b.JPG"}


def test_a_logo_stands_on_top_of_a_receipt_and_a_damaged_one_nowhere() -> None:
    assert not png_of("")
    assert not png_of("!")
    with_logo = sale_receipt(flushing_sale(), words(logo=b"png"), say("en")).rows
    assert with_logo[0] == ImageRow(b"png")
    assert not any(
        isinstance(row, ImageRow) for row in sale_receipt(flushing_sale(), words(), say("en")).rows
    )
