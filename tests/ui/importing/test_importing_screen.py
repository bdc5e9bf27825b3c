"""The import with taps: a list is found, looked at, signed for, carried over, stopped, taken back; its pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from salon_desk.services import search
from salon_desk.services.slices import Sliced
from salon_desk.ui.approval.view import ApprovalDesk
from salon_desk.ui.screens.importing import presenter as behaviour
from salon_desk.ui.screens.importing.pages import MeaningSheet
from salon_desk.ui.screens.importing.presenter import ImportingPresenter, Step
from salon_desk.ui.screens.importing.view import ImportingScreen
from tests.integration.importing.lists import as_csv, many, with_trouble
from tests.ui.back_office import SIZES, Desk, Shop, session_of, too_small, unnamed
from tests.ui.link.fake_link import TWICE
from tests.ui.queued import Queued


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a list lies, as the old system exported it."""
    place = tmp_path / "stick"
    place.mkdir()
    rows = [[*row[:7], "凝胶美甲" if row[8] else "", *row[8:]] for row in many(60)]
    (place / "会员导出.csv").write_bytes(as_csv(with_trouble(rows), "gb18030"))
    (place / "notes.pdf").write_bytes(b"")
    return place


def stand(
    desk: Desk, shop: Shop, folder: Path, who: str = "helen"
) -> tuple[ImportingScreen, ImportingPresenter]:
    session = session_of(shop, who)
    presenter = ImportingPresenter(
        shop.till,
        desk.tasks,
        session,
        approvals=ApprovalDesk(desk.window, shop.till, session),
        places=lambda: (folder, folder / "missing"),
    )
    screen = desk.stand(
        "importing", lambda host: ImportingScreen(host, presenter, back_to=lambda: host.go("elsewhere"))
    )
    assert isinstance(screen, ImportingScreen)
    desk.settle()
    return screen, presenter


def chosen(desk: Desk, shop: Shop, folder: Path) -> tuple[ImportingScreen, ImportingPresenter]:
    screen, presenter = stand(desk, shop, folder)
    screen.choose.chosen.emit(str(folder / "会员导出.csv"))
    until(desk, lambda: presenter.state.plan is not None and presenter.state.looked == 60)
    return screen, presenter


def until(desk: Desk, holds: Callable[[], bool]) -> None:
    for _time in range(400):
        desk.settle()
        if holds():
            return
    pytest.fail("it never came")


def fill(screen: ImportingScreen, presenter: ImportingPresenter, pin: str = "9999") -> None:
    plan = presenter.state.plan
    assert plan is not None
    for name, value in asdict(plan.totals).items():
        money = name in ("paid", "bonus", "gift_value")
        screen.sign.figures[name].set_text(f"{value / 100:.2f}" if money else str(value))
    screen.sign.name.set_text("Helen Huang")
    screen.sign.pin.set_text(pin)


def test_a_list_is_found_looked_at_signed_for_and_carried_over(
    office: Desk, shop: Shop, folder: Path
) -> None:
    screen, presenter = chosen(office, shop, folder)
    assert [one.path.name for one in presenter.state.files or ()] == ["会员导出.csv"]
    assert len(presenter.state.broken) == 6
    screen.look.go_on.click()
    until(office, lambda: presenter.state.step is Step.SIGN)
    fill(screen, presenter, pin="1111")
    screen.sign.start.click()
    until(office, lambda: presenter.state.refusal is not None)
    assert screen.sign.pin.text == ""
    fill(screen, presenter)
    screen.sign.start.click()
    until(office, lambda: presenter.state.over)
    assert presenter.state.plan is not None
    assert presenter.state.taken == presenter.state.plan.totals
    assert any(found.member is not None for found in search.search(shop.till, "88000005"))
    screen.run.finished.emit()
    until(office, lambda: bool(presenter.state.lists))
    assert presenter.state.step is Step.CHOOSE


def test_figures_that_differ_are_signed_for_only_when_the_owner_says_so(
    office: Desk, shop: Shop, folder: Path
) -> None:
    screen, presenter = chosen(office, shop, folder)
    presenter.go_on()
    until(office, lambda: presenter.state.step is Step.SIGN)
    fill(screen, presenter)
    screen.sign.figures["points"].set_text("1")
    screen.sign.start.click()
    until(office, lambda: type(presenter.state.refusal).__name__ == "TotalsDiffer")
    screen.sign.pin.set_text("9999")
    screen.sign.may_differ.click()
    assert screen.sign.may_differ.chosen
    screen.sign.start.click()
    until(office, lambda: presenter.state.over)


