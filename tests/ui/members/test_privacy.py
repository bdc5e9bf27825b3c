"""A member's privacy: the file to hand out, erasing with its consequence named, the owner's word; its pictures."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from salon_desk.storage.queries import members
from salon_desk.ui.screens.members.bands import Band
from salon_desk.ui.screens.members.presenter import MembersPresenter
from salon_desk.ui.screens.members.privacy import ERASE, EXPORT
from salon_desk.ui.screens.members.privacy_sheet import EraseSheet
from salon_desk.ui.screens.members.view import MembersScreen
from tests.ui.back_office import SIZES, Desk, Shop, too_small, unnamed
from tests.ui.members.test_members_screen import _stand


def _opened(desk: Desk, shop: Shop, who: str, folder: Path) -> tuple[MembersScreen, MembersPresenter]:
    screen = _stand(desk, shop, who=who)
    presenter = screen._presenter
    presenter.privacy.folder = folder
    presenter.open(shop.member("张晓梅"))
    desk.settle()
    presenter.show_band(Band.PRIVACY)
    desk.settle()
    return screen, presenter


def _sheet(desk: Desk) -> EraseSheet:
    sheet = desk.window.sheets.top
    assert isinstance(sheet, EraseSheet)
    return sheet


def test_the_owner_erases_after_reading_what_it_does(office: Desk, shop: Shop, tmp_path: Path) -> None:
    screen, presenter = _opened(office, shop, "helen", tmp_path)
    member = shop.member("张晓梅")
    screen.page.row_tapped.emit(ERASE)
    office.settle()
    sheet = _sheet(office)
    assert not sheet.confirm.isEnabled()
    sheet.pills.tapped.emit("asked")
    assert sheet.confirm.isEnabled()
    sheet.confirm.click()
    office.settle()
    assert presenter.state.opened is None
    with shop.till.read() as transaction:
        assert members.member(transaction, member) is None


def test_whoever_keeps_the_member_has_changed_nothing(office: Desk, shop: Shop, tmp_path: Path) -> None:
    screen, presenter = _opened(office, shop, "helen", tmp_path)
    head = shop.till.store.head
    screen.page.row_tapped.emit(ERASE)
    office.settle()
    _sheet(office).dismiss()
    office.settle()
    assert presenter.state.opened is not None
    assert shop.till.store.head == head


def test_a_manager_needs_the_owner(office: Desk, shop: Shop, tmp_path: Path) -> None:
    screen, _presenter = _opened(office, shop, "grace", tmp_path / "out")
    for key in (EXPORT, ERASE):
        screen.page.row_tapped.emit(key)
        office.settle()
        top = office.window.sheets.top
        assert top is not None
        assert not isinstance(top, EraseSheet)
        top.dismiss()
        office.settle()
    assert not (tmp_path / "out").exists()


def test_everything_that_is_kept_is_written_for_machines_and_for_people(
    office: Desk, shop: Shop, tmp_path: Path
) -> None:
    screen, _presenter = _opened(office, shop, "helen", tmp_path / "out")
    screen.page.row_tapped.emit(EXPORT)
    office.settle()
    machine, people = sorted((tmp_path / "out").iterdir())
    assert (machine.suffix, people.suffix) == (".json", ".pdf")
    assert json.loads(machine.read_bytes())["profile"]["name"] == "张晓梅"
    assert people.read_bytes().startswith(b"%PDF")


def test_a_folder_that_cannot_be_written_is_said(office: Desk, shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    screen, presenter = _opened(office, shop, "helen", tmp_path / "file")
    told: list[object] = []
    presenter.privacy._screen.refuse = told.append
    screen.page.row_tapped.emit(EXPORT)
    office.settle()
    assert type(told[0]).__name__ == "ExportNotWritten"


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_pictures(make_desk_of: Callable[..., Desk], shop: Shop, tmp_path: Path, code: str) -> None:
    desk = make_desk_of(code, *SIZES)
    screen, _presenter = _opened(desk, shop, "helen", tmp_path)
    desk.picture("members-privacy")
    assert too_small(screen) == []
    assert unnamed(screen) == []
    screen.page.row_tapped.emit(ERASE)
    desk.settle()
    _sheet(desk).pills.tapped.emit("asked")
    desk.settle()
    assert too_small(_sheet(desk)) == []
    desk.picture("members-erase")
