"""Each recovery as a person walks through it: start, read what the screen says, sell, be in step with head office, nothing lost.

The till is the real one in its real window, head office serves in this process, the line can be cut. A sale counts once the
screen has said that it is paid; at the end head office has every one of them and both print the same digest.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from salon_desk.bootstrap.head_office import fill_demo
from salon_desk.bootstrap.hub import Joining
from salon_desk.bootstrap.office_data import office_at
from salon_desk.bootstrap.till import open_till
from salon_desk.domain.access import Role
from salon_desk.domain.shift import Denomination
from salon_desk.head_office import lost_tills, restored
from salon_desk.i18n import Catalogue
from salon_desk.services import shifts
from salon_desk.services.link_status import LinkState
from salon_desk.services.plight import plight
from salon_desk.services.till import Actor
from salon_desk.storage import journal
from salon_desk.storage.office import Place
from salon_desk.storage.trimming import trim
from salon_desk.storage.verify import verify
from salon_desk.ui import plight_words
from salon_desk.ui.counter.tender_plan import CASH
from salon_desk.ui.screens.link.view import LinkScreen
from salon_desk.ui.screens.pay.view import PayScreen
from salon_desk.ui.screens.recovery.view import RecoveryScreen
from tests.integration.epochs.folders import keep, restore
from tests.integration.epochs.restored import office_digest, till_digest
from tests.integration.head_office.serving import HeadOffice, serving_at
from tests.integration.hub.shop import ServedHub
from tests.integration.window.conftest import Desk
from tests.network.proxy import FaultProxy, Line

_PATIENCE_MS = 30_000


class Walk:
    """A till of the demo chain at its window, started as often as one likes, and head office behind a line."""

    def __init__(self, folder: Path, place: Place, application: QApplication, qtbot: QtBot) -> None:
        self.folder, self.place = folder, place
        self._application, self._qtbot = application, qtbot
        self._open = contextlib.ExitStack()
        self.sold: list[str] = []
        self.office: HeadOffice | None = None
        self.line: FaultProxy | None = None
        self._desk: Desk | None = None

    @property
    def desk(self) -> Desk:
        assert self._desk is not None
        return self._desk

    def until(self, came: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(came, timeout=_PATIENCE_MS)

    def serve(self) -> HeadOffice:
        """Head office serves, behind a line."""
        self.office = self._open.enter_context(serving_at(self.place))
        if self.line is None:
            target = ("127.0.0.1", urlsplit(self.office.url).port or 0)
            self.line = self._open.enter_context(FaultProxy(target, seed=1))
        return self.office

    def serve_again(self) -> None:
        """It serves after a restart; the till finds it."""
        office = self.serve()
        self.desk.running.link.use_address(office.url).result(30)

    def start(self, folder: Path | None = None) -> Desk:
        """Open the till's window."""
        self._desk = Desk(open_till(folder or self.folder), self._application)
        return self.desk

    def end(self) -> None:
        """Close the till's window in order."""
        self.desk.close()
        self._desk = None

    def close(self) -> None:
        """Whatever still runs."""
        if self._desk is not None:
            self._desk.close()
        self._open.close()

    def begin_to_trade(self) -> None:
        """Somebody signs in, and there is a shift."""
        self.desk.sign_in()
        till = self.desk.running.till
        float_ = (Denomination(1000, 10),)
        amy = Actor("amy", Role.CASHIER)
        self.desk.running.worker.run(
            lambda: shifts.open_shift(till, till.new_id(), amy, denominations=float_)
        )

    def lying(self) -> str:
        """What lies on cards at this till, as a person reads it."""
        found = self.desk.running.worker.run(lambda: plight(self.desk.running.till)).lying
        assert found
        return plight_words.sums(found, Catalogue.load("en"))

    def sell(self) -> None:
        """A guest pays in cash, and the screen says that it is paid."""
        places = self.desk.opened.places
        self.desk.opened.window.go("checkout")
        self.desk.settle()
        places.checkout.presenter.tap_item("gel-manicure")
        self.desk.settle()
        places.pay(places.checkout.presenter.state.ticket)
        pay = self.desk.opened.window.screen_for("pay")
        assert isinstance(pay, PayScreen)
        self.until(lambda: pay.presenter.state.fresh)
        pay.presenter.edits.choose_tender(CASH)
        self.until(lambda: pay.presenter.state.ready)
        pay.plan.complete.click()
        self.until(lambda: pay.presenter.state.sold is not None)
        sold = pay.presenter.state.sold
        assert sold is not None
        self.sold.append(sold.op_id)

    def synced(self) -> None:
        """Nothing is pending either way."""
        link = self.desk.running.link
        self.until(lambda: link.wait_until_synced(0.05))
        self.until(lambda: link.status().pending_root == 0)

    def first_screen(self) -> str:
        """Everything that the first screen says."""
        window = self.desk.opened.window
        assert window.current == "recovery"
        screen = window.screen_for("recovery")
        assert isinstance(screen, RecoveryScreen)
        facts = [row.title.text() for row in screen.facts if row.isVisibleTo(screen)]
        return "\n".join([screen._title.text(), *facts])

    def beside_the_line(self) -> str:
        """Everything that the link screen says of the line and of what befell the till."""
        window = self.desk.opened.window
        window.go("link")
        self.desk.settle()
        screen = window.screen_for("link")
        assert isinstance(screen, LinkScreen)
        return "\n".join([screen.state.line.headline.text(), *screen.state.plight.titles])

    def in_step(self, folder: Path | None = None) -> None:
        """Head office has every sale that was said to be paid, and nobody contradicts anybody."""
        self.synced()
        running, office = self.desk.running, self.office
        assert office is not None
        self.until(lambda: running.worker.run(lambda: till_digest(running.till)) == office_digest(office))
        assert verify(folder or self.folder).problems == ()
        assert verify(self.place).problems == ()
        with office_at(self.place) as data, data.database.read() as transaction:
            missing = [one for one in self.sold if journal.operation_of(transaction, one) is None]
        assert missing == []


