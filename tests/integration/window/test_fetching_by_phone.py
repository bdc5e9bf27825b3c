"""The whole bridge: the line is cut, the pay screen shows a code, a telephone opens it, the reader reads the answer, the guest pays.

Head office serves in this process, and the telephone goes around the shop's line. Where there is a real browser it shows the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import pytest
import requests
from PIL import Image
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from salon_desk.bootstrap.head_office import fill_demo
from salon_desk.bootstrap.till import open_till
from salon_desk.domain.access import Role
from salon_desk.domain.shift import Denomination
from salon_desk.operations.move import ValueReceived
from salon_desk.services import cards, shifts
from salon_desk.services.link_status import LinkState
from salon_desk.services.till import Actor, Till
from salon_desk.storage.office import Place
from salon_desk.storage.verify import verify
from salon_desk.ui.screens.pay.view import PayScreen
from tests.integration.head_office.page_codes import codes_on, read_picture
from tests.integration.head_office.serving import HeadOffice, serving_at
from tests.integration.window.conftest import Desk
from tests.network.proxy import FaultProxy, Line

_PATIENCE_MS = 30_000
_SALE = ("gel-manicure", "gel-manicure")


class Shop:
    """A till of a chain at its window, its line through a proxy that can be cut."""

    def __init__(self, desk: Desk, office: HeadOffice, line: FaultProxy, qtbot: QtBot) -> None:
        self.desk, self.office, self.line, self._qtbot = desk, office, line, qtbot

    def until(self, came: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(came, timeout=_PATIENCE_MS)

    @property
    def pay(self) -> PayScreen:
        screen = self.desk.opened.window.screen_for("pay")
        assert isinstance(screen, PayScreen)
        return screen

    @property
    def usable(self) -> int:
        """The cents that the cards in the plan can pay here."""
        reckoned = self.pay.presenter.state.reckoned
        return sum(share.usable.cents for share in reckoned.shares) if reckoned else 0

    def turn(self, line: Line) -> None:
        """The shop's line is so from now on."""
        state = LinkState.ONLINE if line is Line.UP else LinkState.OFFLINE
        self.line.turn(line)
        self.desk.running.link.retry()
        self.until(lambda: self.desk.opened.link.now().status.state is state)

    def begin_to_pay(self, code: str) -> None:
        """A guest with this card is to pay."""
        places = self.desk.opened.places
        places.checkout.code_scanned(code)
        self.desk.settle()
        for item in _SALE:
            places.checkout.presenter.tap_item(item)
            self.desk.settle()
        places.pay(places.checkout.presenter.state.ticket)
        self.until(lambda: self.pay.presenter.state.fresh)

    def photographed(self) -> str:
        """The link that a camera reads off the screen, at the address at which the world outside finds head office."""
        self.pay.fetch.action.click()
        self.until(lambda: _has_link(self.pay))
        self.desk.settle()
        picture = self.desk.opened.window.grab().toImage()
        raw = Image.frombytes(
            "RGBA", (picture.width(), picture.height()), bytes(picture.constBits()), "raw", "BGRA"
        )
        return self.office.url + urlsplit(read_picture(raw.convert("L"))).path

    def scan(self, code: str) -> None:
        """The reader types it."""
        self.desk.type(code + "\r", gap_ms=2)
        self.desk.settle()


@pytest.fixture
def shop(folder: Path, tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Shop]:
    """The demo chain's first store, whose one till has just joined, somebody at it."""
    place = Place(folder=tmp_path / "office")
    fill_demo(place)
    with (
        serving_at(place) as office,
        FaultProxy(("127.0.0.1", urlsplit(office.url).port or 0), seed=1) as line,
    ):
        desk = Desk(open_till(folder), qapp)
        try:
            desk.running.link.enroll(line.url, office.code("S1", "Counter 1")).result(30)
            made = Shop(desk, office, line, qtbot)
            made.until(lambda: desk.running.link.wait_until_synced(0.05))
            desk.sign_in()
            _open_shift(desk)
            yield made
        finally:
            desk.close()


def _open_shift(desk: Desk) -> None:
    till = desk.running.till
    amy = Actor("amy", Role.CASHIER)
    float_ = (Denomination(1000, 10),)
    desk.running.worker.run(lambda: shifts.open_shift(till, till.new_id(), amy, denominations=float_))


def _has_link(pay: PayScreen) -> bool:
    fetch = pay.presenter.state.fetch
    return fetch is not None and fetch.link is not None


def _value_at_head_office(till: Till) -> str:
    """The code of a card that has nothing here and enough elsewhere."""
    rows = till.store.database.driver().execute("SELECT code FROM cards ORDER BY code").fetchall()
    views = ((str(code), cards.by_code(till, str(code)).value) for (code,) in rows)
    return next(code for code, value in views if not value.usable and value.elsewhere.cents > 20_000)


def _arrived(till: Till) -> list[str]:
    """The moves that were received, as often as they were."""
    driver = till.store.database.driver()
    rows = driver.execute("SELECT body FROM journal WHERE kind = ?", (ValueReceived.KIND,)).fetchall()
    return [msgspec.json.decode(body, type=ValueReceived).move for (body,) in rows]


def test_value_comes_by_telephone_while_the_line_is_cut_and_never_twice(shop: Shop, folder: Path) -> None:
    desk, window = shop.desk, shop.desk.opened.window
    code = desk.running.worker.run(lambda: _value_at_head_office(desk.running.till))
    shop.turn(Line.DOWN)
    shop.begin_to_pay(code)
    assert shop.usable == 0
    link = shop.photographed()
    answer = requests.post(link, timeout=30)
    (moved,) = codes_on(answer.text)
    shop.scan(moved)
    shop.until(lambda: shop.usable > 0)
    assert window.sheets.top is None
    assert shop.pay.presenter.state.ready
    due = shop.usable
    shop.scan(moved)
    assert shop.usable == due, "the same code again brings nothing"
    shop.pay.plan.complete.click()
    shop.until(lambda: shop.pay.presenter.state.sold is not None)
    window.go("checkout")
    shop.scan(moved)
    assert "here already" in window.notice.text
    shop.turn(Line.UP)
    shop.until(lambda: desk.running.link.wait_until_synced(0.05))
    shop.until(lambda: desk.running.link.wait_until_synced(0.05))
    arrived = desk.running.worker.run(lambda: _arrived(desk.running.till))
    assert len(arrived) == len(set(arrived)), "the feed brought the same move, and it was received once"
    assert "arrived at the till already" in requests.post(link, timeout=30).text
    till, office = verify(folder), verify(shop.office.place)
    assert (till.problems, office.problems) == ((), ())
    assert till.digest == office.digest
