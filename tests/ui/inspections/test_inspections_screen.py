"""The monthly look at the terminal: what was seen is kept under a name, what is due or suspect is said; and its pictures."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from salon_desk.i18n import Catalogue
from salon_desk.services import inspections
from salon_desk.services.inspection_photo import PhotoUnreadable, photo_digest
from salon_desk.services.inspections import InspectionAsk
from salon_desk.ui.approval.view import ApprovalDesk
from salon_desk.ui.inspection_words import inspection_warning
from salon_desk.ui.screens.inspections.presenter import InspectionsPresenter, TypedLook
from salon_desk.ui.screens.inspections.view import InspectionsScreen
from tests.ui.back_office import MANAGER, SIZES, Desk, Shop, session_of, too_small, unnamed

EN = Catalogue.load("en")
TERMINAL = "左边 Left"


def _stand(desk: Desk, shop: Shop, terminal: str = TERMINAL) -> InspectionsScreen:
    session = session_of(shop, "grace")
    presenter = InspectionsPresenter(
        shop.till,
        desk.tasks,
        session,
        approvals=ApprovalDesk(desk.window, shop.till, session),
        terminal=lambda: terminal,
    )
    screen = desk.stand(
        "inspections",
        lambda host: InspectionsScreen(host, presenter, back_to=lambda: desk.window.go("devices")),
    )
    assert isinstance(screen, InspectionsScreen)
    return screen


def _looked(shop: Shop, serial: str, *, whole: bool = True) -> None:
    ask = InspectionAsk(TERMINAL, serial, seal_intact=whole, note="behind the vase")
    inspections.inspect(shop.till, shop.command(), MANAGER, ask)


def _seal(desk: Desk, screen: InspectionsScreen, key: str) -> None:
    pill = screen.seals.pill(key)
    assert pill is not None
    desk.tap(pill)


def test_a_look_is_kept_with_its_serial_its_seal_and_who_looked(
    office: Desk, shop: Shop, tmp_path: Path
) -> None:
    screen, photo = _stand(office, shop), tmp_path / "seal.jpg"
    photo.write_bytes(b"a picture")
    assert not screen.keep.isEnabled()
    screen.serial.set_text("1240512345")
    screen.photo.set_text(str(photo))
    _seal(office, screen, "whole")
    office.tap(screen.keep)
    last = inspections.standing(shop.till, TERMINAL).last
    assert last is not None
    assert (last.serial, last.seal_intact, last.signer) == ("1240512345", True, "grace")
    assert last.photo == hashlib.sha256(b"a picture").hexdigest()
    assert screen.list.model().rowCount() == 1
    assert not screen.keep.isEnabled()
    assert screen.serial.text == ""


def test_a_photo_that_is_none_and_a_missing_serial_are_said_and_nothing_is_kept(
    office: Desk, shop: Shop
) -> None:
    screen = _stand(office, shop)
    _seal(office, screen, "whole")
    office.tap(screen.keep)
    assert "erial" in screen._refusal.text()
    screen.serial.set_text("1240512345")
    assert not screen._refusal.isVisible()
    screen.photo.set_text("/no/such/picture.jpg")
    office.tap(screen.keep)
    assert "cannot be read as a photo" in screen._refusal.text()
    assert inspections.standing(shop.till, TERMINAL).last is None


def test_an_empty_file_is_no_photo(tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").touch()
    assert photo_digest("  ") == ""
    with pytest.raises(PhotoUnreadable):
        photo_digest(str(tmp_path / "empty.jpg"))


def test_what_is_due_and_what_is_suspect_is_said(closed_shop: Shop) -> None:
    shop = closed_shop

    def warning() -> str:
        return inspection_warning(inspections.standing(shop.till, TERMINAL), EN)

    assert "yet" in warning()
    _looked(shop, "1240512345")
    assert warning() == ""
    shop.clock.instant += timedelta(days=40)
    assert "40 days ago" in warning()
    _looked(shop, "1240599999")
    assert "Take no cards" in warning()


def test_without_a_terminal_nothing_can_be_kept(office: Desk, shop: Shop) -> None:
    screen = _stand(office, shop, terminal="")
    screen.serial.set_text("1240512345")
    _seal(office, screen, "broken")
    assert not screen.keep.isEnabled()
    screen.presenter.keep(TypedLook("1240512345"))
    assert inspections.standing(shop.till, TERMINAL).last is None


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_pictures(
    make_desk_of: Callable[..., Desk], closed_shop: Shop, code: str, size: tuple[int, int]
) -> None:
    desk, shop = make_desk_of(code, size), closed_shop
    screen = _stand(desk, shop)
    if size == SIZES[0]:
        desk.picture("inspections-never")
    _looked(shop, "1240512345")
    shop.clock.instant += timedelta(days=40)
    screen.shown()
    screen.serial.set_text("1240512345")
    _seal(desk, screen, "whole")
    desk.picture("inspections")
    assert too_small(screen) == []
    assert unnamed(screen) == []