def test_a_column_is_named_by_hand(office: Desk, shop: Shop, folder: Path) -> None:
    screen, presenter = chosen(office, shop, folder)
    screen.look.column_tapped.emit(1)
    office.settle()
    sheet = office.window.sheets.top
    assert isinstance(sheet, MeaningSheet)
    sheet.pills.tapped.emit("-")
    until(office, lambda: presenter.state.refusal is not None)
    assert presenter.state.plan is None
    assert not screen.look.go_on.isEnabled()
    presenter.name_column(1, behaviour.Column.NAME)
    until(office, lambda: presenter.state.plan is not None)


def test_stopping_keeps_what_is_recorded_and_the_same_list_goes_on(
    office: Desk, shop: Shop, folder: Path
) -> None:
    screen, presenter = chosen(office, shop, folder)
    presenter.go_on()
    until(office, lambda: presenter.state.step is Step.SIGN)
    fill(screen, presenter)
    seen = presenter.changed

    def stop_soon() -> None:
        seen()
        if presenter.state.step is Step.CARRY and presenter.state.batch == 1:
            presenter.state = behaviour.replace(presenter.state, stopping=True)

    presenter.changed = stop_soon
    screen.sign.start.click()
    until(office, lambda: presenter.state.over)
    assert presenter.state.batch < presenter.state.batches
    presenter.changed = seen
    presenter.again()
    screen.choose.chosen.emit(str(folder / "会员导出.csv"))
    until(office, lambda: presenter.state.plan is not None)
    presenter.go_on()
    until(office, lambda: presenter.state.over)
    assert presenter.state.batch == presenter.state.batches


def test_a_manager_is_sent_to_the_owner(office: Desk, shop: Shop, folder: Path) -> None:
    _screen, presenter = stand(office, shop, folder, who="grace")
    assert office.window.sheets.top is not None
    assert presenter.state.files is None
    office.window.sheets.top.dismiss()
    office.settle()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_pictures(
    make_desk_of: Callable[..., Desk], shop: Shop, folder: Path, code: str, size: tuple[int, int]
) -> None:
    desk = make_desk_of(code, size)
    screen, presenter = stand(desk, shop, folder)
    desk.picture("import-choose")
    screen.choose.chosen.emit(str(folder / "会员导出.csv"))
    until(desk, lambda: presenter.state.plan is not None and presenter.state.looked == 60)
    desk.picture("import-look")
    screen.look.pills.tapped.emit("broken")
    desk.picture("import-broken")
    assert (too_small(screen), unnamed(screen)) == ([], [])
    screen.look.column_tapped.emit(4)
    desk.picture("import-meaning")
    desk.window.sheets.top.dismiss()  # type: ignore[union-attr]
    presenter.go_on()
    until(desk, lambda: presenter.state.step is Step.SIGN)
    fill(screen, presenter)
    desk.picture("import-sign")
    assert (too_small(screen.sign), unnamed(screen.sign)) == ([], [])
    screen.sign.start.click()
    until(desk, lambda: presenter.state.over)
    desk.picture("import-done")
    screen.run.finished.emit()
    until(desk, lambda: bool(presenter.state.lists))
    presenter.state = replace(
        presenter.state, lists=tuple(replace(one, twice=TWICE) for one in presenter.state.lists)
    )
    presenter.changed()
    desk.picture("import-twice")
    presenter.take_back(presenter.state.lists[0].signed.list_id)
    until(desk, lambda: presenter.state.over)
    desk.picture("import-back")


def test_a_list_is_read_in_slices_says_how_far_it_is_and_can_be_stopped(
    office: Desk, shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "long.csv").write_bytes(as_csv([[f"{n}"] for n in range(500)], "utf-8", ["name"]))
    monkeypatch.setattr(Sliced.go_on, "__defaults__", (0,))
    office.tasks = tasks = Queued()
    screen, presenter = stand(office, shop, tmp_path)
    tasks.step()
    presenter.choose(tmp_path / "long.csv")
    for _slice in range(3):
        tasks.step()
    assert presenter.state.step is Step.READ
    assert len(tasks.waiting) == 1  # a sale goes in between
    office.picture("import-1-reading")
    assert "About 150 lines" in screen.run._how_far.text()
    office.tap(screen.run.button)
    tasks.step()
    assert presenter.state.step is Step.CHOOSE
    presenter.choose(tmp_path / "long.csv")
    while tasks.waiting:
        tasks.step()
    assert presenter.state.sheet is not None
    assert len(presenter.state.sheet.rows) == 500
