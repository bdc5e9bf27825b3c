"""An empty till joins a real head office through its own window, and the counter fetches value through it.

Head office is a process of its own; everything in the window is what a person taps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from salon_desk.bootstrap.till import open_till
from salon_desk.services import cards
from salon_desk.services.link_status import LinkState
from salon_desk.services.till import Till
from salon_desk.ui.screens.link.view import FirstLinkScreen, LinkScreen
from salon_desk.ui.screens.sign_in.view import SignInScreen
from salon_desk.ui.theme.tokens import Tone
from salon_desk.ui.widgets.pill import StatusButton
from tests.integration.window.conftest import Desk
from tests.network.chain import Chain, chain

_PATIENCE_MS = 60_000


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Chain]:
    """The demo chain, served."""
    with chain(("--data", str(tmp_path / "head-office")), tmp_path) as made:
        yield made


@pytest.fixture
def empty_desk(
    folder: Path, tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    """The window of a till that knows nothing yet."""
    monkeypatch.setenv("SALON_DESK_KEYS", str(tmp_path / "keys"))
    desk = Desk(open_till(folder), qapp)
    desk.opened.window.dock.automatic = False
    yield desk
    desk.close()


def _join(desk: Desk, office: Chain, until: Callable[[Callable[[], bool]], None]) -> None:
    """Tap through the form, as on the first morning."""
    window = desk.opened.window
    sign_in = window.screen_for("sign_in")
    assert isinstance(sign_in, SignInScreen)
    sign_in.waiting.action.click()
    assert window.current == "join"
    screen = window.screen_for("join")
    assert isinstance(screen, FirstLinkScreen)
    screen.enrol.address.set_text(office.office.url.removeprefix("http://"))
    for key in office.office.enroll("S1", "Counter 9").replace("-", ""):
        screen.enrol.pad.keys[key].click()
    screen.enrol.go.click()
    until(screen.state.go_on.isVisible)
    screen.state.go_on.click()
    assert window.current == "sign_in"
    until(lambda: (now := desk.running.link.status()).position >= now.target)
    until(lambda: sign_in.faces.button("amy") is not None)


def _with_value_elsewhere(till: Till) -> str:
    rows = till.store.database.driver().execute("SELECT code FROM cards ORDER BY code").fetchall()
    return next(str(code) for (code,) in rows if cards.by_code(till, str(code)).value.elsewhere)


def test_an_empty_till_joins_by_a_code_and_fetches_the_value_of_a_scanned_card(
    empty_desk: Desk, office: Chain, qtbot: QtBot
) -> None:
    desk, window = empty_desk, empty_desk.opened.window

    def until(came: Callable[[], bool]) -> None:
        qtbot.waitUntil(came, timeout=_PATIENCE_MS)

    assert desk.opened.window.current == "sign_in"
    assert not window.notice.isVisible()
    _join(desk, office, until)
    until(lambda: "Counter 9" in window.top_bar.spoken)
    desk.sign_in()
    code = desk.running.worker.run(lambda: _with_value_elsewhere(desk.running.till))
    checkout = desk.opened.places.checkout
    checkout.code_scanned(code)
    until(lambda: _usable(desk) > 0)
    current = checkout.presenter.state.current
    assert current is not None
    assert current.member is not None
    assert [value.elsewhere.cents for _card, value in current.member.cards] == [0]
    pill = window.top_bar.pill("office")
    assert pill is not None
    assert _tone(pill) is Tone.GOOD
    pill.click()
    assert isinstance(window.screen_for(window.current), LinkScreen)
    window.top_bar.back.emit()
    assert window.current == "checkout"


def test_when_head_office_goes_the_shop_goes_on_and_the_mark_says_since_when(
    empty_desk: Desk, office: Chain, qtbot: QtBot
) -> None:
    desk, window = empty_desk, empty_desk.opened.window

    def until(came: Callable[[], bool]) -> None:
        qtbot.waitUntil(came, timeout=_PATIENCE_MS)

    _join(desk, office, until)
    desk.sign_in()
    office.office.kill()
    until(lambda: desk.opened.link.now().status.state is LinkState.OFFLINE)
    pill = window.top_bar.pill("office")
    assert pill is not None
    assert "offline since" in pill.pill.text
    assert _tone(pill) is Tone.AMBER
    assert not window.notice.isVisible(), window.notice.text
    desk.opened.places.checkout.presenter.tap_item("gel-manicure")
    desk.settle()
    current = desk.opened.places.checkout.presenter.state.current
    assert current is not None
    assert len(current.ticket.lines) == 1
    office.office.start()
    until(lambda: desk.opened.link.now().status.state is LinkState.ONLINE)
    assert _tone(pill) is Tone.GOOD


def _tone(pill: StatusButton) -> Tone:
    return pill.pill.tone


def _usable(desk: Desk) -> int:
    current = desk.opened.places.checkout.presenter.state.current
    owned = current.member.cards if current is not None and current.member is not None else ()
    return sum(value.usable.cents for _card, value in owned)