@pytest.fixture(scope="module")
def demo_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo chain's head office, filled once."""
    folder = tmp_path_factory.mktemp("filled") / "office"
    fill_demo(Place(folder=folder))
    return folder


@pytest.fixture
def walk(folder: Path, demo_office: Path, tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Walk]:
    """A till that has joined, trades, and has sold once."""
    place = Place(folder=Path(shutil.copytree(demo_office, tmp_path / "office")))
    made = Walk(folder, place, qapp, qtbot)
    try:
        office = made.serve()
        assert made.line is not None
        desk = made.start()
        desk.running.link.enroll(made.line.url, office.code("S1", "Counter 1")).result(30)
        made.synced()
        made.begin_to_trade()
        made.sell()
        made.synced()
        yield made
    finally:
        made.close()


def _sold_on_since_its_backup(walk: Walk, tmp_path: Path, *, trimmed: bool = False) -> Path:
    """The backup of a till that has sold once more since, which head office has."""
    walk.end()
    kept = keep(walk.folder, tmp_path / "kept")
    walk.start()
    walk.desk.sign_in()
    walk.sell()
    walk.synced()
    if trimmed:
        walk.desk.running.worker.run(lambda: trim(walk.desk.running.till.store, 1))
    walk.end()
    return kept


def _say(desk: Desk, name: str) -> None:
    """Tap the button of this name on the sheet in front."""
    sheet = desk.opened.window.sheets.top
    assert sheet is not None
    next(one for one in sheet.findChildren(QPushButton) if one.accessibleName() == name).click()


def test_a_backup_beside_its_anchor_says_that_everything_is_there_again(walk: Walk, tmp_path: Path) -> None:
    kept = _sold_on_since_its_backup(walk, tmp_path)
    restore(kept, walk.folder, "till.db")
    walk.start()
    said = walk.first_screen()
    assert said.startswith("This till was restored from a backup")
    assert "Everything that was confirmed is in the books again" in said
    walk.desk.sign_in()
    walk.sell()
    walk.in_step()


def test_missing_records_are_waited_for_and_come_back(walk: Walk, tmp_path: Path) -> None:
    kept = _sold_on_since_its_backup(walk, tmp_path, trimmed=True)
    restore(kept, walk.folder, "till.db")
    assert walk.line is not None
    walk.line.turn(Line.DOWN)
    walk.start()
    assert walk.first_screen().startswith("This till is fetching its own records back")
    assert "of its own records are missing" in walk.first_screen()
    walk.line.turn(Line.UP)
    walk.desk.running.link.retry()
    walk.until(lambda: walk.first_screen().startswith("This till has its own records back"))
    walk.desk.sign_in()
    walk.sell()
    walk.in_step()


