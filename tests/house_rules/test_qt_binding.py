"""The Qt binding that is pinned keeps Python's reference counts right (PITFALLS 1).

A binding that gives away one reference too many to `None` or `True` with every call ends the process after a few
thousand of them; no other test would say why.
"""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

_CALLS = 20_000


def test_twenty_thousand_calls_leave_the_reference_counts_of_none_and_true_alone(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    label.setText("0")
    before = sys.getrefcount(None), sys.getrefcount(True)
    for number in range(_CALLS):
        label.setText(str(number))
        label.setEnabled(number % 2 == 0)
    after = sys.getrefcount(None), sys.getrefcount(True)
    drifts = [abs(now - then) for now, then in zip(after, before, strict=True)]
    assert max(drifts) < _CALLS // 10
