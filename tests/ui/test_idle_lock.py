"""The till locks when nobody has touched it for a while, and never while nobody is signed in."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from salon_desk.domain.access import Role
from salon_desk.services.sign_in import SignedIn
from salon_desk.services.till import Actor
from salon_desk.storage.queries.staff import StaffMember
from salon_desk.ui.idle_lock import IDLE_MINUTES, IdleLock
from salon_desk.ui.main_window import MainWindow
from salon_desk.ui.session import Session

AMY = SignedIn(StaffMember("amy", "Amy", "", Role.CASHIER, False, 1, True), Actor("amy", Role.CASHIER))


@pytest.fixture
def session() -> Session:
    return Session(lambda: "id")


def test_nobody_touching_the_till_for_the_time_is_told_once(qtbot: QtBot, session: Session) -> None:
    lock = IdleLock(session, milliseconds=1)
    with qtbot.waitSignal(lock.idle):
        session.sign_in(AMY)
    assert not lock.timer.isActive()


def test_the_time_is_a_quarter_of_an_hour(qtbot: QtBot, session: Session) -> None:
    assert IdleLock(session).timer.interval() == IDLE_MINUTES * 60_000 == 900_000


def test_while_nobody_is_signed_in_nothing_counts(qtbot: QtBot, session: Session) -> None:
    lock = IdleLock(session)
    lock.stir()
    assert not lock.timer.isActive()
    session.sign_in(AMY)
    assert lock.timer.isActive()
    session.sign_out()
    assert not lock.timer.isActive()


def test_a_key_and_a_tap_begin_the_time_again(qtbot: QtBot, session: Session, desk: MainWindow) -> None:
    lock = IdleLock(session)
    handle = desk.windowHandle()
    assert handle is not None
    lock.watch(handle)
    QTest.keyClick(handle, Qt.Key.Key_A)
    assert not lock.timer.isActive()
    session.sign_in(AMY)
    lock.timer.stop()
    QTest.keyClick(handle, Qt.Key.Key_A)
    assert lock.timer.isActive()
    lock.timer.stop()
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(200, 30))
    assert lock.timer.isActive()