def test_a_manager_goes_on_without_the_missing_records_and_they_come_later(
    walk: Walk, tmp_path: Path
) -> None:
    value = walk.lying()
    kept = _sold_on_since_its_backup(walk, tmp_path, trimmed=True)
    restore(kept, walk.folder, "till.db")
    assert walk.line is not None
    walk.line.turn(Line.DOWN)
    walk.start()
    walk.desk.sign_in(Role.MANAGER)
    walk.desk.opened.window.go("recovery")
    walk.desk.settle()
    screen = walk.desk.opened.window.screen_for("recovery")
    assert isinstance(screen, RecoveryScreen)
    screen.without.click()
    _say(walk.desk, "Go on without them")
    walk.until(lambda: "goes on without its missing records" in walk.first_screen())
    assert f"{value} on " in walk.first_screen()
    walk.sell()
    walk.line.turn(Line.UP)
    walk.desk.running.link.retry()
    walk.until(lambda: "is out of reach" not in walk.beside_the_line())
    walk.in_step()


def test_a_backup_without_its_anchor_says_what_is_out_of_reach(walk: Walk, tmp_path: Path) -> None:
    value = walk.lying()
    kept = _sold_on_since_its_backup(walk, tmp_path)
    restore(kept, walk.folder, "till.db")
    (walk.folder / "till.anchor").unlink()
    walk.start()
    said = walk.first_screen()
    assert said.startswith("This till was restored and begins anew")
    assert f"{value} on " in said
    assert "Compare with the receipts since the backup" in said
    walk.desk.sign_in()
    walk.sell()
    walk.in_step()
    assert f"{value} on " in walk.beside_the_line()


def test_a_copied_folder_says_that_it_is_one_and_the_original_goes_on(walk: Walk, tmp_path: Path) -> None:
    value = walk.lying()
    walk.end()
    copy = Path(shutil.copytree(walk.folder, tmp_path / "copy"))
    walk.start(copy)
    said = walk.first_screen()
    assert said.startswith("This till's data is a copy")
    assert f"{value} on cards stays with the original till" in said
    walk.desk.sign_in()
    walk.sell()
    walk.in_step(copy)
    walk.end()
    walk.start()
    assert walk.desk.opened.window.current == "sign_in"
    walk.desk.sign_in()
    walk.sell()
    walk.in_step()


def test_a_till_that_was_declared_lost_says_so_when_it_is_back(walk: Walk) -> None:
    node = walk.desk.running.till.store.node
    walk.end()
    with office_at(walk.place) as office:
        assert lost_tills.declare_dead(office, node, "broken")
    walk.start()
    walk.desk.sign_in()
    walk.until(lambda: "Close the shift here" in walk.beside_the_line())
    walk.sell()
    walk.end()
    walk.start()
    said = walk.first_screen()
    assert said.startswith("This till had been declared lost, and is back")
    assert "No guest has lost anything by it" in said
    walk.in_step()


def test_a_head_office_put_back_to_yesterday_gets_everything_again(walk: Walk, tmp_path: Path) -> None:
    assert walk.office is not None
    walk.office.close()
    office = tmp_path / "office"
    yesterday = keep(office, tmp_path / "yesterday")
    walk.serve_again()
    walk.sell()
    walk.synced()
    walk.office.close()
    shutil.rmtree(office)
    yesterday.rename(office)
    walk.serve_again()
    walk.until(lambda: walk.beside_the_line().startswith("Head office was put back to an older backup"))
    walk.sell()
    walk.office.close()
    with office_at(walk.place) as data:
        assert restored.go_on(data)
    walk.serve_again()
    walk.until(lambda: "Head office was put back to a backup, and goes on from it" in walk.beside_the_line())
    walk.in_step()


def test_a_hub_that_dies_leaves_its_till_selling(walk: Walk, tmp_path: Path) -> None:
    assert walk.office is not None
    hub = ServedHub(tmp_path / "hub")
    hub.start(Joining(walk.office.url, walk.office.code("S1", "hub")))
    try:
        assert hub.synced()
        walk.desk.running.link.enroll(hub.url, hub.code()).result(30)
        walk.synced()
        walk.until(lambda: walk.beside_the_line().startswith("Connected to the hub and to head office"))
        hub.stop()
        walk.until(lambda: walk.desk.opened.link.now().status.state is LinkState.OFFLINE)
        walk.until(lambda: walk.beside_the_line().startswith("The hub does not answer"))
        walk.sell()
        hub.start()
        walk.desk.running.link.retry()
        walk.in_step()
    finally:
        walk.end()
        hub.stop()
